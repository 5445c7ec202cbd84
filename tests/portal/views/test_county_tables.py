"""Tables as counties draw them, headed each in its own way; some saved by another program. All of them map."""

import io
import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Alignment

from kit.sheets import Head, Sheet, workbook
from tasks.models import Group, Indicator
from tests.portal.views.sheets import book, preview, states, waiting

SOFFICE = shutil.which("soffice")


def table(rows, merge=(), title="Sheet1"):
    return book(*rows, merge=merge, title=title)


def plain_breakdown():
    return table(
        [["编号", "任务内容", "牵头单位", "配合单位", "完成时限"], [43, TEXT, "县水利局", "县人社局", "2015-11-30"]]
    )


TEXT = "第43项改革任务的原文。"


def titled_with_two_row_heads():
    """任务分解表: title, units row, 责任单位 over 牵头 and 配合, sections, sums, signatures."""
    rows = [
        ["株洲县开展“法治建设年”工作标准及责任单位任务分解表"],
        ["填报单位：县委改革办", None, None, None, None, None, "2015年4月14日"],
        ["序号", "工作任务", "工作标准", "责任单位", None, "完成时限", "备注"],
        [None, None, None, "牵头单位", "配合单位", None, None],
        ["（一）推进社会事业改革"],
        [43, TEXT, "平台上线", "县水利局", "县人社局", "11月底前", None],
        ["合计（1项）"],
        ["填表人：张某", None, None, "审核人：李某"],
    ]
    merge = ["A1:G1", "D3:E3", "A5:G5", *(f"{letter}3:{letter}4" for letter in "ABCFG")]
    return table(rows, merge)


def reordered_with_other_words():
    """Other words, another order, columns nobody asked for."""
    rows = [
        ["改革任务分解表"],
        [],
        ["联动单位", "时间节点", "主体责任", "规划设计", "牵头部门", "改革任务", "序号"],
        ["县人社局", "2015年11月30日", "一把手", "出台方案", "县水利局", TEXT, 43],
    ]
    return table(rows, ["A1:G1"])


def list_of_three_columns():
    """改革清单: 牵头单位、责任单位、完成时限; the responsible units support."""
    return table(
        [
            ["序号", "改革任务", "牵头单位", "责任单位", "完成时限"],
            ["43.", TEXT, "县水利局", "县人社局、县水利局", "2015/11/30"],
        ]
    )


def units_in_one_column():
    return table(
        [["任务编号", "项目名称", "责任单位", "办结时限"], ["第43项", TEXT, "县水利局牵头，县人社局配合", "2015.11.30"]]
    )


def rows_merged_over_several_standards():
    """One task over three rows: each has a standard and a supporting unit of its own."""
    rows = [
        ["序号", "目标任务", "具体要求", "牵头单位", "配合单位", "时限要求"],
        [43, TEXT, "平台招标", "县水利局", "县人社局", "2015-11-30"],
        [None, None, "数据接入", None, "县民政局", None],
        [None, None, "平台上线", None, None, None],
    ]
    return table(rows, ["A2:A4", "B2:B4", "D2:D4", "F2:F4"])


def notes_below_and_heads_repeated():
    """Printed over two pages: the heads again in the middle, a note at the end, line breaks inside the heads."""
    head = ["编 号", "任务\n内容", "牵头\n单位", "配合单位", "完成\n时限"]
    rows = [
        ["附件1"],
        ["任务分解表"],
        head,
        [43, TEXT, "县水利局", "县人社局", "2015-11-30"],
        head,
        ["注：完成时限以方案为准。"],
    ]
    return table(rows, ["A2:E2", "A6:E6"])


def unmerged_two_row_heads():
    """Two heading rows whose cells were never merged."""
    rows = [
        ["编号", "任务", "责任单位", None, "完成时限"],
        [None, None, "牵头单位", "配合单位", None],
        [43, TEXT, "县水利局", "县人社局", "2015-11-30"],
    ]
    return table(rows)


def on_the_second_sheet():
    made = openpyxl.Workbook()
    made.active.title = "填表说明"
    made.active.append(["一、本表由各单位填写，完成时限按方案。"])
    page = made.create_sheet("任务分解")
    for row in (
        ["任务分解表"],
        ["编号", "任务内容", "牵头单位", "配合单位", "完成时限"],
        [43, TEXT, "县水利局", "县人社局", "2015-11-30"],
    ):
        page.append(row)
    made.create_sheet("隐藏").sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def drawn_by_ourselves():
    heads = (
        Head("编号", 7),
        Head("任务内容", 62),
        Head("牵头单位", 16, group="责任单位"),
        Head("配合单位", 24, group="责任单位"),
        Head("完成时限", 12, "date"),
    )
    return workbook(
        Sheet(
            "任务分解表", "任务分解表", heads, [("43", TEXT, "县水利局", "县人社局", "2015-11-30")], foot=("填表人：",)
        )
    )


