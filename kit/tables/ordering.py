"""Rows in order and their sums: alike on both databases, alike for plain lists."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet, Sum


def ordered(rows: QuerySet, fields: Sequence[str], *, descending: bool) -> QuerySet:
    """Empty values last in either direction, made unambiguous by the key."""
    keys = [*fields] if {"pk", "-pk", "id", "-id"} & set(fields) else [*fields, "pk"]
    return rows.order_by(*(_order(rows.model, key, descending) for key in keys))


def sorted_by(read: Callable[[Any], Any], rows: list, *, descending: bool) -> list:
    filled = [row for row in rows if read(row) is not None]
    return sorted(filled, key=read, reverse=descending) + [row for row in rows if read(row) is None]


def sums(rows: QuerySet, fields: Mapping[str, str]) -> dict[str, Any]:
    if not fields:
        return {}
    # Numbered, because a column's name need not be one that the ORM accepts.
    wanted = {f"sum_{place}": Sum(field) for place, field in enumerate(fields.values())}
    found = rows.order_by().aggregate(**wanted)
    return {name: found[f"sum_{place}"] or 0 for place, name in enumerate(fields)}


def _order(model, key: str, descending: bool):
    path = key.removeprefix("-")
    downward = key.startswith("-") != descending
    if not _nullable(model, path):
        return f"-{path}" if downward else path
    return F(path).desc(nulls_last=True) if downward else F(path).asc(nulls_last=True)


def _nullable(model, path: str) -> bool:
    """May this order field be empty? Saying so of one that cannot would keep its index from being used."""
    for part in path.split("__"):
        if part == "pk":
            return False
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if field.null or field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False
