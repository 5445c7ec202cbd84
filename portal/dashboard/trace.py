"""The whole trace in one list: what happened to accounts, units, plans, tasks and reports, newest first."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Q, TextField, Value

from kit.names import holds
from reports.models import ReportEvent
from tasks.models import PlanEvent, PlanReadingEvent, SheetImportEvent, TaskEvent
from units.models import AccountEvent, UnitEvent

# kind -> word, the table of events
KINDS = {
    "account": ("账号", AccountEvent),
    "unit": ("单位", UnitEvent),
    "plan": ("方案", PlanEvent),
    "task": ("任务", TaskEvent),
    "loading": ("方案文件", PlanReadingEvent),
    "report": ("月报", ReportEvent),
    "import": ("导入", SheetImportEvent),
}
SAID = ("actor_name", "subject_name", "verb", "note")
MONTH = re.compile(r"(?:1[0-2]|[1-9])月份?")
WORDS = re.compile(rf"\d{{4}}年|{MONTH.pattern}|\d+|[^\s\d]+")
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
            # Every part of 县妇联10月月报 by itself: the record says 县妇联2015年10月改革创新年月报.
            self.condition &= reduce(and_, map(_said, WORDS.findall(word)), Q())
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
        """Read the events of ``rows``, one query a kind."""
        found = {}
        for kind in {row[0] for row in rows}:
            events = KINDS[kind][1].objects.filter(pk__in=[row[1] for row in rows if row[0] == kind])
            found.update({(kind, event.pk): event for event in events})
        return [_line(row[0], found[row[0], row[1]]) for row in rows]


def _line(kind, event):
    return Line(kind, event.subject_name, event.actor_name, event.verb, event.note, event.changes, event.at)


def _said(word):
    """The condition that an event says a word, in its thing's name too; a month is not part of another: 1月, 11月."""
    if not MONTH.fullmatch(word):
        return holds(word, *SAID)
    month = word.removesuffix("份")
    return holds(f"年{month}", *SAID) | Q(note__startswith=month)
