"""What of this floor meets a duty of the offices' calendar: occasions that were held, matters handed down and closed."""

from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from kit import clock
from kit.addresses import address_of
from kit.carriers import Carrier, Met
from supervision.models import Directive, Occasion


def _held(label, **which):
    """It counts for who organised it, jointly too, and for who leads the action or sector it dispatched."""

    def of(plans):
        led = Q(action=None) | Q(action__responsibilities__role="LEAD")
        rows = Occasion.objects.of(plans).held().filter(led, **which).order_by("held_on", "pk")
        units = ("unit", "co_organisers", "action__responsibilities__unit", "sector__lead")
        columns = ("pk", "plan", "month", "held_on", *units)
        for pk, plan, month, day, *units in rows.values_list(*columns):
            for unit in {each for each in units if each} or {None}:
                yield Met(plan, unit, month, day, label, address_of("occasion", pk))

    return of


def _handed_down(moment, word):
    """By issuer and month, the first day of them and how many: about a task of the plan, or about none by its office."""

    def of(plans):
        offices = {}
        for plan in plans:
            offices.setdefault(plan.office_id, []).append(plan.pk)
        rows = Directive.objects.of(plans).exclude(**{moment: None}).order_by().annotate(month=TruncMonth(moment))
        rows = rows.values("task__plan", "issuer", "issuer__name", "month").annotate(
            first=Min(moment), count=Count("pk")
        )
        for row in rows:
            day, month = clock.local(row["first"]).date(), clock.local(row["month"]).date()
            address = f"{reverse('directive_list')}?{urlencode({'tab': 'all', 'issuer': row['issuer__name']})}"
            for plan in [row["task__plan"]] if row["task__plan"] else offices.get(row["issuer"], ()):
                yield Met(plan, row["issuer"], month, day, f"{word}{row['count']}件", address)

    return of


# A dispatch and another meeting meet different duties.
CARRIERS = (
    Carrier(20, "DISPATCH", "调度会", _held("调度会", kind=Occasion.Kind.MEETING, title="")),
    Carrier(21, "MEETING", "会议（不是调度会）", _held("会议", kind=Occasion.Kind.MEETING, title__gt="")),
    *(
        Carrier(22 + place, kind.value, kind.label, _held(kind.label, kind=kind))
        for place, kind in enumerate(Occasion.Kind)
        if kind != Occasion.Kind.MEETING
    ),
    Carrier(30, "DIRECTIVE", "交办事项", _handed_down("sent_at", "交办")),
    Carrier(31, "CLOSING", "交办事项销号", _handed_down("first_closed_at", "销号")),
)
