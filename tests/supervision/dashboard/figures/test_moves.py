"""What moved since a paper was drawn, and what stays as it stood: corrections, reopened reports, renamed and merged units."""

import datetime
from decimal import Decimal

import pytest

from kit import clock
from reports.actions.corrections import correct as correct_month
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.models import Standing
from supervision.actions.papers.drafting import draw_again, start
from supervision.actions.papers.signing import correct, send, sign
from supervision.dashboard.figures.comparing import compute, drafted, moved
from supervision.dashboard.figures.figure import SOURCES
from supervision.dashboard.figures.scope import Scope
from supervision.papers.tokens import plain
from tests.supervision.dashboard.figures.conftest import SEPTEMBER
from tests.supervision.directives import hand_down
from tests.work import calls
from units.actions.succession import merge_units, rename_unit

D = datetime.date
OCTOBER = D(2015, 10, 1)


@pytest.fixture
def bulletin(month, office, office_head, letterhead, plan):
    return start(office, "BULLETIN", plans=[plan], month=SEPTEMBER, main_to="各责任单位")


def values(blocks):
    return {key: each["value"] for block in blocks for key, each in block.figures.items()}


def mend(plan, office):
    """September's task 1 was 60 %, not 20 %."""
    standing = Standing.objects.get(period__plan=plan, period__month=SEPTEMBER, task__number="1")
    return correct_month(standing, office, progress=60, reason="多报一项未计", seen=20)


def test_nothing_moves_while_nothing_happens(bulletin, at):
    at("2015-10-20 11:00:00")
    assert moved(bulletin) == []


def test_a_corrected_month_moves_what_it_was_in_and_says_why(bulletin, plan, office, at):
    at("2015-10-21 09:00:00")
    mend(plan, office)
    found = {each.key: each for each in moved(bulletin)}
    key = "tasks_light-lightRED"
    assert (found[key].old, found[key].new) == ("2", "1")
    assert any("10月21日" in words and "更正月末进度" in words for words, _ in found[key].why)
    assert any(words.startswith("减少：第1项") for words, _ in found[key].why)
    assert found["tasks_progress"].new == "61.3%"


def test_as_of_a_moment_a_month_stands_as_it_stood_then(month, plan, office, at):
    before = clock.now()
    first = values(drafted("BULLETIN", Scope([plan], SEPTEMBER, moment=before)))
    at("2015-10-21 09:00:00")
    mend(plan, office)
    assert values(drafted("BULLETIN", Scope([plan], SEPTEMBER, moment=before))) == first
    now = values(drafted("BULLETIN", Scope([plan], SEPTEMBER)))
    assert all(now[key] != first[key] for key in ("tasks_light-lightRED", "tasks_progress"))


def test_what_was_printed_stays_and_its_correction_says_from_what_to_what(bulletin, plan, office, office_head, at):
    send(bulletin, office)
    printed = sign(bulletin, office_head)
    checksum = printed.record.checksum
    at("2015-10-26 09:00:00")
    hand_down(office, plan.tasks.first().lead, title="写明原因", due_on=D(2015, 10, 30), task=plan.tasks.first())
    mend(plan, office)
    made = correct(printed, office, "第一项任务进度有误。")
    text = "".join(plain(block.text, block.figures) for block in made.blocks.all())
    assert "“红灯任务”由“2”更正为“1”" in text
    assert "“平均进度”由“51.3%”更正为“61.3%”" in text
    assert "交办" not in text.split("现更正如下")[1].split("根据")[0]
    assert "平均进度61.3%" in text
    assert moved(made) == []
    printed.refresh_from_db()
    assert printed.record.checksum == checksum


def test_what_was_printed_is_drawn_again_once_however_many_of_its_figures_are_told(bulletin, plan, office, office_head):
    send(bulletin, office)
    printed = sign(bulletin, office_head)
    mend(plan, office)
    scope = Scope([plan], SEPTEMBER)
    corrected = SOURCES["corrected"]
    first = calls(lambda: corrected.of(scope, paper=printed.pk, figure="tasks_progress"))
    further = calls(lambda: corrected.of(scope, paper=printed.pk, figure="tasks_light-lightRED"))
    assert further * 20 < first


