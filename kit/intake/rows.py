"""The rows below the heads: which are data, which only print, and what merged cells say for the rows they cover."""

import re
from dataclasses import replace

from kit.intake.cells import as_text
from kit.intake.row import Row, Skipped
from kit.intake.sums import GROUP, ROW, SECTION, SUBTOTAL, TOTAL, differences, heads_group, item, sum_of, title_of
from kit.sheets import value_at

FOOT = re.compile(
    r"^(填表人|填报人|制表人?|审核人?|负责人|单位负责人|经办人|填表|制表单位|填报单位|主管领导|联系人|联系电话|备注|说明|注|填表说明|附注)[:：]"
)


def body(sheet, layout, fields):
    """Return (rows, skipped rows) of the table that ``layout`` places on ``sheet``."""
    table = _Body(sheet, layout, fields)
    rows = {
        number: [(column, value) for column, value in enumerate(sheet.rows[number]) if _filled(value)]
        for number in range(layout.last + 1, len(sheet.rows))
    }
    for number, filled in rows.items():
        if filled:
            below = (rows[each] for each in range(number + 1, len(sheet.rows)) if rows[each])
            table.take(number, filled, below)
    return table.rows, table.told


class _Body:
    """The rows of one table, as they are met."""

    def __init__(self, sheet, layout, fields):
        names = {field.name for field in fields}
        self.sheet, self.layout, self.fields = sheet, layout, fields
        self.columns = {name: column for name, column in layout.columns.items() if name in names}
        self.covered = covered(sheet)
        self.rows, self.skipped, self.items, self.section = [], [], [], ""

    def take(self, number, filled, below):
        text = as_text(filled[0][1])
        if why := _no_data(self.sheet, self.layout, number, filled):
            self._skip(number, text, why)
        elif word := sum_of(filled):
            self._skip(number, text, "合计行", item(SUBTOTAL if word == "小计" else TOTAL, number, filled))
        elif _is_section(self.sheet, number, filled, self.columns.values()) or heads_group(filled, below):
            self.section = title_of(text)
            self._skip(number, text, "分类标题行", item(GROUP, number, filled))
        else:
            self._read(number, filled)

    def _skip(self, number, text, why, found=None):
        self.skipped.append(Skipped(number + 1, text[:60], why))
        self.items += [found] if found else []

    def _read(self, number, filled):
        own = {name: value_at(self.sheet.rows[number], column) for name, column in self.columns.items()}
        above = carried(self.sheet, number, self.columns, self.covered)
        is_more = bool(self.rows) and goes_on(self.fields, own, above)
        if is_more:
            join(self.rows[-1], number, own, self.fields)
        else:
            self.rows.append(Row(number + 1, own | above, self.section))
        self.items.append(replace(item(ROW, number, filled), count=0 if is_more else 1))

    @property
    def told(self):
        differ = differences(self.items)
        return [replace(row, differs=differ.get(row.number, "")) for row in self.skipped]


def _filled(value):
    return as_text(value) != ""


def _no_data(sheet, layout, number, filled):
    if FOOT.match("".join(str(filled[0][1]).split())):
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


def covered(sheet):
    """{(row, column): the first row of the merged cell it belongs to}, for the rows below the first."""
    return {
        (row, column): top
        for top, left, bottom, right in sheet.merged
        if bottom > top
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }


def carried(sheet, number, columns, covered):
    return {
        name: value_at(sheet.rows[covered[number, column]], column)
        for name, column in columns.items()
        if (number, column) in covered
    }


def goes_on(fields, own, above):
    """A row all of whose keys are merged with those above goes on with them, unless it says what tells such rows apart."""
    keys = [field.name for field in fields if field.key and field.name in own]
    apart = [field.name for field in fields if field.apart and field.name in own]
    return bool(keys) and all(name in above for name in keys) and not any(_filled(own[name]) for name in apart)


def join(row, number, own, fields):
    """Take what one adds to the row above; two values where there can be one only are a fault that names both."""
    for field in fields:
        if not _filled(own.get(field.name)):
            continue
        before, text = row.cells.get(field.name), as_text(own[field.name])
        if not _filled(before):
            row.cells[field.name] = text
        elif field.several:
            row.cells[field.name] = f"{before}\n{text}"
        elif as_text(before) != text:
            both = f"“{as_text(before)}”（第{row.number}行）和“{text}”（第{number + 1}行）"
            row.clashes.append((field.name, f"这几行合并为一项，{field.title}却有两种：{both}，请只留一种。"))
