"""What of this floor meets a duty of the offices' calendar: every kind of occasion that was held."""

from django.db.models import Q

from kit.addresses import address_of
from kit.carriers import Carrier, Met
from supervision.models import Occasion


def _held(kind):
    """It counts for who organised it, and for who leads the action or sector it dispatched."""

    def of(plans):
        led = Q(action=None) | Q(action__responsibilities__role="LEAD")
        rows = Occasion.objects.of(plans).held().filter(led, kind=kind).order_by("held_on", "pk")
        columns = ("pk", "plan", "month", "held_on", "unit", "action__responsibilities__unit", "sector__lead")
        for pk, plan, month, day, *units in rows.values_list(*columns):
            for unit in {each for each in units if each} or {None}:
                yield Met(plan, unit, month, day, kind.label, address_of("occasion", pk))

    return of


CARRIERS = tuple(Carrier(20 + place, kind.value, kind.label, _held(kind)) for place, kind in enumerate(Occasion.Kind))
