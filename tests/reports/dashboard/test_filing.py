"""How a month's reports stand, with two rows on each side of every join."""

from reports import dashboard
from reports.actions.periods import exempt, extend, open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import submit
from reports.dashboard import timeliness
from reports.models import MonthlyReport
from tests.conftest import OCTOBER, moment


def test_counts_and_rates(
    plan, period, civil, labour, make_task, water, fill, reporter, co_reporter, office, at, leader
):
    make_task(plan, 44, civil, [water])
    open_period(plan, OCTOBER)
    mine, second = (period.reports.get(unit=unit) for unit in (civil, labour))
    submit(fill(mine), reporter)
    at("2015-11-02 08:00")
    submit(fill(second), co_reporter)
    accept(second, office)
    found = dashboard.filing(dashboard.scope_of(leader, [plan], OCTOBER))
    assert (found.owed, found.filed, found.on_time, found.late, found.missing) == (3, 2, 1, 1, 1)
    assert (found.waiting, found.accepted, found.units_owing) == (1, 1, 1)
    assert (str(found.filed_rate), found.unfiled) == ("2/3 = 66.7%", 1)
    assert found.waiting_since == moment("2015-10-20 10:00")


def test_an_exempted_report_is_not_owed(plan, period, report, office, leader):
    exempt(report, office, reason="本月机构调整")
    found = dashboard.filing(dashboard.scope_of(leader, [plan], OCTOBER))
    assert (found.owed, found.exempt) == (1, 1)


def test_a_month_without_period_has_no_rate(plan, leader):
    found = dashboard.filing(dashboard.scope_of(leader, [plan], OCTOBER))
    assert (found.owed, found.filed_rate.percent) == (0, None)


def test_owing_lists_who_has_to_act(plan, period, report, civil, fill, reporter, office, labour, leader):
    submit(fill(report), reporter)
    scope = dashboard.scope_of(leader, [plan], OCTOBER)
    assert [line.report.unit for line in dashboard.owing(scope)] == [labour]
    return_report(report, office, reason="补充数据")
    assert [(line.report.unit, line.mark) for line in dashboard.owing(scope)] == [
        (civil, "RETURNED"),
        (labour, "NOT_YET"),
    ]


def test_heat_puts_problems_first(plan, period, report, labour, civil, fill, reporter, at, leader):
    submit(fill(report), reporter)
    at("2015-11-02 08:00")
    rows = dashboard.heat(dashboard.scope_of(leader, [plan], OCTOBER))
    assert [(row.name, row.marks[OCTOBER][0], str(row.rate)) for row in rows] == [
        ("县人社局", "MISSING", "0/1 = 0.0%"),
        ("县民政局", "WAITING", "1/1 = 100.0%"),
    ]
    assert set(rows[0].marks) == {OCTOBER}


def test_timeliness_counts_by_first_submission(plan, period, report, civil, fill, reporter, office, at):
    submit(fill(report), reporter)
    return_report(report, office, reason="补充数据")
    submit(report, reporter, note="数据已核对")
    at("2015-11-02 08:00")
    reports = MonthlyReport.objects.filter(period__plan=plan)
    unit, other = timeliness.units_of(plan, reports)
    assert (unit.name, unit.tasks, unit.due, unit.on_time, unit.late, unit.missing) == ("县民政局", 1, 1, 1, 0, 0)
    assert (other.due, other.missing, str(timeliness.on_time_rate(other))) == (1, 1, "0/1 = 0.0%")
    kept = timeliness.kept(reports, [unit, other])
    assert (kept[civil.pk, OCTOBER].word, kept[other.pk, OCTOBER].word) == ("按时", "缺报")
    assert timeliness.sums([unit, other]) == (2, 1, 0, 1, 0, 0, 50, 50)


