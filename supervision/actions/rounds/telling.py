"""Who is told what about a round."""

from units.actions.notices import deliver, notice_to
from units.models import User


def tell_units(round_, units, title, body="", *, key, url=""):
    """Whoever acts for these units, or the units they were merged into, once per ``key``; what it is about is not for a group's robot."""
    answering = {(unit.answering() or unit).pk for unit in units if unit is not None}
    people = User.objects.acting_for(answering)
    url = url or f"/assessment/rounds/{round_.pk}/"
    key = f"round:{round_.pk}:{key}"
    return deliver(notice_to(person, key, title, body, url, private=True) for person in people)


def tell_office(round_, title, body="", *, key):
    return tell_units(round_, [round_.scheme.unit], title, body, key=key)
