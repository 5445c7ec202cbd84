"""Whole small documents: what is a section, what is a task, what is neither, and what is left for a person."""

import time

import pytest

from tasks.reader import as_dict
from tasks.reader import read as read_document
from tests.reading import read


def tasks_of(text):
    return [(task.number, task.section, task.text) for task in read(text).plans[0].tasks]


WHOLE = """某市人民政府办公室关于印发某市2020年政务服务提升工作方案的通知
某政办发〔2020〕12号

各县（市、区）人民政府：
根据《省政府办公厅关于印发某省政务服务方案的通知》（某政〔2019〕3号）精神，现印发给你们。
某市人民政府办公室
2020年4月2日

某市2020年政务服务提升工作方案

一、总体要求
坚持问题导向。
二、主要任务
（一）提升审批效率
1.压减时限。企业开办压缩至1个工作日。（牵头单位：市市场监管局；配合单位：市公安局、市税务局）
2.推行一窗受理。（牵头单位：市审批局；完成时限：6月底前）
（二）优化服务
1.完善平台。（牵头单位：市大数据局；配合单位：市财政局）
三、保障措施
（一）加强领导。各部门要高度重视。
（二）强化督查。市政府督查室定期督查。
附件：1.任务清单
"""


def test_a_whole_document_as_plain_values():
    assert as_dict(read_document(WHOLE)) == {
        "title": "某市2020年政务服务提升工作方案",
        "document_number": "某政办发〔2020〕12号",
        "plans": [
            {
                "kind": "OTHER",
                "title": "某市2020年政务服务提升工作方案",
                "sections": [
                    {"number": "（一）", "title": "提升审批效率"},
                    {"number": "（二）", "title": "优化服务"},
                ],
                "tasks": [
                    {
                        "number": "1",
                        "section": "（一）",
                        "text": "压减时限。企业开办压缩至1个工作日。",
                        "units": ["市市场监管局", "市公安局", "市税务局"],
                        "lead": ["市市场监管局"],
                        "support": ["市公安局", "市税务局"],
                        "deadline": "",
                        "points": [],
                    },
                    {
                        "number": "2",
                        "section": "（一）",
                        "text": "推行一窗受理。",
                        "units": ["市审批局"],
                        "lead": ["市审批局"],
                        "support": [],
                        "deadline": "6月底前",
                        "points": [],
                    },
                    {
                        "number": "1",
                        "section": "（二）",
                        "text": "完善平台。",
                        "units": ["市大数据局", "市财政局"],
                        "lead": ["市大数据局"],
                        "support": ["市财政局"],
                        "deadline": "",
                        "points": [],
                    },
                ],
            }
        ],
        "problems": [],
    }


def test_what_is_no_task_is_kept_apart_with_its_place():
    plan = read(WHOLE).plans[0]
    assert [(aside.number, aside.title, aside.line) for aside in plan.asides] == [
        ("一", "总体要求", 11),
        ("三", "保障措施", 19),
    ]


def test_day_of_issue_lines_and_spans():
    document = read(WHOLE)
    task = document.plans[0].tasks[1]
    assert (document.issued_on, task.due_on) == ("2020-04-02", "2020-06-30")
    assert WHOLE[slice(*task.span)] == "2.推行一窗受理。（牵头单位：市审批局；完成时限：6月底前）"


def test_paragraphs_in_a_list_are_read_like_lines():
    assert read(WHOLE.split("\n")) == read(WHOLE)


def test_the_same_without_line_breaks():
    filler = "为贯彻上级部署，结合我市实际，制定本方案。" * 12
    dense = " ".join(WHOLE.replace("坚持问题导向。", filler).split())
    assert [task[:2] for task in tasks_of(dense)] == [("1", "（一）"), ("2", "（一）"), ("1", "（二）")]
    assert [task.names for task in read(dense).plans[0].tasks] == [task.names for task in read(WHOLE).plans[0].tasks]
    assert read(dense).document_number == "某政办发〔2020〕12号"


def test_the_same_without_any_break():
    filler = "为贯彻上级部署，结合我区实际，制定本方案。" * 12
    text = (
        f"某区2018年实施方案{filler}一、重点任务（一）完善设施1.改造管网，提升能力。责任单位：区住建局配合单位：区财政局"
        "2.整治道路，更新设备。责任单位：区交通局（二）优化服务1.简化流程。责任单位：区审批局"
        "2.延长服务时间，方便三、四级伤残人员。责任单位：区政务中心、区人社局二、工作要求（一）加强领导。高度重视。（二）强化督查。"
    )
    plan = read(text).plans[0]
    assert [(task.number, task.section, task.names) for task in plan.tasks] == [
        ("1", "（一）", ("区住建局", "区财政局")),
        ("2", "（一）", ("区交通局",)),
        ("1", "（二）", ("区审批局",)),
        ("2", "（二）", ("区政务中心", "区人社局")),
    ]


