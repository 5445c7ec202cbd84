"""The demonstration year: what it must show, that it is the same every time, that it touches no real data.

Two months are built here, once for the file; .ci/run builds the whole year through quickstart.
"""

import datetime
from collections import Counter

import pytest
from django.db.models import F

from kit.refusal import Refusal
from reports.demo import year
from reports.models import Attachment, Entry, MonthlyReport, Period, ReportEvent, Standing, Submission
from tasks.models import Plan, PlanEvent, PlanReading, Reading, Task, TaskEvent
from tests.conftest import OCTOBER, moment
from tests.demonstration import built, folder
from tests.reports.answers import County, agree_on_reports, agree_on_tasks, agree_on_units
from units.models import Contact, Notice, Unit, User

__all__ = ["built", "folder"]
Status = MonthlyReport.Status


@pytest.fixture
def demo(built, db, settings, folder):
    settings.MEDIA_ROOT = folder
    return built


def october(kind="REFORM"):
    return MonthlyReport.objects.filter(period__month=OCTOBER, period__plan__kind=kind)


def test_the_open_month_is_half_done(demo):
    stands = Counter(october().values_list("status", flat=True))
    assert stands == {"DUE": 28, "DRAFT": 10, "SIGNING": 1, "SUBMITTED": 13, "RETURNED": 2, "ACCEPTED": 7}
    civil = {
        report.period.plan.kind: report.status
        for report in MonthlyReport.objects.filter(unit__name="县民政局", period__month=OCTOBER)
    }
    assert civil == {"REFORM": "DRAFT", "LAW": "RETURNED", "BREAKTHROUGH": "DUE"}


def test_the_closed_month_has_every_fate(demo):
    marks = Counter(report.mark() for report in MonthlyReport.objects.filter(period__month="2015-09-01"))
    assert {mark: marks[mark] for mark in ("LATE", "MISSING", "EXEMPT")} == {"LATE": 4, "MISSING": 2, "EXEMPT": 1}
    again = Submission.objects.filter(serial=2, report__period__month="2015-09-01").exclude(note="")
    assert again.count() == 2
    assert Entry.objects.filter(no_change=True, report__status=Status.ACCEPTED).exclude(no_change_reason="").exists()


def test_three_reform_tasks_lag_and_the_closed_month_is_frozen(demo):
    tasks = Task.objects.in_force().filter(plan__kind="REFORM").with_light(datetime.date(2015, 10, 20))
    assert {task.number for task in tasks if task.light_now == "RED"} == {"12", "26", "40"}
    assert Standing.objects.filter(period__month="2015-09-01").actions().count() == 86
    assert Period.objects.filter(closed_at=None).count() == 3


def test_the_office_divided_the_law_plan_as_an_example(demo):
    assert not Task.objects.filter(plan__kind="LAW").unassigned().exists()
    notes = TaskEvent.objects.filter(subject__plan__kind="LAW", verb="调整责任单位").values_list("note", flat=True)
    assert len(notes) == 5
    assert all("示例" in note for note in notes)


def test_townships_chose_tasks_of_their_own(demo):
    chosen = Task.objects.filter(origin=Task.Origin.SELF_CHOSEN)
    assert Counter(chosen.values_list("status", flat=True)) == {"ONGOING": 2, "PROPOSED": 1, "DECLINED": 1}


def test_files_figures_contacts_and_notices_are_there(demo):
    assert {"pdf", "png"} <= set(Attachment.objects.values_list("kind", flat=True))
    assert all(each.file.storage.exists(each.file.name) for each in Attachment.objects.all())
    september = Reading.objects.filter(month="2015-09-01")
    assert september.filter(kind=F("indicator__official")).count() == 11
    assert september.exclude(kind=F("indicator__official")).count() == 15
    assert Unit.objects.contacts_complete(False).count() == 7
    assert Notice.objects.filter(read_at=None, user__username="minzheng").exists()
    assert ReportEvent.objects.filter(verb="催报").exists()


def test_the_draft_of_the_next_year_waits_to_be_looked_over(demo):
    reading = PlanReading.objects.get()
    (plan,) = reading.draft["plans"]
    assert (reading.state[0], plan["year"], len(plan["tasks"])) == ("待核对", 2016, 10)
    assert [task["units"][0]["name"] for task in plan["tasks"][2:4]] == ["县政务中心", "县农业局"]
    assert not Plan.objects.filter(year=2016).exists()


