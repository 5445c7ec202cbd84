"""Page numbers, contents and spelled-out words are taken out before reading, and every place is found again."""

import pytest

from tasks.reader.mending import mended


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


def test_whole_paragraphs_and_cells_on_lines_of_their_own_are_not_joined():
    cells = ["序号", "工作任务", "牵头单位", "1", "修路", "县交通局", "2", "治水", "县水利局"]
    for text in ("\n".join(PARAGRAPHS), "\n".join(cells), ""):
        assert mended(text).text == text
