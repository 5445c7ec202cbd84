"""One row of a sheet that came in: what it says, what it would change, what is wrong with it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    CHANGED = "修改"
    SAME = "没有变化"
    WRONG = "有误"

    @property
    def tone(self):
        return {"新增": "good", "修改": "info", "没有变化": "muted", "有误": "danger"}[self.value]


class Wrong(Exception):
    """A row cannot be taken because of one of its cells: the field's name and a sentence that says what to do."""

    def __init__(self, name, sentence):
        super().__init__(sentence)
        self.name, self.sentence = name, sentence


@dataclass(frozen=True)
class Skipped:
    """A row that is no data, and why it was left out; ``differs`` where its sum is not that of its rows."""

    row: int
    text: str
    why: str
    differs: str = ""


@dataclass
class Line:
    """A row: the raw cells by field, the values read from them, and the judgement.

    ``section`` the heading row above it; ``part`` which of several lines of one row it is; ``about`` the task, group or indicator it speaks of; ``thing`` what it means on record, None for a new one; ``changes`` are
    (heading, old, new) as people read them; ``wanted`` what is to be on record afterwards; ``places`` the columns of
    its fields; ``clashes`` (field, sentence) of rows joined that do not agree;
    ``unread`` the fields whose cells could not be taken, of which nothing more is told.
    """

    row: int
    cells: dict
    section: str = ""
    part: str = ""
    values: dict = field(default_factory=dict)
    label: str = ""
    about: Any = None
    thing: Any = None
    wanted: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    unread: set = field(default_factory=set)

    @property
    def state(self):
        if self.faults:
            return State.WRONG
        if self.thing is None:
            return State.NEW
        return State.CHANGED if self.changes else State.SAME
