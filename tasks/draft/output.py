"""From a draft whose names are settled to the structure that is loaded."""

from typing import Any

from tasks.draft.faults import kept
from tasks.draft.names import LEAD, SUPPORT, Match, parts_of

_HEAD = ("kind", "title", "short_title", "year", "office", "starts_on", "ends_on", "phases")


def document_of(draft: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    """The structure of tasks.actions.loading.load_document; plans left out and dropped tasks are not in it."""
    return {
        "title": draft["title"],
        "document_number": draft["document_number"],
        "issued_on": draft["issued_on"],
        "plans": [_plan(plan, matches) for plan in draft["plans"] if not plan["left_out"]],
    }


def _plan(plan: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    tasks = kept(plan)
    used = {task["section"] for task in tasks}
    sections = {section["key"]: section["number"] for section in plan["sections"]}
    return {name: plan[name] for name in _HEAD} | {
        "reporting": {name: plan[name] for name in ("due_day", "due_hour", "grace_days", "stamped")},
        "sections": [
            {"number": section["number"], "title": section["title"]}
            for section in plan["sections"]
            if section["key"] in used or _leads_to(section, plan["sections"], used)
        ],
        "tasks": [_task(task, sections, matches) for task in tasks],
        "groups": [_group(group, matches) for group in plan["groups"]],
    }


def _leads_to(section: dict[str, Any], sections: list[dict[str, Any]], used: set[str | None]) -> bool:
    """A heading above others is kept while one of those is used."""
    return any(section["key"] in other["above"] and other["key"] in used for other in sections)


def _task(task: dict[str, Any], sections: dict[str, str], matches: dict[str, Match]) -> dict[str, Any]:
    parts = parts_of(task, matches)
    units = [{"name": parts.lead, "role": LEAD}] if parts.lead else []
    units += [{"name": name, "role": SUPPORT} for name in parts.supports]
    return {
        "number": task["number"],
        "section": sections.get(task["section"]),
        "short_title": task["short_title"],
        "text": task["text"],
        "points": task["points"],
        "units": units,
        "also_named": "、".join(parts.also_named),
        "due_on": task["due_on"] or None,
    }


def _group(group: dict[str, Any], matches: dict[str, Match]) -> dict[str, Any]:
    names = [unit for name in group["leads"] for unit in matches[name].units]
    return group | {"leads": list(dict.fromkeys(names))}
