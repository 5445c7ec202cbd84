"""Rows in and out of spreadsheets for the technical administration: strict on the way in, plain values on the way out."""

import re
from datetime import date, datetime
from io import BytesIO

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from import_export.formats.base_formats import Format
from import_export.resources import ModelResource
from import_export.widgets import Widget

from kit.refusal import Refusal
from kit.sheets import Head, Sheet, UnreadableSheet, find_header, read_workbook, value_at, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
WIDE = 16


class Text(Widget):
    """Text without spaces around it; a number that was typed into the cell is read as it shows."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Number(Text):
    """A whole number, a number in the sheet too."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        if text and not re.fullmatch(r"\d{1,9}", text):
            raise ValueError("应为整数。")
        return int(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return value


class Day(Text):
    """A day, as a date or written 2015-10-31, 2015/10/31, 2015.10.31 or 2015年10月31日."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = super().clean(value)
        match = DAY.match(text)
        try:
            return date(*map(int, match.groups())) if text else None
        except (AttributeError, ValueError):
            raise ValueError("不是日期，请写成2015-10-31的样子。") from None

    def render(self, value, obj=None, **kwargs):
        return value


class Choice(Text):
    """One of several words, as people read them; an empty cell is the first of them."""

    def __init__(self, choices):
        super().__init__()
        self.words = dict(choices)

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        values = {word: value for value, word in self.words.items()}
        if not text:
            return next(iter(self.words))
        if text not in values:
            raise ValueError(f"只能填：{'、'.join(values)}。")
        return values[text]

    def render(self, value, obj=None, **kwargs):
        return self.words.get(value, "")


def as_shown(value):
    """A value as a person reads it in a preview."""
    return "" if value is None else str(value)


class StrictResource(ModelResource):
    """All rows or none: every cell that cannot be taken is told with its sheet, row, column and value.

    A subclass writes ``keep(instance, is_create, row, user, note)``: the action that takes one row. ``fixed`` are the
    columns that are only shown: a row that brings another value is refused, since nothing is dropped in silence.
    """

    title = "数据"
    fixed = ()

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        skip_html_diff = True
        store_instance = True

    @classmethod
    def heads(cls):
        """The headings of the columns that a row is known by, and all headings."""
        names = cls._meta.import_order
        columns = [cls.fields[name].column_name for name in names]
        return [cls.fields[name].column_name for name in cls._meta.import_id_fields], columns

    @classmethod
    def get_display_name(cls):
        return cls.title

    def import_data(self, dataset, dry_run=False, **kwargs):
        """Take every row of ``dataset``, or none when one of them cannot be taken."""
        kwargs.setdefault("rollback_on_validation_errors", True)
        return super().import_data(dataset, dry_run, **kwargs)

    def before_import(self, dataset, **kwargs):
        self.sheet = dataset.title or self.title
        self.places = getattr(dataset, "places", None) or range(2, len(dataset) + 2)
        self.seen = {}

    def before_import_row(self, row, row_number=None, **kwargs):
        """Know the row by its key columns, once in a file."""
        self.place = self.places[row_number - 1]
        problems, key = [], []
        for field in (self.fields[name] for name in self._meta.import_id_fields):
            try:
                key.append(field.clean(row))
                if key[-1] in (None, ""):
                    raise ValueError("不能为空。")
            except ValueError as error:
                problems.append(self.told(error, field, row))
        if problems:
            raise ValidationError(problems)
        if (first := self.seen.setdefault(tuple(key), self.place)) != self.place:
            raise ValidationError(f"工作表“{self.sheet}”第{self.place}行与第{first}行重复，请只保留一行。")

    def told(self, problem, field=None, row=None):
        """A sentence that begins with where in the file it is."""
        where = f"工作表“{self.sheet}”第{self.place}行"
        if field is not None and row is not None and field.column_name in row:
            where += f"“{field.column_name}”列“{as_shown(row[field.column_name])}”"
        return f"{where}：{problem}"

    def refused(self, problem, name, row):
        """The error of one cell, to be raised."""
        return ValidationError(self.told(problem, self.fields[name], row))

    def import_instance(self, instance, row, **kwargs):
        """Read every cell; collect what cannot be taken."""
        problems = {}
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            try:
                self.take(field, instance, row)
            except ValueError as error:
                name = field.attribute or NON_FIELD_ERRORS
                problems.setdefault(name, []).append(self.told(error, field, row))
        if problems:
            raise ValidationError(problems)

    def take(self, field, instance, row):
        """Put one cell where it belongs; raise ValueError when it cannot be taken."""
        name = self.get_field_name(field)
        if name not in self.fixed:
            value = field.clean(row)
            if field.attribute:
                setattr(instance, field.attribute, value)
            return value
        if (text := Text().clean(row[field.column_name])) and text != as_shown(self.export_field(field, instance)):
            raise ValueError("这一列由系统计算，不能导入，请留空。")
        return None

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return not (import_validation_errors or instance.pk is None or self.changes(original, instance))

    def changes(self, original, instance):
        """The cells that differ: (column, old, new) as people read them; ``original`` is None for a new row."""
        pairs = []
        for field in self.get_import_fields():
            old = as_shown(self.export_field(field, original)) if original is not None else ""
            new = as_shown(self.export_field(field, instance))
            if old != new:
                pairs.append((field.column_name, old, new))
        return pairs

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Ask the model too; its problems are told with their cells."""
        problems = dict(import_validation_errors or {})
        sentences = [text for errors in problems.values() for text in ValidationError(errors).messages]
        try:
            instance.full_clean(exclude=set(problems), validate_unique=validate_unique)
        except ValidationError as error:
            sentences += [
                self.told(f"{self.column(name)}{text}" if name != NON_FIELD_ERRORS else text)
                for name, texts in error.message_dict.items()
                for text in texts
            ]
        if sentences:
            raise ValidationError(sentences)

    def column(self, attribute):
        """The heading of a model field, with a colon."""
        heads = [field.column_name for field in self.fields.values() if field.attribute == attribute]
        return f"“{heads[0]}”列：" if heads else ""

    def save_instance(self, instance, is_create, row, **kwargs):
        """Let the row's action write it; what the action refuses is told with the row."""
        note = f"表格导入：{kwargs['file_name']}" if kwargs.get("file_name") else "表格导入"
        try:
            with transaction.atomic():
                self.keep(instance, is_create, row, kwargs["user"], note)
        except Refusal as refusal:
            raise ValidationError(self.told(refusal)) from refusal

    def after_import_row(self, row, row_result, **kwargs):
        """What the preview shows: where the row stands, and each cell that changes."""
        row_result.place = self.place
        original = None if row_result.is_new() else row_result.original
        row_result.changes = self.changes(original, row_result.instance) if not row_result.is_skip() else []


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
        for sheet in read_workbook(BytesIO(in_stream)):
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
