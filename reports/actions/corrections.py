"""Correcting a closed month (更正): a new figure with a reason, beside the first one that stays on record."""

from dataclasses import dataclass

from django.db import transaction

from kit import clock, deadlines
from kit.moves import lock, require, require_said
from kit.rates import written
from kit.refusal import Refusal
from reports.models import Correction, Period, ReportEvent, Standing
from reports.models.entry import carried_on
from reports.models.standing import CORRECTED
from reports.permissions import can_manage_period
from tasks import lights
from tasks.actions.months import FIGURES, enter_month
from tasks.actions.progress import accept_progress
from tasks.models import (
    Amount,
    LightRules,
    Measure,
    PlanEvent,
    Project,
    Responsibility,
    Task,
    TaskEvent,
)
from units.actions.notices import tell_unit

VERB = "更正月末进度"


@dataclass(frozen=True)
class _Closed(lights.Course):
    """A task's course of which the percent expected at the month's end is on record."""

    known: int = 0

    def expected(self, day):
        return self.known


@transaction.atomic
def correct(standing, by, *, progress, reason, seen, carry=False):
    """Put ``progress`` in the place of what stood when the month was closed; ``seen`` is the figure the person saw.

    The light follows by that month's rules and expectation. With ``carry`` the later closed months that took the figure
    over are corrected too, each with its own record; return the standings corrected. The task's present progress follows
    where no later month has been accepted.
    """
    period = lock(Period(pk=standing.period_id))
    require(can_manage_period(by, period))
    standing = lock(standing)
    reason = require_said(reason, "请写明更正原因。")
    if standing.progress != seen:
        raise Refusal(f"这一项刚刚已更正为进度{standing.progress}%，请按最新情况办理。")
    if progress == standing.progress:
        raise Refusal(f"进度本来就是{progress}%，不用更正。")
    corrected = [standing, *(carried_on(standing) if carry else ())]
    for each in corrected:
        _correct(each, progress, reason, by)
    return corrected


@transaction.atomic
def correct_project(standing, by, *, figures, reason):
    """Put other ``figures`` ({measure: amount}) of a closed month into the register of a key project; the first stay in the trace.

    This month's standing and those of later closed months are judged again by what is on record now, each with a record of its own.
    """
    period = lock(Period(pk=standing.period_id))
    require(can_manage_period(by, period))
    standing, reason = lock(standing), require_said(reason, "请写明更正原因。")
    was = dict(Amount.objects.filter(project=standing.task_id, month=period.month).values_list("measure", "actual"))
    moved = {
        measure: amount for measure, amount in figures.items() if amount is not None and amount != was.get(measure)
    }
    if not moved:
        raise Refusal("数字与已入册的相同，不用更正。")
    task = Task.objects.get(pk=standing.task_id)
    names = {measure: name for name, measure in FIGURES.items()}
    values = {names[measure]: str(amount) for measure, amount in moved.items()}
    enter_month(task, period.month, values, by, note=f"{_month(period)}更正：{reason}")
    changes = {Measure(m).label: ["" if was.get(m) is None else written(was[m]), written(v)] for m, v in moved.items()}
    TaskEvent.write(task, by, VERB, note=f"{_month(period)}，原因：{reason}", changes=changes)
    project = Project.objects.with_course().get(pk=task.pk)
    corrected = _judge_again(project, period.month, reason, by)
    if unit := project.service_unit:
        told = "；".join(f"{label}{old or '—'}→{new}" for label, (old, new) in changes.items())
        title = f"{_month(period)}{project.code}数字已更正：{told}"
        key = f"correct:{standing.pk}:{clock.now():%H%M%S%f}"
        tell_unit(unit, key=key, title=title, body=f"原因：{reason}", url=f"/projects/{task.pk}/")
    return corrected


