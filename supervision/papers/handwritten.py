"""Digits that a hand typed into the text of a paper. What only names a day, a paper or a place in a list is none of them. Pure."""

import re

from supervision.papers.tokens import TOKEN

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"\d{1,2}", r"\d{1,2}"
_TO = r"[-—–－~～、至到和及与]+"
# In this order: what a longer one takes, a shorter one does not tear.
_NAMES = (
    TOKEN.pattern,
    rf"[〔\[［（(【]{_YEAR}[〕\]］）)】]\s*第?\d+[号期]",
    rf"{_YEAR}[-/.．]{_MONTH}[-/.．]{_DAY}",
    rf"(?<!\d)(?:{_YEAR}年?{_TO})*{_YEAR}年度?",
    rf"(?<!\d)(?:{_MONTH}月?{_TO})*{_MONTH}月(?:份|底|初|末|上旬|中旬|下旬)?(?:{_DAY}[日号](?:{_TO}(?:{_MONTH}月)?{_DAY}[日号])*)?",
    rf"(?:每月|当月|本月|次月|上月){_DAY}[日号]",
    rf"(?<![\d.]){_DAY}日(?:{_TO}{_DAY}日)*(?=[前起止至到晚上下、，。；（）\s]|$)",
    r"(?<!\d)\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?!\d)",
    r"(?<!\d)\d{1,2}[时点](?:\d{1,2}分|整|半)?(?=[前起止至到，。；\s]|$)",
    r"(?<!\d)[1-4]季度",
    r"第\s*\d+\s*(?:[-—–至、]\s*\d+\s*)*[期号条款项章节页批版届季周]",
    r"\d+号(?:文|令|通报|通知)",
    r"(?:附件|附表|表|图|注)[:：]?\s*\d+(?:[-—－]\d+)*",
    r"^\s*\d{1,3}[.．、](?!\d)",
    r"(?:^|(?<=[。；：，、\s]))[（(]\d{1,2}[）)]",
    r"[A-Za-z]+[-—]?\d+(?:[-—]\d+)*",
    r"(?<!\d)\d{3}(?:国道|省道|县道)",
)
_NAMED = re.compile("|".join(f"(?:{each})" for each in _NAMES), re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?[%％‰]?")


def spots(text) -> list[tuple[int, int]]:
    bare = _NAMED.sub(lambda match: "\0" * len(match[0]), text)
    return [match.span() for match in _NUMBER.finditer(bare)]


def handwritten(text) -> list[str]:
    return [text[first:last] for first, last in spots(text)]
