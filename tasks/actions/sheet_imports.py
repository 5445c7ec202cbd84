"""Sheets that come in: received, read otherwise, written all or nothing, taken back."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from kit import clock
from kit.intake import Line, State, layout_of, read
from kit.refusal import Refusal
from kit.sheets import UnreadableSheet
from kit.trace import spare
from tasks.models import Plan, SheetImport, SheetImportEvent
from tasks.models.sheet_import import stored_rows

CHANGED_SINCE = "预览以后系统中的数据有了变动，没有写入任何内容。下面是按现在的数据重新核对的结果，请再看一遍。"
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
        layout=layout_of(visible, kind.fields).as_dict(),
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
    reading = read(kind, row.sheets, row.layout_now)
    if reading.fingerprint != seen:
        raise Refusal(CHANGED_SINCE)
    if not reading.is_sound:
        raise Refusal("表中还有需要改正的地方，没有写入任何内容。")
    lines = reading.effective
    if not lines:
        raise Refusal("表中内容与系统中的一致，没有变化，不用写入。")
    befores = [_before(kind, line) for line in lines]
    try:
        handed = kind.write(lines, by, f"表格导入：{row.file_name}")
    except IntegrityError as error:
        raise Refusal(CHANGED_SINCE) from error
    row.effects = [_effect(kind, line, before) for line, before in zip(lines, befores, strict=True)]
    row.counts = {state.value: number for state, number in reading.counts.items()}
    row.state, row.written_at = SheetImport.State.WRITTEN, clock.now()
    row.save(update_fields=["effects", "counts", "state", "written_at"])
    SheetImportEvent.write(row, by, WRITTEN, note=f"{row}（{row.counts_words}）")
    return row, handed


def _before(kind, line):
    """What was on record of the things a line changes, as people read it."""
    if line.thing is None:
        return {}
    old = kind.recorded(line.thing)
    return {name: kind.words(name, old.get(name)) for name in line.wanted}


def _effect(kind, line, before):
    after = {name: kind.words(name, value) for name, value in line.wanted.items()}
    changed = {name for name in after if line.state == State.NEW or before.get(name) != after[name]}
    return {
        "row": line.row,
        "label": line.label,
        "new": line.state == State.NEW,
        "key": kind.key_of(line),
        "before": {name: text for name, text in before.items() if name in changed},
        "after": {name: text for name, text in after.items() if name in changed},
    }


@transaction.atomic
def undo_import(sheet_import, kind, by):
    """Take back what an import did, as long as nothing was built on it: old values return, what was new goes."""
    row = _locked(sheet_import, kind, by)
    spare(row, row.state == SheetImport.State.UNDONE, TAKEN_BACK)
    _refuse_unless(row, SheetImport.State.WRITTEN)
    kind.prepare()
    lines, problems = [], []
    for effect in row.effects:
        line = _line_of(kind, effect)
        problems += [f"{effect['label']}：{why}" for why in _obstacles(kind, line, effect)]
        lines.append((line, effect))
    _refuse_all(problems)
    _refuse_all(_take_back(kind, lines, by, f"撤销表格导入：{row.file_name}"))
    row.state, row.undone_at, row.undone_by = SheetImport.State.UNDONE, clock.now(), by
    row.save(update_fields=["state", "undone_at", "undone_by"])
    SheetImportEvent.write(row, by, TAKEN_BACK, note=str(row))
    return row


def _line_of(kind, effect):
    """The line that would bring the old values back."""
    values = {name: kind.value_of(name, text) for name, text in effect["key"].items()}
    line = Line(effect["row"], dict(effect["key"]), values=values, label=effect["label"])
    line.thing = kind.recall(line)
    line.wanted = {name: kind.value_of(name, text) for name, text in effect["before"].items()}
    return line


def _obstacles(kind, line, effect):
    if line.thing is None:
        yield "导入以后已改名或不在了。"
        return
    now = kind.recorded(line.thing)
    for name, text in effect["after"].items():
        if name in now and (shown := kind.words(name, now[name])) != text:
            yield f"导入以后{kind.field_title(name)}又改为“{shown or '空'}”。"


def _take_back(kind, lines, by, note):
    """Undo line by line, the last first; return why some of them cannot be."""
    problems = []
    changed = [line for line, effect in lines if not effect["new"]]
    if changed:
        kind.write(changed, by, note)
    new = [(line, effect) for line, effect in reversed(lines) if effect["new"]]
    kind.release([line.thing for line, _ in new], by, note)
    for line, effect in new:
        try:
            with transaction.atomic():
                kind.remove(line.thing, by, note)
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
