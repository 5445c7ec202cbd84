"""The package's book of key projects: whoever has only the package makes every sum anew, and finds what has no place in it."""

import datetime
import json
from collections import defaultdict
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from kit import clock
from kit.refusal import Refusal
from portal.actions.archive import archive_plan
from portal.dashboard.archive import obstacles
from reports.actions.corrections import correct_project
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept
from reports.actions.writing import save_entry, submit
from reports.dashboard.listed import Listed
from reports.models import Entry, MonthlyReport, PlaceRemark, Standing
from supervision.actions.directives.files import attach
from supervision.actions.findings import attach_file
from supervision.actions.meetings import note_decision, settle_occasion
from supervision.actions.words import answer_word, confirm_word, make_links
from supervision.models import Occasion
from tasks.actions.changes import agree_change, ask_change, withdraw_change
from tasks.actions.classes import change_class
from tasks.actions.listing import Person
from tasks.actions.schedules import Step, accept_schedule, planned, propose_schedule, steps_of
from tasks.actions.stopping import stop_project
from tasks.models import Measure, Plan, Project
from tests.portal.archived import PDF, entries, sent
from tests.supervision.directives import bring_to, hand_down

D = datetime.date
SEPTEMBER, OCTOBER = D(2015, 9, 1), D(2015, 10, 1)
REGISTER, OTHERS = "报表/重点项目台账.xlsx", "报表/活动和业主反映.xlsx"
NODES = [Step("开工", D(2015, 9, 20), "START"), Step("完成路基", D(2015, 11, 30), goal=True)]
# code: (September, October) as filed
FILED = {"X01": ("95.5", "104.5"), "K01": ("30", "-10"), "X02-1": ("7", "8"), "X02-2": ("1", "2"), "K02": ("5", "0")}


def monthly(value):
    return {"INVESTED": {D(2015, n, 1): Decimal(value) for n in range(1, 13)}}


@pytest.fixture
def owner(programme, make_user):
    return make_user("xiangmu", "OFFICE", programme.office, name="罗例项")


@pytest.fixture
def lead(programme, make_user):
    return make_user("zhongdian", "REPORTER", "县重点办", name="何例重")


@pytest.fixture
def projects(make_project, town, labour):
    """A road with helpers and a village, one that begins, one that is stopped in October, a package of two."""
    people = [Person("ENVOY", "陈示文"), Person("LEADER", "张示长", phone="0731-1")]
    road = {"year_plan": Decimal(1200), "total": Decimal(3000), "before": Decimal(500), "people": people}
    made = [
        make_project("渌水大桥", "CONTINUED", supports=[labour], code="X01", amounts=monthly(100), nodes=NODES, **road),
        make_project("标准厂房", "NEW", code="K01", amounts=monthly(10), year_plan=Decimal(120), places=[town]),
        make_project("停建的路", "NEW", code="K02", amounts=monthly(5), year_plan=Decimal(60)),
    ]
    package = make_project("打包工程", "CONTINUED", code="X02", year_plan=Decimal(36), total=Decimal(40))
    made.append(package)
    for number, month in ((1, 2), (2, 1)):
        made.append(
            make_project(
                f"打包工程{number}", "CONTINUED", code=f"X02-{number}", package=package, amounts=monthly(month)
            )
        )
    return {each.code: each for each in made}


def play(plan, month, reporter, owner, at, place):
    """File, accept and close one month of every project."""
    period = open_period(plan, month)
    for line in Entry.objects.filter(report__period=period, role="LEAD", task__kind="PROJECT").select_related("task"):
        values = {"invested": Decimal(FILED[line.task.number][place]), "shape": "路基完成", "odd_reason": "已核对"}
        values |= {"cause": "FUNDS", "problems": "资金没有到位，请县财政局协调", "next_steps": "本月内到位"}
        save_entry(line, reporter, values, seen_version=line.version)
    at(f"2015-{month.month:02}-28 09:00")
    report = MonthlyReport.objects.get(period=period, unit=reporter.unit)
    submit(report, reporter)
    accept(report, owner)
    at(f"2015-{month.month + 1:02}-10 09:00")
    for other in MonthlyReport.objects.filter(period=period).exclude(pk=report.pk):
        other.delete()
    close_period(period, owner)
    return period


