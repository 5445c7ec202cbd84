"""Who is responsible: every notation of a unit note, read from small documents."""

import pytest

from tasks.reader.grammar import said
from tests.reading import read


def task_of(note, text="健全工作机制。"):
    """The one task of a small plan with this note behind its text."""
    document = read(f"某县2016年工作方案\n\n一、重点工作\n1.{text}{note}\n2.落实经费。（责任单位：县财政局）\n")
    return document.plans[0].tasks[0]


@pytest.mark.parametrize(
    ("note", "lead", "support"),
    [
        ("（牵头单位：县发改局；配合单位：县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("(牵头单位:县发改局,配合单位:县财政局、县住建局)", ["县发改局"], ["县财政局", "县住建局"]),
        ("【牵头部门：县发改局；责任部门：县财政局，县住建局】", ["县发改局"], ["县财政局", "县住建局"]),
        ("[主办单位：县发改局；协办单位：县财政局 县住建局]", ["县发改局"], ["县财政局", "县住建局"]),
        ("（牵头：县发改局；配合：县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("牵头单位：县发改局配合单位：县财政局实施单位：县住建局", ["县发改局"], ["县财政局", "县住建局"]),
        ("牵头单位：县发改局　责任单位：县财政局、县住建局", ["县发改局"], ["县财政局", "县住建局"]),
        ("\n牵头单位：县发改局\n责任单位：县财政局、县住建局", ["县发改局"], ["县财政局", "县住建局"]),
        ("\n（牵头单位：县发改局；责任单位：县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("\n责任单位：\n县发改局牵头，县财政局、县住建局配合", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局牵头，县财政局、县住建局配合）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局牵头，县财政局、县住建局等按职责分工负责）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（由县发改局牵头负责，县财政局、县住建局配合落实）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局会同县财政局、县住建局负责）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局会同县财政局及县住建局等部门按职责分工负责）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（责任单位：县发改局（牵头）、县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（责任单位：县发改局牵头，县财政局、县住建局配合）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（牵头责任单位：县发改局；配合责任单位：县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（责任单位：县发改局；配合单位：县财政局、县住建局）", ["县发改局"], ["县财政局", "县住建局"]),
        ("由县发改局牵头，县财政局、县住建局配合。", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局，县财政局、县住建局配合）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（责任单位：县发改局，县财政局、县住建局配合）", ["县发改局"], ["县财政局", "县住建局"]),
        ("（县发改局为牵头单位，县财政局、县住建局为配合单位）", ["县发改局"], ["县财政局", "县住建局"]),
    ],
)
def test_lead_and_support_as_the_document_tells_them(note, lead, support):
    task = task_of(note)
    assert (list(task.lead), list(task.support)) == (lead, support)
    assert list(task.names) == lead + support
    assert task.lead_stated
    assert task.text == "健全工作机制。"


@pytest.mark.parametrize(
    "note",
    [
        "（县发改局、县财政局、县住建局等按职责分工负责）",
        "（责任单位：县发改局、县财政局、县住建局）",
        "（县发改局，县财政局、县住建局分别负责)",
        "（县发改局、县财政局、县住建局负责）",
        "（县发改局、县财政局、县住建局）",
    ],
)
def test_units_without_a_lead_where_another_task_tells_one(note):
    text = f"某县方案\n一、重点工作\n1.健全机制。{note}\n2.落实经费。（牵头单位：县财政局；配合单位：县审计局）"
    task = read(text).plans[0].tasks[0]
    assert list(task.names) == ["县发改局", "县财政局", "县住建局"]
    assert (task.lead, task.support) == ((), ())


def test_the_first_leads_by_convention_where_the_document_never_tells():
    task = task_of("（责任单位：县发改局、县财政局）")
    assert (task.lead, task.support, task.lead_stated) == (("县发改局",), ("县财政局",), False)


def test_a_rule_stated_once_holds_from_there_on():
    document = read(
        "某县方案\n一、重点工作\n"
        "1.完善规划。（责任单位：县自然资源局、县住建局）\n"
        "2.健全机制。（责任单位：县发改局、县财政局，排在第一位的为牵头单位，下同）\n"
        "3.落实经费。（责任单位：县财政局、县审计局）\n"
    )
    first, second, third = document.plans[0].tasks
    assert first.lead == ()
    assert (second.names, second.lead, second.lead_stated) == (("县发改局", "县财政局"), ("县发改局",), True)
    assert (third.lead, third.support) == (("县财政局",), ("县审计局",))


def test_a_rule_stated_in_the_preamble_holds_for_all():
    document = read(
        "某县方案\n列首位的责任单位为牵头单位。\n一、重点工作\n1.完善规划。（责任单位：县水利局、县住建局）\n"
    )
    task = document.plans[0].tasks[0]
    assert (task.lead, task.lead_stated) == (("县水利局",), True)


def test_who_takes_part_in_all_later_tasks_is_no_name_in_the_list():
    document = read(
        "某县方案\n一、重点工作\n"
        "1.开展摸底。（县水利局牵头负责；各乡镇配合落实，以下均需各乡镇配合落实，不再列出）\n"
        "2.分类整治。（县水利局牵头负责）\n"
    )
    plan = document.plans[0]
    assert [task.names for task in plan.tasks] == [("县水利局", "各乡镇"), ("县水利局",)]


def test_a_label_for_leads_and_others_at_once_tells_neither():
    text = "某县方案\n一、任务\n1.摸底。（牵头及配合单位：县水利局、县财政局）\n2.整治。（牵头单位：县环保局）"
    task = read(text).plans[0].tasks[0]
    assert (task.names, task.lead, task.support) == (("县水利局", "县财政局"), (), ())


def test_a_deadline_ends_at_the_blank_behind_it_where_lines_were_lost():
    closing = "各单位要高度重视，认真落实。" * 20
    text = f"某区分解 一、工程 1.新建学校。 责任单位：区教育局、区住建局 完成时限：2018年8月底 {closing}"
    task = read(text).plans[0].tasks[0]
    assert (task.names, task.deadline) == (("区教育局", "区住建局"), "2018年8月底")


def test_leaders_and_deadlines_in_a_note_are_no_units():
    task = task_of("（责任领导：甲某某；牵头单位：县发改局；配合单位：县财政局；完成时限：2016年6月底前）")
    assert task.names == ("县发改局", "县财政局")
    assert task.leaders == ("甲某某",)
    assert (task.deadline, str(task.due_on)) == ("2016年6月底前", "2016-06-30")


def test_a_deadline_among_the_units_of_a_bracket():
    task = task_of("（县发改局牵头，县财政局配合，2016年9月底前完成）")
    assert task.names == ("县发改局", "县财政局")
    assert str(task.due_on) == "2016-09-30"


def test_several_notes_in_one_paragraph_add_up():
    task = task_of("（责任单位：县发改局）完善台账。（责任单位：县统计局、县发改局）")
    assert task.names == ("县发改局", "县统计局")
    assert task.text == "健全工作机制。完善台账。"


@pytest.mark.parametrize(
    "text",
    [
        "实行领导负责制（由企业自行负责）。",
        "建立联席会议制度（每季度由召集人负责召集），研究问题。",
        "由县级联系领导牵头，有关部门和业主单位参加，研究解决困难。",
        "各牵头单位：要认真履行职责。",
        "活动时间：5月上旬。",
        "成立工作组。组长：甲某某。",
        "由行业主管部门牵头负责调度、督查。",
    ],
)
def test_words_that_are_no_note_stay_in_the_text(text):
    task = task_of("（责任单位：县发改局）", text)
    assert task.names == ("县发改局",)
    assert task.text == text


def test_a_bracket_that_names_half_strangers_is_read_and_doubted():
    document = read("某县方案\n一、重点工作\n1.健全机制。（县发改局、相关方面的同志负责）\n2.落实。（县财政局负责）")
    assert document.plans[0].tasks[0].names[0] == "县发改局"
    assert [problem.line for problem in document.problems if "不像单位名称" in problem.reason] == [3]


@pytest.mark.parametrize(
    ("note", "units", "lead", "unknown"),
    [
        ("主责单位：县水利局，参与单位：县环保局、沿线乡镇", ["县水利局", "县环保局", "沿线乡镇"], ["县水利局"], []),
        ("牵头单位：县水利局，支撑单位：县环保局、县农业局", ["县水利局", "县环保局", "县农业局"], ["县水利局"], []),
        ("牵头单位：县林业局；联动单位：各镇；建设地点：城西", ["县林业局", "各镇"], ["县林业局"], []),
        (
            "牵头科室：县住建局，执行单位：县公安局，投资概算：300万元",
            ["县住建局", "县公安局"],
            ["县住建局"],
            ["投资概算"],
        ),
        (
            "牵头单位：县林业局，技术指导：县农科所，验收标准：成活率",
            ["县林业局", "县农科所"],
            ["县林业局"],
            ["技术指导"],
        ),
        ("牵头单位：县水利局，适用范围：全县，包保领导：王示例", ["县水利局"], ["县水利局"], []),
        ("责任单位：县工商局等省市县驻地机构", ["县工商局", "省市县驻地机构"], [], []),
        ("责任单位：县城管局等和各乡镇人民政府", ["县城管局", "各乡镇人民政府"], [], []),
        ("责任单位：县住建局等国务院相关部门", ["县住建局", "国务院相关部门"], [], []),
        ("责任单位：县扶贫办等有关部门", ["县扶贫办"], [], []),
    ],
)
def test_labels_by_meaning_and_what_nobody_knows_is_asked_about(note, units, lead, unknown):
    roles = said(note)
    assert (roles.names(), roles.names("LEAD"), roles.unknown) == (units, lead, unknown)
