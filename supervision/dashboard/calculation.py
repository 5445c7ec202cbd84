"""What a scheme gives for a span of months: marks, totals, ranks. Nothing is written; trial, simulation and publication all ask here."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kit import clock
from reports.models import Period
from supervision import ranking, scoring
from supervision.dashboard.metrics import METRICS
from supervision.dashboard.metrics.scope import Scope
from supervision.dashboard.subjects import Listed, subjects_of
from supervision.measured import plain
from supervision.models.round import Round, Subject
from supervision.models.scheme import SchemeItem
from supervision.scoring import Measured
from units.models import Unit

Way = SchemeItem.Way
BY_HAND = (Way.HAND, Way.PANEL)
WAITS = "等评分单位评定，暂按0分计"


@dataclass(frozen=True)
class ScoreResult:
    """One item of one subject. ``auto`` follows from the measure, ``hand`` from people; ``mark`` is what counts of them.

    ``applies`` is False where nothing could be measured; ``mark`` is then the basic mark, or None and the other items make up for it.
    """

    item: SchemeItem
    full: Decimal
    applies: bool
    measured: Measured
    auto: Decimal | None
    hand: Decimal | None
    mark: Decimal | None
    formula: str

    @property
    def lost(self):
        return None if self.mark is None else max(self.full - self.mark, Decimal(0))

    @property
    def waits(self):
        """Somebody has still to give it."""
        return self.applies and self.mark is None


@dataclass(frozen=True)
class SubjectResult:
    """``figures`` stand beside the total: how many projects, how much and which rank, what rate, what was due and which rank."""

    key: str
    unit: int | None
    project: int | None
    name: str
    group: str
    group_order: int
    outside: bool
    scores: tuple[ScoreResult, ...]
    total: Decimal | None
    formula: str
    met: bool | None
    figures: Mapping
    rank: int | None = None
    before: int | None = None
    is_low: bool = False
    grade: str = ""

    def score(self, item):
        return next((each for each in self.scores if each.item.pk == item.pk), None)


@dataclass(frozen=True)
class Result:
    """``rows`` by group, then rank, then as listed. ``open_months`` are not closed: of them no light or progress is known.

    ``small`` are the groups below the minimum: figures, no rank.
    """

    scheme: object
    month: datetime.date
    until: datetime.date
    moment: datetime.datetime
    rows: tuple[SubjectResult, ...]
    open_months: tuple[datetime.date, ...] = ()
    small: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def of_group(self, name):
        return [row for row in self.rows if row.group == name]

    @property
    def waiting(self):
        """How many marks are still to be given by hand."""
        return sum(score.waits for row in self.rows for score in row.scores)


def calculate(scheme, month, until, moment=None, hand=None):
    """The Result of a scheme for the months ``month`` to ``until`` as on record at ``moment`` (now without one).

    ``hand`` is {(subject key, item key): mark, or for a panel {seat: mark}}. A fixed number of questions, however many subjects.
    """
    moment = moment or clock.now()
    items = list(scheme.items.prefetch_related("full_marks").order_by("number", "pk"))
    taken_over = Unit.objects.taken_over()
    listed = subjects_of(scheme, until, taken_over)
    scope = Scope(scheme.plan, month, until, moment, tuple(each.who for each in listed), taken_over)
    measures = {key: METRICS[key].of(scope) for key in {item.metric for item in items if item.metric in METRICS}}
    measures = {key: _placed(found, listed) for key, found in measures.items()}
    rows = [_row(each, items, measures, hand or {}) for each in listed]
    rows, small = _ranked(rows, scheme, _before(scheme, month))
    return Result(scheme, month, until, moment, rows, _open_months(scheme, month, until), small, _groups(listed))


def _placed(found, listed):
    groups = {}
    for each in listed:
        groups.setdefault(each.group, []).append(each.who.key)
    placed = {}
    for keys in groups.values():
        levels = {key: found[key].level for key in keys if key in found}
        levels = {key: level for key, level in levels.items() if level is not None}
        places = ranking.ranked(levels)
        for key in keys:
            if key in found:
                placed[key] = replace(found[key], place=places.get(key), of=len(places))
    return placed


def _row(listed, items, measures, hand):
    scores = [_score(listed, item, measures.get(item.metric), hand) for item in items if _full(item, listed)]
    total, formula = total_of(scores, items)
    aims = [score.measured.is_met for score in scores if score.item.is_target and score.measured.is_met is not None]
    return SubjectResult(
        listed.who.key,
        listed.unit,
        listed.who.project,
        listed.who.name,
        listed.group,
        listed.group_order,
        listed.outside,
        tuple(scores),
        total,
        formula,
        all(aims) if aims else None,
        _figures(listed.who.key, measures),
    )


def total_of(scores, items):
    """(total, formula): what waits is 0 for now, what does not apply is made up for by the others, extras come on top."""
    counted = [score for score in scores if not score.item.is_extra]
    marks = [Decimal(0) if score.waits else score.mark for score in counted]
    base = sum(item.full for item in items if not item.is_extra)
    total, formula = ranking.converted(marks, [score.full for score in counted], base)
    extra = sum((score.mark or Decimal(0) for score in scores if score.item.is_extra), Decimal(0))
    if total is None or not extra:
        return total, formula
    return total + extra, f"{formula}，另加{scoring.said(extra)}分"


def _full(item, listed):
    """Out of how many: a group's own where the item has marks by group; 0 where the item is not for it."""
    own = {each.group_id: each.full for each in item.full_marks.all()}
    return own.get(listed.group_key, item.full)


