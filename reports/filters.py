"""Filters that need to know what has been reported."""

from django import forms
from django.db.models import Count, OuterRef, Q
from django.utils.functional import cached_property

from kit import names
from kit.filters import ListFilter, MonthFilter, TickFilter, WordsFilter, choice
from kit.statements import Exists, RowSet
from reports.dashboard.adjusted import KINDS
from reports.dashboard.charted import STAGES, has_reached
from reports.dashboard.progress import REST, WHOLE
from reports.dashboard.review import HINTS
from reports.dashboard.stand import CAUSES
from reports.models import Fact, MonthlyReport, Period
from tasks.filters import TaskFilter
from tasks.lights import CHOICES
from tasks.models import ClassRule, Project, ProjectClass, ProjectPerson, Responsibility, Sector, Task
from tasks.models.responsibility import NOT_IN_FORCE
from tasks.tables import fetch_beside
from units.models import Unit

LEADER = ProjectPerson.Role.LEADER
# tab -> word; the tone of its count when there is something
TABS = {
    "all": ("全部", ""),
    "mine": ("本单位", ""),
    "owing": ("本月待报", "warn"),
    "waiting": ("待审", "info"),
    "red": ("红灯", "danger"),
    "yellow": ("黄灯", "warn"),
    "unassigned": ("待分解", "info"),
    "done": ("已办结", ""),
    "proposed": ("待受理", "info"),
}


class LedgerFilter(TaskFilter):
    """Every tab says how many of the tasks otherwise asked for it holds, and so is applied last."""

    tab = choice([(name, word) for name, (word, _) in TABS.items()], "常用视图", "elsewhere")

    @property
    def chosen_tab(self):
        tab = self.values.get("tab")
        return tab if tab in self.tabs else "all"

    @cached_property
    def periods(self):
        newest = {}
        for period in Period.objects.filter(plan__in=self.shown_plans).only("plan", "month").order_by("-month"):
            newest.setdefault(period.plan_id, period)
        return list(newest.values())

    @property
    def tabs(self):
        return [tab for tab in TABS if tab != "mine" or self.user.unit_id]

    def condition(self, tab):
        somebody = Responsibility.objects.order_by()
        return {
            "all": lambda: Q(),
            "mine": lambda: Q(pk__in=somebody.filter(unit=self.user.unit_id).values("task")),
            "owing": lambda: self._reported(MonthlyReport.OWING),
            "waiting": lambda: self._reported([MonthlyReport.Status.SUBMITTED]),
            "red": lambda: Q(light_now="RED"),
            "yellow": lambda: Q(light_now="YELLOW"),
            "unassigned": lambda: ~Q(pk__in=somebody.values("task")),
            "done": lambda: Q(status=Task.Status.DONE),
            "proposed": lambda: Q(status=Task.Status.PROPOSED),
        }[tab]()

    @property
    def force(self):
        """What every tab but 待受理 leaves out, unless the status asks for it."""
        return Q() if self.values.get("status") in NOT_IN_FORCE else ~Q(status__in=NOT_IN_FORCE)

    def _reported(self, statuses):
        """Only reports the person may know of count."""
        reports = MonthlyReport.objects.visible_to(self.user).filter(
            period__in=self.periods, status__in=statuses, entries__isnull=False
        )
        # A set the database makes once; asked row by row it is seconds over a million entries.
        return Q(pk__in=reports.order_by().values("entries__task"))

    @cached_property
    def counts(self):
        """Of the tasks otherwise asked for."""
        found = self._counts_by_state() | self._counts_by_set()
        return {tab: found[tab] for tab in self.tabs}

    def _counts_by_state(self):
        """What follows from status and light: groups of rows, counted once."""
        rows = self.qs.order_by().with_light().values_list("status", "light_now").annotate(n=Count("pk"))
        groups, asked = list(rows), self.values.get("status")
        force = [group for group in groups if asked in NOT_IN_FORCE or group[0] not in NOT_IN_FORCE]
        return {
            "all": sum(n for _, _, n in force),
            "red": sum(n for _, light, n in force if light == "RED"),
            "yellow": sum(n for _, light, n in force if light == "YELLOW"),
            "done": sum(n for status, _, n in force if status == Task.Status.DONE),
            "proposed": sum(n for status, _, n in groups if status == Task.Status.PROPOSED),
        }

    def _counts_by_set(self):
        tabs = [tab for tab in ("mine", "owing", "waiting", "unassigned") if tab in self.tabs]
        wanted = {f"n_{tab}": Count("pk", filter=self.condition(tab)) for tab in tabs}
        counted = self.qs.filter(self.force).order_by().aggregate(**wanted)
        return {tab: counted[f"n_{tab}"] for tab in tabs}

    @property
    def rows(self):
        tab = self.chosen_tab
        return self.qs.filter(self.condition(tab) if tab == "proposed" else self.force & self.condition(tab))

    def fetch(self, tasks):
        """Their plans and sections are at hand."""
        fetch_beside(tasks, self.shown_plans, self.sections)


