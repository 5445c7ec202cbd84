"""Notations met in documents of many governments, each in the smallest document that shows it."""

import pytest

from tests.reading import read


def read_tasks(text):
    return read(text).plans[0].tasks


def told(text):
    return [(task.number, list(task.lead if task.lead_stated else ()), list(task.names)) for task in read_tasks(text)]


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("（责任单位：县财政局，各县、市、区人民政府）", ["县财政局", "各县、市、区人民政府"]),
        ("（责任单位：县财政局，各省、自治区、直辖市人民政府）", ["县财政局", "各省、自治区、直辖市人民政府"]),
        ("（责任单位：县财政局，各县（市、区）、开发区）", ["县财政局", "各县（市、区）、开发区"]),
        ("（责任单位：县财政局、县公安局等有关部门和单位）", ["县财政局", "县公安局"]),
        ("（县财政局、县公安局等县级相关部门和单位负责）", ["县财政局", "县公安局"]),
        ("（县财政局，移动、电信、联通、广电等运营企业）", ["县财政局", "移动", "电信", "联通", "广电"]),
        ("（县财政局，各县（区、市）人民政府、管委会）", ["县财政局", "各县（区、市）人民政府", "管委会"]),
        (
            "（县卫计委，市、县（区）发展改革、财政、人社部门）",
            ["县卫计委", "市、县（区）发展改革", "财政", "人社部门"],
        ),
        ("责任单位为县财政局、县公安局。", ["县财政局", "县公安局"]),
        ("此项工作由县财政局牵头，县公安局配合。", ["县财政局", "县公安局"]),
    ],
)
def test_units(note, units):
    assert told(f"某县方案\n一、重点任务\n1.健全机制。{note}\n2.落实经费。（责任单位：县财政局）\n")[0][2] == units


@pytest.mark.parametrize(
    ("note", "lead", "support"),
    [
        ("主要责任单位：县财政局；其他责任单位：县公安局", ["县财政局"], ["县公安局"]),
        ("责任单位：县财政局、县公安局（共同牵头），县教育局", ["县财政局", "县公安局"], ["县教育局"]),
        ("（县财政局牵头，县公安局、县教育局会同有关部门配合）", ["县财政局"], ["县公安局", "县教育局", "有关部门"]),
        ("责任单位为县公安局，牵头单位为县财政局。", ["县财政局"], ["县公安局"]),
    ],
)
def test_leads(note, lead, support):
    task = read_tasks(f"某县方案\n一、重点任务\n1.健全机制。{note}\n")[0]
    assert (list(task.lead), list(task.support)) == (lead, support)


@pytest.mark.parametrize(
    "rule",
    [
        "（列第一位者为牵头或汇总单位，下同）",
        "（排名第一的单位为牵头单位，下同）",
        "（第一个单位为牵头单位，下同）",
        "（列首位的为牵头单位，其余为配合单位，下同）",
    ],
)
def test_first_is_lead_stated_once(rule):
    text = f"某市分解\n1.减税。\n责任单位：财政局、税务局{rule}\n2.修路。\n责任单位：交通局、各镇（街道）\n"
    assert told(text) == [("1", ["财政局"], ["财政局", "税务局"]), ("2", ["交通局"], ["交通局", "各镇（街道）"])]


def test_a_deadline_among_the_people_and_behind_the_note():
    text = (
        "某县方案\n1.建园。（县教育局牵头，县财政局配合，责任领导：王芳，8月底前完成）\n"
        "2.打通通道。责任单位：县消防大队、县住建局。2022年底前基本完成。\n"
    )
    first, second = read_tasks(text)
    assert (first.leaders, first.deadline) == (("王芳",), "8月底前完成")
    assert (second.names, second.deadline) == (("县消防大队", "县住建局"), "2022年底前基本完成")
    dense = read_tasks(
        text.replace("\n", " ").replace("某县方案", "某县方案" + "为落实部署，结合实际，制定本方案。" * 20)
    )
    assert [task.deadline for task in dense] == [first.deadline, second.deadline]


