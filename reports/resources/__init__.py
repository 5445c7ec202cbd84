"""Every kind of sheet that comes in, by its key."""

from reports.resources.breakdown import Breakdown
from tasks.resources import Indicators, Members, Milestones, Readings
from units.resources import Accounts, Units

KINDS = {kind.key: kind for kind in (Units, Accounts, Breakdown, Members, Milestones, Indicators, Readings)}

__all__ = ["KINDS", "Breakdown"]
