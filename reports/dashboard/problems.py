"""What stands in a task's way, in its unit's own words: beside a light's reason, which is only arithmetic."""

from kit import deadlines
from reports.models import Entry
from tasks.models import Responsibility


def problems_of(tasks, user, month):
    """{task key: 存在问题 of its leading unit's latest report of ``month`` or the one before}.

    Words of the month before say so.
    """
    if not tasks:
        return {}
    months = (deadlines.previous_month(month), month)
    rows = Entry.objects.visible_to(user).filter(
        task__in=tasks, role=Responsibility.Role.LEAD, report__period__month__in=months
    )
    found = {}
    fields = rows.order_by("report__period__month").values_list("task", "report__period__month", "problems")
    for task, when, problems in fields:
        found[task] = f"（{when.month}月）{problems}" if problems and when != month else problems
    return found
