"""What follows for plans and tasks when units are merged into another: the successor takes their parts."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Count

from kit.moves import change, require
from tasks.actions.assignment import put_parts
from tasks.models import GroupLead, IndicatorPart, Plan, PlanEvent, ProgrammeParts, Task
from tasks.succession import replaced
from units.permissions import can_manage_units


@transaction.atomic
def hand_over(units, successor, by, *, effective_on, note):
    """Give ``successor`` what ``units`` still have to do in plans that run on ``effective_on``; return the tasks.

    Tasks done, and plans that have ended, keep the names they had. An office's plans follow it, ended ones too: somebody
    must be able to answer for them.
    """
    require(can_manage_units(by))
    tasks = list(
        Task.objects.select_for_update(of=("self",))
        .to_hand_over(units, effective_on)
        .select_related("plan")
        .prefetch_related("responsibilities__unit")
    )
    parts = [(task, *replaced(task.responsibilities.all(), units, successor)) for task in tasks]
    put_parts(parts, by, note=note)
    for plan in Plan.objects.select_for_update(of=("self",)).select_related("office").order_by("pk"):
        if changes := _hand_over_plan(plan, units, successor, running=plan.ends_on >= effective_on):
            PlanEvent.write(plan, by, "机构调整", note=note, changes=changes)
    return tasks


def _hand_over_plan(plan, units, successor, *, running):
    changes = {}
    if plan.office in units:
        changes["主管办公室"] = [plan.office.name, successor.name]
        change(plan, office=successor)
    if running:
        for group in plan.groups.filter(office__in=units).select_related("office"):
            changes[f"{group}办公室"] = [group.office.name, successor.name]
            change(group, office=successor)
        for lead in GroupLead.objects.filter(group__plan=plan, unit__in=units).select_related("group", "unit"):
            changes[f"{lead.group}牵头单位“{lead.unit}”"] = [lead.unit.name, successor.name]
            _replace_lead(lead, successor)
        for name, word in (("unit", "责任单位"), ("statistics_unit", "统计数填报单位")):
            for indicator in plan.indicators.filter(**{f"{name}__in": units}).select_related(name):
                changes[f"指标“{indicator}”{word}"] = [getattr(indicator, name).name, successor.name]
                change(indicator, **{name: successor})
        for part in IndicatorPart.objects.filter(indicator__plan=plan, unit__in=units).select_related(
            "indicator", "unit"
        ):
            changes[f"指标“{part.indicator}”分解“{part.unit}”"] = [part.unit.name, successor.name]
            _replace_part(part, successor)
        changes |= _hand_over_programme(plan, units, successor)
    return changes


def _hand_over_programme(plan, units, successor):
    """What units are to key projects besides serving them: they lead a sector, lend people, approve nodes, are the place."""
    changes, steps = {}, ProgrammeParts.of(plan, units)
    for sector in steps.sectors:
        changes[f"行业“{sector}”牵头单位"] = [sector.lead.name, successor.name]
    steps.sectors.update(lead=successor)
    for word, rows in (("项目责任人所在单位", steps.people), ("项目节点责任（审批）单位", steps.nodes)):
        for name, count in _counted(rows, "unit"):
            changes[f"{word}“{name}”"] = [name, f"{successor.name}（{count}处）"]
        rows.update(unit=successor)
    for name, count in _counted(steps.places, "unit"):
        changes[f"项目建设地点“{name}”"] = [name, f"{successor.name}（{count}个项目）"]
    there = set(steps.places.model.objects.filter(unit=successor).values_list("project", flat=True))
    for place in steps.places:
        if place.project_id in there:
            place.delete()
        else:
            there.add(place.project_id)
            steps.places.model.objects.filter(pk=place.pk).update(unit=successor)
    return changes


def _counted(rows, name):
    return list(rows.order_by().values_list(f"{name}__name").annotate(n=Count("pk")).order_by(f"{name}__name"))


def _replace_part(part, successor):
    """Of an amount the successor has one part, which is both; of a level it keeps its own."""
    other = IndicatorPart.objects.filter(indicator=part.indicator_id, unit=successor).exclude(pk=part.pk).first()
    if other and part.indicator.aim.is_level:
        part.delete()
    elif other:
        other.target += part.target
        months = sorted({*other.figures, *part.figures})
        other.figures = {
            month: str(sum(Decimal(each.figures.get(month, 0)) for each in (other, part))) for month in months
        }
        part.delete()
        other.save(update_fields=["target", "figures"])
    else:
        change(part, unit=successor)


def _replace_lead(lead, successor):
    """The successor leads once, in the earlier of two places."""
    other = GroupLead.objects.filter(group=lead.group, unit=successor).first()
    if other:
        order = min(other.order, lead.order)
        lead.delete()
        GroupLead.objects.filter(pk=other.pk).update(order=order)
    else:
        GroupLead.objects.filter(pk=lead.pk).update(unit=successor)
