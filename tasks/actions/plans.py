"""How a plan is reported on: its reporting rule."""

from django.db import transaction

from kit.moves import change, lock, require
from kit.trace import differences
from tasks.models import PlanEvent
from tasks.permissions import can_manage_plan

REPORTING = ("due_day", "due_hour", "grace_days", "return_workdays", "stamped")


@transaction.atomic
def change_reporting(plan, by, **rule):
    """Months already opened keep the deadlines they were opened with; ``rule`` says all of REPORTING."""
    plan = lock(plan)
    require(can_manage_plan(by, plan))
    before = _shown(plan)
    change(plan, **rule)
    if changes := differences(before, _shown(plan)):
        PlanEvent.write(plan, by, "调整报送规则", changes=changes)
    return plan


def _shown(plan):
    return {
        "每月截止日": f"{plan.due_day}日" if plan.due_day else "当月最后一天",
        "截止钟点": f"{plan.due_hour}时",
        "逾期可补报": f"{plan.grace_days}天",
        "退回后重报": f"{plan.return_workdays}个工作日",
        "盖章纸质件": "须报送" if plan.stamped else "不需报送",
    }
