"""Tables of tasks: with tabs between the cells, or flattened to text with blanks, with lines, or with nothing."""

import pytest

from tasks.reader.columns import column_of, head_run
from tests.reading import read

TABBED = (
    "2016年重点工作任务分解表\n"
    "序号\t工作任务\t牵头单位\t责任单位\t完成时限\t备注\n"
    "一、经济发展\n"
    "1\t实施项目建设，完成投资10亿元\t县发改局\t县财政局、县住建局\t2016年12月底前\t\n"
    "2\t培育规上企业5家\t县经信局\t各乡镇\t10月底\t\n"
    "二、民生事业\t\t\t\t\t\n"
    "3\t新建公办幼儿园2所\t县教育局\t\t\t重点\n"
)


def rows_of(text):
    return [(task.number, task.section, task.text, task.lead, task.support) for task in read(text).plans[0].tasks]


def test_cells_between_tabs():
    plan = read(TABBED).plans[0]
    assert [(section.number, section.title) for section in plan.sections] == [("一", "经济发展"), ("二", "民生事业")]
    assert rows_of(TABBED) == [
        ("1", "一", "实施项目建设，完成投资10亿元", ("县发改局",), ("县财政局", "县住建局")),
        ("2", "一", "培育规上企业5家", ("县经信局",), ("各乡镇",)),
        ("3", "二", "新建公办幼儿园2所", ("县教育局",), ()),
    ]
    assert [str(task.due_on) for task in plan.tasks] == ["2016-12-31", "2016-10-31", ""]
    assert [TABBED[slice(*task.span)][:3] for task in plan.tasks] == ["1\t实", "2\t培", "3\t新"]


def test_columns_in_another_order_and_a_category_column():
    text = "类别\t责任单位\t工作内容\t序号\n城建\t县住建局牵头，县城管局配合\t1.改造管网\t1\n\t县交通局\t2.拓宽道路\t2\n教育\t县教育局\t3.新建学校\t3\n"
    assert rows_of(text) == [
        ("1", "", "改造管网", ("县住建局",), ("县城管局",)),
        ("2", "", "拓宽道路", (), ()),
        ("3", "", "新建学校", (), ()),
    ]
    assert [section.title for section in read(text).plans[0].sections] == ["城建", "教育"]


def test_heads_repeated_on_the_next_page_are_no_row():
    head = "序号\t工作任务\t责任单位\n"
    text = f"{head}1\t修路\t县交通局\n{head}2\t治水\t县水利局\n"
    assert [row[0] for row in rows_of(text)] == ["1", "2"]


def test_a_table_without_known_heads_is_text():
    text = "甲\t乙\n1\t2\n一、任务\n1.修路。（责任单位：县交通局）"
    assert [row[2] for row in rows_of(text)] == ["修路。"]


def test_each_cell_on_a_line_of_its_own():
    cells = "序号 工作任务 牵头单位 责任单位 完成时限 1 完成投资10亿元 县发改局 县财政局、县住建局 2016年12月底前 2 培育企业5家 县经信局 各乡镇 10月底"
    text = "2016年任务分解表\n" + "\n".join(cells.split())
    assert rows_of(text) == [
        ("1", None, "完成投资10亿元", ("县发改局",), ("县财政局", "县住建局")),
        ("2", None, "培育企业5家", ("县经信局",), ("各乡镇",)),
    ]
    assert [task.deadline for task in read(text).plans[0].tasks] == ["2016年12月底前", "10月底"]


def test_cells_with_blanks_between_them_and_a_verb_that_tells_the_lead():
    text = (
        "某局分解表 工 作 任 务 县政府牵头部门 本局责任处（单位） 工　作　要　求 一、推进公开 （一）清单公开 "
        "1.公开权力清单 县审批局 县编办 办公室牵头，各处、单位配合落实 集中展示，动态更新。 "
        "2.公开抽查清单 法规处 牵头落实 明确依据。 "
        "（二）政策公开 3.公开政策解读 县政府办公室 （政务公开处） 办公室牵头落实 "
    )
    plan = read(text).plans[0]
    assert [(task.number, task.section, task.names, task.lead) for task in plan.tasks] == [
        ("1", "（一）", ("县审批局", "县编办", "办公室", "各处、单位"), ("办公室",)),
        ("2", "（一）", ("法规处",), ("法规处",)),
        ("3", "（二）", ("县政府办公室 （政务公开处）", "办公室"), ("办公室",)),
    ]
    assert plan.tasks[0].text == "公开权力清单 集中展示，动态更新。"


