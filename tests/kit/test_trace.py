"""Nobody changes or deletes what is on record."""

import pytest

from kit.trace import TraceError, differences
from tests.conftest import moment
from units.models import UnitEvent


@pytest.fixture
def event(civil, office):
    return UnitEvent.write(civil, office, "更名", note="机构改革", changes={"名称": ["县民政局", "县民政和社会局"]})


def test_an_event_says_who_what_when_and_why(event):
    event.refresh_from_db()
    assert (event.actor_name, event.verb, event.note) == ("县委改革办 李审核", "更名", "机构改革")
    assert event.at == moment("2015-10-20 10:00")
    assert event.changes == {"名称": ["县民政局", "县民政和社会局"]}


def test_the_name_outlives_a_rename(event, office):
    office.name = "别人"
    office.save()
    event.refresh_from_db()
    assert event.actor_name == "县委改革办 李审核"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: UnitEvent.objects.update(note="改写"),
        lambda event: UnitEvent.objects.filter(pk=event.pk).delete(),
    ],
)
def test_tampering_is_refused(event, tamper):
    with pytest.raises(TraceError):
        tamper(event)
    assert UnitEvent.objects.get().note == "机构改革"


def test_differences_names_only_what_changed():
    assert differences({"甲": 1, "乙": 2}, {"甲": 1, "乙": 3, "丙": 4}) == {"乙": [2, 3], "丙": [None, 4]}


def test_an_event_outlives_its_subject(event):
    subject = event.subject_id
    event.subject.delete()
    event.refresh_from_db()
    assert (event.subject_id, event.verb) == (subject, "更名")
