"""Workbooks as an office prints and signs them: A4, title, note line, merged heads, borders, computed row heights."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import chain, groupby, islice, zip_longest
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from kit.sheets.measure import MOST_LINES, height_of, lines_of, pieces_of, shares
from kit.sheets.sheet import Cell, SectionRow, Sheet, SumRow
from kit.sheets.styles import BODY_SIZE, SONG, TITLE_SIZE, Styles
from kit.sheets.values import clean_text, continuation_of, looks_like_formula, sheet_value

# Up to this many rows a workbook is built in memory (some 40 MiB), half as fast again; beyond, rows go to disk at once.
LARGE = 10_000
# The code of each paper with its short and its long side in points, without the margins.
A4, A3 = (9, 509, 770), (8, 756, 1119)
MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.6}
# What would be printed smaller than this on A4 goes on A3, as offices print their wide tables.
SMALLEST = 0.6
# So much more than a page is pressed into one: no page for signatures alone.
PRESSED = 1.15
POINTS_A_PIXEL = 0.75
HALF_WIDTH_PIXELS = 6.7
SIDE_PIXELS = 7
FOOTER = '&C&"宋体,常规"&9第 &P 页，共 &N 页'
# What Excel allows on a sheet.
MOST_ROWS = 1_048_576
LONGEST_CHOICES = 255
SPARE_ROWS = 500
SPARE = 3


def workbook(sheets: Sheet | Iterable[Sheet], stream=None, *, created: datetime | None = None):
    """Write the sheets; return the bytes, or the given binary stream after writing into it.

    The file says when it was written, unless ``created`` gives another moment: the same sheets are then the same bytes.
    """
    sheets = [sheets] if isinstance(sheets, Sheet) else list(sheets)
    begun = [_begin(sheet) for sheet in sheets]
    large = any(len(first) > LARGE for first, _ in begun)
    target = BytesIO() if stream is None else stream
    with Workbook(target, book_options(large)) as book:
        if created:
            book.set_properties({"created": created})
        styles, names = Styles(book), set()
        for sheet, (first, rest) in zip(sheets, begun, strict=True):
            page = book.add_worksheet(tab_name(sheet.name, names))
            SheetWriter(page, sheet, styles).write(chain(first, rest))
    return target.getvalue() if stream is None else stream


def book_options(large: bool) -> dict:
    """Text stays text; widths are counted in the digits of the office's usual font."""
    return {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {**SONG, "font_size": 11},
        "default_column_width": 72,
        "default_row_height": 18,
        "constant_memory": large,
        "in_memory": not large,
    }


def _begin(sheet: Sheet) -> tuple[list, Iterable]:
    rows = iter(sheet.rows)
    return list(islice(rows, LARGE + 1)), rows


def tab_name(name: str, taken: set[str]) -> str:
    """A name Excel accepts: 31 characters, none of []:*?/\\, unique without regard to case."""
    clean = "".join("-" if character in "[]:*?/\\" else character for character in clean_text(name).replace("\n", " "))
    clean = clean.strip("' ")[:31] or "Sheet"
    candidate, number = clean, 2
    while candidate.lower() in taken or candidate.lower() == "history":
        candidate = f"{clean[:27]}({number})"
        number += 1
    taken.add(candidate.lower())
    return candidate


