"""Directives found by search, kept in the archive package, counted alike from their exported events."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kit import clock, deadlines
from portal.dashboard.archive import books
from supervision.actions.directives import checking, ending, pleas
from supervision.actions.directives.drafting import draft, order
from supervision.dashboard.directives import BY, Columns, columns_by
from supervision.models import Directive
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
    assert book.counts(plan) == {"交办事项": 2, "交办要求": 4, "交办申请": 0, "交办经过": 5}
    assert list(book.open(plan)) == [f"{row}现在是“待签收”，没有销号。"]
    assert [sheet.title for sheet in book.sheets(plan, [])][0].endswith("交办事项台账")


def recounted(sheet, by, end):
    """As somebody would count who has nothing but the sheet: the last line of each number before ``end``, issued ones alone."""
    heads, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()][2:]
    last = {}
    for line in (dict(zip(heads, each, strict=True)) for each in lines):
        if line["交办号"] and line["时间"].replace(tzinfo=deadlines.BEIJING) < end:
            last[line["交办号"]] = line
    found = {}
    for line in last.values():
        if column := COLUMN_OF.get(line["事后状态"]):
            sums = found.setdefault(line[by] or "不分", dict.fromkeys(Directive.COLUMNS, 0))
            sums[column] += 1
    return {name: Columns(*sums.values()) for name, sums in found.items()}


COLUMN_OF = {status.label: column for column, statuses in Directive.COLUMNS.items() for status in statuses}
DAYS = [D(2015, 10, day) for day in (19, 20, 21, 22, 26)]


@pytest.fixture
def played(given, inspector, leader, civil, reporter, outsider, labour, water, at):
    """In every column on some day; one changes its unit, one is taken back before it was issued."""
    rows = hand_down(inspector, civil, labour, cause="LAND", level="COUNTY", kind="FINDING")
    ending.withdraw(draft(inspector, title="不办了", units=[water])[0], inspector, reason="重复")
    order(leader, text="桥不能等拆迁", title="桥", unit=civil, due_on=D(2015, 10, 30))
    at("2015-10-21 09:00:00")
    bring_to(given, "CHECKING", reporter)
    plea = pleas.object_to(rows[0], reporter, reason="属水利局职责")
    pleas.decide(plea, inspector, granted=True, unit=water, due_on=D(2015, 11, 6))
    at("2015-10-22 09:00:00")
    checking.close(given, inspector, how="看过")
    ending.withdraw(rows[1], inspector, reason="重复")
    at("2015-10-26 09:00:00")
    ending.reopen(given, inspector, reason="又占了", due_on=D(2015, 11, 6))
    ending.hand_over(rows[0], inspector, to="县纪委", letter="3号")


@pytest.mark.parametrize("by", ["unit", "issuer", "kind", "cause", "level"])
def test_the_columns_of_any_day_are_those_of_the_exported_events(played, by, inspector, sign_in):
    client = sign_in(inspector)
    sheet = load_workbook(BytesIO(client.get("/directives/counts/?format=events").content)).active
    rows = Directive.objects.all()
    for day in DAYS:
        end = clock.end_of(day)
        assert dict(columns_by(rows, by, end)) == recounted(sheet, BY[by][0], end)
    assert columns_by(rows, by, clock.now() + datetime.timedelta(1)) == columns_by(rows, by)


def test_what_stood_where_on_a_day_past(played, inspector, sign_in):
    then = dict(columns_by(Directive.objects.all(), "unit", clock.end_of(D(2015, 10, 22))))
    assert then == {
        "县水利局": Columns(ongoing=1),
        "县民政局": Columns(closed=1, ongoing=1),
        "县人社局": Columns(out=1),
    }
    page = sign_in(inspector).get("/directives/counts/?by=unit&day=2015-10-22").content.decode()
    assert "1/3 = 33.3%" in page
    assert "县水利局" in page
    assert "1/2 = 50.0%" in page
    early = sign_in(inspector).get("/directives/counts/?day=2015-10-19").content.decode()
    assert "县民政局" not in early


def test_the_package_keeps_what_happened(played, inspector, task, civil, plan):
    hand_down(inspector, civil, task=task)
    book = next(each for each in books(plan) if each.name == "交办事项")
    assert book.counts(plan)["交办经过"] == 2
    sheet = next(each for each in book.sheets(plan, []) if each.name == "交办经过")
    assert [row[4:7] for row in sheet.rows] == [["拟办", "拟办", "县民政局"], ["下达", "待签收", "县民政局"]]