def dressed_with_empty_columns_and_rows():
    """Columns and rows left empty between, texts centred, numbers kept as text."""
    made = openpyxl.Workbook()
    page = made.active
    for row in (
        [],
        [],
        [None, "编号", None, "任务内容", "牵头责任单位", None, "配合责任单位", "完成时限（年月日）"],
        [],
        [None, "43", None, TEXT, " 县水利局 ", None, "县人社局", "2015-11-30 "],
    ):
        page.append(row)
    for cell in page[3]:
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


TABLES = [
    plain_breakdown,
    titled_with_two_row_heads,
    reordered_with_other_words,
    list_of_three_columns,
    units_in_one_column,
    rows_merged_over_several_standards,
    notes_below_and_heads_repeated,
    unmerged_two_row_heads,
    on_the_second_sheet,
    drawn_by_ourselves,
    dressed_with_empty_columns_and_rows,
]


@pytest.fixture
def desk(office, sign_in, task, water):
    return sign_in(office)


def understood(desk, plan, content):
    result = preview(desk, "breakdown", content, plan)
    assert (result.missing, result.faults, states(result)) == ([], [], ["修改"])
    (row,) = result.rows
    wanted = row.wanted
    assert row.original.number == "43"
    assert wanted["lead"].name == "县水利局"
    assert wanted["supports"][0].name == "县人社局"
    assert f"{wanted['due_on']}" == "2015-11-30"
    return row


@pytest.mark.parametrize("draw", TABLES)
def test_a_table_maps_as_it_came(desk, plan, draw):
    understood(desk, plan, draw())


def test_what_stands_in_the_rows_of_one_task_is_joined(desk, plan):
    row = understood(desk, plan, rows_merged_over_several_standards())
    assert row.wanted["standard"] == "平台招标\n数据接入\n平台上线"
    assert [unit.name for unit in row.wanted["supports"]] == ["县人社局", "县民政局"]


def test_standards_and_sections_are_found(desk, plan):
    assert understood(desk, plan, titled_with_two_row_heads()).wanted["standard"] == "平台上线"


def test_columns_said_in_other_words_are_found(desk, plan):
    rows = [
        ["序号", "责任单位", "具体任务", "时间要求", "备注", "标准要求"],
        [43, "县水利局、县人社局", TEXT, "11月底", "", "上线"],
    ]
    result = preview(desk, "breakdown", table(rows), plan)
    assert (result.faults, result.layout.ignored) == ([], ["备注"])
    assert result.rows[0].wanted["standard"] == "上线"


def test_a_day_that_no_year_has_is_a_fault_and_a_column_not_found_is_named(desk, plan):
    rows = [
        ["编号", "牵头单位", "完成时限", "干什么"],
        [43, "县水利局", "13月底", TEXT],
        [99, "县水利局", "11月底", "新任务。"],
    ]
    first, second = preview(desk, "breakdown", table(rows), plan).faults
    assert (first.value, first.sentence) == ("13月底", "看不出是哪一天，请写成2015-10-31的样子。")
    assert "没有认出“任务内容”一列" in second.sentence