class SheetWriter:
    """Writes one sheet from the top down, each row once: large workbooks forget a row when the next begins."""

    def __init__(self, page, sheet: Sheet, styles: Styles):
        self.page, self.sheet, self.styles = page, sheet, styles
        self.columns = list(sheet.columns)
        self.last = len(self.columns) - 1
        self.row, self.height = 0, 0.0
        self.widths = [column.width for column in self.columns]

    def write(self, rows: Iterable):
        self._set_up_page()
        self._title()
        self._notes()
        self._heads()
        first = self.row
        for row in rows:
            if isinstance(row, SectionRow):
                self._section(row.text)
            elif isinstance(row, SumRow):
                self._body(row.values, total=True)
            else:
                self._body(row)
        if self.sheet.totals is not None:
            self._body(_labelled(self.sheet.totals), total=True)
        end = self.row
        self._set_widths()
        self._drop_downs(first)
        self._signatures()
        self._choose_paper()
        self.page.print_area(0, 0, max(self.row - 1, 0), self.last)
        if end > first:
            self.page.ignore_errors({"number_stored_as_text": xl_range(first, 0, end - 1, self.last)})

    def _set_up_page(self):
        page = self.page
        self._set_widths()
        if self.sheet.landscape:
            page.set_landscape()
        page.set_margins(**MARGINS)
        page.center_horizontally()
        page.set_footer(FOOTER)
        page.hide_gridlines(2)

    def _set_widths(self):
        for place, width in enumerate(self.widths):
            self.page.set_column_pixels(place, place, _pixels(width))

    def _choose_paper(self):
        width = sum(map(_pixels, self.widths)) * POINTS_A_PIXEL
        papers = [(code, *(sides if self.sheet.landscape else sides[::-1])) for code, *sides in (A4, A3)]
        code, high, wide = next((each for each in papers if each[2] >= width * SMALLEST), papers[-1])
        room = high / min(1, wide / width)
        self.page.set_paper(code)
        self.page.fit_to_pages(1, int(room < self.height <= room * PRESSED))

    def _set_row(self, height: float):
        self.page.set_row(self.row, height)
        self.height += height

    @property
    def _width(self) -> int:
        return sum(column.width for column in self.columns)

    def _title(self):
        title = clean_text(self.sheet.title)
        lines = lines_of(title, self._width * BODY_SIZE / TITLE_SIZE)
        self._across(title, self.styles.title(), height_of(lines, TITLE_SIZE * 1.4))

    def _notes(self):
        if not (self.sheet.left_note or self.sheet.right_note):
            return
        if self.last == 0:
            note = f"{self.sheet.left_note}  {self.sheet.right_note}"
            self._across(note, self.styles.note("left"), height_of(lines_of(note, self._width)))
            return
        runs = shares(self.columns, 2)
        notes = list(zip(runs, (self.sheet.left_note, self.sheet.right_note), ("left", "right"), strict=True))
        lines = [lines_of(note, sum(self.widths[start : end + 1])) for (start, end), note, _ in notes]
        self._set_row(height_of(max(lines)))
        for (start, end), note, side in notes:
            self._span(start, end, note, self.styles.note(side))
        self.row += 1

    def _heads(self):
        style, first = self.styles.head(), self.row
        if any(column.group for column in self.columns):
            self._group_row(style)
        self._set_row(self._height([column.head for column in self.columns]))
        for place, column in enumerate(self.columns):
            self._text(place, column.head if column.group or self.row == first else "", style)
        self.row += 1
        self.page.repeat_rows(first, self.row - 1)
        self.page.freeze_panes(self.row, self.sheet.freeze_columns)

    def _group_row(self, style):
        self._set_row(height_of(1))
        place = 0
        for group, members in groupby(self.columns, key=lambda column: column.group):
            members = list(members)
            if group:
                self._span(place, place + len(members) - 1, group, style)
            else:
                for offset, column in enumerate(members):
                    self._text(place + offset, column.head, style)
                    self._join(self.row, place + offset, self.row + 1, place + offset)
            place += len(members)
        self.row += 1

    def _section(self, text: str):
        self._across(clean_text(text), self.styles.section(), height_of(lines_of(text, self._width)))

    def _body(self, values: Sequence[Any], *, total=False):
        values = [value if isinstance(value, Cell) else Cell(value) for value in values[: self.last + 1]]
        values += [Cell(None)] * (self.last + 1 - len(values))
        tones = [cell.tone for cell in values]
        for fit in self._continued([sheet_value(cell.value) for cell in values]):
            self._line(fit, tones, total)

    def _continued(self, values: list) -> Iterable[list]:
        """The row as it is, or cut into rows of which none needs more height than there is; each says whose it is."""
        pieces = [self._pieces(column, value) for column, value in zip(self.columns, values, strict=True)]
        for number, row in enumerate(zip_longest(*pieces)):
            yield [continuation_of(values[0]), *row[1:]] if number and row[0] is None else row

    def _pieces(self, column, value) -> list:
        return pieces_of(value, column.width) if isinstance(value, str) and len(value) > MOST_LINES else [value]

    def _line(self, values: list, tones: Sequence[str], total: bool):
        if self.row >= MOST_ROWS:
            raise ValueError(f"a sheet holds {MOST_ROWS} rows, {self.sheet.name!r} has more")
        self._set_row(self._height(values))
        for place, (column, value, tone) in enumerate(zip(self.columns, values, tones, strict=True)):
            quoted = isinstance(value, str) and looks_like_formula(value)
            style = self.styles.body(column, value, tone=tone, quoted=quoted, total=total)
            self._put(place, value, style)
        self.row += 1

    def _put(self, place: int, value, style):
        if value is None:
            self.page.write_blank(self.row, place, None, style)
        elif isinstance(value, str):
            self.page.write_string(self.row, place, value, style)
        elif isinstance(value, date | datetime):
            self.page.write_datetime(self.row, place, value, style)
        else:
            # A number has no second line: without room it would print as ####.
            self.widths[place] = max(self.widths[place], len(str(value)) + SPARE)
            self.page.write_number(self.row, place, value, style)

    def _drop_downs(self, first: int):
        """Offer the fixed values of a column, below the table too; Excel takes lists of 255 characters."""
        for place, column in enumerate(self.columns):
            choices = getattr(column, "choices", ())
            if len(",".join(choices)) in range(1, LONGEST_CHOICES):
                rule = {
                    "validate": "list",
                    "source": list(choices),
                    "error_title": "请从列表中选",
                    "error_message": "只能填列表中的值。",
                    "error_type": "warning",
                }
                self.page.data_validation(first, place, self.row + SPARE_ROWS, place, rule)

    def _signatures(self):
        style = self.styles.note("left")
        for line in self.sheet.foot:
            parts = [line] if isinstance(line, str) else list(line)
            if isinstance(line, str):
                self._across(clean_text(line), style, height_of(lines_of(line, self._width)))
                continue
            self._set_row(height_of(2))
            for part, (start, end) in zip(parts, shares(self.columns, len(parts)), strict=False):
                self._span(start, end, part, style)
            self.row += 1

    def _height(self, values: Sequence[Any]) -> float:
        lines = [
            lines_of(value, column.width)
            for column, value in zip(self.columns, values, strict=True)
            if isinstance(value, str)
        ]
        return height_of(max(lines, default=1))

    def _across(self, text: str, style, height: float):
        self._set_row(height)
        self._span(0, self.last, text, style)
        self.row += 1

    def _span(self, start: int, end: int, text: str, style):
        self._text(start, text, style)
        for place in range(start + 1, end + 1):
            self.page.write_blank(self.row, place, None, style)
        if end > start:
            self._join(self.row, start, self.row, end)

    def _join(self, top: int, left: int, bottom: int, right: int):
        # merge_range would write every cell again, which a large workbook no longer allows for the row above.
        self.page.merge.append([top, left, bottom, right])

    def _text(self, place: int, text: str, style):
        text = clean_text(text)
        if text:
            self.page.write_string(self.row, place, text, style)
        else:
            self.page.write_blank(self.row, place, None, style)


def _pixels(width: float) -> int:
    return round(width * HALF_WIDTH_PIXELS) + SIDE_PIXELS


def _labelled(totals: Sequence[Any]) -> list:
    values = list(totals)
    if None in values and not any(isinstance(value, str) for value in values):
        values[values.index(None)] = "合计"
    return values
