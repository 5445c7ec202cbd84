"""Who may see which rows and pages: every role, and one that nobody has thought of, over every ``visible_to`` and page."""

import pytest
from django.apps import apps

from kit import clock
from reports.models import (
    Attachment,
    Correction,
    Entry,
    MonthlyReport,
    Period,
    PlaceRemark,
    Standing,
    Submission,
    Viewing,
)
from supervision.models import Answer, Occasion, OccasionFile
from tasks.models import SavedFilter
from tests.conftest import OCTOBER
from tests.test_doors import ADDRESSES, concrete, keys
from units.actions.typed import keep_typed
from units.actions.uploads import keep_upload
from units.models import Mail, Notice, Post, User

__all__ = ["keys"]

NEW = "GUEST"
ROLES = [*User.Role.values, NEW]
ALL = set(User.Role.values)
SEE_ALL = {"LEADER", "INSPECTOR"}
BUSINESS = {"REPORTER", "HEAD", "OFFICE"} | SEE_ALL
# model -> who sees its rows by role alone; with the unit that filed; with the plan's office. Their own, everybody sees.
MAY = {
    "Unit": (ALL, ALL, ALL),
    "User": ({"ADMIN"}, {"ADMIN"}, {"ADMIN"}),
    "Plan": (BUSINESS | {"ADMIN"},) * 3,
    "Task": (BUSINESS | {"ADMIN"},) * 3,
    "Project": (BUSINESS | {"ADMIN"},) * 3,
    "Schedule": (SEE_ALL, BUSINESS, BUSINESS),
    "TaskChange": (SEE_ALL, BUSINESS, BUSINESS),
    "Indicator": (BUSINESS | {"ADMIN"},) * 3,
    "Period": (BUSINESS | {"ADMIN"},) * 3,
    "Standing": (BUSINESS | {"ADMIN"},) * 3,
    "PlanReading": ({"ADMIN"}, {"ADMIN"}, {"ADMIN", "OFFICE"}),
    "SheetImport": (set(), set(), {"OFFICE"}),
    "MonthlyReport": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Submission": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Entry": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Attachment": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Correction": (BUSINESS | {"ADMIN"},) * 3,
    "Viewing": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Occasion": (SEE_ALL | {"OFFICE"}, BUSINESS, BUSINESS),
    "Item": (SEE_ALL, BUSINESS, BUSINESS),
    "InterviewRule": (BUSINESS,) * 3,
    "PlaceRemark": (SEE_ALL, BUSINESS, SEE_ALL | {"OFFICE"}),
    "Directive": (SEE_ALL, BUSINESS, BUSINESS),
    "DirectiveFile": (SEE_ALL, BUSINESS, BUSINESS),
    "Answer": (SEE_ALL, BUSINESS, BUSINESS),
    "OccasionFile": (SEE_ALL, SEE_ALL, BUSINESS),
    "OwnerWord": (SEE_ALL, SEE_ALL, SEE_ALL | {"OFFICE"}),
    "Rhythm": (BUSINESS,) * 3,
    # The rows of ``one_of_each``: a paper in draft, a scheme with a round on trial, an experience offered, all of the unit.
    "Paper": (set(), BUSINESS, set()),
    "PaperFile": (set(), BUSINESS, set()),
    "PaperRecord": (set(), BUSINESS, set()),
    "Scheme": (SEE_ALL, SEE_ALL, BUSINESS),
    "Round": (SEE_ALL, SEE_ALL, BUSINESS),
    "RoundRecord": (SEE_ALL, SEE_ALL, BUSINESS),
    "Subject": (SEE_ALL, SEE_ALL, BUSINESS),
    "ScoreFile": (SEE_ALL, SEE_ALL, BUSINESS),
    "Experience": (SEE_ALL, BUSINESS, BUSINESS),
    "SavedFilter": (set(),) * 3,
    "Upload": (set(),) * 3,
    "Typed": (set(),) * 3,
    "Mail": ({"ADMIN"},) * 3,
    "Post": ({"ADMIN"},) * 3,
    "Notice": (set(),) * 3,
}
# What a person without any right here still reaches: their own password and messages, and lists without a row.
OWN = {"password", "inbox", "signed_in", "login"}
EMPTY = {
    "change_list",
    "indicator_list",
    "plan_list",
    "project_approvals",
    "project_changes",
    "project_gaps",
    "project_list",
    "project_map",
    "record",
    "search",
    "task_list",
    "unit_list",
}


