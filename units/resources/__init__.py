"""Kinds of sheet of units and accounts."""

from units.resources.accounts import Accounts
from units.resources.units import Units

KINDS = (Units, Accounts)
