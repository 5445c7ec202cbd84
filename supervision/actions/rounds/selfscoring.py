"""What a unit says of itself: marks with what they rest on and evidence, kept as a draft and handed in once."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require
from kit.rates import written
from kit.refusal import Already, Conflict, Refusal
from kit.storage import keep_file
from supervision.actions.rounds.telling import tell_office
from supervision.models import Objection, Round, RoundEvent, Score, ScoreFile, Subject
from supervision.permissions import can_self_score

PER_SCORE = 10


@transaction.atomic
def save_self(subject, by, said, *, seen_version=None):
    """Keep a draft; ``said`` is {score: (mark or None, reason)}. A colleague's newer draft is not written over."""
    subject = _taken(subject, by)
    if seen_version is not None and subject.version != seen_version:
        raise Conflict("同事刚刚改过这份自评，您写的没有存。请先看最新的内容，再把您写的补上。", subject)
    rows = _asked(subject).select_for_update(of=("self",)).order_by("pk")
    changed = []
    for score in rows.select_related("item"):
        if score.pk not in said:
            continue
        mark, reason = said[score.pk]
        _require_mark(score, mark)
        if (score.self_mark, score.self_reason) != (mark, reason):
            score.self_mark, score.self_reason = mark, reason
            changed.append(score)
    if changed:
        Score.objects.bulk_update(changed, ["self_mark", "self_reason"])
        change(subject)
    return subject


@transaction.atomic
def hand_in_self(subject, by):
    """Once; after that only what is asked about by the office is told by other ways."""
    subject = _taken(subject, by)
    lacking = [
        score for score in _asked(subject).select_related("item") if score.self_mark is None or not score.self_reason
    ]
    if lacking:
        names = "、".join(score.item.title for score in lacking)
        raise Refusal(f"{names}还没有写完自评分和依据，写完才能报送。")
    change(subject, self_at=clock.now(), self_by=by)
    RoundEvent.write(subject.round, by, "报送自评", note=subject.name)
    if not Subject.objects.filter(round=subject.round, self_at=None).exists():
        tell_office(subject.round, f"自评已报齐：{subject.round}", key="self-complete")
    return subject


def attach(score, by, upload):
    """Evidence beside a self-score that is not handed in, or an objection that waits."""
    return keep_file(ScoreFile(score=score, by=by, at=clock.now()), upload, lambda row: _record(row, by))


@transaction.atomic
def _record(file, by):
    score = _open(file.score, by)
    present = ScoreFile.objects.present().filter(score=score)
    if present.count() >= PER_SCORE:
        raise Refusal(f"每项最多{PER_SCORE}个附件。")
    present.require_new(file)
    file.save()
    RoundEvent.write(score.subject.round, by, "上传佐证", note=f"{score.subject.name}·{score.item.title}：{file.name}")


@transaction.atomic
def remove(file, by):
    score = _open(file.score, by)
    if file.removed_at is None:
        file.remove()
        RoundEvent.write(
            score.subject.round, by, "移除佐证", note=f"{score.subject.name}·{score.item.title}：{file.name}"
        )


def _open(score, by):
    round_ = lock(score.subject.round)
    score = Score.objects.select_related("subject__unit", "item").get(pk=score.pk)
    score.subject.round = round_
    require(can_self_score(by, score.subject))
    drafting = round_.status == Round.Status.SELF and score.subject.self_at is None and score.item.self_scored
    waits = Objection.objects.filter(score=score, answer=Objection.Answer.WAITING).exists()
    if not (drafting or waits):
        raise Refusal("自评已报送或异议已答复，佐证不再改动。")
    return score


def _asked(subject):
    return Score.objects.filter(subject=subject, item__self_scored=True)


def _taken(subject, by):
    """The round first, so that nobody hands in while it moves on."""
    round_ = lock(subject.round)
    fresh = Subject.objects.select_related("unit").select_for_update(of=("self",)).get(pk=subject.pk)
    fresh.round = round_
    require(can_self_score(by, fresh))
    if round_.status != Round.Status.SELF:
        raise Refusal(f"{round_.standing}，自评不再改动。")
    if fresh.self_at:
        raise Already(f"自评已由{fresh.self_by.name}于{clock.local(fresh.self_at):%m月%d日 %H:%M}报送，不再改动。")
    return fresh


def _require_mark(score, mark):
    if mark is not None and not 0 <= mark <= score.full:
        raise Refusal(f"{score.item.title}：自评分应在0到满分{written(score.full)}之间。")
