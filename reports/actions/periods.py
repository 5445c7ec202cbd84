"""Opening and closing a month, and concessions to single reports."""

import datetime

from django.db import transaction
from django.db.models import Q

from kit import clock, deadlines
from kit.moves import change, lock, move, require, require_said, require_seen, require_status
from kit.refusal import Refusal
from kit.trace import spare
from reports.models import Entry, Exemption, Extension, Fact, MonthlyReport, Period, ReportEvent, Standing, Workday
from reports.models.entry import progress_then
from reports.permissions import can_manage_period
from tasks.models import PlanEvent, Project, Responsibility, Task
from tasks.permissions import can_manage_plan
from units.actions.notices import tell, tell_unit
from units.models import User

Status = MonthlyReport.Status


@transaction.atomic
def open_period(plan, month, by=None, *, times=None):
    """Twice does no harm: the second time adds only what is missing.

    ``by`` is None for the command; ``times`` is the Window the office chose, else the plan's rule says it, moved by a
    late opening.
    """
    require(not by or can_manage_plan(by, plan))
    if month not in plan.months:
        raise Refusal("这个月份不在方案期间内。")
    plan = lock(plan)
    times = times or Period.window_of(plan, month, Workday.test())
    period, created = Period.objects.get_or_create(
        plan=plan,
        month=month,
        defaults={
            "opens_at": times.opens_at,
            "on_time_until": times.on_time_until,
            "open_until": times.open_until,
        },
    )
    if not period.is_closed:
        sync_obligations(period)
    if created:
        PlanEvent.write(plan, by, "开启报送期", note=f"{month.year}年{month.month}月", changes=_moments(period))
        _announce(period)
    return period


def _moments(period):
    opens = f"{clock.local(period.opens_at):%Y-%m-%d}"
    return {"开始填报": ["", opens], "按时截止": ["", period.on_time_words], "填报关闭": ["", period.open_words]}


def _announce(period):
    late = deadlines.late_words(clock.now(), period.on_time_until, period.open_until, "迟报")
    people = User.objects.filter(is_active=True, unit__reports__period=period).distinct()
    tell(
        people.filter(role__in=User.FILERS),
        key=f"open:{period.pk}",
        title=f"{period}月报开始填报",
        body=f"按时报送截止：{period.on_time_words}（北京时间），{late}。",
        url="/month/",
    )


def sync_obligations(period):
    """Create what the period's open tasks ask for and is not there yet."""
    parts = list(
        Responsibility.objects.owing()
        .filter(task__plan=period.plan_id, task__in=asked_in(period), task__starts_on__lte=period.last_day)
        .select_related("unit")
        .order_by("unit__order", "unit_id", "task__order")
    )
    covered = _covered(period)
    parts = [part for part in parts if (part.unit_id, part.task_id) not in covered]
    reports = {report.unit_id: report for report in period.reports.all()}
    missing = {part.unit_id: part.unit for part in parts if part.unit_id not in reports}
    serial = max((report.serial for report in reports.values()), default=0)
    MonthlyReport.objects.bulk_create(
        MonthlyReport(
            period=period,
            unit=unit,
            unit_name=unit.name,
            serial=serial + n,
            due_at=period.on_time_until,
            closes_at=period.open_until,
        )
        for n, unit in enumerate(missing.values(), 1)
    )
    reports = {report.unit_id: report for report in period.reports.all()}
    Entry.objects.bulk_create(
        Entry(report=reports[part.unit_id], task_id=part.task_id, role=part.role)
        for part in parts
        if reports[part.unit_id].status in (Status.DUE, Status.DRAFT, Status.RETURNED)
    )


def asked_in(period):
    """Return the tasks a month asks for: every open task, and the key projects that report in it."""
    projects = Project.objects.asked_in(period.plan_id, period.month)
    return Task.objects.open().filter(Q(kind=Task.Kind.ACTION) | Q(pk__in=projects.values("pk")))


def _covered(period):
    """The (unit, task) that have an entry; what a unit merged into another reports on is covered for both."""
    steps = ("unit", "unit__successor", "unit__successor__successor", "unit__successor__successor__successor")
    rows = Entry.objects.filter(report__period=period).values_list(*(f"report__{step}" for step in steps), "task")
    return {(unit, task) for *units, task in rows for unit in units if unit}


@transaction.atomic
def close_period(period, by=None):
    period = lock(period)
    require(not by or can_manage_period(by, period))
    now = clock.now()
    if period.is_closed:
        return period
    if found := obstacles(period, now):
        raise Refusal("".join(found))
    _freeze(period)
    period.reports.filter(status__in=MonthlyReport.OWING, closes_at__gt=now).update(closes_at=now)
    summary = {"lights": period.standings.actions().counts(), "marks": period.reports.counts(now)}
    change(period, closed_at=now, summary=summary)
    left = zip(("缺报", "退回未重报"), left_out(period.reports, now).values(), strict=True)
    note = f"{period.month.year}年{period.month.month}月"
    changes = {word: ["", "、".join(units)] for word, units in left if units}
    PlanEvent.write(period.plan, by, "报送期结账", note=note, changes=changes or None)
    return period


def left_out(reports, now=None):
    """{"missing", "lapsed": names of the units} that closing leaves as 缺报 and as 退回未重报."""
    facts = {fact.value: reports.of(fact, now).order_by("serial") for fact in (Fact.MISSING, Fact.LAPSED)}
    return {fact: list(rows.values_list("unit_name", flat=True)) for fact, rows in facts.items()}


