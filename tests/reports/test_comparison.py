"""Plain values of a sheet beside those on record."""

import datetime

import pytest

from kit.sheets import Fault, Formula
from reports.comparison import RECORD, SHEET, Change, Item, Preview, key_of, mark_of_text, plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (45.0, "45"),
        (0, "0"),
        (4.5, "4.5"),
        (True, "是"),
        (" 一\r\n二 ", "一\n二"),
        ("一_x000D_\n二", "一\n二"),
        (datetime.date(2015, 10, 31), "2015-10-31"),
        (Formula("=1"), "=1"),
    ],
)
def test_cells_as_text(value, text):
    assert plain(value) == text


def test_numbers_and_texts_are_compared_whatever_their_width_and_blanks():
    assert key_of("（五）") == key_of("( 五 )") == "(五)"
    assert key_of(43.0) == "43"
    assert mark_of_text("一 二\n三") == mark_of_text("一二三") != mark_of_text("一二")


def test_a_contested_field_waits_for_a_choice():
    def change(**values):
        return Change("e1-done", "本月进展", "旧", "新", **values)

    free, open_, mine, theirs = (
        change(),
        change(contested=True),
        *(change(contested=True, chosen=c) for c in (SHEET, RECORD)),
    )
    assert [each.is_open for each in (free, open_, mine, theirs)] == [False, True, False, False]
    assert [each.is_taken for each in (free, open_, mine, theirs)] == [True, False, True, False]


def test_the_fingerprint_follows_what_is_shown_and_not_the_choice():
    def preview(new="新", chosen="", faults=()):
        change = Change("e1-done", "本月进展", "旧", new, True, chosen)
        return Preview(faults=list(faults), items=[Item(None, "第1项", "题", "第3行", [change], {})])

    fault = Fault("表", 3, "进度", "x", "请填整数。", 2)
    assert preview().fingerprint == preview(chosen=SHEET).fingerprint
    assert len({preview().fingerprint, preview("别的").fingerprint, preview(faults=[fault]).fingerprint}) == 3
    assert (preview().may_take, preview(faults=[fault]).may_take, Preview().may_take) == (True, False, False)
