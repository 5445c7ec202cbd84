"""重点项目: the list, its figures and tabs; sums of exactly the rows shown; export as seen; who sees it; how often it asks."""

import datetime
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tasks.actions.classes import change_class
from tasks.actions.listing import Person, put_people
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project
from tasks.models import Label, Milestone

LIST = "/projects/"
SEPTEMBER, MARCH = datetime.date(2015, 9, 1), datetime.date(2015, 3, 1)


def spend(project, month, actual):
    enter_month(project.task, month, {"invested": f"{actual}"}, None)


@pytest.fixture
def town(make_unit):
    return make_unit("渌口镇", "TOWNSHIP")


@pytest.fixture
def register(make_project, labour, water, town):
    """Five projects at the end of September: red by money, green, red by its start, one to be completed, a contract."""
    people = [Person("LEADER", "何例山"), Person("ENVOY", "袁例宁")]
    year = {"year_plan": Decimal(1000), "total": Decimal(5000)}
    plan = {"INVESTED": {MARCH: Decimal(500), SEPTEMBER: Decimal(300)}}
    late = make_project("渌水大桥", "CONTINUED", amounts=plan, people=people, places=[town], **year)
    fine = make_project("标准厂房", "NEW", labour, amounts=plan, people=people[:1], owner="示例置业", **year)
    start = Step("开工", datetime.date(2015, 4, 30), kind="START")
    idle = make_project("伏波路改扩建", "NEW", water, amounts={"INVESTED": {}}, nodes=[start], year_plan=Decimal(300))
    make_project("论证中的水库", "STUDIED", water)
    make_project("招商协议厂", "CONTRACTED", labour, people=people)
    spend(late, MARCH, 100)
    spend(fine, MARCH, 500)
    spend(fine, SEPTEMBER, Decimal("299.5"))
    spend(fine, datetime.date(2015, 10, 1), 50)
    return {"late": late, "fine": fine, "idle": idle}


@pytest.fixture
def project_office(programme, make_user):
    return make_user("xmb", "OFFICE", programme.office)


def look(client, **query):
    return client.get(LIST, query)


def names(answer):
    return [stand.name for stand in answer.context["table"].rows]


def tabs(answer):
    return {name: count for name, _, _, count in answer.context["tabs"]}


def test_a_stranger_is_led_to_the_login(client, db):
    assert look(client).url.startswith("/login/")


def test_without_projects_the_page_says_what_it_is_for(sign_in, office):
    for address in ("project_list", "project_approvals", "project_gaps"):
        assert "还没有列入重点项目" in sign_in(office).get(reverse(address)).content.decode()


def test_the_worst_come_first_with_why(register, project_office, sign_in):
    answer = look(sign_in(project_office))
    assert names(answer)[:2] == ["渌水大桥", "伏波路改扩建"]
    assert [stand.light.name for stand in answer.context["table"].rows] == ["RED", "RED", "GREEN", "GREY", "GREY"]
    page = answer.content.decode()
    assert "落后70.0点" in page
    assert "4月应开工，已过5个月" in page
    assert "2015年9月末" in page


def test_money_is_of_the_months_that_are_over(register, project_office, sign_in):
    rows = {stand.name: stand for stand in look(sign_in(project_office)).context["table"].rows}
    fine, late = rows["标准厂房"], rows["渌水大桥"]
    assert (fine.done, fine.due, fine.share, fine.ahead) == (Decimal("799.5"), 800, Decimal("80.0"), Decimal("-0.1"))
    assert (late.done, late.share, late.ahead) == (100, Decimal("10.0"), Decimal("-70.0"))


def test_sums_are_exactly_of_the_rows_shown(register, project_office, labour, sign_in):
    table = look(sign_in(project_office)).context["table"]
    assert (table.sum_row["year"], table.sum_row["done"]) == ("2,300", "899.5")
    table = look(sign_in(project_office), unit=labour.pk).context["table"]
    assert (table.sum_row["year"], table.sum_row["done"], table.sum_row["share"]) == ("1,000", "799.5", "80.0")
    assert "合计 2 个" in table.sum_row["name"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tab": "NEW"}, {"标准厂房", "伏波路改扩建"}),
        ({"tab": "lit"}, {"渌水大桥", "伏波路改扩建"}),
        ({"tab": "gaps"}, {"标准厂房", "伏波路改扩建", "招商协议厂"}),
        ({"klass": "CONTINUED"}, {"渌水大桥"}),
        ({"light": "GREEN"}, {"标准厂房"}),
        ({"leader": "何例山"}, {"渌水大桥", "标准厂房", "招商协议厂"}),
        ({"q": "示例置业"}, {"标准厂房"}),
        ({"q": "渌水"}, {"渌水大桥"}),
        ({"q": "X01"}, {"渌水大桥"}),
    ],
)
def test_filters(register, project_office, sign_in, asked, found):
    assert set(names(look(sign_in(project_office), **asked))) == found


