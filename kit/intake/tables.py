"""All tables of a workbook that say something of one kind: several sheets, and several tables below each other in one."""

import re
from dataclasses import replace

from kit.intake.field import normal
from kit.intake.heads import DEEPEST, Layout, goes_on_with_data, may_be_head, read_heads
from kit.sheets import SheetRead, value_at

SIGNED = re.compile(r"(其中|合计|小计|总计|注|备注|说明|填[表报]人|审[核签]|制表|.{0,4}负责人|联系)")
LONGEST_HEAD = 40


def layouts_of(sheets, fields) -> tuple[Layout, ...]:
    """The tables of the sheets whose heads name a key of ``fields``, from the top down; empty where there is none."""
    return tuple(layout for place, sheet in enumerate(sheets) for layout in _in_sheet(sheet, place, fields))


def _in_sheet(sheet: SheetRead, place: int, fields):
    """The tables of one sheet; heads that are printed again on a new page are no table of their own."""
    found: list[Layout] = []
    row, calls = 0, {call for field in fields if field.key for call in field.calls}
    while row < len(sheet.rows):
        layout = _block(sheet, place, row, fields) if _names_a_key(sheet.rows[row], calls) else None
        if layout is None or (found and layout.top <= found[-1].last):
            row += 1
            continue
        row = layout.last + 1
        if not (found and _is_repeated(sheet, found[-1], layout)):
            found.append(layout)
    starts = [0, *(_title_above(sheet, before, layout) for before, layout in zip(found, found[1:], strict=False))]
    ends = [*starts[1:], 0]
    return [replace(each, start=start, end=end) for each, start, end in zip(found, starts, ends, strict=False)]


def _names_a_key(row, calls):
    """Cheap, for it is asked of every row: does a cell stand there that names a key?"""
    return any(isinstance(value, str) and len(value) <= LONGEST_HEAD and normal(value) in calls for value in row)


def _block(sheet, place, row, fields):
    best, best_rank = None, (0,)
    for top in range(max(0, row - DEEPEST + 1), row + 1):
        for depth in range(row - top + 1, DEEPEST + 1):
            if may_be_head(sheet, top, depth) and not _holds_data(sheet, top, row, depth):
                layout, score = read_heads(sheet, place, top, depth, fields)
                if (rank := (score, goes_on_with_data(sheet, layout, fields), -depth)) > best_rank:
                    best, best_rank = layout, rank
    if best and _heads_go_on(sheet, best):
        best, _ = read_heads(sheet, place, best.top, best.last - best.top + 2, fields)
    keys = {field.name for field in fields if field.key and not field.made}
    told = set(best.columns) if best else set()
    return best if keys <= told and len(told) > len(keys) else None


def _heads_go_on(sheet, layout):
    row = layout.last + 1
    if row >= len(sheet.rows):
        return False
    wide = {
        c
        for top, left, bottom, right in sheet.merged
        if bottom == layout.last and right > left
        for c in range(left, right + 1)
    }
    filled = [(column, value) for column, value in enumerate(sheet.rows[row]) if value is not None]
    return len(filled) > 1 and all(column in wide and isinstance(value, str) for column, value in filled)


def _holds_data(sheet, top, row, depth):
    """Do rows other than the one that names the key hold figures? Years and months stand in heads, amounts do not."""
    others = [each for each in range(top, top + depth) if each != row]
    return any(
        isinstance(value, int | float) and not isinstance(value, bool) and not (1 <= value <= 12 or 1900 < value < 2100)
        for each in others
        for value in sheet.rows[each]
    )


def _is_repeated(sheet, before, layout):
    same = [*map(normal, before.heads)] == [*map(normal, layout.heads)]
    return same and _title_above(sheet, before, layout) == layout.top


def _title_above(sheet, before, layout):
    """The first of the rows right above a table's heads that hold one text each: its title, its unit."""
    row = layout.top
    while row - 1 > before.last and _is_title(sheet, row - 1, layout):
        row -= 1
    while row < layout.top and not any(value is not None for value in sheet.rows[row]):
        row += 1
    return row


def _is_title(sheet, row, layout):
    filled = [value for value in sheet.rows[row] if value is not None and str(value).strip()]
    if not filled:
        return True
    texts = all(isinstance(value, str) for value in filled)
    width = sum(1 for column in range(len(layout.heads)) if value_at(sheet.rows[row], column) is not None)
    return texts and len(filled) <= 3 and width * 2 <= max(len(layout.heads), 4) and not SIGNED.match(normal(filled[0]))
