"""What the calendar of duties is met by: every floor lists the kinds of record it holds as ``CARRIERS`` in ``dashboard.carriers``."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kit.floors import gathered


@dataclass(frozen=True)
class Met:
    """One record that stands for a month of a plan: whose it is, the day it was done, its page."""

    plan: int
    unit: int | None
    month: datetime.date
    day: datetime.date
    name: str
    address: str = ""


@dataclass(frozen=True)
class Carrier:
    """A kind of record: its key in the rules of the calendar, its name, and ``of(plans)``, every record of these plans that counts."""

    order: int
    key: str
    label: str
    of: Callable[[Iterable], Iterable[Met]]


def carriers() -> dict[str, Carrier]:
    """{key: Carrier} of all floors; a key that is not among them names records that nobody keeps here yet."""
    return {each.key: each for each in gathered("dashboard.carriers", "CARRIERS")}
