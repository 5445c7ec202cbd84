"""What spans all floors is found, not listed: whoever adds a table of events, a kind of sheet or a role edits nothing above."""

import datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test.utils import isolate_apps

from kit import trace
from kit.floors import gathered
from kit.menu import Place
from portal import context
from tasks import menu
from tasks.actions.changes import agree_change, ask_change
from units import resources
from units.models import User


@pytest.mark.parametrize("role", User.Role.values)
def test_every_role_has_its_menu_home_help_and_search(sign_in, make_user, plan, period, role):
    client = sign_in(make_user("somebody", role, plan.office))
    menu = client.get("/inbox/").context["nav"]
    assert {client.get(place["url"], follow=True).status_code for place in menu} == {200}
    home = client.get("/", follow=True)
    assert (home.redirect_chain[-1][0] if home.redirect_chain else "/") in {place["url"] for place in menu}
    assert "<h2>" in client.get("/help/").content.decode().split("page-aside")[0]
    assert [unit.name for unit in client.get("/search/?q=民政").context["units"]] == ["县民政局"]


def test_a_role_in_no_list_finds_nothing(sign_in, make_user, civil):
    client = sign_in(make_user("guest", "GUEST", civil))
    assert [client.get(address).status_code for address in ("/", "/help/")] == [403, 403]
    assert client.get("/inbox/").context["nav"] == []


@pytest.fixture
def afresh():
    """Gather again what the floors list, before and after."""
    for remembered in (gathered, context._items):
        remembered.cache_clear()
    yield
    for remembered in (gathered, context._items):
        remembered.cache_clear()


def test_a_new_place_stands_in_the_menu_of_its_roles_with_what_waits(sign_in, leader, office, monkeypatch, afresh):
    place = Place(
        75, "督办事项", "plan_list", "flag", User.OVERSEERS, waiting=lambda user: User.objects.filter(pk=user.pk)
    )
    monkeypatch.setattr(menu, "PLACES", (*menu.PLACES, place))
    shown = [(item["label"], item["badge"]) for item in sign_in(leader).get("/inbox/").context["nav"]]
    assert shown[3:5] == [("任务台账", 0), ("督办事项", 1)]
    assert "督办事项" not in [item["label"] for item in sign_in(office).get("/inbox/").context["nav"]]


def test_what_waits_at_an_office_is_counted_in_its_menu(task, office, other_office, reporter, sign_in):
    task.due_on = datetime.date(2015, 10, 31)
    task.save()
    told = {"due_on": datetime.date(2015, 11, 30), "reason": "省厅接口推迟开通", "so_far": "平台已招标"}
    change = ask_change(task, reporter, "EXTEND", **told)

    def badge(user):
        return {each["label"]: each["badge"] for each in sign_in(user).get("/inbox/").context["nav"]}["任务变更"]

    assert (badge(office), badge(other_office)) == (1, 0)
    agree_change(change, office)
    assert badge(office) == 0


def test_a_new_table_of_events_stands_in_the_trace(sign_in, auditor, monkeypatch):
    with isolate_apps("kit"):

        class MadeUpEvent(trace.Event):
            subject = trace.subject(User, "样品")

            class Meta:
                app_label = "kit"

    models = [*apps.get_models(), MadeUpEvent]
    monkeypatch.setattr(trace, "apps", SimpleNamespace(get_models=lambda: models))
    assert trace.tables()["madeup"] is MadeUpEvent
    assert '<option value="madeup">样品</option>' in sign_in(auditor).get("/trace/?kind=unit").content.decode()


def test_a_new_kind_of_sheet_can_be_brought_in(sign_in, admin, monkeypatch, afresh):
    class MadeUp(resources.Units):
        key, title, order = "made-up", "样品表", resources.Units.order + 1

    monkeypatch.setattr(resources, "KINDS", (*resources.KINDS, MadeUp))
    desk = sign_in(admin)
    assert [kind.title for kind in desk.get("/imports/").context["kinds"]] == ["单位和联系人", "样品表", "账号"]
    assert "样品表" in desk.get("/imports/new/made-up/").content.decode()