def test_cells_with_nothing_between_them():
    text = (
        "附件2022年任务分解表工作任务工作要求牵头单位配合/责任单位一、市场主体1.提振主体信心。 区直各有关单位，各片区管理局、各乡镇（街道）"
        "2.及时回应堵点问题。区发展局区审批局区直各有关单位，各片区管理局、各乡镇（街道）二、减税降费3.公开各项政策。区财政局区直各有关单位，各片区管理局"
        "二、减税降费4.推送政策。 各片区管理局"
    )
    others = ("区直各有关单位", "各片区管理局", "各乡镇（街道）")
    assert rows_of(text) == [
        ("1", "一", "提振主体信心。", (), others),
        ("2", "一", "及时回应堵点问题。", ("区发展局", "区审批局"), others),
        ("3", "二", "公开各项政策。", ("区财政局",), others[:2]),
        ("4", "二", "推送政策。", (), ("各片区管理局",)),
    ]
    assert [section.number for section in read(text).plans[0].sections] == ["一", "二"]


@pytest.mark.parametrize(
    ("head", "holds"),
    [
        ("序号", "NUMBER"),
        ("工 作 任 务", "TASK"),
        ("工作要求", "TEXT"),
        ("牵头单位", "LEAD"),
        ("县政府牵头部门", "LEAD"),
        ("配合/责任单位", "SUPPORT"),
        ("责任\n单位", "DUTY"),
        ("责任单位（科室）", "DUTY"),
        ("责任领导", "PEOPLE"),
        ("完成时限", "TIME"),
    ],
)
def test_heads(head, holds):
    assert column_of(head).holds == holds


def test_words_of_a_sentence_are_no_heads():
    assert column_of("为加快推进全县各项重点工作任务的落实，现制定本表") is None
    assert head_run("明确工作任务、责任单位和完成时限，确保落实。", 0, 23) is None
    assert head_run("工作任务：甲 责任单位：乙 完成时限：丙", 0, 20) is None


def test_a_table_parted_by_blanks_is_placed_by_its_heads():
    text = (
        "某区民生实事任务分解表\n序号 项目名称 建设内容 责任单位 完成时限 责任领导\n"
        "1 小区改造 改造小区15个 区住建局 11月底 王建国\n2 养老服务 新建中心6个 区民政局、各街道办事处 12月底 李春\n"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.text, task.names, task.deadline, task.leaders) for task in tasks] == [
        ("1", "小区改造 改造小区15个", ("区住建局",), "11月底", ("王建国",)),
        ("2", "养老服务 新建中心6个", ("区民政局", "各街道办事处"), "12月底", ("李春",)),
    ]


def test_cells_run_together_with_bare_numbers_and_deadlines():
    text = (
        "2022年任务分解表\n序号工作任务牵头单位责任单位完成时限一、优化服务1推进网办，办件率达100%。区审批局区直各有关单位2022年6月底前"
        "2新增套餐10个。区审批局区大数据局、区市监局2022年9月底前二、优化法治3保护知识产权。区市监局区法院、区公安局全年"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.section, task.lead, task.support, task.deadline) for task in tasks] == [
        ("1", "一", ("区审批局",), ("区直各有关单位",), "2022年6月底前"),
        ("2", "一", ("区审批局",), ("区大数据局", "区市监局"), "2022年9月底前"),
        ("3", "二", ("区市监局",), ("区法院", "区公安局"), "全年"),
    ]


def test_a_heading_before_each_of_several_tables_is_their_section():
    head = "序号\t任务内容\t牵头部门\t配合部门\n"
    text = f"某县清单\n一、产业\n{head}1\t建园\t农业局\t财政局\n二、生态\n{head}2\t改厕\t农业局\t各乡镇\n"
    plan = read(text).plans[0]
    assert [(task.number, task.section) for task in plan.tasks] == [("1", "一"), ("2", "二")]
    assert not plan.asides


