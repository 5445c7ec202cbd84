"""Lists of key projects as counties draw them: each layout is read whole, and what cannot be read is listed, not guessed."""

import io
from decimal import Decimal

import openpyxl
import pytest

from tasks.models import Measure, Project
from tests.portal.views.sheets import preview, states, take, told, undo, waiting, write

UNITS = ("县水利局", "县交通局", "县住建局", "县城管局")
TOWNS = ("甲乡", "乙镇", "丙乡")


@pytest.fixture
def desk(programme, make_unit, make_user, sign_in):
    for name in UNITS:
        make_unit(name)
    for name in TOWNS:
        make_unit(name, "TOWNSHIP")
    make_unit("经开区管委会", "PARK")
    return sign_in(make_user("programme", "OFFICE", programme.office))


def workbook(*pages):
    """The bytes of a workbook of (title, rows, merged cells)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows, merged in pages:
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
        for area in merged:
            page.merge_cells(area)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def look(desk, programme, *pages):
    return preview(desk, "projects", workbook(*pages), programme)


def answer(desk, result, **answers):
    """Choose on the page: by the words a question or a fault begins with, the value of the choice."""
    page = desk.get(waiting())
    asked = [(each.text, box) for each, box in page.context["questions"]]
    asked += [(f"{fault.sheet}!{fault.letters}{fault.rows}", box) for fault, box in page.context["faults"] if box]
    sent = {}
    for words, value in answers.items():
        found = [box for text, box in asked if words in text]
        assert found, (words, [text for text, _ in asked])
        sent |= {box.html_name: value for box in found}
    desk.post(waiting() + "answers/", sent)
    return desk.get(waiting()).context["result"]


def wanted(result, name):
    return [(row.wanted["name"], row.wanted.get(name)) for row in result.rows]


def classes(result):
    return dict(wanted(result, "klass"))


def months(result, row=0, measure=Measure.INVESTED):
    values = {name[-2:]: value for name, value in result.rows[row].wanted.items() if name.startswith(measure)}
    return {int(month): value for month, value in values.items() if value is not None}


MONTHS = [f"{month}月" for month in range(1, 13)]
TWELVE = [None, None, *[10] * 9, None]


def yearly():
    """附件3 and 附件4: two-row heads with years, groups in groups, months across, contracts with stages in a sheet of their own."""
    head = [
        "序号",
        "项目名称",
        "建设地点",
        "总投资",
        "至2014年底\n累计完成投资",
        "2015年\n计划投资",
        "2015年分月计划投资",
    ]
    head += [None] * 11 + [
        "拟开工时间",
        "拟竣工时间",
        "年度目标",
        "服务责任单位",
        None,
        "项目\n特派员",
        "联系\n县级领导",
    ]
    second = [None] * 6 + MONTHS + [None] * 3 + ["单位名称", "责任人"]
    rest = ["2015年3月", "2016.11", "主体完工", "县水利局", "某局长", "张三、李四", "王县长"]
    rows = [
        ["附件3"],
        ["某县2015年重点建设项目工作安排表"],
        ["填报单位：县重点办　　2015年3月　　单位：万元"],
        head,
        second,
        ["合计（4个）", None, None, 12_610, 500, 360, *[None] * 2, *[40] * 9],
        ["一、重点新开工项目（1个）", None, None, 100, None, 90, *[None] * 2, *[10] * 9],
        [1, "示例\n水库（一期）", "甲乡", "１００", "/", " 90 ", *TWELVE, *rest],
        ["二、重点续建项目（2个）", None, None, 12_500, 500, 180],
        ["（一）竣工投产项目小计（2个）", None, None, 12_500, 500, 180],
        [
            2,
            "示例公路",
            "甲乡、乙镇",
            "1.2亿",
            500,
            90,
            *TWELVE,
            "2013年9月",
            "2015年9月",
            "竣工投产",
            "县住建局、县城管局",
        ],
        [3, "示例桥", "经开区", "500", None, 90, *TWELVE, None, "3月底", None, "县交通局"],
        ["三、重点招商履约项目（1个）", None, None, 10, None, 90],
        [4, "示例厂房", "丙乡", 10, None, 90, *TWELVE, None, None, "履约落地", "县住建局"],
        ["注：1.本表均为示例；2.续建项目按年初数。"],
        ["填表人：张　审核人：李"],
    ]
    merged = ["A2:Y2", "A3:Y3", "G4:R4", "V4:W4", *(f"{letter}4:{letter}5" for letter in "ABCDEFSTUXY")]
    merged += ["A6:C6", "A7:C7", "A9:C9", "A10:C10", "A13:C13", "A15:Y15"]
    contracts = [
        ["附件4"],
        ["某县项目履约落地责任表"],
        ["单位：万元、亩"],
        [
            "序号",
            "项目名称",
            "签约时间",
            "合同总投资",
            "投资方",
            "用地面积",
            "履约阶段目标",
            None,
            None,
            None,
            "牵头责任单位",
        ],
        [None] * 6 + ["一季度", "二季度", "三季度", "四季度"],
        [1, "示例厂房", "2014年9月9日", 10, "某公司", 52, "公司注册", "供地", "开工建设", "基础完工", "县交通局"],
    ]
    more = ["A2:K2", "G4:J4", *(f"{letter}4:{letter}5" for letter in "ABCDEFK")]
    return [("附件3", rows, merged), ("附件4", contracts, more), ("Sheet3", [], [])]


def test_the_years_list_with_its_contracts(desk, programme):
    result = look(desk, programme, *yearly())
    assert (result.missing, result.faults, result.open_questions) == ([], [], [])
    assert classes(result) == {
        "示例水库（一期）": "新开工",
        "示例公路": "续建",
        "示例桥": "续建",
        "示例厂房": "招商履约",
    }
    assert wanted(result, "total") == [
        ("示例水库（一期）", 100),
        ("示例公路", 12_000),
        ("示例桥", 500),
        ("示例厂房", 10),
    ]
    assert months(result) == dict.fromkeys(range(3, 12), 10)
    road, plant = result.rows[1].wanted, result.rows[3].wanted
    assert ([*map(str, road["units"])], [*map(str, road["helpers"])]) == (["县住建局"], ["县城管局"])
    assert [*map(str, road["places"])] == ["甲乡", "乙镇"]
    assert [*map(str, result.rows[2].wanted["places"])] == ["经开区管委会"]
    assert (plant["contract_sum"], plant["contract_land"], plant["q3"], str(plant["stage_unit"])) == (
        10,
        52,
        "开工建设",
        "县交通局",
    )
    assert any("1.2亿 → 12000万元" in note for note in result.rows[1].notes)


def test_it_is_written_once_changes_nothing_again_and_can_be_taken_back(desk, programme):
    content = workbook(*yearly())
    found = take(desk, "projects", content, programme)
    assert found.counts["新增"] == 4
    road = Project.objects.get(name="示例公路")
    assert (road.klass, road.total, road.year_plan, road.before) == ("CONTINUED", 12_000, 90, 500)
    assert (road.task.lead.name, [unit.name for unit in road.task.supports]) == ("县住建局", ["县城管局"])
    assert road.sums(Measure.INVESTED) == (90, 0)
    nodes = {node.title: (str(node.due_on), node.goal, node.done_on) for node in road.task.milestones.all()}
    assert nodes["竣工"] == ("2015-09-30", True, None)
    assert nodes["开工"][2] is not None
    again = preview(desk, "projects", content, programme)
    assert (again.faults, again.open_questions, set(states(again))) == ([], [], {"没有变化"})
    assert undo(desk, found) == ["已撤销这次导入，改动过的内容恢复原值，新增的已移除。"]
    assert not Project.objects.exists()


def test_a_change_is_written_and_taken_back(desk, programme):
    take(desk, "projects", workbook(*yearly()), programme)
    pages = yearly()
    pages[0][1][10][5], pages[0][1][10][8] = 95, 15
    pages[0][1][9][5] = pages[0][1][8][5] = 185
    pages[0][1][5][5], pages[0][1][5][8] = 365, 45
    found = take(desk, "projects", workbook(*pages), programme)
    road = Project.objects.get(name="示例公路")
    assert (road.year_plan, road.sums(Measure.INVESTED)[0]) == (95, 95)
    undo(desk, found)
    road = Project.objects.get(name="示例公路")
    assert (road.year_plan, road.sums(Measure.INVESTED)[0]) == (90, 90)


def test_a_list_of_works_with_one_unit_below_the_other(desk, programme):
    """岳阳: 2015年工作 over its plan and its content; 基础设施 as a group; two units in two lines of one cell."""
    rows = [
        ["2015年重点续建项目计划表"],
        [None] * 8 + ["单位：亿元"],
        [
            "序号",
            "项目名称",
            "建设性质",
            "建设地点",
            "建设规模和内容",
            "总投资",
            "累计投资",
            "2015年工作",
            None,
            "责任单位",
            "业主单位",
        ],
        [None] * 7 + ["计划投资", "主要建设内容"],
        ["合计", "2个", None, None, None, 3.5, 1.2, 1.3],
        ["一、基础设施（1个）", None, None, None, None, 2, 1.2, 0.8],
        [1, "示例大道", "续建", "甲乡", "全长6公里", 2, 1.2, 0.8, "完成路基", "县住建局\n县城管局", "某公司"],
        ["二、社会公益（1个）", None, None, None, None, 1.5, None, 0.5],
        [2, "示例中学", "续建", "乙镇", "建筑面积2万平方米", 1.5, "—", "5000万元", "主体完工", "县住建局", "某局"],
    ]
    result = look(desk, programme, ("计划", rows, ["A1:K1", "H3:I3"]))
    assert (result.missing, result.faults, result.open_questions) == ([], [], [])
    assert wanted(result, "year_plan") == [("示例大道", 8000), ("示例中学", 5000)]
    assert wanted(result, "before") == [("示例大道", 12_000), ("示例中学", None)]
    assert wanted(result, "goal_words") == [("示例大道", "完成路基"), ("示例中学", "主体完工")]
    assert wanted(result, "sector") == [("示例大道", "基础设施"), ("示例中学", "社会公益")]
    assert [str(unit) for unit in result.rows[0].wanted["helpers"]] == ["县城管局"]
    assert set(classes(result).values()) == {"续建"}


def test_a_sheet_for_each_stage_is_asked_what_class_it_is(desk, programme):
    """漳州: stages as sheets, 13个 in the name column, marks before names, 8月 over 当月完成投资额 and 形象进度."""
    head = [
        "序号",
        "项目名称",
        "项目性质",
        "建设起止时间",
        "总投资（万元）",
        "至2014年底累计完成投资（万元）",
        "2015年计划投资（万元）",
    ]
    head += ["8月", None, "9月", None, "项目业主单位", None, None, "市或县挂钩责任单位", None, "市或县挂钩领导"]
    second = (
        [None] * 7 + ["当月完成投资额（万元）", "形象进度"] * 2 + ["业主名称", "联系人", "电话", "单位名称", "责任人"]
    )
    merged = ["A1:Q1", "H2:I2", "J2:K2", "L2:N2", "O2:P2", *(f"{letter}2:{letter}3" for letter in "ABCDEFGQ")]

    def page(stage, number, name, *money):
        row = [number, name, "新建", "2013.10-2015.12", *money, money[2] - 4, "基础", 4, "封顶"]
        return (
            stage,
            [
                [f"2015年{stage}项目目标责任制表"],
                head,
                second,
                ["合计", "1个", None, None, *money],
                [*row, "某公司", "赵六", "13800000000", "县水利局", "局长", "王县长"],
                ["注：带★的为省重点项目"],
            ],
            merged,
        )

    pages = [
        page("加速开工", 1, "★示例一厂", 100, 10, 20),
        page("加速报批", 1, "示例二厂", 200, 0, 30),
        ("Sheet2", [[None]], []),
    ]
    result = look(desk, programme, *pages)
    assert [each.text for each in result.open_questions] == [
        "“2015年加速开工项目目标责任制表”的项目是哪一类？",
        "“2015年加速报批项目目标责任制表”的项目是哪一类？",
    ]
    result = answer(desk, result, 加速开工="NEW", 加速报批="PREPARED")
    assert (result.faults, result.is_sound) == ([], True)
    assert classes(result) == {"示例一厂": "新开工", "示例二厂": "前期推进"}
    assert (months(result, 0), months(result, 1)) == ({8: 16, 9: 4}, {8: 26, 9: 4})
    first = result.rows[0].wanted
    assert (first["labels"], first["contacts"], first["years"]) == (("省重点",), ("赵六",), "2013.10-2015.12")
    assert (str(first["units"][0]), first["leaders"], first["owner"]) == ("县水利局", ("王县长",), "某公司")


def test_a_table_of_what_was_done_gives_no_plan(desk, programme):
    """南平: 合计, 其中, 一、, （一） in turn; done months and shares are no plan and are named as not taken."""
    rows = [
        ["2015年1-3月重点项目（在建、预备）完成情况一览表"],
        [
            "序号",
            "项目名称",
            "总投资（万元）",
            "开工至上一年度底累计完成投资",
            "2015年计划投资（万元）",
            "2015年实际完成情况",
            None,
            None,
        ],
        [None] * 5 + ["1-3月实际完成投资（万元）", "完成投资占年计划%", "3月完成投资"],
        ["合计（2项）", None, 30, 3, 9, 1, "11.1%", 1],
        ["其中：在建重点项目", None, 10, 3, 4],
        ["预备重点项目", None, 20, None, 5],
        ["一、市本级（2项）", None, 30, 3, 9],
        ["（一）在建（1项）", None, 10, 3, 4],
        [1, "示例渠", 10, 3, 4, 1, "25%", 1],
        ["（二）前期推进（1项）", None, 20, None, 5],
        [2, "示例坝", 20, None, 5, None, None, None],
    ]
    result = look(desk, programme, ("一览表", rows, ["A1:H1", "F2:H2"]))
    assert (result.faults, result.open_questions) == ([], [])
    assert result.notices == ["工作表“一览表”有的金额列没有写单位（上年末累计投资（万元）），按同表其他列的万元读。"]
    assert classes(result) == {"示例渠": "续建", "示例坝": "前期推进"}
    assert (wanted(result, "before")[0], months(result)) == (("示例渠", 3), {})
    assert len(result.tables[0].layout.ignored) == 3


def test_months_below_each_other(desk, programme):
    """A row a project and month; the name stands once, merged or not."""
    rows = [
        ["新开工项目分月计划（单位：万元）"],
        ["项目名称", "年度计划投资", "月份", "当月计划投资", "责任单位"],
        ["示例塘", 30, "5月", 10, "县水利局"],
        [None, None, "6月", 20, None],
        ["示例闸", 7, "2015年7月", 7, "县水利局"],
        ["示例站", 9, "8月", 4, "县水利局"],
        ["示例站", 9, "9月", 5, "县水利局"],
    ]
    result = look(desk, programme, ("计划", rows, ["A3:A4", "B3:B4"]))
    assert (result.faults, result.open_questions) == ([], [])
    assert [months(result, place) for place in range(3)] == [{5: 10, 6: 20}, {7: 7}, {8: 4, 9: 5}]


def test_two_tables_of_one_sheet(desk, programme):
    rows = [
        ["表一：新开工项目", None, None],
        ["单位：万元"],
        ["序号", "项目名称", "总投资", "责任单位"],
        [1, "示例站", 10, "县水利局"],
        ["合计", None, 10, None],
        [],
        ["表二：前期研究项目"],
        ["单位：亿元"],
        ["项目名称", "估算投资", "建设年限", "牵头单位"],
        ["示例湖", 1.5, "“十三五”期间", "县水利局"],
    ]
    result = look(desk, programme, ("项目", rows, []))
    assert (result.faults, result.open_questions) == ([], [])
    assert classes(result) == {"示例站": "新开工", "示例湖": "前期研究"}
    assert wanted(result, "total") == [("示例站", 10), ("示例湖", 15_000)]


def package():
    return [
        ["新开工项目（单位：万元）"],
        ["序号", "项目名称", "总投资", "年度计划投资", *MONTHS[:3], "责任单位"],
        ["合计", "2个", 50, 20, None, None, 20],
        [1, "示例片区道路", 30, 10, None, None, 10, "县住建局"],
        [None, "（1）纵一路", 10, 4, None, None, 4, None],
        [None, "（2）横二路", 20, 6, None, None, 6, "县城管局"],
        [2, "示例桥", 20, 10, None, None, 10, "县住建局"],
    ]


def test_a_project_over_several_rows_is_asked_about_and_becomes_a_package(desk, programme):
    result = look(desk, programme, ("项目", package(), []))
    (question,) = result.open_questions
    assert "第4行“示例片区道路”下面像是它的子项目：第5行“纵一路”、第6行“横二路”" in question.text
    assert not result.is_sound
    result = answer(desk, result, 子项目="parts")
    assert (result.faults, result.is_sound) == ([], True)
    write(desk, result)
    whole = Project.objects.get(name="示例片区道路")
    assert [(part.name, part.task.lead.name, part.year_plan) for part in whole.parts.order_by("task__order")] == [
        ("纵一路", "县住建局", 4),
        ("横二路", "县城管局", 6),
    ]
    assert Project.objects.counted().count() == 2
    assert whole.sums(Measure.INVESTED)[0] == 10
    assert not whole.amounts.exists()


def test_parts_may_be_left_out_and_must_add_up(desk, programme):
    result = answer(desk, look(desk, programme, ("项目", package(), [])), 子项目="not")
    assert [row.label for row in result.rows] == ["示例片区道路", "示例桥"]
    rows = package()
    rows[4][3] = rows[4][6] = 5
    result = answer(desk, look(desk, programme, ("项目", rows, [])), 子项目="parts")
    assert told(result) == {(4, "D"): "整个项目写的是10万元，各子项目相加是11万元，请核对。"}


BAD = [
    ["新开工项目"],
    ["单位：万元"],
    ["序号", "项目名称", "总投资", "年度计划投资", "1月", "2月", "拟开工时间", "责任单位"],
    ["合计（7个）", None, 500, 107],
    [1, "示例甲", "约3000", 10, 5, 5, "2015.3", "县水利局"],
    [2, "示例乙", "/", 10, "—", 10, "3月底", "县水务局"],
    [3, "示例丙", 100, 10, 5, 4, "十三五期间", "县水利局"],
    [4, "示例丁", "三千多", 10, None, 10, None, "县水利局"],
    [5, "示例甲", 100, 10, None, 10, None, "县水利局"],
    [6, "示例己", 100, 50, None, "#REF!", 2015.1, "县水利局"],
    [None, "示例庚", 100, 7, None, 7, None, "县水利局"],
    [7, None, 100, 7, None, 7, None, "县水利局"],
]


def test_each_fault_is_named_with_its_place_and_what_to_do(desk, programme):
    result = look(desk, programme, ("表", BAD, []))
    found = told(result)
    assert set(found) >= {(5, "C"), (6, "H"), (7, "D"), (7, "G"), (8, "C"), (9, "B"), (10, "F"), (10, "G"), (12, "B")}
    assert "相近的有：县水利局" in found[6, "H"]
    assert found[7, "D"] == "各月计划投资相加是9万元，年度计划投资是10万元，请改成一致。"
    assert found[9, "B"] == "与第5行重复，请只保留一行。"
    assert not result.is_sound
    desk.post(waiting() + "write/", {"seen": result.fingerprint})
    assert not Project.objects.exists()
    page = desk.get(waiting()).content.decode()
    assert "这一格不导入" in page
    assert desk.get(waiting() + "marked.xlsx").status_code == 200


def test_faults_may_be_left_out_by_choice(desk, programme):
    rows = [*BAD[:3], ["合计（2个）", None, 5, 21], BAD[4], [2, "示例乙", 6, 11, None, 10, "十三五期间", "县水利局"]]
    result = look(desk, programme, ("表", rows, []))
    assert set(told(result)) == {(5, "C"), (6, "D"), (6, "G")}
    result = answer(desk, result, **{"表!C5": "cell", "表!D6": "row"})
    assert [row.label for row in result.rows] == ["示例甲"]
    assert result.is_sound
    desk.post(waiting() + "answers/", {"clear": "1"})
    assert set(told(desk.get(waiting()).context["result"])) == {(5, "C"), (6, "D"), (6, "G")}


def test_a_sum_that_is_not_its_rows_is_a_fault_until_somebody_says_that_the_rows_hold(desk, programme):
    rows = [*BAD[:3], ["合计（2个）", None, 300, 20], [1, "示例甲", 100, 20, 10, 10, None, "县水利局"]]
    result = look(desk, programme, ("表", rows, []))
    assert [(fault.place, fault.head, fault.value) for fault in result.faults] == [
        ("第4行", "个数", "2"),
        ("C4", "总投资（万元）", "300"),
    ]
    result = answer(desk, result, **{"表!4": "keep", "表!C4": "keep"})
    assert result.is_sound


def test_money_without_a_unit_is_asked_about(desk, programme):
    rows = [["新开工项目"], ["项目名称", "总投资", "责任单位"], ["示例甲", 1.5, "县水利局"]]
    result = look(desk, programme, ("表", rows, []))
    assert "没有写明金额的单位" in result.open_questions[0].text
    result = answer(desk, result, 没有写明金额的单位="亿元")
    assert (wanted(result, "total"), result.is_sound) == ([("示例甲", Decimal(15_000))], True)


def test_another_class_and_another_project_of_the_name_are_asked_about(desk, programme):
    take(desk, "projects", workbook(*yearly()), programme)
    rows = [
        ["续建项目（单位：万元）"],
        ["项目名称", "总投资", "建设地点", "业主单位", "责任单位"],
        ["示例水库（一期）", 777, "丙乡", "别的公司", "县交通局"],
    ]
    result = look(desk, programme, ("表", rows, []))
    sentences = " ".join(fault.sentence for fault in result.faults)
    assert "系统中是“新开工”，表中是“续建”" in sentences
    assert "与系统中K01同名" in sentences


def test_what_is_new_later_is_asked_since_when(desk, programme):
    take(desk, "projects", workbook(*yearly()), programme)
    rows = [["续建项目（单位：万元）"], ["项目名称", "总投资", "责任单位"], ["示例新桥", 77, "县交通局"]]
    result = look(desk, programme, ("表", rows, []))
    assert [each.key for each in result.open_questions] == ["since"]
    write(desk, answer(desk, result, 怎么列入="2015-07"))
    project = Project.objects.get(name="示例新桥")
    assert (str(project.listed_from), project.first_total) == ("2015-07-01", None)


def test_the_first_list_of_a_plan_sets_its_classes_and_sectors_up(desk, programme):
    programme.class_rules.all().delete()
    programme.cause_rules.all().delete()
    programme.sectors.all().delete()
    rows = [["新开工项目（单位：万元）"], ["序号", "项目名称", "行业", "总投资"], [1, "示例站", "农业", 10]]
    take(desk, "projects", workbook(("表", rows, [])), programme)
    project = Project.objects.get()
    assert (project.sector.name, project.action.number) == ("农业", "(一)")


def test_hidden_rows_and_a_table_left_out(desk, programme):
    made = openpyxl.load_workbook(io.BytesIO(workbook(*yearly())))
    made["附件3"].row_dimensions[11].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    result = preview(desk, "projects", stream.getvalue(), programme)
    assert result.notices == ["工作表“附件3”隐藏了1行（11），已一并读入。"]
    page = desk.get(waiting())
    form = page.context["forms"][1]
    data = {each.html_name: each.value() or "" for each in form if each.name != "taken"} | {"table": "1"}
    assert desk.post(waiting() + "mapping/", data).status_code == 302
    result = desk.get(waiting()).context["result"]
    assert (len(result.tables), "q1" in result.rows[3].wanted) == (1, False)
    assert "没有读的工作表：附件4。" in result.notices


def test_the_sheet_of_what_is_on_record_comes_back_unchanged(desk, programme):
    take(desk, "projects", workbook(*yearly()), programme)
    content = desk.get(f"/imports/template/projects/?filled=1&plan={programme.pk}")
    body = b"".join(content.streaming_content) if content.streaming else content.content
    result = preview(desk, "projects", body, programme)
    assert (result.faults, result.open_questions, set(states(result))) == ([], [], {"没有变化"})


def test_a_row_without_a_number_below_a_numbered_one_is_asked_about(desk, programme):
    rows = package()
    rows[4][1], rows[5][1] = "纵一路", "横二路"
    result = look(desk, programme, ("项目", rows, []))
    assert "第5行“纵一路”、第6行“横二路”" in result.open_questions[0].text
    assert result.faults == []


def test_a_table_that_counts_projects_is_not_read(desk, programme):
    summary = [["汇总表（单位：万元）"], ["项目名称", "项目个数", "总投资"], ["新开工项目", 1, 10], ["续建项目", 3, 90]]
    rows = [
        ["新开工项目（单位：万元）"],
        ["序号", "项目名称", "总投资", "责任单位"],
        [1, "示例站", 10, "县水利局/县城管局"],
        [2],
    ]
    result = look(desk, programme, ("汇总", summary, []), ("新开工", rows, []))
    assert (result.faults, [row.label for row in result.rows]) == ([], ["示例站"])
    assert [str(unit) for unit in result.rows[0].wanted["helpers"]] == ["县城管局"]
    assert result.notices == ["没有读的工作表：汇总。"]


def test_a_card_of_one_project_is_not_read_as_a_list(desk, programme):
    card = [
        ["前期工作台账"],
        ["项目名称", "示例水厂", None, "业主单位", "某公司"],
        ["项目总投资（亿元）", 1.2],
        ["业主单位", "某局"],
    ]
    result = look(desk, programme, ("台账", card, []))
    assert (result.tables, result.rows) == ([], [])
    assert "列的对应" in desk.get(waiting()).content.decode()


def test_an_investors_list_numbered_in_brackets(desk, programme):
    rows = [
        ["2015年招商项目汇总表"],
        ["单位：亿元"],
        ["序号", "项目名称", "属地", "估算投资", "承办单位"],
        ["一", "已签约项目（2个）", None, 3.5],
        ["（一）", "工业", None, 1.5],
        ["(1)", "示例机械厂", "甲乡", 1.5, "县水利局"],
        ["（二）", "农业", None, 2],
        ["(1)", "示例农庄", "乙镇/丙乡", 2, "县交通局"],
    ]
    result = look(desk, programme, ("招商", rows, []))
    assert (result.faults, result.open_questions) == ([], [])
    assert wanted(result, "sector") == [("示例机械厂", "工业"), ("示例农庄", "农业")]
    assert wanted(result, "total") == [("示例机械厂", 15_000), ("示例农庄", 20_000)]
    assert set(classes(result).values()) == {"招商履约"}


def test_a_sum_that_could_not_be_compared_is_said(desk, programme):
    rows = [*BAD[:3], ["合计（1个）", None, 500, 10], BAD[4]]
    result = look(desk, programme, ("表", rows, []))
    assert result.notices == ["工作表“表”第4行“合计（1个）”的总投资（万元）没有核对：这一列有没读出的数。"]
