"""A whole sheet as read and judged: what the preview shows, and what the confirmation must find again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from kit.intake.cells import as_text
from kit.intake.heads import Layout
from kit.intake.kind import Kind
from kit.intake.line import Line, Skipped, State
from kit.intake.rows import body
from kit.sheets import Fault, SheetRead


@dataclass(frozen=True)
class Told:
    """Faults that are one: the cells, and the parts of rows (months) they came up in."""

    faults: tuple[Fault, ...]
    parts: tuple[str, ...]

    @property
    def rows(self):
        return "、".join(map(str, dict.fromkeys(fault.row for fault in self.faults)))

    @property
    def letters(self):
        return "、".join(dict.fromkeys(fault.letter for fault in self.faults if fault.letter))

    @property
    def head(self):
        return self.faults[0].head

    @property
    def value(self):
        return "、".join(filter(None, dict.fromkeys(fault.value for fault in self.faults)))[:80]

    @property
    def sentence(self):
        parts = "、".join(filter(None, dict.fromkeys(self.parts))) if len(self.faults) > 1 else ""
        return self.faults[0].sentence + (f"（{parts}）" if parts else "")


@dataclass
class Reading:
    """The lines of one sheet with their judgement; ``missing`` the columns that must be there and are not."""

    sheet: SheetRead
    layout: Layout
    lines: list[Line] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @cached_property
    def faults(self) -> list[Fault]:
        """Everything that is wrong, by row."""
        return [fault for line in self.lines for fault in line.faults]

    @cached_property
    def told(self) -> list[Told]:
        """The faults as people read them: what several lines of one row share once, a column that is not there once."""
        found: dict[tuple, list] = {}
        for line in self.lines:
            for fault in line.faults:
                said = "" if line.part else fault.value
                key = (fault.row if fault.column else 0, fault.head, said, fault.sentence)
                found.setdefault(key, []).append((fault, line.part))
        return [Told(*zip(*pairs, strict=True)) for pairs in found.values()]

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many lines are new, changed, unchanged, wrong."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in State}

    @property
    def differing(self) -> list[Skipped]:
        """The rows whose sums do not agree with the rows they sum up."""
        return [row for row in self.skipped if row.differs]

    @property
    def effective(self) -> list[Line]:
        """The lines that change something."""
        return [line for line in self.lines if line.state in (State.NEW, State.CHANGED)]

    @property
    def is_sound(self) -> bool:
        """Nothing stands against writing; there may be nothing to write."""
        return bool(self.lines) and not (self.faults or self.missing)

    @property
    def fingerprint(self) -> str:
        """Changes whenever the judgement does: what was seen is what is written."""
        told = [(line.row, line.state.value, line.label, line.changes) for line in self.lines]
        return hashlib.sha256(repr((self.layout.fields, told)).encode()).hexdigest()[:32]


def read(kind: Kind, sheets: Sequence[SheetRead], layout: Layout) -> Reading:
    """Read the table that ``layout`` places in ``sheets`` and judge every line against what is on record."""
    sheet, fields = sheets[layout.sheet], kind.fields
    reading = Reading(sheet, layout)
    must = [each for each in fields if each.needed or (each.key and not each.made)]
    reading.missing = [each.title for each in must if each.name not in layout.columns]
    lines, reading.skipped = body(sheet, layout, fields)
    if not reading.missing:
        own, foreign = _own(kind, [line for line in lines if not is_example(kind, line)])
        foreign += [Skipped(line.row, _words(line), "模板的示例行") for line in lines if is_example(kind, line)]
        reading.lines = kind.unfold(own, layout)
        reading.skipped = sorted([*reading.skipped, *foreign], key=lambda row: row.row)
        kind.judge(reading.lines, sheet, layout)
    return reading


def _own(kind, lines):
    """Part the lines that belong to this import from those of another's (another plan's section, say)."""
    own, foreign = [], []
    for line in lines:
        if why := kind.belongs(line):
            foreign.append(Skipped(line.row, _words(line), why))
        else:
            own.append(line)
    return own, foreign


def _words(line):
    return " ".join(str(value) for value in line.cells.values() if value is not None)[:60]


def is_example(kind: Kind, line: Line) -> bool:
    """Is this the example row of our own template, left where it was?"""
    said = {name: as_text(value) for name, value in line.cells.items()}
    example = {field.name: as_text(field.example) for field in kind.fields if field.offered}
    return all(said.get(name, "") == text for name, text in example.items()) and set(example) <= set(said)