def test_rows_without_numbers_parted_by_blanks():
    text = "某县任务分工表\n工作任务 责任单位 时限要求\n完成春耕20万亩。 县农业局、各乡镇 4月底前\n整修水库5座。 县水利局、有关乡镇 汛期前\n"
    tasks = read(text).plans[0].tasks
    assert [(task.text, task.names, task.deadline) for task in tasks] == [
        ("完成春耕20万亩。", ("县农业局", "各乡镇"), "4月底前"),
        ("整修水库5座。", ("县水利局", "有关乡镇"), "汛期前"),
    ]
    assert text[slice(*tasks[1].span)].startswith("整修水库")


def test_what_stands_behind_the_deadline_is_a_remark_or_the_next_category():
    text = (
        "任务清单\n类别序号工作任务责任单位完成时间开办企业1压缩开办时间。市市场监管局、市税务局2019年6月底前2推行电子执照。市市场监管局"
        "2019年12月底前获得电力3压减报装环节。市供电公司2019年6月底前"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.names, task.deadline) for task in tasks] == [
        ("1", ("市市场监管局", "市税务局"), "2019年6月底前"),
        ("2", ("市市场监管局",), "2019年12月底前"),
        ("3", ("市供电公司",), "2019年6月底前"),
    ]


def pairs_of(text):
    return [(task.number or task.text, task.names, task.lead) for task in read(text).plans[0].tasks]


def reasons_of(text):
    return [problem.reason for problem in read(text).problems]


NUMBERED = (
    "2017年旅游发展工作要点\n一、工作任务\n1．编制规划。（牵头单位：县旅游局；配合单位：县住建局）\n"
    "2．建设集散中心。（责任单位：县交通运输局）\n"
)


def test_a_timetable_beside_numbered_tasks_takes_none_of_them_and_is_told():
    text = (
        NUMBERED
        + "二、督查安排\n组别\t督查对象\t督查内容\t督查时间\n第一组\t各乡镇\t任务1进展\t5月10日\n第二组\t景区\t安全生产\t5月12日\n"
    )
    assert pairs_of(text) == [("1", ("县旅游局", "县住建局"), ("县旅游局",)), ("2", ("县交通运输局",), ())]
    assert [aside.title for aside in read(text).plans[0].asides] == ["督查安排"]
    assert any("表格里没有责任单位一栏" in reason for reason in reasons_of(text))


def test_a_table_before_numbered_tasks_is_read_with_them_and_asked_about():
    text = "附表：项目责任表\n项目\t责任单位\t时限\n湿地公园\t县林业局\t8月底\n古镇修缮\t县文体局\t10月底\n" + NUMBERED
    assert [unit for unit, *_ in pairs_of(text)] == ["湿地公园", "古镇修缮", "1", "2"]
    assert any("正文有2项、表格有2项任务" in reason for reason in reasons_of(text))


def test_a_table_that_repeats_the_numbered_tasks_holds_them_once():
    rows = "任务分解表\n序号\t工作任务\t牵头单位\t配合单位\n1\t编制规划。\t县旅游局\t县住建局\n2\t建设集散中心。\t县交通运输局\t\n"
    assert pairs_of(NUMBERED + rows) == [
        ("1", ("县旅游局", "县住建局"), ("县旅游局",)),
        ("2", ("县交通运输局",), ("县交通运输局",)),
    ]


def test_three_stretches_of_units_over_two_columns_leave_one_to_lead():
    text = (
        "2018年任务分解表 序号 工作任务 牵头单位 责任单位 工作要求 1 推进预决算公开 县财政局 各预算单位 9月底前全部公开 "
        "2 推进重大项目公开 县发改局 县住建局 县交通运输局 每季度更新"
    )
    assert pairs_of(text)[1] == ("2", ("县发改局", "县住建局", "县交通运输局"), ("县发改局",))


def test_cells_between_bars():
    text = (
        "某区任务分解表\n序号 | 任 务 名 称 | 牵 头 部 门 | 配 合 部 门 |\n--- | --- | --- | --- |\n"
        "1 | 改造小区 | 区住建局 | 各街道 |\n| 2 | 新增床位 | 区民政局 | |\n"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.text, task.lead, task.support) for task in tasks] == [
        ("1", "改造小区", ("区住建局",), ("各街道",)),
        ("2", "新增床位", ("区民政局",), ()),
    ]
    assert text[slice(*tasks[1].span)].startswith("| 2")
