"""A unit's year: marks month by month, progress as accepted, rates that never exceed 100."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from reports.actions.assignment import assign_task
from reports.actions.periods import close_period, exempt, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Entry, MonthlyReport
from tests.conftest import OCTOBER
from tests.pages import folded


@pytest.fixture
def year(plan, task, civil, labour, reporter, office, fill, at):
    """August on time, September late, both accepted and closed; October on its way."""
    for month, day, progress in ((8, "2015-08-20", 40), (9, "2015-10-02", 50)):
        at(f"2015-{month:02d}-01 10:00")
        period = open_period(plan, OCTOBER.replace(month=month))
        at(f"{day} 10:00")
        accept(submit(fill(period.reports.get(unit=civil), progress=progress), reporter), office)
        at(f"2015-{month + 1:02d}-06 00:00")
        close_period(period, office)
    at("2015-10-20 10:00")
    return open_period(plan, OCTOBER)


def test_the_year_shows_marks_progress_lights_and_rates(sign_in, reporter, year):
    page = sign_in(reporter).get("/record/")
    text = folded(page)
    assert "8月：按时" in text
    assert "9月：迟报" in text
    assert "10月：未报" in text
    assert "到期应报2份，按时1份，迟报1份，缺报0份；报送率 <b>2/2 = 100.0%</b>，按时率 <b>1/2 = 50.0%</b>" in text
    row = page.context["plans"][0][0].tasks[0]
    steps = {month.month: (step.progress, step.light) for month, step in row.steps.items()}
    assert (steps[8], steps[9], steps[10]) == ((40, "YELLOW"), (50, "YELLOW"), (None, ""))


def test_what_is_not_accepted_is_no_progress(sign_in, reporter, year, civil, fill):
    submit(fill(year.reports.get(unit=civil), progress=99), reporter)
    assert "99%" not in sign_in(reporter).get("/record/").content.decode()


def test_missing_and_exempt_are_counted_apart(sign_in, reporter, year, civil, office, at, co_reporter, labour):
    exempt(year.reports.get(unit=civil), office, reason="迎检")
    at("2015-11-02 08:00")
    assert "应报2份" in folded(sign_in(reporter).get("/record/"))
    assert "到期应报3份，按时0份，迟报0份，缺报3份；报送率 <b>0/3 = 0.0%</b>" in folded(
        sign_in(co_reporter).get("/record/")
    )


def test_who_may_read_another_unit_s_record(cast, sign_in, year, civil):
    address = reverse("unit_record", args=[civil.pk])
    codes = {who: sign_in(user).get(address).status_code for who, user in cast.items()}
    readers = ("office", "other_office", "leader", "inspector", "reporter", "head")
    assert codes == dict.fromkeys(cast, 404) | dict.fromkeys(readers, 200)


def test_an_office_sees_its_own_plans_only(sign_in, other_office, year, civil):
    text = sign_in(other_office).get(reverse("unit_record", args=[civil.pk])).content.decode()
    assert "这一年还没有报送记录" in text


def test_somebody_without_a_unit_has_no_record(sign_in, leader):
    assert sign_in(leader).get("/record/").status_code == 404


def test_the_sheet_says_what_the_page_says(sign_in, reporter, year):
    answer = sign_in(reporter).get("/record/?format=xlsx")
    assert "2015" in answer["Content-Disposition"]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(io.BytesIO(body))
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert "县民政局2015年改革创新年任务进度" in values
    assert "建立居民家庭经济状况核对平台" in values
    assert any("按时率1/2 = 50.0%" in str(value) for value in values)


@pytest.mark.parametrize("asked", ["1999", "x", "2014"])
def test_a_year_that_is_not_there_shows_nothing(sign_in, reporter, year, asked):
    client = sign_in(reporter)
    assert client.get("/record/?year=2015").context["year"] == 2015
    assert f"年度没有“{asked}”" in client.get(f"/record/?year={asked}").content.decode()
    assert client.get(f"/record/?year={asked}&format=xlsx").status_code == 400


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_record_costs_the_same_for_one_task_and_three(
    sign_in, reporter, plan, civil, make_task, year, tasks, django_assert_num_queries
):
    for number in range(2, tasks + 1):
        make_task(plan, number, civil)
    open_period(plan, OCTOBER)
    client = sign_in(reporter)
    client.get("/inbox/")
    with django_assert_num_queries(9):
        assert len(client.get("/record/").context["plans"][0][0].tasks) == tasks


def test_a_month_in_which_nothing_was_owed_shows_no_light(sign_in, plan, task, labour, water, office, at, make_user):
    newcomer = make_user("newcomer", "REPORTER", water)
    at("2015-09-20 10:00")
    period = open_period(plan, OCTOBER.replace(month=9))
    at("2015-10-06 10:00")
    close_period(period, office)
    assign_task(task, task.lead, [labour, water], office)
    at("2015-10-20 10:00")
    open_period(plan, OCTOBER)
    row = sign_in(newcomer).get("/record/").context["plans"][0][0].tasks[0]
    assert row.steps[OCTOBER.replace(month=9)].light == ""


def test_a_supporting_unit_s_part_is_not_under_the_task_s_light(sign_in, co_reporter, year, labour, fill, office):
    september = year.plan.periods.get(month=datetime.date(2015, 9, 1)).reports.get(unit=labour)
    Entry.objects.filter(report=september).update(progress=20)
    MonthlyReport.objects.filter(pk=september.pk).update(status="ACCEPTED")
    page = sign_in(co_reporter).get("/record/")
    step = page.context["plans"][0][0].tasks[0].steps[datetime.date(2015, 9, 1)]
    assert (step.progress, step.leads, step.light) == (20, False, "")
    assert "配合 20%" in page.content.decode()
