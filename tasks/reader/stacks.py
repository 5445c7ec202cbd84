"""Tables whose cells stand one below the other, a cell a line, as web pages give them."""

import re
from dataclasses import dataclass, field

from tasks.reader.columns import CATEGORY, NUMBER, OTHER, PEOPLE, TASK, TIME, UNITS, WORDS, Column, column_of, heads_of
from tasks.reader.deadlines import is_standing
from tasks.reader.grammar import DUTY, LEAD, is_time, only_units
from tasks.reader.numbers import value_of
from tasks.reader.source import Source, plain
from tasks.reader.tables import Line, Table

_BARS = " \t\u3000|｜"
_NUMBER = re.compile(r"\(?(?P<value>\d{1,4})\)?[.、]?")
_ORDINAL = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3})、?")
_ITEM = re.compile(r"(\d{1,4})[.、](?!\d)")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))")
_TIMELY = re.compile(r"\d月|\d日|年底|年内|季度|半年|20\d{2}年|持续|长期")
_NOTHING = re.compile(r"[-—/无]{1,4}")
_PEOPLE = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]|(?:[\u4e00-\u9fff ]{2,4}[、,;]){1,5}[\u4e00-\u9fff ]{2,4}"
)
_TELLS = re.compile(r"牵头|配合|负责")
_ENDS = re.compile(r"附件\d?[:：]?$|抄送|分享到|\(此件|主办[:：]|扫一扫|打印本页")
_DATE = re.compile(r"20\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_LONGEST_HEAD, _LONGEST_TIME = 10, 20
_FEWEST_HEADS, _MOST_HEADS, _MOST_UNKNOWN = 3, 14, 2
_MOST_LEFT, _MOST_WORDS = 6, 12


@dataclass(frozen=True)
class _Cell:
    text: str
    place: int
    end: int

    @property
    def plain(self) -> str:
        return plain(self.text)


@dataclass
class _Row:
    place: int
    number: str = ""
    words: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    people: str = ""
    time: str = ""
    above: str = ""
    headings: list[str] = field(default_factory=list)
    behind: int = 0

    @property
    def said(self) -> bool:
        return bool(self.units or self.time)


def stacks_in(source: Source, start: int, end: int) -> list[Table]:
    cells, place = [], start
    for line in source.text[start:end].splitlines(keepends=True):
        if bare := line.strip().strip(_BARS):
            cells.append(_Cell("" if "\t" in bare else bare, place, place + len(line)))
        place += len(line)
    found: list[Table] = []
    heads = _heads(cells)
    for (first, after), (limit, _) in zip(heads, [*heads[1:], (len(cells), 0)], strict=bool(heads)):
        stack = _Stack(cells[first:limit], after - first)
        if stack.rows and (not found or stack.start >= found[-1].end):
            found.append(stack.table())
    return found


def _heads(cells: list[_Cell]) -> list[tuple[int, int]]:
    found, at = [], 0
    known = [bool(cell.text and column_of(cell.text, exactly=True)) for cell in cells]
    while at < len(cells):
        end = at
        seen: set[str] = set()
        while end < len(cells) and cells[end].text not in seen and len(seen) < _MOST_HEADS:
            if not (
                known[end] or (end > at and any(known[end + 1 : end + 1 + _MOST_UNKNOWN]) and _is_word(cells[end]))
            ):
                break
            seen.add(cells[end].text)
            end += 1
        if sum(known[at:end]) >= _FEWEST_HEADS and heads_of([cell.text for cell in cells[at:end]], exactly=True):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _is_word(cell: _Cell) -> bool:
    bare = not _NUMBER.fullmatch(cell.plain) and not re.search(r"[。：:，、；]", cell.text)
    return bare and len(cell.text) <= _LONGEST_HEAD


class _Stack:
    def __init__(self, cells: list[_Cell], after: int):
        self._cells = cells
        columns = heads_of([cell.text for cell in cells[:after]], exactly=True)
        self.kinds = [column.holds if column else OTHER for column in columns]
        self.units = [kind for kind in self.kinds if kind in UNITS]
        if self.units[:2] == [DUTY, LEAD]:
            self.units = self.units[1:]
        last = max((at for at, kind in enumerate(self.kinds) if kind in UNITS), default=len(self.kinds))
        self._words = max(1, sum(kind in WORDS for kind in self.kinds))
        self._behind = sum(kind in WORDS for kind in self.kinds[last:])
        timed = [kind for kind in self.kinds if kind == TIME or kind in UNITS]
        self._time_first = timed[0] == TIME or timed[-1] != TIME
        self._left: list[_Cell] = []
        self.start, self.end = cells[0].place, cells[after - 1].end
        self.rows: list[_Row] = []
        values = [value_of(cell.plain) for cell in cells[after:] if _NUMBER.fullmatch(cell.plain)]
        self._numbered = bool(values) and (NUMBER in self.kinds or values[:2] == [1, 2])
        # The words of a row begin with its number.
        first = next((cell for cell in cells[after:] if not _SECTION.match(cell.plain)), None)
        self._itemed = not self._numbered and first is not None and bool(_ITEM.match(first.plain))
        for at in range(after, len(cells)):
            if self._stops(at):
                break
            self._take(cells[at])
        while self.rows and not self.rows[-1].said:
            self.end = self.rows.pop().place

    def _stops(self, at: int) -> bool:
        text = self._cells[at].plain
        dated = at + 1 < len(self._cells) and _DATE.fullmatch(self._cells[at + 1].plain)
        endless = self.rows and len(self.rows[-1].words) > _MOST_WORDS
        return not text or bool(_ENDS.match(text)) or bool(dated or endless) or len(self._left) > _MOST_LEFT

    def _take(self, cell: _Cell) -> None:
        row = self.rows[-1] if self.rows else None
        full = row is None or row.said
        if self._numbered and _NUMBER.fullmatch(cell.plain) and (full or value_of(cell.plain) == self._next()):
            self._begin(cell, number=cell.text)
        elif row and row.words and not self._left and self._fits(cell, row):
            self.end = cell.end
        elif self._itemed:
            self._take_item(cell, row)
        elif self._numbered and full:
            # A heading of the next row, or a remark.
            self._left.append(cell)
        elif row is None or row.said:
            self._begin(cell, word=cell.text)
        else:
            row.words.append(cell.text)

    def _next(self) -> int:
        return 1 + next((value_of(plain(row.number)) for row in reversed(self.rows) if row.number), 0)

    def _take_item(self, cell: _Cell, row: _Row | None) -> None:
        if _ITEM.match(cell.plain):
            self._begin(cell, word=cell.text)
        elif row and not self._left and not _SECTION.match(cell.plain) and row.behind < self._behind:
            row.words.append(cell.text)
            row.behind += 1
            self.end = cell.end
        else:
            self._left.append(cell)

    def _begin(self, cell: _Cell, number: str = "", word: str = "") -> None:
        row = _Row(cell.place, number, [word] if word else [])
        if self._left and self.kinds[-1] == OTHER and self.rows:
            self._left.pop(0)
        if self._left and self._itemed:
            row.headings = [each.text for each in self._left if _SECTION.match(each.plain)]
        elif self._left and number:
            joined = len(self._left) > 1 and _ORDINAL.fullmatch(self._left[-2].plain)
            row.above = self._left[-1].text
            if joined:
                row.above = (
                    f"{self._left[-2].text.rstrip('、')}{'' if ')' in self._left[-2].plain else '、'}{row.above}"
                )
        self._left = []
        self.rows.append(row)
        self.end = cell.end

    def _fits(self, cell: _Cell, row: _Row) -> bool:
        text = cell.text
        if _NOTHING.fullmatch(text):
            wants = len(row.units) < len(self.units)
            row.units += [""] if wants else []
            row.time = row.time or ("" if wants else text)
        elif not row.time and self._is_time(text):
            row.time = text
        elif self._are_people(text, row):
            row.people = text.replace(" ", "")
        elif (not row.time or self._time_first) and only_units(text):
            row.units.append(text)
        else:
            return False
        return True

    def _are_people(self, text: str, row: _Row) -> bool:
        wanted = PEOPLE in self.kinds and not row.people and not row.said
        return wanted and bool(_PEOPLE.fullmatch(plain(text))) and not only_units(text)

    def _is_time(self, text: str) -> bool:
        bare = plain(text)
        if TIME not in self.kinds or len(bare) > _LONGEST_TIME:
            return False
        return is_time(text) or is_standing(text) or bool(_TIMELY.search(bare) and "。" not in bare)

    def table(self) -> Table:
        kinds = (NUMBER, CATEGORY, TASK, PEOPLE, *self.units, TIME)
        lines: list[Line] = []
        ends = [row.place for row in self.rows[1:]] + [self.end]
        for row, end in zip(self.rows, ends, strict=True):
            headings = list(row.headings)
            while not self._itemed and len(row.words) > self._words and _SECTION.match(plain(row.words[0])):
                headings.append(row.words.pop(0))
            if _SECTION.match(plain(row.above)):
                headings.append(row.above)
                row.above = ""
            lines += [(row.place, row.place, (heading,)) for heading in headings]
            cells = (row.number, row.above, " ".join(row.words), row.people, *self._shared(row.units), row.time)
            lines.append((row.place, end, cells))
        return Table(self.start, self.end, tuple(Column(kind, "") for kind in kinds), tuple(lines))

    def _shared(self, units: list[str]) -> list[str]:
        """The cells of units over the columns for them; what is more goes together in the last.

        Where the last cell tells who leads, it stands alone, and what is more goes together in the first.
        """
        columns = len(self.units)
        more = len(units) - columns
        if more > 0 and columns > 1 and _TELLS.search(units[-1]):
            units = ["、".join(filter(None, units[: more + 1])), *units[more + 1 :]]
        rest = "、".join(filter(None, units[columns - 1 :]))
        return [*(units + [""] * columns)[: columns - 1], rest] if columns else []
