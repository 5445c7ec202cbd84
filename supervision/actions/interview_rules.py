"""A rule by which a plan proposes interviews, changed: a new version with its reason."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from supervision.models import InterviewRule
from supervision.permissions import can_keep_interview_rules
from tasks.models import PlanEvent


@transaction.atomic
def change_interview_rule(plan, by, key, *, reason, seen_version=None, **values):
    """``values`` are times, level, organiser, talker, basis and is_used; what was proposed before stays as it is."""
    plan = lock(plan)
    require(can_keep_interview_rules(by, plan))
    rule = InterviewRule.objects.in_force(plan)[key]
    if seen_version not in (None, rule.version):
        raise Refusal(f"这条规则刚刚有人改到第{rule.version}版，请按最新内容再改。")
    if all(getattr(rule, name) == value for name, value in values.items()):
        raise Refusal("没有改动，不用另立一版。")
    made = InterviewRule.objects.create(plan=plan, key=key, version=rule.version + 1, reason=reason, by=by, **values)
    changes = differences(_told(rule), _told(made.as_rule))
    PlanEvent.write(plan, by, "修改约谈规则", note=reason, changes=changes)
    return made


def _told(rule):
    return {"约谈规则": f"{rule.said}，{rule.who_says}（第{rule.version}版）", "启用": "是" if rule.is_used else "否"}
