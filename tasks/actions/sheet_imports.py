"""Sheets that come in: received, read otherwise, written all or nothing, taken back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError

from kit import clock
from kit.intake import Row, layout_of
from kit.refusal import Refusal
from kit.sheets import UnreadableSheet
from kit.trace import spare
from tasks.models import Plan, SheetImport, SheetImportEvent
from tasks.models.sheet_import import stored_rows

MOST_TOLD = 12
WRITTEN, TAKEN_BACK = "写入导入表格", "撤销导入表格"


def _require(kind, by):
    if not kind.may(by, kind.plan):
        raise PermissionDenied


@transaction.atomic
def receive(kind, checked, content, sheets, by):
    """Keep a file that was read; nothing of it is written yet. An earlier one of the same kind that waits is let go."""
    _require(kind, by)
    visible = [sheet for sheet in sheets if not sheet.hidden and any(sheet.rows)]
    if not visible:
        raise UnreadableSheet("文件中没有可读的内容，请确认数据在可见的工作表里。")
    waiting = SheetImport.objects.filter(by=by, kind=kind.key, plan=kind.plan, state=SheetImport.State.PREVIEWED)
    waiting.delete()
    return SheetImport.objects.create(
        kind=kind.key,
        kind_title=kind.title,
        plan=kind.plan,
        by=by,
        file_name=checked.name,
        size=checked.size,
        sha256=checked.sha256,
        content=content,
        rows=stored_rows(visible),
        layout=layout_of(visible, kind.fields.values()).as_dict(),
    )


def _locked(sheet_import, kind, by):
    """The import as it is now, and its plan locked with it: months are opened and tasks assigned in that order."""
    row = SheetImport.objects.select_for_update(of=("self",)).select_related("by").get(pk=sheet_import.pk)
    _require(kind, by)
    if row.plan_id:
        row.plan = Plan.objects.select_for_update(of=("self",)).get(pk=row.plan_id)
    return row


@transaction.atomic
def read_as(sheet_import, kind, layout, by):
    """Take the columns otherwise: a correction of the mapping before anything is written."""
    row = _locked(sheet_import, kind, by)
    _refuse_unless(row, SheetImport.State.PREVIEWED)
    row.layout = layout.as_dict()
    row.save(update_fields=["layout"])
    return row


def _refuse_unless(row, state):
    if row.state != state:
        raise Refusal(f"这次导入{row.get_state_display()}，不能再办。")


@transaction.atomic
def write_import(sheet_import, kind, by, *, seen):
    """Write what was seen, checked once more, all or nothing; return (the import, what is to be handed over)."""
    row = _locked(sheet_import, kind, by)
    spare(row, row.state == SheetImport.State.WRITTEN, WRITTEN)
    _refuse_unless(row, SheetImport.State.PREVIEWED)
    result = kind.take(row.sheets, row.layout_now, by, f"表格导入：{row.file_name}", seen=seen)
    row.effects = [_effect(kind, each) for each in result.effective]
    row.counts = {state.value: number for state, number in result.counts.items()}
    row.state, row.written_at = SheetImport.State.WRITTEN, clock.now()
    row.save(update_fields=["effects", "counts", "state", "written_at"])
    SheetImportEvent.write(row, by, WRITTEN, note=f"{row}（{row.counts_words}）")
    return row, result.handed


def _effect(kind, row):
    return {
        "row": row.number,
        "label": row.label,
        "new": row.is_new(),
        "key": kind.key_of(row),
        "before": {} if row.is_new() else {name: before for name, (before, _) in row.diff.items()},
        "after": {name: after for name, (_, after) in row.diff.items()},
    }


@transaction.atomic
def undo_import(sheet_import, kind, by):
    """Take back what an import did, as long as nothing was built on it: old values return, what was new goes."""
    row = _locked(sheet_import, kind, by)
    spare(row, row.state == SheetImport.State.UNDONE, TAKEN_BACK)
    _refuse_unless(row, SheetImport.State.WRITTEN)
    kind.prepare()
    rows, problems = [], []
    for effect in row.effects:
        found = _row_of(kind, effect)
        problems += [f"{effect['label']}：{why}" for why in _obstacles(kind, found, effect)]
        rows.append((found, effect))
    _refuse_all(problems)
    _refuse_all(_take_back(kind, rows, by, f"撤销表格导入：{row.file_name}"))
    row.state, row.undone_at, row.undone_by = SheetImport.State.UNDONE, clock.now(), by
    row.save(update_fields=["state", "undone_at", "undone_by"])
    SheetImportEvent.write(row, by, TAKEN_BACK, note=str(row))
    return row


def _row_of(kind, effect):
    """The row that would bring the old values back."""
    values = {name: kind.value_of(name, text) for name, text in effect["key"].items()}
    row = Row(effect["row"], dict(effect["key"]), values=values, label=effect["label"])
    row.original = kind.recall(row)
    row.wanted = {name: kind.value_of(name, text) for name, text in effect["before"].items()}
    return row


def _obstacles(kind, row, effect):
    if row.original is None:
        yield "导入以后已改名或不在了。"
        return
    now = kind.recorded(row.original)
    for name, text in effect["after"].items():
        if name in now and (shown := kind.words(name, now[name])) != text:
            yield f"导入以后{kind.field_title(name)}又改为“{shown or '空'}”。"


def _take_back(kind, rows, by, note):
    """Undo row by row, the last first; return why some of them cannot be."""
    problems = []
    changed = [row for row, effect in rows if not effect["new"]]
    if changed:
        kind.write(changed, by, note)
    new = [(row, effect) for row, effect in reversed(rows) if effect["new"]]
    kind.release([row.original for row, _ in new], by, note)
    for row, effect in new:
        try:
            with transaction.atomic():
                kind.remove(row.original, by, note)
        except ProtectedError as error:
            problems.append(f"{effect['label']}：已有{_named(error.protected_objects)}用到它。")
        except Refusal as refusal:
            problems.append(f"{effect['label']}：{refusal}")
    return problems


def _named(things):
    return "、".join(sorted({str(type(thing)._meta.verbose_name) for thing in things}))


def _refuse_all(problems):
    if problems:
        rest = f"……共{len(problems)}处。" if len(problems) > MOST_TOLD else ""
        raise Refusal("不能撤销，导入以后已有新的变动。" + "".join(problems[:MOST_TOLD]) + rest)
