"""The key projects of one plan at a month's end: what a page, sheet or meeting says of them is computed here.

Everything is asked of the plan as a whole, in a number of questions that does not grow with its projects, and summed exactly.
"""

from collections import Counter

from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import last_day, previous_month
from reports.dashboard.register import Register
from reports.dashboard.stand import NONE, completed_of, rate_of, summed
from reports.dashboard.waiting import approvals_of, gaps_of
from reports.models import MonthlyReport, Standing
from tasks import derived
from tasks.lights import Light
from tasks.models import Project, ProjectClass
from units.models import User


class Programme:
    """One plan's key projects with the money of the months up to ``month``, as on the list of the month ``listed``.

    Without ``month`` it is the last one that is over, and the list of today: a project listed or stopped this month already is.
    """

    def __init__(self, user, plan, month=None):
        self.user, self.plan = user, plan
        today = clock.today()
        this = min(max(today.replace(day=1), plan.months[0]), plan.months[-1])
        self.newest = plan.last_over
        self.month = month or self.newest
        self.listed = this if self.month == self.newest else self.month
        self.is_over = last_day(self.month) <= today
        # Figures are of the month's end, even where the first month of a plan is still running.
        self.day = last_day(self.month)
        self.asked_on = min(today, last_day(self.listed))

    @property
    def month_words(self):
        return f"{self.month.year}年{self.month.month}月"

    @property
    def until(self):
        """1-9月, as heads of columns say it."""
        first = self.plan.months[0]
        if first == self.month:
            return f"{first.month}月"
        year = "" if first.year == self.month.year else f"{self.month.year}年"
        return f"{first.month}-{year}{self.month.month}月"

    @property
    def months(self):
        """The months that can be looked at, the newest first."""
        return [month for month in reversed(self.plan.months) if month <= self.newest]

    @cached_property
    def projects(self):
        return Project.objects.visible_to(self.user).filter(task__plan=self.plan)

    @cached_property
    def register(self):
        return Register(self.projects, self.plan, self.month, self.listed)

    @property
    def rules(self):
        return self.register.rules

    @property
    def fulfilling(self):
        return self.register.fulfilling

    @cached_property
    def stands(self):
        """Every project that the list counts, a package once, in the order of the list; those stopped by then too."""
        return [each for each in self.register.stands if each.package is None]

    @cached_property
    def running(self):
        """What every sum, light and rate is of."""
        return [each for each in self.stands if not each.stopped]

    @cached_property
    def stopped(self):
        return [each for each in self.stands if each.stopped]

    @cached_property
    def sums(self):
        return summed(self.running)

    @property
    def stopped_money(self):
        """What was accepted of projects stopped since: in the year's total, in no rate, said apart."""
        return sum((each.done for each in self.stopped), NONE)

    @property
    def started(self):
        """开工率: of all 新开工 on the list, whatever month they were to start in."""
        return rate_of(derived.Rule.STARTED_SHARE, self.running)

    @property
    def completed(self):
        """Of the 续建 that are to be completed in the plan's time."""
        return completed_of(self.running, self.plan.ends_on)

    @property
    def to_be_completed(self):
        """How many 续建 were to be completed by now."""
        rows = (each for each in self.running if each.klass == ProjectClass.CONTINUED)
        return sum(derived.COMPLETE in each.dues and each.dues[derived.COMPLETE] <= self.day for each in rows)

    @property
    def fulfilled(self):
        """履约率: which nodes fulfil a contract stands in the plan's rules."""
        return rate_of(derived.Rule.FULFILLED_SHARE, self.running)

    @property
    def at_capacity(self):
        """投产达效率: of those commissioned."""
        return rate_of(derived.Rule.CAPACITY_SHARE, self.running)

    @property
    def since(self):
        """{light: how many more than at the end of the month before}, where that month was closed."""
        before = Standing.objects.visible_to(self.user).filter(
            period__plan=self.plan, period__month=previous_month(self.month), task__kind="PROJECT"
        )
        before = Counter(before.order_by().values_list("light", flat=True))
        if not before:
            return {}
        return {light: self.sums.lights[light] - before[light.value] for light in (Light.RED, Light.YELLOW)}

    @cached_property
    def approvals(self):
        """What waits for an approving unit, the longest overdue first."""
        return approvals_of(self.plan, self.projects.running(self.listed), self.asked_on)

    @property
    def overdue_approvals(self):
        return [each for each in self.approvals if each.over]

    @cached_property
    def gaps(self):
        """Projects that lack one of 五个一, as they stand now."""
        return gaps_of(self.projects)

    @cached_property
    def led(self):
        """Keys of the projects this county leader answers for (我联系的项目)."""
        if self.user.role != User.Role.LEADER:
            return set()
        return set(self.projects.of_leader(self.user).order_by().values_list("pk", flat=True))

    @cached_property
    def unreported(self):
        """Keys of the projects whose report of the running month is still owed, as far as the person may know of it."""
        reports = MonthlyReport.objects.visible_to(self.user).owing()
        reports = reports.filter(period__plan=self.plan, period__month=self.listed, entries__task__kind="PROJECT")
        rows = reports.order_by().values_list(Coalesce("entries__task__project__package", "entries__task"), flat=True)
        return set(rows)

    @cached_property
    def filed(self):
        """(accepted, waiting) projects' reports of the month shown, as far as the person may know of them."""
        reports = MonthlyReport.objects.visible_to(self.user).filter(
            period__plan=self.plan, period__month=self.month, entries__task__kind="PROJECT"
        )
        states = Counter(reports.order_by().values_list("status", flat=True))
        return states[MonthlyReport.Status.ACCEPTED], states[MonthlyReport.Status.SUBMITTED]
