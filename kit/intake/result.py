"""A whole sheet as judged: what the preview shows, and what the confirmation must find again."""

import hashlib
from dataclasses import dataclass

from django.utils.functional import cached_property
from import_export import results

from kit.intake.row import STATES, Row, State
from kit.intake.source import WORDS, cell_key
from kit.sheets import Fault


@dataclass(frozen=True)
class Told:
    """Faults that are one: the cells, and the parts of rows (months) they came up in."""

    faults: tuple[Fault, ...]
    parts: tuple[str, ...]

    @property
    def rows(self):
        return "、".join(map(str, dict.fromkeys(fault.row for fault in self.faults)))

    @property
    def sheet(self):
        return self.faults[0].sheet

    @property
    def key(self):
        return cell_key(self.sheet, self.faults[0].row, self.faults[0].column)

    @property
    def ways(self):
        return [(way, WORDS[way]) for way in self.faults[0].ways]

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


class Result(results.Result):
    """The rows of one sheet with their judgement; ``skipped`` are those that are no data, ``missing`` the columns that must be there and are not."""

    rows: list[Row]
    handed = None
    tables = questions = notices = differing = more_faults = ()

    @cached_property
    def faults(self) -> list[Fault]:
        return [*self.more_faults, *(fault for row in self.rows for fault in row.faults)]

    @property
    def sheet(self):
        return self.tables[0].sheet

    @property
    def layout(self):
        return self.tables[0].layout

    @property
    def open_questions(self):
        return [each for each in self.questions if not each.answer]

    @cached_property
    def told(self) -> list[Told]:
        """What several rows made of one share once, a column that is not there once."""
        found: dict[tuple, list] = {}
        for fault in self.more_faults:
            found[fault] = [(fault, "")]
        for row in self.rows:
            for fault in row.faults:
                said = "" if row.part else fault.value
                key = (fault.sheet, fault.row if fault.column or fault.ways else 0, fault.head, said, fault.sentence)
                found.setdefault(key, []).append((fault, row.part))
        return [Told(*zip(*pairs, strict=True)) for pairs in found.values()]

    @property
    def counts(self) -> dict[State, int]:
        return {state: self.totals[kind] for kind, state in STATES.items()}

    @property
    def effective(self) -> list[Row]:
        return [row for row in self.rows if row.is_new() or row.is_update()]

    @property
    def is_sound(self) -> bool:
        """Nothing stands against writing; there may be nothing to write."""
        against = self.has_validation_errors() or self.missing or self.more_faults or self.open_questions
        return bool(self.rows) and not against

    @property
    def fingerprint(self) -> str:
        """Changes whenever the judgement does: what was seen is what is written."""
        told = [(row.number, row.import_type, row.label, row.changes) for row in self.rows]
        fields = [table.layout.fields for table in self.tables]
        return hashlib.sha256(repr((fields, told)).encode()).hexdigest()[:32]