def test_a_number_before_a_date_or_a_count():
    text = "某市分解\n1.6月底前完成规划。责任单位：规划局\n2.20个小区改造。责任单位：建设局\n3.修路1.6公里。责任单位：交通局\n"
    assert [(task.number, task.text) for task in read_tasks(text)] == [
        ("1", "6月底前完成规划。"),
        ("2", "20个小区改造。"),
        ("3", "修路1.6公里。"),
    ]


def test_numbers_with_a_word():
    text = "某街道清单\n（一）党建\n任务1：健全网格。\n责任科室：党建办\n任务2：开展活动。\n责任科室：党建办、各社区\n"
    assert told(text) == [("任务1", [], ["党建办"]), ("任务2", [], ["党建办", "各社区"])]


def test_bullets_are_no_text():
    text = "某市分工\n一、体系\n——扩大规模。（市教育局、市人社局负责）\n——推进衔接。（市教育局负责）\n"
    assert [task.text for task in read_tasks(text)] == ["扩大规模。", "推进衔接。"]


def test_units_and_deadline_after_the_last_measure_speak_for_the_whole_item():
    text = (
        "某县方案\n一、任务\n（一）垃圾治理\n具体措施：\n1.建立体系。\n2.建设中转站。\n责任单位：县住建局\n完成时限：8月底前\n"
        "（二）污水治理\n具体措施：\n1.选择工艺。\n2.加强维护。\n责任单位：县水务局\n完成时限：10月底前\n"
    )
    tasks = read_tasks(text)
    assert [(task.number, task.names, task.deadline) for task in tasks] == [
        ("（一）", ("县住建局",), "8月底前"),
        ("（二）", ("县水务局",), "10月底前"),
    ]
    dense = "某县方案 " + "为落实部署，结合实际，制定本方案。" * 20 + text.removeprefix("某县方案").replace("\n", " ")
    assert [(task.number, task.names, task.deadline) for task in read_tasks(dense)] == [
        (task.number, task.names, task.deadline) for task in tasks
    ]


@pytest.mark.parametrize(
    "heading", ["保障措施", "组织保障", "工作要求", "实施步骤", "总体要求", "强化督促落实", "严明纪律"]
)
def test_numbers_that_run_on_into_what_is_no_task(heading):
    text = f"某区要点\n一、任务\n1.修路。（责任单位：区交通局）\n2.治水。（责任单位：区水务局）\n二、{heading}\n3.加强领导。\n"
    plan = read(text).plans[0]
    assert [task.number for task in plan.tasks] == ["1", "2"]
    assert [aside.title for aside in plan.asides] == [heading]


def test_a_safeguard_that_names_units_is_a_task():
    text = "某区要点\n一、任务\n1.修路。（责任单位：区交通局）\n二、保障措施\n2.落实经费。（责任单位：区财政局）\n"
    assert [task.number for task in read_tasks(text)] == ["1", "2"]


def test_where_no_label_says_it_the_unit_stands_in_heading_or_sentence_and_is_reported():
    headed = read("某县分工\n（一）县环保局\n1.完成减排。\n2.开展检查。\n（二）县住建局\n1.整治扬尘。\n")
    assert [task.names for task in headed.plans[0].tasks] == [("县环保局",), ("县环保局",), ("县住建局",)]
    spoken = read("某市分工\n一、市交通运输局负责检测站建设。\n二、市公安局负责依法处罚。\n")
    assert [task.names for task in spoken.plans[0].tasks] == [("市交通运输局",), ("市公安局",)]
    assert all("请核对" in document.problems[0].reason for document in (headed, spoken))


def test_unnumbered_measures_where_line_breaks_were_lost():
    filler = "为落实部署，结合实际，制定本方案。" * 20
    text = f"某市分工 {filler} 一、降低成本 落实减税。（市税务局负责） 清理收费。（市财政局负责） 二、缓解融资 设立资金。（市财政局负责） 建立制度。（市金融办负责）"
    assert [(task.text, task.section) for task in read_tasks(text)] == [
        ("落实减税。", "一"),
        ("清理收费。", "一"),
        ("设立资金。", "二"),
        ("建立制度。", "二"),
    ]


