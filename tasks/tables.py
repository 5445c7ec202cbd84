"""The columns of the lists of tasks and indicators."""

from html import escape

from django.utils.safestring import mark_safe

from kit import charts
from kit.addresses import address_of
from kit.statements import fetch_related
from kit.tables import Column, shown
from tasks.models import Responsibility, Task
from tasks.permissions import can_record_reading

UNASSIGNED = "待分解"
DOCUMENT = Task.Origin.DOCUMENT.value
LEAD = Responsibility.Role.LEAD.value
# Looked up by hand: get_…_display() costs a list of a hundred rows a tenth of its time.
ORIGINS = dict(Task.Origin.choices)
STATUSES = dict(Task.Status.choices)


def left_words(task, day):
    """How long there is still time on ``day``: 还剩72天, 今天到期, 逾期3天; nothing once it is done."""
    if not task.is_open:
        return ""
    left = (task.due_on - day).days
    if left < 0:
        return f"逾期{-left}天"
    return f"还剩{left}天" if left else "今天到期"


def fetch_beside(tasks, plans, sections):
    """Give each of ``tasks`` what a list shows beside it, out of the ``plans`` and ``sections`` at hand and two queries.

    Ten thousand tasks share their plans, and of eight units each only the names are read.
    """
    plan_of, section_of = ({each.pk: each for each in known} for known in (plans, sections))
    for task in tasks:
        task.plan, task.section = plan_of[task.plan_id], section_of.get(task.section_id)
    names = Responsibility.objects.names_of(tasks)
    for task in tasks:
        task.names_now = _names(names.get(task.pk, ()))
    fetch_related([task for task in tasks if task.pace == Task.Pace.MILESTONES], "milestones")


def _names(parts):
    lead = "".join(name for leads, name in parts if leads)
    return lead or UNASSIGNED, "、".join(name for leads, name in parts if not leads)


class TaskCells:
    """The cells of one list of tasks: everything is judged as of one day, and each row once."""

    def __init__(self, day):
        self.day = day

    def judged(self, task):
        if not hasattr(task, "judged_now"):
            task.judged_now = task.judgement(self.day)
        return task.judged_now

    def names(self, task):
        if not hasattr(task, "names_now"):
            task.names_now = _names([(part.role == LEAD, part.unit.name) for part in task.responsibilities.all()])
        return task.names_now

    def lead(self, task):
        return self.names(task)[0]

    def supports(self, task):
        return self.names(task)[1]

    def expected(self, task):
        return self.judged(task).expected

    def light(self, task):
        return self.judged(task).light.label

    def tone(self, task):
        return self.judged(task).light.tone

    def reason(self, task):
        return self.judged(task).reason

    def left(self, task):
        return left_words(task, self.day)

    def show_lead(self, task):
        name = self.lead(task)
        return mark_safe(f'<span class="tag tone-info">{name}</span>') if name == UNASSIGNED else name

    def show_progress(self, task):
        return charts.bar(task.progress, tone=self.tone(task))

    def show_light(self, task):
        now = self.judged(task)
        brief = f'<br><span class="muted small">{escape(now.brief)}</span>' if now.brief else ""
        return mark_safe(f'<span class="light tone-{now.light.tone}">{now.light.label}</span>{brief}')

    def show_due(self, task):
        words = self.left(task)
        css = "tone-text tone-danger" if words.startswith("逾期") else "muted"
        moved = " · 已调整" if task.due_on != task.planned_due_on else ""
        moved = f" · 已延期{task.extended}次" if task.extended else moved
        return mark_safe(f'{task.due_on}<br><span class="{css} small">{words}{moved}</span>')


def show_number(task):
    return mark_safe(f'<span class="no">{escape(task.number)}</span>')


def show_title(task):
    origin = "" if task.origin == DOCUMENT else f' <span class="tag">{ORIGINS[task.origin]}</span>'
    return mark_safe(f'<a href="{address_of("task", task.pk)}">{escape(task.short_title)}</a>{origin}')


