"""What scoring units give: marks by hand beside the automatic ones, each with its reason, and the marks of panels."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require, require_said
from kit.rates import written
from kit.refusal import Conflict, Refusal
from supervision import scoring
from supervision.actions.rounds.results import settle
from supervision.measured import Measured
from supervision.models import PanelMark, RoundEvent, SchemeItem, Score
from supervision.permissions import can_mark


@transaction.atomic
def give_marks(round_, by, item, given):
    """``given`` are (score, mark or None where the item does not apply, reason, version seen): all of them or none. Return how many."""
    row, known = _taken(round_, by, item, given)
    changes, changed = {}, []
    for score, mark, reason, seen in given:
        fresh = known[score.pk]
        if (fresh.hand, fresh.hand_reason) == (mark, reason) and fresh.hand_at:
            continue
        require_seen(fresh, seen)
        old = fresh.mark
        put(fresh, by, mark, reason)
        changed.append(fresh)
        changes[f"{fresh.subject.name}·{item.title}"] = [said(old), said(fresh.mark)]
    if changed:
        keep(changed)
        _counted(row, by, "评分", changes)
    return len(changed)


@transaction.atomic
def give_panel_marks(round_, by, item, given):
    """``given`` are (score, seat, mark, reason, version seen); when all seats gave theirs, the mark follows by their weights."""
    row, known = _taken(round_, by, item, given)
    changes, changed = {}, {}
    for score, seat, mark, reason, seen in given:
        fresh = known[score.pk]
        if seat not in (item.params.get("seats") or {}):
            raise Refusal(f"办法里没有“{seat}”这个评委。")
        _require_mark(fresh, mark)
        old = PanelMark.objects.filter(score=fresh, seat=seat).first()
        if old and (old.mark, old.reason) == (mark, reason):
            continue
        require_seen(fresh, seen)
        told = {"mark": mark, "reason": reason, "by": by, "at": clock.now()}
        PanelMark.objects.update_or_create(score=fresh, seat=seat, defaults=told)
        changed[fresh.pk] = fresh
        changes[f"{fresh.subject.name}·{seat}"] = [said(old and old.mark), said(mark)]
    for fresh in changed.values():
        _weigh(fresh, item, by)
    if changed:
        keep(changed.values())
        _counted(row, by, "评委评分", changes)
    return len(changes)


def _taken(round_, by, item, given):
    """(the round, {key: score}), locked."""
    row = lock(round_)
    require(can_mark(by, item, row.scheme))
    require_marking(row)
    rows = Score.objects.filter(subject__round=row, item=item, pk__in=[score.pk for score, *_ in given])
    known = {each.pk: each for each in rows.select_related("subject").select_for_update(of=("self",)).order_by("pk")}
    for each in known.values():
        each.item = item
    return row, known


def _weigh(score, item, by):
    seats = dict(PanelMark.objects.filter(score=score).values_list("seat", "mark"))
    marked = scoring.mark(item.way, score.full, item.params, Measured(counts=seats))
    score.hand = score.mark = marked.mark
    score.hand_reason, score.hand_by, score.hand_at = marked.formula[: Score.SAID], by, clock.now()
    score.version += 1


def require_marking(row):
    if not row.takes_marks:
        raise Refusal(f"{row.standing}，现在不评分；已公示的在异议里改，已公布的出更正版。")


def require_seen(score, seen):
    if seen is not None and score.version != seen:
        whose = (
            f"{score.hand_by.name}已于{clock.local(score.hand_at):%m月%d日 %H:%M:%S}评定"
            if score.hand_by
            else "刚刚已改"
        )
        raise Conflict(
            f"{score.subject.name}：{whose}为{said(score.mark)}分（{score.hand_reason}）。请核对后再评。", score
        )


def put(score, by, mark, reason):
    """Set what people give on a locked score; what counts follows. None says that the item does not apply to this subject."""
    reason = require_said(reason, f"{score.subject.name}：请写明评定的理由。")
    if mark is not None:
        _require_mark(score, mark)
    score.hand, score.hand_reason, score.hand_by, score.hand_at = mark, reason, by, clock.now()
    score.applies = mark is not None
    score.mark = mark if score.applies else _without(score)
    score.version += 1


def _without(score):
    """What counts where the item does not apply: its basic mark, or nothing, and the other items make up for it."""
    item = score.item
    if item.missing != SchemeItem.Missing.BASIC:
        return None
    return min(item.basic if item.basic is not None else score.full, score.full)


def _require_mark(score, mark):
    if mark < 0:
        raise Refusal(f"{score.subject.name}：得分不能小于0。")
    if mark > score.full:
        raise Refusal(f"{score.subject.name}：{written(mark)}分超过满分{written(score.full)}分。")


def said(mark):
    return "" if mark is None else written(mark)


def keep(scores):
    fields = ["hand", "hand_reason", "hand_by", "hand_at", "applies", "mark", "version"]
    Score.objects.bulk_update(scores, fields, batch_size=200)


def _counted(row, by, verb, changes):
    settle(row)
    change(row)
    RoundEvent.write(row, by, verb, changes=changes)
