"""What a kind of sheet reads: a workbook, where its tables stand, and what a person said about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from kit.intake.heads import Layout
from kit.intake.measures import Stated
from kit.sheets import SheetRead

LEAVE_CELL, LEAVE_ROW, KEEP = "cell", "row", "keep"
WORDS = {LEAVE_CELL: "这一格不导入", LEAVE_ROW: "这一行不导入", KEEP: "照表中的读"}


@dataclass(frozen=True)
class Source:
    """``said`` are answers by their keys: of a cell or a row (``cell_key``), of a ``Question``; ``hidden`` the sheets that are not read."""

    sheets: Sequence[SheetRead]
    layouts: Sequence[Layout]
    said: Mapping[str, str] = field(default_factory=dict)
    hidden: Sequence[str] = ()

    @property
    def tables(self):
        return [Table.of(self.sheets[each.sheet], each, self.said) for each in self.layouts if each.taken]

    def answer(self, sheet, row, column=0):
        return self.said.get(cell_key(sheet, row, column), "")

    def leaves_row(self, sheet, row, columns):
        return any(self.answer(sheet, row, column) == LEAVE_ROW for column in range(columns + 1))

    @property
    def notices(self):
        for table in {each.sheet.name: each for each in self.tables}.values():
            if rows := [row + 1 for row in table.sheet.hidden_rows if row > table.layout.last]:
                yield f"工作表“{table.sheet.name}”隐藏了{len(rows)}行（{_runs(rows)}），已一并读入。"
            if columns := table.sheet.hidden_columns:
                letters = "、".join(get_column_letter(column + 1) for column in columns)
                yield f"工作表“{table.sheet.name}”隐藏了{letters}列，已一并读入。"
        if self.hidden:
            yield f"隐藏的工作表没有读：{'、'.join(self.hidden)}。要导入的请先取消隐藏。"
        taken = {layout.sheet for layout in self.layouts if layout.taken}
        if len(self.sheets) > 1 and (others := [s.name for place, s in enumerate(self.sheets) if place not in taken]):
            yield f"没有读的工作表：{'、'.join(others)}。"


def _runs(numbers):
    """5-8、12: rows as people name them."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)


@dataclass(frozen=True)
class Table:
    """One table of a source: its sheet, its layout, the measures it states."""

    sheet: SheetRead
    layout: Layout
    stated: Stated

    @classmethod
    def of(cls, sheet, layout, said):
        return cls(sheet, layout, Stated(sheet, layout, said.get(measure_key(sheet, layout), "")))

    @property
    def title(self):
        rows = self.sheet.rows[self.layout.start : self.layout.top]
        return " ".join(str(value).strip() for row in rows for value in row if value is not None)


@dataclass(frozen=True)
class Question:
    """What a sheet leaves open and a person has to say, once for all rows it is about; ``options`` are (value, words)."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    answer: str = ""


def cell_key(sheet: str, row: int, column: int = 0) -> str:
    """By what an answer about a cell is found again; rows and columns count from 1, column 0 is the row."""
    return f"{sheet}!{row}!{column}"


def measure_key(sheet, layout):
    return f"{sheet.name}!{layout.last + 1}!measure"