def task_columns(day, *, several_plans, month=()):
    """Return the ledger's columns as of ``day``; ``month`` holds those that a higher floor adds before the status."""
    of = TaskCells(day)
    # The newest year first; of one plan an index gives the order.
    plan = ("-plan__year", "plan_id") if several_plans else ("plan_id",)
    return (
        Column("number", "编号", lambda task: task.number, show_number, sort=(*plan, "order"), width=8, css="center"),
        Column(
            "title",
            "任务",
            lambda task: task.short_title,
            show_title,
            sort=("short_title",),
            main=True,
            width=34,
            css="lead",
        ),
        Column(
            "plan",
            "方案",
            lambda task: task.plan.named,
            sort=plan,
            width=14,
            wrap=False,
            optional=not several_plans,
        ),
        Column("section", "章节", _section, sort=("section__order",), width=26, optional=True),
        Column("lead", "牵头单位", of.lead, of.show_lead, width=16, css="w-4"),
        Column("supports", "配合单位", of.supports, width=20, css="w-4"),
        Column(
            "progress",
            "进度",
            lambda task: task.progress,
            of.show_progress,
            sort=("progress",),
            kind="percent",
            width=8,
        ),
        Column("expected", "时间进度", of.expected, kind="percent", width=9),
        Column("light", "灯色", of.light, of.show_light, sort=("severity", "order"), tone=of.tone, width=9, wrap=False),
        Column("reason", "亮灯理由", of.reason, width=44, optional=True),
        Column(
            "due", "完成时限", lambda task: task.due_on, of.show_due, sort=("due_on", "order"), kind="date", width=12
        ),
        Column("left", "剩余时间", of.left, width=12, optional=True),
        *month,
        Column("status", "状态", lambda task: STATUSES[task.status], sort=("status",), width=9, wrap=False),
        Column("origin", "来源", lambda task: ORIGINS[task.origin], sort=("origin",), width=10, optional=True),
        Column("text", "任务原文", lambda task: task.text, width=60, optional=True),
    )


def _section(task):
    return str(task.section or "")


def goal_words(indicator):
    return f"{indicator.get_direction_display()}{shown(indicator.target)}{indicator.unit_of_measure}"


def _stand(indicator):
    if not hasattr(indicator, "stand_now"):
        indicator.stand_now = indicator.stand()
    return indicator.stand_now


def _indicator(user):
    def show(indicator):
        name, source = f'<a href="{address_of("indicator", indicator.pk)}">{escape(indicator.name)}</a>', ""
        if indicator.source:
            source = f'<br><span class="muted small">{escape(indicator.source)}</span>'
        if user and can_record_reading(user, indicator):
            address = address_of("reading_save", indicator.pk)
            name = f'{name} <a class="small no-print nowrap" href="{address}">填数据</a>'
        return mark_safe(name + source)

    return show


def _actual(indicator):
    actual = indicator.actual()
    if actual is None:
        return mark_safe('<span class="muted">还没有数据</span>')
    how = escape(indicator.get_cumulation_display())
    return mark_safe(
        f'<b>{shown(actual)}</b> {escape(indicator.unit_of_measure)}<br><span class="muted small">{how}</span>'
    )


def _reached(indicator):
    """The percent of an amount as a number; of a level, whether it is reached, in words."""
    stand = _stand(indicator)
    return stand and (stand.words if stand.share is None else stand.share)


def _show_reached(indicator):
    stand = _stand(indicator)
    if stand is None or stand.share is not None:
        tone, text = (stand.tone, stand.words) if stand else ("muted", None)
        return charts.bar(stand and stand.share, tone=tone, label="完成目标的", text=text)
    return mark_safe(f'<span class="tag tone-{stand.tone}">{escape(stand.words)}</span>')


def _beside(indicator):
    """What the other sources say, with the difference from the official one: 项目汇总2.5（−53）."""
    return "；".join(_others(indicator))


def _others(indicator):
    others = [each for each in indicator.beside() if not each.is_official]
    return [f"{each.kind.label}{shown(each.value)}{difference_words(each)}" for each in others]


def _show_beside(indicator):
    return mark_safe("<br>".join(escape(words) for words in _others(indicator)))


def difference_words(beside):
    if beside.difference is None:
        return ""
    sign = "+" if beside.difference > 0 else "−" if beside.difference < 0 else ""
    return f"（{sign}{shown(abs(beside.difference))}）" if sign else "（一致）"