def test_several_plans_in_one_notice():
    text = (
        "关于印发《某县2016年改革工作方案》、《某县2016年法治工作方案》的通知\n某县办〔2016〕1号\n某县委办公室\n2016年1月8日\n"
        "某县2016年改革工作方案\n一、重点任务\n（一）理顺体制。（责任单位：县编办）\n"
        "某县2016年法治工作方案\n一、指导思想\n坚持原则。\n二、主要任务\n（一）严格执法。一是完善程序。二是公开结果。\n（二）公正司法。\n"
        "三、工作要求\n（一）加强领导。\n"
    )
    document = read(text)
    reform, law = document.plans
    assert document.title == "关于印发《某县2016年改革工作方案》、《某县2016年法治工作方案》的通知"
    assert [(plan.kind, plan.title, plan.year) for plan in document.plans] == [
        ("REFORM", "某县2016年改革工作方案", 2016),
        ("LAW", "某县2016年法治工作方案", 2016),
    ]
    assert [task.number for task in reform.tasks] == ["（一）"]
    assert [(task.number, task.points) for task in law.tasks] == [
        ("（一）", ("一是完善程序。", "二是公开结果。")),
        ("（二）", ()),
    ]
    assert [problem.reason for problem in document.problems] == ["这一部分的2项任务都没有写明责任单位，待分解。"]


def test_numbers_that_run_on_make_a_task_of_the_one_without_units_too():
    text = "某市意见\n一、目标\n1.五年内达到先进水平。\n二、措施\n2.引进人才。（责任单位：市人社局）\n3.建设基地。（责任单位：市科技局）"
    document = read(text)
    assert [(task.number, task.section) for task in document.plans[0].tasks] == [("1", "一"), ("2", "二"), ("3", "二")]
    assert [(problem.line, problem.reason) for problem in document.problems] == [(3, "没有写明责任单位，待分解。")]


def test_safeguards_that_name_units_are_tasks_of_their_own_section():
    text = (
        "某区方案\n一、重点任务\n（一）调查监测\n1.摸清底数。（区环保局负责）\n2.建立体系。（区环保局负责）\n"
        "二、保障措施\n（一）加强领导。（区环保局牵头，有关单位按职责分工负责）\n（二）加强宣传。（区委宣传部负责）"
    )
    assert [(number, section) for number, section, _ in tasks_of(text)] == [
        ("1", "（一）"),
        ("2", "（一）"),
        ("（一）", "二"),
        ("（二）", "二"),
    ]


def test_points_beneath_a_task_and_tasks_nested_in_one():
    text = (
        "某县方案\n一、重点任务\n1.推进园区建设。（牵头单位：县经信局）\n（1）完善路网。（责任单位：县交通局）\n（2）建设厂房。（责任单位：县住建局）\n"
        "2.发展农业。（牵头单位：县农业局）\n具体措施：（1）建设基地；（2）培育大户。\n"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.section) for task in tasks] == [
        ("1", None),
        ("（1）", None),
        ("（2）", None),
        ("2", None),
    ]
    assert tasks[3].points == ("（1）建设基地；", "（2）培育大户。")


def test_numbered_labels_belong_to_their_heading():
    text = (
        "某区2021年重点工作\n一、推进项目建设\n（一）工作目标：完成投资500亿元。\n（二）工作措施：1.强化调度。2.强化保障。\n（三）牵头单位：区发改局\n（四）配合单位：区财政局\n"
        "二、推进招商引资\n（一）工作目标：签约100个。\n（二）牵头单位：区商务局\n"
    )
    tasks = read(text).plans[0].tasks
    assert [(task.number, task.text, task.lead, task.support) for task in tasks] == [
        ("一", "推进项目建设", ("区发改局",), ("区财政局",)),
        ("二", "推进招商引资", ("区商务局",), ()),
    ]
    assert tasks[0].points == ("（一）工作目标：完成投资500亿元。", "（二）工作措施：1.强化调度。2.强化保障。")


