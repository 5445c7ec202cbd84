"""The list of key projects as it was decided beside the list as it stands: what came, left, changed class, got other figures."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit import clock
from tasks.models import Measure, Project, ProjectClass, Task, TaskEvent

NONE = Decimal(0)
# In this order they lead from the one list to the other; ``CAME`` and ``WENT`` are one change seen from two classes.
ADDED, REVISED, WENT, CAME, LEFT = "added", "revised", "went", "came", "left"
KINDS = {ADDED: "增补", REVISED: "数字调整", WENT: "转出", CAME: "转入", LEFT: "调出"}
MOVED = "变更类别"


@dataclass(frozen=True)
class Figures:
    """How many projects, their total and their year's plan in 万元."""

    count: int = 0
    total: Decimal = NONE
    year: Decimal = NONE

    def __add__(self, other):
        return Figures(self.count + other.count, self.total + other.total, self.year + other.year)


def together(figures):
    return sum(figures, Figures())


@dataclass(frozen=True)
class Change:
    """One thing that became of one project; ``before`` and ``after`` are its figures, on one list and on the other."""

    kind: str
    pk: int
    code: str
    name: str
    klass: str
    since: datetime.date | None
    before: Figures
    after: Figures
    from_klass: str = ""
    reason: str = ""
    paper: str = ""

    @property
    def word(self):
        return MOVED if self.kind in (WENT, CAME) else KINDS[self.kind]

    @property
    def klass_words(self):
        now = ProjectClass(self.klass).label
        return f"{ProjectClass(self.from_klass).label} → {now}" if self.from_klass else now

    @property
    def counted(self):
        """What its number among the kinds counts it by: a revision by how much it moved the sums, the rest as it stands now."""
        after = self.after
        if self.kind == REVISED:
            return Figures(1, after.total - self.before.total, after.year - self.before.year)
        return self.before if self.kind == LEFT else after


@dataclass(frozen=True)
class Row:
    """A class, or all: as decided, what became of it by kinds, as it stands."""

    klass: str
    decided: Figures
    kinds: dict
    now: Figures

    @property
    def word(self):
        return ProjectClass(self.klass).label if self.klass else "合计"


class Step(NamedTuple):
    """A class a project has from a month on, with why."""

    from_month: datetime.date
    klass: str
    reason: str
    paper: str


@dataclass(frozen=True)
class _Listed:
    """One project: first and present class, first and present figures."""

    pk: int
    code: str
    name: str
    is_decided: bool
    classes: list
    first: Figures
    now: Figures
    listed_from: datetime.date
    stopped: datetime.date | None
    stop_reason: str

    def change(self, kind, klass, since, before, after, **why):
        return Change(kind, self.pk, self.code, self.name, klass, since, before, after, **why)


class Adjusted:
    """Both lists of a Programme: classes and who is on it as of its month, figures as the register has them now."""

    def __init__(self, programme):
        self.programme = programme

    @cached_property
    def _listed(self):
        stands = {each.pk: each for each in self.programme.stands}
        rows = Project.objects.visible_to(self.programme.user).filter(task__plan=self.programme.plan)
        found = []
        for pk, origin, total, first_total, first_year, listed_from, reason in rows.order_by(
            "task__order", "pk"
        ).values_list(*READ):
            stand = stands.get(pk)
            # A part is counted by its package; what comes later is not there yet.
            if stand is None:
                continue
            now = Figures(1, total or NONE, stand.year)
            decided_year = self._first_plans.get(pk, NONE) if first_year is None else first_year
            first = Figures(1, NONE if first_total is None else first_total, decided_year)
            is_decided = origin != Task.Origin.ADDED
            found.append(
                _Listed(
                    pk,
                    stand.code,
                    stand.name,
                    is_decided,
                    self._classes[pk],
                    first if is_decided else now,
                    now,
                    listed_from,
                    stand.stopped,
                    reason,
                )
            )
        return found

    @cached_property
    def _first_plans(self):
        """{project: 万元 of the year} by the months as first planned; a package's are those of its parts."""
        rows = Project.objects.visible_to(self.programme.user).filter(task__plan=self.programme.plan)
        rows = rows.filter(amounts__measure=Measure.INVESTED, amounts__first__isnull=False).order_by()
        return dict(rows.values_list(Coalesce("package", "pk")).annotate(year=Sum("amounts__first")))

    @cached_property
    def _classes(self):
        """{project: its changes of class up to the month}, the first as it was listed."""
        rows = Project.objects.visible_to(self.programme.user).filter(task__plan=self.programme.plan)
        rows = rows.order_by("classes__from_month", "classes__pk").values_list("pk", *STEP)
        found = {}
        for pk, *step in rows:
            known = found.setdefault(pk, [])
            if not known or step[0] <= self.programme.listed:
                known.append(Step(*step))
        return found

    @cached_property
    def _revisions(self):
        """{project: the last event that said why its figures were changed}."""
        tasks = Task.objects.visible_to(self.programme.user).filter(plan=self.programme.plan)
        rows = TaskEvent.objects.of(tasks).filter(verb="修改项目资料").exclude(note="")
        return {each.subject_id: each for each in rows.order_by("at", "pk")}

    @cached_property
    def changes(self):
        """Everything that became of the list, by kinds; a change of class stands there twice: where it went and whence it came."""
        found = [change for each in self._listed for change in self._of(each)]
        return sorted(found, key=lambda change: list(KINDS).index(change.kind))

    def _of(self, each):
        nothing, (first, last) = Figures(), (each.classes[0], each.classes[-1])
        if not each.is_decided:
            why = {"reason": first.reason, "paper": first.paper}
            yield each.change(ADDED, first.klass, each.listed_from, nothing, each.now, **why)
        elif each.first != each.now:
            event = self._revisions.get(each.pk)
            why = {"reason": event.note} if event else {}
            yield each.change(REVISED, first.klass, event and clock.local(event.at).date(), each.first, each.now, **why)
        if first.klass != last.klass:
            why = {"reason": last.reason, "paper": last.paper, "from_klass": first.klass}
            for kind in (WENT, CAME):
                yield each.change(kind, last.klass, last.from_month, each.first, each.now, **why)
        if each.stopped:
            yield each.change(LEFT, last.klass, each.stopped, each.now, nothing, reason=each.stop_reason)

    def rows_of(self, kind="", klass=""):
        """The changes one number counts; without a kind every change once, of one class also what went from it."""
        every = tuple(KINDS) if klass else (ADDED, REVISED, CAME, LEFT)
        kinds = (kind,) if kind else every
        return [each for each in self.changes if each.kind in kinds and klass in ("", self._counting(each))]

    @staticmethod
    def _counting(change):
        return change.from_klass if change.kind == WENT else change.klass

    @cached_property
    def rows(self):
        """The classes there are, and all."""
        found = [self._row(klass) for klass in ProjectClass]
        found = [
            row for row in found if row.decided.count or row.now.count or any(each.count for each in row.kinds.values())
        ]
        return [*found, self._row("")]

    def _row(self, klass):
        decided = [each.first for each in self._listed if each.is_decided and klass in ("", each.classes[0].klass)]
        kinds = {kind: together(each.counted for each in self.rows_of(kind, klass)) for kind in KINDS}
        now = [each.now for each in self._listed if not each.stopped and klass in ("", each.classes[-1].klass)]
        return Row(klass, together(decided), kinds, together(now))


READ = ("pk", "task__origin", "total", "first_total", "first_year_plan", "listed_from", "stop_reason")
STEP = ("classes__from_month", "classes__klass", "classes__reason", "classes__paper")
