"""Cells of a sheet, read strictly: what cannot be taken is a ValueError with a sentence."""

import re
from datetime import date, datetime

from import_export.widgets import Widget

DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


class Text(Widget):
    """Text without spaces around it; a number that was typed into the cell is read as it shows."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Number(Text):
    """A whole number, a number in the sheet too."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        if text and not re.fullmatch(r"\d{1,9}", text):
            raise ValueError("应为整数。")
        return int(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return value


class Day(Text):
    """A day, as a date or written 2015-10-31, 2015/10/31, 2015.10.31 or 2015年10月31日."""

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
    """One of several words, as people read them; an empty cell is the first of them."""

    def __init__(self, choices):
        super().__init__()
        self.words = dict(choices)

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        values = {word: value for value, word in self.words.items()}
        if not text:
            return next(iter(self.words))
        if text not in values:
            raise ValueError(f"只能填：{'、'.join(values)}。")
        return values[text]

    def render(self, value, obj=None, **kwargs):
        return self.words.get(value, "")


def as_shown(value):
    """A value as a person reads it in a preview."""
    return "" if value is None else str(value)
