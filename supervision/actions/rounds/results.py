"""What was computed, kept: subjects with their totals and ranks, and every score; what people gave stays."""

from supervision import ranking
from supervision.dashboard.calculation import places, total_of
from supervision.dashboard.subjects import Listed
from supervision.models import Round, SchemeItem, Score, Subject
from units.models import Unit

COUNTED = ["full", "applies", "measured", "auto", "hand", "mark"]
STANDING = ["total", "rank", "is_low", "grade", "version"]


def hands_of(round_):
    """{(subject's key, item): mark, or {seat: mark}} of what people gave, as ``calculate`` asks for it."""
    kind, found = round_.scheme.subjects, {}
    rows = Score.objects.filter(subject__round=round_).exclude(hand=None, item__way=SchemeItem.Way.HAND)
    rows = rows.select_related("subject", "item").prefetch_related("panel")
    after = Unit.objects.taken_over()
    for score in rows:
        seats = {each.seat: each.mark for each in score.panel.all()}
        if score.hand is not None or seats:
            given = seats if score.hand is None or score.item.way == SchemeItem.Way.PANEL and seats else score.hand
            found[_key(kind, score.subject, after), score.item_id] = given
    return found


def _key(kind, subject, after):
    """As of today: a unit that was taken over is measured as its successor."""
    unit = after.get(subject.unit_id) or subject.unit_id
    return Listed.key_of(kind, unit, subject.project_id, subject.name)


def store(round_, result):
    """Keep a Result; while the round is on trial who is no longer compared goes. Return how many marks are others than before."""
    kind, after = round_.scheme.subjects, Unit.objects.taken_over()
    known = {_key(kind, each, after): each for each in Subject.objects.filter(round=round_)}
    on_trial = round_.status == Round.Status.TRIAL
    if on_trial:
        gone = [known.pop(key).pk for key in set(known) - {row.key for row in result.rows}]
        Subject.objects.filter(pk__in=gone).delete()
    rows = [row for row in result.rows if on_trial or row.key in known]
    subjects = {row.key: _subject(round_, row, known.get(row.key), on_trial) for row in rows}
    Subject.objects.bulk_create([each for each in subjects.values() if each.pk is None])
    fields = ["name", "group", "group_order", "is_outside", "before", "met", "figures", *STANDING]
    Subject.objects.bulk_update([subjects[key] for key in known if key in subjects], fields, batch_size=200)
    before = dict(Score.objects.filter(subject__round=round_).values_list("pk", "mark"))
    _store_scores(rows, subjects)
    now = dict(Score.objects.filter(subject__round=round_).values_list("pk", "mark"))
    return sum(before.get(key) != mark for key, mark in now.items())


def _subject(round_, row, subject, on_trial):
    """Names and groups stand as they were when the first step was asked for."""
    subject = subject or Subject(round=round_, unit_id=row.unit, project_id=row.project)
    if on_trial:
        subject.name, subject.group, subject.group_order = row.name, row.group, row.group_order
        subject.is_outside = row.outside
    subject.total, subject.rank, subject.before, subject.is_low = row.total, row.rank, row.before, row.is_low
    subject.met, subject.grade, subject.figures = row.met, row.grade, dict(row.figures)
    subject.version += 1 if subject.pk else 0
    return subject


def _store_scores(rows, subjects):
    made = [
        Score(
            subject=subjects[row.key],
            item=each.item,
            full=each.full,
            applies=each.applies,
            measured=measured_of(each),
            auto=each.auto,
            hand=each.hand,
            mark=each.mark,
        )
        for row in rows
        for each in row.scores
    ]
    pairs = {(each.subject_id, each.item_id): each for each in made}
    old = Score.objects.filter(subject__in=[each.pk for each in subjects.values()])
    gone, told = [], ("pk", "subject", "item", "applies", "hand_at", "hand", "mark")
    for pk, subject, item, applies, at, hand, mark in old.values_list(*told):
        score = pairs.get((subject, item))
        if score is None:
            gone.append(pk)
        elif at and hand is None and not applies:
            # Somebody said that it does not apply to this subject.
            score.applies, score.mark = False, mark
    Score.objects.filter(pk__in=gone, files=None).delete()
    Score.objects.bulk_create(
        made, batch_size=500, update_conflicts=True, unique_fields=["subject", "item"], update_fields=COUNTED
    )


def measured_of(score):
    """What stands behind one mark, exact, as it is kept: another program recomputes the mark from it."""
    measured = score.measured
    numbers = {name: getattr(measured, name) for name in ("value", "due", "whole")}
    return {
        **{name: None if number is None else str(number) for name, number in numbers.items()},
        "counts": {word: n if isinstance(n, int) else str(n) for word, n in measured.counts.items()},
        "place": measured.place,
        "of": measured.of,
        "words": measured.words,
        "formula": score.formula if score.hand is None else score.formula.rpartition("；")[0],
        "records": [list(record) for record in measured.records],
    }


def waiting(round_):
    """{item: how many marks somebody has still to give}."""
    found = {}
    rows = Score.objects.filter(subject__round=round_, applies=True, mark=None)
    for title in rows.order_by("item__number").values_list("item__title", flat=True):
        found[title] = found.get(title, 0) + 1
    return found


def settled(round_, changed=None):
    """Its subjects with total, rank, low and class anew by the marks kept; ``changed`` is {score: mark} of what might be. Not written."""
    scheme, scores = round_.scheme, {}
    items = {item.pk: item for item in SchemeItem.objects.of(scheme)}
    columns = ("pk", "subject", "item", "full", "applies", "mark")
    for score in Score.objects.filter(subject__round=round_).order_by("item__number").only(*columns):
        score.item = items[score.item_id]
        score.mark = (changed or {}).get(score.pk, score.mark)
        scores.setdefault(score.subject_id, []).append(score)
    groups = {}
    for each in Subject.objects.filter(round=round_):
        each.total, _ = total_of(scores.get(each.pk, []), items.values())
        each.grade = ranking.grade(each.total, scheme.classes)
        groups.setdefault(each.group, []).append(each)
    for own in groups.values():
        ranks, low = places({each.pk: (each.total, each.met) for each in own}, scheme, own[0].is_outside)
        for each in own:
            each.rank, each.is_low = ranks.get(each.pk), each.pk in low
    return [each for own in groups.values() for each in own]


def settle(round_):
    subjects = settled(round_)
    for each in subjects:
        each.version += 1
    Subject.objects.bulk_update(subjects, STANDING, batch_size=200)
    return subjects
