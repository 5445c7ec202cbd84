"""What a scheme would have given for months that are over, and how far one item decides it. Nothing is written.

Every figure is of ``calculate``, by which a round is computed too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.models import Period
from supervision.dashboard.calculation import Result, calculate, places, total_of
from supervision.dashboard.subjects import Listed
from supervision.models.round import Round, Subject
from supervision.models.scheme import SchemeItem
from supervision.scoring import said

MOST = 4


@dataclass(frozen=True)
class Move:
    """A subject's rank with an item and without it; None is no rank, and to lose or gain one is to move farthest."""

    name: str
    before: int | None
    after: int | None

    @property
    def far(self):
        lost = None in (self.before, self.after)
        return lost, 0 if lost else abs(self.before - self.after)

    def __str__(self):
        return f"{self.name}：{_place(self.before)} → {_place(self.after)}"


def _place(rank):
    return "不排名次" if rank is None else f"第{rank}名"


@dataclass(frozen=True)
class Weight:
    """How far one item decides: its lowest and highest mark, how many would rank otherwise without it, who moves farthest."""

    item: SchemeItem
    least: Decimal | None
    most: Decimal | None
    moved: int
    farthest: Move | None

    @property
    def spread(self):
        return None if self.least is None else self.most - self.least

    @property
    def told(self):
        """[(head, number as written)]."""
        numbers = (("满分", self.item.full), ("最低", self.least), ("最高", self.most), ("差距", self.spread))
        return [(head, "—" if number is None else said(number)) for head, number in numbers]


@dataclass(frozen=True)
class Simulated:
    """One span: what the scheme gives, {subject key: rank published for it}, each item's weight."""

    name: str
    result: Result
    published: Mapping[str, int]
    weights: tuple[Weight, ...]

    @property
    def low(self):
        return [row.name for row in self.result.rows if row.is_low]


def spans(scheme):
    """[(first, last month)] of the scheme's length that are closed, the newest first; what is closed so far where none is."""
    closed = set(Period.objects.closed().filter(plan=scheme.plan_id).values_list("month", flat=True))
    months = [month for month in scheme.plan.months if month in closed]
    first, found = scheme.plan.months[0], {}
    for month in scheme.plan.months:
        gone = (month.year - first.year) * 12 + month.month - _began(first, scheme.months)
        found.setdefault(gone // scheme.months, []).append(month)
    whole = [own for own in found.values() if all(month in closed for month in own)]
    if not whole and months:
        return [(months[0], months[-1])]
    return [(own[0], own[-1]) for own in reversed(whole[-MOST:])]


def _began(first, length):
    """Spans are those of the calendar: a quarter begins in January, April, July or October."""
    return first.month - (first.month - 1) % length if length < 12 else first.month


def simulate(scheme, month, until):
    """As known today, by what was accepted for those months."""
    result = calculate(scheme, month, until)
    items = list(scheme.items.order_by("number"))
    name = Round(scheme=scheme, month=month, until=until).span
    return Simulated(
        name, result, _published(scheme, month, until), tuple(weight(result, item, items) for item in items)
    )


def _published(scheme, month, until):
    """The ranks of the newest round of the plan that was published for these months, by whichever scheme."""
    rounds = Round.objects.out().filter(scheme__plan=scheme.plan_id, scheme__subjects=scheme.subjects)
    last = rounds.filter(month=month, until=until).order_by("-published_at", "-pk").values_list("pk", flat=True).first()
    rows = Subject.objects.filter(round=last).values_list("unit", "project", "name", "rank") if last else ()
    return {Listed.key_of(scheme.subjects, unit, project, name): rank for unit, project, name, rank in rows}


def weight(result, item, items):
    marks = [score.mark for row in result.rows if (score := row.score(item)) and score.mark is not None]
    ranks = without(result, item, items)
    moves = [Move(row.name, row.rank, ranks.get(row.key)) for row in result.rows if row.rank != ranks.get(row.key)]
    farthest = max(moves, key=lambda each: each.far, default=None)
    return Weight(item, min(marks, default=None), max(marks, default=None), len(moves), farthest)


def without(result, item, items):
    """{subject key: rank} in its group if the scheme had only its other ``items``."""
    others, found = [each for each in items if each.pk != item.pk], {}
    for name in result.groups:
        rows, totals = result.of_group(name), {}
        for row in rows:
            kept = [score for score in row.scores if score.item.pk != item.pk]
            totals[row.key] = total_of(kept, others)[0], row.met
        found |= places(totals, result.scheme, rows[0].outside)[0]
    return found
