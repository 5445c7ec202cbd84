"""Tables whose cells stand one below the other, a cell a line, as web pages give them: turned into rows with tabs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.reader.deadlines import is_deadline, is_standing
from tasks.reader.labels import DUTY, LEAD
from tasks.reader.mending import Mended, Piece
from tasks.reader.names import looks_like_unit, split_names
from tasks.reader.numbering import value_of
from tasks.reader.roles import is_time, spoken
from tasks.reader.source import plain
from tasks.reader.tables import (
    NUMBER,
    OTHER,
    PEOPLE,
    ROLE_KINDS,
    TASK,
    TEXT,
    TIME,
    head_of,
    heads_of,
)

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
_LONGEST_HEAD = 10
_LONGEST_TIME = 20
_FEWEST_HEADS = 3
_MOST_HEADS = 14
_MOST_UNKNOWN = 2
_MOST_LEFT = 6
_MOST_WORDS = 12


@dataclass(frozen=True)
class _Cell:
    """A line that is a cell: what stands in it, and where."""

    text: str
    place: int
    end: int


@dataclass
class _Row:
    """A row being put together: its number, words, units, leaders, time; what stood above it as a heading."""

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


def without_stacks(mended: Mended) -> Mended:
    """The text with its stacked tables as rows with tabs; itself when there are none."""
    cells = _cells(mended.text)
    heads = _heads(cells)
    limits = [*[first for first, _ in heads], len(cells)][1:]
    found = [stack for at, limit in zip(heads, limits, strict=True) if (stack := _Stack(cells, *at, limit)).rows]
    return mended.rebuilt(_pieces(mended.text, found)) if found else mended


def _cells(text: str) -> list[_Cell]:
    cells, place = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip().strip(_BARS)
        if bare:
            cells.append(_Cell("" if "\t" in bare else bare, place, place + len(line)))
        place += len(line)
    return cells


def _heads(cells: list[_Cell]) -> list[tuple[int, int]]:
    """Where heads stand one below the other; words we do not know may stand between them."""
    found, at = [], 0
    while at < len(cells):
        end = at
        seen: set[str] = set()
        while end < len(cells) and cells[end].text not in seen and len(seen) < _MOST_HEADS:
            if not (head_of(cells[end].text) or _may_be_head(cells, end, end > at)):
                break
            seen.add(cells[end].text)
            end += 1
        known = [cells[each].text for each in range(at, end) if head_of(cells[each].text)]
        if len(known) >= _FEWEST_HEADS and heads_of([cells[each].text for each in range(at, end)], True):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _may_be_head(cells: list[_Cell], at: int, begun: bool) -> bool:
    """A short word between heads we know."""
    short = (
        begun
        and not _NUMBER.fullmatch(plain(cells[at].text))
        and len(cells[at].text) <= _LONGEST_HEAD
        and not re.search(r"[。：:，、；]", cells[at].text)
    )
    return short and any(head_of(cell.text) for cell in cells[at + 1 : at + 1 + _MOST_UNKNOWN])


class _Stack:
    """One stacked table: its columns, its rows, and where it ends."""

    def __init__(self, cells: list[_Cell], first: int, after: int, limit: int):
        self._cells = cells[first:limit]
        after -= first
        heads = [cell.text for cell in self._cells[:after]]
        self.kinds = [column.holds if column else OTHER for column in heads_of(heads, True)]
        self.units = [kind for kind in self.kinds if kind in ROLE_KINDS]
        if self.units[:2] == [DUTY, LEAD]:
            self.units = self.units[1:]
        self._words = max(1, sum(kind in (TASK, TEXT) for kind in self.kinds))
        self._left: list[_Cell] = []
        self.start, self.end = self._cells[0].place, self._cells[after - 1].end
        self.rows: list[_Row] = []
        self._numbered = self._is_numbered(after)
        self._itemed = not self._numbered and self._is_itemed(after)
        self._behind = self._words_behind()
        self._read(after)

    def _is_numbered(self, after: int) -> bool:
        values = [value_of(cell.text) for cell in self._cells[after:] if _NUMBER.fullmatch(plain(cell.text))]
        return bool(values) and (NUMBER in self.kinds or (values[0] == 1 and values[1:2] == [2]))

    def _is_itemed(self, after: int) -> bool:
        """Do the words of a row begin with its number?"""
        first = next((cell for cell in self._cells[after:] if not _SECTION.match(plain(cell.text))), None)
        return first is not None and bool(_ITEM.match(plain(first.text)))

    def _words_behind(self) -> int:
        """How many columns of words stand behind those of the units."""
        last = max((at for at, kind in enumerate(self.kinds) if kind in ROLE_KINDS), default=len(self.kinds))
        return sum(kind in (TASK, TEXT) for kind in self.kinds[last:])

    def _read(self, after: int) -> None:
        for at in range(after, len(self._cells)):
            if self._stops(at) or not self._take(self._cells[at]):
                break
        while self.rows and not self.rows[-1].said:
            self.end = self.rows.pop().place

    def _stops(self, at: int) -> bool:
        text = plain(self._cells[at].text)
        dated = at + 1 < len(self._cells) and _DATE.fullmatch(plain(self._cells[at + 1].text))
        endless = self.rows and len(self.rows[-1].words) > _MOST_WORDS
        return not text or bool(_ENDS.match(text)) or bool(dated or endless) or len(self._left) > _MOST_LEFT

    def _take(self, cell: _Cell) -> bool:
        row = self.rows[-1] if self.rows else None
        if self._begins_number(cell, row):
            self._begin(cell, cell.text)
        elif row and row.words and not self._left and self._fits(cell, row):
            self.end = cell.end
        elif self._itemed:
            self._take_item(cell, row)
        elif self._numbered and (row is None or row.said):
            return self._leave(cell, row)
        elif row is None or row.said:
            self._begin(cell, "")
            self.rows[-1].words.append(cell.text)
        else:
            row.words.append(cell.text)
        return True

    def _take_item(self, cell: _Cell, row: _Row | None) -> None:
        """Words in a table whose rows begin with a number: a row, a heading, or the words behind the units."""
        if _ITEM.match(plain(cell.text)):
            self._begin(cell, "")
            self.rows[-1].words.append(cell.text)
        elif row and not self._left and not _SECTION.match(plain(cell.text)) and row.behind < self._behind:
            row.words.append(cell.text)
            row.behind += 1
            self.end = cell.end
        else:
            self._left.append(cell)

    def _leave(self, cell: _Cell, row: _Row | None) -> bool:
        """Put a cell aside behind a full row: a heading of the next, a remark, or a row without number of its own."""
        if row and self._left and self._is_time(cell.text):
            self._begin(self._left[-1], "")
            self.rows[-1].words.append(self._left.pop().text)
            self._left = []
            self.rows[-1].time, self.end = cell.text, cell.end
        else:
            self._left.append(cell)
        return True

    def _begins_number(self, cell: _Cell, row: _Row | None) -> bool:
        if not self._numbered or not _NUMBER.fullmatch(plain(cell.text)):
            return False
        before = next((value_of(each.number) for each in reversed(self.rows) if each.number), 0)
        return row is None or row.said or value_of(cell.text) == before + 1

    def _begin(self, cell: _Cell, number: str) -> None:
        row = _Row(cell.place, number)
        if self._left and self.kinds[-1] == OTHER and self.rows:
            self._left.pop(0)
        if self._itemed and self._left:
            row.headings = [each.text for each in self._left if _SECTION.match(plain(each.text))]
            row.place = self._left[0].place
            self._left = []
        if number and self._left:
            texts = [each.text for each in self._left]
            joined = len(texts) > 1 and _ORDINAL.fullmatch(plain(texts[-2]))
            row.above = f"{texts[-2]}{texts[-1]}" if joined else texts[-1]
            row.place = self._left[-2 if joined else -1].place
        self._left = [] if number else self._left
        self.rows.append(row)
        self.end = cell.end

    def _fits(self, cell: _Cell, row: _Row) -> bool:
        """Put a cell with a row when it holds units, a time or leaders that the row still wants."""
        text = cell.text
        if _NOTHING.fullmatch(text):
            wants = len(row.units) < len(self.units)
            row.units += [""] if wants else []
            row.time = row.time or ("" if wants else text)
        elif not row.time and self._is_time(text):
            row.time = text
        elif (
            PEOPLE in self.kinds
            and not row.people
            and not row.said
            and _PEOPLE.fullmatch(plain(text))
            and not _only_units(text)
        ):
            row.people = text.replace(" ", "")
        elif (not row.time or self._time_first) and self._are_units(text, row):
            row.units.append(text)
        else:
            return False
        return True

    def _are_units(self, text: str, row: _Row) -> bool:
        """Are these units? Behind the last column for them only what is a name and no more."""
        full = len(row.units) >= len(self.units)
        if full and not _TELLS.search(text):
            return all(looks_like_unit(item.name) for item in split_names(text))
        return _only_units(text)

    @property
    def _time_first(self) -> bool:
        kinds = [kind for kind in self.kinds if kind == TIME or kind in ROLE_KINDS]
        return kinds[0] == TIME or kinds[-1] != TIME

    def _is_time(self, text: str) -> bool:
        bare = plain(text)
        if TIME not in self.kinds or len(bare) > _LONGEST_TIME:
            return False
        return (
            is_deadline(text) or is_time(text) or is_standing(text) or bool(_TIMELY.search(bare) and "。" not in bare)
        )

    def lines(self) -> Iterator[Piece]:
        """The table as rows with tabs, heads first."""
        duties = ["牵头单位" if kind == LEAD else "责任单位" if kind == DUTY else "配合单位" for kind in self.units]
        yield "\t".join(["序号", "类别", "工作任务", "分管领导", *duties, "完成时限"]) + "\n", self.start
        for row in self.rows:
            for heading in self._headings(row):
                yield heading + "\t\n", row.place
            cells = [row.number, row.above, " ".join(row.words), row.people, *self._shared(row.units), row.time]
            yield "\t".join(cells) + "\n", row.place

    def _headings(self, row: _Row) -> list[str]:
        """Numbered headings that stand above a row: what is more than its columns of words hold."""
        found = list(row.headings)
        while not self._itemed and len(row.words) > self._words and _SECTION.match(plain(row.words[0])):
            found.append(row.words.pop(0))
        if _SECTION.match(plain(row.above)):
            found.append(row.above)
            row.above = ""
        return found

    def _shared(self, units: list[str]) -> list[str]:
        """The cells of units over the columns for them; what is more goes together in the last.

        Where the last cell tells who leads, it stands alone, and what is more goes together in the first.
        """
        columns = len(self.units)
        more = len(units) - columns
        if more > 0 and columns > 1 and _TELLS.search(units[-1]):
            units = ["、".join(filter(None, units[: more + 1])), *units[more + 1 :]]
        rest = "、".join(unit for unit in units[columns - 1 :] if unit)
        return [*(units + [""] * columns)[: columns - 1], rest] if columns else []


def _only_units(text: str) -> bool:
    names = spoken(text).names()
    return bool(names) and all(looks_like_unit(name) for name in names)


def _pieces(text: str, stacks: list[_Stack]) -> Iterator[Piece]:
    place = 0
    for stack in stacks:
        if stack.start < place:
            continue
        yield text[place : stack.start], place
        yield from stack.lines()
        place = stack.end
    yield text[place:], place
