"""Filters that need to know what has been reported."""

from django.db.models import Count, Q
from django.utils.functional import cached_property

from reports.models import Entry, MonthlyReport, Period
from tasks.filters import TaskFilter, choice
from tasks.models import Responsibility, Task

# tab -> word; the tone of its count when there is something
TABS = {
    "all": ("全部", ""),
    "mine": ("本单位", ""),
    "owing": ("本月未报", "warn"),
    "waiting": ("待审", "info"),
    "red": ("红灯", "danger"),
    "yellow": ("黄灯", "warn"),
    "unassigned": ("待分解", "info"),
    "done": ("已办结", ""),
    "proposed": ("待受理", "info"),
}


class LedgerFilter(TaskFilter):
    """The task ledger's filter with its tabs; every tab says how many of the tasks otherwise asked for it holds."""

    tab = choice([(name, word) for name, (word, _) in TABS.items()], "常用视图", "nothing")

    def nothing(self, queryset, name, value):
        """The tab is applied last, so that the counts of all tabs can be taken before."""
        return queryset

    @property
    def chosen_tab(self):
        """The tab asked for; all when none is."""
        self.form.is_valid()
        tab = self.form.cleaned_data.get("tab")
        return tab if tab in self.conditions else "all"

    @cached_property
    def periods(self):
        """The newest month opened of each plan shown."""
        newest = {}
        for period in Period.objects.filter(plan__in=self.shown_plans).order_by("-month"):
            newest.setdefault(period.plan_id, period)
        return list(newest.values())

    @cached_property
    def conditions(self):
        """{tab: what it holds}"""
        proposals = (Task.Status.PROPOSED, Task.Status.DECLINED)
        force = Q() if self.form.cleaned_data.get("status") in proposals else ~Q(status__in=proposals)
        somebody = Responsibility.objects.order_by()
        found = {
            "all": force,
            "mine": force & Q(pk__in=somebody.filter(unit=self.user.unit_id).values("task")),
            "owing": force & self._reported(MonthlyReport.OWING),
            "waiting": force & self._reported([MonthlyReport.Status.SUBMITTED]),
            "red": force & Q(light_now="RED"),
            "yellow": force & Q(light_now="YELLOW"),
            "unassigned": force & ~Q(pk__in=somebody.values("task")),
            "done": force & Q(status=Task.Status.DONE),
            "proposed": Q(status=Task.Status.PROPOSED),
        }
        if not self.user.unit_id:
            found.pop("mine")
        return found

    def _reported(self, statuses):
        """This month's report of one of the task's units stands so; only reports the person may know of count."""
        reports = MonthlyReport.objects.visible_to(self.user).filter(period__in=self.periods, status__in=statuses)
        # A set the database makes once; asked row by row it is seconds over a million entries.
        return Q(pk__in=Entry.objects.filter(report__in=reports.values("pk")).order_by().values("task"))

    @cached_property
    def counts(self):
        """{tab: number of tasks} of the tasks otherwise asked for."""
        wanted = {tab: Count("pk", filter=Q(condition)) for tab, condition in self.conditions.items()}
        counted = self.qs.order_by().aggregate(**{f"n_{tab}": count for tab, count in wanted.items()})
        return {tab: counted[f"n_{tab}"] for tab in wanted}

    @property
    def rows(self):
        """The tasks of the chosen tab."""
        return self.qs.filter(self.conditions[self.chosen_tab])
