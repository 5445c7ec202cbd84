"""Who sits in the leading and working groups of a plan."""

from django.db import transaction

from kit.moves import lock, require
from kit.trace import differences
from tasks.models import GroupMember, Plan, PlanEvent
from tasks.permissions import can_manage_plan


@transaction.atomic
def keep_members(plan, members, by, *, note=""):
    require(can_manage_plan(by, plan))
    plan = lock(plan)
    stored = GroupMember.objects.in_bulk([member.pk for member in members if member.pk])
    changes = {}
    for member in members:
        old, new = _words(stored.get(member.pk)), _words(member)
        member.save()
        changes |= {f"{member.group}{name}": pair for name, pair in differences(old, new).items()}
    if changes:
        PlanEvent.write(plan, by, "调整小组成员", note=note, changes=changes)


def _words(member):
    if member is None:
        return {}
    return {member.name: "，".join(filter(None, [member.post, str(member.unit or ""), member.title]))}


@transaction.atomic
def withdraw_member(member, by, *, note=""):
    plan = lock(Plan(pk=member.group.plan_id))
    require(can_manage_plan(by, plan))
    changes = {f"{member.group}{name}": [words, ""] for name, words in _words(member).items()}
    PlanEvent.write(plan, by, "移除小组成员", note=note, changes=changes)
    member.delete()
