"""How far one item decides, also of who has no mark without it."""

import datetime
from decimal import Decimal

import pytest

from supervision.dashboard.calculation import Result, ScoreResult, SubjectResult, places, total_of
from supervision.dashboard.simulation import weight
from supervision.models.scheme import Scheme, SchemeItem
from supervision.scoring import Measured

ITEMS = [
    SchemeItem(pk=1, number=1, title="进度", full=Decimal(60)),
    SchemeItem(pk=2, number=2, title="投资", full=Decimal(40)),
]
DAY = datetime.date(2015, 7, 1)
# {name: marks of both items, None where it does not apply}
MARKS = {"县教育局": (50, 10), "县民政局": (None, 40), "县审计局": (30, 30), "县水利局": (60, None)}


def result(marks, minimum=1):
    scheme = Scheme(minimum=minimum, low_count=0)
    scores = {
        name: tuple(
            ScoreResult(item, item.full, mark is not None, Measured(), mark, None, mark, "")
            for item, mark in zip(ITEMS, (each if each is None else Decimal(each) for each in own), strict=True)
        )
        for name, own in marks.items()
    }
    totals = {name: total_of(own, ITEMS) for name, own in scores.items()}
    ranks, _ = places({name: (total, None) for name, (total, _) in totals.items()}, scheme, outside=False)
    rows = tuple(
        SubjectResult(name, 1, None, name, "县直单位", 1, False, scores[name], *totals[name], None, {}, ranks.get(name))
        for name in marks
    )
    return Result(scheme, DAY, DAY, None, rows, groups=("县直单位",))


@pytest.mark.parametrize(
    ("item", "moved", "farthest"),
    [
        (ITEMS[0], 2, "县水利局：第1名 → 不排名次"),
        (ITEMS[1], 2, "县民政局：第1名 → 不排名次"),
    ],
)
def test_who_has_no_mark_without_the_item_loses_the_rank(item, moved, farthest):
    found = weight(result(MARKS), item, ITEMS)
    assert (found.moved, str(found.farthest)) == (moved, farthest)


def test_who_moves_farthest_where_nobody_loses_a_rank():
    found = weight(result({"县教育局": (60, 0), "县民政局": (30, 20), "县审计局": (50, 5)}), ITEMS[0], ITEMS)
    assert (found.moved, str(found.farthest)) == (2, "县教育局：第1名 → 第3名")


def test_a_group_that_is_not_ranked_is_moved_by_nothing():
    found = weight(result(MARKS, minimum=9), ITEMS[0], ITEMS)
    assert (found.moved, found.farthest) == (0, None)
