"""The list as decided beside the list as it stands: every class adds up, every number opens its rows, the sheet says the same."""

import datetime
import io
from decimal import Decimal

import lxml.html
import pytest
from openpyxl import load_workbook

from reports.dashboard.adjusted import KINDS, Adjusted, together
from reports.dashboard.programme import Programme
from tasks.actions.classes import change_class
from tasks.actions.listing import Told, list_project
from tasks.actions.projects import revise_project
from tasks.actions.stopping import resume_project, stop_project
from tests.pages import folded

CHANGES = "/projects/changes/"
JUNE, JULY, SEPTEMBER = (datetime.date(2015, month, 1) for month in (6, 7, 9))


@pytest.fixture
def programme_office(programme, make_user):
    return make_user("xmb", "OFFICE", programme.office)


@pytest.fixture
def add(programme, civil):
    def add(name, klass, total, year, month=JULY):
        values = {"name": name, "total": Decimal(total), "year_plan": Decimal(year)}
        told = Told(values, units=[civil])
        return list_project(
            programme, None, klass, told, month=month, as_decided=False, reason="招商落地", paper="第12号文"
        )

    return add


@pytest.fixture
def lists(make_project, programme, add):
    """Five decided, of which one moved and got more money, one left, one was revised; two came, of which one left again."""
    planned = {"INVESTED": {JUNE: Decimal(30), SEPTEMBER: Decimal(20)}}

    def decided(name, klass, total, year, **more):
        return make_project(name, klass, total=Decimal(total), year_plan=year and Decimal(year), **more)

    decided("不变的厂房", "NEW", 1000, 100)
    moved = decided("转为新开工的路网", "PREPARED", 2000, 20)
    gone = decided("调出的水库", "PREPARED", 3000, 30)
    revised = decided("调整数字的大桥", "CONTINUED", 4000, 400)
    package = decided("打包的厂房", "CONTINUED", 500, None)
    make_project("一号厂房", "CONTINUED", package=package, total=Decimal(500), amounts=planned)
    change_class(moved, None, "NEW", JULY, reason="手续办结", paper="会议纪要第4期")
    revise_project(moved, None, Told({"total": Decimal(2500), "year_plan": Decimal(250)}), note="概算批复")
    revise_project(revised, None, Told({"total": Decimal(3800), "year_plan": Decimal(450)}), note="资金下达")
    stop_project(gone, None, datetime.date(2015, 8, 11), reason="与生态红线冲突")
    add("增补的标准厂房", "NEW", 700, 70)
    stop_project(add("来了又走的农庄", "CONTRACTED", 90, 9), None, datetime.date(2015, 9, 2), reason="投资方退出")
    return {"moved": moved, "gone": gone}


@pytest.fixture
def adjusted(lists, programme, programme_office):
    return Adjusted(Programme(programme_office, programme))


@pytest.fixture
def look(programme_office, sign_in):
    client = sign_in(programme_office)
    return lambda **asked: client.get(CHANGES, asked)


def figures(each):
    return each.count, int(each.total), int(each.year)


def test_both_lists_and_the_way_between_them(adjusted):
    found = {row.klass: row for row in adjusted.rows}
    assert {klass: (figures(row.decided), figures(row.now)) for klass, row in found.items()} == {
        "NEW": ((1, 1000, 100), (3, 4200, 420)),
        "CONTINUED": ((2, 4500, 450), (2, 4300, 500)),
        "PREPARED": ((2, 5000, 50), (0, 0, 0)),
        "CONTRACTED": ((0, 0, 0), (0, 0, 0)),
        "": ((5, 10500, 600), (5, 8500, 920)),
    }
    assert {kind: figures(each) for kind, each in found["PREPARED"].kinds.items()} == {
        "added": (0, 0, 0),
        "revised": (1, 500, 230),
        "went": (1, 2500, 250),
        "came": (0, 0, 0),
        "left": (1, 3000, 30),
    }


