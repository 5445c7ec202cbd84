"""The whole trace in one list: what happened to accounts, units, plans, tasks and reports, newest first."""

from dataclasses import dataclass

from django.db.models import Q, TextField, Value

from reports.models import MonthlyReport, ReportEvent
from tasks.models import Plan, PlanEvent, PlanReading, PlanReadingEvent, SheetImport, SheetImportEvent, Task, TaskEvent
from units.models import AccountEvent, Unit, UnitEvent, User

# kind -> word, the table of events, the table of subjects
KINDS = {
    "account": ("账号", AccountEvent, User),
    "unit": ("单位", UnitEvent, Unit),
    "plan": ("方案", PlanEvent, Plan),
    "task": ("任务", TaskEvent, Task),
    "loading": ("方案文件", PlanReadingEvent, PlanReading),
    "report": ("月报", ReportEvent, MonthlyReport),
    "import": ("导入", SheetImportEvent, SheetImport),
}
GONE = "（已撤销）"
FIELDS = ("kind", "pk", "subject_id", "at")


@dataclass(frozen=True)
class Line:
    """One event in words."""

    kind: str
    subject: str
    actor_name: str
    verb: str
    note: str
    changes: dict
    at: object

    @property
    def kind_word(self):
        return KINDS[self.kind][0]

    @property
    def changes_words(self):
        return "；".join(f"{name}：{old or '（空）'} → {new}" for name, (old, new) in self.changes.items())


class Trace:
    """The events asked for, as a sequence that reads only what is sliced out of it."""

    def __init__(self, *, kind="", word="", start=None, end=None):
        self.condition = Q()
        if word:
            self.condition &= Q(actor_name__icontains=word) | Q(verb__icontains=word) | Q(note__icontains=word)
        if start:
            self.condition &= Q(at__gte=start)
        if end:
            self.condition &= Q(at__lt=end)
        self.kinds = [kind] if kind in KINDS else list(KINDS)

    def _rows(self, kind):
        events = KINDS[kind][1].objects.filter(self.condition).order_by()
        return events.annotate(kind=Value(kind, output_field=TextField())).values_list(*FIELDS)

    def __len__(self):
        return sum(KINDS[kind][1].objects.filter(self.condition).count() for kind in self.kinds)

    count = __len__

    def __getitem__(self, place):
        first, *rest = (self._rows(kind) for kind in self.kinds)
        rows = first.union(*rest, all=True) if rest else first
        return self._lines(list(rows.order_by("-at", "kind", "-pk")[place]))

    @staticmethod
    def _lines(rows):
        """Read the events of ``rows`` and the names of their subjects, two queries a kind."""
        found = {}
        for kind in {row[0] for row in rows}:
            events = KINDS[kind][1].objects.filter(pk__in=[row[1] for row in rows if row[0] == kind])
            found.update({(kind, event.pk): event for event in events})
        names = _names({(kind, event.subject_id) for (kind, _), event in found.items()})
        return [_line(row[0], found[row[0], row[1]], names) for row in rows]


def _names(subjects):
    """Return {(kind, key): name} of the subjects."""
    names = {}
    for kind in {kind for kind, _ in subjects}:
        things = KINDS[kind][2].objects.filter(pk__in=[key for each, key in subjects if each == kind])
        if kind == "report":
            things = things.select_related("period__plan")
        if kind in ("loading", "import"):
            things = things.light()
        names.update({(kind, thing.pk): str(thing) for thing in things})
    return names


def _line(kind, event, names):
    subject = names.get((kind, event.subject_id), GONE)
    return Line(kind, subject, event.actor_name, event.verb, event.note, event.changes, event.at)
