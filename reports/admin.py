"""The technical administration of the calendar; months are shown, reports and what was filed are not here at all."""

from django.contrib import admin

from kit.administration import KeptAdmin, ReadOnlyAdmin
from reports.models import Period, Workday
from reports.resources import ReportedTaskResource
from tasks.admin import TaskAdmin
from tasks.models import Task

admin.site.unregister(Task)


@admin.register(Task)
class ReportedTaskAdmin(TaskAdmin):
    """As below, with reports: a sheet that changes responsible units settles this month's reports too."""

    resource_classes = [ReportedTaskResource]


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    """Months are opened, extended and closed by their office."""

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
