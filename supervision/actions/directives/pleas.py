"""What a unit asks of the issuer and what the issuer decides: objections, more time, going on beyond the limit."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, move, require, require_said, require_status
from kit.refusal import Already, Refusal
from reports.models import Workday
from supervision import limits
from supervision.actions.directives.drafting import require_day, require_living
from supervision.actions.directives.telling import tell_issued, tell_issuer, tell_them
from supervision.models import Directive, DirectiveEvent, Plea
from supervision.permissions import can_answer, can_direct

Status, Kind, Answer = Directive.Status, Plea.Kind, Plea.Answer


def objectable_until(directive, is_workday):
    return limits.proposed(clock.local(directive.sent_at).date(), limits.TO_SIGN, is_workday)


@transaction.atomic
def object_to(directive, by, *, reason):
    """It is not this unit's matter (异议): once, within the days of signing."""
    row = _taken(directive, by, Status.SENT, otherwise="不能再提异议")
    reason = require_said(reason, "请写明异议的理由。")
    last = objectable_until(row, Workday.test())
    if clock.today() > last:
        raise Refusal(f"异议应在{last:%Y-%m-%d}前提出，现已超过，请签收办理。")
    if row.pleas.filter(kind=Kind.OBJECTION, at__gte=row.sent_at, answer=Answer.DENIED).exists():
        raise Refusal("异议已经决定不采纳，请签收办理。")
    return _asked(row, by, "提出异议", kind=Kind.OBJECTION, reason=reason)


@transaction.atomic
def ask_extension(directive, by, *, reason, progress, until):
    row = _taken(directive, by, Status.ONGOING, otherwise="不能申请延期")
    require_said(reason, "请写明延期的理由。")
    require_said(progress, "请写明目前的进展。")
    today = clock.today()
    if today > row.due_on:
        raise Refusal(f"期限{row.due_on:%Y-%m-%d}已过，延期须在期限前申请。请尽快办结。")
    require_day(until, today, Workday.test(), "申请延到的日期")
    if until <= row.due_on:
        raise Refusal(f"申请延到的日期须晚于现在的期限{row.due_on:%Y-%m-%d}。")
    return _asked(row, by, "申请延期", kind=Kind.EXTENSION, reason=reason, progress=progress, until=until)


@transaction.atomic
def ask_continuing(directive, by, *, reason, goal, until):
    """It cannot be finished by the limit and goes on (持续推进), with a stage goal and a day it is reviewed on."""
    row = _taken(directive, by, Status.ONGOING, Status.CHECKING, otherwise="不能申请持续推进")
    require_said(reason, "请写明持续推进的理由。")
    require_said(goal, "请写明阶段目标。")
    require_day(until, clock.today(), Workday.test(), "复核日期")
    return _asked(row, by, "申请持续推进", kind=Kind.CONTINUING, reason=reason, goal=goal, until=until)


def _taken(directive, by, *statuses, otherwise):
    row = lock(directive)
    require(can_answer(by, row))
    require_status(row, *statuses, otherwise=otherwise)
    if waiting := row.pleas.filter(answer=Answer.WAITING).first():
        raise Already(f"{waiting}还在等交办单位决定，没有重复提交。")
    return row


def _asked(row, by, verb, **told):
    plea = Plea.objects.create(directive=row, by=by, at=clock.now(), due_then=row.due_on, **told)
    reason = plea.reason.rstrip("。")
    note = "；".join(filter(None, (reason, plea.progress and f"进展：{plea.progress}", plea.goal and f"阶段目标：{plea.goal}")))  # fmt: skip
    changes = {"申请到": ["", f"{plea.until:%Y-%m-%d}"]} if plea.until else {}
    change(row)
    DirectiveEvent.write(row, by, verb, note=note, changes=changes)
    tell_issuer(row, f"{row.unit}{verb}：{row}", note)
    return plea


