"""Interviews proposed by rule; nobody is talked to by a rule alone, a person arranges it or says why not."""

from dataclasses import dataclass

from django.db import transaction

from kit import clock
from kit.deadlines import add_workdays, workdays_between
from kit.moves import lock, require
from reports.models import Period, Standing, Workday
from supervision.interviewing import HELD_WITHIN, follows, level_of, run
from supervision.models import Directive, InterviewRule, Occasion, OccasionEvent, Stop
from supervision.permissions import can_organise
from tasks.lights import Light
from tasks.models import Milestone, Task
from units.models import Unit


@dataclass(frozen=True)
class Candidate:
    """A unit that a rule says should be talked to, about which months, and why."""

    rule: object
    unit: Unit
    month: object
    span: int
    reasons: tuple

    @property
    def key(self):
        return f"{self.rule.key}:{self.unit.pk}:{self.month:%Y-%m}:{self.span}"


@transaction.atomic
def propose_interviews(plan, by=None):
    """Propose an interview for every unit that a rule names and that was not proposed for the same reason; return them."""
    plan = lock(plan)
    require(by is None or can_organise(by, plan))
    held, rules = _interviews(plan), InterviewRule.objects.in_force(plan)
    candidates = [
        each for key, find in FOUND_BY.items() if rules[key].proposes for each in find(plan, rules[key], held)
    ]
    made = []
    for candidate in candidates:
        key = f"{plan.pk}:{candidate.key}"
        if not Occasion.objects.filter(rule_key=key).exists():
            made.append(_propose(plan, by, candidate, key, held.get(candidate.unit.pk, ())))
    return made


def _propose(plan, by, candidate, key, earlier):
    rule, unit = candidate.rule, candidate.unit
    occasion = Occasion(month=candidate.month, span=candidate.span)
    period = (candidate.month, occasion.next_month)
    again = any(each.took_place and follows((each.month, each.next_month), period) for each in earlier)
    level = level_of(rule, again)
    basis = "；".join(filter(None, (rule.said, *candidate.reasons, rule.basis)))
    made = Occasion.objects.create(
        kind=Occasion.Kind.INTERVIEW,
        plan=plan,
        month=candidate.month,
        span=candidate.span,
        title=f"约谈{unit.name}",
        held_on=add_workdays(clock.today(), HELD_WITHIN, Workday.test()),
        unit=_organiser(rule, plan),
        basis=basis[: Occasion.BASIS],
        chair=rule.talker_at(level),
        level=level,
        rule=rule.key,
        rule_version=rule.version,
        rule_key=key,
        status=Occasion.Status.PROPOSED,
        by=by,
    )
    Stop.objects.create(occasion=made, number=1, unit=unit, people="主要负责人")
    OccasionEvent.write(made, by, "按规则拟议", note=f"{rule.said}（第{rule.version}版）")
    return made


def _organiser(rule, plan):
    """Whom the rule names, or who took its place; the plan's office where that is nobody."""
    unit = rule.organiser and Unit.objects.named(rule.organiser)
    return (unit and (unit.answering() or unit)) or plan.office


def _interviews(plan):
    """{unit: its interviews of this plan, proposed and dismissed ones too}."""
    rows = Occasion.objects.filter(plan=plan, kind=Occasion.Kind.INTERVIEW).prefetch_related("stops")
    found = {}
    for occasion in rows.order_by("month", "pk"):
        for stop in occasion.stops.all():
            found.setdefault(stop.unit_id, []).append(occasion)
    return found


def _red(plan, rule, held):
    """Whose tasks or projects were red in every one of the last closed months since it was last talked to about that."""
    months = list(Period.objects.filter(plan=plan).closed().order_by("month").values_list("month", flat=True))
    red, tasks = {}, {}
    rows = Standing.objects.filter(period__plan=plan, light=Light.RED.value).values_list("task", "period__month")
    for task, month in rows:
        red.setdefault(task, set()).add(month)
    for task in Task.objects.filter(pk__in=red).prefetch_related("responsibilities__unit").order_by("order", "pk"):
        if task.lead:
            tasks.setdefault(task.lead, []).append(task)
    for unit, led in tasks.items():
        talked = [each for each in held.get(unit.pk, ()) if each.rule == rule.key]
        since = max((each.next_month for each in talked), default=None)
        counted = [month for month in months if since is None or month >= since][-rule.times :]
        behind = [task for task in led if len(run(counted, red[task.pk])) == rule.times]
        if behind:
            reasons = tuple(f"{task.number} {task.short_title}" for task in behind)
            yield Candidate(rule, unit, counted[0], rule.times, reasons)


def _late_approvals(plan, rule, held):
    """Who keeps approvals longer than it may, counted in workdays today."""
    is_workday, late = Workday.test(), {}
    rows = Milestone.objects.of(plan).waiting().exclude(unit=None).exclude(limit_workdays=None)
    for each in rows.select_related("unit", "task").order_by("handed_in_on", "pk"):
        over = workdays_between(each.handed_in_on, clock.today(), is_workday) - each.limit_workdays
        if over > 0:
            late.setdefault(each.unit, []).append(f"{each.task.number}{each.title}超{over}个工作日")
    for unit, reasons in late.items():
        if len(reasons) >= rule.times:
            yield Candidate(rule, unit, _this_month(plan), 1, tuple(reasons))


def _refused(plan, rule, held):
    """Whose answers to the same matter were given back again and again."""
    refused = {}
    rows = Directive.objects.of([plan]).open().filter(refusals__gte=rule.times).select_related("unit", "issuer")
    for each in rows.order_by("pk"):
        refused.setdefault(each.unit, []).append(f"{each}退回{each.refusals}次")
    for unit, reasons in refused.items():
        yield Candidate(rule, unit, _this_month(plan), 1, tuple(reasons))


def _this_month(plan):
    return max(plan.months[0], min(clock.today().replace(day=1), plan.months[-1]))


# Which rule is found how; one without records to be judged by has no place here.
FOUND_BY = {"RED": _red, "APPROVAL": _late_approvals, "REFUSED": _refused}
