"""Interviews proposed by rule; nobody is talked to by a rule alone, a person arranges it or says why not."""

from dataclasses import dataclass, replace

from django.db import transaction

from kit import clock
from kit.deadlines import add_workdays, workdays_between
from kit.moves import lock, require
from reports.models import Period, Standing, Workday
from supervision.interviewing import HELD_WITHIN, follows, level_of, run
from supervision.models import Directive, Ground, InterviewRule, Occasion, OccasionEvent, Round, Stop, Subject
from supervision.permissions import can_organise
from tasks.lights import Light
from tasks.models import Milestone, Task
from units.models import Unit


@dataclass(frozen=True)
class Candidate:
    """A unit that a rule says should be talked to, about which months, and why; ``grounds`` are the published results it rests on."""

    rule: object
    unit: Unit
    month: object
    span: int
    reasons: tuple
    grounds: tuple = ()

    @property
    def key(self):
        return f"{self.rule.key}:{self.unit.pk}:{self.month:%Y-%m}:{self.span}"


@transaction.atomic
def propose_interviews(plan, by=None):
    """Propose an interview for every unit that a rule names and that was not proposed for the same reason; return them."""
    plan = lock(plan)
    require(by is None or can_organise(by, plan))
    return _made(plan, by, FOUND_BY)


def propose_low(plan):
    """What a ranking just published proposes by itself; its action has locked the plan."""
    return _made(plan, None, {"LOW": FOUND_BY["LOW"]})


def _made(plan, by, found_by):
    held, rules = _interviews(plan), InterviewRule.objects.in_force(plan)
    candidates = [each for key, find in found_by.items() if rules[key].is_used for each in find(plan, rules[key], held)]
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
    Ground.objects.bulk_create(
        Ground(occasion=made, subject=each, edition=each.round.edition, words=_result(each))
        for each in candidate.grounds
    )
    OccasionEvent.write(made, by, "按规则拟议", note=f"{rule.said}（第{rule.version}版）")
    return made


def _organiser(rule, plan):
    """Whom the rule names, or who took its place; the plan's office where that is nobody."""
    unit = rule.organiser and Unit.objects.named(rule.organiser)
    return (unit and (unit.answering() or unit)) or plan.office


def _interviews(plan):
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
    refused = {}
    rows = Directive.objects.of([plan]).open().filter(refusals__gte=rule.times).select_related("unit", "issuer")
    for each in rows.order_by("pk"):
        refused.setdefault(each.unit, []).append(f"{each}退回{each.refusals}次")
    for unit, reasons in refused.items():
        yield Candidate(rule, unit, _this_month(plan), 1, tuple(reasons))


def _low(plan, rule, held):
    """Who was low in every one of the last published rounds of a scheme since it was last talked to about that.

    Of a round its newest edition counts: what its subjects say now. How many rounds, the scheme itself says.
    """
    by_scheme = {}
    rounds = Round.objects.out().of([plan]).select_related("scheme").order_by("month", "pk")
    for each in rounds:
        by_scheme.setdefault(each.scheme.name, []).append(each)
    for rounds in by_scheme.values():
        own = replace(rule, times=rounds[-1].scheme.streak)
        low, units = {}, {}
        rows = Subject.objects.filter(round__in=rounds, is_low=True).exclude(unit=None).select_related("unit")
        for each in rows.order_by("unit__order", "pk"):
            low.setdefault((each.unit_id, each.project_id, each.name), {})[each.round_id] = each
            units[each.unit_id] = each.unit
        for unit in units.values():
            yield from _low_of(own, unit, rounds, low, held.get(unit.pk, ()))


def _low_of(rule, unit, rounds, low, held):
    talked = [each for each in held if each.rule == rule.key]
    since = max((each.next_month for each in talked), default=None)
    counted = [each for each in rounds if since is None or each.month >= since][-rule.times :]
    grounds = []
    for key, of_round in low.items():
        if key[0] == unit.pk and len(counted) == rule.times and all(each.pk in of_round for each in counted):
            grounds += [_of_round(of_round[each.pk], each) for each in counted]
    if grounds:
        first, last = counted[0].month, counted[-1].until
        span = (last.year - first.year) * 12 + last.month - first.month + 1
        yield Candidate(rule, unit, first, span, tuple(map(_result, grounds)), tuple(grounds))


def _of_round(subject, round_):
    subject.round = round_
    return subject


def _result(subject):
    """2015年三季度项目排名第1版：县经信局第13名，靠后."""
    return f"{subject.round}第{subject.round.edition}版：{subject.name}第{subject.rank}名，靠后"


def _this_month(plan):
    return max(plan.months[0], min(clock.today().replace(day=1), plan.months[-1]))


# Which rule is found how.
FOUND_BY = {"RED": _red, "APPROVAL": _late_approvals, "REFUSED": _refused, "LOW": _low}
