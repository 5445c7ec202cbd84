"""The demonstration year shows six dispatch meetings, visits and owners' words."""

import datetime
from collections import Counter

import pytest

from supervision.dashboard.rhythm import Calendar
from supervision.models import (
    Directive,
    DirectiveEvent,
    Experience,
    Item,
    Objection,
    Occasion,
    OwnerWord,
    Paper,
    Rhythm,
    Round,
)
from tasks.models import Milestone, Schedule, TaskChange
from tests.demonstration import built, folder
from units.models import User

__all__ = ["built", "folder"]
D = datetime.date
# Duties met by occasions and directives, whichever month the year is begun with.
KEPT = ("MEETING", "ACTIVITY", "DISPATCH", "DIRECTIVE", "CLOSING", "INSPECTION")


@pytest.fixture
def demo(built, db, settings, folder):
    settings.MEDIA_ROOT = folder
    return built


def test_six_meetings_were_held_and_settled(demo):
    meetings = Occasion.objects.meetings().order_by("month")
    assert [(each.month.month, each.action and each.action.number, each.status) for each in meetings] == [
        (3, None, "SETTLED"),
        (4, "(二)", "SETTLED"),
        (6, "(一)", "SETTLED"),
        (7, "(五)", "SETTLED"),
        (8, "(二)", "SETTLED"),
        (9, None, "SETTLED"),
    ]
    assert all(each.place and each.people and each.notes for each in meetings)
    assert meetings[1].unit.name == "县重点办"


def test_decisions_were_kept_broken_and_are_open(demo):
    rows = Item.objects.filter(occasion__in=Occasion.objects.meetings())
    assert Counter(rows.values_list("kept", flat=True)) == {"KEPT": 8, "BROKEN": 12, "OPEN": 8}
    assert not rows.filter(unit=None).exists()
    assert rows.filter(project__task__number="X34").count() == 5


def test_the_leader_visited_and_the_office_wrote_some_for_them(demo):
    visits = Occasion.objects.visits().select_related("leader", "by")
    assert {each.leader.name for each in visits} == {"张示长"}
    assert Counter(each.by.role for each in visits) == {"LEADER": 9, "OFFICE": 2}
    assert all(each.items.exists() for each in visits)
    said = Counter(Item.objects.filter(occasion__in=visits).values_list("kept", flat=True))
    assert said == {"KEPT": 5, "OPEN": 8}


def test_owners_said_a_word_and_one_problem_waits(demo):
    assert Counter(OwnerWord.objects.values_list("status", flat=True)) == {"ANSWERED": 2, "CONFIRMED": 2, "SENT": 1}
    (waiting,) = [each for each in OwnerWord.objects.all() if each.is_to_confirm]
    assert waiting.confirming_unit.name == "县房产局"


def test_forty_papers_are_in_every_state(demo):
    papers = Directive.objects.filter(batch=None) | Directive.objects.filter(stands_for_batch=True)
    papers = papers.exclude(kind="MENDING")
    assert papers.count() == 40
    states = Counter(papers.values_list("status", flat=True))
    assert states == {
        "DRAFT": 3,
        "SENT": 3,
        "ONGOING": 16,
        "CHECKING": 2,
        "CONTINUING": 4,
        "CLOSED": 10,
        "WITHDRAWN": 1,
        "MOVED_ON": 1,
    }
    assert papers.filter(rebounds=1).count() == papers.filter(status="MOVED_ON").count() == 1
    assert papers.filter(refusals__gt=0).exists()
    assert papers.filter(extensions__gt=0).exists()


def test_one_paper_is_a_batch_of_which_most_are_done(demo):
    rows = Directive.objects.exclude(batch=None)
    assert Counter(rows.values_list("status", flat=True)) == {"CLOSED": 41, "CHECKING": 8, "ONGOING": 6, "SENT": 4}


def test_two_inspections_one_looked_at_again_and_an_interview_with_its_mending(demo):
    held = Occasion.objects.held().filter(kind__in=["INSPECTION", "INTERVIEW"]).order_by("held_on")
    assert [(each.kind, each.status, each.unit.name) for each in held] == [
        ("INSPECTION", "SETTLED", "县项目突破年办"),
        ("INSPECTION", "SETTLED", "县委督查室"),
        ("INTERVIEW", "HELD", "县项目突破年办"),
        ("INTERVIEW", "HELD", "县委组织部"),
    ]
    assert [each.letter_number for each in held] == [
        "督查〔2015〕1号",
        "督查〔2015〕1号",
        "约〔2015〕1号",
        "约〔2015〕1号",
    ]
    looked = Item.objects.to_look_at_again()
    assert [(item.kept, item.looked_at is not None) for item in looked.order_by("occasion__held_on")] == [
        ("KEPT", True),
        ("KEPT", True),
    ]
    (mending,) = Directive.objects.filter(item__occasion=held[2])
    assert (mending.kind, mending.status, mending.unit.name) == ("MENDING", "ONGOING", "县房产局")
    assert held[2].answers.count() == 1