@transaction.atomic
def decide(plea, by, *, granted, note="", unit=None, due_on=None):
    """Say yes or no. An objection granted names the ``unit`` whose matter it is and its day; a no says why."""
    row = lock(plea.directive)
    require(can_direct(by, row))
    plea = row.pleas.select_for_update(of=("self",)).get(pk=plea.pk)
    if not plea.is_waiting:
        raise Already(f"{plea}已由{plea.decided_by}决定“{plea.get_answer_display()}”，没有重复办理。")
    if not granted:
        require_said(note, "不同意须写明理由。")
    # Decided before what follows is written: what follows may ask whether anything still waits.
    answer = Answer.GRANTED if granted else Answer.DENIED
    change(plea, answer=answer, decision=note.strip(), decided_by=by, decided_at=clock.now())
    if plea.kind == Kind.OBJECTION:
        return _hand_to_another(row, by, plea, unit, due_on) if granted else _hold_to_it(row, by, plea)
    if not granted:
        return _told(row, by, f"不予{plea.get_kind_display()}", plea)
    return _extend(row, by, plea) if plea.kind == Kind.EXTENSION else _continue(row, by, plea)


def _hand_to_another(row, by, plea, unit, due_on):
    if unit is None or unit == row.unit:
        raise Refusal("同意异议，须改定承办单位。")
    require_living(unit)
    if row.batch and row.batch.directives.filter(unit=unit, status__in=(*Directive.OPEN, Status.CLOSED)).exists():
        raise Refusal(f"这份交办单已有一件由{unit}承办，不重复交给它；本件不用办的，可以撤销。")
    is_workday, today, old = Workday.test(), clock.today(), row.unit
    require_day(due_on or row.due_on, today, is_workday)
    tell_them(row, f"异议已采纳，改由{unit}承办：{row}", plea.decision)
    changes = {"承办单位": [str(old), str(unit)]}
    if due_on and due_on != row.due_on:
        changes["办结期限"] = [f"{row.due_on:%Y-%m-%d}", f"{due_on:%Y-%m-%d}"]
    day = due_on or row.due_on
    move(
        row,
        Status.SENT,
        unit=unit,
        due_on=day,
        first_due_on=day,
        sent_at=clock.now(),
        sign_by=limits.sign_by(today, day, is_workday),
    )
    DirectiveEvent.write(row, by, "采纳异议，改办", note=plea.decision, changes=changes)
    tell_issued([row])
    return row


def _hold_to_it(row, by, plea):
    change(row, sign_by=limits.proposed(clock.today(), limits.TO_SIGN_AGAIN, Workday.test()))
    return _told(row, by, "不采纳异议", plea, f"请在{row.sign_by:%Y-%m-%d}前签收。", moved=True)


def _extend(row, by, plea):
    require_day(plea.until, clock.today(), Workday.test(), "延到的日期")
    old = row.due_on
    row.points.filter(accepted_at=None, due_on=old).update(due_on=plea.until)
    change(row, due_on=plea.until, extensions=row.extensions + 1)
    return _told(
        row, by, "同意延期", plea, moved=True, changes={"办结期限": [f"{old:%Y-%m-%d}", f"{plea.until:%Y-%m-%d}"]}
    )


def _continue(row, by, plea):
    require_day(plea.until, clock.today(), Workday.test(), "复核日期")
    move(row, Status.CONTINUING, review_on=plea.until, goal=plea.goal, handed_in_at=None, head_asked_at=None)
    return _told(row, by, "同意持续推进", plea, changes={"复核日期": ["", f"{plea.until:%Y-%m-%d}"]}, moved=True)


def _told(row, by, verb, plea, more="", changes=None, moved=False):
    if not moved:
        change(row)
    DirectiveEvent.write(row, by, verb, note=plea.decision, changes=changes)
    tell_them(row, f"{verb}：{row}", "".join(filter(None, (plea.decision, more))))
    return row