@pytest.fixture
def closed(programme, projects, reporter, owner, at):
    """September and October are the whole of its year; in between a class changed, a plan was moved, a figure corrected."""
    at("2015-09-01 09:00")
    play(programme, SEPTEMBER, reporter, owner, at, 0)
    change_class(projects["K01"], owner, "CONTINUED", OCTOBER, reason="已开工")
    moved = planned(projects["X01"])
    moved[Measure.INVESTED] |= {OCTOBER: Decimal(80), D(2015, 11, 1): Decimal(120)}
    road = Project.objects.select_related("task__plan", "task__parent").get(task__number="X01")
    schedule = propose_schedule(road, reporter, moved, steps_of(road), reason="放款推后")
    accept_schedule(schedule, owner)
    stop_project(projects["K02"], owner, D(2015, 10, 5), reason="选址不当")
    play(programme, OCTOBER, reporter, owner, at, 1)
    standing = Standing.objects.get(period__month=SEPTEMBER, task__number="X01")
    correct_project(standing, owner, figures={Measure.INVESTED: Decimal("90.25")}, reason="多报")
    Plan.objects.filter(pk=programme.pk).update(starts_on=SEPTEMBER, ends_on=D(2015, 10, 31))
    return Plan.objects.get(pk=programme.pk)


def tables(found, name):
    """{sheet: [{head: value}]} of a workbook in the package, read by its heads alone."""
    book, told = load_workbook(BytesIO(found[name])), {}
    for page in book:
        rows = list(page.iter_rows(values_only=True))
        top = 2 if rows[2][0] else 3
        heads, depth = list(rows[top]), 1
        groups = list(heads)
        if any(value is None for value in heads):
            below, depth = rows[top + 1], 2
            for place, value in enumerate(heads):
                groups[place] = value or groups[place - 1]
            heads = [(group, below[place]) if below[place] else group for place, group in enumerate(groups)]
        told[page.title] = [dict(zip(heads, row, strict=True)) for row in rows[top + depth :]]
    return told


@pytest.fixture
def package(closed, owner, tmp_path):
    return entries(sent(archive_plan(closed, owner), tmp_path))


def money(value):
    return Decimal(str(value or 0))


def test_every_sum_is_made_anew_from_the_package_alone(package, closed):
    told = tables(package, REGISTER)
    register = {row["编号"]: row for row in told["名册"]}
    packages = {row["所属打包项目"] for row in told["名册"]} - {None}
    done, due, klass = defaultdict(Decimal), defaultdict(Decimal), {}
    for row in told["逐月数"]:
        assert row["编号"] not in packages
        if row["月份"] <= "2015-10":
            done[row["编号"]] += money(row["完成投资（万元）", "完成"])
            due[row["编号"]] += money(row["完成投资（万元）", "计划"])
        if row["月份"] == "2015-10":
            klass[row["编号"]] = row["当月类别"]
    running = {code for code, row in register.items() if not row["调出月份"] or row["调出月份"] > "2015-10"}
    listed = Listed(closed, OCTOBER, Project.objects.all(), Entry.objects.all())
    assert sum(done[code] for code in running) == listed.sums.done == Decimal("90.25") + Decimal("104.5") + 20 + 15 + 3
    assert sum(due[code] for code in running) == listed.sums.due
    assert sum(money(register[code]["年度计划投资（万元）"]) for code in running) == listed.sums.year == 1356
    by_class = defaultdict(Decimal)
    for code in running - packages:
        by_class[klass[code]] += done[code]
    blocks = {block.head: block.money.done for block in listed.blocks() if block.rank == 1}
    assert by_class == {"续建": sum(blocks.values()) - 5}
    assert blocks["已调出（1个，不计入合计）"] == 5


