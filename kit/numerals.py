"""Chinese numerals in a text, turned into digits: 十一月底 -> 11月底, 二〇一五年 -> 2015年, 一百二十个 -> 120个."""

import re

_DIGITS = {each: place for place, each in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# Two digits side by side are two guesses at one: 三五家, 十二三个. Digits alone are a number from three on, or with a nought: 二〇一五.
_GUESS = re.compile("^[一二三四五六七八九两]{2}$|[一二三四五六七八九两]{2}[十百千]|[十百千][一二三四五六七八九两]{2}")
_RUN = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")


def arabic(text: str) -> str:
    """The text with every Chinese numeral as digits; one that is no single number (数十, 上百, 三五, 十二三) is left as it is."""
    return _RUN.sub(_number, text)


def _number(found):
    run = found.group()
    if (
        run[0] in "百千"
        or _GUESS.search(run)
        or found.string[max(0, found.start() - 1) : found.start()] in ("数", "几", "上", "成")
    ):
        return run
    if not set(run) & set(_UNITS):
        return "".join(str(_DIGITS[each]) for each in run)
    total, digit = 0, None
    for each in run:
        if each in _UNITS:
            total, digit = total + (1 if digit is None else digit) * _UNITS[each], None
        else:
            digit = _DIGITS[each]
    # 一百二 is 120, 一百零二 is 102.
    return str(total + (digit or 0) * (_UNITS.get(run[-2:-1], 10) // 10 or 1))


def chinese(number: int) -> str:
    """1 to 99 as headings have them: 一, 十二, 二十."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones or not tens else "")
