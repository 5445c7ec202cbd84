"""Heads of tables, and what is none."""

import pytest

from tasks.reader.columns import column_of, head_runs


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
    assert column_of(head) == holds


def test_words_of_a_sentence_are_no_heads():
    assert column_of("为加快推进全县各项重点工作任务的落实，现制定本表") == ""
    assert head_runs("明确工作任务、责任单位和完成时限，确保落实。", 0, 23) == []
    assert head_runs("工作任务：甲 责任单位：乙 完成时限：丙", 0, 20) == []
