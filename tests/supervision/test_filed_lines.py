"""Who reads what a service unit filed about its project: lead of action and sector, who clears the cause, the townships."""

import datetime

import pytest

from reports.actions.periods import open_period
from reports.models import Entry, MonthlyReport
from tasks.models import Project, Sector

OCTOBER = datetime.date(2015, 10, 1)


@pytest.fixture
def line(project, programme, water):
    """The project's line of October, filed; its sector is led by 县水利局."""
    sector = programme.sectors.get(name="工业")
    Sector.objects.filter(pk=sector.pk).update(lead=water)
    Project.objects.filter(pk=project.pk).update(sector=sector)
    report = open_period(programme, OCTOBER).reports.get(unit=project.service_unit)
    MonthlyReport.objects.filter(pk=report.pk).update(status=MonthlyReport.Status.SUBMITTED)
    return report.entries.get(task=project.pk)


@pytest.fixture
def people(owner, lead, other_lead, outsider, reporter, co_reporter, mayor, leader, other_office, admin, make_user):
    ground = make_user("zhengdi", "REPORTER", "县征地办")
    return (owner, lead, other_lead, outsider, reporter, co_reporter, mayor, leader, other_office, admin, ground)


def readers(people, line):
    return {user.username for user in people if Entry.objects.visible_to(user).filter(pk=line.pk).exists()}


def test_whom_it_concerns_reads_it_once_it_is_filed(line, people):
    assert readers(people, line) == {"xiangmu", "fagai", "shuili", "minzheng", "zhuting", "leader"}
    MonthlyReport.objects.update(status=MonthlyReport.Status.DRAFT)
    assert readers(people, line) == {"minzheng"}


def test_the_unit_that_clears_the_cause_reads_it_while_it_holds_the_project_up(line, people):
    Project.objects.update(cause="GROUND")
    assert "zhengdi" in readers(people, line)
    Project.objects.update(cause="LABOUR")
    assert "zhengdi" not in readers(people, line)


def test_a_right_by_place_is_for_that_project_alone(line, people, make_project, programme, civil):
    other = make_project("别处的项目")
    report = line.report
    Entry.objects.create(report=report, task=other.task, role="LEAD")
    mayor = next(user for user in people if user.username == "zhuting")
    assert list(Entry.objects.visible_to(mayor)) == [line]


def test_the_dispatch_shows_the_last_words_filed(line, lead, sign_in, project, programme, first):
    Entry.objects.filter(pk=line.pk).update(problems="江湾段23户未拆", invested=0)
    hall = f"/dispatch/{programme.pk}/?action={first.pk}"
    assert "江湾段23户未拆" in sign_in(lead).get(hall).content.decode()
    MonthlyReport.objects.filter(pk=line.report_id).update(status=MonthlyReport.Status.RETURNED)
    assert "江湾段23户未拆" not in sign_in(lead).get(hall).content.decode()


def test_the_whole_report_stays_with_its_unit_and_the_offices(line, people):
    seen = {
        user.username for user in people if MonthlyReport.objects.visible_to(user).filter(pk=line.report_id).exists()
    }
    assert seen == {"xiangmu", "minzheng", "leader"}
