"""What other floors play in the demonstration year: each lists its own as ``PARTS`` in its ``demo.parts``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """``begin(year)`` is called once the plans and people of the year are there; it may note things in ``year.agenda``."""

    order: int
    begin: Callable[[Any], None]
