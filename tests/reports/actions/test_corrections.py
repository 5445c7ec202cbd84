"""更正: one reasoned way to correct a closed month; both values are shown, the first stays on record."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from reports.actions.corrections import correct
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, reopen
from reports.actions.writing import submit
from reports.dashboard.ledgers import progress
from reports.models import Correction, Entry, MonthlyReport, ReportEvent
from tasks.actions.schedule import change_rules, reschedule
from tasks.lights import Light
from tests.conftest import OCTOBER, moment
from units.models import Notice

NOVEMBER = datetime.date(2015, 11, 1)


@pytest.fixture
def closed(period, report, fill, reporter, office, at):
    """October, closed with a wrong 20 % for task 43: red, since 83 % were expected."""
    accept(submit(fill(report, progress=20), reporter), office)
    at("2015-11-06 09:00")
    return close_period(period, office)


@pytest.fixture
def standing(closed, task):
    return closed.standings.get(task=task)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def fix(standing, office, value=80, seen=20, reason="单位漏报一个数字"):
    return correct(standing, office, progress=value, reason=reason, seen=seen)


def test_the_new_figure_stands_and_the_first_stays_beside_it(standing, office, task):
    assert (standing.progress, standing.light, standing.expected) == (20, "RED", 83)
    fix(standing, office)
    now = again(standing)
    assert (now.progress, now.light, now.expected, now.status) == (80, "GREEN", 83, "ONGOING")
    assert (now.first_progress, now.first_light) == (20, "RED")
    assert now.first_words == "经更正，结账时为进度20%、红灯"
    assert now.reason.startswith("进度80%，时间进度83%，落后3个百分点，绿灯")
    assert now.reason.endswith("；经更正，结账时为进度20%、红灯")
    row = Correction.objects.get()
    assert (row.old_progress, row.old_light, row.progress, row.light) == (20, "RED", 80, "GREEN")
    assert row.old_reason == standing.reason
    assert (row.reason, row.by, row.at) == ("单位漏报一个数字", office, moment("2015-11-06 09:00"))


def test_what_was_filed_stays_as_filed(standing, report, office):
    fix(standing, office)
    assert again(report).latest.content["entries"][0]["progress"] == 20
    assert Entry.objects.get(report=report).progress == 20


def test_a_second_correction_keeps_the_very_first_beside_it(standing, office):
    fix(standing, office)
    fix(standing, office, value=60, seen=80, reason="又核实一次")
    now = again(standing)
    assert (now.progress, now.first_progress, now.first_light) == (60, 20, "RED")
    assert now.reason.count("经更正") == 1
    assert [(row.old_progress, row.progress) for row in Correction.objects.all()] == [(20, 80), (80, 60)]


def test_it_is_on_record_with_plan_task_and_report_and_the_unit_is_told(standing, plan, task, report, office, reporter):
    fix(standing, office)
    changes = {"第43项进度": ["20%", "80%"], "第43项灯色": ["红灯", "绿灯"]}
    for events, note in (
        (plan.events, "2015年10月，原因：单位漏报一个数字"),
        (task.events, "2015年10月，原因：单位漏报一个数字"),
        (ReportEvent.objects.filter(subject=report), "单位漏报一个数字"),
    ):
        event = events.get(verb="更正月末进度")
        assert (event.actor, event.note, event.changes) == (office, note, changes)
    notice = Notice.objects.get(user=reporter, title__contains="已更正")
    assert (notice.title, notice.body) == ("2015年10月第43项任务已更正：进度20%→80%", "原因：单位漏报一个数字")


def test_the_present_progress_follows_where_no_later_month_was_accepted(standing, task, office):
    fix(standing, office)
    assert (again(task).progress, again(task).progress_month) == (80, OCTOBER)
    event = task.events.get(verb="进度更新", changes__进度=["20%", "80%"])
    assert event.note == "2015年10月更正：单位漏报一个数字"


def test_a_later_accepted_month_keeps_the_present_progress(standing, plan, task, office, reporter, civil, fill):
    november = open_period(plan, NOVEMBER).reports.get(unit=civil)
    accept(submit(fill(november, progress=90), reporter), office)
    fix(standing, office)
    assert (again(task).progress, again(task).progress_month) == (90, NOVEMBER)
    assert again(standing).progress == 80


def test_a_month_without_a_report_can_be_corrected_too(period, task, office, at):
    at("2015-11-06 09:00")
    standing = close_period(period, office).standings.get(task=task)
    assert (standing.progress, MonthlyReport.objects.of("missing").count()) == (0, 2)
    fix(standing, office, value=70, seen=0, reason="补报的纸质材料")
    assert (again(standing).progress, again(task).progress) == (70, 70)


def test_the_last_correction_of_a_month_without_a_report_holds(period, plan, task, office, at):
    at("2015-11-06 09:00")
    standing = close_period(period, office).standings.get(task=task)
    fix(standing, office, value=70, seen=0)
    fix(standing, office, value=50, seen=70, reason="又核实一次")
    assert Entry.objects.leading_progress([task.pk]) == {task.pk: (50, OCTOBER)}
    assert again(task).progress == 50


def test_done_is_done(standing, task, office):
    fix(standing, office, value=100)
    assert (again(standing).light, again(standing).status) == ("BLUE", "DONE")
    assert again(task).status == "DONE"


def test_the_months_own_rules_and_expectation_judge(standing, plan, task, office):
    change_rules(plan, office, slow_after=1, late_after=2, basis="POINTS")
    reschedule(again(task), office, due_on=datetime.date(2015, 12, 1), pace=task.pace, note="提前")
    fix(standing, office, value=75)
    assert (again(standing).light, again(standing).expected) == ("GREEN", 83)


def test_the_sums_of_the_month_and_the_observation_of_a_red_task_follow(standing, closed, task, office):
    assert list(again(closed).summary["lights"].values()) == [{"RED": 1}]
    assert again(task).recovering_until == datetime.date(2015, 11, 30)
    fix(standing, office)
    assert list(again(closed).summary["lights"].values()) == [{"GREEN": 1}]
    assert again(task).recovering_until is None
    fix(standing, office, value=30, seen=80)
    assert again(task).recovering_until == datetime.date(2015, 11, 30)


def test_the_official_sheet_says_both(standing, closed, office, report):
    fix(standing, office)
    line = progress(closed, MonthlyReport.objects.filter(period=closed), closed.plan.tasks)[0]
    assert (line.progress, line.light.value) == (80, "GREEN")
    assert line.done.startswith("（进度和灯色经更正，结账时为进度20%、红灯）\n完成核对平台招标")


def test_what_was_corrected_is_what_a_fall_is_measured_by(standing, plan, civil, office):
    fix(standing, office)
    november = open_period(plan, NOVEMBER).reports.get(unit=civil)
    assert Entry.objects.accepted_before(november.entries.all()) == {standing.task_id: 80}


def test_reopening_a_later_month_steps_back_to_the_corrected_figure(
    standing, plan, task, office, reporter, civil, fill
):
    fix(standing, office)
    november = open_period(plan, NOVEMBER).reports.get(unit=civil)
    accept(submit(fill(november, progress=90), reporter), office)
    reopen(november, office, reason="数据有误")
    assert (again(task).progress, again(task).progress_month) == (80, OCTOBER)


def test_a_report_accepted_again_after_the_correction_counts_as_newer(
    standing, plan, task, report, office, reporter, civil, fill, at
):
    fix(standing, office)
    reopen(report, office, reason="整份重报")
    at("2015-11-08 09:00")
    accept(submit(fill(again(report), progress=85), reporter), office)
    assert (again(task).progress, again(standing).progress) == (85, 80)
    entries = open_period(plan, NOVEMBER).reports.get(unit=civil).entries.all()
    assert Entry.objects.accepted_before(entries) == {task.pk: 85}


def test_an_earlier_month_closed_afterwards_ends_no_observation(closed, plan, task, office, at):
    september = open_period(plan, datetime.date(2015, 9, 1))
    assert again(task).recovering_until == datetime.date(2015, 11, 30)
    at("2015-11-30 09:00")
    assert close_period(september, office).standings.get(task=task).light == "RED"
    assert again(task).recovering_until == datetime.date(2015, 11, 30)


@pytest.fixture
def november_closed(closed, plan, office, at):
    """November, closed without a report: it took October's figure over."""
    november = open_period(plan, NOVEMBER)
    at("2015-12-06 09:00")
    return close_period(november, office)


