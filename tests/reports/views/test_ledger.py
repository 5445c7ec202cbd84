"""任务台账: tabs with counts, this month's marks, sorting, columns, export, one row count of questions."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports.actions.periods import open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import submit
from reports.models import Entry
from tasks.models import Task
from tests.conftest import OCTOBER
from tests.work import calls

LEDGER = "/tasks/"


@pytest.fixture
def ledger(plan, law_plan, make_task, civil, labour, water):
    """Tasks of two plans: led by three units, one of nobody, one done, one proposal; October is open."""
    made = {
        "green": make_task(plan, 1, civil, [labour], progress=80, status="ONGOING"),
        "yellow": make_task(plan, 2, labour, progress=60, status="ONGOING"),
        "red": make_task(plan, 3, water, progress=5, status="ONGOING"),
        "done": make_task(plan, 4, civil, progress=100, status="DONE"),
        "nobody": make_task(law_plan, "(一)"),
    }
    make_task(plan, 90, civil, status="PROPOSED", origin="SELF_CHOSEN", short_title="申报中的任务")
    make_task(plan, 91, civil, status="DECLINED", origin="SELF_CHOSEN", short_title="未采纳的任务")
    open_period(plan, OCTOBER)
    return made


def look(client, **query):
    return client.get(LEDGER, query)


def numbers(response):
    return [task.number for task in response.context["table"].rows]


def tabs(response):
    return {name: count for name, _, _, count in response.context["tabs"]}


def test_of_two_years_the_newest_comes_first(ledger, plan, make_plan, make_task, office, sign_in, at):
    newer = make_plan(plan.office, year=2016)
    make_task(newer, 7)
    plan.ends_on = datetime.date(2016, 1, 31)
    plan.save()
    at("2016-01-08 09:00")
    for sort in ("", "number", "plan"):
        assert numbers(look(sign_in(office), sort=sort))[0] == "7", sort


def test_a_stranger_is_led_to_the_login(client, db):
    assert look(client).url.startswith("/login/")


def test_only_reading(office, plan, sign_in):
    assert sign_in(office).post(LEDGER).status_code == 405


def test_the_auditor_sees_an_empty_ledger(auditor, ledger, sign_in):
    assert numbers(look(sign_in(auditor))) == []


def test_all_tabs_count_what_they_hold(office, ledger, plan, civil, labour, fill, reporter, co_reporter, sign_in):
    reports = {report.unit: report for report in plan.periods.get().reports.all()}
    submit(fill(reports[civil], light="GREEN"), reporter)
    submit(fill(reports[labour]), co_reporter)
    accept(reports[labour], office)
    client = sign_in(office)
    assert tabs(look(client)) == {
        "all": 5,
        "owing": 1,
        "waiting": 1,
        "red": 2,
        "yellow": 1,
        "unassigned": 1,
        "done": 1,
        "proposed": 1,
    }
    held = {
        tab: numbers(look(client, tab=tab)) for tab in ("owing", "waiting", "red", "unassigned", "done", "proposed")
    }
    assert held == {
        "owing": ["3"],
        "waiting": ["1"],
        "red": ["3", "(一)"],
        "unassigned": ["(一)"],
        "done": ["4"],
        "proposed": ["90"],
    }


def test_a_return_is_owed_again(office, ledger, plan, civil, fill, reporter, sign_in):
    report = plan.periods.get().reports.get(unit=civil)
    submit(fill(report), reporter)
    assert "1" not in numbers(look(sign_in(office), tab="waiting", unit="县水利局"))
    return_report(report, office, reason="数据不清")
    assert "1" in numbers(look(sign_in(office), tab="owing"))


def test_counts_follow_the_other_conditions(office, ledger, plan, civil, sign_in):
    found = tabs(look(sign_in(office), unit="县民政局", plan=plan.pk))
    assert (found["all"], found["done"], found["red"]) == (2, 1, 0)


def test_a_unit_knows_of_its_own_reports_only(reporter, outsider, leader, ledger, sign_in):
    mine = tabs(look(sign_in(reporter)))
    assert (mine["mine"], mine["owing"]) == (2, 1)
    assert "proposed" in mine
    theirs = tabs(look(sign_in(outsider)))
    assert (theirs["mine"], theirs["owing"]) == (1, 1)
    assert "proposed" not in theirs
    assert tabs(look(sign_in(leader)))["owing"] == 3


def test_another_office_knows_nothing_of_this_ones_reports(other_office, ledger, sign_in):
    assert tabs(look(sign_in(other_office)))["owing"] == 0


def test_the_status_filter_shows_the_declined(office, ledger, sign_in):
    assert numbers(look(sign_in(office), status="DECLINED")) == ["91"]


def test_the_months_mark_names_the_worst_and_the_share(office, ledger, plan, civil, fill, reporter, sign_in):
    report = plan.periods.get().reports.get(unit=civil)
    submit(fill(report), reporter)
    page = look(sign_in(office)).content.decode()
    assert '<span class="tag tone-plain">未报</span><br><span class="muted small">已报1/2</span>' in page
    assert "10月报送" in page


def test_the_month_shown_is_the_newest_opened(office, ledger, plan, at, sign_in):
    at("2015-11-02 09:00")
    open_period(plan, datetime.date(2015, 11, 1))
    page = look(sign_in(office)).content.decode()
    assert "11月报送" in page
    assert tabs(look(sign_in(office)))["owing"] == 3


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("number", ["1", "2", "3", "4"]),
        ("-number", ["4", "3", "2", "1"]),
        ("light", ["3", "2", "1", "4"]),
        ("progress", ["3", "2", "1", "4"]),
        ("-progress", ["4", "1", "2", "3"]),
        ("nonsense", ["1", "2", "3", "4"]),
    ],
)
def test_sorting(sort, order, office, ledger, plan, sign_in):
    assert numbers(look(sign_in(office), sort=sort, plan=plan.pk)) == order


def test_light_and_reason_are_words(office, ledger, sign_in):
    page = look(sign_in(office)).content.decode()
    assert '<span class="light tone-danger">红灯</span><br><span class="muted small">落后75个百分点</span>' in page
    assert "还剩72天" in page


def test_the_export_is_filtered_sorted_and_shown_as_the_page(office, ledger, plan, sign_in):
    asked = {"plan": plan.pk, "sort": "-progress", "columns": "number,title,light,month,reason", "format": "xlsx"}
    response = look(sign_in(office), **asked)
    assert "%E6%94%B9%E9%9D%A9%E5%88%9B%E6%96%B0%E5%B9%B4" in response["Content-Disposition"]
    rows = [row for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True) if row[0]]
    heads = rows.index(("编号", "任务", "灯色", "10月报送", "亮灯理由"))
    assert [row[0] for row in rows[heads + 1 :]] == ["4", "1", "2", "3"]
    assert rows[heads + 2][2:4] == ("绿灯", "未报（已报0/2）")
    assert rows[-1][4].startswith("进度5%，时间进度80%，落后75个百分点")


def test_paper_and_sheet_say_what_was_asked_for(office, ledger, plan, sign_in):
    asked = {"plan": plan.pk, "unit": "县民政局", "light": "GREEN", "due": "2015-12", "tab": "owing"}
    page = look(sign_in(office), **asked).content.decode()
    assert '<span class="print-only">单位：县民政局；灯色：绿灯；完成月份：2015年12月</span>' in page
    response = look(sign_in(office), format="xlsx", **asked)
    sheet = load_workbook(io.BytesIO(response.content)).active
    said = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value]
    assert "2015年改革创新年任务台账（本月待报）" in said
    assert "主管办公室：县委改革办　单位：县民政局；灯色：绿灯；完成月份：2015年12月" in said


def test_the_export_holds_all_pages_and_the_sections(office, plan, make_task, civil, sign_in):
    for number in range(1, 106):
        make_task(plan, number, civil)
    client = sign_in(office)
    assert len(look(client).context["table"].rows) == 100
    rows = load_workbook(io.BytesIO(look(client, format="xlsx").content)).active.iter_rows(values_only=True)
    firsts = [row[0] for row in rows]
    assert "（一）推进社会事业改革" in firsts
    assert "105" in firsts


def test_choosing_is_for_the_plans_office(office, other_office, leader, ledger, sign_in):
    def boxes(user):
        return look(sign_in(user), tab="unassigned").content.decode().count('name="pick"')

    assert (boxes(other_office), boxes(office), boxes(leader)) == (1, 0, 0)


def test_links_of_other_pages_hold(office, ledger, plan, civil, sign_in):
    client = sign_in(office)
    assert numbers(look(client, light="RED")) == ["3", "(一)"]
    assert numbers(look(client, unit=civil.pk)) == ["1", "4"]
    assert numbers(look(client, section=plan.sections.get().pk, light="BLUE")) == ["4"]


@pytest.mark.parametrize("query", [{"page": "99"}, {"sort": "x"}, {"columns": "x"}])
def test_a_garbled_order_or_page_is_as_nothing_said(query, office, ledger, sign_in):
    assert len(numbers(look(sign_in(office), **query))) == 5


@pytest.mark.parametrize("query", [{"light": "PINK"}, {"due": "x"}, {"tab": "nonsense"}, {"section": "999"}])
def test_a_condition_that_does_not_exist_shows_nothing_and_is_not_exported(query, office, ledger, sign_in):
    client, value = sign_in(office), next(iter(query.values()))
    page = client.get("/tasks/", query)
    assert page.status_code == 200
    assert f"没有“{value}”，因此没有显示任何内容" in page.content.decode()
    assert 'href="/tasks/">清除条件' in page.content.decode()
    answer = client.get("/tasks/", query | {"format": "xlsx"})
    assert (answer.status_code, "html" in answer["Content-Type"]) == (400, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_questions(rows, plan, make_task, civil, labour, office, sign_in, django_assert_num_queries):
    for number in range(rows):
        make_task(plan, number, civil, [labour], pace="MILESTONES")
    open_period(plan, OCTOBER)
    client = sign_in(office)
    look(client)
    with django_assert_num_queries(QUERIES):
        look(client)
    with django_assert_num_queries(EXPORT_QUERIES):
        look(client, format="xlsx")


QUERIES = 15
EXPORT_QUERIES = 11


def test_a_hundred_rows_are_drawn_with_little_work(plan, make_task, civil, labour, office, sign_in):
    task = make_task(plan, 1, civil, [labour])
    rows = [
        Task(**{**{f.attname: getattr(task, f.attname) for f in Task._meta.concrete_fields}, "id": None})
        for _ in range(99)
    ]
    for number, row in enumerate(rows, 2):
        row.number, row.order = str(number), number
    Task.objects.bulk_create(rows)
    table = look(sign_in(office)).context["table"]
    assert len(table.rows) == 100
    assert calls(lambda: str(table)) < 100 * 320


def test_nothing_asked_of_the_ledger_is_written(office, ledger, sign_in):
    before = Entry.objects.count(), Task.objects.count()
    look(sign_in(office), tab="owing")
    assert (Entry.objects.count(), Task.objects.count()) == before
    assert reverse("task_list") == LEDGER
