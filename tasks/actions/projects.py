"""The register of key projects: what is said of one corrected, or all of it taken back."""

from decimal import Decimal

from django.db import transaction

from kit.moves import lock, require
from kit.rates import written
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.assignment import assign
from tasks.actions.listing import Taken, put_told, put_values
from tasks.actions.turning import settle
from tasks.models import Project, TaskEvent
from tasks.permissions import can_manage_plan


@transaction.atomic
def revise_project(project, by, told, *, note=""):
    """Correct what is said of a project; another total or year's plan than before needs a reason."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.select_related("sector", "package").get(pk=task.pk)
    project.task = task
    before = described(project)
    put_values(project, told.values)
    Taken(task.plan, but=project.pk).take(project.name)
    if told.content is not None:
        task.text = told.content or project.name
    task.short_title = project.name[:40]
    is_first = bool(task.continues_id) and project.first_year_plan is None
    if is_first:
        project.first_year_plan = project.year_plan
    decided = ("总投资（万元）",) if is_first else ("总投资（万元）", "年度计划投资（万元）")
    moved = [name for name in decided if described(project)[name] != before[name]]
    if moved and not note.strip():
        raise Refusal(f"修改{'、'.join(moved)}须写明原因。")
    project.save()
    task.save()
    put_told([(project, told)], by)
    settle([project])
    project = Project.objects.select_related("task", "sector").get(pk=task.pk)
    if changes := differences(before, described(project)):
        TaskEvent.write(task, by, "修改项目资料", note=note.strip(), changes=changes)
    return project


def described(project):
    """What the register says of a project in words, {Chinese name: text}, as the trace compares it."""
    fields = {Project._meta.get_field(name).verbose_name: getattr(project, name) for name in Project.OWN}
    people = project.people.all() if project.pk else []
    parts = {
        "建设规模和内容": project.content,
        "标签": "、".join(each.name for each in project.labels.all()),
        "建设地点": "、".join(each.name for each in project.places.all()),
        "责任人": "、".join(f"{each.get_role_display()}{each.name}" for each in people),
    }
    return {name: _words(value) for name, value in (fields | parts).items()}


def _words(value):
    return "" if value is None else written(value) if isinstance(value, Decimal) else str(value)


@transaction.atomic
def remove_project(project, by, *, note=""):
    """Take back a project that was put on the list by mistake, as long as nothing was reported or proposed on it; its events stay."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.get(pk=task.pk)
    if task.progress or project.amounts.exclude(actual=None).exists() or project.schedules.exists():
        raise Refusal("项目已有进度或计划表。")
    if project.parts.exists():
        raise Refusal("项目下面还有子项目。")
    assign(task, None, [], by)
    TaskEvent.write(task, by, "撤销列入", note=note, changes={"项目": [str(task), ""]})
    task.delete()
