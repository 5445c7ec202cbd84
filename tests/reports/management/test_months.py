"""The commands of the month: open, close, remind."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from kit.deadlines import BEIJING
from reports.actions.calendar import load_workdays
from reports.actions.periods import close_period, extend
from reports.actions.review import accept, reopen, return_report
from reports.actions.takeback import take_back_period
from reports.actions.writing import submit
from reports.models import MonthlyReport, Period
from tests.conftest import OCTOBER, moment
from units.models import Notice


def run(capsys, *words):
    call_command(*words)
    return "".join(capsys.readouterr())


def test_open_period_takes_this_month_and_twice_does_no_harm(plan, task, law_plan, capsys):
    assert "应报2份，10月31日 24:00截止" in run(capsys, "open_period")
    before = list(MonthlyReport.objects.values_list("pk", flat=True))
    run(capsys, "open_period")
    assert list(MonthlyReport.objects.values_list("pk", flat=True)) == before
    assert {(period.plan, period.month) for period in Period.objects.all()} == {(plan, OCTOBER), (law_plan, OCTOBER)}


def test_open_period_of_a_month_and_plan(plan, task, law_plan, capsys):
    run(capsys, "open_period", "--month=2015-09", f"--plan={plan.pk}")
    assert [period.month for period in Period.objects.all()] == [datetime.date(2015, 9, 1)]
    with pytest.raises(CommandError):
        call_command("open_period", "--month=2016-05")
    with pytest.raises(CommandError, match="2015-10"):
        call_command("open_period", "--month=october")


def test_a_timer_with_nothing_to_open_is_no_error(plan, at, capsys):
    at("2016-01-05 07:30")
    assert "没有本月在期内的方案" in run(capsys, "open_period")


def test_a_month_taken_back_is_not_opened_again_by_the_timer(plan, task, law_plan, office, capsys):
    run(capsys, "open_period")
    take_back_period(plan.periods.get(), office, reason="十一月起报")
    assert "改革创新年2015年10月：主管办公室已撤回，不自动开启" in run(capsys, "open_period")
    assert [period.plan for period in Period.objects.all()] == [law_plan]
    assert "应报2份" in run(capsys, "open_period", "--month=2015-10", f"--plan={plan.pk}")
    assert "应报2份" in run(capsys, "open_period")


def test_close_period_says_why_not(period, report, fill, reporter, at, capsys):
    submit(fill(report), reporter)
    at("2015-11-06 09:00")
    assert "没有结账：还有1份月报待审核" in run(capsys, "close_period")
    report.refresh_from_db()
    report.status = MonthlyReport.Status.ACCEPTED
    report.save()
    assert "已结账" in run(capsys, "close_period", "--month=2015-10")
    assert "没有需要结账" in run(capsys, "close_period")


# The last day is Saturday 31 October: 5 and 2 workdays before are Monday 26 and Thursday 29, one after Monday 2.
LADDER = {
    "2015-10-26": "还有5个工作日截止；过后11月5日 24:00前仍可报送，记为迟报",
    "2015-10-29": "还有2个工作日截止；过后11月5日 24:00前仍可报送，记为迟报",
    "2015-10-31": "今天截止；过后11月5日 24:00前仍可报送，记为迟报",
    "2015-11-02": "已经逾期；现在报送记为迟报，11月5日 24:00关闭",
}
DAYS = [f"2015-10-{n}" for n in range(20, 32)] + [f"2015-11-0{n}" for n in range(1, 9)]


def digests(reporter):
    return list(Notice.objects.filter(user=reporter, key__startswith="remind:").order_by("at"))


def test_the_ladder_of_reminders(period, reporter, at, capsys):
    load_workdays([2015])
    for day in DAYS:
        at(f"{day} 08:00")
        assert f"已提醒{int(day in LADDER)}人" in run(capsys, "remind"), day
        assert "已提醒0人" in run(capsys, "remind")
    told = {f"{notice.at.astimezone(BEIJING):%Y-%m-%d}": notice.body for notice in digests(reporter)}
    assert told == {day: f"{period.reports.get(unit=reporter.unit)}：{words}" for day, words in LADDER.items()}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2015-10-27"], ["还有4个工作日截止"]),
        (["2015-10-27", "2015-10-28"], ["还有4个工作日截止"]),
        (["2015-10-26", "2015-10-28"], ["还有5个工作日截止"]),
        (["2015-10-30"], ["还有1个工作日截止"]),
        (["2015-10-26", "2015-10-30"], ["还有5个工作日截止", "还有1个工作日截止"]),
        (["2015-10-26", "2015-11-04", "2015-11-05"], ["还有5个工作日截止", "已经逾期"]),
    ],
)
def test_what_was_missed_is_sent_once_when_it_runs_again(period, reporter, days, told, at, capsys):
    load_workdays([2015])
    for day in days:
        at(f"{day} 08:00")
        run(capsys, "remind")
    assert [notice.body.split("：")[1].split("；")[0] for notice in digests(reporter)] == told


def test_a_report_that_waits_for_the_head_is_reminded_of_by_the_returns_deadline(
    report, fill, reporter, head, office, civil, at, capsys
):
    load_workdays([2015])
    return_report(submit(fill(report), reporter), office, reason="数据不清")
    civil.head_signs = True
    civil.save()
    submit(report, reporter)
    at("2015-10-23 08:00")
    run(capsys, "remind")
    words = "今天截止，等单位负责人审签；过后11月5日 24:00前仍可报送，记为逾期"
    assert [notice.body for notice in (*digests(reporter), *digests(head))] == [f"{report}：{words}"] * 2


def test_what_was_opened_again_after_the_close_is_reminded_of(report, period, fill, reporter, office, at, capsys):
    load_workdays([2015])
    accept(submit(fill(report), reporter), office)
    at("2015-11-06 09:00")
    close_period(period)
    reopen(report, office, reason="数据有误")
    at("2015-11-11 08:00")
    run(capsys, "remind")
    assert "今天截止" in digests(reporter)[-1].body


def test_the_national_day_week_is_no_workday(plan, task, reporter, at, capsys):
    load_workdays([2015])
    at("2015-09-20 08:00")
    run(capsys, "open_period")
    told = []
    for day in ("2015-09-30", "2015-10-01", "2015-10-05", "2015-10-07", "2015-10-08"):
        at(f"{day} 08:00")
        told.append("已提醒1人" in run(capsys, "remind"))
    assert told == [True, False, False, False, True]


def test_who_has_filed_is_left_in_peace_and_all_that_is_owed_is_one_message(
    period, report, law_plan, make_task, civil, labour, reporter, co_reporter, fill, at, capsys
):
    load_workdays([2015])
    make_task(law_plan, 1, civil)
    run(capsys, "open_period")
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    Notice.objects.all().delete()
    at("2015-10-29 08:00")
    run(capsys, "remind")
    assert [(notice.user, notice.title) for notice in Notice.objects.all()] == [(reporter, "月报提醒：还有2份待报")]


def test_an_extension_moves_the_ladder(period, report, reporter, office, at, capsys):
    load_workdays([2015])
    extend(report, office, until=moment("2015-11-05 00:00"), reason="系统升级")
    told = []
    for day in ("2015-10-26", "2015-10-28", "2015-10-31", "2015-11-02", "2015-11-04"):
        at(f"{day} 08:00")
        told.append("已提醒1人" in run(capsys, "remind"))
    assert told == [False, True, False, True, True]


def test_a_year_without_calendar_is_a_warning(period, reporter, capsys):
    assert "没有2015年的工作日历" in run(capsys, "remind")
