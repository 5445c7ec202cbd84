"""Taking an offline form: every task through the verb of the page, all of them or none."""

from django.db import transaction

from reports.actions.writing import save_entry
from reports.models import ReportEvent

VERB = "离线表导入"


@transaction.atomic
def take_form(picked, by, *, name):
    """Write drafts; ``picked`` are (entry, values, version seen), ``name`` the file's.

    The trace says which tasks, not their words: a draft is the unit's own until it is filed.
    """
    reports = {}
    for entry, values, seen in picked:
        fresh = save_entry(entry, by, values, seen_version=seen)
        reports.setdefault(fresh.report, []).append((fresh, len(values)))
    for report, saved in reports.items():
        numbers = "、".join(entry.task.number for entry, _ in saved)
        fields = sum(count for _, count in saved)
        note = f"{name}：{len(saved)}项任务、{fields}处内容（第{numbers}项），存为草稿"
        ReportEvent.write(report, by, VERB, note=note)
    return [entry for saved in reports.values() for entry, _ in saved]
