"""Tables that lost their lines: a run of heads, then numbered rows whose cells are parted by blanks, or by nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.reader.columns import CATEGORY, NUMBER, PEOPLE, TIME, UNITS, WORDS, Column, head_run
from tasks.reader.deadlines import is_deadline, is_standing
from tasks.reader.grammar import DUTY, Roles, is_time, only_units, said, verb_in
from tasks.reader.names import joined, split_names
from tasks.reader.numbers import every, numbered
from tasks.reader.passages import paragraphs
from tasks.reader.source import Source, plain
from tasks.reader.tables import Row, mostly_tell

_LONGEST_PEOPLE = 20
_LONGEST_REMARK = 15
_STAMP = re.compile(
    r"(?:20\d{2}年(?:\d{1,2}月)?|(?<!\d)(?:1[0-2]|[1-9])月)(?:\d{1,2}日)?(?:底|末|初|[上中下]旬)?(?:之?前)?(?:完成)?|全年|长期坚持|持续推进"
)
_END_TIME = re.compile(
    r"(?:(?:20\d{2}年?|今年|全年|每年|每季度|每月|长期|持续|常态化?)(?!各)|(?<!\d)(?:1[0-2]|[1-9])月)[^\u4e00-\u9fff]{0,12}"
    r"(?:\d|[月日年底末初中前之上下旬内坚持推进完成全季度第一二三四半])*\s*$"
)
# Blanks are what parts the cells of a table only where nearly all its rows have a stretch for each column.
_MOSTLY = 0.8
# One name ends and the next begins where cells were run together: 甲局|县乙局.
_GLUE = re.compile(
    r"(?<=[局委办部厅室处会位司心院队校社)）])(?<!省委)(?<!市委)(?<!县委)(?<!区委)(?<!州委)"
    r"(?=(?:区|县|市|省|州|各)(?!级|委|长)[\u4e00-\u9fff]+?(?:局|委|办|部|厅|室|处|会|位|司|心|院|队|校|门|社|乡|镇|府))"
)


@dataclass
class _Parts:
    texts: list[str] = field(default_factory=list)
    units: list[tuple[str, bool]] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    glued: bool = False


def flattened_in(source: Source, start: int, end: int) -> tuple[int, list[Row]] | None:
    """Where the first flattened table between two places begins, and its rows; None when there is none."""
    heads = head_run(source.plain, start, end)
    if heads is None:
        return None
    begun, below, columns = heads
    bare = any(column.holds == NUMBER for column in columns)
    nodes = list(every(numbered(source, below, end, loose=True, cells=bare)[0]))
    # Rows are numbered as most of the innermost numbers are; without numbers each line is one.
    styles = Counter(node.mark.style for node in nodes if not node.children)
    leaves = [node for node in nodes if not node.children and node.mark.style == max(styles, key=styles.__getitem__)]
    lines = [] if bare or leaves else paragraphs(source, below, end)
    read = _read(
        [source.written(node.start, node.end) for node in leaves] or [source.written(*line) for line in lines], columns
    )
    if not any(roles.units for _, roles in read):
        return None
    rows = [Row("", text, roles, (), *line) for line, (text, roles) in zip(lines, read, strict=False) if roles.units]
    for node, (text, roles) in zip(leaves, read, strict=False):
        headings = tuple((above.mark.printed, above.title(source)) for above in node.path[:-1])
        rows.append(Row(node.mark.printed, text, roles, headings, node.mark.start, node.end))
    return begun, rows


def _read(texts: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, Roles]]:
    placed = [_placed(text, columns) for text in texts]
    by_blanks = sum(1 for row in placed if row) >= _MOSTLY * len(placed)
    timed = any(column.holds == TIME for column in columns)
    parted = [_parted(_time_apart(_to_time(text, columns)) if timed else text) for text in texts]
    glued, cells_tell = (
        any(parts.glued for parts in parted),
        mostly_tell([[cell for cell, _ in parts.units] for parts in parted]),
    )
    kinds = [column.holds for column in columns if column.holds in UNITS] or [DUTY]
    rows = []
    for in_place, parts in zip(placed, parted, strict=True):
        roles = Roles(deadlines=parts.deadlines)
        for at, (cell, _) in enumerate(parts.units):
            told = cells_tell or verb_in(plain(cell))[1]
            roles.take(said(cell, DUTY if told else kinds[_column(at, parts.units, len(kinds), glued)]))
        rows.append((by_blanks and in_place) or (" ".join(parts.texts), roles))
    return rows


def _placed(text: str, columns: Sequence[Column]) -> tuple[str, Roles] | None:
    """A row with exactly one stretch for each column, units and deadlines where the heads say; else None."""
    kinds = [column.holds for column in columns if column.holds != NUMBER]
    cells = text.split()
    roles, words = Roles(), []
    for kind, cell in zip(kinds, cells, strict=False):
        if kind in UNITS and _only_units(cell):
            roles.take(said(cell, kind))
        elif kind == TIME and (is_deadline(cell) or is_standing(cell)):
            roles.deadlines.append(cell)
        elif kind == PEOPLE and len(cell) <= _LONGEST_PEOPLE:
            roles.leaders += joined(split_names(cell))
        elif kind in (*UNITS, TIME, PEOPLE):
            return None
        elif kind in (*WORDS, CATEGORY):
            words.append(cell)
    return (" ".join(words), roles) if len(cells) == len(kinds) else None


def _to_time(text: str, columns: Sequence[Column]) -> str:
    stamps = list(_STAMP.finditer(text))
    if not stamps or (columns[-1].holds == TIME and columns[0].holds != CATEGORY):
        return text
    rest = text[stamps[-1].end() :]
    return text[: stamps[-1].end()] if rest.strip() and len(rest) <= _LONGEST_REMARK and "。" not in rest else text


def _time_apart(text: str) -> str:
    found = _END_TIME.search(text)
    return f"{text[: found.start()]} {found.group()}" if found and is_time(found.group()) else text


def _parted(text: str) -> _Parts:
    parts = _Parts()
    for at, chunk in enumerate(_chunks(text)):
        words, names = _split_glued(chunk)
        if not at and not words:
            # The first stretch of a row is its task, whatever it looks like.
            words, names = names, ""
        parts.glued = parts.glued or bool(words and names)
        parts.texts += filter(None, [words])
        if is_deadline(names):
            parts.deadlines.append(names)
        elif names:
            parts.units += [(part, not words and not n) for n, part in enumerate(_GLUE.split(names))]
    return parts


def _chunks(text: str) -> list[str]:
    """The stretches between blanks; what is only a bracket or a verb belongs to the stretch before it."""
    chunks: list[str] = []
    for chunk in text.split():
        bare = plain(chunk)
        alone = bare.startswith("(") and bare.endswith(")")
        name, verb = verb_in(bare)
        if chunks and (alone or (verb and not name)):
            chunks[-1] += (" " if alone else "") + chunk
        else:
            chunks.append(chunk)
    return chunks


def _split_glued(chunk: str) -> tuple[str, str]:
    if _only_units(chunk) or is_deadline(chunk):
        return "", chunk
    stop = max(chunk.rfind(mark) for mark in "。！；") + 1
    return (chunk[:stop], chunk[stop:]) if stop > 1 and _only_units(chunk[stop:]) else (chunk, "")


def _only_units(text: str) -> bool:
    return all(map(only_units, _GLUE.split(text)))


def _column(at: int, units: Sequence[tuple[str, bool]], kinds: int, glued: bool) -> int:
    """Which of the unit columns a stretch without a verb stands in.

    Where cells were run together, a blank is what is left of an empty cell.
    """
    if len(units) == 1:
        return kinds - 1 if glued and units[0][1] else 0
    if len(units) <= kinds or not glued:
        return min(at, kinds - 1)
    return kinds - 1 if at == len(units) - 1 else 0