def figures(task):
    return list(task.standings.order_by("period__month").values_list("progress", "light", "first_progress"))


def test_later_months_that_took_the_figure_over_are_corrected_with_it(
    standing, november_closed, task, office, reporter
):
    assert figures(task) == [(20, "RED", None), (20, "RED", None)]
    corrected = correct(standing, office, progress=80, reason="漏报", seen=20, carry=True)
    assert [each.period.month for each in corrected] == [OCTOBER, NOVEMBER]
    assert figures(task) == [(80, "GREEN", 20), (80, "YELLOW", 20)]
    assert [row.standing.period.month for row in Correction.objects.all()] == [OCTOBER, NOVEMBER]
    assert [list(again(each.period).summary["lights"].values()) for each in corrected] == [
        [{"GREEN": 1}],
        [{"YELLOW": 1}],
    ]
    assert (again(task).progress, again(task).progress_month, again(task).recovering_until) == (80, NOVEMBER, None)
    assert Notice.objects.filter(user=reporter, title__contains="已更正").count() == 2


def test_they_stay_where_the_office_does_not_say_so(standing, november_closed, task, office):
    fix(standing, office)
    assert figures(task) == [(80, "GREEN", 20), (20, "RED", None)]


def test_a_month_with_a_figure_of_its_own_is_no_later_one(
    standing, plan, task, office, reporter, civil, fill, at, closed
):
    november = open_period(plan, NOVEMBER)
    accept(submit(fill(november.reports.get(unit=civil), progress=20), reporter), office)
    at("2015-12-06 09:00")
    close_period(november, office)
    assert len(correct(standing, office, progress=80, reason="漏报", seen=20, carry=True)) == 1
    assert figures(task) == [(80, "GREEN", 20), (20, "RED", None)]
    assert again(task).progress == 20