def _reaches(indicator):
    return "；".join(f"{each.kind.label}：{each.reach}" for each in indicator.beside())


def _working(indicator):
    found = [each.words for each in indicator.beside() if each.words]
    return found[0] if found else ""


def _planned(indicator):
    stand = _stand(indicator)
    return stand and stand.planned


def _forecast(indicator):
    stand = _stand(indicator)
    return stand and stand.forecast


def _time(indicator):
    stand = _stand(indicator)
    return stand and stand.time


def _show_time(indicator):
    stand = _stand(indicator)
    return mark_safe(f'{stand.time}%<br><span class="muted small">{stand.as_of}</span>') if stand else ""


def _month_column(month):
    def read(indicator):
        return indicator.own(indicator.official, month)

    return Column(
        f"m{month:%Y%m}",
        f"{month.month}月",
        read,
        kind="number",
        width=9,
        group=f"{month.year}年各月",
        css="month stack-hide",
    )


def indicator_columns(months, user=None):
    return (
        Column("name", "指标", lambda each: each.name, _indicator(user), main=True, width=24, css="lead"),
        Column("plan", "方案", lambda each: each.plan.named, width=18, optional=True),
        Column("goal", "目标", goal_words, width=20, wrap=False),
        Column("actual", "累计实际", lambda each: each.actual(), _actual, kind="number", width=12, wrap=False),
        Column("measure", "单位", lambda each: each.unit_of_measure, width=8, optional=True),
        Column("share", "完成目标", _reached, _show_reached, kind="percent", width=14),
        Column("time", "时间进度", _time, _show_time, kind="percent", width=10),
        Column("as_of", "数据截至", lambda each: _stand(each) and _stand(each).as_of, width=10, optional=True),
        Column("official", "正式口径", lambda each: each.get_official_display(), width=14, wrap=False),
        Column("beside", "其他口径", _beside, _show_beside, width=24, wrap=False),
        Column("reaches", "各口径范围", _reaches, width=40, optional=True),
        Column("working", "项目汇总算式", _working, width=24, optional=True),
        Column("planned", "计划累计", _planned, kind="number", width=12, optional=True),
        Column("forecast", "全年推算", _forecast, kind="number", width=12, optional=True),
        Column("unit", "责任单位", lambda each: each.unit.name if each.unit else "", width=16, wrap=False),
        *(_month_column(month) for month in months),
        Column("source", "文件原文", lambda each: each.source, width=36, optional=True),
    )


def _change_title(change):
    address = address_of("change", change.pk)
    return mark_safe(f'<a href="{address}">{escape(change.task.short_title)}</a>')


def _change_status(change):
    return mark_safe(f'<span class="tag tone-{change.tone}">{change.get_status_display()}</span>')


CHANGES = (
    Column("plan", "方案", lambda change: change.task.plan.named, sort=("task__plan",), width=16, wrap=False),
    Column("number", "编号", lambda change: change.task.number, sort=("task__order",), width=6, css="w-1 nowrap"),
    Column("task", "任务", lambda change: change.task.short_title, _change_title, main=True, width=28),
    Column("unit", "申请单位", lambda change: change.unit_name, sort=("unit_name",), width=14, wrap=False),
    Column("kind", "种类", lambda change: change.get_kind_display(), sort=("kind",), width=9, wrap=False),
    Column("old", "原时限", lambda change: change.old_due_on or change.task.due_on, kind="date", width=12),
    Column("due", "延期到、复核日期", lambda change: change.due_on, sort=("due_on",), kind="date", width=14),
    Column("reason", "原因", lambda change: change.reason, width=34),
    Column("so_far", "目前进展", lambda change: change.so_far, width=34, optional=True),
    Column("progress", "当时进度", lambda change: change.progress, kind="percent", width=8, optional=True),
    Column("at", "申请时间", lambda change: change.at, sort=("at",), kind="date", width=12),
    Column("status", "状态", lambda change: change.get_status_display(), _change_status, sort=("status",), width=9),
    Column("decision", "审定意见", lambda change: change.decision, width=24, optional=True),
    Column("decided", "审定时间", lambda change: change.decided_at, kind="date", width=12, optional=True),
)
