"""A period's reports one by one, and all periods with their counts."""

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from kit import clock
from reports.models import Entry, MonthlyReport, ReportEvent
from units.models import Contact, User

Status = MonthlyReport.Status
URGED = "催报"


def with_counts(periods):
    """Annotate periods with owed, filed, late, missing, waiting and accepted reports.

    ``owing`` have never filed, ``with_units`` wait for their unit: those, and the returned.
    """
    owed, now = ~Q(reports__status=Status.EXEMPT) & Q(reports__isnull=False), clock.now()
    filed = owed & Q(reports__first_submitted_at__isnull=False)
    return periods.select_related("plan__office").annotate(
        owed=Count("reports", filter=owed),
        filed=Count("reports", filter=filed),
        owing=Count("reports", filter=owed & Q(reports__first_submitted_at=None)),
        with_units=Count("reports", filter=Q(reports__status__in=MonthlyReport.OWING)),
        late=Count("reports", filter=filed & Q(reports__is_late=True)),
        missing=Count("reports", filter=owed & Q(reports__first_submitted_at=None, reports__due_at__lte=now)),
        waiting=Count("reports", filter=Q(reports__status=Status.SUBMITTED)),
        accepted=Count("reports", filter=Q(reports__status=Status.ACCEPTED)),
    )


def with_begun(periods):
    """Annotate ``begun``: whether a unit has written anything, so that the month cannot be taken back."""
    return periods.annotate(begun=Exists(MonthlyReport.objects.begun().filter(period=OuterRef("pk"))))


def rows_of(reports):
    """Annotate reports with what the office needs to chase: times urged, the liaison, whether anybody can read a notice."""
    urges = ReportEvent.objects.filter(subject=OuterRef("pk"), verb=URGED).order_by().values("subject")
    liaison = Contact.objects.filter(unit=OuterRef("unit"), post=Contact.Post.LIAISON)
    people = User.objects.filter(
        Q(unit=OuterRef("unit")) | Q(unit=OuterRef("unit__successor")),
        is_active=True,
        role__in=[User.Role.REPORTER, User.Role.HEAD],
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
