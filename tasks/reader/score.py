"""How well a reading matches the truth: precision and recall of tasks, of units, of leads, of deadlines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasks.reader.document import Document, TaskRead
from tasks.reader.source import plain

_STARTS = 15


@dataclass(frozen=True)
class Measure:
    """Of ``said`` things ``right`` were true; ``true`` there were in truth."""

    right: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.right + other.right, self.said + other.said, self.true + other.true)


@dataclass(frozen=True)
class Score:
    """The measures of one document, and what was missed or said too much, in words."""

    tasks: Measure
    units: Measure
    lead: Measure
    deadlines: Measure
    faults: tuple[str, ...]


def score(document: Document, truth: Mapping[str, Any]) -> Score:
    """Compare a reading with a truth of the form: tasks with number, starts, units, lead, cooperating, deadline."""
    read = [task for plan in document.plans for task in plan.tasks]
    pairs = _matched(read, truth["tasks"])
    faults = [f"缺任务 {wanted['number']} {wanted['starts']}" for found, wanted in pairs if found is None and wanted]
    faults += [f"多任务 {found.number} {found.text[:_STARTS]}" for found, wanted in pairs if found and wanted is None]
    for found, wanted in pairs:
        if found and wanted:
            faults += _faults(found, wanted)
    both = sum(1 for found, wanted in pairs if found and wanted)
    return Score(
        Measure(both, len(read), len(truth["tasks"])),
        _sum(_overlap(_units(found), _keys(wanted["units"]) if wanted else set()) for found, wanted in pairs),
        _sum(_lead(found, wanted) for found, wanted in pairs),
        _sum(_deadline(found, wanted) for found, wanted in pairs),
        tuple(faults),
    )


def _matched(
    read: list[TaskRead], true: list[Mapping[str, Any]]
) -> list[tuple[TaskRead | None, Mapping[str, Any] | None]]:
    """Tasks read and true tasks in pairs: the same number and the same first characters; the rest stands alone."""
    left = list(read)
    pairs: list[tuple[TaskRead | None, Mapping[str, Any] | None]] = []
    for wanted in true:
        found = next((task for task in left if _same(task, wanted)), None)
        if found:
            left.remove(found)
        pairs.append((found, wanted))
    return pairs + [(task, None) for task in left]


def _same(task: TaskRead, wanted: Mapping[str, Any]) -> bool:
    number = _key(wanted["number"] or "")
    starts = _key(wanted["starts"])[:_STARTS]
    return _key(task.number).strip("()") == number.strip("()") and _key(task.text).startswith(starts[:_STARTS])


def _key(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


def _keys(names: Iterable[str]) -> set[str]:
    return {_key(name) for name in names}


def _units(task: TaskRead | None) -> set[str]:
    return _keys(task.units) if task else set()


def _overlap(said: set[str], true: set[str]) -> Measure:
    return Measure(len(said & true), len(said), len(true))


def _lead(found: TaskRead | None, wanted: Mapping[str, Any] | None) -> Measure:
    """Leads count where the document tells them, in truth or as read; a lead by convention claims nothing."""
    said = _keys(found.lead) if found and found.lead_stated else set()
    return _overlap(said, _keys(wanted["lead"]) if wanted else set())


def _deadline(found: TaskRead | None, wanted: Mapping[str, Any] | None) -> Measure:
    said = {_time(found.deadline)} if found and found.deadline else set()
    true = {_time(wanted["deadline"])} if wanted and wanted.get("deadline") else set()
    return _overlap(said, true)


def _time(text: str) -> str:
    return _key(text).strip("。;,.")


def _sum(measures: Iterable[Measure]) -> Measure:
    total = Measure(0, 0, 0)
    for measure in measures:
        total += measure
    return total


def _faults(found: TaskRead, wanted: Mapping[str, Any]) -> list[str]:
    """What differs between a task as read and as it is."""
    said = {
        "单位": (_units(found), _keys(wanted["units"])),
        "牵头": (_keys(found.lead) if found.lead_stated else set(), _keys(wanted["lead"])),
        "时限": ({_time(found.deadline)} - {""}, {_time(wanted.get("deadline") or "")} - {""}),
    }
    return [
        f"任务 {found.number} {what}：多{sorted(read - true)} 缺{sorted(true - read)}"
        for what, (read, true) in said.items()
        if read != true
    ]
