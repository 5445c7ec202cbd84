"""What of this floor meets a duty of the offices' calendar: occasions held, matters handed down and closed, papers printed, rounds published."""

from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from kit import clock
from kit.addresses import address_of
from kit.carriers import Carrier, Met
from supervision.models import Directive, Occasion, Paper, Round, Scheme


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


def _printed(label, *kinds):
    """It counts for whoever wrote it and under whose head it went out, for the last month it is about."""

    def of(plans):
        keys = {plan.pk for plan in plans}
        rows = Paper.objects.of(plans).printed().filter(kind__in=kinds).exclude(until=None).order_by("signed_at", "pk")
        for pk, plan, month, at, *units in rows.values_list("pk", "plans", "until", "signed_at", "unit", "issuer"):
            for unit in set(units) if plan in keys else ():
                yield Met(plan, unit, month, clock.local(at).date(), label, address_of("paper", pk))

    return of


def _published(label, purpose):
    """It counts for the office whose scheme it is, for the last month of the round."""

    def of(plans):
        rows = Round.objects.of(plans).out().filter(scheme__purpose=purpose).order_by("published_at")
        for pk, plan, unit, month, at in rows.values_list(
            "pk", "scheme__plan", "scheme__unit", "until", "published_at"
        ):
            yield Met(plan, unit, month, clock.local(at).date(), label, address_of("round", pk))

    return of


def _in_use(plans):
    """A scheme counts from the month it was put to use in, each version by itself."""
    for scheme in Scheme.objects.of(plans).exclude(locked_at=None).order_by("locked_at", "pk"):
        day = clock.local(scheme.locked_at).date()
        yield Met(scheme.plan_id, scheme.unit_id, day.replace(day=1), day, "考核办法", address_of("scheme", scheme.pk))


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
    Carrier(40, "BULLETIN", "通报", _printed("通报", Paper.Kind.BULLETIN)),
    Carrier(41, "APPRAISAL", "讲评（排名通报）", _printed("讲评", Paper.Kind.RANKING)),
    Carrier(42, "MEDIA", "媒体公布", _printed("媒体公布", Paper.Kind.MEDIA)),
    Carrier(43, "SUMMARY", "总结", _printed("总结", Paper.Kind.SUMMARY)),
    Carrier(50, "SCHEME", "考核办法", _in_use),
    Carrier(51, "RANKING", "排名", _published("排名", Scheme.Purpose.RANKING)),
    Carrier(52, "ASSESSMENT", "考核", _published("考核", Scheme.Purpose.ASSESSMENT)),
)
