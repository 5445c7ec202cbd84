"""One row of a sheet that came in: what it says, what it would change, what is wrong with it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from import_export.results import RowResult


class State(StrEnum):
    """What becomes of a row, in the words of the page."""

    NEW = "新增"
    CHANGED = "修改"
    SAME = "没有变化"
    WRONG = "有误"

    @property
    def tone(self):
        return {"新增": "good", "修改": "info", "没有变化": "muted", "有误": "danger"}[self.value]


STATES = {
    RowResult.IMPORT_TYPE_NEW: State.NEW,
    RowResult.IMPORT_TYPE_UPDATE: State.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: State.SAME,
    RowResult.IMPORT_TYPE_INVALID: State.WRONG,
}


class Wrong(ValidationError):
    """A row cannot be taken because of one of its cells: the field's name and a sentence that says what to do."""

    def __init__(self, name, sentence):
        super().__init__({name: [sentence]})


@dataclass(frozen=True)
class Skipped:
    """A row that is no data, and why it was left out.

    ``sums`` are its ``Sum``s that do not agree with its rows, ``unchecked`` the fields of those in which something cannot be read,
    ``sheet`` the sheet where several were read, ``label`` what the row is called without its numbers.
    """

    number: int
    text: str
    why: str
    sums: tuple = ()
    unchecked: tuple = ()
    sheet: str = ""
    label: str = ""

    @property
    def differs(self):
        return "；".join(each.sentence for each in self.sums)


@dataclass(eq=False)
class Row(RowResult):
    """A row, and what the engine finds of it: the raw cells by field, the values read from them, the judgement.

    ``number`` where it stands in its sheet; ``section`` the heading row above it; ``part`` which of several rows made of one it is;
    ``about`` the task, group or indicator it speaks of; ``original`` what it means on record, None for a new one;
    ``wanted`` what is to be on record afterwards; ``diff`` {field: (old, new)} and ``changes`` (heading, old, new) as people read them;
    ``places`` the columns of its fields; ``clashes`` (field, sentence) of rows joined that do not agree;
    ``unread`` the fields whose cells could not be taken, of which nothing more is told; ``asks`` (field, sentence) of what a person may
    accept as it stands. Of a list in groups: ``path`` the groups it stands in, ``whole`` the row it is a part of, ``lines`` the further
    rows it goes on over. Where several tables are read, ``table`` is its own, and ``origin`` the table and row of a field from elsewhere.
    """

    number: int
    cells: dict
    section: str = ""
    part: str = ""
    values: dict = field(default_factory=dict)
    label: str = ""
    about: Any = None
    wanted: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    unread: set = field(default_factory=set)
    asks: list = field(default_factory=list)
    path: tuple = ()
    whole: int = 0
    lines: list = field(default_factory=list)
    table: Any = None
    origin: dict = field(default_factory=dict)

    def __post_init__(self):
        super().__init__()

    def __str__(self):
        return self.label

    @property
    def state(self):
        return STATES[self.import_type]