def test_a_correction_knows_of_a_month_that_was_closed_after_the_paper(month, plan, office):
    drawn = datetime.datetime.fromisoformat("2015-10-08T09:00:00+08:00")
    mend(plan, office)
    then, corrected = Scope([plan], SEPTEMBER, moment=drawn), Scope([plan], SEPTEMBER, moment=drawn, known=clock.now())
    assert [each.progress for each in then.tasks] == [20, 90, 0, 95]
    assert [each.progress for each in corrected.tasks] == [60, 90, 0, 95]


def test_a_reopened_report_moves_a_running_month_and_not_the_past(
    plan, task, period, report, office, reporter, fill, at
):
    submit(fill(report, progress=80), reporter)
    accept(report, office)
    at("2015-10-20 12:00:00")
    then = clock.now()
    first = values(drafted("BULLETIN", Scope([plan], OCTOBER)))
    paper = start(office, "BULLETIN", plans=[plan], month=OCTOBER)
    at("2015-10-21 09:00:00")
    reopen(report, office, reason="数字不实")
    assert values(drafted("BULLETIN", Scope([plan], OCTOBER, moment=then))) == first
    found = {each.key: each for each in moved(paper)}
    assert (found["tasks_progress"].old, found["tasks_progress"].new) == ("80.0%", "0.0%")
    assert any("重新打开并退回" in words for words, _ in found["tasks_progress"].why)
    draw_again(paper, office)
    assert moved(paper) == []


def test_a_unit_renamed_or_merged_keeps_its_name_in_a_closed_month(bulletin, plan, civil, labour, water, admin, at):
    before = compute(bulletin)
    at("2015-10-22 09:00:00")
    rename_unit(
        labour, admin, name="县人力社保局", full_name="", effective_on=D(2015, 10, 22), reason="株发〔2015〕9号"
    )
    merge_units([water], civil, admin, effective_on=D(2015, 10, 22), reason="株发〔2015〕9号")
    after = compute(bulletin)
    shown = [
        {key: each["value"] for now in found.values() for key, each in now.figures.items()} for found in (before, after)
    ]
    assert {key: pair for key, pair in shown[1].items() if shown[0][key] != pair} == {"as_of": "10月22日9时"}
    assert "县人社局" in shown[1]["reports_missing_named-factmissing"]


def test_two_papers_of_one_day_agree(month, register, plan, at):
    joint = values(drafted("BULLETIN", Scope([plan, register], SEPTEMBER)))
    for one in (plan, register):
        for kind in ("BULLETIN", "REPORT"):
            alone = values(drafted(kind, Scope([one], SEPTEMBER)))
            same = {key: value for key, value in alone.items() if f"{key}-plan{one.pk}" in joint}
            assert len(same) > 5
            assert {key: joint[f"{key}-plan{one.pk}"] for key in same} == same


def test_figures_are_the_sums_of_their_rows(month, register, at):
    seen = set()
    for plan in (month.plan, register):
        for block in drafted("BULLETIN", Scope([plan], SEPTEMBER)):
            for figure in block.figures.values():
                seen |= {_adds_up(figure)}
    assert seen >= {"tasks_total", "reports_count", "projects_money", "projects_count"}


def _adds_up(figure):
    source, rows = figure["source"], figure["records"]
    if source in ("tasks_total", "tasks_light", "reports_count", "directives_issued", "tasks_overdue"):
        assert len(rows) == int(figure["value"]), figure
    elif source == "projects_money":
        assert sum(Decimal(figure.replace(",", "").replace("−", "-")) for _, figure, _ in rows) == Decimal(
            figure["exact"]
        )
    elif source == "projects_count" and not {"klass", "light"} & set(figure["params"]):
        assert sum(int(n) for _, n, _ in rows) == int(figure["value"])
    return source


def test_a_draft_asks_the_same_of_one_and_of_many(
    month, register, make_task, make_project, civil, inspector, django_assert_num_queries
):
    scope = lambda plan: Scope([plan], SEPTEMBER)  # noqa: E731
    assert all(plan.office for plan in (month.plan, register))
    hand_down(inspector, civil, task=month.plan.tasks.first())
    with django_assert_num_queries(14):
        drafted("BULLETIN", scope(month.plan))
    with django_assert_num_queries(27):
        drafted("BULLETIN", scope(register))
    for number in (7, 8):
        make_task(month.plan, number, civil)
        make_project(f"又一个{number}")
        hand_down(inspector, civil, task=month.plan.tasks.first())
    with django_assert_num_queries(14):
        drafted("BULLETIN", scope(month.plan))
    with django_assert_num_queries(27):
        drafted("BULLETIN", scope(register))