def test_a_second_correction_goes_on_as_the_first_did(standing, november_closed, task, office):
    correct(standing, office, progress=80, reason="漏报", seen=20, carry=True)
    correct(standing, office, progress=65, reason="又核实一次", seen=80, carry=True)
    assert figures(task) == [(65, "YELLOW", 20), (65, "YELLOW", 20)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": " "}, "请写明更正原因"),
        ({"value": 20}, "进度本来就是20%"),
        ({"seen": 10}, "刚刚已更正为进度20%"),
    ],
)
def test_what_is_refused(values, sentence, standing, office):
    with pytest.raises(Refusal, match=sentence):
        fix(standing, office, **values)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("who", ["other_office", "leader", "inspector", "reporter", "head", "admin", "auditor"])
def test_nobody_but_the_plans_office_corrects(who, standing, cast):
    with pytest.raises(PermissionDenied):
        fix(standing, cast[who])
    assert not Correction.objects.exists()


def test_the_next_month_is_closed_by_the_corrected_figure(standing, plan, task, office, reporter, civil, fill, at):
    november = open_period(plan, NOVEMBER)
    december = open_period(plan, datetime.date(2015, 12, 1)).reports.get(unit=civil)
    at("2015-12-02 09:00")
    accept(submit(fill(december, progress=95), reporter), office)
    fix(standing, office)
    at("2015-12-06 09:00")
    close_period(november, office)
    assert (november.standings.get().progress, again(task).progress) == (80, 95)


def test_every_page_of_the_month_says_the_corrected_figure(standing, office, leader, report, period, task, sign_in):
    fix(standing, office, value=79)
    asked = {"plan": period.plan_id, "month": "2015-10"}
    for user, address in ((office, "/dashboard/"), (leader, "/overview/")):
        assert sign_in(user).get(address, asked).context["totals"].progress == 79, address
    client = sign_in(office)
    for address in (
        f"/tasks/{task.pk}/",
        "/standings/",
        f"/reports/{report.pk}/",
        f"/units/{report.unit_id}/record/",
    ):
        page = client.get(address, asked).content.decode()
        assert "79%" in page, address
        assert "20%" in page, address
    assert again(period).summary["lights"] == {"（一）推进社会事业改革": {"GREEN": 1}}
    (line,) = progress(period, period.reports.all(), period.plan.tasks)
    assert (line.progress, line.light) == (79, Light.GREEN)
    assert "20%" in line.done
    assert again(task).progress == 79
