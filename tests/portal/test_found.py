"""What spans all floors is found, not listed: whoever adds a table of events, a kind of sheet or a role edits nothing above."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test.utils import isolate_apps

from kit import trace
from kit.floors import gathered
from units import resources
from units.models import User


@pytest.fixture
def afresh():
    """Gather again what the floors list, before and after."""
    gathered.cache_clear()
    yield
    gathered.cache_clear()


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
