"""How much the county asks of a unit in a month, over all offices: counted, never judged and never ranked.

Only numbers are counted, whoever looks: what was written and who may read it is a question of other pages.
"""

from collections import Counter
from dataclasses import dataclass, fields

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from kit import clock
from kit.deadlines import next_month, previous_month
from reports.fields import ENTRY
from reports.line import LINE
from reports.models import Attachment, Entry, MonthlyReport, ReportEvent
from supervision.models import Directive, Item, Occasion
from tasks.models import Indicator

BACK = ("退回", "重新打开并退回")


@dataclass(frozen=True)
class Burden:
    """One unit in one month, or several months together."""

    forms: int = 0
    entries: int = 0
    boxes: int = 0
    papers: int = 0
    files: int = 0
    again: int = 0
    directives: int = 0
    points: int = 0
    items: int = 0
    inspections: int = 0

    def __add__(self, other):
        return Burden(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def words(self):
        """月报3份42栏、交办2件5点; what is 0 is left out."""
        parts = (
            (self.forms, f"月报{self.forms}份{self.boxes}栏"),
            (self.again, f"退回重报{self.again}次"),
            (self.directives, f"交办{self.directives}件{self.points}点"),
            (self.items, f"会议、走访和督查定的事{self.items}件"),
            (self.inspections, f"接受督查{self.inspections}次"),
        )
        return "、".join(said for number, said in parts if number) or "没有要求"


def burdens(months, units=None):
    """Return {(unit's key, month): Burden} of these months (first days, one after the other); ``units`` None is all of them."""
    found = {}
    for name, counted in _counts(min(months), max(months), units):
        for key, number in counted.items():
            found.setdefault(key, Counter())[name] += number
    return {key: Burden(**numbers) for key, numbers in found.items()}


def _counts(first, last, units):
    """(name, {(unit's key, month): number}), each name once or more."""
    within = _Within(first, last, units)
    reports = within.by_month(MonthlyReport.objects.exclude(status="EXEMPT"), "unit", "period__month")
    yield "forms", within.counted(reports)
    yield "papers", within.counted(reports.filter(period__plan__stamped=True))
    rows = Entry.objects.exclude(report__status="EXEMPT")
    entries = within.by_month(rows, "report__unit", "report__period__month")
    for kind, asked in (("ACTION", ENTRY), ("PROJECT", LINE)):
        counted = within.counted(entries.filter(task__kind=kind))
        yield "entries", counted
        yield "boxes", {key: number * len(asked) for key, number in counted.items()}
    open_then = Q(task__milestones__done_on=None) | Q(task__milestones__done_on__gte=F("report__period__month"))
    yield "boxes", within.counted(entries.filter(task__kind="PROJECT"), Count("task__milestones", filter=open_then))
    yield "boxes", _indicators(within)
    files = within.by_month(Attachment.objects.present(), "report__unit", "report__period__month")
    yield "files", within.counted(files)
    back = ReportEvent.objects.filter(verb__in=BACK)
    yield "again", within.counted(within.by_month(back, "subject__unit", "subject__period__month"))
    directives = within.by_moment(Directive.objects.issued(), "unit", "sent_at")
    yield "directives", within.counted(directives)
    yield "points", within.counted(directives, Count("points"))
    items = Item.objects.filter(directives=None)
    yield "items", within.counted(within.by_month(items, "unit", "occasion__month"))
    yield "inspections", _inspected(within)


def _inspected(within):
    """An inspection counts once for whoever it names or whose project it goes to, from its notice on."""
    told = Q(status__in=Occasion.TOLD) | Q(status="PLANNED") & ~Q(announced_on=None)
    rows = Occasion.objects.filter(told, kind="INSPECTION", held_on__gte=within.first, held_on__lt=within.end)
    served = "stops__project__task__responsibilities"
    if within.units is not None:
        rows = rows.filter(Q(stops__unit__in=within.units) | Q(**{f"{served}__unit__in": within.units}))
    rows = rows.values_list("pk", "held_on", "stops__unit", f"{served}__unit", f"{served}__role").order_by()
    found = {(unit or role == "LEAD" and serving, day, pk) for pk, day, unit, serving, role in rows}
    return Counter((unit, day.replace(day=1)) for unit, day, _ in found if unit and within.asks(unit))


def _indicators(within):
    """One figure a month of each indicator from the unit itself, and from who keeps the statistics."""
    rows = Indicator.objects.select_related("plan")
    found = Counter()
    for each in rows:
        for unit in filter(within.asks, {each.unit_id, each.statistics_unit_id} - {None}):
            found.update((unit, month) for month in within.months if each.plan.covers(month))
    return found


class _Within:
    """The months and units that are asked about."""

    def __init__(self, first, last, units):
        self.first, self.last, self.end, self.units = first, last, next_month(last), units
        self.months = [first]
        while self.months[-1] < last:
            self.months.append(next_month(self.months[-1]))

    def asks(self, unit):
        return self.units is None or unit in self.units

    def by_month(self, rows, unit, month):
        rows = rows.filter(**{f"{month}__gte": self.first, f"{month}__lte": self.last})
        return self._of_units(rows, unit).annotate(burdened=F(unit), burdened_in=F(month))

    def by_moment(self, rows, unit, moment):
        rows = rows.filter(**{f"{moment}__gte": clock.start_of(self.first), f"{moment}__lt": clock.start_of(self.end)})
        return self._of_units(rows, unit).annotate(burdened=F(unit), burdened_in=TruncMonth(moment))

    def _of_units(self, rows, unit):
        rows = rows.order_by().exclude(**{unit: None})
        return rows if self.units is None else rows.filter(**{f"{unit}__in": self.units})

    @staticmethod
    def counted(rows, what=None):
        rows = rows.values_list("burdened", "burdened_in").annotate(n=what or Count("pk"))
        return {(unit, _first_day(month)): number for unit, month, number in rows}


def _first_day(month):
    """Of a day, or of a moment as a database truncates it."""
    return clock.local(month).date() if hasattr(month, "hour") else month


def last_months(count):
    """The running month and those before it, newest first."""
    months = [clock.today().replace(day=1)]
    while len(months) < count:
        months.append(previous_month(months[-1]))
    return months