def test_two_plans_do_not_mix(plan, period, law_plan, make_task, civil, reporter, fill, report, leader):
    make_task(law_plan, 1, civil)
    open_period(law_plan, OCTOBER)
    submit(fill(report), reporter)
    (unit,) = timeliness.units_of(law_plan, MonthlyReport.objects.filter(period__plan=law_plan))
    assert (unit.tasks, unit.due, unit.on_time) == (1, 0, 0)
    both = dashboard.filing(dashboard.scope_of(leader, [plan, law_plan], OCTOBER))
    assert (both.owed, both.filed) == (3, 1)


def test_an_extension_moves_what_counts_as_missing(plan, period, report, office, at, leader):
    at("2015-10-31 12:00")
    extend(report, office, until=moment("2015-11-03 18:00"), reason="系统升级")
    at("2015-11-02 08:00")
    assert dashboard.filing(dashboard.scope_of(leader, [plan], OCTOBER)).missing == 1
    assert MonthlyReport.objects.with_mark().get(pk=report.pk).mark_now == "NOT_YET"


def test_marks_of_the_database_and_of_the_row_agree(plan, period, report, fill, reporter, office, at):
    steps = [
        lambda: None,
        lambda: at("2015-11-01 00:00"),
        lambda: submit(fill(report), reporter),
        lambda: return_report(report, office, reason="补充数据"),
        lambda: submit(report, reporter),
        lambda: accept(report, office),
    ]
    seen = []
    for step in steps:
        step()
        for row in MonthlyReport.objects.with_mark():
            assert row.mark_now == row.mark()
        seen.append(MonthlyReport.objects.get(pk=report.pk).mark().value)
    assert seen == ["NOT_YET", "MISSING", "WAITING", "RETURNED", "WAITING", "LATE"]


def test_what_was_returned_is_filed_until_its_deadline_passes(plan, report, fill, reporter, office, at, leader):
    submit(fill(report), reporter)
    at("2015-11-01 08:00")
    return_report(report, office, reason="补充数据")
    scope = dashboard.scope_of(leader, [plan], OCTOBER)
    found = dashboard.filing(scope)
    assert (found.owed, found.filed, found.on_time, found.lapsed, found.unfiled) == (2, 1, 1, 0, 1)
    at("2015-11-06 00:00")
    found = dashboard.filing(scope)
    assert (found.owed, found.filed, found.on_time, found.lapsed, found.unfiled) == (2, 0, 0, 1, 1)
    assert MonthlyReport.objects.with_mark().get(pk=report.pk).mark_now == "LAPSED"
    submit(fill(report, done="补充了数据。"), reporter, note="已补")
    assert dashboard.filing(scope).on_time == 1


def test_a_returned_report_due_sooner_stands_before_the_months_deadline(
    plan, make_task, make_unit, make_user, office, leader, fill
):
    units = [make_unit(f"县{number}局", order=number) for number in range(20)]
    for number, unit in enumerate(units, 1):
        make_task(plan, number, unit)
    last = open_period(plan, OCTOBER).reports.get(unit=units[-1])
    submit(fill(last), make_user("last", "REPORTER", units[-1]))
    return_report(last, office, reason="数据不清")
    assert dashboard.owing(dashboard.scope_of(leader, [plan], OCTOBER))[0].report == last


def test_a_units_projects_are_counted_beside_its_tasks(programme, make_project, make_unit, civil, leader, sign_in):
    lead = make_unit("县发改局")
    for name, unit in (("标准厂房", civil), ("示例大道", civil), ("示例水厂", lead)):
        make_project(name, lead=unit)
    open_period(programme, OCTOBER)
    scope = dashboard.scope_of(leader, [programme], OCTOBER)
    asked = {line.report.unit_name: line.asked for line in dashboard.owing(scope)}
    assert (asked["县民政局"], asked["县发改局"], asked["县重点办"]) == ("2个项目", "1项、1个项目", "1项")
    rows = {row.name: dashboard.asked_words(row.tasks, row.projects) for row in dashboard.heat(scope)}
    assert rows == asked
