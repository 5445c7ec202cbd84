"""A unit's form that came back, beside what is on record: what would change, what is contested, what is not taken."""

import copy
import datetime

from django import forms
from django.utils.datastructures import MultiValueDict

from kit import clock, uploads
from kit.refusal import Refusal
from kit.sheets import BrokenSeal, Fault, UnreadableSheet, read_workbook
from kit.sheets.values import clean_text
from reports import offline
from reports.actions.writing import why_closed
from reports.comparison import Comparison, Item, key_of
from reports.completeness import unchanged
from reports.dashboard.month import Line
from reports.forms.entry import EntryForm, mark_of, prefix_of, seen_of
from reports.line import field_of

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 1000
SAVE_AS = "请用WPS或Excel打开，另存为.xlsx后再上传。"
UNKNOWN = "本单位这个月没有这项任务。请照原表填编号；新分来的任务请在网页上填，或重新下载填报表。"
TWICE = "这项任务在表中出现了两次，填的内容不同（另一处：{other}）。请只留一处。"
LACKING = "表中没有“{}”一栏：是下载以后新增的，请在网页上填。"
NEEDLESS = "“{}”一栏没有取：下载以后已不用填。"
NODES_LEFT = "“{plan}”第{number}项的节点“{nodes}”：表中没有，没有改动，请在网页上填。"
NODE_GONE = "这个节点已不用填：下载以后时间表有变动，或已经办完。请把日期删去。"
NEAR_COPY = "本月进展与上次报的基本相同，请改成本月的情况。"
ONE_PERCENT = "进度为1%。如果原意是100%，请填100。"