# The same words as the figures above the lists.
STATES = {fact.value: fact.label for fact in Fact if fact not in (Fact.OWED, Fact.DUE)}


class FilingFilter(ListFilter):
    state = choice(STATES.items(), "报送情况", "of_state")
    group = choice(Unit.PeerGroup.choices, "同类组", field_name="unit__peer_group")
    q = WordsFilter(method="of_unit", max_length=40, label="单位", help_text="中文、全拼或首字母")

    def of_state(self, reports, name, value):
        return reports.of(value)

    def of_unit(self, reports, name, value):
        return reports.filter(unit__in=Unit.objects.search(value).values("pk"))


class QueueFilter(ListFilter):
    """The hint is asked of texts, not here."""

    month = MonthFilter(method="elsewhere", label="月份")
    plan = choice([], "方案", field_name="period__plan")
    group = choice(Unit.PeerGroup.choices, "同类组", field_name="unit__peer_group")
    late = TickFilter(method="of_late", label="只看迟报")
    hint = choice(HINTS.items(), "提示", "elsewhere")
    q = WordsFilter(method="of_unit", max_length=40, label="单位", help_text="中文、全拼或首字母")

    def __init__(self, data, plans):
        super().__init__(data)
        self.plans = plans

    def fit(self, fields):
        fields["plan"].choices = [(plan.pk, plan.named) for plan in self.plans]

    def of_late(self, reports, name, value):
        return reports.of("late")

    of_unit = FilingFilter.of_unit


class StandingFilter(ListFilter):
    light = choice(CHOICES, "灯色")
    section = WordsFilter(method="of_section", max_length=140, label="章节")
    q = WordsFilter(method="having", max_length=40, label="关键词", help_text="编号、任务或牵头单位")

    def of_section(self, standings, name, value):
        return standings.filter(section_title="" if value in (WHOLE, REST) else value)

    def having(self, standings, name, value):
        return standings.filter(Q(task_number=value) | names.holds(value, "task_title", "lead_name"))


# Beside the classes; the tone of a tab's count when there is something.
PROJECT_TABS = {
    "all": ("全部", ""),
    "mine": ("我联系的", ""),
    **{klass.value: (klass.label, "") for klass in ProjectClass},
    "lit": ("红黄灯", "danger"),
    "gaps": ("五个一空缺", "warn"),
    "unreported": ("本月未报", "warn"),
    "stopped": ("已调出", ""),
}


