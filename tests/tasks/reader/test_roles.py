"""The words of notes and heads that say who leads, and for how long a note holds."""

import pytest

from tasks.reader.grammar import DUTY, LEAD, role_of
from tests.reading import read


def tasks(text):
    return [task for plan in read(text).plans for task in plan.tasks]


def one(note):
    return tasks(f"某县方案\n1.修路。{note}\n2.修桥。（牵头单位：县水务局）\n")[0]


def test_the_division_of_work_as_a_label():
    found = one("\n分管省领导：王强\n部门分工：省商务厅牵头，各地、各部门配合。")
    assert found.lead == ("省商务厅",)
    assert found.support == ("各地", "各部门")
    assert found.leaders == ("王强",)


@pytest.mark.parametrize("word", ["督导", "指导", "统筹", "监督", "抓总"])
def test_what_the_lead_does_is_no_part_of_its_name(word):
    assert one(f"（县甲局、县乙局牵头{word}，县丙局参与）").lead == ("县甲局", "县乙局")


def test_the_units_of_a_level_behind_etc():
    found = one("（县交通局、县水务局等县有关部门和各乡镇人民政府按职责分工负责）")
    assert found.names == ("县交通局", "县水务局", "各乡镇人民政府")


def test_a_note_within_a_paragraph_counts_where_a_sentence_ends_before_it():
    found = one("完成编制。（县甲局牵头，县乙局参与）按要求控制总量。（县丙局牵头，县丁局参与）")
    assert found.lead == ("县甲局", "县丙局")
    assert found.support == ("县乙局", "县丁局")


def test_a_phrase_for_places_is_kept_whole_beside_a_remark_on_later_tasks():
    text = (
        "某市方案\n1.修路。（市交通局牵头，各县、区人民政府（管委会）负责落实。"
        "以下各项工作均需各县、区人民政府（管委会）落实，不再列出）\n2.修桥。（市水务局牵头）\n"
    )
    plan = read(text).plans[0]
    assert plan.tasks[0].names == ("市交通局", "各县、区人民政府（管委会）")
    assert plan.tasks[1].names == ("市水务局",)


def test_square_brackets_in_the_phrase_for_places():
    assert one("（省甲厅、省乙厅负责，各市、县〔区〕人民政府落实）").names[-1] == "各市、县〔区〕人民政府"


def test_the_main_duty_leads_only_where_nobody_else_does():
    assert role_of("主责单位", "牵头部门主责单位协办单位") == DUTY
    assert role_of("主责单位", "主责单位协办单位") == LEAD
    text = (
        "2021年行动计划\n序号\t重点任务\t完成时限\t牵头部门\t主责单位\t协办单位\n"
        "1\t监测空气。\t年底前\t市环保局\t各区政府\t市交通委\n"
    )
    found = tasks(text)[0]
    assert found.lead == ("市环保局",)
    assert found.support == ("各区政府", "市交通委")


def test_where_cells_tell_the_lead_the_head_of_a_column_does_not():
    text = (
        "某局任务表 序号 工作任务 区直牵头部门 本局责任处室 1 修路。 区交通局 工程处牵头，各处、单位配合落实 "
        "2 修桥。 区水务局 3 通电。 区经发局 综合处牵头，各处、单位配合落实 "
    )
    assert [task.lead for task in tasks(text)] == [("工程处",), (), ("综合处",)]


def test_a_row_of_blanks_that_lacks_a_cell():
    text = (
        "任务分解表\n工作任务 牵头单位 配合单位 完成时限\n修路。 县交通局 县财政局 2016年9月\n"
        "修桥。 县水务局 11月底前\n通电。 县经信局 县供电公司\n"
    )
    found = tasks(text)
    assert [task.lead for task in found] == [("县交通局",), ("县水务局",), ("县经信局",)]
    assert [task.support for task in found] == [("县财政局",), (), ("县供电公司",)]
    assert [task.deadline for task in found] == ["2016年9月", "11月底前", ""]