def test_what_was_filed_and_corrected_is_what_the_register_says(package):
    told = tables(package, REGISTER)
    filed = {(row["月份"], row["编号"]): row["完成投资（万元）"] for row in told["逐月填报"] if row["职责"] == "服务"}
    assert {code: filed["2015-09", code] for code in FILED} == {
        code: float(first) for code, (first, _) in FILED.items()
    }
    (change,) = told["更正"]
    assert (change["编号"], change["更正"]) == ("X01", "完成投资（万元）：95.5 → 90.25")
    assert change["月份和原因"] == "2015年9月，原因：多报"
    checked = {row["月份"]: row["完成投资（万元）", "差额"] for row in told["核对"]}
    assert checked == {"2015-09": -5.25, "2015-10": 0}


def test_plans_stand_as_first_decided_as_proposed_and_as_they_are(package):
    told = tables(package, REGISTER)
    road = {row["月份"]: row for row in told["逐月数"] if row["编号"] == "X01"}
    invested = "完成投资（万元）"
    assert (road["2015-10"][invested, "首次计划"], road["2015-10"][invested, "计划"]) == (100, 80)
    (version,) = told["计划版本"]
    assert (version["编号"], version["第几版"], version["状态"], version["调整原因"]) == (
        "X01",
        1,
        "已审定",
        "放款推后",
    )
    months = {row["月份"]: row[invested] for row in told["计划版本逐月"]}
    assert {month: row[invested, "计划"] for month, row in road.items()} == months
    assert [(row["节点"], row["年度目标"]) for row in told["计划版本节点"]] == [("开工", "否"), ("完成路基", "是")]
    assert [(row["编号"], row["节点"], row["种类"]) for row in told["节点"]] == [
        ("X01", "开工", "开工"),
        ("X01", "完成路基", "节点"),
    ]


def test_classes_people_and_lights_are_in_it(package):
    told = tables(package, REGISTER)
    assert [(row["起始月份"], row["类别"]) for row in told["类别变更"] if row["编号"] == "K01"] == [
        ("2015-01", "新开工"),
        ("2015-10", "续建"),
    ]
    assert {(row["职责"], row["姓名"], row["电话"]) for row in told["责任人"]} == {
        ("特派员", "陈示文", None),
        ("县级领导", "张示长", "0731-1"),
    }
    assert {row["编号"] for row in told["月末亮灯"] if row["月份"] == "2015-10"} >= {"X01", "K01"}
    stopped = next(row for row in told["名册"] if row["编号"] == "K02")
    assert (stopped["调出月份"], stopped["调出原因"], stopped["状态"]) == ("2015-10", "选址不当", "已调出")
    assert ("类别", "新开工", "(一)，每月报送") in [tuple(row.values()) for row in told["规则"]]


def test_the_official_list_stands_in_it_for_each_month(package):
    book = load_workbook(BytesIO(package["报表/重点项目计划完成情况一览表.xlsx"]))
    assert book.sheetnames == ["2015年09月", "2015年10月"]
    assert book["2015年10月"]["A1"].value == "2015年1-10月重点项目计划完成情况一览表"


def test_the_trace_of_a_project_and_the_counts_are_in_it(package):
    rows = load_workbook(BytesIO(package["操作记录/2015年10月.xlsx"])).active.iter_rows(min_row=4, values_only=True)
    assert {row[4] for row in rows} >= {"变更类别", "调出重点项目", "提出计划表", "审定计划表"}
    counts = json.loads(package["manifest.json"])["counts"]
    assert (counts["任务"], counts["重点项目"]) == (7, 6)
    assert OTHERS not in package