def test_a_project_is_found_by_action_sector_town_label_and_cause(register, programme, town, project_office, sign_in):
    late, client = register["late"], sign_in(project_office)
    late.sector = programme.sectors.get(name="基础设施")
    late.cause = "GROUND"
    late.save()
    late.labels.add(Label.objects.create(name="三个十"))
    for asked in (
        {"action": programme.class_rules.get(klass="CONTINUED").action_id},
        {"sector": late.sector_id},
        {"town": town.pk},
        {"label": late.labels.get().pk},
        {"cause": "GROUND"},
    ):
        assert names(look(client, **asked)) == ["渌水大桥"], asked


def test_a_class_dispatched_by_two_actions_stands_in_both(make_project, programme, project_office, sign_in):
    make_project("前期项目", "PREPARED")
    client, rule = sign_in(project_office), programme.class_rules.get(klass="PREPARED")
    assert names(look(client, action=rule.action_id)) == names(look(client, action=rule.also_id)) == ["前期项目"]


def test_what_does_not_exist_shows_nothing(register, project_office, sign_in):
    for asked in ({"unit": "999999"}, {"light": "PINK"}, {"plan": "999999"}, {"month": "2014-01"}, {"tab": "x"}):
        answer = look(sign_in(project_office), **asked)
        assert answer.status_code != 200 or "没有显示任何内容" in answer.content.decode(), asked


def test_tabs_count_what_is_otherwise_asked_for(register, project_office, labour, sign_in):
    assert tabs(look(sign_in(project_office))) == {
        "all": 5,
        "NEW": 2,
        "CONTINUED": 1,
        "PREPARED": 0,
        "STUDIED": 1,
        "CONTRACTED": 1,
        "lit": 2,
        "gaps": 3,
        "unreported": 0,
    }
    assert tabs(look(sign_in(project_office), unit=labour.pk))["all"] == 2


def test_a_stopped_project_leaves_sums_and_lights_and_is_told_apart(register, project_office, sign_in):
    stop_project(register["late"], None, datetime.date(2015, 9, 20), reason="业主撤资")
    answer = look(sign_in(project_office))
    assert "渌水大桥" not in names(answer)
    assert tabs(answer)["stopped"] == 1
    assert answer.context["programme"].sums.done == Decimal("799.5")
    assert "已调出项目另完成 100 万元" in answer.content.decode()
    assert names(look(sign_in(project_office), tab="stopped")) == ["渌水大桥"]
    assert "渌水大桥" in names(look(sign_in(project_office), month="2015-08"))


def test_a_month_that_is_over_keeps_its_money_and_classes(register, project_office, sign_in):
    change_class(register["late"], None, "NEW", SEPTEMBER, reason="重新开工")
    answer = look(sign_in(project_office), month="2015-08")
    rows = {stand.name: stand for stand in answer.context["table"].rows}
    assert (rows["渌水大桥"].klass, rows["标准厂房"].done) == ("CONTINUED", 500)
    assert {each.name: each.klass for each in look(sign_in(project_office)).context["table"].rows}["渌水大桥"] == "NEW"


def test_a_package_counts_once_with_the_money_of_its_parts(make_project, project_office, sign_in):
    package = make_project("园区打包", "CONTINUED", year_plan=Decimal(100))
    for name in ("一号厂房", "二号厂房"):
        plan = {"INVESTED": {SEPTEMBER: Decimal(50)}}
        spend(make_project(name, "CONTINUED", package=package, amounts=plan), SEPTEMBER, 30)
    (stand,) = look(sign_in(project_office)).context["table"].rows
    assert (stand.name, stand.done, stand.due) == ("园区打包", 60, 100)


