"""Who answers for a unit, and whether its head signs."""

from django.db import transaction

from kit.moves import change, lock, require
from kit.trace import differences
from units.models import Contact, UnitEvent
from units.permissions import can_name_contacts, can_switch_signing


@transaction.atomic
def name_contacts(unit, people, by, *, note=""):
    require(can_name_contacts(by, unit))
    unit = lock(unit)
    before = _shown(unit)
    named = [
        Contact(unit=unit, post=post, name=name, title=title, phone=phone)
        for post, (name, title, phone) in people.items()
        if name
    ]
    unit.contacts.filter(post__in=people.keys() - {contact.post for contact in named}).delete()
    Contact.objects.bulk_create(
        named, update_conflicts=True, unique_fields=["unit", "post"], update_fields=["name", "title", "phone"]
    )
    if changes := differences(before, _shown(unit)):
        UnitEvent.write(unit, by, "更新联系人", note=note, changes=changes)
    return unit


def _shown(unit):
    named = {contact.post: contact for contact in unit.contacts.all()}
    return {
        label: f"{named[post].name} {named[post].title} {named[post].phone}" if post in named else ""
        for post, label in Contact.Post.choices
    }


@transaction.atomic
def switch_signing(unit, on, by):
    require(can_switch_signing(by, unit))
    unit = lock(unit)
    if unit.head_signs != on:
        change(unit, head_signs=on)
        UnitEvent.write(unit, by, "月报须负责人审签" if on else "月报不须负责人审签")
    return unit