def test_nothing_lies_after_the_evening_before_and_nothing_is_of_today(demo):
    last = moment("2015-10-20 00:00")
    for events in (ReportEvent, TaskEvent, PlanEvent):
        years = {event.at.year for event in events.objects.exclude(verb=year.BUILT)}
        assert years == {2015}
        assert not events.objects.filter(at__gt=last).exists()


def test_the_same_year_every_time(demo):
    report = october().get(unit__name="县编办")
    assert report.first_submitted_at == moment("2015-10-12 12:05")
    entry = report.entries.get(task__number="1")
    assert (entry.progress, entry.done[:12]) == (83, "对23个部门“三定”执行")


def test_texts_of_a_month_are_all_different(demo):
    texts = list(Entry.objects.filter(no_change=False).exclude(done="").values_list("done", flat=True))
    assert len(texts) > 150
    assert len(set(texts)) == len(texts)


def test_one_account_a_role_is_shown_and_works_at_once(demo, client):
    assert {User.objects.get(username=each.username).role for each in demo} == set(User.Role.values)
    shown = next(each for each in demo if each.username == "minzheng")
    user = User.objects.get(username="minzheng")
    assert user.check_password(shown.password)
    assert not user.must_change_password
    others = User.objects.exclude(username__in=[each.username for each in demo])
    assert others.count() > 60
    assert not any(user.has_usable_password() for user in others)


def test_every_invented_person_is_plainly_invented(demo):
    names = [*User.objects.values_list("name", flat=True), *Contact.objects.values_list("name", flat=True)]
    assert all("示" in name or "例" in name for name in names)


def test_it_refuses_a_database_in_use(demo):
    assert year.is_here()
    with pytest.raises(Refusal, match="空库"):
        year.build()


def test_the_clock_and_the_mark_are_written_once(tmp_path):
    path = tmp_path / "var" / "settings.env"
    for _ in range(2):
        year.set_the_clock(path)
    assert path.read_text("utf-8").split() == ["ZHUZHOU_TODAY=2015-10-20", "DEMO_DATA=1", "COUNTY=株洲县"]


PAGES = {
    "gaigeban": "/dashboard/ /tasks/ /review/ /filing/ /filing/rows/ /standings/ /periods/ /plans/ /indicators/ /exports/ /inbox/",
    "minzheng": "/ /month/2015-10/ /month/2015-09/ /record/ /tasks/ /search/?q=mzj /inbox/ /help/",
    "caizheng.head": "/ /month/2015-10/ /inbox/",
    "lukou": "/ /month/2015-10/ /tasks/propose/",
    "leader": "/overview/ /dashboard/ /tasks/ /filing/",
    "ducha": "/dashboard/ /overview/",
    "auditor": "/trace/",
}
# Far below the number of rows: overview pages ask twelve about key projects, a leader's seven about what was ordered and is
# overdue, the menu one for each thing that may wait.
MOST_QUERIES = 40


@pytest.mark.parametrize("username", PAGES)
def test_pages_say_that_data_are_examples_and_ask_a_fixed_number_of_questions(
    demo, username, sign_in, settings, django_assert_max_num_queries
):
    settings.DEMO = True
    client = sign_in(User.objects.get(username=username))
    for address in PAGES[username].split():
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(address)
        assert response.status_code == 200, address
        assert "示例数据" in response.content.decode(), address


def test_every_entry_of_the_month_can_be_read_where_it_belongs(demo, sign_in):
    office = sign_in(User.objects.get(username="gaigeban"))
    for report in october().filter(status=Status.SUBMITTED)[:3]:
        page = office.get(f"/review/{report.pk}/").content.decode()
        assert all(entry.task.short_title in page for entry in report.entries.select_related("task"))


def test_every_page_and_sheet_gives_one_answer(demo):
    leader, records = User.objects.filter(role=User.Role.LEADER).first(), {}
    for plan in Plan.objects.filter(year=2015):
        office = User.objects.filter(role=User.Role.OFFICE, unit=plan.office).first()
        county = County(plan, office, leader, records, sheets=plan.kind == "REFORM")
        for period in plan.periods.all():
            agree_on_reports(county, period)
            agree_on_tasks(county, period)
        agree_on_units(county)
    assert len(records) > 50
