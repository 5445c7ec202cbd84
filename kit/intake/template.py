"""Sheets to fill in, and sheets of what is on record: one look, the same heads, drop-downs where values are fixed."""

from kit.sheets import Head, Sheet, workbook

BLANK_ROWS = 12


def template(kind, *, title, left_note="", right_note=""):
    """The bytes of an empty table of ``kind`` with an example row that has to be taken out or written over."""
    example = [field.example for field in _offered(kind)]
    rows = [example, *([None] * len(example) for _ in range(BLANK_ROWS))]
    return _sheet(kind, title, rows, left_note, right_note)


def filled(kind, *, title, left_note="", right_note=""):
    """The bytes of the table of ``kind`` with everything on record: what is corrected in it can come back."""
    kind.prepare()
    rows = kind.export(map(kind.recorded, kind.on_record()), export_fields=[field.name for field in _offered(kind)])
    return _sheet(kind, title, rows, left_note, right_note)


def _offered(kind):
    return [field for field in kind.fields.values() if field.offered]


def _sheet(kind, title, rows, left_note, right_note):
    columns = [
        Head(field.head, field.width, field.kind, field.group, choices=field.choices) for field in _offered(kind)
    ]
    return workbook(Sheet(kind.title, title, columns, rows, left_note, right_note, foot=kind.foot))
