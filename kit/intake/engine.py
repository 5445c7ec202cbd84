"""The engine of sheets that come in: a resource of django-import-export that judges rows and lets the actions write them."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from tablib import Dataset

from kit.intake.cells import as_text
from kit.intake.measures import Stated
from kit.intake.result import Result
from kit.intake.row import Skipped, Wrong
from kit.intake.rows import body
from kit.refusal import Refusal
from kit.sheets import Fault

CHANGED_SINCE = "预览以后系统中的数据有了变动，没有写入任何内容。下面是按现在的数据重新核对的结果，请再看一遍。"


class Engine(Resource):
    """How the sheet of a ``Kind`` is read, judged, skipped and written: the hooks in the order in which they are called."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        using_db = DEFAULT_DB_ALIAS
        # What differs is told in words (``Row.diff``), and the rows are written together: no savepoint for each.
        skip_diff = use_bulk = True

    def preview(self, sheets, layout):
        """A dry run, which opens no transaction, so that nobody waits for it."""
        return self.import_data_inner(self._table(sheets, layout), True, False, False, False)

    def take(self, sheets, layout, by, note, *, seen):
        """Judged once more; all or nothing."""
        try:
            return self.import_data(self._table(sheets, layout), use_transactions=True, by=by, note=note, seen=seen)
        except IntegrityError as error:
            raise Refusal(CHANGED_SINCE) from error

    def _table(self, sheets, layout):
        """No rows where a column is missing."""
        self.sheet, self.layout, self.rows = sheets[layout.sheet], layout, []
        self.stated = Stated(self.sheet, layout)
        must = [field for field in self.fields.values() if field.needed or (field.key and not field.made)]
        self.missing = [field.title for field in must if field.name not in layout.columns]
        rows, self.skipped = body(self.sheet, layout, self.fields.values())
        if not self.missing:
            foreign = [(row, "模板的示例行" if self._is_example(row) else self.belongs(row)) for row in rows]
            self.skipped += [Skipped(row.number, _text(row), why) for row, why in foreign if why]
            self.skipped.sort(key=lambda row: row.number)
            self.rows = self.unfold([row for row, why in foreign if not why])
        heads = [*self.rows[0].cells] if self.rows else []
        return Dataset(*([row.cells[head] for head in heads] for row in self.rows), headers=heads)

    def _is_example(self, row):
        """The example row of our own template, left where it was."""
        offered = [field for field in self.fields.values() if field.offered]
        return all(
            field.name in row.cells and as_text(row.cells[field.name]) == as_text(field.example) for field in offered
        )

    def get_result_class(self):
        return Result

    def get_row_result_class(self):
        """The result of a row is the row."""
        return lambda: self.row

    def handle_import_error(self, result, error, raise_errors=False):
        """What is no fault of a row's is a refusal, or a fault of ours."""
        raise error

    def before_import(self, dataset, **kwargs):
        self.prepare()
        self.seen = {}

    def import_row(self, row, instance_loader, row_number, **kwargs):
        self.row, self.problems = self.rows[row_number - 1], {}
        found = super().import_row(row, instance_loader, row_number=row_number, **kwargs)
        for error in found.errors:
            raise error.error
        found.faults = [
            self._fault(name, text) for name, texts in self.problems.items() for text in dict.fromkeys(texts)
        ]
        return found

    def before_import_row(self, row, **kwargs):
        """Read the cells; a row whose keys cannot be read is looked at no further."""
        found = self.row
        found.places = self.layout.columns | found.places
        for name, field in self.fields.items():
            try:
                if not field.widget.is_blank(row.get(name)):
                    found.values[name] = field.clean(row)
                elif field.key and not field.made and name in self.layout.columns:
                    raise ValueError(f"请填写{field.title}。")
            except ValueError as error:
                self._tell(name, str(error))
                found.unread.add(name)
        for name, sentence in found.clashes:
            self._tell(name, sentence)
        if any(field.name in found.unread for field in self.keys):
            raise ValidationError(self.problems)

    def get_or_init_instance(self, instance_loader, row):
        found = self.row
        try:
            self.make_keys(found)
            found.original = self.find(found)
            found.wanted = self.wanted(found)
        except Wrong as wrong:
            found.label = self.key_label(found)
            for name, sentences in wrong.message_dict.items():
                self._tell(name, *sentences)
            raise ValidationError(self.problems) from wrong
        return found, found.original is None

    def import_instance(self, found, row, **kwargs):
        """Ask what stands against the row, else what it changes."""
        found.label = self.label(found)
        first = self.seen.setdefault(self.identity(found), found.number)
        if first != found.number:
            self._tell(next((field.name for field in self.keys), ""), f"与第{first}行重复，请只保留一行。")
        for name, sentence in self.check(found):
            self._tell(name, sentence)
        if self.problems:
            raise ValidationError(self.problems)
        self._compare(found)

    def _compare(self, found):
        old = {} if found.original is None else self.recorded(found.original)
        found.diff = {}
        for name, field in self.fields.items():
            if name not in found.wanted:
                continue
            before, after = field.shown(old.get(name)) if name in old else "", field.shown(found.wanted[name])
            if before != after:
                found.changes.append((field.title, before, after))
            if before != after or found.original is None:
                found.diff[name] = (before, after)

    def skip_row(self, found, original, row, import_validation_errors=None):
        return not (import_validation_errors or found.original is None or found.diff)

    def after_import(self, dataset, result, *, by=None, note="", seen="", **kwargs):
        """Tell what the table was; when somebody takes it, write its rows."""
        result.sheet, result.layout = self.sheet, self.layout
        result.skipped, result.missing = self.skipped, self.missing
        if by is None:
            return
        if result.fingerprint != seen:
            raise Refusal(CHANGED_SINCE)
        if not result.is_sound:
            raise Refusal("表中还有需要改正的地方，没有写入任何内容。")
        if not result.effective:
            raise Refusal("表中内容与系统中的一致，没有变化，不用写入。")
        result.handed = self.write(result.effective, by, note)

    def bulk_create(self, *args, **kwargs):
        """Nothing: the actions write what is new and what is changed together, in the order of the sheet."""

    bulk_update = bulk_create

    def _tell(self, name, *sentences):
        if name not in self.row.unread:
            self.problems.setdefault(name, []).extend(sentences)

    def _fault(self, name, sentence):
        """A name without a column is about the row as a whole."""
        raw, column = self.row.cells.get(name), self.row.places.get(name, -1) + 1
        head, value = self.field_title(name), "" if raw is None else str(raw)[:80]
        return Fault(self.sheet.name, self.row.number, head, value, sentence, column, self.layout.last + 1)


def _text(row):
    return " ".join(str(value) for value in row.cells.values() if value is not None)[:60]
