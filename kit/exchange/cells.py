"""Cells of a sheet, read strictly: what cannot be taken is a ValueError with a sentence."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from import_export.widgets import Widget

from kit.names import Named

LARGEST = Decimal(10) ** 12
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


class Text(Widget):
    """Text without spaces around it; a number that was typed into the cell is read as it shows.

    ``empty`` is the value of a thing that has none; ``most`` the longest text that is taken.
    """

    empty = ""

    def __init__(self, most=0):
        super().__init__()
        self.most = most

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else str(value).strip()
        if self.most and len(text) > self.most:
            raise ValueError(f"不超过{self.most}字，现有{len(text)}字。")
        return text

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Number(Text):
    """A whole number, a number in the sheet too."""

    empty = None

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        if text and not re.fullmatch(r"\d{1,9}", text):
            raise ValueError("应为整数。")
        return int(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return value


class Amount(Text):
    """A number with at most two decimals; thousands may be parted by commas."""

    empty = None

    def clean(self, value, row=None, **kwargs):
        text = repr(round(value, 6)) if isinstance(value, float) else super().clean(value)
        text = text.replace(",", "").replace("，", "")
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            raise ValueError("应为数字，最多两位小数。") from None
        if number is None:
            return None
        if not number.is_finite() or abs(number) >= LARGEST or round(number, 2) != number:
            raise ValueError("应为数字，最多两位小数、整数部分不超过12位。")
        return round(number, 2)

    def render(self, value, obj=None, **kwargs):
        return None if value is None else value.to_integral() if value == value.to_integral() else value.normalize()


class Day(Text):
    """A day, as a date or written 2015-10-31, 2015/10/31, 2015.10.31 or 2015年10月31日."""

    empty = None

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = super().clean(value)
        match = DAY.match(text)
        try:
            return date(*map(int, match.groups())) if text else None
        except (AttributeError, ValueError):
            raise ValueError("不是日期，请写成2015-10-31的样子。") from None

    def render(self, value, obj=None, **kwargs):
        return value


class Choice(Text):
    """One of several words, as people read them; an empty cell is the first of them. ``also`` are other words for values."""

    def __init__(self, choices, also=None):
        super().__init__()
        self.words, self.also = dict(choices), also or {}

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        if not text:
            return next(iter(self.words))
        values = Named({word: value for value, word in self.words.items()} | self.also)
        if text not in values:
            raise ValueError(f"只能填：{'、'.join(self.words.values())}。")
        return values[text]

    def render(self, value, obj=None, **kwargs):
        return self.words.get(value, "")


def as_shown(value):
    """A value as a person reads it in a preview."""
    return "" if value is None else str(value)
