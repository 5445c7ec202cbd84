"""Who sits in the leading and working groups of a plan."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit.trace import differences
from tasks.models import GroupMember, Plan, PlanEvent
from tasks.permissions import can_manage_plan


def _require(plan, by):
    if not can_manage_plan(by, plan):
        raise PermissionDenied


@transaction.atomic
def keep_members(plan, members, by, *, note=""):
    """Store new or changed members of groups of ``plan``, told in one event."""
    _require(plan, by)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
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
    """Take a member off the list again."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=member.group.plan_id)
    _require(plan, by)
    changes = {f"{member.group}{name}": [words, ""] for name, words in _words(member).items()}
    PlanEvent.write(plan, by, "移除小组成员", note=note, changes=changes)
    member.delete()
