"""What a person sees in a cell, from its value and its number format, where that says more than the value."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+')
_BRACKET = re.compile(r"\[\$?([^\]\-]*)[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
_PADDING = re.compile(r"[_*].")
_CORE = re.compile(r"[#0?,.]*[#0?][#0?,.]*")
_HOLE = "\0"
LARGEST = 1e15


def seen(value, form):
    """The value as it shows: 0.416 under 0.0% is "41.6%", 12 under 0"亿元" is "12亿元", a day under yyyy"年"m"月" its month."""
    if isinstance(value, date):
        return _day(value, form)
    if not abs(value) < LARGEST:
        return value
    sections = _SECTION.findall(form) or [form]
    section = sections[min(1, len(sections) - 1)] if value < 0 else sections[0]
    shown = _number(Decimal(repr(value)), section)
    return value if shown is None else shown


def _day(day, form):
    """Only the parts that show: a day without its year is another year's in the next year's table."""
    bare = _LITERAL.sub("", re.sub(r"\[[^\]]*\]", "", form)).lower()
    year, month, number = (bool(re.search(sign, bare)) for sign in ("[ye]", "m", "d"))
    if re.search("[hs]", bare) or (year, month, number) in ((True, True, True), (False, False, False)):
        return day
    parts = (f"{day.year}年" * year, f"{day.month}月" * month, f"{day.day}日" * number)
    return "".join(parts)


def _number(value, section):
    literals = []

    def keep(found):
        literals.append(found[1] or found[2] or "")
        return _HOLE

    marks = _BRACKET.sub(lambda found: found[1] if "$" in found.group() else "", section)
    bare = _PADDING.sub("", _LITERAL.sub(keep, marks))
    core = _CORE.search(bare)
    if not core or re.search(r"[eE@]|[#0?]\s*/\s*[#0?\d]", bare):
        return None
    before, after = bare[: core.start()], bare[core.end() :]
    whole, _, decimals = core.group().partition(".")
    thousands = len(core.group()) - len(core.group().rstrip(","))
    if thousands or _CORE.search(after):
        return f"{value}（单元格的显示格式换算过，请写成实际的数）"
    percent = bare.count("%")
    number = (value * 100**percent).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits = _padded(number, whole.count("0"), decimals)
    words = iter(literals)
    texts = [re.sub(_HOLE, lambda _: next(words), part).strip() for part in (before, after)]
    prefix, suffix = (re.sub(r"[¥￥]", "", text) for text in texts)
    if prefix in ("", "-", "(") and suffix in ("", ")") and not digits.startswith("0" * 2):
        return int(number) if number == number.to_integral() else float(number)
    return f"{prefix}{digits}{suffix}"


def _padded(number, least, decimals):
    text = f"{number:f}"
    for _ in decimals[decimals.rfind("0") + 1 :]:
        text = text.removesuffix("0")
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = text.rstrip(".").partition(".")
    return f"{sign}{whole.zfill(max(least, 1))}{'.' + rest if rest else ''}"
