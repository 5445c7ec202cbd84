"""What the issuer does once it is under way: accept, refuse, review what continues, remark, urge."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, lock_rows, move, require, require_said, require_seen, require_status
from kit.refusal import Already, Refusal
from kit.trace import spare
from reports.models import Workday
from supervision.actions.directives.drafting import require_day
from supervision.actions.directives.telling import tell_issuer, tell_orderer, tell_them, told
from supervision.models import Directive, DirectiveEvent, Plea, Point
from supervision.permissions import can_direct, can_remark
from units.actions.notices import deliver
from units.models import User

Status = Directive.Status
CLOSED, REFUSED, URGED = "销号", "退回", "催办"
# What is wanted again is under way by its new day, whatever it had come to.
AGAIN = {"handed_in_at": None, "review_on": None, "goal": ""}


@transaction.atomic
def close(directive, by, *, how, seen_version=None):
    """Everything asked was done (销号), checked in the way ``how`` tells; the leader who ordered it is told."""
    row = taken(directive, by)
    spare(row, row.status == Status.CLOSED, CLOSED)
    require_seen(row, seen_version)
    require_status(row, Status.CHECKING, otherwise="不能销号")
    how = require_said(how, "请写明怎么核查的。")
    now = clock.now()
    row.points.filter(accepted_at=None).update(accepted_at=now, wanting="")
    changes = drop_pleas(row, by, "已有核查结论")
    move(row, Status.CLOSED, closed_at=now, first_closed_at=row.first_closed_at or now, conclusion=how)
    DirectiveEvent.write(row, by, CLOSED, note=how, changes=changes)
    tell_them(row, f"已销号：{row}", how)
    tell_orderer(row, f"您批示的事项已办结：{row}", how)
    return row


@transaction.atomic
def refuse(directive, by, *, wanting, due_on, note="", seen_version=None):
    """Some points want more, {number: what}; the others are accepted and stay so (部分销号). There is a new day."""
    row = taken(directive, by)
    wanting = {number: text.strip() for number, text in wanting.items()}
    repeated = row.status == Status.ONGOING and row.due_on == due_on
    spare(row, repeated and wanting == _wanted(row), REFUSED)
    require_seen(row, seen_version)
    require_status(row, Status.CHECKING, otherwise="不能退回")
    if not wanting:
        raise Refusal("退回须至少有一点写明还要什么。")
    if empty := [number for number, text in wanting.items() if not text]:
        raise Refusal(f"第{'、'.join(map(str, empty))}点退回，请写明还要什么。")
    require_day(due_on, clock.today(), Workday.test(), "新期限")
    open_points = {point.number: point for point in row.points.all() if point.is_open}
    if strange := sorted(set(wanting) - set(open_points)):
        raise Refusal(f"第{strange[0]}点已经通过，不再退回。")
    now = clock.now()
    for number, point in open_points.items():
        if number in wanting:
            point.wanting, point.wanted_at, point.due_on = wanting[number], now, None
        else:
            point.accepted_at, point.wanting = now, ""
    Point.objects.bulk_update(open_points.values(), ["wanting", "wanted_at", "due_on", "accepted_at"])
    old = row.due_on
    changes = drop_pleas(row, by, "已有核查结论")
    move(row, Status.ONGOING, **AGAIN, due_on=due_on, refusals=row.refusals + 1)
    changes |= {f"第{number}点": ["", text] for number, text in sorted(wanting.items())}
    changes |= {f"第{number}点": ["", "通过"] for number in sorted(set(open_points) - set(wanting))}
    changes["办结期限"] = [f"{old:%Y-%m-%d}", f"{due_on:%Y-%m-%d}"]
    DirectiveEvent.write(row, by, REFUSED, note=note, changes=changes)
    lines = "\n".join(f"第{number}点还要：{text}" for number, text in sorted(wanting.items()))
    tell_them(row, f"核查退回：{row}", f"{lines}\n新期限{due_on:%Y-%m-%d}。")
    return row


def _wanted(row):
    return {point.number: point.wanting for point in row.points.all() if point.is_open and point.wanting}


def drop_pleas(row, by, note):
    """What the unit still asked is settled by the decision itself; return what the trace says of it."""
    waiting, denied = row.pleas.filter(answer=Plea.Answer.WAITING), Plea.Answer.DENIED
    changes = {str(plea): [plea.get_answer_display(), denied.label] for plea in waiting}
    waiting.update(answer=denied, decision=note, decided_by=by, decided_at=clock.now())
    return changes


@transaction.atomic
def review(directive, by, *, note, review_on, seen_version=None):
    row = taken(directive, by)
    spare(row, row.status == Status.CONTINUING and row.review_on == review_on, "复核")
    require_seen(row, seen_version)
    require_status(row, Status.CONTINUING, otherwise="不用复核")
    note = require_said(note, "请写明复核情况。")
    require_day(review_on, clock.today(), Workday.test(), "下次复核日期")
    old = row.review_on
    move(row, Status.CONTINUING, review_on=review_on)
    changes = {"复核日期": [f"{old:%Y-%m-%d}", f"{review_on:%Y-%m-%d}"]}
    DirectiveEvent.write(row, by, "复核", note=note, changes=changes)
    tell_them(row, f"持续推进已复核：{row}", f"{note}\n下次复核{review_on:%Y-%m-%d}。")
    return row


@transaction.atomic
def remark(directive, by, *, text):
    row = lock(directive)
    require(can_remark(by, row))
    text = require_said(text, "请写明意见。")
    require_status(row, *Directive.OPEN, Status.CLOSED, otherwise="不能提意见")
    verb = "批示" if by.role == User.Role.LEADER else "意见"
    last = row.events.filter(verb=verb, actor=by).newest().first()
    if last and last.note == text:
        raise Already("这条意见已经记下，没有重复记录。")
    change(row)
    DirectiveEvent.write(row, by, verb, note=text)
    tell_them(row, f"{by.name}{verb}：{row}", text)
    tell_issuer(row, f"{by.name}{verb}：{row}", text)
    return row


@transaction.atomic
def urge(directives, by, *, note=""):
    """Urge whoever has it in hand (催办), once a day each; return those urged."""
    keys = [each.pk for each in directives]
    lock_rows(Directive.objects.filter(pk__in=keys))
    rows = list(Directive.objects.filter(pk__in=keys).with_parts().order_by("pk"))
    for row in rows:
        require(can_direct(by, row))
    in_hand = [row for row in rows if row.status in (*Directive.WITH_UNIT, Status.CONTINUING)]
    if not in_hand:
        raise Refusal("所选事项都不在承办单位手里，不用催办。")
    begun = clock.start_of(clock.today())
    urged = DirectiveEvent.objects.filter(subject__in=in_hand, verb=URGED, at__gte=begun)
    today = set(urged.values_list("subject", flat=True))
    fresh = [row for row in in_hand if row.pk not in today]
    if not fresh:
        last = urged.newest().first()
        raise Already(f"{last.actor_name}今天{clock.local(last.at):%H:%M}已经催办过，一天催办一次。")
    DirectiveEvent.objects.bulk_create(DirectiveEvent.made(row, by, URGED, note=note.strip()) for row in fresh)
    deliver(_urging(fresh, note.strip()))
    return fresh


def _urging(rows, note):
    units = {}
    for row in rows:
        units.setdefault(row.unit_now.pk, []).append(row)
    for person in User.objects.acting_for(units):
        for row in units[person.unit_id]:
            body = f"{row.day:%Y-%m-%d}到期。{note}"
            yield told(person, row, f"催办：{row}", body, key=f"urge:{clock.today():%Y%m%d}")


def taken(directive, by):
    row = lock(directive)
    require(can_direct(by, row))
    return row
