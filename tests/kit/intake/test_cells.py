"""Numbers as sheets hold them."""

from decimal import Decimal

import pytest

from kit.exchange import Amount, Choice, Text
from kit.intake import Field


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
    field = Field("sum", "数", Amount())
    assert field.cell.clean(value) == Decimal(read)
    assert field.shown(field.cell.clean(value)) == shown


@pytest.mark.parametrize("value", ["很多", "1.234", 1.005, "NaN", "inf", 10**13, "1e999", "1 2"])
def test_what_is_no_amount_is_told(value):
    with pytest.raises(ValueError, match="应为数字"):
        Amount().clean(value)


def test_a_text_that_is_too_long_and_a_choice_by_another_word():
    with pytest.raises(ValueError, match="不超过2字，现有3字"):
        Text(2).clean("一二三")
    choice = Choice([(True, "须审签"), (False, "不须审签")], also={"是": True})
    assert (choice.clean("是"), choice.clean("不须审签"), Field("x", "x", choice).choices) == (
        True,
        False,
        ("须审签", "不须审签"),
    )
