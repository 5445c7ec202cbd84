"""Who: units, their contacts, the people who sign in."""

from units.models.unit import Contact, Unit, UnitEvent, UnitName
from units.models.upload import Upload
from units.models.user import AccountEvent, FormerPassword, User

__all__ = ["AccountEvent", "Contact", "FormerPassword", "Unit", "UnitEvent", "UnitName", "Upload", "User"]
