"""Rows of plans and tasks, in and out of spreadsheets."""

from tasks.resources.indicators import Indicators
from tasks.resources.members import Members
from tasks.resources.milestones import Milestones
from tasks.resources.readings import Readings

__all__ = ["Indicators", "Members", "Milestones", "Readings"]
