"""Every notation we met, in the smallest document that shows it."""

import pytest

from tests.reading import read
from tests.tasks.reader.cases import cases, shown

CASES = {title: (text, lines) for title, text, lines in cases()}


@pytest.mark.parametrize("title", CASES)
def test_what_is_read(title):
    text, lines = CASES[title]
    assert shown(read(text), [line[0] for line in lines]) == lines


@pytest.mark.parametrize("title", CASES)
def test_every_task_is_found_again_where_it_stands(title):
    text, _ = CASES[title]
    tasks = [task for plan in read(text).plans for task in plan.tasks]
    for task in tasks:
        there = "".join(text[slice(*task.span)].replace("\u200b", "").split())
        assert "".join(task.text.split())[:4] in there
        assert task.number in there
    starts = [task.span[0] for task in tasks]
    assert starts == sorted(starts)
