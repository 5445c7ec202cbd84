"""The one kind of file that comes and goes: .xlsx, read with limits, written without live formulas."""

from io import BytesIO

import tablib
from import_export.formats.base_formats import Format

from kit.exchange.cells import as_shown
from kit.sheets import Head, Sheet, UnreadableSheet, find_header, read_workbook, value_at, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = 16


class SheetFormat(Format):
    """An .xlsx file, read with limits and written without live formulas; ``resource`` knows the headings."""

    resource = None

    def __init__(self, encoding=None):
        """An encoding is offered to every format; a workbook has its own."""

    def get_title(self):
        return "xlsx"

    def get_extension(self):
        return "xlsx"

    def get_content_type(self):
        return XLSX

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, in_stream, **kwargs):
        """Find the sheet with our headings and take the rows below them. Raise ``UnreadableSheet``."""
        problem = None
        for sheet in read_workbook(BytesIO(in_stream), as_seen=True):
            if sheet.hidden:
                continue
            try:
                last, places = self._places(sheet.rows)
            except UnreadableSheet as error:
                problem = problem or error
                continue
            return _dataset(sheet, last, places)
        raise problem or UnreadableSheet("文件中没有可读的工作表。")

    def _places(self, rows):
        """The heading row and {heading: column}; a heading we do not know is no reason to look away."""
        keys, columns = self.resource.heads()
        last, places = find_header(rows, keys)
        for name in columns:
            try:
                places |= find_header([rows[last]], [name])[1]
            except UnreadableSheet:
                continue
        strange = [str(text) for place, text in enumerate(rows[last]) if text and place not in places.values()]
        if strange:
            raise UnreadableSheet(
                f"表头中有不能导入的列：{'、'.join(strange)}。可以导入的列：{'、'.join(columns)}，每列一次。"
            )
        return last, places

    def export_data(self, dataset, **kwargs):
        """The rows as a workbook that an office can print; text stays text, numbers are numbers."""
        rows = [list(row) for row in dataset]
        columns = [Head(head, _width(head, [row[place] for row in rows])) for place, head in enumerate(dataset.headers)]
        return workbook(Sheet(self.resource.title, self.resource.title, columns, rows))


def _dataset(sheet, last, places):
    dataset = tablib.Dataset(headers=list(places), title=sheet.name)
    dataset.places = []
    for number, row in enumerate(sheet.rows[last + 1 :], last + 2):
        cells = [value_at(row, column) for column in places.values()]
        if any(cell not in (None, "") for cell in cells):
            dataset.append(cells)
            dataset.places.append(number)
    return dataset


def _width(head, values):
    longest = max((len(as_shown(value)) for value in values[:200]), default=0)
    return max(len(head) * 2 + 2, min(longest * 2, 40) or WIDE)


def sheet_format(resource):
    """The format for one resource, as the administration wants it: a class."""
    return type("SheetFormat", (SheetFormat,), {"resource": resource})
