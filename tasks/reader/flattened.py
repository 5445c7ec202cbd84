"""Tables that lost their lines: a run of heads, then numbered rows one after the other."""

from collections import Counter
from dataclasses import dataclass

from tasks.reader.outline import Node, every, outline
from tasks.reader.rows import Row, read_rows
from tasks.reader.series import marks_of
from tasks.reader.source import Source
from tasks.reader.tables import NUMBER, HeadRun, head_run


@dataclass(frozen=True)
class Flattened:
    """A flattened table: where its heads begin, and its rows with the nodes they stand in."""

    start: int
    rows: tuple[tuple[Node, Row], ...]


def flattened_in(source: Source, start: int, end: int) -> Flattened | None:
    """The first flattened table between two places, or None."""
    heads = head_run(source.plain, start, end)
    if heads is None:
        return None
    nodes = list(every(_tree(source, heads, end)))
    style = _row_style(nodes)
    leaves = [node for node in nodes if not node.children and node.mark.style == style]
    texts = [source.text[node.start : node.end].strip() for node in leaves]
    rows = read_rows(texts, heads.columns)
    if not any(row.roles.units for row in rows):
        return None
    return Flattened(heads.start, tuple(zip(leaves, rows, strict=True)))


def _tree(source: Source, heads: HeadRun, end: int) -> list[Node]:
    bare = any(column.holds == NUMBER for column in heads.columns)
    return outline(marks_of(source, heads.end, end, loose=True, bare=bare).accepted, end)


def _row_style(nodes: list[Node]) -> str:
    """How rows are numbered: the style most of the innermost numbers have."""
    styles = Counter(node.mark.style for node in nodes if not node.children)
    return max(styles, key=styles.__getitem__, default="")
