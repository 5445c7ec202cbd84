"""What a timetable changes against the one before: plain rows for the page that decides on it."""

from dataclasses import dataclass

from kit.deadlines import month_words
from kit.rates import grouped
from tasks.models import Measure

WORDS = {
    "title": "节点",
    "due_on": "时限",
    "done_on": "完成日期",
    "goal": "本年目标",
    "unit_id": "责任（审批）单位",
    "person": "责任人",
    "handed_in_on": "报审日期",
    "limit_workdays": "审批时限",
}


@dataclass(frozen=True)
class AmountLine:
    """One measure: (before, now) of each month and of the year, in words."""

    name: str
    months: list
    total: tuple


@dataclass(frozen=True)
class NodeChange:
    """A node as it is to be (as it was, when it goes), with what is another: (name, before, now)."""

    step: object
    word: str
    tone: str
    changes: list


@dataclass(frozen=True)
class Differences:
    heads: list
    amounts: list
    nodes: list


def differences(old_amounts, old_steps, amounts, steps, months, units):
    """``units`` are the names of units by their keys."""
    return Differences(
        [month_words(month, months) for month in months],
        [line for measure in Measure if (line := _amounts(measure, old_amounts, amounts, months))],
        _nodes(old_steps, steps, units),
    )


def _amounts(measure, old, new, months):
    before, now = old.get(measure.value, {}), new.get(measure.value, {})
    if not before and not now:
        return None
    pairs = [(_number(before.get(month)), _number(now.get(month))) for month in months]
    return AmountLine(measure.label, pairs, (grouped(sum(before.values())), grouped(sum(now.values()))))


def _number(value):
    return "" if value is None else grouped(value)


def _nodes(old, new, units):
    by_key, by_title = {step.key: step for step in old if step.key}, {step.title: step for step in old}
    lines, met = [], set()
    for step in new:
        before = by_key.get(step.key) or by_title.get(step.title)
        met.add(id(before))
        changed = _changed(before, step, units) if before else []
        word, tone = ("新增", "info") if before is None else ("改动", "warn") if changed else ("不变", "muted")
        lines.append(NodeChange(step, word, tone, changed))
    return lines + [NodeChange(step, "去掉", "danger", []) for step in old if id(step) not in met]


def _changed(before, now, units):
    named = [{**vars(step), "unit_id": units.get(step.unit_id)} for step in (before, now)]
    pairs = [(word, _words(named[0][name]), _words(named[1][name])) for name, word in WORDS.items()]
    return [(word, old, new) for word, old, new in pairs if old != new]


def _words(value):
    if isinstance(value, bool):
        return "是" if value else "否"
    return "（空）" if value in (None, "") else str(value)
