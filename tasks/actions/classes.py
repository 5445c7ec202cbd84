"""Classes of key projects: to which action each belongs, and a project that is given another."""

from django.db import transaction

from kit.moves import change, lock, require, require_said, require_status
from kit.refusal import Refusal
from tasks.models import Cause, CauseRule, ClassChange, ClassRule, Project, ProjectClass, Sector, Task, TaskEvent
from tasks.permissions import can_manage_plan

SECTORS = ("农业", "工业", "服务业", "基础设施", "社会公益")


def rules_of(plan):
    """{class: the ClassRule that says to which action it belongs}."""
    return {rule.klass: rule for rule in ClassRule.objects.filter(plan=plan).select_related("action")}


def rule_of(rules, klass):
    if klass not in rules:
        raise Refusal(f"还没有设定“{ProjectClass(klass).label}”项目属于哪项行动，请先在“项目设置”中设定。")
    return rules[klass]


@transaction.atomic
def set_class_rule(plan, by, klass, *, action, also=None, rhythm=ClassRule.Rhythm.MONTHLY):
    """Say to which action a class belongs; its projects go along."""
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    values = {"action": action, "also": also, "rhythm": rhythm}
    rule, _ = ClassRule.objects.update_or_create(plan=plan, klass=klass, defaults=values)
    Task.objects.filter(plan=plan, project__klass=klass).update(parent=action)
    return rule


def set_up(plan, by=None):
    """Give a plan the five sectors and, where it has seven actions or more, the classes' actions by their order in the notice."""
    for order, name in enumerate(SECTORS, 1):
        Sector.objects.get_or_create(plan=plan, name=name, defaults={"order": order})
    actions = list(plan.tasks.actions().in_force().order_by("order")[:7])
    if len(actions) < 7 or plan.class_rules.exists():
        return
    start, finish, prepare, finance, ground, contract, climate = actions
    every = ClassRule.Rhythm
    set_class_rule(plan, by, ProjectClass.NEW, action=start)
    set_class_rule(plan, by, ProjectClass.CONTINUED, action=finish)
    set_class_rule(plan, by, ProjectClass.PREPARED, action=prepare, also=start)
    set_class_rule(plan, by, ProjectClass.STUDIED, action=prepare, rhythm=every.QUARTERLY)
    set_class_rule(plan, by, ProjectClass.CONTRACTED, action=contract)
    owners = {Cause.FUNDS: finance, Cause.GROUND: ground, Cause.BLOCKED: climate}
    CauseRule.objects.bulk_create(CauseRule(plan=plan, cause=cause, action=action) for cause, action in owners.items())


@transaction.atomic
def change_class(project, by, klass, from_month, *, reason, paper=""):
    """Give a project another class from a month on; the months before keep the one they had."""
    task = lock(project.task)
    require(not by or can_manage_plan(by, task.plan))
    project = Project.objects.select_related("task").get(pk=task.pk)
    require_status(task, Task.Status.NOT_STARTED, Task.Status.ONGOING, otherwise="不能变更类别")
    reason = require_said(reason, "变更类别须写明原因。")
    if from_month not in task.plan.months or from_month < project.listed_from:
        raise Refusal("起始月份须在方案年度内、列入月份以后。")
    last = project.classes.last()
    if from_month <= last.from_month:
        raise Refusal(
            f"{last.from_month.year}年{last.from_month.month}月起已是“{last.get_klass_display()}”，新的类别须从更晚的月份起。"
        )
    if klass == last.klass:
        raise Refusal(f"项目已是“{last.get_klass_display()}”。")
    rule = rule_of(rules_of(task.plan), klass)
    ClassChange.objects.create(
        project=project, klass=klass, from_month=from_month, reason=reason, paper=paper.strip(), by=by
    )
    change(project, klass=klass)
    change(task, parent=rule.action)
    word = f"{last.get_klass_display()}", f"{project.get_klass_display()}（{from_month.year}年{from_month.month}月起）"
    note = "；".join(part for part in (reason, paper.strip()) if part)
    TaskEvent.write(task, by, "变更类别", note=note, changes={"类别": list(word)})
    return project