def _judge_again(project, month, reason, by):
    corrected = []
    rows = Standing.objects.filter(task=project.pk, period__month__gte=month).select_related("period")
    for row in rows.order_by("period__month"):
        day = row.period.last_day
        judged, progress = project.judgement(day), project.course.progress(day)
        if (progress, judged.light.value) == (row.progress, row.light):
            continue
        old = {"old_progress": row.progress, "old_light": row.light, "old_reason": row.reason}
        now = {"progress": progress, "light": judged.light.value}
        Correction.objects.create(standing=row, reason=reason, by=by, **old, **now)
        row.expected = judged.expected
        _stand(row, progress, judged.light.value, judged.reason)
        corrected.append(row)
    return corrected


def _correct(standing, progress, reason, by):
    period = lock(Period(pk=standing.period_id))
    task = Task.objects.select_related("plan__rules").prefetch_related("milestones").get(pk=standing.task_id)
    correction = _write(standing, period, task, progress, reason, by)
    _settle(standing, period, task)
    _trace(correction, period, task, by)
    accept_progress(task, progress, period.month, by, note=f"{_month(period)}更正：{reason}")


def _month(period):
    return f"{period.month.year}年{period.month.month}月"


def _write(standing, period, task, progress, reason, by):
    light, why = _judged(standing, period, task, progress)
    correction = Correction.objects.create(
        standing=standing,
        old_progress=standing.progress,
        old_light=standing.light,
        old_reason=standing.reason,
        progress=progress,
        light=light,
        reason=reason,
        by=by,
    )
    _stand(standing, progress, light, why)
    return correction


def _stand(standing, progress, light, why):
    """Let it stand anew; what stood when the month was closed stays beside it."""
    if standing.first_progress is None:
        standing.first_progress, standing.first_light = standing.progress, standing.light
    standing.progress, standing.light, standing.status = progress, light, Task.status_at(progress)
    standing.reason = f"{why}；{standing.first_words}"
    standing.save()


def _judged(standing, period, task, progress):
    """What was not judged stays so."""
    if standing.light == lights.Light.GREY.value and progress < 100:
        return standing.light, standing.reason.partition(CORRECTED)[0]
    kept = LightRules.objects.filter(plan=period.plan_id, version=standing.rules_version).first()
    rules = kept.as_rules if kept else task.rules
    course = task.course
    known = _Closed(course.pace, course.starts_on, course.due_on, course.milestones, known=standing.expected)
    before = Standing.objects.filter(task=task, period__month=deadlines.previous_month(period.month)).first()
    recovering = bool(before) and before.light == lights.Light.RED.value
    judged = lights.judge(known, progress, rules, period.last_day, done=progress == 100, recovering=recovering)
    return judged.light.value, judged.reason


def _settle(standing, period, task):
    period.summary |= {"lights": period.standings.actions().counts()}
    period.save(update_fields=["summary"])
    if not Standing.objects.filter(task=task, period__month__gt=period.month).exists():
        red = standing.light == lights.Light.RED.value
        until = deadlines.last_day(deadlines.next_month(period.month)) if red else None
        Task.objects.filter(pk=task.pk).update(recovering_until=until)


def _trace(correction, period, task, by):
    name, label = f"第{task.number}项", dict(lights.CHOICES)
    changes = {
        f"{name}进度": [f"{correction.old_progress}%", f"{correction.progress}%"],
        f"{name}灯色": [label[correction.old_light], label[correction.light]],
    }
    note = f"{_month(period)}，原因：{correction.reason}"
    PlanEvent.write(period.plan, by, VERB, note=note, changes=changes)
    TaskEvent.write(task, by, VERB, note=note, changes=changes)
    part = task.responsibilities.filter(role=Responsibility.Role.LEAD).select_related("unit__successor").first()
    for report in period.reports.filter(entries__task=task, entries__role=Responsibility.Role.LEAD):
        ReportEvent.write(report, by, VERB, note=correction.reason, changes=changes)
    if part:
        tell_unit(
            part.unit,
            key=f"correct:{correction.pk}",
            title=f"{_month(period)}{name}任务已更正：进度{correction.old_progress}%→{correction.progress}%",
            body=f"原因：{correction.reason}",
            url=f"/tasks/{task.pk}/",
        )
