"""The rows below the heads: which are data, which only print, and what merged cells say for the rows they cover."""

import re

from kit.exchange import as_text
from kit.intake.line import Line, Skipped
from kit.sheets import value_at

SUM = re.compile(r"^(合计|小计|总计|累计)(\(.*|（.*)?$")
FOOT = re.compile(
    r"^(填表人|填报人|制表人?|审核人?|负责人|单位负责人|经办人|填表|制表单位|填报单位|主管领导|联系人|联系电话|备注|说明|注|填表说明|附注)[:：]"
)
SECTION = re.compile(r"^([（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[章节部分])")


def body(sheet, layout, fields):
    """Return (lines, skipped rows) of the table that ``layout`` places on ``sheet``."""
    columns = {name: column for name, column in layout.columns.items() if name in {field.name for field in fields}}
    covered = _covered(sheet)
    lines, skipped, section = [], [], ""
    for number in range(layout.last + 1, len(sheet.rows)):
        row = sheet.rows[number]
        filled = [(column, value) for column, value in enumerate(row) if _filled(value)]
        if not filled:
            continue
        text = str(filled[0][1]).strip()
        if why := _no_data(sheet, layout, number, filled):
            skipped.append(Skipped(number + 1, text[:60], why))
        elif _is_section(sheet, number, filled, columns.values()):
            section = text
            skipped.append(Skipped(number + 1, text[:60], "分类标题行"))
        else:
            own = {name: value_at(row, column) for name, column in columns.items()}
            _add(lines, number, own, _carried(sheet, number, columns, covered), fields, section)
    return lines, skipped


def _filled(value):
    return as_text(value) != ""


def _no_data(sheet, layout, number, filled):
    text = "".join(str(filled[0][1]).split())
    if SUM.match(text):
        return "合计行"
    if FOOT.match(text):
        return "表尾说明行"
    head = sheet.rows[layout.last]
    if len(filled) > 1 and all(value == value_at(head, column) for column, value in filled):
        return "重复的表头"
    return ""


def _is_section(sheet, number, filled, mapped):
    """One text alone in its row is a heading when it is merged over columns, numbered like one, or in no column of ours."""
    if len(filled) > 1:
        return False
    column, value = filled[0]
    wide = any(area[0] == number and area[1] == column and area[3] > column for area in sheet.merged)
    return wide or column not in mapped or bool(SECTION.match(str(value).strip()))


def _covered(sheet):
    """{(row, column): the first row of the merged cell it belongs to}, for the rows below the first."""
    return {
        (row, column): top
        for top, left, bottom, right in sheet.merged
        if bottom > top
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }


def _carried(sheet, number, columns, covered):
    """What merged cells from above say for this row."""
    return {
        name: value_at(sheet.rows[covered[number, column]], column)
        for name, column in columns.items()
        if (number, column) in covered
    }


def _add(lines, number, own, carried, fields, section):
    """Add a line; a row all of whose keys are merged with those above goes on with that line."""
    keys = [field.name for field in fields if field.key and field.name in own]
    if lines and keys and all(name in carried for name in keys):
        _go_on(lines[-1], number, own, fields)
    else:
        lines.append(Line(number + 1, own | carried, section))


def _go_on(line, number, own, fields):
    """Take what a row adds to the line above; what cannot be joined is told."""
    for field in fields:
        if not _filled(own.get(field.name)):
            continue
        before, text = line.cells.get(field.name), as_text(own[field.name])
        if not _filled(before):
            line.cells[field.name] = text
        elif field.several:
            line.cells[field.name] = f"{before}\n{text}"
        elif as_text(before) != text:
            line.notes.append(f"第{number + 1}行并入本行，其中“{field.title}”列的“{text}”没有采用。")
