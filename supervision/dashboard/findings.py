"""What reports say of the projects an inspection stops at, to be compared on the spot."""

from reports.models import Entry, MonthlyReport


def said_at(user, occasion):
    """{stop's key: (month, problems and shape of the latest filed line)} of the stops at projects."""
    stops = {stop.project_id: stop.pk for stop in occasion.stops.all() if stop.project_id}
    rows = Entry.objects.visible_to(user).filter(task__in=stops).exclude(report__status__in=MonthlyReport.OWING)
    rows = rows.exclude(invested=None).order_by("report__period__month")
    found = {}
    for task, month, problems, shape in rows.values_list("task", "report__period__month", "problems", "shape"):
        found[stops[task]] = (month, problems, shape)
    return found
