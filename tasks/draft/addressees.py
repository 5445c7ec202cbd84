"""To whom a plan says its reports go, and by which day of the month."""

import re
from collections.abc import Mapping
from typing import Any

_MONTHLY = re.compile(r"每月(\d{1,2})[日号](?:以前|之前|前)[^。；;]{0,60}?报")


def addressee(text: str, units: Mapping[str, str]) -> str:
    """The unit a text says to report to (报送至县委改革办), or "" where it names none of ``units`` or several.

    ``units`` are {spelling: name of the unit}.
    """
    if not units:
        return ""
    spellings = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    wanted = re.compile(
        rf"(?:报送|上报|报)[至到给]({spellings})|(?:报送|上报)({spellings})|向({spellings})(?:报送|上报)"
    )
    bare = re.sub(r"\s", "", text)
    found = {units[next(filter(None, each.groups()))] for each in wanted.finditer(bare)}
    return found.pop() if len(found) == 1 else ""


def due_day(text: str) -> int | None:
    found = {int(each[1]) for each in _MONTHLY.finditer(re.sub(r"\s", "", text))}
    return found.pop() if len(found) == 1 and found <= set(range(1, 32)) else None


def parts_of_plans(plans: list[dict[str, Any]], text: str) -> list[str]:
    """The part of ``text`` each plan of a draft stands in: from its first passage to that of the next."""
    begins = []
    for plan in plans:
        spans = [*(task["span"][0] for task in plan["tasks"]), *(aside["span"][0] for aside in plan["asides"])]
        begins.append(min(spans, default=begins[-1] if begins else 0))
    return [text[start:end] for start, end in zip(begins, [*begins[1:], len(text)], strict=True)]
