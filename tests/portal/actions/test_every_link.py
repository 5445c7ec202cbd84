"""Every link of every model to a unit: at a merger it is handed over, followed, or kept as it was, and this says which."""

import datetime

import pytest
from django.apps import apps

from kit import clock, trace
from portal.actions.succession import merge
from portal.dashboard.succession import consequences
from reports.actions.periods import open_period
from reports.models import PlaceRemark
from supervision.actions.meetings import judge_item, note_decision, settle_occasion
from supervision.models import Directive, Item, Occasion, OccasionEvent, Rhythm, RhythmNote, Serial
from supervision.permissions import can_answer_occasion, can_keep
from tasks.actions.listing import Person
from tasks.actions.schedules import Step
from tasks.models import Group, GroupLead, GroupMember, Indicator, IndicatorPart, PlanReading, ProjectPerson
from tests.supervision.directives import hand_down
from tests.supervision.second_half import one_of_each
from units.models import Contact, Unit, UnitName

D = datetime.date
TODAY, OCTOBER = D(2015, 10, 20), D(2015, 10, 1)
CHANGE = {"effective_on": TODAY, "reason": "株县编〔2015〕9号"}
# The successor stands there now; names the old unit still, and the successor reads it and acts for it; stays as it was then.
HANDED, FOLLOWED, KEPT = "handed over", "followed", "kept"
BECOMES = {
    "units.Unit.successor": KEPT,
    "units.UnitName.unit": HANDED,
    # Lent to the successor for the posts nobody has there.
    "units.Contact.unit": KEPT,
    "units.User.unit": HANDED,
    "tasks.Plan.office": HANDED,
    "tasks.Group.office": HANDED,
    "tasks.GroupLead.unit": HANDED,
    "tasks.GroupMember.unit": KEPT,
    "tasks.Responsibility.unit": HANDED,
    "tasks.Milestone.unit": HANDED,
    "tasks.Sector.lead": HANDED,
    "tasks.ProjectPerson.unit": HANDED,
    "tasks.Project_places.unit": HANDED,
    "tasks.Indicator.unit": HANDED,
    "tasks.Indicator.statistics_unit": HANDED,
    "tasks.IndicatorPart.unit": HANDED,
    "tasks.PlanReading.unit": KEPT,
    "reports.MonthlyReport.unit": HANDED,
    "reports.PlaceRemark.unit": KEPT,
    "supervision.Occasion.unit": HANDED,
    "supervision.Occasion_co_organisers.unit": FOLLOWED,
    "supervision.Stop.unit": FOLLOWED,
    "supervision.Answer.unit": KEPT,
    "supervision.Item.unit": HANDED,
    "supervision.Directive.issuer": FOLLOWED,
    "supervision.Directive.unit": FOLLOWED,
    "supervision.Directive_co_issuers.unit": FOLLOWED,
    "supervision.Directive_helpers.unit": FOLLOWED,
    "supervision.Rhythm_units.unit": FOLLOWED,
    "supervision.RhythmNote.unit": KEPT,
    "supervision.Serial.issuer": KEPT,
    "supervision.Letterhead.unit": KEPT,
    "supervision.Paper.unit": FOLLOWED,
    "supervision.Paper.issuer": FOLLOWED,
    "supervision.CoIssuer.unit": FOLLOWED,
    "supervision.Paper.addressee": FOLLOWED,
    "supervision.Scheme.unit": FOLLOWED,
    "supervision.PeerGroup_units.unit": KEPT,
    "supervision.SchemeItem.scorer": FOLLOWED,
    "supervision.Subject.unit": FOLLOWED,
    "supervision.Experience.unit": FOLLOWED,
    "supervision.Copying.unit": KEPT,
}