class SheetUploadForm(forms.Form):
    file = forms.FileField(
        label="填好的表（.xlsx）",
        error_messages={"required": "请先选择文件。", "empty": "这个文件是空的，请检查后重新选择。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            uploads.check(upload, allow=("xlsx",), max_bytes=MOST_BYTES)
        except uploads.Refused as why:
            advice = "" if upload.name.lower().endswith(".xlsx") else SAVE_AS
            raise forms.ValidationError(f"{why}{advice}") from why
        return upload

    def read(self, reader):
        """What ``reader`` makes of the workbook; None, with a sentence beside the field, when it cannot."""
        try:
            return reader(read_workbook(self.cleaned_data["file"], max_rows=MOST_ROWS, formulas=True))
        except (UnreadableSheet, BrokenSeal, Refusal) as why:
            self.add_error("file", str(why))
        return None


def drawn_mark(entry):
    return seen_of(entry, _cell_mark)


def _cell_mark(name, value):
    """Without regard to blanks inside a line: programs shorten runs of them and drop tabs."""
    if not isinstance(value, str):
        return mark_of(name, value)
    lines = clean_text(value).strip().split("\n")
    return mark_of(name, "\n".join("".join(line.split()) for line in lines))


def form_of(sheets, unit, month):
    filled = offline.read_form(sheets)
    names = {unit.name, unit.full_name, *(each.name for each in unit.other_names.all())}
    if filled.unit not in names:
        raise Refusal(f"这是“{filled.unit}”的填报表，您只能导入“{unit.name}”的。")
    filled.require_month(month, "这是{theirs}的填报表，请到那个月的月报页面导入，或下载{ours}的表。")
    return filled


def preview_form(sheets, filled, choices=None):
    return _Form(sheets, filled, choices).preview


class _Form(Comparison):
    def __init__(self, sheets, filled, choices):
        super().__init__(filled, choices)
        self.filled = filled
        self.sheets = {(each.period.plan.year, each.period.plan.title): each for each in sheets}
        self.lines = {
            (*plan, key_of(line.entry.task.number)): (sheet, line)
            for plan, sheet in self.sheets.items()
            for line in sheet.lines
        }
        self.compare()

    def compare(self):
        rows, closed = {}, {}
        for row in self.filled.rows:
            key = (row.year, row.title, row.number)
            if key in self.lines:
                sheet, _ = self.lines[key]
                rows.setdefault(key, []).append(row) if sheet.is_writable else closed.setdefault(key[:2], []).append(
                    row
                )
            else:
                self.lost(row)
        for plan, found in closed.items():
            sheet = self.sheets[plan]
            self.preview.untaken.append(
                f"“{sheet.period.plan}”的{len(found)}行没有取：{why_closed(sheet.report, clock.now())}"
            )
        for key, found in rows.items():
            self.task(self.lines[key][1], found)
        self.missing(rows)
        self.preview.untaken += [LACKING.format(label) for label in self.filled.lacking]
        self.preview.untaken += [NEEDLESS.format(label) for label in self.filled.needless]
        self.preview.items.sort(key=lambda item: (item.thing.report_id, item.thing.task.order, item.thing.task_id))

    def lost(self, row):
        """Of a task the unit does not have this month: it was taken away since, or never there."""
        if row.seen:
            sentence = f"“{row.plan}”第{row.number}项没有取：下载以后已不由本单位负责，或报送期有变动。"
            self.preview.untaken.append(sentence)
        else:
            self.preview.faults.append(_number_fault(row, UNKNOWN))

    def missing(self, rows):
        for key, (sheet, line) in self.lines.items():
            if key in rows or not sheet.is_writable:
                continue
            why = (
                "表中没有这一行，没有改动。"
                if key in self.filled.drawn
                else "下载以后新分来的，表中没有，请在网页上填。"
            )
            self.preview.untaken.append(f"“{sheet.period.plan}”第{line.entry.task.number}项：{why}")

    def task(self, line, rows):
        forms_ = [(row, EntryForm(line.entry, _data_of(line.entry, row))) for row in rows]
        said = [(row, form) for row, form in forms_ if form.typed or form.errors] or forms_[:1]
        first, form = said[0]
        for row, other in said[1:]:
            if other.typed != form.typed or other.errors:
                self.preview.faults.append(_number_fault(row, TWICE.format(other=first.place)))
        if first.nodes:
            first.values |= first.nodes
            form = EntryForm(line.entry, _data_of(line.entry, first))
            said[0] = first, form
        self.nodes_left(line.entry, first)
        self.faults(said)
        self.needless(line.entry, said)
        changes = [self.field(line.entry, form, name) for name in line.entry.asked if name in form.changes]
        if not changes:
            self.preview.unchanged += 1
            return
        self.preview.items.append(self.item(line, first, form, changes))

    def nodes_left(self, entry, row):
        """Of a node that came since, or whose row was deleted, nothing is taken; that is told."""
        left = [each.label for name, each in entry.asked.items() if offline.is_node(name) and name not in row.nodes]
        if left:
            named = NODES_LEFT.format(plan=row.plan, number=entry.task.number, nodes="”“".join(left))
            self.preview.untaken.append(named)

    def faults(self, said):
        for row, form in said:
            for name, sentences in form.errors.items():
                self.preview.faults.append(row.fault(name, "".join(str(each) for each in sentences)))

    def needless(self, entry, said):
        """What stands in a column that is asked of other rows only is told, not dropped."""
        for row, _ in said:
            for name in row.values.keys() - entry.asked.keys():
                if offline.is_node(name):
                    self.preview.faults += [row.fault(name, NODE_GONE)] if row.values[name] else []
                elif row.values[name].strip():
                    kind = "重点项目" if entry.task.is_project else "任务"
                    self.preview.faults.append(row.fault(name, f"{kind}不用填“{field_of(name).label}”这一栏，请删去。"))

    def field(self, entry, form, name):
        key, asked, was = f"{prefix_of(entry)}-{name}", entry.asked[name], getattr(entry, name)
        contested = _cell_mark(name, was) not in form.seen[1]
        return self.change(key, asked.label, asked.words(was), asked.words(form.changes[name]), contested)

    def item(self, line, row, form, changes):
        entry = line.entry
        merged = copy.copy(entry)
        for name, value in (form.changes | unchanged(entry, form.changes, line.last)).items():
            setattr(merged, name, value)
        after = Line(merged, line.last, line.last_accepted)
        notes = [problem.sentence for problem in after.problems]
        if after.near_copy:
            notes.append(NEAR_COPY)
        if form.changes.get("progress") == 1:
            notes.append(ONE_PERCENT)
        who = f"{entry.edited_by.name} {clock.local(entry.edited_at):%m-%d %H:%M}" if entry.edited_by else ""
        name = f"{row.plan} 第{entry.task.number}项"
        return Item(entry, name, entry.task.short_title, row.place, changes, form.changes, notes, who)


def _number_fault(row, sentence):
    return Fault(row.sheet, row.row, offline.NUMBER, row.number, sentence, 0, row.head_row)


def _data_of(entry, row):
    """As the page would have sent it, without the texts that stand as they were drawn."""
    prefix = prefix_of(entry)
    seen = row.seen or f"-1:{''.join(mark_of(name, each.blank) for name, each in entry.asked.items())}"
    shown = EntryForm(entry, {f"{prefix}-seen": seen}).seen[1]
    touched = row.values.items()
    touched = [at for at in touched if not (field_of(at[0]).is_text and _cell_mark(*at) in shown)]
    data = {f"{prefix}-{name}": text for name, text in touched}
    return MultiValueDict({name: [text] for name, text in (data | {f"{prefix}-seen": seen}).items()})


def picked(preview):
    """[(entry, {field: value}, version)] in an order that never deadlocks."""
    found = []
    for item in preview.items:
        taken = {change.key.partition("-")[2] for change in item.changes if change.is_taken}
        values = {name: value for name, value in item.values.items() if name in taken}
        if values:
            found.append((item.thing, values, item.thing.version))
    return sorted(found, key=lambda each: (each[0].report_id, each[0].pk))


def drawn_at(filled):
    return f"{clock.local(datetime.datetime.fromisoformat(filled.drawn_at)):%Y-%m-%d %H:%M}"