def _score(listed, item, found, hand):
    full, given = _full(item, listed), hand.get((listed.who.key, item.pk))
    if isinstance(given, Mapping):
        marked = scoring.mark(item.way, full, item.params, Measured(counts=given)) if given else None
        told = marked.formula if marked else WAITS
        given = marked and marked.mark
    else:
        told = f"评定{scoring.said(given)}分" if given is not None else WAITS
    if not item.metric:
        return ScoreResult(item, full, True, Measured(), None, given, given, told)
    measured = (found or {}).get(listed.who.key) or Measured(words="没有可取的数，不适用")
    marked = scoring.mark(item.way, full, item.params, measured)
    auto, applies, formula = marked.mark, marked.mark is not None, marked.formula
    if not applies and item.missing == SchemeItem.Missing.BASIC:
        auto = min(item.basic if item.basic is not None else full, full)
        formula = f"{formula}，给基本分{scoring.said(auto)}"
    if given is not None:
        return ScoreResult(item, full, True, measured, auto, given, given, f"{formula}；{told}")
    return ScoreResult(item, full, applies, measured, auto, None, auto, formula)


SHOWN = (("invested", "amount"), ("investment_rate", "rate"))


def _figures(key, measures):
    """Of schemes for projects: amount and rate, each with its rank."""
    found = {}
    for metric, name in SHOWN:
        measured = measures.get(metric, {}).get(key)
        if measured:
            found["projects"] = measured.counts["项目"]
            found[f"{name}_rank"] = measured.place
            if name == "amount":
                found["amount"] = plain(measured.value)
            else:
                found |= {"rate": plain(measured.share), "due": plain(measured.due_share)}
    return found


def _ranked(rows, scheme, before):
    """Ranks within each group that is not outside and has enough subjects."""
    groups, small = {}, []
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    done = []
    for name, own in groups.items():
        outside = own[0].outside
        ranks, low = places({row.key: (row.total, row.met) for row in own}, scheme, outside)
        if not outside and len(own) < scheme.minimum:
            small.append(name)
        done += sorted(
            (
                replace(
                    row,
                    rank=ranks.get(row.key),
                    before=before.get(row.key),
                    is_low=row.key in low,
                    grade=ranking.grade(row.total, scheme.classes),
                )
                for row in own
            ),
            key=lambda row: (row.rank is None, row.rank or 0),
        )
    return tuple(done), tuple(small)


def places(group, scheme, outside):
    """({key: rank}, the low keys) of a group {key: (total, whether the target was met)}; none outside the ranking and of too few.

    Where others had something due, who had nothing due (None) missed no target.
    """
    if outside or len(group) < scheme.minimum:
        return {}, set()
    ranks = ranking.ranked({key: total for key, (total, _) in group.items()})
    met = {key: met for key, (_, met) in group.items()}
    if any(each is not None for each in met.values()):
        met = {key: each is not False for key, each in met.items()}
    return ranks, ranking.low(ranks, scheme.low_count, met)


def _before(scheme, month):
    """{subject key: its rank in the last published round before} of any version of the scheme."""
    rounds = Round.objects.out().filter(scheme__plan=scheme.plan_id, scheme__name=scheme.name, until__lt=month)
    last = rounds.order_by("-month", "-pk").values_list("pk", flat=True).first()
    rows = Subject.objects.filter(round=last).values_list("unit", "project", "name", "rank") if last else ()
    kind = scheme.subjects
    return {Listed.key_of(kind, unit, project, name): rank for unit, project, name, rank in rows}


def _open_months(scheme, month, until):
    closed = set(Period.objects.closed().filter(plan=scheme.plan_id).values_list("month", flat=True))
    return tuple(each for each in scheme.plan.months if month <= each <= until and each not in closed)


def _groups(listed):
    return tuple(dict.fromkeys(each.group for each in listed))