def test_a_closing_provision_is_no_task():
    text = "某市若干措施\n一、加大支持。（责任单位：市财政局）\n二、优化服务。（责任单位：市工信局）\n三、本措施自印发之日起施行，由市工信局负责解释。"
    assert [number for number, _, _ in tasks_of(text)] == ["一", "二"]


def test_ordinals_count_at_the_start_of_a_line_only():
    text = "某县方案\n一、工作任务\n第一，开展排查，第二、三产业优先。（责任单位：县住建局）\n第二，集中整治。（责任单位：县城管局）"
    assert [(number, words) for number, _, words in tasks_of(text)] == [
        ("第一", "开展排查，第二、三产业优先。"),
        ("第二", "集中整治。"),
    ]


def test_a_title_that_runs_into_the_text_and_one_that_is_missing():
    assert (
        read("某区加快发展若干措施为促进发展，制定本措施。一、扶持。（责任单位：区财政局）").title
        == "某区加快发展若干措施"
    )
    assert read("一、扶持。（责任单位：区财政局）").title == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("全面深化改革工作要点", "REFORM"),
        ("法治政府建设方案", "LAW"),
        ("重点项目攻坚方案", "BREAKTHROUGH"),
        ("为民办实事项目分解表", "OTHER"),
    ],
)
def test_kinds_of_plans(title, kind):
    assert read(f"某县2016年{title}\n一、任务\n1.落实。（责任单位：县财政局）").plans[0].kind == kind


def test_measures_without_numbers_are_tasks_of_their_heading():
    text = (
        "某县计划\n一、重点行动\n（一）治理大气\n严格控制扬尘。（责任单位：县住建局）\n改造燃煤锅炉。（责任单位：县经信局）\n"
        "（二）治理水体\n排查入河排污口。（责任单位：县水利局）\n整治黑臭水体。（责任单位：县住建局）\n"
    )
    assert tasks_of(text) == [
        ("", "（一）", "严格控制扬尘。"),
        ("", "（一）", "改造燃煤锅炉。"),
        ("", "（二）", "排查入河排污口。"),
        ("", "（二）", "整治黑臭水体。"),
    ]


def test_a_text_without_any_number():
    text = "某县工作要点\n推进项目建设。（责任单位：县发改局）\n抓好招商引资。（责任单位：县招商局）\n请认真落实。"
    assert [(number, words) for number, _, words in tasks_of(text)] == [("", "推进项目建设。"), ("", "抓好招商引资。")]


def test_a_closing_note_speaks_for_all_points_and_asks_to_be_checked():
    text = (
        "某市分解\n一、体系建设\n1.完善预案\n（1）规范编制。\n（2）加强演练。\n（责任单位：市直各有关单位、各县（市、区）人民政府）\n"
        "2.健全机制\n（1）推进机构建设。\n（2）强化值守。\n（责任单位：市应急办）\n"
    )
    document = read(text)
    tasks = document.plans[0].tasks
    assert [(task.number, task.text, task.points) for task in tasks] == [
        ("1", "完善预案", ("（1）规范编制。", "（2）加强演练。")),
        ("2", "健全机制", ("（1）推进机构建设。", "（2）强化值守。")),
    ]
    assert tasks[0].names == ("市直各有关单位", "各县（市、区）人民政府")
    assert [problem.line for problem in document.problems] == [6, 10]


def test_units_at_a_heading_hold_for_the_tasks_numbered_on_beneath_it():
    text = "某县分解\n一、产业发展（牵头单位：县经信局）\n1.培育企业。\n2.技改投资。\n二、城市建设（牵头单位：县住建局）\n3.改造管网。\n4.新增停车位。\n"
    document = read(text)
    plan = document.plans[0]
    assert [(task.number, task.section, task.names) for task in plan.tasks] == [
        ("1", "一", ("县经信局",)),
        ("2", "一", ("县经信局",)),
        ("3", "二", ("县住建局",)),
        ("4", "二", ("县住建局",)),
    ]
    assert [section.title for section in plan.sections] == ["产业发展", "城市建设"]
    assert len(document.problems) == 2


def test_a_plain_list_without_units_is_read_and_said_to_be_open():
    document = read("某县2016年工作要点\n1.抓好项目。\n2.抓好招商。")
    assert len(document.plans[0].tasks) == 2
    assert [problem.reason for problem in document.problems] == ["这一部分的2项任务都没有写明责任单位，待分解。"]