@pytest.fixture
def stage_of_rows(keys, task, period, reporter, town, make_user):
    """At least one row of everything, nobody's own."""
    other = make_user("nobody", "ADMIN")
    standing = Standing.objects.create(
        period=period, task=task, task_number="43", task_title="x", progress=1, expected=1, light="RED"
    )
    then = {"old_progress": 1, "old_light": "RED", "old_reason": "x", "progress": 2, "light": "RED", "reason": "x"}
    Correction.objects.create(standing=standing, by=other, **then)
    PlaceRemark.objects.create(
        project_id=keys["projects"], period=period, unit=town, unit_name="x", text="x", by=other, at=clock.now()
    )
    Viewing.objects.create(user=other, report=period.reports.get(unit=reporter.unit), at=clock.now())
    SavedFilter.objects.create(user=other, name="x", path="/tasks/", query="")
    inspection = Occasion.objects.create(
        kind="INSPECTION", title="x", plan=task.plan, unit=task.plan.office, month=OCTOBER, held_on=OCTOBER, by=other
    )
    Answer.objects.create(occasion=inspection, unit=reporter.unit, text="x", by=other)
    OccasionFile.objects.create(occasion=inspection, name="x", size=1, checksum="x", by=other, file="x", kind="pdf")
    notice = Notice.objects.create(user=reporter, key="x", title="x")
    Mail.objects.create(notice=notice, address="x@example.org")
    Post.objects.create(notice=notice, text="x")
    keep_upload(other, "x", name="x", content=b"", data={})
    keep_typed(other, "/x/", {"x": ["x"]})
    return other


def asking():
    return {model.__name__: model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")}


def test_every_model_that_is_asked_stands_in_the_table():
    assert set(asking()) == set(MAY)


@pytest.mark.parametrize("place", [0, 1, 2], ids=["elsewhere", "the unit", "the office"])
def test_rows_are_seen_by_who_is_named(stage_of_rows, make_user, water, civil, reform_office, place):
    unit = (water, civil, reform_office)[place]
    people = {role: make_user(f"p{number}", role, unit) for number, role in enumerate(ROLES)}
    seen = {
        name: {role for role, user in people.items() if _others(model.objects.visible_to(user), user).exists()}
        for name, model in asking().items()
    }
    assert seen == {name: who[place] for name, who in MAY.items()}


def _others(rows, user):
    """Leave out the person's own account and rows."""
    return rows.exclude(pk=user.pk) if rows.model is User else rows


@pytest.mark.parametrize("model", [MonthlyReport, Submission, Entry, Attachment, Period])
def test_a_stranger_sees_nothing(stage_of_rows, client, model):
    user = client.get("/login/").wsgi_request.user
    assert not model.objects.visible_to(user).exists()


@pytest.mark.parametrize("unit", ["elsewhere", "the unit", "the office"])
def test_a_role_nobody_named_reads_nothing(
    stage_of_rows, make_user, water, civil, reform_office, sign_in, unit, keys, plan
):
    unit = {"elsewhere": water, "the unit": civil, "the office": reform_office}[unit]
    client = sign_in(make_user("guest", NEW, unit))
    answers = {name: client.get(concrete(address, keys)) for address, name in ADDRESSES if name != "logout"}
    shown = {name: answer.content.decode() for name, answer in answers.items() if answer.status_code == 200}
    assert set(shown) <= OWN | EMPTY
    assert [name for name, page in shown.items() if plan.short_title in page or "核对平台" in page] == []


@pytest.mark.parametrize("who", ["the office", "the unit", *User.Role.values])
def test_nobody_meets_a_server_error(stage_of_rows, keys, office, reporter, water, make_user, sign_in, who):
    """Looking, and pressing with nothing filled in: those whose rows they are, and each role from elsewhere."""
    person = {"the office": office, "the unit": reporter}.get(who) or make_user("somebody", who, water)
    client, wrong = sign_in(person), []
    client.raise_request_exception = False
    for address, name in ADDRESSES:
        for method in ("get", "post") if name not in ("logout", "account_switch", "account_reset") else ():
            answer = getattr(client, method)(concrete(address, keys))
            if answer.status_code >= 500:
                wrong.append((method, address, answer.status_code))
    assert wrong == []
