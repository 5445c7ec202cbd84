"""Page numbers, contents and spelled-out words are taken out before reading, and every place is found again."""

import pytest

from tasks.reader.mending import mended
from tests.reading import read

PLAN_OF_TWO = "某县2016年工作方案\n1.修路。（责任单位：县交通局）\n2.修桥。（责任单位：县水务局）\n"

PAGED = """某县行动方案
目  录
一、重点任务 ………… 1
二、保障措施 ………… 3

一、重点任务
1.发展特色种植，新建标准化果园三千亩，建设育苗基
— 2 —
地2处。（责任单位：县农业局）
2.培训农民。（责任单位：县农业局）
- 3 -
二、保障措施
第 4 页 共 4 页
"""


def test_a_sentence_parted_by_a_page_is_whole():
    tasks = read(PAGED).plans[0].tasks
    assert [task.text for task in tasks] == ["发展特色种植，新建标准化果园三千亩，建设育苗基地2处。", "培训农民。"]


def test_lines_and_spans_are_those_of_the_text_with_its_pages():
    first, second = read(PAGED).plans[0].tasks
    assert PAGED[slice(*second.span)] == "2.培训农民。（责任单位：县农业局）"
    assert PAGED[slice(*first.span)].startswith("1.发展")
    assert PAGED[slice(*first.span)].endswith("县农业局）")


def test_the_contents_are_no_passages():
    assert [aside.line for aside in read(PAGED).plans[0].asides] == [12]


def test_contents_without_dots_stand_under_their_heading():
    text = "目录\n一、总体要求 1\n二、重点任务 2\n一、总体要求\n二、重点任务\n"
    assert mended(text).text == "一、总体要求\n二、重点任务\n"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("责 任 单 位：县 农 业 局、县财政局", "责任单位：县农业局、县财政局"),
        ("责任 单位：县农业局", "责任单位：县农业局"),
        ("县农业局 县财政局", "县农业局 县财政局"),
        ("是 否", "是 否"),
    ],
)
def test_words_spelled_out(text, whole):
    assert mended(text).text == whole


def test_a_spelled_out_label_is_a_label():
    text = "某县方案\n一、任务\n1、全面排查。责 任 单 位：县 农 业 局、各乡镇    完 成 时 限：2018年10月31日前\n"
    (task,) = read(text).plans[0].tasks
    assert (task.names, task.deadline) == (("县农业局", "各乡镇"), "2018年10月31日前")
    assert text[slice(*task.span)].endswith("31日前")


def test_what_a_web_site_prints_beneath_a_document_is_not_read():
    text = PLAN_OF_TWO + " 扫一扫在手机打开当前页 打印本页 主办：某区管委会办公室 闽ICP备123号"
    tasks = read(text).plans[0].tasks
    assert [task.names for task in tasks] == [("县交通局",), ("县水务局",)]


def test_signs_that_nobody_sees_part_no_word():
    text = PLAN_OF_TWO.replace("责任", "责\u200b任").replace("。", "。\u200b")
    tasks = read(text).plans[0].tasks
    assert [task.text for task in tasks] == ["修路。", "修桥。"]
    assert text[slice(*tasks[1].span)].startswith("2.修桥")


PARAGRAPHS = [
    "某县2016年重点工作任务分解方案",
    "一、重点任务",
    *(
        f"{number}.推进第{number}项工作，完善机制，提高水平，为全县经济社会发展提供有力支撑和坚强保障。"
        "（牵头单位：县发改局；配合单位：县财政局、县住建局；完成时限：2016年10月底前）"
        for number in range(1, 9)
    ),
]
WRAPPED = "\n".join(line[at : at + 30] for line in PARAGRAPHS for at in range(0, len(line), 30))


def test_a_page_of_full_lines_is_read_like_its_paragraphs():
    wrapped, whole = read(WRAPPED), read("\n".join(PARAGRAPHS))
    assert [(task.number, task.text, task.names, task.due_on) for task in wrapped.plans[0].tasks] == [
        (task.number, task.text, task.names, task.due_on) for task in whole.plans[0].tasks
    ]


def test_lines_and_spans_are_those_of_the_text_as_it_came():
    task = read(WRAPPED).plans[0].tasks[1]
    assert WRAPPED[slice(*task.span)].startswith("2.推进")
    assert WRAPPED[slice(*task.span)].endswith("2016年10月底前）")


def test_problems_too():
    document = read(WRAPPED.replace("8.推进", "9.推进"))
    (problem,) = document.problems
    assert WRAPPED.split("\n")[problem.line - 1].startswith("8.推进")


def test_whole_paragraphs_and_cells_on_lines_of_their_own_are_not_joined():
    cells = ["序号", "工作任务", "牵头单位", "1", "修路", "县交通局", "2", "治水", "县水利局"]
    for text in ("\n".join(PARAGRAPHS), "\n".join(cells), ""):
        assert mended(text).text == text
