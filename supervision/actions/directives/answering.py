"""What the answering unit does: sign, answer point by point, hand in for checking, say that a stage goal is reached."""

from django.db import transaction

from kit import clock
from kit.moves import lock, move, require, require_said, require_seen, require_status
from kit.refusal import Already, Refusal
from kit.trace import spare
from supervision.actions.directives.telling import tell_issuer, told
from supervision.models import Directive, DirectiveEvent, Plea, Point
from supervision.permissions import can_answer, can_hand_in
from units.actions.notices import deliver
from units.models import User

Status = Directive.Status
SIGNED, HANDED_IN = "签收", "报送核查"


@transaction.atomic
def sign(directive, by, *, seen_version=None):
    row = _taken(directive, by)
    spare(row, row.signed_at is not None and row.status != Status.SENT, SIGNED)
    require_seen(row, seen_version)
    if row.pleas.filter(answer=Plea.Answer.WAITING).exists():
        raise Refusal("异议还在等交办单位决定，决定以后再签收。")
    move(row, Status.ONGOING, signed_at=clock.now())
    DirectiveEvent.write(row, by, SIGNED)
    return row


@transaction.atomic
def answer(directive, by, answers, *, seen=None):
    """Keep what is answered, {point's number: text}; ``seen`` is {number: the answer the page showed}.

    What the issuer reads at once. A point somebody else answered meanwhile is not overwritten. Return the points written.
    """
    row = _taken(directive, by)
    require_status(row, Status.ONGOING, otherwise="现在不用答复")
    points = {point.number: point for point in row.points.select_for_update().order_by("pk")}
    written, now = [], clock.now()
    for number, text in answers.items():
        point, text = points.get(number), text.strip()
        if point is None or text == point.answer and point.is_answered or not (text or point.answer):
            continue
        if not point.is_open:
            raise Refusal(f"第{number}点已经通过，答复不再改动。")
        if seen and seen.get(number, point.answer) not in (point.answer, text):
            raise Refusal(f"第{number}点刚刚有人改过，现在是“{point.answer[:60]}”。请核对后再存。")
        if text == point.answer and point.wanting:
            # Unchanged after a refusal is not an answer to it.
            continue
        if not text:
            raise Refusal(f"第{number}点的答复不能清空。")
        written.append((point, point.answer))
        point.answer, point.answered_at, point.answered_by = text, now, by
    if not written:
        return []
    Point.objects.bulk_update([point for point, _ in written], ["answer", "answered_at", "answered_by"])
    row.first_answered_at = row.first_answered_at or now
    row.head_asked_at = None
    row.save(update_fields=["first_answered_at", "head_asked_at"])
    changes = {f"{point}答复": [old, point.answer] for point, old in written}
    DirectiveEvent.write(row, by, "答复", changes=changes)
    return [point for point, _ in written]


def _require_answered(row):
    lacking = [point.number for point in row.points.all() if point.is_open and not point.is_answered]
    if lacking:
        raise Refusal(f"第{'、'.join(map(str, lacking))}点还没有答复，答完才能报送核查。")


@transaction.atomic
def ask_head(directive, by):
    row = _taken(directive, by)
    require_status(row, Status.ONGOING, otherwise="不用审签")
    if row.head_asked_at:
        raise Already("已送单位负责人审签，没有重复送。")
    _require_answered(row)
    unit = row.unit_now
    heads = User.objects.filter(is_active=True, unit=unit, role=User.Role.HEAD)
    if not heads.exists():
        raise Refusal(f"{unit}还没有单位负责人账号，请系统管理员先建立。")
    row.head_asked_at = clock.now()
    row.save(update_fields=["head_asked_at"])
    DirectiveEvent.write(row, by, "送负责人审签")
    key = f"head:{clock.now():%Y%m%d%H%M%S}"
    deliver(told(head, row, f"{row}的答复待您审签", key=key) for head in heads)
    return row


@transaction.atomic
def hand_in(directive, by):
    """Every open point is answered, the issuer is to check (报送核查); its clock stands from here."""
    row = _taken(directive, by)
    spare(row, row.status == Status.CHECKING, HANDED_IN)
    require_status(row, Status.ONGOING, otherwise="不能报送核查")
    _require_hand(by, row)
    _require_answered(row)
    return _handed_in(row, by, HANDED_IN)


@transaction.atomic
def reach_goal(directive, by, *, note, seen_version=None):
    row = _taken(directive, by)
    spare(row, row.status == Status.CHECKING, "阶段目标完成")
    require_seen(row, seen_version)
    require_status(row, Status.CONTINUING, otherwise="没有要完成的阶段目标")
    _require_hand(by, row)
    return _handed_in(row, by, "阶段目标完成", require_said(note, "请写明阶段目标完成的情况。"))


def _require_hand(by, row):
    if not can_hand_in(by, row):
        raise Refusal(f"{row.unit_now}的材料由单位负责人审签后报送，请先“送负责人审签”。")


def _handed_in(row, by, verb, note=""):
    if row.pleas.filter(answer=Plea.Answer.WAITING).exists():
        raise Refusal("有申请还在等交办单位决定，决定以后再报送核查。")
    now = clock.now()
    move(row, Status.CHECKING, handed_in_at=now, head_asked_at=None, first_answered_at=row.first_answered_at or now)
    DirectiveEvent.write(row, by, verb, note=note)
    tell_issuer(row, f"{row.unit}报送核查：{row}", note)
    return row


def _taken(directive, by):
    row = lock(directive)
    require(can_answer(by, row))
    return row