def test_headings_and_numbers_without_any_break():
    filler = "为落实部署，结合实际，制定本方案。" * 40
    text = f"某市方案\n{filler}一、工业经济1、新引进项目。（责任单位：市招商局）2、建设厂房。（责任单位：市工信局）二、农业农村3、新增农田。（责任单位：市农业局）"
    assert [(task.number, task.section) for task in read_tasks(text)] == [("1", "一"), ("2", "一"), ("3", "二")]


def test_too_long_a_text_is_read_as_far_as_it_goes_and_says_so():
    lines = ["某县方案", "1.修路。（责任单位：县交通局）", *["那天早晨，他走出门去，看见街上空无一人。" * 20] * 1300]
    document = read("\n".join(lines))
    assert len(document.plans[0].tasks) == 1
    assert "没有读取" in document.problems[-1].reason
    assert 1200 < document.problems[-1].line < 1302


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("（市级责任单位：市住建局；区级责任单位：各区政府）", ["市住建局", "各区政府"]),
        ("（主体责任单位：市公安局；监管责任单位：市交通局；指导单位：市委办）", ["市公安局", "市交通局"]),
        ("（责任单位：各区政府、管委会）", ["各区政府", "管委会"]),
        ("（责任单位：各镇人民政府、街道办事处）", ["各镇人民政府", "街道办事处"]),
        ("（责任单位：各镇党委、政府）", ["各镇党委、政府"]),
    ],
)
def test_labels_with_a_level_and_bodies_beside_one_another(note, units):
    assert told(f"某市方案\n一、重点任务\n1.健全机制。{note}\n2.落实经费。（责任单位：市财政局）\n")[0][2] == units


def test_a_bracket_in_the_middle_of_a_sentence_tells_units_but_not_of_a_group():
    text = (
        "某市分工\n1.面积稳定在500万亩（市农委负责），产量达到200万吨（市粮食局负责）。\n"
        "2.成立综合协调组（市府办牵头）、宣传组（市委宣传部牵头），推进各项工作。（市委办负责）\n"
    )
    assert told(text) == [("1", [], ["市农委", "市粮食局"]), ("2", [], ["市委办"])]


def test_a_deadline_in_a_sentence_of_its_own_behind_the_notes():
    text = "某县分工\n1、新区道路。\n包抓领导：副县长张三\n责任单位：县住建局\n责任人：李四\n2013年11月底前完成。\n2、水厂。\n责任单位：县水利局\n"
    document = read(text)
    assert [task.deadline for task in document.plans[0].tasks] == ["2013年11月底前", ""]
    assert not document.problems


@pytest.mark.parametrize("head", ["时间进度", "完成期限", "起止时间", "时间"])
def test_heads_of_a_column_of_deadlines(head):
    text = (
        f"某区分解表\n序号\t改革任务\t牵头单位\t{head}\n1\t公车改革\t区机关局\t上半年\n2\t建立机制\t区信访局\t3—6月\n"
    )
    assert [task.deadline for task in read_tasks(text)] == ["上半年", "3—6月"]


@pytest.mark.parametrize(
    ("sentence", "lead", "units", "deadline"),
    [
        ("县编办牵头，县直各部门配合，2016年6月完成。", ["县编办"], ["县编办", "县直各部门"], "2016年6月完成"),
        ("县编办牵头，2016年底前完成第一批试点。", ["县编办"], ["县编办"], "2016年底前完成第一批试点"),
        ("县林业局、县金融办负责，持续推进。", [], ["县林业局", "县金融办"], "持续推进"),
        ("县发改局、县工信局等按职责分工负责，各乡镇落实属地责任。", [], ["县发改局", "县工信局", "各乡镇"], ""),
    ],
)
def test_a_last_sentence_that_is_nothing_but_who_and_when(sentence, lead, units, deadline):
    first, _ = read_tasks(f"某县分工\n一、任务\n1.健全机制。{sentence}\n2.落实经费。（县财政局牵头）\n")
    assert (list(first.lead), list(first.names), first.deadline, first.text) == (lead, units, deadline, "健全机制。")


def test_two_notes_on_the_line_behind_the_last_point_speak_for_the_whole_item():
    text = "某县方案\n一、任务\n1.园区建设。\n责任单位：园区管委会。配合单位：县住建局。\n2.招商引资。\n（1）招商3次。\n（2）引进项目。\n责任单位：县招商局。配合单位：各小分队。\n"
    assert told(text) == [
        ("1", ["园区管委会"], ["园区管委会", "县住建局"]),
        ("2", ["县招商局"], ["县招商局", "各小分队"]),
    ]


