"""What the sheets of an archive package are declared of: plain columns, plain rows, every project by its code and its name."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from kit.sheets import Sheet
from kit.sheets.book import Book
from kit.tables import Column
from kit.tables.declared import fetched

# The two columns by which the sheets of projects go together.
WHOSE = "编号=project.task.number project.name"
DECIDED = "decided_by decided_at decision"


def said(head, read, width=12, kind="text", group=""):
    """A column of what is worked out: ``read`` is a function of the row, or the dotted name of what it says."""
    return Column(head, head, attrgetter(read) if isinstance(read, str) else read, kind=kind, width=width, group=group)


def money(head, read, group=""):
    return said(head, read, 12, "number", group)


@dataclass(frozen=True)
class Kept:
    """One sheet: its tab, its columns, ``rows`` by (plan, closed periods), a note, and under which word its rows are ``counted``.

    ``called`` is its title after the plan's, the tab's name where it says nothing else; an ``optional`` one is left out when empty.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[..., Any]
    note: str = ""
    called: str = ""
    counted: str = ""
    optional: bool = False

    def sheet(self, plan, periods):
        rows = self.rows(plan, periods)
        rows = fetched(rows, self.columns) if isinstance(rows, QuerySet) else rows
        return Sheet(
            name=self.name,
            title=f"{plan.year}年{plan}{self.called or self.name}",
            columns=self.columns,
            rows=([column.read(row) for column in self.columns] for row in rows),
            left_note=f"主管办公室：{plan.office}",
            right_note=self.note,
            freeze_columns=2,
        )


def book(order, name, *sheets, **more):
    """A workbook of such sheets, counted by theirs that say under which word."""

    def counts(plan):
        return {each.counted: each.rows(plan, ()).count() for each in sheets if each.counted}

    def made(plan, periods):
        for each in sheets:
            if not each.optional or each.rows(plan, periods).exists():
                yield each.sheet(plan, periods)

    return Book(order, name, **{"counts": counts, "sheets": made} | more)
