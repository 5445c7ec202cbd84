"""Rows of what is reported on, in and out of spreadsheets; and every kind of sheet that comes in, by its key."""

from reports.resources.administration import ReportedTaskResource, assign_from_sheet
from reports.resources.breakdown import Breakdown
from tasks.resources import Indicators, Members, Milestones, Readings
from units.resources import Accounts, Units

KINDS = {kind.key: kind for kind in (Units, Accounts, Breakdown, Members, Milestones, Indicators, Readings)}

__all__ = ["KINDS", "Breakdown", "ReportedTaskResource", "assign_from_sheet"]