def test_every_class_adds_up(adjusted):
    for row in adjusted.rows:
        added, revised, went, came, left = (row.kinds[kind] for kind in KINDS)
        assert row.decided.count + added.count - went.count + came.count - left.count == row.now.count
        for name in ("total", "year"):
            sums = [getattr(each, name) for each in (row.decided, added, revised, came)]
            assert sum(sums) - getattr(went, name) - getattr(left, name) == getattr(row.now, name), (row.klass, name)
    classes, whole = adjusted.rows[:-1], adjusted.rows[-1]
    assert together(row.now for row in classes) == whole.now
    assert together(row.decided for row in classes) == whole.decided


def test_what_stands_now_is_what_the_list_says(adjusted):
    sums = adjusted.programme.sums
    assert (adjusted.rows[-1].now.count, adjusted.rows[-1].now.year) == (sums.count, sums.year)


def test_a_month_before_knows_nothing_of_it(lists, programme, programme_office):
    before = Adjusted(Programme(programme_office, programme, JUNE))
    row = before.rows[-1]
    assert (row.decided.count, row.now.count) == (5, 5)
    assert [figures(row.kinds[kind])[0] for kind in KINDS] == [0, 2, 0, 0, 0]


def test_back_on_the_list_is_as_if_it_had_never_left(lists, programme, programme_office):
    resume_project(lists["gone"], None, reason="红线调整")
    assert "调出的水库" not in {each.name for each in Adjusted(Programme(programme_office, programme)).rows_of("left")}


def test_each_number_opens_its_rows(lists, look):
    page = lxml.html.fromstring(look().content.decode())
    cells = page.xpath("//table[contains(@class, 'lists')]/tbody[1]/tr/td/a")
    opened = 0
    for link in cells:
        if link.get("href").startswith(CHANGES):
            asked = dict(pair.split("=") for pair in link.get("href").partition("?")[2].partition("#")[0].split("&"))
            assert look(**asked).context["table"].count == int(link.text), asked
            opened += 1
    assert opened == 13


def test_a_row_says_before_after_and_why(lists, look):
    table = look(kind="went").context["table"]
    (row,) = table.rows
    assert (row.klass_words, row.since, row.reason, row.paper) == (
        "前期推进 → 新开工",
        JULY,
        "手续办结",
        "会议纪要第4期",
    )
    assert (table.sum_row["before_total"], table.sum_row["after_total"]) == ("2,000", "2,500")
    page = folded(look())
    for words in ("增补的标准厂房", "招商落地；第12号文", "与生态红线冲突", "概算批复", "资金下达", "合计 7 项"):
        assert words in page, words


def test_the_sheet_says_both(lists, look):
    book = load_workbook(io.BytesIO(look(kind="added", format="xlsx").getvalue()))
    assert book.sheetnames == ["名单对照", "变动明细"]
    rows = [[cell for cell in row if cell not in (None, "")] for row in book["名单对照"].iter_rows(values_only=True)]
    assert ["合计", 5, 2, 2, 1, 1, 2, 5] in rows
    assert ["合计", 10500, 790, 300, 2500, 2500, 3090, 8500] in rows
    details = [row[1] for row in book["变动明细"].iter_rows(values_only=True)]
    assert "增补的标准厂房" in details
    assert "调出的水库" not in details


def test_without_changes_both_are_the_same(make_project, look):
    make_project("不变的厂房", total=Decimal(10))
    assert "名单和年初相同" in folded(look())


def test_who_may(lists, client, cast, sign_in):
    for role in ("office", "reporter", "leader", "inspector"):
        assert sign_in(cast[role]).get(CHANGES).status_code == 200
    assert "还没有列入重点项目" in folded(sign_in(cast["auditor"]).get(CHANGES))


@pytest.mark.parametrize("more", [0, 8])
def test_the_number_of_questions_does_not_grow(lists, add, make_project, look, django_assert_num_queries, more):
    for number in range(more):
        add(f"更多项目{number}", "NEW", 1, 1)
    look()
    with django_assert_num_queries(14):
        look()
