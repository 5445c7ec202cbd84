"""How much room a text takes."""

from dataclasses import dataclass

import pytest

from kit.sheets.measure import MOST_LINES, columns_of, lines_of, pieces_of, shares


@dataclass
class Column:
    width: int


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("县编办", 6), ("（一）", 6), ("“两型”", 8), ("①A", 3), ("ｱ", 1)]
)
def test_chinese_counts_two(text, columns):
    assert columns_of(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("县编办", 6, 1),
        ("县编办", 5, 2),
        ("县\n编\n办", 10, 3),
        ("一" * 10, 11, 2),
        ("一", 1, 2),
        ("\n", 9, 2),
    ],
)
def test_a_line_is_broken_where_it_is_full(text, width, lines):
    assert lines_of(text, width) == lines


@pytest.mark.parametrize(
    ("widths", "parts", "runs"),
    [
        ([10, 10], 2, [(0, 0), (1, 1)]),
        ([5, 40, 5], 2, [(0, 0), (1, 2)]),
        ([10, 10, 10, 10], 2, [(0, 1), (2, 3)]),
        ([50, 1, 1, 1], 4, [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ([10], 3, [(0, 0)]),
        ([10, 10, 10], 1, [(0, 2)]),
    ],
)
def test_columns_are_cut_into_runs_of_like_width(widths, parts, runs):
    assert shares([Column(width) for width in widths], parts) == runs


@pytest.mark.parametrize("text", ["长" * 5000, "一句话。" * 1000, "\n" * 100, "x" * 9000, "短"])
def test_pieces_fit_and_are_the_text(text):
    pieces = pieces_of(text, 20)
    assert "".join(pieces) == text
    assert max(lines_of(piece, 20) for piece in pieces) <= MOST_LINES
