"""A summary with corrected remarks, beside what is on record: what would change, what is contested, what is not taken."""

import difflib

from kit.refusal import Refusal
from reports import remarks
from reports.actions.remarks import require_correctable
from reports.comparison import Comparison, Item, key_of, mark_of_text
from reports.forms.review import REMARK_LIMIT
from reports.models import Entry

UNKNOWN_UNIT = "“{unit}”在这项任务上没有分工。{hint}请照原表写单位名称。"
UNKNOWN_TASK = "这个月没有这项任务。请照原表填编号。"
TWICE = "同一项任务、同一单位的意见出现了两次，内容不同（另一处：第{row}行）。请只留一处。"


def remarks_of(sheets, period):
    found = remarks.read_remarks(sheets)
    if (found.year, found.title) != (period.plan.year, period.plan.title):
        raise Refusal(f"这是“{found.title}”的汇总表，这里只能导入“{period.plan.title}”的。")
    found.require_month(period.month, "这是{theirs}的汇总表，这里只能导入{ours}的。")
    return found


def preview_remarks(period, found, choices=None):
    return _Summary(period, found, choices).preview


class _Summary(Comparison):
    def __init__(self, period, found, choices):
        super().__init__(found, choices)
        rows = Entry.objects.filter(report__period=period)
        rows = rows.select_related("task", "report__unit", "report__period__plan").order_by("task__order", "pk")
        self.entries, self.leads = {}, {}
        for entry in rows:
            number = key_of(entry.task.number)
            self.entries.setdefault(number, {})[key_of(entry.report.unit.name)] = entry
            if entry.role == remarks.LEAD_ROLE:
                self.leads[number] = entry
        seen = {}
        for row in found.rows:
            self.compare(row, seen)

    def compare(self, row, seen):
        entry = self.entry_of(row)
        if entry is None:
            return
        first = seen.setdefault(entry.pk, row)
        if first is not row:
            if first.text != row.text:
                self.preview.faults.append(row.fault(TWICE.format(row=first.row)))
            return
        if len(row.text) > REMARK_LIMIT:
            more = len(row.text) - REMARK_LIMIT
            self.preview.faults.append(row.fault(f"审核意见不超过{REMARK_LIMIT}字，现在超出{more}字。"))
        elif mark_of_text(row.text) == (row.mark or mark_of_text("")) or row.text == entry.office_remark:
            self.preview.unchanged += 1
        else:
            self.take(row, entry)

    def entry_of(self, row):
        """None, with a sentence, when there is none."""
        units = self.entries.get(row.number, {})
        entry = units.get(key_of(row.unit)) if row.unit else self.leads.get(row.number)
        if entry or (not row.text and not row.mark):
            return entry
        if row.mark:
            sentence = f"第{row.number}项{row.unit}：导出以后分工有变动，意见没有取。"
            self.preview.untaken.append(sentence)
        elif units and row.unit:
            near = difflib.get_close_matches(row.unit, list(units), n=3, cutoff=0.4)
            hint = f"相近的有：{'、'.join(near)}。" if near else ""
            self.preview.faults.append(row.fault(UNKNOWN_UNIT.format(unit=row.unit, hint=hint)))
        else:
            self.preview.faults.append(row.fault(UNKNOWN_TASK))
        return None

    def take(self, row, entry):
        try:
            require_correctable(entry.report)
        except Refusal as why:
            self.preview.untaken.append(f"第{entry.task.number}项：{why}")
            return
        contested = mark_of_text(entry.office_remark) != (row.mark or mark_of_text(""))
        label = f"{entry.report.unit.name}（{entry.get_role_display()}）"
        change = self.change(f"m{entry.pk}", label, entry.office_remark, row.text, contested)
        name, values = f"第{entry.task.number}项", {"text": row.text}
        self.preview.items.append(Item(entry, name, entry.task.short_title, row.place, [change], values))


def picked_remarks(preview):
    return [
        (item.thing, item.values["text"], item.changes[0].old) for item in preview.items if item.changes[0].is_taken
    ]