def test_meetings_and_owners_words_are_in_it(closed, projects, owner, reporter, civil, tmp_path):
    note_decision(
        closed, owner, OCTOBER, text="林地一周内批复", unit=civil, due_on=D(2015, 11, 27), project=projects["X01"]
    )
    (meeting,) = closed.occasions.all()
    (word, _), *_ = make_links([projects["X01"]], D(2015, 7, 1), owner)
    answer_word(word, progress="主桥合龙", unit_mark="GOOD", envoy_mark="FAIR", problem="电力没有接通", remark="")
    open_ones = [
        "2015年10月调度会（全部项目）现在是“已开展”，没有定结论。",
        "X01 渌水大桥2015年第3季度业主反映提出的问题没有核实。",
    ]
    assert obstacles(closed) == open_ones
    with pytest.raises(Refusal, match="没有定结论"):
        archive_plan(closed, owner)
    settle_occasion(meeting, owner)
    word.refresh_from_db()
    confirm_word(word, reporter, "已接通")
    assert obstacles(closed) == []
    found = entries(sent(archive_plan(closed, owner), tmp_path))
    told = tables(found, OTHERS)
    (held,), (item,), (said,) = told["活动"], told["议定事项"], told["业主反映"]
    assert (held["种类"], held["件数"], held["状态"]) == ("调度会", 1, "已定结论")
    assert (item["活动号"], item["编号"], item["内容"]) == (held["活动号"], "X01", "林地一周内批复")
    assert (said["对特派员的评价"], said["核实情况"]) == ("基本满意", "已接通")
    assert word.token_hash not in str(told)
    rows = load_workbook(BytesIO(found["操作记录/2015年11月.xlsx"])).active.iter_rows(min_row=4, values_only=True)
    assert {"活动", "业主反映"} <= {row[1] for row in rows}


def test_changes_of_tasks_and_what_townships_said_are_in_it(closed, projects, owner, town, make_user, tmp_path, at):
    action = closed.tasks.get(number="(一)")
    lead = make_user("fagai", "REPORTER", action.lead)
    at("2015-10-20 09:00")
    first = action.text
    agree_change(
        ask_change(action, lead, "ADJUST", reason="省里调整口径", so_far="已开工19个", text="改过的内容。"), owner
    )
    waiting = ask_change(action, lead, "ADJUST", reason="再调整", so_far="x", text="再改。")
    PlaceRemark.objects.create(
        project=projects["X01"],
        period=closed.periods.get(month=OCTOBER),
        unit=town,
        unit_name=town.name,
        text="还有3户没签",
        by=lead,
        at=clock.now(),
    )
    assert obstacles(closed) == ["1件任务变更申请待审定。"]
    withdraw_change(waiting, lead)
    found = entries(sent(archive_plan(closed, owner), tmp_path))
    (agreed, taken_back) = tables(found, "报表/任务变更.xlsx")["任务变更"]
    assert (agreed["调整前的内容"], agreed["调整后的内容"], agreed["状态"]) == (first, "改过的内容。", "已同意")
    assert taken_back["状态"] == "已撤回"
    (said,) = tables(found, REGISTER)["属地说明"]
    assert (said["编号"], said["月份"], said["乡镇"], said["属地说明"]) == ("X01", "2015-10", town.name, "还有3户没签")


def occasion(plan, by, kind, status, **values):
    values = {"month": OCTOBER, "held_on": D(2015, 10, 20), "unit": by.unit, "by": by} | values
    return Occasion.objects.create(plan=plan, kind=kind, status=status, title=f"十月{kind}", **values)


