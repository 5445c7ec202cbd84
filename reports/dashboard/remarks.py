"""The office's remarks on one month, as the summary shows them beside each task."""

from reports.models import Entry, MonthlyReport
from reports.remarks import Part

# Only what is with the office or accepted carries a remark of this month; what is with the unit does not.
REMARKED = (MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED)


def parts_of(period, user):
    rows = Entry.objects.visible_to(user).filter(report__period=period, report__status__in=REMARKED)
    rows = rows.select_related("task", "report__unit").order_by("task__order", "task_id", "role", "report__unit__order")
    return [Part(each.task.number, each.role, each.report.unit.name, each.office_remark) for each in rows]
