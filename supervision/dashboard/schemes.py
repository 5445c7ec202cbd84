"""Which schemes (改革方案) stand where: one line a task, one place a step, with the meeting that decided it."""

from dataclasses import dataclass

from kit import clock
from supervision.models import Item
from tasks.models import Milestone, Task
from tasks.permissions import can_manage_plan


@dataclass(frozen=True)
class Place:
    """One step of one scheme; ``occasion`` is the meeting that decided it, for whom may see it."""

    step: Milestone | None
    occasion: int | None

    @property
    def tone(self):
        if self.step is None:
            return "muted"
        if self.step.done_on:
            return "good"
        return "danger" if self.step.due_on < clock.today() else "plain"

    @property
    def words(self):
        if self.step is None:
            return "—"
        if self.step.done_on:
            return f"✓ {self.step.done_on:%m-%d}"
        late = (clock.today() - self.step.due_on).days
        return f"逾期{late}天" if late > 0 else f"{self.step.due_on:%m-%d}前"


@dataclass(frozen=True)
class Line:
    """One scheme; ``now`` is the first step that is not done."""

    task: Task
    places: tuple

    @property
    def now(self):
        return next((each.step.title for each in self.places if each.step and not each.step.done_on), "已实施")


def lines(user, plans):
    """The schemes of these plans, in the order of the document."""
    tasks = Task.objects.visible_to(user).actions().in_force().filter(plan__in=plans)
    tasks = tasks.filter(milestones__kind__in=Milestone.SCHEME).distinct().order_by("plan", "order", "pk")
    tasks = list(tasks.select_related("plan").prefetch_related("milestones", "responsibilities__unit"))
    decided = Item.objects.visible_to(user).filter(milestone__task__in=tasks).values_list("milestone", "occasion")
    decided, found = dict(decided), []
    for task in tasks:
        own = {step.kind: step for step in task.milestones.all()}
        places = (Place(own.get(kind), own.get(kind) and decided.get(own[kind].pk)) for kind in Milestone.SCHEME)
        found.append(Line(task, tuple(places)))
    return found


def counts(found):
    """[(step, how many schemes wait for it)], those that are through last."""
    words = [kind.label for kind in Milestone.SCHEME]
    return [(word, sum(line.now == word for line in found)) for word in (*words, "已实施")]


def open_steps(user, plan):
    """The steps a meeting of this plan may decide, for who may say so; None where nobody may or there are none."""
    if not can_manage_plan(user, plan):
        return None
    steps = Milestone.objects.of(plan).filter(kind__in=Milestone.SCHEME, done_on=None).select_related("task")
    return steps.order_by("task__order", "due_on", "pk") if steps.exists() else None
