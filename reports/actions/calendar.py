"""The official calendar of workdays: holidays and the weekends worked for them."""

from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import transaction

from kit import clock
from reports.models import Workday
from tasks.models import Plan


def published():
    return {day.year for day in holidays}


def years_in_use():
    spans = Plan.objects.values_list("starts_on", "ends_on")
    years = {year for first, last in spans for year in range(first.year, last.year + 1)}
    return years | {clock.today().year, clock.today().year + 1}


@transaction.atomic
def load_workdays(years):
    """Days already entered, by hand perhaps, stay. Return how many were new."""
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    known = set(Workday.objects.filter(day__year__in=years).values_list("day", flat=True))
    rows = [
        Workday(day=day, is_workday=works, note=names.get(occasion, "") + ("调休上班" if works else ""))
        for table, works in ((holidays, False), (workdays, True))
        for day, occasion in table.items()
        if day.year in years and day not in known
    ]
    Workday.objects.bulk_create(sorted(rows, key=lambda row: row.day))
    return len(rows)
