"""What an overview looks at."""

import datetime
from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from reports.models import MonthlyReport, Period, ReportEvent, Standing
from reports.permissions import can_oversee
from tasks.models import Indicator, Plan, Task
from units.models import User


@dataclass(frozen=True)
class Scope:
    """What an overview looks at: some plans in one month, as far as one person may see them; of one moment, so said once."""

    plans: tuple[Plan, ...]
    month: datetime.date
    periods: tuple[Period, ...]
    user: User

    @cached_property
    def reports(self):
        return MonthlyReport.objects.visible_to(self.user).filter(period__in=self.periods)

    @cached_property
    def unread(self):
        """By name: of their reports nothing is known here, not nought."""
        return "、".join(plan.short_title for plan in self.plans if not can_oversee(self.user, plan))

    @cached_property
    def tasks(self):
        return Task.objects.visible_to(self.user).actions().in_force().filter(plan__in=self.plans)

    @cached_property
    def closed_plans(self):
        return {period.plan_id for period in self.periods if period.is_closed}

    @cached_property
    def live_plans(self):
        return [plan for plan in self.plans if plan.pk not in self.closed_plans]

    @cached_property
    def live_tasks(self):
        return self.tasks.filter(plan__in=self.live_plans)

    @cached_property
    def is_over(self):
        """Later reports may have moved its tasks since."""
        return self.day < clock.today()

    @cached_property
    def standings(self):
        return Standing.objects.visible_to(self.user).actions().filter(period__in=self.periods)

    @cached_property
    def indicators(self):
        return Indicator.objects.visible_to(self.user).filter(plan__in=self.plans)

    @cached_property
    def events(self):
        reports = MonthlyReport.objects.visible_to(self.user).filter(period__plan__in=self.plans)
        return ReportEvent.objects.of(reports)

    @cached_property
    def is_closed(self):
        return bool(self.periods) and all(period.is_closed for period in self.periods)

    @cached_property
    def day(self):
        """The day the month is judged as of: today while it runs, its last day afterwards."""
        last = max((period.last_day for period in self.periods), default=self.month)
        return min(clock.today(), last) if self.periods else clock.today()

    @property
    def plan(self):
        return self.plans[0] if len(self.plans) == 1 else None


def scope_of(user, plans, month):
    plans = tuple(plans)
    rows = Period.objects.visible_to(user).filter(plan__in=plans, month=month)
    rows = rows.select_related("plan").order_by("plan_id")
    return Scope(plans, month, tuple(rows), user)
