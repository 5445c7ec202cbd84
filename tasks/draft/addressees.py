"""To whom a plan says its reports go: that is the office that collects them."""

import re
from collections.abc import Mapping
from typing import Any


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


def parts_of_plans(plans: list[dict[str, Any]], text: str) -> list[str]:
    """The part of ``text`` each plan of a draft stands in: from its first passage to that of the next."""
    begins = []
    for plan in plans:
        spans = [*(task["span"][0] for task in plan["tasks"]), *(aside["span"][0] for aside in plan["asides"])]
        begins.append(min(spans, default=begins[-1] if begins else 0))
    return [text[start:end] for start, end in zip(begins, [*begins[1:], len(text)], strict=True)]
