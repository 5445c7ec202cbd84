"""The whole trace in one list: what happened to anything, newest first."""

import re
from functools import reduce
from operator import and_

from django.db.models import Q, TextField, Value

from kit import trace
from kit.names import holds

SAID = ("actor_name", "subject_name", "verb", "note")
MONTH = re.compile(r"(?:1[0-2]|[1-9])月份?")
WORDS = re.compile(rf"\d{{4}}年|{MONTH.pattern}|\d+|[^\s\d]+")
FIELDS = ("kind", "pk", "subject_id", "at")


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
        tables = trace.tables()
        self.tables = {kind: tables[kind]} if kind else tables

    def _rows(self, kind):
        events = self.tables[kind].objects.filter(self.condition).order_by()
        return events.annotate(kind=Value(kind, output_field=TextField())).values_list(*FIELDS)

    def __len__(self):
        return sum(table.objects.filter(self.condition).count() for table in self.tables.values())

    count = __len__

    def __getitem__(self, place):
        first, *rest = map(self._rows, self.tables)
        rows = first.union(*rest, all=True) if rest else first
        return self._read(list(rows.order_by("-at", "kind", "-pk")[place]))

    def _read(self, rows):
        """Return the events of ``rows``, with one query a kind."""
        keys = {kind: [row[1] for row in rows if row[0] == kind] for kind in {row[0] for row in rows}}
        found = {kind: self.tables[kind].objects.in_bulk(keys[kind]) for kind in keys}
        return [found[kind][key] for kind, key, *_ in rows]


def _said(word):
    """The condition that an event says a word, in its thing's name too; a month is not part of another: 1月, 11月."""
    if not MONTH.fullmatch(word):
        return holds(word, *SAID)
    month = word.removesuffix("份")
    return holds(f"年{month}", *SAID) | Q(note__startswith=month)
