"""Text whose lines were broken at the edge of a page."""

from tasks.reader import read
from tasks.reader.mending import Mended
from tasks.reader.wrapping import unwrap

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
    assert [(task.number, task.text, task.units, task.due_on) for task in wrapped.plans[0].tasks] == [
        (task.number, task.text, task.units, task.due_on) for task in whole.plans[0].tasks
    ]


def test_lines_and_spans_are_those_of_the_text_as_it_came():
    task = read(WRAPPED).plans[0].tasks[1]
    lines = WRAPPED.split("\n")
    assert lines[task.line - 1].startswith("2.推进")
    assert WRAPPED[slice(*task.span)].startswith("2.推进")
    assert WRAPPED[slice(*task.span)].endswith("2016年10月底前）")


def test_problems_too():
    document = read(WRAPPED.replace("8.推进", "9.推进"))
    (problem,) = document.problems
    assert WRAPPED.split("\n")[problem.line - 1].startswith("8.推进")


def test_a_text_with_whole_paragraphs_stays_as_it_is():
    text = "\n".join(PARAGRAPHS)
    assert unwrap(Mended(text)).text == text
    assert unwrap(Mended("")).text == ""


def test_cells_on_lines_of_their_own_are_not_joined():
    text = "\n".join(["序号", "工作任务", "牵头单位", "1", "修路", "县交通局", "2", "治水", "县水利局"])
    assert unwrap(Mended(text)).text == text
