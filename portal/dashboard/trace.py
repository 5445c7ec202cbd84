from django.db.models import TextField, Value

FIELDS = ("kind", "pk", "subject_id", "at")


class Trace:
    """The events of ``tables`` that ``narrow`` leaves, as a sequence that reads only what is sliced out of it."""

    def __init__(self, tables, narrow):
        self.tables = tables
        self.events = {kind: narrow(table.objects.order_by()) for kind, table in tables.items()}

    def _rows(self, kind):
        return self.events[kind].annotate(kind=Value(kind, output_field=TextField())).values_list(*FIELDS)

    def __len__(self):
        return sum(events.count() for events in self.events.values())

    count = __len__

    def __getitem__(self, place):
        first, *rest = map(self._rows, self.tables)
        rows = first.union(*rest, all=True) if rest else first
        return self._read(list(rows.order_by("-at", "kind", "-pk")[place]))

    def _read(self, rows):
        keys = {kind: [row[1] for row in rows if row[0] == kind] for kind in {row[0] for row in rows}}
        found = {kind: self.tables[kind].objects.in_bulk(keys[kind]) for kind in keys}
        return [found[kind][key] for kind, key, *_ in rows]
