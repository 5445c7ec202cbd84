"""Numbers as sheets hold them."""

from decimal import Decimal

import pytest

from kit.intake import Field
from kit.intake.cells import AmountCell, ChoiceCell, DayCell, NumberCell, TextCell


@pytest.mark.parametrize(
    ("value", "read", "shown"),
    [
        (100, "100", "100"),
        (46.300000000000004, "46.3", "46.3"),
        ("1,234.50", "1234.5", "1234.5"),
        ("１２", "12", "12"),
        (0, "0", "0"),
        (-3.25, "-3.25", "-3.25"),
    ],
)
def test_an_amount_is_read_and_shown(value, read, shown):
    field = Field("sum", "数", AmountCell())
    number = field.widget.clean(value).within("")
    assert number == Decimal(read)
    assert field.shown(number) == shown


@pytest.mark.parametrize("value", ["很多", "1.234", 1.005, "NaN", "inf", 10**13, "1e999", "1 2"])
def test_what_is_no_amount_is_told(value):
    with pytest.raises(ValueError, match="应为数字|只写一个"):
        AmountCell().clean(value).within("")


@pytest.mark.parametrize("value", ["-", "—", "——", "／", " ", "\u200b", "\ufeff-", None])
def test_a_dash_is_an_empty_figure(value):
    for cell in (AmountCell(), NumberCell(), DayCell()):
        assert cell.is_blank(value)
        assert cell.clean(value) is None


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_a_formula_that_failed_is_no_text(value):
    with pytest.raises(ValueError, match="公式出错"):
        TextCell().clean(value)


def test_a_text_that_is_too_long_and_a_choice_by_another_word():
    with pytest.raises(ValueError, match="不超过2字，现有3字"):
        TextCell(2).clean("一二三")
    choice = ChoiceCell([(True, "须审签"), (False, "不须审签")], also={"是": True})
    assert (choice.clean("是"), choice.clean("不须审签"), Field("x", "x", choice).choices) == (
        True,
        False,
        ("须审签", "不须审签"),
    )
