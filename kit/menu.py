"""A place of the menu: every floor lists its own as ``PLACES`` in its ``menu``."""

from collections.abc import Callable
from dataclasses import dataclass

from kit.statements import RowSet


@dataclass(frozen=True)
class Place:
    """Where it stands, what it is called, the name of its address, who finds it; under which heading.

    ``begins``: roles that begin here after signing in, others at the first of their places. ``waiting(user)``: the rows that
    wait there for a person, counted for all places at once; ``only(user)`` whether one of these roles finds it.
    """

    order: int
    label: str
    name: str
    icon: str
    roles: tuple[str, ...]
    group: str = ""
    begins: tuple[str, ...] = ()
    waiting: Callable[..., RowSet | None] = lambda user: None
    only: Callable[..., bool] = lambda user: True
