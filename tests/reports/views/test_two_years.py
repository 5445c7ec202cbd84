"""A plan that runs into another year: every month stands under its own name."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.actions.periods import open_period
from reports.actions.writing import submit

DECEMBER, JANUARY = datetime.date(2015, 12, 1), datetime.date(2016, 1, 1)
HEADS = ["12月", "2016年1月"]


@pytest.fixture
def winter(plan, make_task, civil, fill, reporter, at):
    """December is filed, January, of another year, is open."""
    plan.starts_on, plan.ends_on = DECEMBER, datetime.date(2016, 1, 31)
    plan.save()
    make_task(plan, 43, civil)
    at("2015-12-08 09:00")
    report = submit(fill(open_period(plan, DECEMBER).reports.get()), reporter)
    at("2016-01-08 09:00")
    open_period(plan, JANUARY)
    return report


def test_the_heat_map_puts_each_month_in_its_place(winter, plan, office, sign_in):
    drawn = sign_in(office).get("/dashboard/", {"plan": plan.pk, "month": "2016-01"}).context["heat"]
    assert [drawn.count(f">{head}</th>") for head in HEADS] == [1, 1]
    assert drawn.index("县民政局 12月：待审") < drawn.index("县民政局 1月：未报")


def test_lists_and_sheets_name_the_year_of_a_month(winter, plan, office, sign_in):
    desk = sign_in(office)
    for address in (f"/filing/?plan={plan.pk}", f"/units/{winter.unit_id}/record/?year=2015"):
        page = desk.get(address).content.decode()
        assert all(f">{head}<" in page for head in HEADS), address
        sheet = desk.get(f"{address}&format=xlsx")
        shown = [cell.value for row in _cells(sheet) for cell in row]
        assert set(HEADS) <= set(shown), address
    shown = [cell.value for row in _cells(desk.get(f"/exports/filing.xlsx?plan={plan.pk}")) for cell in row]
    assert set(HEADS) <= set(shown)


def _cells(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows()]
