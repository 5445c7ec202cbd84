"""Columns declared by the fields they show: head, kind, width and what is fetched beside the rows follow from the model."""

import json

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kit.tables.columns import Column, shown

WIDTHS = {
    "date": 12,
    "moment": 17,
    "number": 9,
    "percent": 9,
    "month": 9,
    "mark": 8,
    "word": 8,
    "json": 24,
    "choice": 10,
}
PIECE = 500


def fields_of(model, *told):
    """Columns of what is on record of ``model``, each under its field's own name.

    ``told`` are columns, or texts of words: a field or the dotted way to one (``period.month``), before it a head where the field's
    own name does not do (``任务=task.number``), after it how it is written where its kind does not say (``progress:percent``):
    number, percent, ``month`` as 2015-10, ``mark`` a 是 where it is true, ``word`` its head there.
    """
    found = []
    for each in told:
        found += [each] if isinstance(each, Column) else [_column(model, word) for word in each.split()]
    return tuple(found)


def words_of(row, columns):
    """{head: what the row says there}, as people read it: for the trace."""
    return {column.head: _said(column.read(row), column.kind) for column in columns}


def _said(value, kind):
    return str(value) if isinstance(value, models.Model) else shown(value, kind)


def fetched(rows, columns):
    """Read a queryset piece by piece, with all that declared columns say of it."""
    ways = [_way(rows.model, column.name) for column in columns]
    beside = sorted({path for path, field in ways if path and not _is_many(field)})
    many = sorted({path for path, field in ways if _is_many(field)})
    rows = rows.select_related(*beside) if beside else rows
    return rows.prefetch_related(*many).iterator(chunk_size=PIECE)


def _column(model, word):
    head, _, told = word.rpartition("=")
    name, _, kind = told.partition(":")
    field = _way(model, name)[1]
    kind = kind or _kind(field, name)
    width = WIDTHS.get(kind) or (40 if isinstance(field, models.TextField) else 20)
    shown_as = kind if kind in ("date", "moment", "number", "percent") else "text"
    head = head or str(field.verbose_name)
    is_plain = field is not None and kind != "choice" and (not field.is_relation or name.endswith("_id"))
    return Column(name, head, _reader(name, kind, head, is_plain), kind=shown_as, width=width)


def _way(model, name):
    """(path of what is fetched beside a row, the field the name ends at); a name of no field has neither."""
    path, field = [], None
    for part in name.split("."):
        try:
            field = model._meta.get_field("id" if part == "pk" else part)
        except FieldDoesNotExist:
            return "__".join(path), None
        if field.is_relation and part == field.name:
            path.append(part)
            model = field.related_model
    return "__".join(path), field


def _is_many(field):
    return field is not None and (field.many_to_many or field.one_to_many)


def _kind(field, name):
    if name == "pk" or name.endswith("_id"):
        return "number"
    if getattr(field, "choices", None):
        return "choice"
    kinds = {
        models.DateTimeField: "moment",
        models.DateField: "date",
        models.IntegerField: "number",
        models.DecimalField: "number",
        models.JSONField: "json",
    }
    return next((kind for of, kind in kinds.items() if isinstance(field, of)), "text")


def _reader(name, kind, head, is_plain):
    *way, last = name.split(".")
    last = f"get_{last}_display" if kind == "choice" else last
    written = (lambda value: head if value else "") if kind == "word" else WRITTEN.get(kind)

    def read(row):
        for part in way:
            row = row and getattr(row, part)
        value = row and getattr(row, last)
        value = value if is_plain else _named(value)
        return written(value) if written else value

    return read


def _named(value):
    value = value.all() if isinstance(value, models.Manager) else value() if callable(value) else value
    return "、".join(map(str, value)) if isinstance(value, list | models.QuerySet) else value


def plain(value):
    """A list or mapping of plain values as text, nothing for an empty one."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


WRITTEN = {
    "month": lambda value: f"{value:%Y-%m}" if value else "",
    "mark": lambda value: "是" if value else "",
    "json": plain,
}
