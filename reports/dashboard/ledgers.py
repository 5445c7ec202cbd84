"""The rows of the official ledgers, as plain values: what the printed sheets and their pages show.

Only accepted submissions are read, as they were filed; what is not accepted yet is named as such, never shown as fact.
"""

from dataclasses import dataclass

from reports.fields import ENTRY
from reports.models import Standing
from reports.models.entry import progress_then
from tasks.lights import Light
from tasks.models import Responsibility, Task

STATUS_WORDS = {
    "DUE": "未报送",
    "DRAFT": "未报送",
    "SIGNING": "未报送",
    "SUBMITTED": "待审核",
    "RETURNED": "已退回，待重报",
    "EXEMPT": "免报",
}


@dataclass(frozen=True)
class Breakdown:
    section: str
    number: str
    text: str
    lead: str
    supports: str
    due_on: object
    milestones: str
    origin: str
    standard: str = ""


def breakdown(tasks):
    tasks = tasks.in_force().with_people().prefetch_related("milestones").order_by("order", "pk")
    return [
        Breakdown(
            section=str(task.section) if task.section else "",
            number=task.number,
            text=task.text,
            lead=task.lead.name if task.lead else "待分解",
            supports="、".join(unit.name for unit in task.supports),
            due_on=task.due_on,
            milestones="\n".join(f"{each.due_on:%Y-%m-%d} {each.title}" for each in task.milestones.all()),
            origin="" if task.origin == Task.Origin.DOCUMENT else task.get_origin_display(),
            standard=task.standard,
        )
        for task in tasks
    ]


@dataclass(frozen=True)
class Progress:
    section: str
    number: str
    text: str
    lead: str
    supports: str
    light: Light
    progress: int
    done: str
    further: dict
    filed: str


@dataclass(frozen=True)
class Said:
    """One unit's part in one task as the month has it: under the name of that day, and what was accepted from it."""

    unit: int
    name: str
    leads: bool
    status: str
    entry: dict | None


def progress(period, reports, tasks):
    """The leading unit's words, then the supporting units' with their names; ``reports`` are those that may be shown.

    Who spoke is read from the month's own reports: whoever has the task now, what was filed keeps the name of then.
    """
    said = _said(reports)
    frozen = {row.task_id: row for row in Standing.objects.of(period)}
    day = period.judged_on
    tasks = list(tasks.in_force().with_people().prefetch_related("milestones").order_by("order", "pk"))
    then = {} if period.is_closed else progress_then(tasks, period.month)
    return [_progress_line(task, said.get(task.pk, []), frozen.get(task.pk), day, then) for task in tasks]


def _said(reports):
    accepted, table = _accepted(reports), {}
    rows = reports.exclude(entries=None).order_by("serial", "entries")
    fields = ("entries__task", "unit", "unit_name", "entries__role", "status")
    for task, unit, name, role, status in rows.values_list(*fields):
        part = Said(unit, name, role == Responsibility.Role.LEAD, status, accepted.get((unit, task)))
        table.setdefault(task, []).append(part)
    return table


def _accepted(reports):
    rows = reports.accepted().filter(submissions__accepted_at__isnull=False).order_by()
    rows = rows.values_list("unit", "submissions__content")
    return {(unit, entry["task"]): ENTRY.values_of(entry) for unit, content in rows for entry in content["entries"]}


def _in_order(said, task):
    """The leading unit's first, then as the document prints them; whoever has no part any more comes last."""
    places = {part.unit_id: part.order for part in task.responsibilities.all()}
    return sorted(said, key=lambda part: (not part.leads, places.get(part.unit, len(places) + 1)))


def _progress_line(task, said, standing, day, then):
    said = _in_order(said, task)
    lead = next((part.entry for part in said if part.entry and part.leads), None)
    known = then.get(task.pk)
    judged = None if standing else task.judgement(day, known)
    claimed = lead["progress"] if lead else task.progress if known is None else known
    names = _names(task, said, standing)
    return Progress(
        section=standing.section_title if standing else str(task.section or ""),
        number=task.number,
        text=task.text,
        lead=names[0] or "待分解",
        supports="、".join(names[1]),
        light=Light(standing.light) if standing else judged.light,
        progress=standing.progress if standing else claimed,
        done=_corrected(standing) + _joined(said, lambda entry: _done_words(entry)),
        further={each.name: _further(said, each) for each in ENTRY.further},
        filed=_filed_words(said),
    )


def _names(task, said, standing):
    """(lead, supports) by name: those of the day in a closed month, the present ones while it runs."""
    if standing and said:
        return standing.lead_name, [part.name for part in said if not part.leads]
    return task.lead.name if task.lead else "", [unit.name for unit in task.supports]


def _done_words(entry):
    if entry["no_change"]:
        return f"本月无变化：{entry['no_change_reason']}"
    return entry["done"]


def _corrected(standing):
    return f"（进度和灯色{standing.first_words}）\n" if standing and standing.first_words else ""


def _joined(said, words):
    lines = []
    for part in said:
        text = words(part.entry).strip() if part.entry else ""
        if text:
            lines.append(text if part.leads else f"【{part.name}】{text}")
    return "\n".join(lines)


def _further(said, asked):
    """A figure stays one where nobody but the leading unit says any."""
    filled = [part for part in said if part.entry and part.entry[asked.name] != asked.blank]
    if len(filled) == 1 and filled[0].leads and not asked.is_text:
        return asked.cell(filled[0].entry[asked.name])
    return _joined(filled, lambda entry: asked.words(entry[asked.name]))


def _filed_words(said):
    lacking = [
        (part.name, STATUS_WORDS[part.status]) for part in said if not part.entry and part.status in STATUS_WORDS
    ]
    return "；".join(f"{name}{word}" for name, word in lacking)
