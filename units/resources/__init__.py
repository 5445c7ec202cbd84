"""Kinds of sheet of units and accounts."""

from units.resources.accounts import Accounts
from units.resources.cells import NamesCell, UnitCell, UnitsCell, look_up_in
from units.resources.units import Units

KINDS = (Units, Accounts)

__all__ = ["KINDS", "Accounts", "NamesCell", "UnitCell", "Units", "UnitsCell", "look_up_in"]
