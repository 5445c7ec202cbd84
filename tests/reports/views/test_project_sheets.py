"""The official sheets of key projects: layouts, sums, a shared township, a stopped project, a package, chosen columns."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tasks.actions.classes import change_class
from tasks.actions.months import enter_month
from tasks.actions.schedules import Step
from tasks.actions.stopping import stop_project
from tasks.models import Amount, Sector, Task

D = datetime.date
SEPTEMBER = D(2015, 9, 1)


@pytest.fixture
def projects(make_project, programme, town, make_unit, labour):
    other = make_unit("龙门镇", "TOWNSHIP", order=901)
    industry = Sector.objects.get(plan=programme, name="工业")
    money = {"INVESTED": {D(2015, 8, 1): Decimal("300.5"), D(2015, 10, 1): Decimal("699.5")}}
    new = make_project(
        "标准厂房",
        supports=[labour],
        places=[town, other],
        sector=industry,
        total=Decimal(5000),
        year_plan=Decimal(1000),
        amounts=money,
        nodes=[Step("开工", D(2015, 8, 31), "START")],
    )
    done = make_project(
        "第五中学",
        "CONTINUED",
        places=[town],
        total=Decimal(800),
        before=Decimal(350),
        year_plan=Decimal(200),
        nodes=[Step("竣工", D(2015, 12, 1), "COMPLETE")],
    )
    make_project("滨江路", "CONTINUED", total=Decimal(100), year_plan=Decimal(50))
    package = make_project("打包项目", "PREPARED", year_plan=Decimal(70))
    part = make_project("子项目甲", "PREPARED", package=package, year_plan=Decimal(70))
    stopped = make_project("温泉小镇", total=Decimal(900), year_plan=Decimal(90))
    make_project(
        "黄桃加工厂",
        "CONTRACTED",
        contract_sum=Decimal(27000),
        contract_land=Decimal(52),
        investor="示例公司",
        signed_on=D(2014, 9, 9),
        nodes=[
            Step("公司注册", D(2015, 3, 20)),
            Step("取得用地", D(2015, 6, 1)),
            Step("开工", D(2015, 6, 30), "START"),
        ],
    )
    enter_month(new.task, D(2015, 8, 1), {"invested": "250.25"}, None)
    enter_month(new.task, D(2015, 10, 1), {"invested": "100"}, None)
    enter_month(done.task, SEPTEMBER, {"invested": "300"}, None)
    enter_month(part.task, SEPTEMBER, {"invested": "7"}, None)
    enter_month(stopped.task, D(2015, 5, 1), {"invested": "11"}, None)
    stop_project(stopped, None, D(2015, 7, 15), reason="资金落空")
    return new, done


@pytest.fixture
def window(make_user, programme, sign_in):
    return sign_in(make_user("tupoban", "OFFICE", programme.office))


@pytest.fixture
def rows(window, programme, projects):
    """The rows of a sheet below its head, as plain values."""

    def read(name, month="2015-09", **more):
        answer = window.get(reverse("export_projects", args=[name]), {"plan": programme.pk, "month": month, **more})
        assert answer.status_code == 200
        return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))

    return read


def heads(found, row=2):
    """The two rows of heads as one."""
    return [low or high for high, low in zip(found[row], found[row + 1], strict=True)]


def named(found, name):
    return next(row for row in found if name in row)


def test_the_arrangement_prints_the_years_list_by_class(rows):
    found = rows("arrangement")
    assert found[0][0] == "2015年重点建设项目工作安排表"
    head = heads(found)
    assert head[:9] == [
        "序号",
        "项目名称",
        "建设性质",
        "建设地点",
        "建设内容及规模",
        "建设年限",
        "总投资",
        "至2014年底累计完成投资",
        "2015年计划投资",
    ]
    assert head[9:22] == [*(f"{n}月" for n in range(1, 13)), "拟开工时间"]
    names = [row[1] for row in found[4:] if row[1]]
    assert names[:10] == [
        "合计（5个）",
        "一、重点新开工项目（1个）",
        "标准厂房",
        "二、重点续建项目（2个）",
        "（一）竣工投产项目小计（1个）",
        "第五中学",
        "（二）加快建设项目小计（1个）",
        "滨江路",
        "三、重点前期推进项目（1个）",
        "打包项目",
    ]
    assert named(found, "其中：子项目甲")[0] is None
    total = named(found, "合计（5个）")
    assert total[6:9] == (5900, 350, 1320)
    assert (total[16], total[18]) == (300.5, 699.5)
    row = named(found, "标准厂房")
    assert (row[0], row[3], row[21], row[26]) == (1, "朱亭镇、龙门镇", "2015年8月", "县民政局、县人社局")


def test_the_completion_is_of_the_month_with_the_stopped_apart(rows):
    found = rows("completion")
    assert found[0][0] == "2015年1-9月重点项目计划完成情况一览表"
    assert named(found, "标准厂房")[4:7] == (1000, 250.25, 25)
    assert named(found, "第五中学")[4:7] == (200, 300, 150)
    assert named(found, "合计（5个）")[4:7] == (1320, 557.25, 42.2)
    assert named(found, "已调出（1个，不计入合计）")[5] == 11
    assert named(rows("completion", month="2015-10"), "标准厂房")[5] == 350.25


def test_a_month_keeps_the_class_and_the_list_it_had(rows, projects):
    change_class(projects[0], None, "CONTINUED", D(2015, 9, 1), reason="已开工")
    names = [row[1] for row in rows("completion", month="2015-06")]
    assert "一、重点新开工项目（2个）" in names
    assert "合计（6个）" in names
    assert "一、重点续建项目（3个）" in [row[1] for row in rows("completion")]


def test_contracts_have_their_stages_by_quarter(rows):
    found = rows("contracts")
    row = named(found, "黄桃加工厂")
    assert row[2] == datetime.datetime(2014, 9, 9)
    assert row[3:9] == (27000, "示例公司", 52, "公司注册", "取得用地；开工", None)
    assert named(found, "合计（1个）")[3] == 27000
    assert not any("标准厂房" in row for row in found)
    assert not any("温泉小镇" in row for row in found)


def test_the_duties_name_what_is_still_to_come(rows):
    found = rows("duties")
    assert named(found, "第五中学")[8:10] == (300, "12月竣工")
    assert named(found, "标准厂房")[9] is None
    assert found[2][9] == "后三个月项目进度关键节点的安排"
    assert rows("duties", month="2015-12")[2][9] == "项目进度关键节点的安排"


def test_a_month_of_the_next_year_has_a_column_where_something_is_planned(rows, programme, projects):
    programme.ends_on = D(2016, 1, 31)
    programme.save()
    assert heads(rows("arrangement"))[21] == "拟开工时间"
    Amount.objects.create(project=projects[0], month=D(2016, 1, 1), measure="INVESTED", planned=5)
    assert heads(rows("arrangement"))[21] == "2016年1月"


def test_an_office_takes_the_columns_it_wants_in_its_order(rows):
    found = rows("completion", columns=["code", "name", "light", "done"])
    assert found[2][:3] == ("编号", "项目名称", "灯色")
    assert named(found, "标准厂房")[3] == 250.25
    assert named(found, "合计（5个）") == (None, "合计（5个）", None, 557.25)


def test_a_shared_project_stands_in_both_townships_and_once_in_the_total(rows):
    found = {row[0]: row[1:] for row in rows("townships")}
    assert found["朱亭镇"][:3] == (2, 5800, 350)
    assert found["龙门镇"][:2] == (1, 5000)
    assert found["未填建设地点"][0] == 3
    assert found["合计"] == (5, 5900, 350, 1320, 300.5, 557.25, 42.2)


def test_sectors_add_up_to_the_same_total(rows):
    found = {row[0]: row[1:] for row in rows("sectors")}
    assert found["工业"] == (1, 5000, None, 1000, 300.5, 250.25, 25)
    assert found["未分行业"][0] == 4
    assert found["合计"] == (5, 5900, 350, 1320, 300.5, 557.25, 42.2)


def test_one_projects_card_has_its_nodes_and_months(window, projects):
    book = load_workbook(BytesIO(window.get(reverse("project_sheet", args=[projects[0].pk])).content))
    assert book.sheetnames == ["基本情况", "节点", "逐月"]
    facts = {row[0]: row[1] for row in book["基本情况"].iter_rows(values_only=True)}
    assert (facts["项目总投资（万元）"], facts["服务责任单位"]) == (5000, "县民政局、县人社局")
    months = {row[0]: row[1:3] for row in book["逐月"].iter_rows(values_only=True)}
    assert (months["8月"], months["合计"]) == ((300.5, 250.25), (1000, 350.25))


def test_a_plan_without_projects_offers_no_sheets_of_them(desk, plan, window, programme, projects):
    assert "重点建设项目工作安排" not in desk.get(reverse("exports"), {"plan": plan.pk}).content.decode()
    page = window.get(reverse("exports"), {"plan": programme.pk}).content.decode()
    assert page.count('name="columns"') > 60
    assert "重点建设项目工作安排" in page
    assert "分乡镇" in page


@pytest.mark.parametrize(("name", "month", "status"), [("other", "2015-09", 404), ("completion", "2014-09", 404)])
def test_what_does_not_exist_is_not_found(window, programme, projects, name, month, status):
    address = reverse("export_projects", args=[name])
    assert window.get(address, {"plan": programme.pk, "month": month}).status_code == status


def test_a_stranger_is_led_to_the_login_and_who_reads_no_plans_finds_nothing(client, cast, projects, sign_in):
    for address in (reverse("export_projects", args=["completion"]), reverse("project_sheet", args=[projects[0].pk])):
        assert client.get(address).url.startswith("/login/")
        assert sign_in(cast["auditor"]).get(address).status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_takes_as_many_queries_for_four_projects_as_for_one(
    count, window, programme, make_project, town, django_assert_num_queries
):
    for number in range(count):
        made = make_project(f"项目{number}", places=[town], nodes=[Step("竣工", D(2015, 12, 1), "COMPLETE")])
        enter_month(Task.objects.get(pk=made.pk), SEPTEMBER, {"invested": "5"}, None)
    address = reverse("export_projects", args=["completion"])
    window.get(address, {"plan": programme.pk})
    with django_assert_num_queries(LIST_QUERIES):
        window.get(address, {"plan": programme.pk, "columns": "name,done,light,shape,unit,leader"})


LIST_QUERIES = 14
