"""Tables that lost their lines: heads, then cells in order, each on a line of its own, between blanks, or run together.

Which column a cell stands in is told by the cheapest way through all of them: a cell that does not look like its column, a
column left empty and a second cell in one column have their prices.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from tasks.reader.columns import (
    CATEGORY,
    NUMBER,
    OTHER,
    PEOPLE,
    TASK,
    TEXT,
    TIME,
    UNITS,
    WORDS,
    head_runs,
)
from tasks.reader.deadlines import is_deadline, is_standing
from tasks.reader.grammar import DUTY, LEAD, SUPPORT, is_time, only_units, verb_in
from tasks.reader.numbers import series, value_of
from tasks.reader.passages import tail
from tasks.reader.source import Source, plain
from tasks.reader.tables import Line, Table, is_section

_BARS = " \t\u3000|｜"
_NUMBER = re.compile(r"\(?(?P<value>\d{1,4})\)?[.、]?")
_ORDINAL = re.compile(r"(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3})、?")
_TIMELY = re.compile(r"\d月|\d日|年底|年内|季度|半年|20\d{2}年|持续|长期")
_NOTHING = re.compile(r"[-—/无]{1,4}")
_PEOPLE = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]|(?:[\u4e00-\u9fff ]{2,4}[、,;]){1,5}[\u4e00-\u9fff ]{2,4}"
)
_TELLS = re.compile(r"牵头|配合|负责")
_ENDS = re.compile(r"附件\d?[:：]?$|抄送|分享到|\(此件|主办[:：]|扫一扫|打印本页")
_DATE = re.compile(r"20\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_STAMP = re.compile(
    r"(?:20\d{2}年?|今年|全年|年[底内]|[上下]半年|[一二三四]季度|每年|每季度|每月|长期|持续|常态化?|(?<!\d)(?:1[0-2]|[1-9])月)(?!各)"
    r"[^\u4e00-\u9fff]{0,12}(?:\d|[月日年底末初中前之上下旬内坚持推进完成全季度第一二三四半])*"
)
# One name ends and the next begins where cells were run together: 甲局|县乙局.
_GLUE = re.compile(
    r"(?<=[局委办部厅室处会位司心院队校社联协)）])(?<!省委)(?<!市委)(?<!县委)(?<!区委)(?<!州委)"
    r"(?=(?:区|县|市|省|州|各|有关)(?!级|长)[\u4e00-\u9fff]+?(?:局|委|办|部|厅|室|处|会|位|司|心|院|队|校|门|社|乡|镇|府|联|协|园区))"
)
_LONGEST_TIME, _LONGEST_REMARK = 20, 15
# So many lines, or stretches, in a row that are neither number, unit nor deadline are text behind the table.
_MOST_WORDS, _MOST_STRETCHES = 12, 50
# Prices: of an empty column, of one without the words of its task, of a next row, of a cell where it cannot be.
_EMPTY = {CATEGORY: 0.3, OTHER: 0.2, TASK: 0.8, TEXT: 0.8, PEOPLE: 1.0, TIME: 1.0, LEAD: 1.2, DUTY: 1.2, SUPPORT: 0.6}
_NO_WORDS, _NEXT_ROW, _FAR = 4.0, 0.5, 8.0
NOTHING = "NOTHING"


@dataclass(frozen=True)
class _Cell:
    """A cell: ``begins`` is the number of the row it begins, "" for a row without, None where it need not begin one."""

    text: str
    start: int
    end: int
    begins: str | None = None
    heads: bool = False
    glued: bool = False

    @property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def looks(self) -> str:
        return _looks(self.text)


@lru_cache(maxsize=1024)
def _looks(text: str) -> str:
    """What a cell looks like: the kind of a column, or "" for words."""
    bare = plain(text)
    if _NOTHING.fullmatch(text):
        return NOTHING
    units = ":" not in bare and (bare[-1:] != "。" or bool(_TELLS.search(bare))) and only_units(text)
    timely = is_standing(text) or ("。" not in bare and _TIMELY.search(bare))
    if is_time(text) or (timely and not units and len(bare) <= _LONGEST_TIME):
        return TIME
    return DUTY if units else PEOPLE if _PEOPLE.fullmatch(bare) else ""


def loose_in(source: Source, start: int, end: int) -> list[Table]:
    """The tables between two places whose cells stand a line each, or in lines."""
    found, runs = [], head_runs(source.plain, start, end)
    for (begun, below, columns), (limit, *_) in pairwise([*runs, (end, end, ())]):
        kinds = [column or OTHER for column in columns]
        stacked = source.text.count("\n", begun, below) >= len(kinds) - 1
        cells = _lines(source, below, limit) if stacked else _flat(source, below, limit, kinds)
        cells = list(_to_end(cells, TIME in kinds, _MOST_WORDS if stacked else _MOST_STRETCHES))
        found.append(_table(begun, kinds, list(_rows(cells, NUMBER in kinds))))
    return [table for table in found if table]


def _lines(source: Source, start: int, end: int) -> Iterator[_Cell]:
    for line in source.text[start:end].splitlines(keepends=True):
        if bare := line.strip().strip(_BARS):
            yield _Cell("" if "\t" in bare else bare, start, start + len(line))
        start += len(line)


def _to_end(cells: Iterable[_Cell], timed: bool, most_words: int) -> Iterator[_Cell]:
    """The cells up to text that is no table, or a signature: a name before a day that is no deadline of its row."""
    words, before = 0, ""
    for cell, following in pairwise([*cells, _Cell("", 0, 0)]):
        signed = _DATE.fullmatch(following.plain) and (not timed or before == TIME)
        words = 0 if _NUMBER.fullmatch(cell.plain) or cell.looks else words + 1
        if not cell.text or _ENDS.match(cell.plain) or signed or words > most_words:
            return
        before = cell.looks
        yield cell


def _rows(cells: list[_Cell], has_numbers: bool) -> Iterator[_Cell]:
    """The cells, with rows begun at numbers, and an ordinal alone put before the heading behind it."""
    digits = [value_of(cell.plain) for cell in cells if _NUMBER.fullmatch(cell.plain)]
    numbers = _NUMBER if digits and (has_numbers or digits[:2] == [1, 2]) else _ORDINAL if has_numbers else None
    last, before = 0, None
    for cell in cells:
        value = value_of(cell.plain) if numbers and numbers.fullmatch(cell.plain) else 0
        if before and before.begins is None:
            mark = before.text.rstrip("、")
            yield replace(
                cell, text=f"{mark}{'、' if mark.isalnum() else ''}{cell.text}", start=before.start, heads=True
            )
            before = None
        elif before:
            yield replace(cell, start=before.start, begins=before.begins)
            before = None
        elif value and (value == 1 or last == 0 or last < value <= last + 2):
            last, before = value, replace(cell, begins=cell.text)
        elif _ORDINAL.fullmatch(cell.plain):
            before = cell
        else:
            yield cell


def _flat(source: Source, start: int, end: int, kinds: list[str]) -> Iterator[_Cell]:
    """The cells of a table in lines: its numbers and what stands between them; without numbers each line begins a row."""
    end = tail(source, start, end)
    marks = [mark for mark, *_ in series(source, start, end, loose=True, cells=NUMBER in kinds)[0]]
    lines = source.written(start, end).count("\n") + 1
    for mark, following in pairwise([None, *marks, None]):
        if mark:
            yield _Cell(mark.printed, mark.start, mark.end)
        begun, stop = mark.end if mark else start, following.start if following else end
        for cell in _cut(source.text, begun, stop, TIME in kinds):
            begins = not marks and lines > 1 and source.text[cell.start - 1] == "\n"
            yield replace(cell, begins="") if begins else cell


def _cut(text: str, start: int, end: int, timed: bool) -> Iterator[_Cell]:
    """The cells of a row: stretches between blanks, and what was run together in one."""
    for chunk in _chunks(text, start, end):
        place = chunk.start
        for at, part in enumerate(_parts(chunk.text, timed)):
            yield _Cell(part, place, place + len(part), glued=bool(at))
            place += len(part)


def _chunks(text: str, start: int, end: int) -> list[_Cell]:
    """The stretches between blanks; what is only a bracket or a verb belongs to the stretch before it."""
    chunks: list[_Cell] = []
    for found in re.compile(r"\S+").finditer(text, start, end):
        bare = plain(found.group())
        name, verb = verb_in(bare)
        alone = bare.startswith("(") and bare.endswith(")")
        if chunks and (alone or (verb and not name)):
            before = chunks.pop()
            chunks.append(replace(before, text=f"{before.text}{' ' * alone}{found.group()}", end=found.end()))
        else:
            chunks.append(_Cell(found.group(), *found.span()))
    return chunks


def _parts(chunk: str, timed: bool) -> list[str]:
    if _are_units(chunk):
        return _GLUE.split(chunk)
    if is_deadline(chunk):
        return [chunk]
    stamps = [found for found in _STAMP.finditer(chunk) if is_time(found.group())] if timed else []
    begun, ended = stamps[-1].span() if stamps else (len(chunk), len(chunk))
    if len(chunk) - ended > _LONGEST_REMARK or "。" in chunk[ended:]:
        begun, ended = len(chunk), len(chunk)
    words = chunk[:begun]
    stop = max(words.rfind(mark) for mark in "。！；") + 1
    stop = stop if (stop > 1 or begun < ended) and _are_units(words[stop:]) else len(words)
    parts = [words[:stop], *_GLUE.split(words[stop:]), chunk[begun:ended], chunk[ended:]]
    return [part for part in parts if part]


def _are_units(text: str) -> bool:
    return bool(text) and all(map(only_units, _GLUE.split(text)))


def _table(start: int, kinds: list[str], cells: list[_Cell]) -> Table | None:
    kinds = [kind for kind in kinds if kind != NUMBER]
    if [kind for kind in kinds if kind in UNITS][:2] == [DUTY, LEAD]:
        kinds.remove(DUTY)
    lines: list[Line] = []
    row: list[list[_Cell]] = []
    for cell, (column, begins) in zip(cells, _Columns(kinds, cells).places(), strict=True):
        if column == len(kinds):
            lines.append((cell.start, cell.start, (cell.text,)))
            continue
        if begins:
            row, number = [[] for _ in kinds], cell.begins or ""
            lines.append((cell.start, cell.end, ()))
        row[column].append(cell)
        at = next(at for at in range(len(lines) - 1, -1, -1) if lines[at][1] > lines[at][0])
        end = cell.end if kinds[column] != OTHER else lines[at][1]
        lines[at] = (lines[at][0], end, ("", number, *map(_joined, kinds, row)))
    tells = [at for at, kind in enumerate(kinds, 2) if kind in (*UNITS, TIME)]
    while lines and not (any("".join(lines[-1][2][at : at + 1]) for at in tells) or "".join(lines[-1][2][1:2])):
        lines.pop()
    return Table(start, lines[-1][1], (CATEGORY, NUMBER, *kinds), tuple(lines)) if lines else None


def _joined(kind: str, cells: list[_Cell]) -> str:
    texts = [cell.text for cell in cells if kind in WORDS or cell.looks != NOTHING]
    return "、".join(texts) if kind in UNITS else "".join(texts).replace(" ", "") if kind == PEOPLE else " ".join(texts)


@dataclass(frozen=True)
class _Way:
    """A way to a cell in one column: its price, whether the cell begins a row, and the way before."""

    price: float
    column: int
    begins: bool = False
    before: "_Way | None" = None


class _Columns:
    """The columns of a table, one more behind them for a heading between two rows, and what it costs to go through them."""

    def __init__(self, kinds: list[str], cells: list[_Cell]):
        self._kinds, self._cells, self._size = kinds, cells, len(kinds)
        first = next((at for at, kind in enumerate(kinds) if kind in WORDS), 0)
        empty = [_NO_WORDS if at == first else _EMPTY[kind] for at, kind in enumerate(kinds)]
        self._upto = [*accumulate(empty, initial=0.0)]
        self._beyond = [self._upto[-1] - upto for upto in self._upto[1:]] + [0.0]
        self._last_units = max((at for at, kind in enumerate(kinds) if kind in UNITS), default=self._size)
        self._marked = any(cell.begins is not None for cell in cells)
        self._glued = any(cell.glued and cell.looks == DUTY for cell in cells)

    def places(self) -> list[tuple[int, bool]]:
        """Which column each cell stands in, and whether it begins a row."""
        ways = [_Way(0.0, self._size)]
        for cell in self._cells:
            free = [self._size] if cell.heads else range(self._size + (cell.begins is None))
            ways = [way for column in free for way in self._cheapest(ways, cell, column)]
        way = min(ways, key=lambda each: each.price + self._beyond[each.column])
        found = []
        while way.before:
            found.append((way.column, way.begins))
            way = way.before
        return found[::-1]

    def _cheapest(self, ways: list[_Way], cell: _Cell, column: int) -> list[_Way]:
        own = self._price(cell, column)
        steps = [
            _Way(price + own, column, begins, way) for way in ways for price, begins in self._steps(way, cell, column)
        ]
        return [min(steps, key=lambda way: way.price)] if steps else []

    def _steps(self, way: _Way, cell: _Cell, column: int) -> Iterator[tuple[float, bool]]:
        at, price = way.column, way.price
        if column == self._size:
            yield price + self._beyond[at], False
            return
        if cell.begins is not None or not self._marked:
            yield price + self._beyond[at] + self._upto[column] + _NEXT_ROW, True
        if cell.begins is None and at == column:
            yield price + self._again(cell, column), False
        elif cell.begins is None and at < column:
            yield price + self._skipped(at + 1, column, cell), False

    def _skipped(self, start: int, column: int, cell: _Cell) -> float:
        """The price of columns left empty; where cells were run together, a blank is what is left of an empty one."""
        price = self._upto[column] - self._upto[start]
        if self._glued and cell.looks == DUTY and not cell.glued:
            return 0.0 if start < column and self._kinds[column - 1] in UNITS else price
        return price

    def _again(self, cell: _Cell, column: int) -> float:
        """The price of a second cell in one column; further units are rather in the last, or where run together before it."""
        if self._kinds[column] in UNITS:
            return (1.0 if (column == self._last_units) != self._glued else 1.1) + 2 * bool(_TELLS.search(cell.plain))
        return 1.0 if self._kinds[column] in WORDS and column < self._last_units else 3.0

    def _price(self, cell: _Cell, column: int) -> float:
        """How little a cell looks like one of this column."""
        if column == self._size:
            return 0.0 if cell.heads or is_section(cell.text) else 2.0 if self._marked else 5.0
        kind = self._kinds[column]
        if kind in (*UNITS, TIME, PEOPLE):
            return 0.0 if cell.looks in (NOTHING, DUTY if kind in UNITS else kind) else _FAR
        if kind in WORDS:
            return 3.0 if cell.looks == DUTY else 1.0 if cell.looks else 0.0
        return 1.0
