"""Tasks put in, taken apart, put together."""

import pytest

from tasks.actions.receiving import draft_of
from tasks.draft.edits import add_passage, find_task, foreign_words, merge_task, split_task, task_before
from tests.loading import DOCUMENT


@pytest.fixture
def draft():
    return draft_of(DOCUMENT)


def test_a_passage_becomes_a_task_at_its_place(draft):
    plan = draft["plans"][0]
    start = DOCUMENT.index("三、工作要求")
    task = add_passage(draft, plan, DOCUMENT, (start, len(DOCUMENT)))
    assert [each["number"] for each in plan["tasks"]] == ["1", "2", "3", "三"]
    assert task["text"].startswith("工作要求")
    assert task["section"] == "s1"
    first = add_passage(draft, plan, DOCUMENT, (77, 106))
    assert plan["tasks"][0] is first
    assert len({each["key"] for each in plan["tasks"]}) == 5


def test_splitting_keeps_units_and_date_and_finds_a_free_number(draft):
    plan, task = find_task(draft, "t1")
    other = split_task(draft, plan, task, 1)
    assert (task["text"], other["text"]) == ("推行一窗受理。", "整合各部门办事窗口，实行一窗受理、集成服务。")
    assert other["number"] == "1-2"
    assert other["units"] == task["units"]
    assert other["due_on"] == "2016-06-30"
    assert split_task(draft, plan, other, 0)["number"] == "1-2-2"
    assert plan["tasks"].index(other) == 1


def test_merging_joins_text_units_and_place(draft):
    plan, second = find_task(draft, "t2")
    first = task_before(plan, second)
    merge_task(first, second)
    assert first["text"].endswith("\n清理证明事项。全面清理各类证明，能取消的一律取消。")
    assert [unit["name"] for unit in first["units"]] == ["县民政局", "县人社局", "县信息中心", "各有关单位"]
    assert first["span"] == [123, 241]
    assert second["dropped"] == "并入第1项"
    assert task_before(plan, find_task(draft, "t3")[1]) is first
    assert task_before(plan, first) is None


def test_words_that_stand_nowhere_in_the_source():
    assert foreign_words("整合各部门办事窗口，实行一窗受理、\n集成服务。", DOCUMENT) == ""
    assert foreign_words("推行一窗受理。另外加一句。", DOCUMENT) == "另外加一句。"
    assert foreign_words("读出来的文字", DOCUMENT, known="读出来的文字") == ""


def test_nothing_has_this_key(draft):
    assert find_task(draft, "t99") is None
