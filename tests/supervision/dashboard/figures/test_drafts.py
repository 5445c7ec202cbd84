"""A bulletin drafted: its figures are those of the pages, its words turn with them, nothing is said where there is nothing."""

import datetime

from reports.actions.periods import open_period
from reports.dashboard import scope_of
from reports.dashboard.filing import filing
from reports.dashboard.progress import parts, totals
from reports.dashboard.stood import stood, summed
from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.figure import SOURCES, TABLES
from supervision.dashboard.figures.scope import EYES, Scope
from supervision.papers.handwritten import handwritten
from supervision.papers.tokens import faults, plain
from tasks.models import Task
from tests.supervision.dashboard.figures.conftest import SEPTEMBER

D = datetime.date


def words(blocks):
    return "\n".join(plain(block.text, block.figures) for block in blocks)


def test_a_bulletin_says_what_the_pages_say(month, plan, at):
    at("2015-10-20 10:00:00")
    scope = Scope([plan], SEPTEMBER)
    text = words(drafted("BULLETIN", scope))
    page = scope_of(EYES, [plan], SEPTEMBER)
    sums = totals(parts(page))
    assert f"4项任务平均进度{sums.progress}%，应达进度{sums.expected}%" in text
    assert "已办结0项、绿灯2项、黄灯0项、红灯2项" in text
    assert filing(page).owed == 3
    assert "应报月报3份，按时报送1份、迟报1份，按时率33.3%。未报送的单位：县人社局。迟报的单位：县水利局。" in text
    assert "办公室审核平均用时2.8天" in text
    assert "第3项第3项改革任务（县人社局，红灯，进度0%" in text


def test_a_task_that_nobody_leads_yet_is_no_lagging_unit(plan, make_task, civil, labour, at):
    for number, lead in ((61, None), (62, civil), (63, labour)):
        make_task(plan, number, lead)
    at("2015-10-20 10:00:00")
    text = words(drafted("BULLETIN", Scope([plan], SEPTEMBER)))
    named = next(line for line in text.splitlines() if line.startswith("平均进度落后较多的单位："))
    assert "县人社局（" in named
    assert "待分解" not in named


def test_every_digit_of_a_draft_is_a_figure(month, plan, at):
    at("2015-10-20 10:00:00")
    for kind in ("BULLETIN", "REPORT"):
        for block in drafted(kind, Scope([plan], SEPTEMBER)):
            assert (handwritten(block.text), faults(block.text, block.figures)) == ([], []), block.text


def test_tasks_stood_as_the_page_counts_them(month, plan, make_task, water, at):
    """Of a closed month, and of one that is running."""
    make_task(plan, 5, water)
    at("2015-10-13 09:00:00")
    open_period(plan, D(2015, 10, 1))
    for day, when in (("2015-10-20", SEPTEMBER), ("2015-10-20", D(2015, 10, 1)), ("2015-11-05", D(2015, 10, 1))):
        at(f"{day} 10:00:00")
        assert summed(stood(EYES, [plan], when)) == totals(parts(scope_of(EYES, [plan], when))), (day, when)


def test_sections_add_up_to_the_whole_with_what_stands_in_none(plan, make_task, civil):
    """A self-chosen task has no section."""
    section = plan.sections.first() or plan.sections.create(title="（一）", order=1)
    for number, its in ((61, section), (62, section), (63, None)):
        Task.objects.filter(pk=make_task(plan, number, civil).pk).update(section=its)
    rows = TABLES["tasks_by_section"].of(Scope([plan], SEPTEMBER)).content
    counts = {row[0]: int(row[1]["v"]) for row in rows["rows"]}
    assert counts.pop("其他任务") == 1
    assert (sum(counts.values()) + 1, rows["sum"][1]["v"]) == (3, "3")


def test_a_plan_without_anything_says_so(plan):
    blocks = drafted("BULLETIN", Scope([plan], SEPTEMBER))
    assert "没有在执行的任务" in words(blocks)
    assert [block.kind for block in blocks if block.kind in ("TABLE", "ANNEX")] == []


def test_every_source_answers_for_a_plan_without_anything(plan):
    """Division by nothing gives — or 0, and every figure says how it is computed."""
    scope = Scope([plan], SEPTEMBER)
    asked = {"light": "RED", "fact": "owed", "column": "closed", "kind": "VISIT"}
    of_plans = {key: each for key, each in SOURCES.items() if not {"round", "paper"} & set(each.params)}
    for key, source in of_plans.items():
        figure = source.of(scope, **{name: asked[name] for name in source.params if name in asked})
        assert figure.value in ("—", "0", "0.00", "无", "持平") or key in (
            "until",
            "as_of",
            "tasks_due_next_month",
            "filing_next",
        ), key
        assert figure.rule, key
        assert figure.label, key
    for key, table in TABLES.items():
        if "round" in table.params:
            continue
        assert table.of(scope).content["sum"] is None or key.endswith("by_plan"), key
