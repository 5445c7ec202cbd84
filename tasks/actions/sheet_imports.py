"""Sheets that come in: received, read otherwise, written all or nothing, taken back. What waits is an ``Upload`` of its owner."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from kit import clock
from kit.intake import Layout, Row, Source
from kit.moves import change, lock, require
from kit.refusal import Refusal
from kit.sheets import SheetRead, UnreadableSheet
from kit.trace import spare
from tasks.models import SheetImport, SheetImportEvent
from tasks.models.sheet_import import stored_sheets
from units.actions.uploads import keep_upload, reread_upload, take_upload
from units.models import Unit

MOST_TOLD = 12
SHEET = "sheet"
WRITTEN, TAKEN_BACK = "写入导入表格", "撤销导入表格"


def receive(kind, checked, content, sheets, by):
    """Keep a file that was read; nothing of it is written yet. An earlier one of the same kind and plan is let go."""
    require(kind.may(by, kind.plan))
    visible = [sheet for sheet in sheets if not sheet.hidden and any(sheet.rows)]
    if not visible:
        raise UnreadableSheet("文件中没有可读的内容，请确认数据在可见的工作表里。")
    data = {
        "kind": kind.key,
        "plan": kind.plan and kind.plan.pk,
        "sheets": stored_sheets(visible),
        "hidden": [sheet.name for sheet in sheets if sheet.hidden and any(sheet.rows)],
        "layouts": [layout.as_dict() for layout in kind.layouts(visible)],
        "said": {},
    }
    return keep_upload(by, f"{SHEET} {kind.key} {data['plan'] or ''}", name=checked.name, content=content, data=data)


def source_of(upload):
    data = upload.data
    sheets = tuple(SheetRead(**each) for each in data["sheets"])
    return Source(sheets, tuple(map(Layout.from_dict, data["layouts"])), data["said"], data["hidden"])


def read_as(upload, kind, layout, by, *, place=0):
    """Take the columns of one table otherwise: a correction of the mapping before anything is written."""
    require(kind.may(by, kind.plan))
    layouts = list(upload.data["layouts"])
    layouts[place] = layout.as_dict()
    return reread_upload(upload, upload.data | {"layouts": layouts})


def answer(upload, kind, said, by):
    """Keep what a person answered about cells, rows and the sheet as a whole; an empty answer takes an earlier one back."""
    require(kind.may(by, kind.plan))
    known = upload.data["said"] | said
    return reread_upload(upload, upload.data | {"said": {key: value for key, value in known.items() if value}})


def write_import(upload, kind, by, *, seen):
    """Write what was seen, checked once more, all or nothing; return (the import, what is to be handed over)."""
    require(kind.may(by, kind.plan))
    return take_upload(upload, lambda: _written(upload, kind, by, seen))


def _lock_plan(kind):
    """Months are opened and tasks assigned in that order."""
    if kind.plan:
        kind.plan = lock(kind.plan)


def _written(upload, kind, by, seen):
    _lock_plan(kind)
    result = kind.take(source_of(upload), by, f"表格导入：{upload.name}", seen=seen)
    row = SheetImport.objects.create(
        kind=kind.key,
        kind_title=kind.title,
        plan=kind.plan,
        by=by,
        **upload.kept,
        content=upload.content,
        counts={state.value: number for state, number in result.counts.items()},
        effects=[_effect(kind, each) for each in result.effective],
    )
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
    require(kind.may(by, kind.plan))
    row = lock(sheet_import)
    _lock_plan(kind)
    spare(row, row.undone_at is not None, TAKEN_BACK)
    kind.prepare()
    rows, problems = [], []
    for effect in row.effects:
        found = _row_of(kind, effect)
        problems += [f"{effect['label']}：{why}" for why in _obstacles(kind, found, effect)]
        rows.append((found, effect))
    _refuse_all(problems)
    _refuse_all(_take_back(kind, rows, by, f"撤销表格导入：{row.name}"))
    change(row, undone_at=clock.now(), undone_by=by)
    SheetImportEvent.write(row, by, TAKEN_BACK, note=str(row))
    return row


def _row_of(kind, effect):
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
    problems = []
    changed = [row for row, effect in rows if not effect["new"]]
    if changed:
        kind.write(changed, by, note)
    new = [(row, effect) for row, effect in reversed(rows) if effect["new"]]
    kind.release([row.original for row, _ in new], by, note)
    for row, effect in new:
        if isinstance(row.original, Unit) and row.original.projects_here.exists():
            problems.append(f"{effect['label']}：已是重点项目的建设地点。")
            continue
        try:
            with transaction.atomic():
                kind.remove(row.original, by, note)
        except (ProtectedError, RestrictedError) as error:
            things = getattr(error, "protected_objects", None) or error.restricted_objects
            problems.append(f"{effect['label']}：已有{_named(things)}用到它。")
        except Refusal as refusal:
            problems.append(f"{effect['label']}：{refusal}")
    return problems


def _named(things):
    return "、".join(sorted({str(type(thing)._meta.verbose_name) for thing in things}))


def _refuse_all(problems):
    if problems:
        rest = f"……共{len(problems)}处。" if len(problems) > MOST_TOLD else ""
        raise Refusal("不能撤销，导入以后已有新的变动。" + "".join(problems[:MOST_TOLD]) + rest)