def test_steps_with_periods_are_phases_and_no_tasks():
    text = (
        "某县2017年方案\n一、工作措施\n（一）发展产业。（责任单位：县农业局）\n（二）落实资助。（责任单位：县教育局）\n"
        "二、实施步骤\n（一）动员阶段（2017年1月—2月中旬）。召开会议。\n（二）实施阶段（3月至11月）。各单位落实。\n"
    )
    plan = read(text).plans[0]
    assert [task.number for task in plan.tasks] == ["（一）", "（二）"]
    assert [(phase.title, phase.starts_on, phase.ends_on) for phase in plan.phases] == [
        ("动员阶段", "2017-01-01", "2017-02-20"),
        ("实施阶段", "2017-03-01", "2017-11-30"),
    ]


def test_signature_and_enclosures_are_no_part_of_the_last_task():
    text = "某局方案\n1、整治环境（牵头单位：法规科）\n2、落实经费（牵头单位：财务科）\n某县某局\n2012年6月26日\n附件：1.名单\n2.表格"
    document = read(text)
    assert [task.text for task in document.plans[0].tasks] == ["整治环境", "落实经费"]
    assert document.problems == []


def test_text_that_belongs_to_nothing_is_listed():
    text = "某县方案\n一、重点工作\n1.整治环境。（责任单位：县环保局）\n这一段不知属于哪项任务。\n2.落实经费。（责任单位：县财政局）"
    document = read(text)
    assert [task.text for task in document.plans[0].tasks] == ["整治环境。", "落实经费。"]
    assert [(problem.line, problem.text) for problem in document.problems] == [(4, "这一段不知属于哪项任务。")]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("4.落实经费。", "编号从1跳到4，请核对是否缺项。"),
        ("1.落实经费。", None),
        ("40.落实经费。", "行首像编号，但与前文接不上，按正文处理。"),
        ("40.落实经费。\n41.严格考核。", "编号从1跳到40，请核对是否缺项。"),
    ],
)
def test_numbers_that_do_not_fit_are_reported(second, reason):
    document = read(f"某县方案\n一、重点工作\n1.整治环境。（责任单位：县环保局）\n{second}（责任单位：县财政局）")
    reasons = [problem.reason for problem in document.problems if "编号" in problem.reason]
    assert reasons == ([reason] if reason else [])


def test_a_gap_where_lines_were_lost_loses_one_task_and_not_all_after_it():
    tasks = "".join(f" {number}.推进第{number}项工作。（责任单位：县发改局）" for number in range(1, 40) if number != 7)
    document = read(f"某县分工方案 一、任务{tasks}")
    assert [task.number for task in document.plans[0].tasks] == [str(number) for number in range(1, 40) if number != 7]
    assert [problem.reason for problem in document.problems] == ["编号从6跳到8，请核对是否缺项。"]


def test_numbers_that_begin_later():
    document = read("某县续表\n12.修路。（责任单位：县交通局）\n13.治水。（责任单位：县水利局）")
    assert [task.number for task in document.plans[0].tasks] == ["12", "13"]
    assert [problem.reason for problem in document.problems] == ["编号从12开始，请核对是否缺项。"]


def test_plans_named_in_the_cover_and_not_found_are_reported():
    document = read("关于印发《甲方案》和《乙方案》的通知\n一、任务\n1.修路。（责任单位：县交通局）")
    assert [problem.text for problem in document.problems] == ["甲方案", "乙方案"]
    assert len(document.plans) == 1


def test_nothing_found_is_said():
    for text in ("", "今天天气很好。\n明天也好。"):
        document = read(text)
        assert document.plans[0].tasks == []
        assert [problem.reason for problem in document.problems] == [
            "没有找到任务：没有写明责任单位的条目，也没有标题为任务的部分。"
        ]


def test_chapters_articles_and_circles():
    text = (
        "某县规定\n第一章 总则\n坚持原则。\n第二章 任务\n第一节 产业\n1．做强工业。【责任单位：县经信局】\n2．做优农业。【责任单位：县农业局】\n"
        "第二节 民生\n3．办好教育。①新建学校。②招聘教师。【责任单位：县教育局】\n"
    )
    plan = read(text).plans[0]
    assert [(task.number, task.section) for task in plan.tasks][:2] == [("1", "第一节"), ("2", "第一节")]
    assert [section.title for section in plan.sections] == ["产业", "民生"]


def test_a_number_followed_by_a_number():
    text = "某市方案\n一、项目\n1.引才。（责任单位：市人社局）\n2.121人才梯队。（责任单位：市科技局）\n3.增长\n3.5亿元。（责任单位：市财政局）"
    assert [(number, words) for number, _, words in tasks_of(text)] == [
        ("1", "引才。"),
        ("2", "121人才梯队。"),
        ("3", "增长\n3.5亿元。"),
    ]


