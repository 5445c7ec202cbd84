"""The overview pages: the office's dashboard, and the leader's one page."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kit import charts, clock, deadlines
from kit.addresses import address_of
from reports import dashboard, marks
from reports.models import MonthlyReport
from reports.permissions import can_manage_period
from reports.views.projects.brief import briefs
from reports.views.scope import nothing_yet, read_scope
from tasks.models import Task

HEAT_ROWS = 28
HEAT_LEGEND = ("ON_TIME", "LATE", "MISSING", "LAPSED", "WAITING", "RETURNED", "DRAFT", "EXEMPT", "NOT_YET")


def _looked_over(request):
    """(context, scope) of what both pages show."""
    context, scope = read_scope(request)
    parts, links = dashboard.parts(scope), Links(scope)
    totals = dashboard.totals(parts)
    return context | {
        "filing": dashboard.filing(scope),
        "sections": [(part, charts.stacked_bar(part.parts, title=part.title), links.part(part)) for part in parts],
        "totals": totals,
        "since": dashboard.since_last_month(scope, totals.lights),
        "links": links,
        "briefs": briefs(scope),
        "now": clock.now(),
    }, scope


@require_safe
def dashboard_page(request):
    context, scope = _looked_over(request)
    rows = dashboard.heat(scope, HEAT_ROWS)
    tasks = Task.objects.visible_to(request.user).actions().filter(plan__in=scope.plans)
    context |= {
        "heat": _heat_map(scope, rows) if rows else "",
        "heat_legend": charts.legend([marks.cell_of(mark, MonthlyReport.Mark(mark).label) for mark in HEAT_LEGEND]),
        "lags": dashboard.lags(scope, 9),
        "owing": [_owing_line(each) for each in dashboard.owing(scope)],
        "indicators": dashboard.indicators(scope)[:5],
        "news": dashboard.news(scope, 9),
        **tasks.aggregate(
            unassigned=Count(
                "pk", filter=Q(pk__in=tasks.in_force().unassigned().order_by().values("pk")), distinct=True
            ),
            proposed=Count("pk", filter=Q(status=Task.Status.PROPOSED), distinct=True),
            changes=Count(
                "changes", filter=Q(changes__status="ASKED", plan__office=request.user.unit_id), distinct=True
            ),
        ),
        "time_left": deadlines.time_left(clock.now(), scope.periods[0].on_time_until) if scope.periods else "",
        "to_urge": [each for each in scope.periods if not each.is_closed and can_manage_period(request.user, each)],
        "nothing": nothing_yet(request.user, scope),
    }
    return render(request, "reports/dashboard.html", context)


@require_safe
def overview(request):
    context, scope = _looked_over(request)
    context |= {
        "lags": dashboard.with_lights_before(dashboard.lags(scope, 12), scope),
        "indicators": [line for line in dashboard.indicators(scope) if line.tone in ("danger", "warn")],
        "missing": _units_owing(dashboard.owing(scope, 60)),
    }
    return render(request, "reports/overview.html", context)


def _units_owing(rows):
    units = {}
    for each in rows:
        units.setdefault(each.report.unit_id, []).append(each.report)
    return [(owed[0].unit_name, reverse("report", args=[owed[0].pk]), len(owed)) for owed in units.values()]


class Links:
    """Where the numbers of an overview lead; templates ask by name."""

    def __init__(self, scope):
        self.scope = scope
        # Said even when it is all of them: without a plan an office is shown its own.
        self.base = {"month": f"{scope.month:%Y-%m}", "plan": scope.plan.pk if scope.plan else ""}
        self.all = self.rows()
        self.unfiled, self.late, self.waiting = (self.rows(state=state) for state in ("unfiled", "late", "waiting"))
        self.red, self.yellow, self.done = (self.tasks(light=light) for light in ("RED", "YELLOW", "BLUE"))
        self.unassigned, self.proposed = (self.ledger(tab=tab) for tab in ("unassigned", "proposed"))

    def rows(self, **more):
        return _address("filing_rows", self.base | more)

    def standings(self, **more):
        return _address("standing_list", self.base | more)

    def ledger(self, **more):
        return _address("task_list", ({"plan": self.scope.plan.pk} if self.scope.plan else {}) | more)

    def tasks(self, **more):
        """Frozen standings of a closed month, the ledger of the running one.

        Nothing where neither has them: a month that is over and not closed everywhere.
        """
        if not self.scope.live_plans:
            return self.standings(**more)
        return "" if self.scope.closed_plans or self.scope.is_over else self.ledger(**more)

    def part(self, part):
        if self.scope.plan is None:
            return (self.standings if part.plan_id in self.scope.closed_plans else self.ledger)(plan=part.plan_id)
        if self.scope.is_closed:
            return self.tasks(section=part.title)
        if part.title == dashboard.REST:
            return self.tasks(section="null")
        return self.tasks(**({"section": part.section_id} if part.section_id else {}))


def _address(name, query):
    return f"{reverse(name)}?{urlencode(query)}"


def _heat_map(scope, rows):
    months = scope.plan.months
    heads = [charts.Head(deadlines.month_words(month, months), now=month == scope.month) for month in months]
    names = [
        charts.Head(row.name, address_of("unit_record", row.unit_id), dashboard.asked_words(row.tasks, row.projects))
        for row in rows
    ]
    cells = [[_cell(row, month) for month in months] for row in rows]
    rates = ("按时率", [str(row.rate) for row in rows])
    return charts.heat_map(names, heads, cells, corner="责任单位", caption="各单位月度报送情况", last_column=rates)


def _cell(row, month):
    if month not in row.marks:
        return None
    mark, report = row.marks[month]
    return marks.cell_of(mark, f"{row.name} {month.month}月：{mark.label}", address_of("report", report))


def _owing_line(each):
    mark = MonthlyReport.Mark(each.mark)
    return {
        "report": each.report,
        "asked": each.asked,
        "mark": mark.label,
        "tone": marks.tone_of(mark),
    }