def test_an_inspection_is_announced_for_the_days_to_come(demo):
    ahead = Occasion.objects.get(kind="INSPECTION", status="PLANNED")
    assert (f"{ahead.held_on:%m-%d}", ahead.announced_on is not None) == ("10-23", True)
    assert "县民政局" in [unit.name for unit in ahead.named_units()]


def test_two_schemes_are_on_their_way_their_steps_ticked_by_meetings(demo):
    steps = Milestone.objects.filter(kind__in=Milestone.SCHEME, task__plan__kind="REFORM")
    assert Counter(steps.exclude(done_on=None).values_list("task__number", flat=True)) == {"48": 4, "20": 2}
    ticked = Item.objects.exclude(milestone=None).select_related("milestone", "occasion")
    assert Counter(each.milestone.kind for each in ticked) == {"DISCUSSED": 2, "OUTLINED": 1, "STEERED": 1}
    assert all(each.milestone.done_on == each.occasion.held_on for each in ticked)
    assert Occasion.objects.filter(kind="MEETING", status="PLANNED").count() == 1


def test_one_change_was_agreed_and_one_waits(demo):
    rows = TaskChange.objects.order_by("at").values_list("task__number", "status")
    assert list(rows) == [("自选-朱亭镇-1", "AGREED"), ("自选-渌口镇-1", "ASKED")]


def test_an_office_remarked_and_a_timetable_was_proposed_in_the_units_place(demo):
    (remark,) = DirectiveEvent.objects.filter(verb="意见")
    assert remark.actor.unit.name == "县项目突破年办"
    schedule = Schedule.objects.get(project__task__number="X29")
    assert (schedule.by.unit.name, schedule.status) == ("县重点办", "ACCEPTED")
    assert schedule.project.service_unit.name == "县经信局"


def test_the_calendar_of_the_year_is_met_but_for_a_few(demo):
    calendar = Calendar(User.objects.get(username="ducha"), Rhythm.objects.select_related("plan__office"))
    kept = [each for each in calendar.duties if each.rhythm.record in KEPT]
    found = Counter(each.state.name for each in kept)
    assert (found["DONE"] > 150, found["MISSED"], found["LATE"]) == (True, 8, 10)


def test_one_case_of_reform_was_chosen_and_is_worked_by_elsewhere(demo):
    rows = Experience.objects.with_copies().order_by("at").values_list("unit__name", "status", "copied")
    assert list(rows) == [("县政务中心", "CHOSEN", 1), ("县编办", "OFFERED", 0)]


def test_bulletins_were_printed_put_right_and_wait_for_their_head(demo):
    rows = Paper.objects.order_by("at", "pk").values_list("kind", "issuer__name", "status", "number")
    assert list(rows) == [
        ("COMMITMENT", "县项目突破年办", "PRINTED", 1),
        ("COMMITMENT", "县项目突破年办", "PRINTED", 2),
        ("RANKING", "县项目突破年办", "PRINTED", 1),
        ("MEDIA", "县项目突破年办", "PRINTED", 1),
        ("BULLETIN", "县委改革办", "PRINTED", 1),
        ("RANKING", "县项目突破年办", "PRINTED", 2),
        ("MEDIA", "县项目突破年办", "PRINTED", 2),
        ("CORRECTION", "县委改革办", "PRINTED", 2),
        ("BULLETIN", "县项目突破年办", "PRINTED", 1),
        ("BULLETIN", "县项目突破年办", "PRINTED", 2),
        ("RANKING", "县项目突破年办", "PRINTED", 3),
        ("MEDIA", "县项目突破年办", "PRINTED", 3),
        ("BULLETIN", "县委改革办", "SIGNING", None),
    ]
    assert Paper.objects.get(kind="CORRECTION").replaces.kind == "BULLETIN"
    assert all(each.record.content["blocks"] for each in Paper.objects.printed().select_related("record"))
    committed = Paper.objects.filter(kind="COMMITMENT")
    assert {each.agreed_on for each in committed} == {D(2015, 3, 27)}
    assert all(each.files.count() == 1 for each in committed)


def test_three_quarters_were_ranked_one_put_right_and_the_year_is_half_assessed(demo):
    ranked = Round.objects.filter(scheme__purpose="RANKING").order_by("month")
    assert [(str(each), each.status, each.edition) for each in ranked] == [
        ("2015年一季度排名", "CORRECTED", 2),
        ("2015年二季度排名", "PUBLISHED", 1),
        ("2015年三季度排名", "PUBLISHED", 1),
    ]
    answers = Objection.objects.order_by("at").values_list("score__subject__name", "answer")
    assert list(answers) == [("县公路局", "GRANTED"), ("县交通运输局", "DENIED")]
    tried = Round.objects.get(scheme__purpose="ASSESSMENT")
    handed = tried.subjects.exclude(self_at=None).count()
    assert (str(tried), tried.status) == ("2015年1—9月预考核", "SELF")
    assert 0 < handed < tried.subjects.count()