def links():
    """{model.field: (model, field)} of every column that names a unit, but for those of the trace, which never change."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in () if issubclass(model, trace.Event) else model._meta.concrete_fields:
            if field.related_model is Unit:
                found[f"{model._meta.label}.{field.name}"] = model, field.name
    return found


def test_every_link_to_a_unit_is_spoken_for():
    assert links().keys() == BECOMES.keys()


@pytest.fixture
def old(make_unit):
    return make_unit("县旧局", order=50)


@pytest.fixture
def heir(make_unit):
    return make_unit("县新局", order=51)


@pytest.fixture
def person(old, make_user):
    return make_user("jiuju", "OFFICE", old)


@pytest.fixture
def everywhere(old, person, programme, make_project, make_unit, inspector, leader, civil):
    """The old unit in every column that may name one; what belongs to plans in those of a plan that runs."""
    UnitName.objects.create(unit=old, name="县旧局局")
    Contact.objects.create(unit=old, post="LIAISON", name="刘示例")
    Unit.objects.create(name="县更旧局", successor=old, active_to=D(2014, 1, 1), peer_group="GOVERNMENT", order=52)
    group = Group.objects.create(plan=programme, kind="WORKING", name="组", office=old)
    GroupLead.objects.create(group=group, unit=old, order=1)
    GroupMember.objects.create(group=group, unit=old, name="李示例")
    people = [Person(ProjectPerson.Role.ENVOY, "李示例", old)]
    project = make_project(
        "标准厂房", lead=old, places=[old], people=people, nodes=[Step("环评", D(2015, 12, 1), unit_id=old.pk)]
    )
    programme.sectors.filter(name="工业").update(lead=old)
    indicator = Indicator.objects.create(
        plan=programme, unit=old, statistics_unit=old, name="数", target=1, unit_of_measure="个"
    )
    IndicatorPart.objects.create(indicator=indicator, unit=old, target=1)
    PlanReading.objects.create(unit=old, by=person, name="x.txt", text="x", draft={}, at=clock.now(), size=1)
    period = open_period(programme, OCTOBER)
    PlaceRemark.objects.create(
        project=project, period=period, unit=old, unit_name=old.name, text="x", by=person, at=clock.now()
    )
    programme.office = old
    programme.save()
    note_decision(programme, person, OCTOBER, project=project, text="交地", unit=old, due_on=D(2015, 10, 27))
    settled = Occasion.objects.create(
        kind="INSPECTION",
        title="督查",
        plan=programme,
        month=OCTOBER,
        held_on=TODAY,
        unit=civil,
        status="SETTLED",
        by=person,
    )
    settled.co_organisers.add(old)
    settled.stops.create(number=1, unit=old)
    settled.answers.create(unit=old, text="x", by=person)
    given = hand_down(inspector, old)[0]
    given.helpers.add(old)
    given.co_issuers.add(old)
    Directive.objects.filter(pk=hand_down(inspector, civil)[0].pk).update(issuer=old)
    rhythm = Rhythm.objects.create(plan=programme, title="例会", record="MEETING", who="NAMED")
    rhythm.units.add(old)
    RhythmNote.objects.create(rhythm=rhythm, month=OCTOBER, unit=old, text="x", by=person)
    Serial.objects.get_or_create(issuer=old, series="x", year=2015)
    one_of_each(programme, old, person, project.task)
    return project


def standing(unit):
    """The links in which a unit stands."""
    return {name for name, (model, field) in links().items() if model._base_manager.filter(**{field: unit}).exists()}


def test_what_becomes_of_each(everywhere, old, heir, person, admin):
    assert standing(old) == set(BECOMES)
    merge([old], heir, admin, **CHANGE)
    assert standing(old) == {name for name, becomes in BECOMES.items() if becomes != HANDED}
    assert standing(heir) >= {name for name, becomes in BECOMES.items() if becomes == HANDED}
    person.refresh_from_db()
    for rows in (Directive.objects.filter(unit=old), Directive.objects.filter(issuer=old)):
        assert rows.visible_to(person).count() == rows.count() > 0
    settled = Occasion.objects.get(kind="INSPECTION")
    assert can_keep(person, settled)
    assert can_answer_occasion(person, settled)


def test_promises_go_over_with_an_event_and_what_was_judged_or_settled_stays(
    everywhere, old, heir, person, admin, programme, civil
):
    told = note_decision(programme, person, D(2015, 9, 1), text="拆迁", unit=old, due_on=D(2015, 10, 30))
    done = note_decision(programme, person, D(2015, 9, 1), text="报批", unit=old, due_on=D(2015, 10, 30))
    other = note_decision(programme, person, D(2015, 9, 1), text="别人的", unit=civil, due_on=D(2015, 10, 30))
    settle_occasion(told.occasion, person, seen_version=Occasion.objects.get(pk=told.occasion_id).version)
    judge_item(done, person, "KEPT")
    listed = consequences([old], heir, TODAY).others
    assert {"没有认定的议定和发现事项（2件）", "没有定结论的活动（1件）", "没有销号的交办事项（1件）"} <= set(listed)
    merge([old], heir, admin, **CHANGE)
    units = {item.text: item.unit for item in Item.objects.select_related("unit")}
    assert units == {"交地": heir, "拆迁": heir, "报批": old, "别人的": civil}
    assert Occasion.objects.get(pk=other.occasion_id).unit == old
    event = OccasionEvent.objects.get(subject=told.occasion_id, verb="机构调整")
    assert event.changes == {f"第{told.number}件办理单位": ["县旧局", "县新局"]}
    assert "株县编〔2015〕9号" in event.note


def test_a_plan_that_has_ended_keeps_its_promises_where_they_were(everywhere, old, heir, person, admin, programme):
    programme.ends_on = D(2015, 10, 19)
    programme.save()
    merge([old], heir, admin, **CHANGE)
    assert Item.objects.get().unit == old
