"""A column that a kind of sheet may have: how it is headed, how its cells are read, how they show."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from django.utils.functional import cached_property
from import_export import fields

from kit import names
from kit.intake.cells import ChoiceCell, TextCell

MARKS = re.compile(r"[:*_]+|(?<!\d)[,.、/\-]+|[,.、/\-]+(?!\d)")


def normal(text) -> str:
    """A heading as it is compared: its key without marks; 1-2月 is not 12月."""
    return MARKS.sub("", names.key(text))


@dataclass(eq=False)
class Field(fields.Field):
    """One thing a row says.

    ``head``    the heading of our own template, below ``group`` where two rows head the table.
    ``words``   other headings that real tables give it, with blanks between, the most telling first.
    ``widget``  reads a value (ValueError with a sentence when it cannot be taken) and shows one.
    ``key``     rows are known by it: the column must be there and no cell of it empty.
    ``made``    a key that may be left out: the kind makes one.
    ``apart``   rows that share their key are told apart by it.
    ``needed``  the column must be there.
    ``several`` one cell may hold a list; the pieces of a row that goes on below are joined.
    ``joined``  its heading says nothing without the group's: 主要领导姓名.
    ``offered`` stands in our own template.
    ``listed``  may be chosen by hand for any column.
    ``year``    the one year its heading may name: of 2015年计划投资 and 2016年计划投资 only one is this year's.
    ``fits``    says for headings that no list of words holds (months) whether they are this field's.
    ``ordinal`` a running number as printed: what has one is a row of its own.
    ``summed``  the rows of a group add up to what its heading or its sum says.
    """

    name: str
    head: str
    widget: TextCell = made(default_factory=TextCell)
    words: str = ""
    group: str = ""
    key: bool = False
    made: bool = False
    apart: bool = False
    needed: bool = False
    several: bool = False
    joined: bool = False
    offered: bool = True
    listed: bool = True
    year: int = 0
    fits: Callable[[tuple[str, ...]], bool] | None = None
    ordinal: bool = False
    summed: bool = False
    width: int = 14
    example: Any = ""
    kind: str = "text"

    def __post_init__(self):
        super().__init__(self.name, self.name, self.widget)

    @property
    def title(self):
        return self.group + self.head if self.joined else self.head

    @cached_property
    def calls(self):
        own = [self.group + self.head, *([] if self.joined else [self.head])]
        return [*map(normal, (*own, *self.words.split()))]

    @property
    def choices(self):
        return tuple(filter(None, self.widget.words.values())) if isinstance(self.widget, ChoiceCell) else ()

    def shown(self, value):
        shown = self.widget.render(value)
        return "" if shown is None else str(shown)