def test_the_sheet_is_what_is_seen(register, project_office, sign_in):
    answer = look(sign_in(project_office), tab="NEW", sort="code", format="xlsx", columns="code,name,year,done,total")
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [[cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(values_only=True)]
    assert ["编号", "项目名称、亮灯原因", "年计划", "1-9月完成", "总投资"] in rows
    assert ["K01", "标准厂房", 1000, 799.5, 5000] in rows
    assert not any("渌水大桥" in row for row in rows)


def test_a_sheet_names_everybody_once(register, project_office, sign_in):
    put_people([(register["late"], [Person("LEADER", "张示长"), Person("ENVOY", "陈示文")])])
    answer = look(sign_in(project_office), format="xlsx", columns="name,leader,envoy,total")
    rows = list(load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert [row[1:3] for row in rows if row[0] == register["late"].name] == [("张示长", "陈示文")]


def test_optional_columns_show_the_registers_words(register, project_office, sign_in):
    answer = look(sign_in(project_office), columns="name,total,places,reason")
    page = answer.content.decode()
    assert "渌口镇" in page
    assert "投资完成年计划的10.0%，应完成80.0%" in page
    assert answer.context["table"].sum_row["total"] == "10,000"


def test_the_rates_have_both_numbers(register, project_office, programme, sign_in):
    step = Step("开工", datetime.date(2015, 3, 31), kind="START")
    Milestone.objects.create(
        task=register["fine"].task, title=step.title, due_on=step.due_on, kind="START", done_on=step.due_on
    )
    Milestone.objects.create(
        task=register["late"].task, title="竣工", due_on=datetime.date(2015, 12, 31), kind="COMPLETE"
    )
    found = look(sign_in(project_office)).context["programme"]
    assert str(found.started) == "1/2 = 50.0%"
    assert str(found.completed) == "0/1 = 0.0%"
    assert str(found.fulfilled) == "0/1 = 0.0%"
    assert str(found.at_capacity) == "—"


def test_a_leader_finds_the_projects_they_answer_for(register, make_project, make_user, sign_in):
    leader = make_user("hls", "LEADER", name="何示山")
    make_project("何示山联系的项目", "NEW", people=[Person("LEADER", "何示山")])
    assert tabs(look(sign_in(leader)))["mine"] == 1
    assert names(look(sign_in(leader), tab="mine")) == ["何示山联系的项目"]


def test_everybody_who_reads_plans_reads_the_list(register, cast, sign_in):
    for role in ("office", "reporter", "head", "leader", "inspector", "outsider"):
        assert names(look(sign_in(cast[role]))), role
    assert look(sign_in(cast["auditor"])).status_code in (403, 200)


@pytest.mark.parametrize("more", [0, 8])
def test_the_number_of_questions_does_not_grow(
    register, make_project, project_office, sign_in, django_assert_num_queries, more
):
    for number in range(more):
        make_project(f"更多项目{number}", "NEW")
    client = sign_in(project_office)
    look(client)
    with django_assert_num_queries(24):
        look(client)


def test_approvals_tell_how_long_they_wait_and_with_whom(register, water, project_office, sign_in):
    handed = {"handed_in_on": datetime.date(2015, 9, 1), "due_on": datetime.date(2015, 9, 30), "unit": water}
    task = register["late"].task
    Milestone.objects.create(task=task, title="林地手续", limit_workdays=20, **handed)
    Milestone.objects.create(task=task, title="环评批复", limit_workdays=60, **handed)
    Milestone.objects.create(task=task, title="立项", limit_workdays=5, done_on=datetime.date(2015, 9, 2), **handed)
    answer = sign_in(project_office).get("/projects/approvals/")
    first, second = answer.context["table"].rows
    assert (first.title, first.unit_name, first.limit, first.over) == ("林地手续", water.name, 20, first.waited - 20)
    assert (second.title, second.over) == ("环评批复", 0)
    assert "审批超时限" in look(sign_in(project_office)).content.decode()


def test_gaps_of_the_five(register, project_office, sign_in):
    answer = sign_in(project_office).get("/projects/gaps/")
    assert {row.name: row.missing for row in answer.context["table"].rows} == {
        "标准厂房": ("特派员",),
        "伏波路改扩建": ("县级领导", "特派员"),
        "招商协议厂": ("时间表",),
    }
