"""The rows of a table that is no list: which are data, which only print, and what merged cells say for the rows they cover."""

from kit.intake.cells import as_text
from kit.intake.lines import DATA, FOOT, FOOTER, HEAD, SUM, TITLE, TOTAL, filled_lines
from kit.intake.sums import SECTION, heads_group, number_in, sum_of
from kit.quantities import is_nothing
from kit.sheets import value_at


class PlainLines:
    """What each row of a plain table is: data unless it says plainly that it only prints."""

    def __init__(self, sheet, layout, fields):
        self.sheet, self.layout, self.fields = sheet, layout, list(fields)

    def lines(self):
        found = filled_lines(self.sheet, self.layout)
        for place, line in enumerate(found):
            line.label = as_text(line.filled[0][1])
            line.kind = self._kind(line, (each.filled for each in found[place + 1 :]))
        return found

    def _kind(self, line, below):
        if FOOT.match("".join(line.label.split())):
            return FOOTER
        head = self.sheet.rows[self.layout.last]
        if len(line.filled) > 1 and all(value == value_at(head, column) for column, value in line.filled):
            return HEAD
        if word := sum_of(line.filled):
            line.label = word
            return SUM if word == "小计" else TOTAL
        return TITLE if self._is_section(line) or heads_group(line.filled, below) else DATA

    def _is_section(self, line):
        """One text alone in its row is a heading when it is merged over columns, numbered like one, or in no column of ours."""
        if len(line.filled) > 1:
            return False
        column, value = line.filled[0]
        wide = any((top, left) == (line.number, column) and right > left for top, left, _, right in self.sheet.merged)
        return wide or column not in self.layout.columns.values() or bool(SECTION.match(str(value).strip()))


def figures(filled):
    """{column: number} of whatever a row says, None where it says words."""
    return {str(column): number_in(value) for column, value in filled if not is_nothing(value)}


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
    return bool(keys) and all(name in above for name in keys) and not any(_is_filled(own[name]) for name in apart)


def _is_filled(value):
    return as_text(value) != ""


def join(row, number, own, fields):
    """Take what one adds to the row above; two values where there can be one only are a fault that names both."""
    for field in fields:
        if not _is_filled(own.get(field.name)):
            continue
        before, text = row.cells.get(field.name), as_text(own[field.name])
        if not _is_filled(before):
            row.cells[field.name] = text
        elif field.several:
            row.cells[field.name] = f"{before}\n{text}"
        elif as_text(before) != text:
            both = f"“{as_text(before)}”（第{row.number}行）和“{text}”（第{number + 1}行）"
            row.clashes.append((field.name, f"这几行合并为一项，{field.title}却有两种：{both}，请只留一种。"))
