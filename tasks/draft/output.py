"""From a draft whose names are settled to what is loaded: the same tasks, with the units of the directory."""

from typing import Any

from tasks.draft.faults import kept
from tasks.draft.names import LEAD, SUPPORT, Match, parts_of


def settled(draft: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    """The draft without plans left out, dropped tasks and headings nobody stands under; every name is a unit's own."""
    return draft | {"plans": [_plan(plan, matches) for plan in draft["plans"] if not plan["left_out"]]}


def _plan(plan: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    tasks = [_task(task, matches) for task in kept(plan)]
    used = {task["section"] for task in tasks}
    used |= {above for section in plan["sections"] if section["key"] in used for above in section["above"]}
    sections = [section for section in plan["sections"] if section["key"] in used]
    return plan | {"tasks": tasks, "sections": sections, "groups": [_group(group, matches) for group in plan["groups"]]}


def _task(task: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    parts = parts_of(task, matches)
    units = [{"name": parts.lead, "role": LEAD}] if parts.lead else []
    units += [{"name": name, "role": SUPPORT} for name in parts.supports]
    return task | {"units": units, "also_named": "、".join(parts.also_named)}


def _group(group: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    names = [unit for name in group["leads"] for unit in matches[name].units]
    return group | {"leads": list(dict.fromkeys(names))}
