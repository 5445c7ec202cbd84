"""Directives found by search, kept in the archive package, counted alike from their exported events."""

import datetime

import pytest

from kit import clock
from portal.dashboard.archive import books
from supervision.actions.directives import checking, ending
from supervision.dashboard.directives import Columns, columns_of, columns_then
from supervision.models import Directive, DirectiveEvent
from tests.supervision.directives import bring_to, hand_down

D = datetime.date


@pytest.mark.parametrize("words", ["1号", "征拆", "县民政局", "mzj"])
def test_search_finds_what_one_reads(given, words, sign_in, reporter, outsider):
    assert f"/directives/{given.pk}/" in sign_in(reporter).get(f"/search/?q={words}").content.decode()
    assert f"/directives/{given.pk}/" not in sign_in(outsider).get(f"/search/?q={words}").content.decode()


def test_the_package_keeps_ledger_points_and_what_was_asked(inspector, civil, task, plan, office):
    row = hand_down(inspector, civil, task=task)[0]
    hand_down(inspector, civil, title="别的")
    ending.withdraw(hand_down(inspector, civil, task=task)[0], inspector, reason="重复")
    book = next(each for each in books(plan) if each.name == "交办事项")
    assert book.counts(plan) == {"交办事项": 2, "交办要求": 4, "交办申请": 0}
    assert list(book.open(plan)) == [f"{row}现在是“待签收”，没有销号。"]
    assert [sheet.title for sheet in book.sheets(plan, [])][0].endswith("交办事项台账")


def test_the_columns_of_any_day_are_those_of_the_exported_events(given, inspector, civil, reporter, labour, at):
    """As somebody would count them who has nothing but the sheet of the trace."""
    rows = hand_down(inspector, civil, labour)
    at("2015-10-21 09:00:00")
    bring_to(given, "CHECKING", reporter)
    at("2015-10-22 09:00:00")
    checking.close(given, inspector, how="看过")
    ending.withdraw(rows[1], inspector, reason="重复")
    at("2015-10-26 09:00:00")
    ending.reopen(given, inspector, reason="又占了", due_on=D(2015, 11, 6))
    ending.hand_over(rows[0], inspector, to="县纪委", letter="3号")
    events = list(DirectiveEvent.objects.order_by("at", "pk").values_list("at", "subject", "verb", "status_then"))
    told = {}
    for day in (D(2015, 10, 19), D(2015, 10, 20), D(2015, 10, 21), D(2015, 10, 22), D(2015, 10, 26)):
        end, last, issued = clock.end_of(day), {}, set()
        for moment, subject, verb, status in events:
            if moment < end:
                last[subject] = status
                issued |= {subject} if verb == "下达" else set()
        counted = {}
        for subject in issued:
            counted[last[subject]] = counted.get(last[subject], 0) + 1
        assert columns_then(Directive.objects.all(), end) == Columns.of(counted)
        told[day.day] = Columns.of(counted)
    assert told[22] == Columns(closed=1, continuing=0, ongoing=1, out=1)
    assert told[26] == Columns(closed=0, continuing=0, ongoing=1, out=2) == columns_of(Directive.objects.all())
