"""Who: units, their contacts, the people who sign in, what they are told."""

from units.models.notice import Mail, Notice, Post
from units.models.typed import Typed
from units.models.unit import Contact, Unit, UnitEvent, UnitName
from units.models.upload import Upload
from units.models.user import AccountEvent, User
