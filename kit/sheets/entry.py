"""Sheets to be filled in and sent back: tinted cells that may be written, the rest locked, facts kept out of sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from kit.sheets.measure import MOST_LINES, height_of, lines_of
from kit.sheets.sheet import Head, Sheet
from kit.sheets.styles import BODY_SIZE, SONG, Styles, alignment_of, body_look
from kit.sheets.values import FIRST_DAY, LARGEST_NUMBER, clean_text
from kit.sheets.write import SheetWriter, book_options, tab_name

INPUT_FILL, ADVICE_COLOUR = "#FFF8E1", "#B3261E"
FACTS = "_meta"
# A cell to write in leaves room for so many lines.
ROOM = 4
# Excel shows no longer hint.
LONGEST_HINT = 255
INPUT_FORMATS = {"percent": '0"%"', "number": "General", "date": "yyyy-mm-dd"}
LATEST = date(2100, 12, 31)
ANNEX = "长文全文"
ANNEX_HEADS = (Head("本表行次", 10), Head("哪一项", 16), Head("哪一栏", 14), Head("全文", 120))
ANNEX_NOTE = f"有的文字超出一行能显示的高度，打印时全文见“{ANNEX}”工作表；修改仍在本表内。"
UNLOCKED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


@dataclass(frozen=True)
class InputHead(Head):
    """A column to fill in.

    ``between``  the limits of a whole number;  ``longest``  a warning beyond so many characters;
    ``hint``     shown while its cell is chosen;  ``negative`` a number may stand below 0.
    """

    between: tuple[int, int] | None = None
    longest: int = 0
    hint: str = ""
    negative: bool = False


def entry_workbook(
    sheet: Sheet,
    facts: Iterable[Sequence[str]],
    *,
    advice: Sequence[str] = (),
    room: int = ROOM,
    locked: bool = True,
    further: Iterable[tuple[Sheet, Sequence[str]]] = (),
) -> bytes:
    """One sheet to fill in, its input columns ``InputHead``, with ``facts`` as text on a sheet nobody sees.

    ``advice`` are lines above the head; ``further`` sheets to fill in, each with its advice, have rows of one line; ``locked`` protects all but the input cells, and the structure of the workbook.
    The lock has no password: it guides the hand, the checks on the way in protect the data.
    """
    target = BytesIO()
    with (_LockedWorkbook if locked else Workbook)(target, book_options(False)) as book:
        styles, names, long = _EntryStyles(book), set(), []
        for each, said, lines in [(sheet, advice, room), *((*pair, 1) for pair in further)]:
            page = book.add_worksheet(tab_name(each.name, names))
            writer = _EntryWriter(page, each, styles, said, lines)
            writer.write(each.rows)
            long += writer.long
            if locked:
                page.protect("", UNLOCKED)
        if long:
            annex = Sheet(ANNEX, f"{sheet.title}（{ANNEX}）", ANNEX_HEADS, (), sheet.left_note, sheet.right_note)
            SheetWriter(book.add_worksheet(ANNEX), annex, styles).write(long)
        hidden = book.add_worksheet(FACTS)
        for row, texts in enumerate(facts):
            for column, text in enumerate(texts):
                hidden.write_string(row, column, text)
        hidden.protect()
        hidden.very_hidden()
    return target.getvalue()


class _LockedWorkbook(Workbook):
    """A workbook whose sheets cannot be added, removed or renamed; XlsxWriter has no word for it."""

    def _write_workbook_pr(self):
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


class _EntryStyles(Styles):
    """The office's look, with unlocked and tinted cells where something is to be written."""

    def body(self, column, value, *, tone="", quoted=False, total=False):
        if not isinstance(column, InputHead):
            return super().body(column, value, tone=tone, quoted=quoted, total=total)
        # Text stays what was typed: 10月31日 is no date, a leading = no formula.
        number_format = INPUT_FORMATS.get(column.kind, "@")
        look = body_look(alignment_of(column, value), number_format, "", quoted, False)
        key = ("input", look["align"], number_format, quoted)
        return self._get(key, lambda: {**look, "bg_color": INPUT_FILL, "locked": False})

    def advice(self):
        look = {**SONG, "font_size": BODY_SIZE, "font_color": ADVICE_COLOUR, "valign": "vcenter", "text_wrap": True}
        return self._get("advice", lambda: look)


class _EntryWriter(SheetWriter):
    """Adds advice above the head, room in the rows, and the checks of the input columns."""

    def __init__(self, page, sheet, styles, advice, room):
        super().__init__(page, sheet, styles)
        self.advice, self.room = advice, room
        self.long = []
        self.first = None

    def _drop_downs(self, first):
        """Check more than lists, and only in the rows that are there."""
        for place, column in enumerate(self.columns):
            if isinstance(column, InputHead) and self.row > first:
                self.page.data_validation(first, place, self.row - 1, place, _check_of(column))

    def _notes(self):
        super()._notes()
        for line in self.advice:
            self._across(clean_text(line), self.styles.advice(), height_of(lines_of(line, self._width)))

    def _heads(self):
        super()._heads()
        self.first = self.row

    def _continued(self, values):
        """Every row stays one row, so that it can be filled in, sorted and read; what does not fit is told whole apart."""
        name = " ".join(str(value) for value in values[:2] if value is not None)
        for column, value in zip(self.columns, values, strict=True):
            if isinstance(value, str) and lines_of(value, column.width) > MOST_LINES:
                self.long.append((f"第{self.row + 1}行", name, column.head, value))
        return [values]

    def _signatures(self):
        if self.long:
            self._across(ANNEX_NOTE, self.styles.advice(), height_of(lines_of(ANNEX_NOTE, self._width)))
        super()._signatures()

    def _height(self, values):
        height = super()._height(values)
        return height if self.first is None else max(height, height_of(self.room))


def _check_of(column: InputHead) -> dict:
    """What Excel and WPS check while people type; all of it is checked again when the sheet comes back."""
    said = {"input_title": column.head[:32], "input_message": column.hint[:LONGEST_HINT]} if column.hint else {}
    if column.choices:
        sentence = f"请从下拉列表中选择：{'、'.join(column.choices)}。"
        return {"validate": "list", "source": list(column.choices), "error_message": sentence, **said}
    if column.between:
        least, most = column.between
        sentence = f"请填{least}到{most}的整数，不带百分号。"
        limits = {"criteria": "between", "minimum": least, "maximum": most}
        return {"validate": "integer", **limits, "error_message": sentence, **said}
    if column.kind == "number" and column.negative:
        limits = {"criteria": "between", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
        return {"validate": "decimal", **limits, "error_message": "请填数字，不带单位。", **said}
    if column.kind == "number":
        limits = {"criteria": ">=", "value": 0}
        return {"validate": "decimal", **limits, "error_message": "请填不小于0的数，不带单位。", **said}
    if column.kind == "date":
        limits = {"criteria": "between", "minimum": FIRST_DAY, "maximum": LATEST}
        return {"validate": "date", **limits, "error_message": "请填日期，例如2015-11-30。", **said}
    if column.longest:
        sentence = f"超过{column.longest}字，报送前须压缩。仍要保留吗？"
        limits = {"criteria": "<=", "value": column.longest, "error_type": "warning"}
        return {"validate": "length", **limits, "error_message": sentence, **said}
    return {"validate": "any", **said}
