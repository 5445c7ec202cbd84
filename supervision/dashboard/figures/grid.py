"""A table of a paper as it is filled: every figure in it is one that opens, keyed by its row and column."""

import zlib
from dataclasses import replace

from supervision.dashboard.figures.figure import Drawn, Figure


def heads(words):
    """[(column, head)] of words as ``code=编号 name=项目``."""
    return [tuple(each.split("=")) for each in words.split()]


class Grid:
    """``key`` is the table's own; ``heads`` are [(column, head)], the first of which names the rows."""

    def __init__(self, key, heads, *, wide=False):
        self.key, self.heads, self.wide = key, heads, wide
        self.rows, self.total, self.figures = [], None, {}

    def row(self, name, *cells, of=None):
        """``of`` tells rows of one name apart; a row's key is its name's, so that it stays when others come."""
        self.rows.append(self._cells(name, cells, of))

    def sum(self, name, *cells):
        """What a sum is of are the rows above it."""
        columns = zip(*(row[1:] for row in self.rows), strict=True)
        summed = [_of_rows(cell, self.rows, column) for cell, column in zip(cells, columns, strict=True)]
        self.total = self._cells(name, summed, None)

    def _cells(self, name, cells, of):
        mark = f"{zlib.crc32(f'{name}{of or str()}'.encode()):08x}"
        told = [name]
        for (column, head), cell in zip(self.heads[1:], cells, strict=True):
            told.append(
                self._figure(f"{self.key}-{mark}-{column}", f"{name}：{head}", cell, name)
                if isinstance(cell, Figure)
                else cell
            )
        return told

    def _figure(self, key, label, figure, name):
        plain = replace(figure, label=label).plain(self.key, {"row": name})
        self.figures[key] = plain
        return {"v": figure.value, "k": key}

    @property
    def drawn(self):
        heads = [[head for _, head in self.heads]]
        return Drawn({"heads": heads, "rows": self.rows, "sum": self.total, "wide": self.wide}, self.figures)


def _of_rows(cell, rows, column):
    records = tuple((row[0], each["v"], cell.address) for row, each in zip(rows, column, strict=True))
    return replace(cell, records=records)
