"""Tables drawn with lines of text (┌─┬─┐ │ │), or with bars between the cells (a | b): turned into rows with tabs."""

import re
from collections.abc import Iterator, Sequence

from tasks.reader.deadlines import is_deadline, is_standing
from tasks.reader.mending import Mended, Piece
from tasks.reader.names import looks_like_unit
from tasks.reader.roles import spoken
from tasks.reader.tables import NUMBER, TIME, Column, heads_of

_BARRED = re.compile(r"^(?:[^|\n]*\|){3}[^\n]*", re.MULTILINE)
_UNDERLINE = re.compile(r"[|:\- ]+")
_RULE = re.compile(r"[ \u3000]*[┌├└┬┴┼─━┏┣┗┳┻╋┠│┃┐┤┘┓┫┛┨+\-=]*[─━┬┴┼┳┻╋]{2,}[^\u4e00-\u9fff]*")
_ROW = re.compile(r"[ \u3000]*[│┃].*[│┃][ \u3000]*")


def without_boxes(mended: Mended) -> Mended:
    """The text with its drawn tables as rows with tabs; itself when nothing is drawn."""
    if re.search(r"[│┃]", mended.text):
        mended = mended.rebuilt(_pieces(mended.text))
    if _BARRED.search(mended.text):
        mended = mended.rebuilt(_unbarred(mended.text))
    return mended if "\t" in mended.text else mended.rebuilt(_unspaced(mended.text))


def _unspaced(text: str) -> Iterator[Piece]:
    """Rows without numbers whose cells are parted by blanks alone: as many in each row as there are heads."""
    place = 0
    heads: tuple[Column | None, ...] = ()
    for line in text.splitlines(keepends=True):
        cells = line.split()
        if _is_head(cells):
            heads = heads_of(cells)
        elif cells:
            cells = cells if len(cells) == len(heads) else _aligned(cells, heads)
            heads = heads if cells else ()
        yield ("\t".join(cells) + "\n" if cells and heads else line), place
        place += len(line)


def _aligned(cells: list[str], heads: Sequence[Column | None]) -> list[str]:
    """The cells of a row that lacks some, each under the first head it fits; nothing when one fits none."""
    rest = list(cells)
    row = [rest.pop(0) if rest and column and _fits(rest[0], column) else "" for column in heads]
    return row if not rest and sum(map(bool, row)) > 1 else []


def _fits(cell: str, column: Column) -> bool:
    if column.names_units:
        return all(looks_like_unit(name) for name in spoken(cell).names())
    timely = is_deadline(cell) or is_standing(cell)
    return timely if column.holds == TIME else not timely


def _is_head(cells: list[str]) -> bool:
    """Are these the heads of a table without numbers, and nothing else?"""
    columns = heads_of(cells) if cells and not any(re.search("[。：:，；]", cell) for cell in cells) else ()
    return bool(columns) and all(column and column.holds != NUMBER for column in columns)


def _unbarred(text: str) -> Iterator[Piece]:
    place = 0
    for line in text.splitlines(keepends=True):
        if not _BARRED.match(line):
            yield line, place
        elif not _UNDERLINE.fullmatch(line.strip()):
            cells = line.rstrip("\n").strip().removeprefix("|").split("|")
            yield "\t".join(cell.strip() for cell in cells) + "\n", place
        place += len(line)


def _pieces(text: str) -> Iterator[Piece]:
    place = 0
    drawn: list[tuple[str, int]] = []
    for line in text.splitlines(keepends=True):
        if _ROW.fullmatch(line.rstrip("\n")) and not _RULE.fullmatch(line.rstrip("\n")):
            drawn.append((line, place))
        else:
            if drawn:
                yield _row(drawn), drawn[0][1]
                drawn = []
            if not _RULE.fullmatch(line.rstrip("\n")):
                yield line, place
        place += len(line)
    if drawn:
        yield _row(drawn), drawn[0][1]


def _row(drawn: list[tuple[str, int]]) -> str:
    """The lines between two rules as one row: what stands in a column one above the other is one cell."""
    lines = [re.split(r"[│┃]", line.strip().strip("│┃")) for line, _ in drawn]
    columns = max(map(len, lines))
    cells = ["".join(line[at].strip() for line in lines if at < len(line)) for at in range(columns)]
    return "\t".join(cells) + "\n"
