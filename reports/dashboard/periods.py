"""A period's reports one by one, and all periods with their counts."""

from django.db.models import Count, IntegerField, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from kit import clock
from kit.statements import Exists, Subquery
from reports.models import Entry, Fact, MonthlyReport, ReportEvent
from reports.models.fact import conditions
from units.models import Contact, User

URGED = "催报"


COUNTED = (Fact.OWED, Fact.FILED, Fact.UNFILED, Fact.MISSING, Fact.LAPSED, Fact.LATE, Fact.WAITING, Fact.ACCEPTED)


def with_counts(periods):
    facts = conditions(clock.now(), "reports__")
    return periods.select_related("plan__office").annotate(
        **{fact.value: Count("reports", filter=facts[fact]) for fact in COUNTED},
        with_units=Count("reports", filter=Q(reports__status__in=MonthlyReport.OWING)),
    )


def with_begun(periods):
    """``begun``: a unit has written something, so that the month cannot be taken back."""
    return periods.annotate(begun=Exists(MonthlyReport.objects.begun().filter(period=OuterRef("pk"))))


def rows_of(reports):
    """Annotated with what the office needs to chase; ``reachable``: somebody can read a notice."""
    urges = ReportEvent.objects.filter(subject=OuterRef("pk"), verb=URGED).order_by().values("subject")
    liaison = Contact.objects.filter(unit=OuterRef("unit"), post=Contact.Post.LIAISON)
    people = User.objects.filter(
        Q(unit=OuterRef("unit")) | Q(unit=OuterRef("unit__successor")),
        is_active=True,
        role__in=User.FILERS,
    )
    return (
        reports.select_related("unit", "period__plan")
        .with_mark()
        .annotate(
            urged=Coalesce(Subquery(urges.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
            urged_at=Subquery(urges.annotate(last=Max("at")).values("last")),
            liaison_name=Coalesce(Subquery(liaison.values("name")[:1]), Value("")),
            liaison_phone=Coalesce(Subquery(liaison.values("phone")[:1]), Value("")),
            reachable=Exists(people),
            has_tasks=Exists(Entry.objects.filter(report=OuterRef("pk"))),
        )
    )
