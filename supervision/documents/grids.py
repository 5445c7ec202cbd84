"""Tables of a paper: as wide as the text, their head on every page, no row torn apart."""

from supervision.documents.pages import ACROSS_WIDTH
from supervision.documents.wml import WIDTH, paragraph, run, width_of

# Widest share a column asks for, in letters: a longer text takes further lines.
NARROWEST, WIDEST = 2, 16
# Up to so many letters a row the larger letters are taken.
_STEPS = ((26, "", 420), (38, "Five", 360), (999, "Small", 300))
_ACROSS = 1.55


def grid(block: dict, *, across: bool = False, ends: bool = False) -> str:
    """The table of a block; nothing where it has none. Where it ``ends`` the paper its last row goes along with the imprint."""
    content = block["content"]
    rows = [[_text(cell) for cell in row] for row in content.get("rows", ())]
    foot = [_text(cell) for cell in content.get("sum") or ()]
    heads = content.get("heads", ())
    columns = max((len(row) for row in [*heads, *rows, foot]), default=0)
    if not columns:
        return ""
    shares = _shares([_even(row, columns) for row in [*heads[-1:], *rows, foot]])
    letters, line = next(
        (kind, line) for most, kind, line in _STEPS if sum(shares) <= most * (_ACROSS if across else 1)
    )
    widths = _widths(shares, ACROSS_WIDTH if across else WIDTH)
    drawn = _heads([_even(row, columns) for row in heads], widths, letters, line)
    left = _left([_even(row, columns) for row in rows])
    drawn += "".join(_row(_even(row, columns), widths, letters, line, left) for row in rows)
    drawn += _row(_even(foot, columns), widths, letters, line, left) if foot else ""
    if ends:
        cut = drawn.rindex("<w:tr>")
        drawn = drawn[:cut] + drawn[cut:].replace(CELL, f"{CELL}<w:keepNext/>")
    return (
        _TABLE.format(width=sum(widths), grid="".join(f'<w:gridCol w:w="{each}"/>' for each in widths))
        + drawn
        + "</w:tbl>"
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
    + _BORDERS
    + "</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>"
)


CELL = '<w:pStyle w:val="Cell"/>'


def _text(cell):
    return cell["v"] if isinstance(cell, dict) else str(cell)


def _even(row, columns):
    return [*row, *[""] * (columns - len(row))]


def _shares(rows):
    """What each column asks for: its longest text, between the narrowest and the widest."""
    return [min(WIDEST, max(NARROWEST, *map(width_of, column))) + 1 for column in zip(*rows, strict=True)]


def _widths(shares, width):
    widths = [int(width * each / sum(shares)) for each in shares]
    widths[-1] += width - sum(widths)
    return widths


def _left(rows):
    """Columns that hold sentences begin at the left, the others stand in the middle."""
    return [any(width_of(each) > WIDEST for each in column) for column in zip(*rows, strict=True)]


def _row(cells, widths, letters, line, left):
    drawn = "".join(
        _cell(run(text, f"{letters}Cell" if letters else ""), width, line, "left" if begins else "center")
        for text, width, begins in zip(cells, widths, left or [False] * len(cells), strict=True)
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{line + 80}"/></w:trPr>{drawn}</w:tr>'


def _cell(drawn, width, line, jc, marks="", style="Cell"):
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{marks}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, drawn, exact=line, jc=jc)}</w:tc>"
    )


def _heads(heads, widths, letters, line):
    """Heads of several rows: what is repeated beside or below is one cell."""
    return "".join(_head(heads, at, widths, letters, line) for at in range(len(heads)))


def _head(heads, at, widths, letters, line):
    row, cells, column = heads[at], [], 0
    while column < len(row):
        span = 1
        while at < len(heads) - 1 and column + span < len(row) and row[column + span] == row[column] != "":
            span += 1
        span = span if _parted(heads, at, column, span) else 1
        above = at and row[column] in ("", heads[at - 1][column])
        below = at < len(heads) - 1 and heads[at + 1][column] in ("", row[column]) and span == 1
        marks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        marks += "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>' if below else ""
        text = "" if above else row[column]
        cells.append(
            _cell(
                run(text, f"{letters}Head" if letters else ""),
                sum(widths[column : column + span]),
                line,
                "center",
                marks,
                "Head",
            )
        )
        column += span
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{line + 80}"/><w:tblHeader/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _parted(heads, at, column, span):
    """The row below has texts of its own under what would be one cell."""
    below = heads[at + 1][column : column + span] if at < len(heads) - 1 else []
    return len({*below}) > 1
