"""Tasks from a sheet, with what follows for the months that are open."""

from django.db import IntegrityError

from kit.refusal import Refusal
from reports.actions.assignment import assign_task
from tasks.resources import TaskResource


def assign_from_sheet(task, lead, supports, by, *, note=""):
    """As assign_task; a unit that would be left without any task this month is let go by a person, not by a sheet."""
    try:
        return assign_task(task, lead, supports, by, note=note)
    except IntegrityError as error:
        raise Refusal("调整后有单位本月已无任务，须由主管办公室在任务页面调整责任单位。") from error


class ReportedTaskResource(TaskResource):
    """Responsible units change by the door that also settles what they owe this month."""

    title = TaskResource.title
    assign = staticmethod(assign_from_sheet)

    class Meta(TaskResource.Meta):
        pass
