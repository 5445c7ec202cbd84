"""A unit's word against a mark, until the day that was told, and the answer of who gave the mark."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require, require_said
from kit.refusal import Already, Refusal
from supervision.actions.rounds.marking import keep, put, said
from supervision.actions.rounds.results import settle, settled
from supervision.actions.rounds.telling import tell_office, tell_units
from supervision.models import Objection, Round, RoundEvent, Score
from supervision.permissions import can_mark, can_self_score

Answer = Objection.Answer


@transaction.atomic
def object_to(score, by, *, text, wanted):
    """``text`` is which record is wrong, ``wanted`` what it should be and why. One waits at a time."""
    round_, score = _taken(score)
    require(can_self_score(by, score.subject))
    if round_.status not in (Round.Status.NOTICE, *Round.OUT) or round_.objections_until is None:
        raise Refusal(f"{round_.standing}，现在不能提异议。")
    if not round_.takes_objections:
        raise Refusal(f"异议应在{round_.objections_until:%Y-%m-%d}前提出，现已超过。")
    if known := Objection.objects.filter(score=score, answer=Answer.WAITING).first():
        raise Already(f"{known.by.name}{clock.local(known.at):%m月%d日 %H:%M}已就这一项提出异议，正在等答复。")
    if not text.strip() or not wanted.strip():
        raise Refusal("请写明哪条记录不对、应当是多少、为什么。")
    made = Objection.objects.create(score=score, by=by, at=clock.now(), text=text.strip(), wanted=wanted.strip())
    RoundEvent.write(round_, by, "异议", note=f"{score.subject.name}·{score.item.title}：{made.text}；{made.wanted}")
    told = f"{score.subject.name}对“{score.item.title}”提出异议"
    url = f"/assessment/objections/{made.pk}/"
    tell_units(round_, [score.item.scorer or round_.scheme.unit], told, made.text, key=f"objection:{made.pk}", url=url)
    return made


@transaction.atomic
def answer_objection(objection, by, *, granted, note, mark=None):
    """Yes with the mark it becomes, or no; both say why. What was published changes only by a correction, which takes it up."""
    round_, score = _taken(objection.score)
    require(can_mark(by, score.item, round_.scheme))
    row = Objection.objects.select_related("by").select_for_update(of=("self",)).get(pk=objection.pk)
    if row.answer != Answer.WAITING:
        raise Already(f"这件异议已由{row.decided_by.name}答复“{row.get_answer_display()}”，没有重复办理。")
    note = require_said(note, "请写明答复的理由。")
    if granted and mark is None:
        raise Refusal("异议成立的，请写明改为多少分。")
    old = score.mark
    if granted:
        put(score, by, mark, note)
        if not round_.is_out:
            keep([score])
            settle(round_)
    answer = Answer.GRANTED if granted else Answer.DENIED
    told = {"mark": mark if granted else None, "edition": 1 if granted and not round_.is_out else None}
    change(row, answer=answer, note=note, decided_by=by, decided_at=clock.now(), **told)
    verb = "异议成立" if granted else "异议不成立"
    subject = f"{score.subject.name}·{score.item.title}"
    changes = {subject: [said(old), said(mark)]} if granted else {}
    RoundEvent.write(round_, by, verb, note=row.note if granted else f"{subject}：{row.note}", changes=changes)
    url, key = f"/assessment/scores/{score.pk}/", f"answer:{row.pk}"
    tell_units(round_, [score.subject.unit], f"{verb}：{score.item.title}", row.note, key=key, url=url)
    if granted and round_.is_out:
        tell_office(round_, f"异议成立，待出更正版：{subject}", row.note, key=key)
    return row


def what_if(score, mark):
    """(total, rank) of the subject if this mark were that."""
    subjects = settled(score.subject.round, {score.pk: mark})
    own = next(each for each in subjects if each.pk == score.subject_id)
    return own.total, own.rank


def _taken(score):
    round_ = lock(score.subject.round)
    rows = Score.objects.select_related("subject__unit", "item__scorer").select_for_update(of=("self",))
    fresh = rows.get(pk=score.pk)
    fresh.subject.round = round_
    return round_, fresh
