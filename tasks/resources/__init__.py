"""Kinds of sheet of plans and tasks."""

from tasks.resources.indicators import Indicators
from tasks.resources.members import Members
from tasks.resources.milestones import Milestones
from tasks.resources.readings import Readings

KINDS = (Members, Milestones, Indicators, Readings)