def obstacles(period, now=None):
    now = now or clock.now()
    found = []
    if now < period.open_until:
        found.append(f"{period.open_words}填报关闭以后才能结账。")
    if waiting := period.reports.waiting().count():
        found.append(f"还有{waiting}份月报待审核，审完才能结账。")
    if running := period.reports.owing().filter(return_due_at__gt=now).count():
        found.append(f"还有{running}份退回的月报在重报期限内，期满才能结账。")
    never = period.reports.filter(status__in=MonthlyReport.NEVER_FILED, return_due_at=None)
    if longer := never.filter(due_at__gt=now).count():
        found.append(f"还有{longer}份月报未到截止时间（含宽限），期满才能结账。")
    if period.plan.periods.filter(month__lt=period.month, closed_at=None).exists():
        found.append("前面的月份还没有结账，请按月份顺序结账。")
    return found


def _freeze(period):
    """By what was accepted up to the month; a red light puts its task under observation for the next."""
    tasks = list(
        Task.objects.filter(plan=period.plan_id)
        .actions()
        .in_force()
        .select_related("plan__rules", "section")
        .prefetch_related("milestones", "responsibilities__unit")
        .order_by("order")
    )
    then = progress_then(tasks, period.month)
    rows = [Standing(period=period, task=task, **_standing_of(task, period, then.get(task.pk))) for task in tasks]
    rows += [
        Standing(
            period=period, task=each.task, **_standing_of(each.task, period, each.course.progress(period.last_day))
        )
        for each in _projects(period)
    ]
    Standing.objects.bulk_create(rows, batch_size=500)
    red = [row.task_id for row in rows if row.light == "RED"]
    until = deadlines.last_day(deadlines.next_month(period.month))
    # A month opened after a later one was closed ends no observation that runs longer.
    shorter = Q(recovering_until=None) | Q(recovering_until__lt=until)
    Task.objects.filter(shorter, pk__in=red).update(recovering_until=until)


def _projects(period):
    rows = Project.objects.filter(task__plan=period.plan_id).running(period.month).with_course()
    projects = list(rows.prefetch_related("task__responsibilities__unit").order_by("task__order"))
    for each in projects:
        each.task.project = each
    return projects


def _standing_of(task, period, progress):
    judged = task.judgement(period.last_day, progress)
    return {
        "task_number": task.number,
        "task_title": task.short_title,
        "section_title": str(task.section) if task.section else "",
        "lead_name": task.lead.name if task.lead else "",
        "status": task.status if progress is None else Task.status_at(progress),
        "progress": task.progress if progress is None else progress,
        "expected": judged.expected,
        "light": judged.light.value,
        "reason": judged.reason,
        "rules_version": task.rules.version,
    }


def _take(report, by):
    """The report locked, its month before it: a month is not closed around a concession."""
    lock(Period(pk=report.period_id))
    report = lock(report)
    require(can_manage_period(by, report.period))
    return report


def _refuse_frozen(report):
    if report.period.is_closed:
        raise Refusal(f"{report.period}已结账，当月报送情况不再变动。")


def _refuse_extension(report, until):
    now, old = clock.now(), report.answer_due_at
    require_status(report, *MonthlyReport.OWING, otherwise="不需要宽限")
    if report.return_due_at is None:
        _refuse_frozen(report)
    if not now < until <= now + datetime.timedelta(days=90):
        raise Refusal("宽限时间须在现在以后、九十天以内。")
    if until <= old:
        raise Refusal(f"宽限时间须晚于现在的截止时间{deadlines.end_words(old)}。")


@transaction.atomic
def extend(report, by, *, until, reason, seen_version=None):
    """In a closed month only what was opened again and returned can have more time."""
    report = _take(report, by)
    spare(report, report.answer_due_at == until, "批准宽限")
    require_seen(report, seen_version)
    reason = require_said(reason, "请写明宽限原因。")
    _refuse_extension(report, until)
    old = report.answer_due_at
    changed = report.give_until(until)
    report.version += 1
    report.save(update_fields=[*changed, "version"])
    Extension.objects.create(report=report, until=until, reason=reason, by=by, at=clock.now())
    moments = [f"{clock.local(each):%Y-%m-%d %H:%M}" for each in (old, until)]
    ReportEvent.write(report, by, "批准宽限", note=reason, changes={"截止时间": moments})
    tell_unit(
        report.unit,
        key=f"extend:{report.pk}:{report.version}",
        title=f"{report}宽限至{deadlines.end_words(until)}",
        body=reason,
        url="/month/",
    )
    return report


@transaction.atomic
def exempt(report, by, *, reason, seen_version=None):
    report = _take(report, by)
    spare(report, report.status == Status.EXEMPT, "批准免报")
    require_seen(report, seen_version)
    reason = require_said(reason, "请写明免报原因。")
    _refuse_frozen(report)
    move(report, Status.EXEMPT)
    Exemption.objects.create(report=report, reason=reason, by=by, at=clock.now())
    ReportEvent.write(report, by, "批准免报", note=reason)
    return report


@transaction.atomic
def revoke_exemption(report, by, *, reason):
    report = _take(report, by)
    spare(report, report.status != Status.EXEMPT, "取消免报")
    reason = require_said(reason, "请写明取消免报的原因。")
    _refuse_frozen(report)
    if not report.entries.exists():
        raise Refusal(f"{report}所列的任务已由承接单位报送，没有可以恢复的。")
    touched = report.entries.filter(version__gt=0).exists()
    move(report, Status.DRAFT if touched else Status.DUE)
    Exemption.objects.filter(report=report).delete()
    ReportEvent.write(report, by, "取消免报", note=reason)
    return report