def test_reading_is_fast_enough_for_hundreds_of_tasks_and_for_nonsense():
    many = "某县方案\n一、任务\n" + "".join(
        f"{number}.推进建设，完善机制，提高水平。（牵头单位：县发改局；配合单位：县财政局）\n"
        for number in range(1, 301)
    )
    begun = time.process_time()
    assert len(read(many).plans[0].tasks) == 300
    for nonsense in (
        "（" * 20_000,
        "一、1.（一）" * 3_000,
        "责任单位：" * 5_000,
        "（" + "按职责分工" * 4_000 + "）",
        "《" * 20_000,
        "责任单位\n" * 8_000,
        "序号\n任务\n责任单位\n1\n修路\n县交通局\n" * 600,
    ):
        read(nonsense)
    assert time.process_time() - begun < 4


def test_the_title_of_what_a_notice_without_title_hands_on():
    text = "某政办字 〔2023〕1号\n各县区人民政府：\n现将 《某市分工落实方案》（以下简称《方案》）印发给你们。\n1.修路。（责任单位：市交通局）\n"
    assert (read(text).title, read(text).document_number) == ("某市分工落实方案", "某政办字〔2023〕1号")


def test_passages_of_one_list_are_tasks_though_few_name_units():
    items = [
        f"{number}.推进第{number}项。{'（责任单位：县发改局）' if number in (2, 5, 7) else ''}"
        for number in range(1, 11)
    ]
    document = read("\n".join(["某县方案", "一、重点任务", *items]))
    assert [task.number for task in document.plans[0].tasks] == [str(number) for number in range(1, 11)]
    assert sum("待分解" in problem.reason for problem in document.problems) == 7


def test_what_stands_beside_tasks_and_names_no_unit_is_told():
    items = [f"（{han}）第{han}项。" for han in "一二三四五六七八"]
    document = read("\n".join(["某县方案", "一、重点任务", *items, "（九）修路。（责任单位：县交通局）"]))
    assert [task.number for task in document.plans[0].tasks] == ["（九）"]
    assert [problem.line for problem in document.problems if "并列" in problem.reason] == list(range(3, 11))


def test_names_that_look_like_no_unit_are_told_once():
    text = "某县方案\n1.修路。（责任单位：县交通局、张三）\n2.治水。（责任单位：张三、县水利局）\n3.防火。（责任单位：待定）\n"
    problems = [problem for problem in read(text).problems if "不像单位" in problem.reason]
    assert [(problem.line, problem.reason[:4]) for problem in problems] == [(2, "“张三”"), (4, "“待定”")]


@pytest.mark.parametrize("piece", ["1、责任单位：", "1、责任单位：县甲局 ", "（1）推进。（责任单位：县甲局）"])
def test_labels_over_and_over_are_read_in_a_time_that_grows_with_the_text_alone(piece):
    text = piece * (150_000 // len(piece))
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 10


NUMBERED = "\n一、重点任务\n1.修路。（责任单位：县交通局）\n2.架桥。（责任单位：县住建局）\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县2017年度全面深化改革\n工作要点", "某县2017年度全面深化改革工作要点"),
        ("某县 2017 年工作要点", "某县2017年工作要点"),
        ("某县政办发〔2017〕12号\n某县2017年工作要点", "某县2017年工作要点"),
        ("某县政办发〔2017〕12号 某县2017年工作要点", "某县2017年工作要点"),
        ("某县人民政府办公室文件\n关于印发《某县2017年\n重点工作分解表》的通知\n各乡镇：", "某县2017年重点工作分解表"),
        ("中共某县委 某县人民政府\n关于加快旅游发展的实施意见", "关于加快旅游发展的实施意见"),
        ("某县人民政府\n关于加快旅游发展的实施意见\n（2017年3月2日）", "关于加快旅游发展的实施意见"),
        ("附件\n某县“放管服”改革\n2018年重点任务\n分工方案", "某县“放管服”改革2018年重点任务分工方案"),
        ("某县2018年为民办实事\n\n实施方案\n\n为做好工作，制定本方案。", "某县2018年为民办实事实施方案"),
        ("关于做好2018年河长制工作的通知\n各乡镇：", "关于做好2018年河长制工作的通知"),
    ],
)
def test_a_title_is_whole_however_it_was_set(head, title):
    assert read(head + NUMBERED).title == title