@pytest.fixture(scope="session")
def resaved(tmp_path_factory):
    """All tables saved anew by LibreOffice, in one go."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "out").mkdir()
    for draw in TABLES:
        (folder / f"{draw.__name__}.xlsx").write_bytes(draw())
    command = [
        SOFFICE,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    files = sorted(map(str, folder.glob("*.xlsx")))
    subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=180)
    return folder / "out"


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("draw", TABLES)
def test_a_table_maps_saved_by_another_program(desk, plan, resaved, draw):
    understood(desk, plan, (resaved / f"{draw.__name__}.xlsx").read_bytes())


def test_annex_two_with_its_own_heads(desk, plan, civil):
    Group.objects.create(plan=plan, kind="LEADING", name="株洲县“项目突破年”活动领导小组")
    rows = [
        ["附件2"],
        ["株洲县“项目突破年”活动领导小组成员名单"],
        ["序号", "领导小组职务", "姓　名", "工作单位", "现任职务", "备注"],
        [1, "组　长", "甲某", None, "县委副书记、县长", None],
        [2, "成　员", "乙某", "县民政局", "局长", None],
    ]
    result = preview(desk, "members", table(rows, ["A2:F2"]), plan)
    assert (result.faults, states(result)) == ([], ["新增", "新增"])
    assert result.layout.fields == ("", "post", "name", "unit", "title", "")


def test_a_table_of_figures_with_its_own_heads(desk, plan):
    Indicator.objects.create(plan=plan, name="固定资产投资", target=100, unit_of_measure="亿元")
    rows = [
        ["主要指标完成情况表"],
        ["计量单位：亿元"],
        ["序号", "指标名称", "年度目标", "完成情况", None, None, "来源"],
        [None, None, None, "1月", "2月份", "2015年3月", None],
        [1, "固定资产投资", 100, 8.1, "8.25", "", "统计局"],
    ]
    merge = ["A1:G1", "A2:G2", "D3:F3", *(f"{letter}3:{letter}4" for letter in "ABCG")]
    result = preview(desk, "readings", table(rows, merge), plan)
    assert (result.faults, states(result)) == ([], ["新增", "新增"])
    assert [f"{row.wanted['value']}" for row in result.rows] == ["8.10", "8.25"]


def test_a_list_of_units_with_its_own_heads(sign_in, admin, civil):
    rows = [
        ["各单位联络员名单"],
        ["序号", "责任单位", "主要领导", None, "分管领导", None, None, "联络员", None, None],
        [None, None, "姓名", "联系电话", "姓名", "职务", "手机号码", "姓名", "职务", "电话"],
        [1, "县民政局", "甲某", "0731-27610000", "乙某", "副局长", "13800000001", "丙某", "主任", "13800000002"],
    ]
    result = preview(sign_in(admin), "units", table(rows, ["A1:J1", "C2:D2", "E2:G2", "H2:J2", "A2:A3", "B2:B3"]))
    assert (result.faults, result.layout.ignored, states(result)) == ([], ["序号"], ["修改"])
    assert {head: new for head, _, new in result.rows[0].changes} == {
        "主要领导姓名": "甲某",
        "主要领导联系电话": "0731-27610000",
        "分管领导姓名": "乙某",
        "分管领导职务": "副局长",
        "分管领导联系电话": "13800000001",
        "联络员姓名": "丙某",
        "联络员职务": "主任",
        "联络员联系电话": "13800000002",
    }


def test_a_table_of_projects_with_groups_and_their_sums(desk, plan, civil):
    rows = [
        ["重点项目分解表", None, None, None, None],
        ["序号", "项目名称", "责任单位", "总投资（万元）", "完成时限"],
        ["合计（3个）", None, None, 300_000, None],
        ["一、工业项目（小计2个）", None, None, 180_000, None],
        ["51", "某产业园一期工程。", "县水利局", 100_000, "十一月底"],
        ["52", "某产业园二期工程。", "县水利局、县民政局", 70_000, "年底"],
        ["二、农业项目（1个）", None, None, 120_000, None],
        ["53", "某灌区改造。", "县水利局", 120_000, "9月20"],
    ]
    result = preview(desk, "breakdown", table(rows, ["A1:E1"]), plan)
    assert (result.faults, [row.label.split()[0] for row in result.rows]) == ([], ["51", "52", "53"])
    assert [(row.number, row.differs) for row in result.differing] == [
        (3, "这里写的是300000，下属各行相加是290000"),
        (4, "这里写的是180000，下属各行相加是170000"),
    ]
    page = desk.get(waiting()).content.decode()
    assert "有 <b>2</b> 行小计、合计与各行对不上" in page
    assert "这里写的是180000，下属各行相加是170000" in page


def test_members_merged_by_name_keep_both_posts_and_their_count_is_checked(desk, plan, civil):
    Group.objects.create(plan=plan, kind="LEADING", name="某某县“项目突破年”活动领导小组")
    rows = [
        ["领导小组职务", "姓　名", "工作单位", "现任职务"],
        ["组　长", "甲　某", None, "县长"],
        ["副组长", "乙某某", "县民政局", "局长"],
        ["办公室主任", None, None, None],
        ["合计：3人"],
    ]
    result = preview(desk, "members", table(rows, ["B3:B4", "C3:C4", "D3:D4"]), plan)
    assert [(row.values["post"], row.values["name"], row.values["title"]) for row in result.rows] == [
        ("组长", "甲某", "县长"),
        ("副组长", "乙某某", "局长"),
        ("办公室主任", "乙某某", "局长"),
    ]
    assert (result.faults, result.differing) == ([], [])


def test_figures_down_the_months_of_one_merged_indicator(desk, plan):
    Indicator.objects.create(plan=plan, name="固定资产投资", target=100, unit_of_measure="亿元")
    rows = [
        ["单位：万元"],
        ["指标", "统计月份", "完成数", "来源"],
        ["固定资产投资", "一月", 81_000, "统计局"],
        [None, "二月", "8.25亿元", None],
        [None, "三月", "—", None],
    ]
    result = preview(desk, "readings", table(rows, ["A3:A5", "D3:D5"]), plan)
    assert [(row.values["month"].month, row.wanted.get("value")) for row in result.rows if row.wanted] == [
        (1, Decimal("8.1")),
        (2, Decimal("8.25")),
    ]
    assert [fault.sentence for fault in result.faults] == ["请填写数值。"]
