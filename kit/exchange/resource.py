"""Rows of a sheet taken all or not at all, and told by sheet, row, column and value."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from import_export.resources import ModelResource

from kit.exchange.cells import Text, as_shown
from kit.refusal import Refusal


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
