"""What came in by a sheet beside what is on record: plain values, for the page that shows both before anything is taken."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import ClassVar

from kit import names
from kit.refusal import Refusal
from kit.sheets import Fault, Formula, UnreadableSheet, find_header
from reports.changes import Row

# What the person chose where the sheet and somebody on the page changed the same field.
SHEET, RECORD = "sheet", "record"


@dataclass(frozen=True)
class Change:
    """One field that would change. ``contested``: somebody has changed it on record since the sheet was drawn."""

    key: str
    label: str
    old: str
    new: str
    contested: bool = False
    chosen: str = ""

    @property
    def pieces(self):
        return Row(self.label, self.old, self.new).pieces

    @property
    def is_open(self):
        return self.contested and self.chosen not in (SHEET, RECORD)

    @property
    def is_taken(self):
        return not self.contested or self.chosen == SHEET


@dataclass
class Item:
    """One thing of the sheet with its changes: ``thing`` is what the action writes to, ``values`` what it would write."""

    thing: object
    name: str
    title: str
    place: str
    changes: list
    values: dict
    notes: list = field(default_factory=list)
    changed_by: str = ""


@dataclass
class Preview:
    faults: list = field(default_factory=list)
    untaken: list = field(default_factory=list)
    items: list = field(default_factory=list)
    unchanged: int = 0

    @property
    def may_take(self):
        return bool(self.items) and not self.faults

    @property
    def open_choices(self):
        return [change for item in self.items for change in item.changes if change.is_open]

    @property
    def fields(self):
        return sum(len(item.changes) for item in self.items)

    @property
    def conflicts(self):
        return sum(change.contested for item in self.items for change in item.changes)

    @property
    def fingerprint(self):
        """A mark of all that is shown: when it differs on confirming, the person must look again."""
        shown = [[c.key, c.old, c.new, c.contested] for item in self.items for c in item.changes]
        shown += [asdict(fault) for fault in self.faults] + self.untaken
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:24]


class Comparison:
    """What came in beside what is on record; a subclass goes through its rows."""

    def __init__(self, came, choices):
        self.choices = choices or {}
        self.preview = Preview(faults=list(came.faults))

    def change(self, key, label, old, new, contested):
        return Change(key, label, old, new, contested, self.choices.get(key, "") if contested else "")


@dataclass(kw_only=True)
class Returned:
    """A sheet of ours as it came back: of which month (2015-10), drawn when, its rows and what is wrong with it."""

    row: ClassVar[type]
    month: str
    drawn_at: str
    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def as_data(self):
        return asdict(self)

    @classmethod
    def of_data(cls, data):
        rows, faults = [cls.row(**each) for each in data["rows"]], [Fault(**each) for each in data["faults"]]
        return cls(**data | {"rows": rows, "faults": faults})

    def require_month(self, month, sentence):
        if self.month != f"{month:%Y-%m}":
            year, number = self.month.split("-")
            raise Refusal(sentence.format(theirs=f"{year}年{int(number)}月", ours=f"{month.month}月"))


@dataclass
class ReturnedRow:
    """A row that came back; ``row`` and ``head_row`` count from 1, as people do."""

    sheet: str
    row: int
    head_row: int

    @property
    def place(self):
        return f"工作表“{self.sheet}”第{self.row}行"


def tables_in(sheets, heads):
    """(sheet, index of its head row, {heading: column}) of every visible sheet with these headings.

    Raise ``UnreadableSheet`` when there is none, naming what the first one lacks.
    """
    found, problem = [], None
    for sheet in sheets:
        if sheet.hidden:
            continue
        try:
            found.append((sheet, *find_header(sheet.rows, heads)))
        except UnreadableSheet as missing:
            problem = problem or missing
    if not found:
        raise problem or UnreadableSheet("文件中没有可读的工作表。")
    return found


def plain(value):
    """A cell as text: numbers without a needless .0, days as 2015-10-31, one kind of line break."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def key_of(text):
    return names.key(plain(text))


def mark_of_text(text):
    return hashlib.sha256(key_of(text).encode()).hexdigest()[:12]
