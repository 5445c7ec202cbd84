"""What this floor plays in the demonstration year."""

from reports.demo.parts import Part
from supervision.actions.rhythms import lay_down


def _calendar(year):
    """The offices' calendar, as the notice asks."""
    for plan in year.plans:
        lay_down(plan, None)


PARTS = (Part(10, _calendar),)
