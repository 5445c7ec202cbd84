"""How a plan sorts its key projects: to which action a class belongs, which clears what holds one up, the sectors with the
units that lead them, what labels are called."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from tasks.actions.classes import set_class_rule
from tasks.models import Cause, CauseRule, Label, PlanEvent, Project, Sector
from tasks.permissions import can_manage_plan


@dataclass(frozen=True)
class Belongs:
    """What is said of one class."""

    klass: str
    action: object
    also: object = None
    rhythm: str = "MONTHLY"


@dataclass(frozen=True)
class Field:
    """What is said of one sector; ``key`` is its own where it is on record."""

    name: str
    lead: object = None
    key: int | None = None


@transaction.atomic
def arrange(plan, by, classes, sectors, causes=None, labels=None):
    """Write all of it: ``causes`` {cause: the action that clears it, or None}, ``labels`` {key: what it is to be called}.

    A sector that is not named goes, unless projects stand in it. A label that gets another's name joins it, in this plan alone.
    """
    plan = lock(plan)
    require(not by or can_manage_plan(by, plan))
    before = _described(plan)
    for each in classes:
        set_class_rule(plan, by, each.klass, action=each.action, also=each.also, rhythm=each.rhythm)
    _put_sectors(plan, sectors)
    _put_causes(plan, causes or {})
    _rename_labels(plan, labels or {})
    if changes := differences(before, _described(plan)):
        PlanEvent.write(plan, by, "修改项目设置", changes=changes)
    return plan


def _put_causes(plan, causes):
    for cause, action in causes.items():
        if action:
            CauseRule.objects.update_or_create(plan=plan, cause=cause, defaults={"action": action})
        else:
            CauseRule.objects.filter(plan=plan, cause=cause).delete()


def _rename_labels(plan, labels):
    known = dict(Label.objects.filter(pk__in=labels).values_list("pk", "name"))
    labels = {key: name for key, name in labels.items() if known.get(key) not in (None, name)}
    borne = Project.labels.through.objects.filter(project__task__plan=plan, label__in=labels)
    rows = list(borne.values_list("project", "label"))
    borne.delete()
    named = {name: Label.objects.get_or_create(name=name)[0] for name in set(labels.values())}
    borne.model.objects.bulk_create(
        [borne.model(project_id=project, label=named[labels[label]]) for project, label in rows], ignore_conflicts=True
    )


def _put_sectors(plan, sectors):
    names = [each.name for each in sectors]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Refusal(f"行业“{twice}”写了两次。")
    gone = plan.sectors.exclude(pk__in=[each.key for each in sectors if each.key])
    if used := gone.filter(projects__isnull=False).first():
        raise Refusal(f"行业“{used}”下还有项目，不能去掉。")
    gone.delete()
    known = {each.pk: each for each in plan.sectors.all()}
    # Two may have changed their names with each other.
    for key in known:
        Sector.objects.filter(pk=key).update(name=f"{key}#")
    for order, each in enumerate(sectors, 1):
        row = known.get(each.key) or Sector(plan=plan)
        row.name, row.lead, row.order = each.name, each.lead, order
        row.save()


def _described(plan):
    rules = plan.class_rules.select_related("action", "also")
    told = {
        f"{rule.get_klass_display()}": f"{rule.action.number}"
        + (f"，{rule.also.number}同时调度" if rule.also else "")
        + f"，{rule.get_rhythm_display()}"
        for rule in rules
    }
    numbers = dict(plan.cause_rules.values_list("cause", "action__number"))
    cleared = {f"受阻于{word}": numbers.get(cause, "") for cause, word in Cause.choices}
    sectors = plan.sectors.select_related("lead")
    named = {
        "行业": "、".join(f"{each.name}（{each.lead}）" if each.lead else each.name for each in sectors),
        "标签": "、".join(name for _, name, _ in labels_of(plan)),
    }
    return told | cleared | named


def labels_of(plan):
    """[(key, name, how many projects bear it)] of a plan's labels."""
    borne = Project.labels.through.objects.filter(project__task__plan=plan).order_by("label")
    return list(borne.values_list("label", "label__name").annotate(count=Count("pk")))