def test_headings_run_into_the_title_and_the_units_before_them():
    filler = "为落实部署，结合实际，制定本方案。" * 20
    text = (
        f"关于印发某区分解方案的通知\n各单位：{filler}一、各单位要重视。二、加强考核。三、按时报送。某区分解方案一、2023年预期目标(一)产值增长7%"
        "责任单位:区发改局(二)投资增长10%责任单位:区发改局、区统计局二、全力稳增长(三)新增企业50家责任单位:区工信局"
    )
    assert [(task.number, task.section, task.names) for task in read_tasks(text)] == [
        ("(一)", "一", ("区发改局",)),
        ("(二)", "一", ("区发改局", "区统计局")),
        ("(三)", "二", ("区工信局",)),
    ]


def test_working_groups_are_no_tasks():
    text = (
        "某县方案\n一、重点任务\n（一）优化环境。（责任单位：县委办）\n二、组织机构\n（一）综合协调组。\n牵头单位：县委办\n成员单位：县财政局\n"
        "（二）宣传教育组。\n牵头单位：县委宣传部\n三、工作要求\n（一）提高认识。\n"
    )
    plan = read(text).plans[0]
    assert [task.number for task in plan.tasks] == ["（一）"]
    assert [aside.title for aside in plan.asides] == ["组织机构", "工作要求"]


def test_offices_in_a_bracket_behind_a_heading():
    text = "某市方案\n一、任务\n（一）建设基地（市农委、各县区政府）\n1.种菜。\n2.养猪。\n（二）完善市场（市商务局牵头）\n1.改造。\n（三）加强监管（市食药监局）\n1.检测。\n"
    assert told(text) == [
        ("（一）", [], ["市农委", "各县区政府"]),
        ("（二）", ["市商务局"], ["市商务局"]),
        ("（三）", [], ["市食药监局"]),
    ]


def test_a_heading_with_units_above_tasks_with_their_own_is_a_section_and_told():
    document = read(
        "某区分工\n一、经济改革（区发改局牵头）\n1.减税。（区税务局、区财政局）\n2.国企。（区国资办）\n二、社会改革（区委政法委牵头）\n3.调解。（区司法局）\n"
    )
    assert [(task.number, task.section) for task in document.plans[0].tasks] == [("1", "一"), ("2", "一"), ("3", "二")]
    assert [problem.line for problem in document.problems if "标题" in problem.reason] == [2, 5]


@pytest.mark.parametrize(
    "title",
    ["开展食品安全监督检查", "完善河长制工作机制", "完善住房保障体系", "加强政策落实情况督查", "实施义务教育提升步骤"],
)
def test_a_task_without_units_whose_title_sounds_like_a_safeguard_is_still_a_task(title):
    text = f"某县方案\n一、重点任务\n1.修路。（责任单位：县交通局）\n2.{title}。\n3.治水。（责任单位：县水利局）\n"
    assert [task.number for task in read_tasks(text)] == ["1", "2", "3"]


def test_who_does_it_said_before_the_task():
    text = "某市分工\n1.市体育局牵头，市教育局、市住建局配合：建设运动场20个，2015年底前建成。\n2.市体育局负责：举办运动会。\n"
    first, second = read_tasks(text)
    assert (first.lead, first.support, first.text) == (
        ("市体育局",),
        ("市教育局", "市住建局"),
        "建设运动场20个，2015年底前建成。",
    )
    assert (second.names, second.text, first.deadline) == (("市体育局",), "举办运动会。", "2015年底前")


def test_blanks_amid_numbers_labels_and_names():
    text = "某市分工\n1 ．编制目录 。（ 责任单位 ：市编办 、市法制办 ）\n2 ．网上办理 。（ 责任单位 ：市政务中心 ，各县 （市、区） 政府 ）\n"
    assert told(text) == [("1", [], ["市编办", "市法制办"]), ("2", [], ["市政务中心", "各县 （市、区）政府"])]