class ProjectFilter(ListFilter):
    """What the list of key projects is asked for; what every project's ``Stand`` says is compared there, the rest in the database."""

    plan = choice([], "方案", "elsewhere", empty_label="现行方案")
    month = MonthFilter(method="elsewhere", label="数据到")
    tab = choice([(name, word) for name, (word, _) in PROJECT_TABS.items()], "常用视图", "elsewhere")
    klass = choice(ProjectClass.choices, "类别", "elsewhere")
    action = choice([], "行动", "elsewhere")
    sector = choice([], "行业", "elsewhere")
    label = choice([], "标签", field_name="labels")
    town = choice([], "乡镇", field_name="places")
    unit = choice([], "服务单位", "elsewhere")
    leader = choice([], "领导", "led_by")
    light = choice(CHOICES, "灯色", "elsewhere")
    cause = choice(CAUSES.items(), "原因", "elsewhere")
    reached = choice(STAGES.items(), "进展", "elsewhere")
    q = WordsFilter(
        method="having",
        label="项目、业主",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "项目、业主", "class": "search-short"}),
    )

    IN_DATABASE = ("label", "town", "leader", "q")

    def __init__(self, data, programme):
        super().__init__(data, programme.projects)
        self.programme = programme

    @cached_property
    def rules(self):
        rows = ClassRule.objects.filter(plan=self.programme.plan).select_related("action").order_by("action__order")
        return list(rows)

    def fit(self, fields):
        listed, plan = self.programme.projects, self.programme.plan
        through = RowSet(Project.places.through).filter(project__task__plan=plan).order_by("unit__order", "unit")
        labels = RowSet(Project.labels.through).filter(project__task__plan=plan).order_by("label")
        leaders = ProjectPerson.objects.filter(project__in=listed.order_by().values("pk"), role=LEADER)
        actions = {rule.action_id: f"{rule.action.number}{rule.action.short_title}" for rule in self.rules}
        units = {each.unit: each.unit_name for each in self.programme.stands if each.unit}
        fields["plan"].choices = [(plan.pk, plan.named)]
        fields["action"].choices = actions.items()
        fields["sector"].choices = Sector.objects.filter(plan=plan).values_list("pk", "name")
        fields["label"].choices = labels.values_list("label", "label__name").distinct()
        fields["town"].choices = through.values_list("unit", "unit__name").distinct()
        fields["unit"].choices = sorted(units.items(), key=lambda unit: unit[1])
        fields["leader"].choices = [
            (name, name) for name in leaders.order_by("name").values_list("name", flat=True).distinct()
        ]

    def led_by(self, projects, name, value):
        people = ProjectPerson.objects.filter(project=OuterRef("pk"), role=LEADER, name=value)
        return projects.filter(Exists(people))

    def having(self, projects, name, value):
        found = Task.objects.projects().filter(plan=self.programme.plan).search(value)
        return projects.filter(Q(task__in=found.order_by().values("pk")) | names.holds(value, "name", "owner"))

    @cached_property
    def stands(self):
        """Those asked for, but for the tab: every tab says how many of them it holds."""
        rows = self.programme.stands
        if any(self.values.get(name) for name in self.IN_DATABASE):
            found = set(self.qs.order_by().values_list("pk", flat=True))
            rows = [each for each in rows if each.pk in found]
        for name, read in COMPARED.items():
            if value := self.values.get(name):
                rows = [each for each in rows if str(read(each)) == value]
        if stage := self.values.get("reached"):
            rows = [each for each in rows if has_reached(each, stage)]
        if action := self.values.get("action"):
            classes = {rule.klass for rule in self.rules if action in (str(rule.action_id), str(rule.also_id))}
            rows = [each for each in rows if each.klass in classes]
        return rows

    @property
    def chosen_tab(self):
        return self.values.get("tab") or "all"

    @cached_property
    def by_tab(self):
        running = [each for each in self.stands if not each.stopped]
        led = self.programme.led
        lacking = {gap.pk for gap in self.programme.gaps}
        return {
            "all": running,
            "mine": [each for each in running if each.pk in led],
            **{klass: [each for each in running if each.klass == klass] for klass in ProjectClass.values},
            "lit": [each for each in running if each.is_judged],
            "gaps": [each for each in running if each.pk in lacking],
            "unreported": [each for each in running if each.pk in self.programme.unreported],
            "stopped": [each for each in self.stands if each.stopped],
        }

    @property
    def rows(self):
        return self.by_tab[self.chosen_tab]

    @property
    def uses_more(self):
        return any(self.values.get(name) for name in ("klass", "light", "label", "reached"))

    @property
    def asked_for(self):
        """[(name, label: value)] of what narrows the list, as people read it."""
        found = []
        for name, value in self.values.items():
            if name not in ("plan", "month", "tab", "show"):
                field = self.form.fields[name]
                word = {str(key): word for key, word in getattr(field, "choices", ())}.get(str(value), value)
                found.append((name, f"{field.label} {word}"))
        return found

    @property
    def summary(self):
        tab = PROJECT_TABS[self.chosen_tab][0] if self.chosen_tab != "all" else ""
        return "；".join(word for word in (tab, *(words for _, words in self.asked_for)) if word)


class MapFilter(ProjectFilter):
    show = choice([("money", "投资进度")], "每月看", "elsewhere", empty_label="灯色")


class ChangeFilter(ListFilter):
    """What became of the list of key projects: of which class and kind."""

    plan = choice([], "方案", "elsewhere", empty_label="现行方案")
    month = MonthFilter(method="elsewhere", label="名单截至")
    kind = choice(KINDS.items(), "变动", "elsewhere")
    klass = choice(ProjectClass.choices, "类别", "elsewhere")

    def __init__(self, data, programme):
        super().__init__(data)
        self.programme = programme

    def fit(self, fields):
        fields["plan"].choices = [(self.programme.plan.pk, self.programme.plan.named)]

    @property
    def summary(self):
        words = (KINDS.get(self.values.get("kind")), dict(ProjectClass.choices).get(self.values.get("klass")))
        return "、".join(word for word in words if word)


COMPARED = {
    "klass": lambda stand: stand.klass,
    "sector": lambda stand: stand.sector,
    "unit": lambda stand: stand.unit,
    "light": lambda stand: stand.light.value,
    "cause": lambda stand: stand.cause,
}
