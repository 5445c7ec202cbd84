"""What of this floor meets a duty of the offices' calendar."""

from kit.addresses import address_of
from kit.carriers import Carrier, Met


def _issued(plans):
    for plan in plans:
        if day := plan.issued_on:
            name = plan.document_number or "印发方案"
            yield Met(plan.pk, plan.office_id, day.replace(day=1), day, name, address_of("plan", plan.pk))


CARRIERS = (Carrier(5, "PLAN", "印发实施方案", _issued),)
