"""The look of a printed sheet: fonts, fills, borders and number formats, each format made once a workbook."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

# A font is named with its kind (1 with serifs, 2 without) and the Chinese character set, so that a machine without it
# takes a like one; and without a scheme, or Excel would print figures in its own font.
_CHINESE = {"font_charset": 134, "font_scheme": "none"}
SONG = {"font_name": "宋体", "font_family": 1, **_CHINESE}
HEI = {"font_name": "黑体", "font_family": 2, **_CHINESE}
TITLE = {"font_name": "方正小标宋简体", "font_family": 1, **_CHINESE}
BODY_SIZE, TITLE_SIZE = 10, 20
HEAD_FILL, SECTION_FILL, TOTAL_FILL, LINE_COLOUR = "#DCE6F1", "#F2F2F2", "#F2F6FB", "#404040"
TONE_FILLS = {
    "good": "#D8EEE0",
    "done": "#C6E3D0",
    "info": "#DCE8F7",
    "warn": "#FFE7A8",
    "danger": "#F8CFC4",
    "muted": "#EDEDED",
}
# A narrow column (a number, a unit, a state) is centred as on paper; prose stands left.
NARROW = 16
NUMBERS = (int, float, Decimal)

_CENTRED = {"align": "center", "text_wrap": True}
_FRAME = {"border": 1, "border_color": LINE_COLOUR, "valign": "vcenter"}


class Styles:
    """Formats of one workbook, each made when first asked for."""

    def __init__(self, book):
        self._book = book
        self._made = {}

    def title(self):
        return self._get("title", lambda: {**TITLE, "font_size": TITLE_SIZE, "valign": "vcenter", **_CENTRED})

    def note(self, align: str):
        return self._get(
            align, lambda: {**SONG, "font_size": BODY_SIZE, "align": align, "valign": "vcenter", "text_wrap": True}
        )

    def head(self):
        return self._get("head", lambda: {**HEI, "font_size": BODY_SIZE, "bg_color": HEAD_FILL, **_CENTRED, **_FRAME})

    def section(self):
        look = {"font_size": BODY_SIZE, "align": "left", "indent": 1, "bg_color": SECTION_FILL}
        return self._get("section", lambda: {**HEI, **_FRAME, **look})

    def body(self, column, value, *, tone: str = "", quoted: bool = False, total: bool = False):
        align = alignment_of(column, value)
        number_format = _number_format(column.kind, value)
        key = (align, number_format, tone, quoted, total)
        return self._get(key, lambda: body_look(*key))

    def _get(self, key, look: Callable[[], dict]):
        if key not in self._made:
            self._made[key] = self._book.add_format(look())
        return self._made[key]


def body_look(align: str, number_format: str, tone: str, quoted: bool, total: bool) -> dict:
    look = {**SONG, "font_size": BODY_SIZE, "text_wrap": True, "align": align, **_FRAME}
    if align == "right":
        look["indent"] = 1
    if number_format:
        look["num_format"] = number_format
    if total:
        look |= {"bold": True, "bg_color": TOTAL_FILL}
    if tone in TONE_FILLS:
        look["bg_color"] = TONE_FILLS[tone]
    if quoted:
        look["quote_prefix"] = True
    return look


def alignment_of(column, value) -> str:
    if column.kind in ("number", "fixed") and column.width > NARROW / 2 and isinstance(value, NUMBERS):
        return "right"
    return "center" if column.kind != "text" or column.width <= NARROW else "left"


def _number_format(kind: str, value) -> str:
    if isinstance(value, datetime) and kind != "date":
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if kind == "percent" and isinstance(value, NUMBERS):
        return '0"%"' if value == int(value) and not isinstance(value, Decimal) else '0.0"%"'
    return "0.00" if kind == "fixed" and isinstance(value, NUMBERS) else ""
