"""Parts of what a paper is about, apart from the whole: plans, sections, actions, classes of projects, leaders, units, groups."""

from dataclasses import dataclass

from reports.dashboard.stand import CLASSES
from supervision.dashboard.figures.rounds import groups_of
from supervision.dashboard.figures.scope import EYES
from supervision.dashboard.summaries import leaders_of
from tasks.models import Plan, Task
from units.models import Unit


@dataclass(frozen=True)
class Part:
    """``name`` and ``value`` are what figures are asked with; ``plan`` is the key of the plan it belongs to, where it belongs to one."""

    group: str
    name: str
    value: object
    label: str
    plan: int | None = None

    @property
    def key(self):
        return f"{self.name}-{self.value}"

    @property
    def title(self):
        """As the title of a paper names what it is of."""
        return f"{self.label}同志联系项目" if self.name == "leader" else f"“{self.label}”"


def chapters_of(plans):
    """Sections of the plans, and the actions whose dispatch goes through projects: what a paper may be written of alone."""
    rows = Plan.objects.visible_to(EYES).filter(pk__in=[each.pk for each in plans]).order_by("pk")
    rows = list(rows.prefetch_related("sections", "class_rules", "cause_rules"))
    driving = {rule.action_id for plan in rows for rule in (*plan.class_rules.all(), *plan.cause_rules.all())}
    driving |= {rule.also_id for plan in rows for rule in plan.class_rules.all()}
    actions = Task.objects.visible_to(EYES).actions().in_force().filter(pk__in=driving).order_by("plan", "order")
    sections = [section for plan in rows for section in plan.sections.all()]
    return [
        *(Part("章节", "section", each.pk, f"{each}", each.plan_id) for each in sections),
        *(Part("行动", "action", each.pk, f"{each}", each.plan_id) for each in actions),
    ]


def writable(plans):
    """What a new paper may be of alone: a section or action, or what a county leader follows."""
    found = chapters_of(plans)
    driving = {each.plan for each in found if each.name == "action"}
    leaders = [(plan, *pair) for plan in plans if plan.pk in driving for pair in leaders_of(plan)]
    return found + [Part("联系领导", "leader", key, name, plan.pk) for plan, key, name in leaders]


def parts_of(paper, scope):
    plans, found = scope.plans, []
    if len(plans) > 1:
        found += [Part("方案", "plan", each.pk, each.named, each.pk) for each in plans]
    found += chapters_of(plans)
    if scope.programmes:
        found += [Part("项目类别", "klass", key, label) for key, label in CLASSES.items()]
        leaders = dict(pair for key in scope.programmes for pair in leaders_of(key))
        found += [Part("联系领导", "leader", key, name) for key, name in leaders.items()]
    if paper.round_id:
        groups = groups_of(scope, paper.round_id)
        found += [Part("考评组", "group", place, group["name"]) for place, group in enumerate(groups)]
    held = Unit.objects.visible_to(EYES).filter(responsibilities__task__plan__in=[each.pk for each in plans])
    return found + [Part("单位", "unit", each.pk, each.name) for each in held.distinct().order_by("order", "pk")]
