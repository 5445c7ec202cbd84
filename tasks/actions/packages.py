"""What is listed as one (打包项目) and what it is made of: the package counts once, its parts carry the money and owe the months."""

from django.db import transaction

from kit.moves import change, lock_rows, require, require_said, require_status
from kit.refusal import Refusal
from tasks.actions.months import recount
from tasks.models import Project, Task, TaskEvent
from tasks.permissions import can_manage_plan

ALONE = "单独计数"


@transaction.atomic
def put_in_package(project, by, package, *, reason):
    """Make a project a part of ``package``, or one that stands by itself again (None); months that are closed stay as they were counted."""
    keys = {project.pk, project.package_id, package and package.pk} - {None}
    lock_rows(Task.objects.filter(pk__in=keys))
    rows = Project.objects.select_related("task__plan", "package__task").in_bulk(keys)
    project, package = rows[project.pk], rows.get(package and package.pk)
    require(not by or can_manage_plan(by, project.task.plan))
    require_status(project.task, Task.Status.NOT_STARTED, Task.Status.ONGOING, otherwise="不能改所属打包项目")
    reason = require_said(reason, "改所属打包项目须写明原因。")
    if any(each.task.continued_by.exists() for each in rows.values()):
        raise Refusal("项目已结转到下一年度，请在下一年度的方案里改。")
    if project.package == package:
        raise Refusal(f"{project}已属于{package}。" if package else f"{project}不在打包项目里。")
    if package and (why := _why_not(project, package)):
        raise Refusal(why)
    old = project.package
    change(project, package=package)
    changes = {"所属打包项目": [str(old or ALONE), str(package or ALONE)]}
    TaskEvent.write(project.task, by, "改所属打包项目", note=reason, changes=changes)
    for each, was, now in ((old, str(project), ""), (package, "", str(project))):
        if each:
            TaskEvent.write(each.task, by, "改子项目", note=reason, changes={"子项目": [was, now]})
    recount([each for each in (old, package) if each], by, "子项目变动", note=reason)
    return project


def _why_not(project, package):
    if package.pk == project.pk or package.task.plan_id != project.task.plan_id:
        return "请选本方案的另一个项目。"
    if project.parts.exists():
        return f"{project}自己是打包项目，不能再列入别的打包项目。"
    return package.why_no_part(project.klass, project.listed_from)
