"""A round published and corrected: each edition is frozen; streaks follow, and interviews are proposed or asked about again."""

from dataclasses import dataclass

from django.db import transaction

from kit import clock
from kit.deadlines import add_workdays
from kit.moves import lock, move, require_said, require_status
from kit.records import checksum
from kit.refusal import Refusal
from reports.models import Workday
from supervision.actions.grounds import ask_again
from supervision.actions.interviews import propose_low
from supervision.actions.rounds.marking import keep, put, said
from supervision.actions.rounds.records import content_of
from supervision.actions.rounds.results import hands_of, settle, store
from supervision.actions.rounds.running import (
    require_answered,
    require_marked,
    require_next,
    taken,
    units_of,
    use_scheme,
)
from supervision.actions.rounds.telling import tell_units
from supervision.dashboard.calculation import calculate
from supervision.models import Objection, Round, RoundEvent, RoundRecord, Score, Subject

Status = Round.Status


@transaction.atomic
def publish(round_, by, *, seen_version=None):
    lock(round_.scheme.plan)
    row = taken(round_, by, seen_version)
    require_next(row, Status.PUBLISHED)
    require_marked(row)
    require_answered(row)
    if row.status == Status.NOTICE and clock.today() <= row.objections_until:
        raise Refusal(f"公示到{row.objections_until:%Y-%m-%d}为止，第二天起才能公布。")
    use_scheme(row, by)
    until = _objections_until(row)
    move(row, Status.PUBLISHED, edition=1, published_at=clock.now(), objections_until=until)
    _freeze(row, by, "")
    RoundEvent.write(row, by, "公布", note="第1版" + (f"，申请复核到{until:%Y-%m-%d}" if until else ""))
    body = f"对得分有异议的，{until:%Y-%m-%d}前可以申请复核。" if until else ""
    tell_units(row, units_of(row), f"已公布：{row}", body, key="published")
    _follow(row)
    return row


def _objections_until(row):
    days = row.scheme.objection_workdays
    return add_workdays(clock.today(), days, Workday.test()) if days else None


@dataclass(frozen=True)
class Change:
    """What a correction does to one subject: its total, rank and whether it is low before and after, in words too."""

    pk: int
    name: str
    old: tuple
    new: tuple

    @property
    def words(self):
        return [_said(self.old), _said(self.new)]

    @property
    def rank_moves(self):
        return self.old[2] != self.new[2]


def mark_of(changes):
    """What was shown of a correction, to be compared with what it does when it is decided."""
    return checksum([[each.pk, *each.words] for each in changes]) if changes else ""


def preview(round_, by, *, marks=(), again=False):
    """[Change] that a correction would make now; nothing is written."""
    with transaction.atomic():
        lock(round_.scheme.plan)
        changes = _changed(taken(round_, by), by, marks, again)
        transaction.set_rollback(True)
    return changes


@transaction.atomic
def correct(round_, by, *, reason, marks=(), again=False, seen_version=None, seen_moves=None):
    """A further edition (更正): objections granted since, ``marks`` of (score, mark, why), and, ``again``, the records as they are now.

    Without a change there is none. ``seen_moves`` is the mark of the preview that was looked at, where one was.
    """
    lock(round_.scheme.plan)
    row = taken(round_, by, seen_version)
    reason = require_said(reason, "请写明更正的原因。")
    changes = _changed(row, by, marks, again)
    if not changes:
        raise Refusal("得分、总分和名次都没有变动，不出更正版。")
    if seen_moves is not None and seen_moves != mark_of(changes):
        raise Refusal("变动和看到的不一样，已重新列在下面，请看过以后再出更正版。")
    move(row, Status.CORRECTED, edition=row.edition + 1, as_of=row.as_of)
    _freeze(row, by, reason)
    told = {each.name: each.words for each in changes}
    RoundEvent.write(row, by, "更正", note=f"第{row.edition}版：{reason}", changes=told)
    tell_units(row, units_of(row), f"更正第{row.edition}版：{row}", reason, key=f"edition:{row.edition}")
    _follow(row, {each.pk: " → ".join(each.words) for each in changes})
    return row


def _changed(row, by, marks, again):
    """Compute and keep what the next edition would be; those it moves by rank first."""
    require_status(row, *Round.OUT, otherwise="还没有公布，不用出更正版")
    require_answered(row)
    before = _picture(row)
    if again:
        row.as_of = clock.now()
        store(row, calculate(row.scheme, row.month, row.until, row.as_of, hands_of(row)))
    _take_up(row, by, marks)
    settle(row)
    after = _picture(row)
    found = [Change(*key, old, after[key]) for key, old in before.items() if old != after[key]]
    return sorted(found, key=lambda each: (not each.rank_moves, each.pk))


def granted(row):
    """Objections granted after the edition that is out, which the next one takes up."""
    rows = Objection.objects.filter(score__subject__round=row, answer=Objection.Answer.GRANTED, edition=None)
    return rows.select_related("score__subject", "score__item").order_by("decided_at", "pk")


def _take_up(row, by, marks):
    told = [(each.score, each.mark, each.note) for each in granted(row)] + list(marks)
    keys = {score.pk for score, *_ in told}
    rows = Score.objects.filter(subject__round=row, pk__in=keys).select_related("subject", "item")
    known = {score.pk: score for score in rows}
    for score, mark, why in told:
        put(known[score.pk], by, mark, why)
    keep(known.values())
    granted(row).update(edition=row.edition + 1)


def _picture(row):
    """{(subject, name): (marks, total, rank, low)}."""
    marks = {}
    rows = Score.objects.filter(subject__round=row).order_by("item__number")
    for subject, mark in rows.values_list("subject", "mark"):
        marks.setdefault(subject, []).append(mark)
    return {
        (each.pk, each.name): (tuple(marks.get(each.pk, ())), each.total, each.rank, each.is_low)
        for each in Subject.objects.filter(round=row)
    }


def _said(picture):
    _, total, rank, is_low = picture
    return "".join(filter(None, (f"{said(total)}分", rank and f"第{rank}名", is_low and "靠后")))


def _freeze(row, by, reason):
    content = content_of(row, reason)
    made = RoundRecord.made(content, by, round=row, edition=row.edition, reason=reason, at=clock.now())
    made.save()


def _follow(row, moved=None):
    """Streaks of this round and of every later one; what interviews rested on is asked again, what is new is proposed."""
    count_streaks(row)
    if moved:
        ask_again(row, moved)
    propose_low(row.scheme.plan)


def count_streaks(row):
    """How often running each subject is low, by the newest edition of every published round from this one on."""
    rounds = Round.objects.out().filter(scheme__plan=row.scheme.plan, scheme__name=row.scheme.name)
    running = {}
    for each in rounds.order_by("month", "pk"):
        subjects = list(Subject.objects.filter(round=each))
        low = {(one.unit_id, one.project_id, one.name): one for one in subjects if one.is_low}
        running = {key: running.get(key, 0) + 1 for key in low}
        if each.month < row.month:
            continue
        for one in subjects:
            one.streak = running.get((one.unit_id, one.project_id, one.name), 0)
        Subject.objects.bulk_update(subjects, ["streak"], batch_size=200)
