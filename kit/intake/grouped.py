"""The rows of a list that is printed in groups, each with the groups it stands in; sums beside the rows they speak of."""

from dataclasses import replace

from kit.intake.cells import FigureCell, as_text
from kit.intake.field import normal
from kit.intake.lines import DATA, PART, PART_NAME, STYLES, SUM, SUM_ENDS, TITLE, TOTAL, UNNUMBERED, Lines
from kit.intake.row import Row, Skipped
from kit.intake.rows import PlainLines, carried, covered, figures, goes_on, join
from kit.intake.sums import SECTION, Sums, title_of
from kit.sheets import value_at


def grouped(table, fields, *, is_list):
    """Return (rows, skipped rows) of a table. A row knows the groups it stands in (``path``) and, of a list, what it is a part of (``whole``)."""
    reader = (Lines if is_list else PlainLines)(table.sheet, table.layout, fields)
    return _Groups(table, reader, is_list).read(reader.lines())


class _Groups:
    """The lines put into their groups: rows with their path, sums with the rows they speak of."""

    def __init__(self, table, reader, is_list):
        self.table, self.reader, self.is_list = table, reader, is_list
        self.sheet, self.layout, self.fields = table.sheet, table.layout, reader.fields
        self.columns = {
            name: column for name, column in self.layout.columns.items() if name in {f.name for f in self.fields}
        }
        self.covered = covered(self.sheet)
        self.summed = [each for each in self.fields if each.summed and each.name in self.columns]
        self.figures = {each.name for each in self.fields if isinstance(each.widget, FigureCell)}
        self.hidden = set(self.sheet.hidden_rows)
        self.sums = Sums(self._figures if is_list else figures, self.columns)
        self.rows, self.skipped, self.stack, self.titles = [], [], [], {}
        self.sums_head = None

    def read(self, lines):
        for line in lines:
            if line.kind in (DATA, PART):
                self._row(line)
            else:
                self._skip(line)
        told = self.sums.told()
        open_ = self.sums.unchecked if self.is_list else {}
        skipped = [
            replace(each, sums=told.get(each.number, ()), unchecked=open_.get(each.number, ())) for each in self.skipped
        ]
        return self.rows, skipped

    def _skip(self, line):
        number = line.number + 1
        text = " ".join(as_text(value) for _, value in line.filled)[:60]
        self.skipped.append(Skipped(number, text, line.kind, label=line.label[:30]))
        if line.kind == TITLE:
            self._open(line)
            self.sums.group(number, line.filled, len(self.stack))
        elif line.kind == TOTAL:
            self.sums.total(number, line.filled, line.label)
        elif line.kind == SUM:
            self._sum(line)

    def _sum(self, line):
        """A sum by its group's name ends that group where it is open, and else heads a group, as most tables print it."""
        title = _bare(line.label)
        depth = next((place for place, (_, open_) in enumerate(self.stack, 1) if title and _bare(open_) == title), 0)
        if depth:
            self.sums.group_end(line.number + 1, line.filled, depth)
        elif title and (SECTION.match(line.label) or self._sums_head):
            self._open(line)
            self.sums.group(line.number + 1, line.filled, len(self.stack))
        else:
            self.sums.sub(line.number + 1, line.filled)

    @property
    def _sums_head(self):
        """Do sums without a number stand above their rows in this table? The first of them says so for all."""
        if self.sums_head is None:
            self.sums_head = not self.sums.has_rows
        return self.sums_head

    def _open(self, line):
        title = SUM_ENDS.sub("", title_of(line.label)).strip() or line.label
        style = next((place for place, each in enumerate(STYLES) if each.match(line.label)), UNNUMBERED)
        open_ = [each for each, _ in self.stack]
        if style in open_:
            del self.stack[open_.index(style) :]
        while style < UNNUMBERED and self.stack and style < self.stack[-1][0] < UNNUMBERED:
            self.stack.pop()
        self.stack.append((style, title))
        self.titles[line.number] = title

    def _row(self, line):
        row = self.sheet.rows[line.number]
        own = {name: value_at(row, column) for name, column in self.columns.items()}
        above = carried(self.sheet, line.number, self.columns, self.covered)
        if self.rows and goes_on(self.fields, own, above):
            join(self.rows[-1], line.number, own, self.fields)
            self.rows[-1].lines.append(line.number + 1)
            self.sums.row(line.number + 1, line.filled, count=0)
            return
        own = self._with_key_above(own) if self.is_list else own
        path = tuple(title for _, title in self.stack)
        made = Row(line.number + 1, own | above, path[-1] if path else "", path=path)
        if line.kind == PART:
            whole = self.rows[-1]
            made.whole = whole.whole or whole.number
            made.cells[self._name_field] = PART_NAME.sub("", as_text(made.cells[self._name_field]))
        if self.is_list:
            self._ask_of_merged(made, line, above)
            if line.number in self.hidden:
                made.notes.append("这一行在表中是隐藏的，照样读入。")
        self.rows.append(made)
        self.sums.row(line.number + 1, line.filled, part_of=made.whole, carried=above)

    def _figures(self, filled):
        cells = dict(filled)
        found = {}
        for each in self.summed:
            value = cells.get(self.columns[each.name])
            if not each.widget.is_blank(value):
                found[each.name] = self.table.stated.amount(value, self.columns[each.name])
        return found

    @property
    def _name_field(self):
        return self.layout.fields[self.reader.name]

    def _with_key_above(self, own):
        """A row that says what tells rows apart (a month) and not whose it is goes on with the one above."""
        apart = [each.name for each in self.fields if each.apart and as_text(own.get(each.name))]
        keys = [each.name for each in self.fields if each.key and each.name in own]
        if not (apart and self.rows) or any(as_text(own[name]) for name in keys):
            return own
        above = self.rows[-1].cells
        ordinals = [each.name for each in self.fields if each.ordinal and each.name in own]
        return own | {name: above[name] for name in (*keys, *ordinals)}

    def _ask_of_merged(self, row, line, above):
        """A figure merged over several projects is nobody's; words merged across a group's heading may be meant for one side only."""
        if any(field.key and field.name in above for field in self.fields):
            return
        for name, value in above.items():
            if not as_text(value):
                continue
            column = self.columns[name]
            top = self.covered[line.number, column]
            if name in self.figures:
                row.clashes.append(
                    (name, f"这个数和第{top + 1}行合并在一格，看不出各是多少：请取消合并，每行写自己的数。")
                )
                self._blame_first(top + 1, name, line.number + 1)
            elif crossed := [title for number, title in self.titles.items() if top < number < line.number]:
                row.asks.append(
                    (
                        name,
                        f"这一格从第{top + 1}行合并下来，跨过了“{crossed[-1]}”：请取消合并，各行写明；确实都是这样的，可照表读入。",
                    )
                )

    def _blame_first(self, number, name, below):
        first = next((each for each in self.rows if each.number == number), None)
        if first and not any(field == name for field, _ in first.clashes):
            first.clashes.append((name, f"这个数和第{below}行合并在一格，看不出各是多少：请取消合并，每行写自己的数。"))


def _bare(label):
    text = SUM_ENDS.sub("", title_of(label)).strip()
    for style in STYLES:
        text = style.sub("", text, count=1) if style.match(text) else text
    return normal(text)