def test_inspections_are_kept_whole_and_of_interviews_only_that_they_took_place(
    closed, projects, owner, civil, reporter, tmp_path
):
    words = {"basis": "机密一", "notes": "机密二", "conclusion": "机密三", "people": "机密四"}
    held = occasion(closed, owner, "INTERVIEW", "HELD", **words)
    occasion(closed, owner, "INTERVIEW", "PROPOSED", **words)
    occasion(closed, owner, "MEETING", "DROPPED", drop_reason="并入下月")
    checked = occasion(closed, owner, "INSPECTION", "HELD", conclusion="进度偏慢", ways="看访")
    for each in (held, checked):
        each.stops.create(number=1, project=projects["X01"])
        each.stops.create(number=2, unit=civil, people="机密五" if each == held else "周例明")
        each.items.create(number=1, kind="FINDING", text="机密六" if each == held else "便道没有贯通", unit=civil)
        each.answers.create(unit=civil, text="机密七" if each == held else "本月贯通", by=reporter)
        name = "机密八.pdf" if each == held else "现场.pdf"
        attach_file(each, owner, SimpleUploadedFile(name, PDF + name.encode()))
    assert obstacles(closed) == [
        f"{each}现在是“{word}”，没有定结论。" for each, word in ((held, "已约谈"), (checked, "已开展"))
    ]
    Occasion.objects.filter(status="HELD").update(status="SETTLED")
    found = entries(sent(archive_plan(closed, owner), tmp_path))
    files = {name: content for name, content in found.items() if name.endswith(".pdf")}
    assert files == {f"活动和业主反映/{checked.pk:03d}-十月INSPECTION/现场.pdf": PDF + "现场.pdf".encode()}
    assert json.loads(found["manifest.json"])["counts"]["活动和交办的附件"] == 1
    told = tables(found, OTHERS)
    assert "机密" not in str(told)
    rows = {row["名称"]: row for row in told["活动"]}
    assert [(row["种类"], row["状态"], row["督查（约谈）对象"], row["结论"]) for row in told["活动"]] == [
        ("约谈", "已定结论", "县民政局", None),
        ("会议", "未开展", None, None),
        ("督查", "已定结论", "县民政局", "进度偏慢"),
    ]
    assert rows["十月MEETING"]["未开展的原因"] == "并入下月"
    assert [(row["序号"], row["编号"], row["单位"], row["人员"]) for row in told["行程"]] == [
        (1, "X01", "县民政局", None),
        (2, None, "县民政局", "周例明"),
    ]
    assert [(row["内容"], row["兑现"]) for row in told["议定事项"]] == [("便道没有贯通", "未整改")]
    assert [row["反馈"] for row in told["反馈"]] == ["本月贯通"]


def test_what_a_unit_handed_in_beside_an_answer_is_in_it(closed, projects, owner, civil, reporter, tmp_path):
    (directive,) = hand_down(owner, civil, task=projects["X01"].task, due_on=D(2015, 11, 30))
    bring_to(directive, "ONGOING", reporter)
    attach(directive.points.get(number=1), reporter, SimpleUploadedFile("分户表.pdf", PDF))
    assert obstacles(closed) == [f"{directive}现在是“办理中”，没有销号。"]
    found = entries(sent(archive_plan(closed, owner, partial=True), tmp_path))
    folder = f"{directive.pk:03d}-{directive.code}"
    assert found[f"交办事项/{folder}/分户表.pdf"] == PDF
    assert len(tables(found, "报表/交办事项.xlsx")["要求和答复"]) == 2


def test_a_timetable_that_waits_keeps_the_year_open(closed, projects, reporter):
    road = Project.objects.select_related("task__plan", "task__parent").get(pk=projects["X01"].pk)
    propose_schedule(road, reporter, planned(road), steps_of(road), reason="再推后")
    assert obstacles(closed) == ["1个重点项目的计划表待审定：X01。"]


def test_more_projects_cost_no_further_query(closed, make_project, owner):
    def queries():
        archive = archive_plan(Plan.objects.get(pk=closed.pk), owner)
        with CaptureQueriesContext(connection) as asked:
            list(archive.chunks())
        return len(asked)

    before = queries()
    for number in range(3):
        make_project(f"小桥{number}", "NEW", amounts=monthly(1), year_plan=Decimal(12), nodes=NODES)
    assert queries() == before
