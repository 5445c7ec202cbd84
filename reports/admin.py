"""The technical administration of the calendar; months are shown, reports and what was filed are not here at all."""

from django.contrib import admin

from kit.administration import KeptAdmin, ReadOnlyAdmin
from reports.models import Period, Workday


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    list_display = ("plan", "month", "opens_at", "on_time_until", "open_until", "closed_at")
    list_filter = ("plan",)
    list_select_related = ("plan",)
    date_hierarchy = "month"
    exclude = ("summary",)


@admin.register(Workday)
class WorkdayAdmin(KeptAdmin):
    """The official calendar, entered by hand where no published one is at hand."""

    list_display = ("day", "is_workday", "note")
    list_filter = ("is_workday",)
    date_hierarchy = "day"
