"""The engine of sheets that come in: a resource of django-import-export that judges rows and lets the actions write them."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from tablib import Dataset

from kit.intake.cells import as_text
from kit.intake.grouped import grouped
from kit.intake.result import Result
from kit.intake.row import Skipped, Wrong
from kit.intake.source import KEEP, LEAVE_CELL, LEAVE_ROW, Question
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

    def preview(self, source):
        """Judge every row beside what is on record: a dry run, which opens no transaction, so that nobody waits for it."""
        return self.import_data_inner(self._dataset(source), True, False, False, False)

    def take(self, source, by, note, *, seen):
        """Write what was seen, judged once more, all or nothing."""
        try:
            return self.import_data(self._dataset(source), use_transactions=True, by=by, note=note, seen=seen)
        except IntegrityError as error:
            raise Refusal(CHANGED_SINCE) from error

    def _dataset(self, source):
        self.source, self.tables, self.questions, self.remarks = source, source.tables, {}, []
        self.rows, self.skipped, self.missing = [], [], []
        for table in self.tables:
            self._read(table)
        if self.tables:
            self.sheet, self.layout, self.stated = (
                getattr(self.tables[0], name) for name in ("sheet", "layout", "stated")
            )
            self.rows = self.unfold(self.rows)
        for row in self.rows:
            row.table = row.table or self.tables[0]
        heads = [*dict.fromkeys(name for row in self.rows for name in row.cells)]
        return Dataset(*([row.cells.get(head) for head in heads] for row in self.rows), headers=heads)

    def _read(self, table):
        must = [field for field in self.fields.values() if field.needed or (field.key and not field.made)]
        missing = [field.title for field in must if field.name not in table.layout.columns]
        self.missing += [title for title in missing if title not in self.missing]
        rows, skipped = self._rows_of(table)
        if not missing:
            foreign = [(row, "模板的示例行" if self._is_example(row) else self._unasked(row, table)) for row in rows]
            skipped += [Skipped(row.number, _text(row), why) for row, why in foreign if why]
            skipped.sort(key=lambda row: row.number)
            self.rows += [row for row, why in foreign if not why]
        self.skipped += [replace(row, sheet=table.sheet.name) for row in skipped]

    def _rows_of(self, table):
        rows, skipped = grouped(table, self.fields.values(), is_list=self.is_list)
        for row in rows:
            row.table = table
            self._leave_cells(row)
        return rows, skipped

    def _leave_cells(self, row):
        name_of, columns = row.table.sheet.name, row.table.layout.columns
        said = {name: self.source.answer(name_of, row.number, column + 1) for name, column in columns.items()}
        left = {name for name, answer in said.items() if answer == LEAVE_CELL and not self.fields[name].key}
        row.cells |= dict.fromkeys(left)
        row.clashes = [clash for clash in row.clashes if clash[0] not in left]
        row.asks = [ask for ask in row.asks if ask[0] not in left and said.get(ask[0]) != KEEP]

    def _unasked(self, row, table):
        if self.is_list and self.source.leaves_row(table.sheet.name, row.number, len(table.layout.heads)):
            return "按选择不导入"
        return self.belongs(row)

    def ask(self, key, text, options):
        """What a person answered to a question about the sheet; None as long as it is open, which keeps the sheet from being written."""
        answer = self.source.said.get(key, "")
        if answer not in dict(options):
            answer = ""
        self.questions[key] = Question(key, text, tuple(options), answer)
        return answer or None

    def _is_example(self, row):
        offered = [field for field in self.fields.values() if field.offered]
        return all(
            field.name in row.cells and as_text(row.cells[field.name]) == as_text(field.example) for field in offered
        )

    def get_result_class(self):
        return Result

    def get_row_result_class(self):
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
        found = self.row
        found.places = found.table.layout.columns | found.places
        for name, field in self.fields.items():
            try:
                if not field.widget.is_blank(row.get(name)):
                    found.values[name] = field.clean(row)
                elif field.key and not field.made and name in found.table.layout.columns:
                    raise ValueError(f"请填写{field.title}。")
            except ValueError as error:
                self._tell(name, str(error))
                found.unread.add(name)
        for name, sentence in (*found.clashes, *found.asks):
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
        found.label = self.label(found)
        first = self.seen.setdefault(self.identity(found), found)
        if first.number != found.number or first.table != found.table:
            where = "" if first.table == found.table else f"工作表“{first.table.sheet.name}”"
            self._tell(
                next((field.name for field in self.keys), ""), f"与{where}第{first.number}行重复，请只保留一行。"
            )
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
        result.tables, result.skipped, result.missing = self.tables, self.skipped, self.missing
        result.questions, result.notices = [*self.questions.values()], [*self.source.notices, *self.remarks]
        result.notices += [*self._unchecked()]
        result.differing = [] if self.is_list else [row for row in self.skipped if row.sums]
        result.more_faults = [*self._faults_of_sums()]
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
        table, number = self.row.origin.get(name, (self.row.table, self.row.number))
        raw, column = self.row.cells.get(name), self.row.places.get(name, -1) + 1
        head, value = self.field_title(name), "" if raw is None else str(raw)[:80]
        ways = self._ways(name, sentence, column) if self.is_list else ()
        return Fault(table.sheet.name, number, head, value, sentence, column, table.layout.last + 1, ways)

    def _ways(self, name, sentence, column):
        keep = (KEEP,) if (name, sentence) in self.row.asks else ()
        cell = (LEAVE_CELL,) if column and name in self.fields and not self.fields[name].key else ()
        return (*keep, *cell, LEAVE_ROW)

    def _unchecked(self):
        for row in self.skipped:
            if row.unchecked:
                heads = "、".join(self.field_title(name) for name in row.unchecked)
                yield f"工作表“{row.sheet}”第{row.number}行“{row.label}”的{heads}没有核对：这一列有没读出的数。"

    def _faults_of_sums(self):
        heads = {table.sheet.name: table.layout.last + 1 for table in self.tables}
        for row in self.skipped if self.is_list else ():
            for each in row.sums:
                column = each.column + 1 if each.name else 0
                if self.source.answer(row.sheet, row.number, column) != KEEP:
                    head = self.field_title(each.name) if each.name else "个数"
                    sentence = f"“{row.label}”{each.sentence}，请核对；各行没有错的，可照各行导入。"
                    yield Fault(row.sheet, row.number, head, each.value, sentence, column, heads[row.sheet], (KEEP,))


def _text(row):
    return " ".join(str(value) for value in row.cells.values() if value is not None)[:60]
