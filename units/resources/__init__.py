"""Rows of units and accounts, in and out of spreadsheets."""

from units.resources.accounts import Accounts
from units.resources.cells import NamesCell, UnitCell, UnitsCell, look_up_in
from units.resources.units import Units

__all__ = ["Accounts", "NamesCell", "UnitCell", "Units", "UnitsCell", "look_up_in"]
