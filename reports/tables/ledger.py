"""What the task ledger adds from the reports: how this month's stand, task by task."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe

from kit import clock
from kit.tables import Column
from reports import marks
from reports.models import Fact, MonthlyReport
from reports.models.fact import FACTS_FROM, facts_of
from tasks.lights import Light
from tasks.models import Responsibility

Mark = MonthlyReport.Mark
LEAD = Responsibility.Role.LEAD
WORST_FIRST = (
    Mark.MISSING,
    Mark.LAPSED,
    Mark.RETURNED,
    Mark.NOT_YET,
    Mark.DRAFT,
    Mark.WAITING,
    Mark.LATE,
    Mark.ON_TIME,
    Mark.EXEMPT,
)


@dataclass(frozen=True)
class MonthMark:
    """The worst of a task's reports, and how many have been handed in."""

    mark: Mark
    filed: int
    owed: int
    # The office's own light on the leading unit's accepted part, where it gave one.
    office_light: str = ""

    @property
    def share(self):
        """已报2/3 where the word alone would hide the others."""
        return f"已报{self.filed}/{self.owed}" if self.owed > 1 and self.filed < self.owed else ""

    def __str__(self):
        word = f"{self.mark.label}（{self.share}）" if self.share else str(self.mark.label)
        return f"{word}；审核灯色{Light(self.office_light).label}" if self.office_light else word


def month_marks(tasks, periods, user):
    """{task id: MonthMark} of the reports in ``periods`` that ``user`` may know of, in one query."""
    # In one filter(), so that the entries asked for and the entries read are one join.
    wanted = {"entries__isnull": False} if tasks is None else {"entries__task__in": [task.pk for task in tasks]}
    reports = MonthlyReport.objects.visible_to(user).filter(period__in=periods, **wanted).order_by()
    found, now = {}, clock.now()
    of_entry = ("entries__task", "entries__role", "entries__office_light")
    for row in reports.values_list(*of_entry, *FACTS_FROM, named=True):
        light = row.entries__office_light if row.entries__role == LEAD else ""
        found.setdefault(row.entries__task, []).append((MonthlyReport.mark(row, now), facts_of(row, now), light))
    return {task: _summed(each) for task, each in found.items()}


def _summed(found):
    worst = min((mark for mark, *_ in found), key=WORST_FIRST.index)
    filed, owed = (sum(fact in facts for _, facts, _ in found) for fact in (Fact.FILED, Fact.OWED))
    light = next((light for _, facts, light in found if light and Fact.ACCEPTED in facts), "")
    return MonthMark(worst, filed, owed, light)


def problems_column(said, *, optional):
    return Column(
        "problems", "存在问题", lambda task: said.get(task.pk, ""), width=44, css="keep-lines", optional=optional
    )


def month_column(month, kept):
    def read(task):
        found = kept.get(task.pk)
        return str(found) if found else ""

    def show(task):
        found = kept.get(task.pk)
        if not found:
            return mark_safe('<span class="muted">—</span>')
        share = f'<br><span class="muted small">{escape(found.share)}</span>' if found.share else ""
        light = Light(found.office_light) if found.office_light else None
        judged = f'<br><span class="light tone-{light.tone}">审核{light.label}</span>' if light else ""
        return mark_safe(f'<span class="tag tone-{marks.tone_of(found.mark)}">{found.mark.label}</span>{share}{judged}')

    head = f"{month.month}月报送" if month else "本月报送"
    return Column("month", head, read, show, width=14, wrap=False)
