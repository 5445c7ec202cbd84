"""Key projects beside a plan's own tasks: no figure, list, sheet or mean of tasks moves when they arrive."""

import datetime
import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports.actions.periods import close_period, open_period

MONTHS = {datetime.date(2015, n, 1): Decimal(10) for n in range(1, 13)}
PAGES = {
    "工作总览": "/dashboard/?plan={plan}&month={month}",
    "一页概览": "/overview/?month={month}",
    "任务台账": "/tasks/?plan={plan}",
    "方案": "/plans/{plan}/",
    "方案文件": "/plans/",
    "报送情况": "/filing/",
    "月末亮灯": "/standings/?plan={plan}&month={month}",
    "我的工作": "/",
}


@pytest.fixture
def running(programme, at):
    """September closed, October open, every action behind differently."""
    at("2015-09-20 09:00:00")
    september = open_period(programme, datetime.date(2015, 9, 1))
    for number, task in enumerate(programme.tasks.order_by("order"), 1):
        task.progress = 10 * number
        task.save()
    at("2015-10-10 09:00:00")
    close_period(september)
    open_period(programme, datetime.date(2015, 10, 1))
    return programme


# The one place of an overview that tells of the projects themselves.
CARD = r'<section [^>]*aria-label="重点项目".*?</section>'


def shown(client, plan, month):
    pages = {}
    for name, address in PAGES.items():
        answer = client.get(address.format(plan=plan.pk, month=month))
        if answer.status_code == 200:
            own = re.sub(CARD, "", answer.content.decode(), flags=re.S)
            text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", own, flags=re.S)
            pages[name] = " ".join(text.split())
    return pages


@pytest.mark.parametrize("month", ["2015-09", "2015-10"])
def test_no_figure_moves_when_projects_arrive(running, make_project, make_user, leader, inspector, sign_in, month):
    office = make_user("xiangmu", "OFFICE", running.office)
    lead = make_user("fagai", "REPORTER", "县发改局")
    before = {each.username: shown(sign_in(each), running, month) for each in (office, leader, inspector, lead)}
    assert set(PAGES) == {name for pages in before.values() for name in pages}
    for number in range(9):
        make_project(f"示例项目{number}", "NEW", amounts={"INVESTED": MONTHS})
    after = {each.username: shown(sign_in(each), running, month) for each in (office, leader, inspector, lead)}
    for who, pages in before.items():
        for name, text in pages.items():
            assert after[who][name] == text, (who, name)


def test_no_list_of_tasks_has_a_project(running, make_project, make_user, sign_in, at):
    make_project("示例项目", "NEW", amounts={"INVESTED": MONTHS})
    at("2015-11-10 09:00:00")
    close_period(running.periods.get(month=datetime.date(2015, 10, 1)))
    assert running.periods.get(month=datetime.date(2015, 10, 1)).standings.filter(task__kind="PROJECT").count() == 1
    client = sign_in(make_user("xiangmu", "OFFICE", running.office))
    for address in ("/tasks/?format=xlsx", "/standings/?month=2015-10&format=xlsx", "/exports/breakdown.xlsx"):
        answer = client.get(f"{address}&plan={running.pk}" if "?" in address else f"{address}?plan={running.pk}")
        sheet = load_workbook(io.BytesIO(answer.getvalue())).active
        rows = [
            row
            for row in sheet.iter_rows(values_only=True)
            if any("突破行动" in str(cell) or "项改革任务" in str(cell) for cell in row)
        ]
        text = str(list(sheet.values))
        assert (len(rows), "示例项目" in text) == (7, False), address
