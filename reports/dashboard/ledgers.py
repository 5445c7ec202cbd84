"""The rows of the official ledgers, as plain values: what the printed sheets and their pages show.

Only accepted submissions are read, as they were filed; what is not accepted yet is named as such, never shown as fact.
"""

from dataclasses import dataclass

from kit import clock
from reports.models import MonthlyReport, Standing, Submission
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
    """One line of 任务分解表."""

    section: str
    number: str
    text: str
    lead: str
    supports: str
    due_on: object
    milestones: str
    origin: str
    standard: str = ""


def breakdown(plan):
    """Return the Breakdown lines of a plan, in the order of the document."""
    tasks = plan.tasks.in_force().with_people().prefetch_related("milestones").order_by("order", "pk")
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
    """One line of 月度进展汇总表: one task in one month."""

    section: str
    number: str
    text: str
    lead: str
    supports: str
    light: Light
    progress: int
    done: str
    problems: str
    next_steps: str
    filed: str


def progress(period):
    """Return the Progress lines of a period: the leading unit's words, then the supporting units' with their names."""
    accepted = _accepted(period)
    states = dict(period.reports.values_list("unit", "status"))
    frozen = {row.task_id: row for row in Standing.objects.filter(period=period)}
    day = min(clock.today(), period.last_day)
    tasks = period.plan.tasks.in_force().with_people().prefetch_related("milestones").order_by("order", "pk")
    return [_progress_line(task, accepted, states, frozen.get(task.pk), day) for task in tasks]


def _accepted(period):
    """Return {(unit, task): frozen entry} of the period's accepted submissions."""
    rows = Submission.objects.filter(report__period=period, report__status=MonthlyReport.Status.ACCEPTED)
    rows = rows.exclude(accepted_at=None).values_list("report__unit", "content")
    return {(unit, entry["task"]): entry for unit, content in rows for entry in content["entries"]}


def _progress_line(task, accepted, states, standing, day):
    parts = list(task.responsibilities.all())
    said = [(part, accepted.get((part.unit_id, task.pk))) for part in parts]
    lead = next((entry for part, entry in said if entry and part.role == Responsibility.Role.LEAD), None)
    judged = None if standing else task.judgement(day)
    claimed = lead["progress"] if lead else task.progress
    return Progress(
        section=standing.section_title if standing else str(task.section or ""),
        number=task.number,
        text=task.text,
        lead=task.lead.name if task.lead else "待分解",
        supports="、".join(unit.name for unit in task.supports),
        light=Light(standing.light) if standing else judged.light,
        progress=standing.progress if standing else claimed,
        done=_joined(said, lambda entry: _done_words(entry)),
        problems=_joined(said, lambda entry: entry["problems"]),
        next_steps=_joined(said, lambda entry: entry["next_steps"]),
        filed=_filed_words(said, states),
    )


def _done_words(entry):
    """What was done, or the honest 本月无变化 with its reason."""
    if entry["no_change"]:
        return f"本月无变化：{entry['no_change_reason']}"
    return entry["done"]


def _joined(said, words):
    lines = []
    for part, entry in said:
        text = words(entry).strip() if entry else ""
        if text:
            lines.append(text if part.role == Responsibility.Role.LEAD else f"【{part.unit.name}】{text}")
    return "\n".join(lines)


def _filed_words(said, states):
    """Name the units whose part is not accepted, with how it stands."""
    lacking = [
        (part.unit.name, STATUS_WORDS.get(states.get(part.unit_id), "不需报送")) for part, entry in said if not entry
    ]
    lacking = [(name, word) for name, word in lacking if word != "不需报送"]
    return "；".join(f"{name}{word}" for name, word in lacking)
