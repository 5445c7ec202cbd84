"""Cells of a sheet, read strictly: what cannot be taken is a ValueError with a sentence."""

import re
from datetime import date, datetime

from import_export.widgets import Widget

from kit.names import Named, tidy
from kit.quantities import is_nothing, plain, quantity
from kit.sheets import NO_RESULT
from kit.text import clean, one_line

BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


class TextCell(Widget):
    """Text without spaces around it; a number that was typed into the cell is read as it shows.

    ``empty`` is the value of a thing that has none; ``most`` the longest text that is taken.
    """

    empty = ""

    def __init__(self, most=0):
        super().__init__()
        self.most = most

    def clean(self, value, row=None, **kwargs):
        text = as_text(value)
        if text == NO_RESULT:
            raise ValueError(
                "单元格里是公式，文件中没有存它的结果：请用WPS或Excel打开文件，重算并保存后再导入，或直接填数。"
            )
        if BROKEN.fullmatch(text):
            raise ValueError(f"单元格里的公式出错，显示{text}，请改正后再导入。")
        if self.most and len(text) > self.most:
            raise ValueError(f"不超过{self.most}字，现有{len(text)}字。")
        return text

    def is_blank(self, value):
        return not as_text(value)

    def render(self, value, obj=None, **kwargs):
        if isinstance(value, list | tuple):
            return "、".join(map(str, value))
        return "" if value is None else str(value)


class LineCell(TextCell):
    """Text of one line: a break in the cell only fits it into its column."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(one_line(as_text(value)))


class NameCell(TextCell):
    """A name, without the blanks that only set it apart: 李　四, 组　长."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(tidy(as_text(value)))


class FigureCell(TextCell):
    """A cell that holds no text: a dash in it stands for nothing."""

    empty = None

    def is_blank(self, value):
        return value is None or (not _is_number(value) and is_nothing(value))


class NumberCell(FigureCell):
    """A whole number, a number in the sheet too."""

    def clean(self, value, row=None, **kwargs):
        text = "" if self.is_blank(value) else plain(super().clean(value))
        if text and not re.fullmatch(r"\d{1,9}", text):
            raise ValueError("应为整数。")
        return int(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return value


class AmountCell(FigureCell):
    """A number with what is written around it: measure, at least or at most; at most two decimals once it is converted."""

    def clean(self, value, row=None, **kwargs):
        return None if self.is_blank(value) else quantity(value if _is_number(value) else super().clean(value))

    def render(self, value, obj=None, **kwargs):
        return None if value is None else value.to_integral() if value == value.to_integral() else value.normalize()


class DayCell(FigureCell):
    """A day, as a date or written 2015-10-31, 2015/10/31, 2015.10.31 or 2015年10月31日."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if self.is_blank(value):
            return None
        try:
            return date(*map(int, DAY.match(plain(super().clean(value))).groups()))
        except (AttributeError, ValueError):
            raise ValueError("不是日期，请写成2015-10-31的样子。") from None

    def render(self, value, obj=None, **kwargs):
        return value


class ChoiceCell(TextCell):
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


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_text(value):
    """A raw cell as text: a whole number without .0, without blanks around it and what cannot be seen."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if _is_number(value):
        return str(value)
    return "" if value is None else clean(str(value)).strip()
