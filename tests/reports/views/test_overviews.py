"""The overview pages: who may look, figures that open their rows, sheets, and a fixed number of queries."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.actions.periods import close_period, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Standing
from tasks.actions.changes import ask_change
from tasks.actions.proposals import propose
from tasks.models import Indicator, Section, Task
from tests.conftest import OCTOBER
from tests.pages import folded

PAGES = ("/dashboard/", "/overview/", "/filing/", "/filing/rows/", "/standings/", "/exports/")
SHEETS = ("/exports/breakdown.xlsx", "/exports/progress.xlsx", "/exports/filing.xlsx", "/filing/?format=xlsx")

WHOLE_SHEETS = ("/exports/progress.xlsx", "/exports/filing.xlsx")


@pytest.fixture
def filed(report, fill, reporter, office):
    """October with one report accepted and one missing."""
    submit(fill(report, done="=1+1 完成招标"), reporter)
    return accept(report, office)


def sheet_of(answer):
    return load_workbook(BytesIO(answer.content)).active


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("address", PAGES + SHEETS)
def test_offices_leaders_and_inspectors_look(filed, cast, sign_in, address):
    allowed = {name for name, user in cast.items() if sign_in(user).get(address).status_code == 200}
    # The sheets of a whole plan hold every unit's words and marks: another office has no business with them.
    others = set() if address in WHOLE_SHEETS else {"other_office"}
    assert allowed == {"office", "leader", "inspector"} | others


def test_another_office_sees_neither_figures_nor_rows_of_reports(filed, sign_in, other_office):
    desk = sign_in(other_office)
    page = desk.get("/dashboard/")
    assert (page.context["filing"].owed, page.context["owing"], list(page.context["news"])) == (0, [], [])
    assert page.context["totals"].total == 1
    assert list(desk.get("/filing/rows/").context["table"].rows) == []
    assert list(desk.get("/filing/").context["table"].rows) == []
    assert "由县委改革办导出" in desk.get("/exports/").content.decode()


@pytest.mark.parametrize("address", PAGES + SHEETS)
def test_they_answer_only_to_looking(filed, desk, address):
    assert desk.post(address).status_code == 405


def test_figures_open_their_rows(filed, desk):
    page = desk.get("/dashboard/").content.decode()
    plan = filed.period.plan_id
    assert f"/filing/rows/?month=2015-10&amp;plan={plan}&amp;state=unfiled" in page
    rows = desk.get(f"/filing/rows/?month=2015-10&plan={plan}&state=unfiled").context["table"].rows
    assert [row.unit_name for row in rows] == ["县人社局"]
    rows = desk.get(f"/filing/rows/?month=2015-10&plan={plan}&state=on_time").context["table"].rows
    assert [row.unit_name for row in rows] == ["县民政局"]


@pytest.mark.parametrize("query", ["?month=2015-13", "?month=abc", "?plan=999", "?plan=x"])
def test_a_plan_or_month_that_does_not_exist_shows_nothing(filed, desk, query):
    for address in PAGES:
        answer = desk.get(address + query)
        assert answer.status_code == (400 if address.endswith(".xlsx") else 200)
        assert "因此没有显示任何内容" in answer.content.decode()


@pytest.mark.parametrize("query", ["?page=-1", "?sort=nope"])
def test_a_garbled_order_or_page_is_as_nothing_said(filed, desk, query):
    for address in PAGES:
        assert desk.get(address + query).status_code == 200


def test_an_empty_system_says_what_to_do(plan, desk):
    assert "去开启报送期" in desk.get("/dashboard/").content.decode()


def test_a_closed_month_opens_frozen_rows(filed, office, desk, at):
    at("2015-11-06 09:00")
    close_period(filed.period, office)
    page = desk.get("/dashboard/?month=2015-10").content.decode()
    assert "已结账" in page
    assert "/standings/?month=2015-10" in page
    rows = desk.get("/standings/?month=2015-10&light=YELLOW").context["table"].rows
    assert [(row.task_number, row.progress) for row in rows] == [("43", 60)]
    assert desk.get("/standings/?month=2015-10&light=RED").context["table"].count == 0


def test_the_progress_sheet_is_what_an_office_signs(filed, desk):
    answer = desk.get("/exports/progress.xlsx")
    assert "2015" in answer["Content-Disposition"]
    sheet = sheet_of(answer)
    found = texts(sheet)
    assert sheet["A1"].value == "株洲县2015年“改革创新年”活动10月工作进展汇总表"
    for words in ("填报单位：县委改革办", "牵头单位", "（一）推进社会事业改革", "县人社局未报送", "黄灯"):
        assert words in found
    risky = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=1+1"))
    assert risky.data_type == "s"
    assert sheet.print_title_rows
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes


def test_the_breakdown_sheet_has_the_official_text(filed, desk):
    assert "第43项改革任务的原文。" in texts(sheet_of(desk.get("/exports/breakdown.xlsx")))


def test_the_filing_sheet_counts(filed, desk, at):
    at("2015-11-02 08:00")
    found = texts(sheet_of(desk.get("/exports/filing.xlsx")))
    assert {"按时", "缺报", "合计"} <= set(found)
    assert found[found.index("县人社局") + 3] == "缺报"


def test_the_filing_list_goes_out_with_the_columns_chosen(filed, desk):
    sheet = sheet_of(desk.get("/filing/?format=xlsx&columns=unit,missing"))
    heads = [cell.value for row in sheet.iter_rows(min_row=3, max_row=4) for cell in row if cell.value]
    assert "责任单位" in heads
    assert "任务数" not in heads


QUERIES = {
    "/dashboard/": 27,  # how what was handed down stands, in two; what is coming to the unit, what it holds; drafts of papers
    "/overview/": 19,  # what lags: figures of all that do, then only the tasks shown, and the lights these had before
    "/filing/": 10,
    "/filing/rows/": 9,
    "/standings/?month=2015-09": 10,
    "/exports/": 8,  # whether the plan has projects, whose sheets are offered then
}


@pytest.mark.parametrize("address", QUERIES)
def test_the_number_of_queries_does_not_grow(
    plan, task, civil, labour, water, make_task, fill, reporter, desk, at, address, django_assert_num_queries
):
    september = datetime.date(2015, 9, 1)
    at("2015-09-20 10:00")
    period = open_period(plan, september)
    at("2015-10-07 10:00")
    close_period(period)
    submit(fill(open_period(plan, OCTOBER).reports.get(unit=civil)), reporter)
    Indicator.objects.create(plan=plan, name="甲", target=1, unit_of_measure="个")
    desk.get(address)
    with django_assert_num_queries(QUERIES[address]):
        desk.get(address)
    Section.objects.create(plan=plan, number="（二）", title="第二部分", order=2)
    for number, unit in ((50, water), (51, labour)):
        make_task(plan, number, unit, [civil])
        Indicator.objects.create(plan=plan, name=f"指标{number}", target=1, unit_of_measure="个")
    open_period(plan, OCTOBER)
    with django_assert_num_queries(QUERIES[address]):
        desk.get(address)


def test_what_waits_for_assigning_or_deciding_is_said(plan, task, make_task, make_unit, make_user, desk):
    make_task(plan, 60)
    town = make_unit("朱亭镇", "TOWNSHIP")
    mayor = make_user("zhuting", "REPORTER", town)
    propose(
        plan, town, mayor, short_title="古镇保护机制", text="探索古镇保护机制。", due_on=datetime.date(2015, 11, 30)
    )
    page = folded(desk.get("/dashboard/"))
    assert "待分解 1 项" not in page  # nothing is shown of a month that was never opened
    open_period(plan, OCTOBER)
    page = folded(desk.get("/dashboard/"))
    assert "待分解 1 项" in page
    assert "待受理自选任务 1 项" in page


def test_changes_that_wait_are_said_to_the_office_that_decides(plan, task, reporter, desk, leader, sign_in):
    task.due_on = datetime.date(2015, 10, 31)
    task.save()
    told = {"due_on": datetime.date(2015, 11, 30), "reason": "推迟开通", "so_far": "已招标"}
    ask_change(task, reporter, "EXTEND", **told)
    open_period(plan, OCTOBER)
    assert "待审定变更 1 件" in folded(desk.get("/dashboard/"))
    assert "待审定变更" not in folded(sign_in(leader).get("/dashboard/"))


def test_the_leader_reads_every_unit_once_with_the_number_it_owes(
    plan, task, law_plan, civil, make_task, sign_in, leader
):
    make_task(law_plan, 5, civil)
    open_period(plan, OCTOBER)
    open_period(law_plan, OCTOBER)
    answer = sign_in(leader).get("/overview/")
    owed = {name: reports for name, _, reports in answer.context["missing"]}
    assert owed == {"县民政局": 2, "县人社局": 1}
    assert answer.content.decode().count(">县民政局</a>") == 1


def test_lights_say_how_they_moved_since_the_month_before(plan, task, desk, at):
    at("2015-09-07 10:00")
    september = open_period(plan, datetime.date(2015, 9, 1))
    at("2015-10-07 10:00")
    close_period(september)
    open_period(plan, OCTOBER)
    at("2015-10-20 10:00")
    assert desk.get("/dashboard/").context["since"]["RED"] == "与上月持平"
    Task.objects.filter(pk=task.pk).update(progress=100, status=Task.Status.DONE)
    page = desk.get("/dashboard/").content.decode()
    assert "较上月 −1" in page


def test_what_lags_says_which_light_it_had_the_month_before(plan, task, leader, sign_in, at):
    at("2015-09-07 10:00")
    september = open_period(plan, datetime.date(2015, 9, 1))
    at("2015-10-07 10:00")
    close_period(september)
    open_period(plan, OCTOBER)
    at("2015-10-20 10:00")
    (lag,) = sign_in(leader).get("/overview/").context["lags"]
    assert (lag.before, lag.turned) == (lag.light, False)
    Standing.objects.update(light="GREEN")
    page = sign_in(leader).get("/overview/").content.decode()
    assert "上月绿灯" in page


def test_a_month_that_follows_none_says_nothing_of_moving(filed, desk):
    assert desk.get("/dashboard/").context["since"] == {}


def test_a_deadline_in_a_list_reads_as_everywhere_else(filed, desk):
    page = desk.get("/filing/rows/").content.decode()
    assert "10月31日 24:00" in page
    assert "2015-11-01 00:00" not in page


def test_lists_go_out_with_the_deadline_as_on_the_page(filed, desk):
    assert "10月31日 24:00" in texts(sheet_of(desk.get("/filing/rows/?format=xlsx")))


class TestLateAndMissing:
    """Who was late, who has not filed and whom to call: one press from the overview."""

    @pytest.fixture
    def late(self, plan, period, report, fill, reporter, at):
        at("2015-11-02 08:00")
        return submit(fill(report), reporter)

    @pytest.mark.parametrize("page", ["/dashboard/", "/overview/"])
    def test_the_figure_opens_just_the_late_rows(self, late, leader, sign_in, page):
        desk = sign_in(leader)
        link = desk.get(f"{page}?month=2015-10").context["links"].late
        assert f'href="{link.replace("&", "&amp;")}"' in desk.get(f"{page}?month=2015-10").content.decode()
        assert [row.unit_name for row in desk.get(link).context["table"].rows] == ["县民政局"]

    def test_who_has_not_filed_has_a_phone_and_a_button(self, late, labour, desk):
        labour.contacts.create(post="LIAISON", name="周联络", phone="13900000001")
        page = desk.get("/filing/rows/?month=2015-10&state=unfiled").content.decode()
        assert "周联络 13900000001" in page
        answer = desk.post(
            f"/periods/{late.period_id}/urge/?state=unfiled", {"pick": late.period.reports.get(unit=labour).pk}
        )
        assert answer.url == f"/periods/{late.period_id}/?state=unfiled"
        assert f'action="/periods/{late.period_id}/urge/?state=unfiled"' in page
        assert "已催报1个单位" in desk.get(answer.url).content.decode()

    def test_only_the_office_is_offered_to_urge(self, late, leader, sign_in):
        page = sign_in(leader).get("/filing/rows/?month=2015-10&state=unfiled").content.decode()
        assert "催报所选" not in page


class TestTheUnitsOwnWordsBesideALight:
    PAGES = (
        "/dashboard/?month=2015-10",
        "/overview/?month=2015-10",
        "/tasks/?light=YELLOW",
        "/tasks/?columns=title,problems",
    )

    @pytest.mark.parametrize("address", PAGES)
    def test_stand_beside_its_reason(self, filed, desk, address):
        assert "住房公积金数据接口尚未开通。" in desk.get(address).content.decode()

    def test_stand_in_the_list_of_a_closed_month(self, filed, office, desk, at):
        at("2015-11-06 09:00")
        close_period(filed.period, office)
        assert "住房公积金数据接口尚未开通。" in desk.get("/standings/?month=2015-10").content.decode()

    def test_of_the_month_before_say_so(self, filed, plan, desk, office, at):
        at("2015-11-06 09:00")
        open_period(plan, OCTOBER.replace(month=11), office)
        assert "（10月）住房公积金数据接口尚未开通。" in desk.get("/dashboard/?month=2015-11").content.decode()

    @pytest.mark.parametrize("address", PAGES)
    def test_are_not_read_by_another_office(self, filed, sign_in, other_office, address):
        assert "住房公积金" not in sign_in(other_office).get(address).content.decode()


ALL = {"plan": "", "month": "2015-10"}


def assert_links_open_what_they_count(client, context, light="RED"):
    """A figure with a link opens as many rows as it says; one without rows behind it carries none."""
    url = context["links"].red
    assert not url or client.get(url).context["table"].count == context["totals"].lights[light], url
    for part, _, address in context["sections"]:
        assert not address or client.get(address).context["table"].count == part.sums.total, address


@pytest.fixture
def other_law(law_plan, make_task, labour):
    make_task(law_plan, 1, labour, progress=0)
    return law_plan


@pytest.mark.parametrize("both", [True, False], ids=["all closed", "one closed"])
def test_all_plans_of_a_month_count_what_their_links_open(other_law, period, task, office, sign_in, at, both):
    law = open_period(other_law, OCTOBER)
    at("2015-11-07 09:00")
    close_period(period)
    if both:
        close_period(law)
    client = sign_in(office)
    context = client.get("/dashboard/", ALL).context
    assert context["totals"].lights["RED"] == 2
    assert bool(context["links"].red) is both
    assert_links_open_what_they_count(client, context)


def test_a_plan_without_that_month_does_not_hide_the_others_rows(other_law, period, task, leader, sign_in, at):
    at("2015-11-07 09:00")
    close_period(period)
    client = sign_in(leader)
    assert_links_open_what_they_count(client, client.get("/dashboard/", ALL).context)


def test_a_month_over_but_not_closed_leads_nowhere_else(filed, plan, report, fill, reporter, office, at, sign_in):
    at("2015-11-02 09:00")
    november = open_period(plan, datetime.date(2015, 11, 1)).reports.get(unit=report.unit)
    accept(submit(fill(november, progress=95, light="GREEN"), reporter), office)
    client = sign_in(office)
    context = client.get("/dashboard/", {"plan": plan.pk, "month": "2015-10"}).context
    assert sum(context["totals"].lights.values()) == 1
    assert_links_open_what_they_count(client, context, *context["totals"].lights)


@pytest.mark.parametrize("address", ["/dashboard/", "/overview/"])
def test_what_an_office_does_not_read_is_not_told_as_nought(plan, period, other_office, sign_in, address):
    page = sign_in(other_office).get(address, {"plan": plan.pk, "month": "2015-10"}).content.decode()
    assert "都已报送" not in page
    assert "/ 0 份" not in page
    assert f"{plan.short_title}的报送情况由其主管办公室掌握" in page or f"不含{plan.short_title}" in page


def test_only_the_own_month_is_urged_from_all_plans(other_law, period, task, office, sign_in):
    law = open_period(other_law, OCTOBER)
    page = sign_in(office).get("/dashboard/", ALL).content.decode()
    assert f'href="/periods/{period.pk}/"' in page
    assert f'href="/periods/{law.pk}/"' not in page
