"""Whether a text says by when something is to be done, as official papers write it. Pure."""

import re

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})"
_NOTE = r"(?:[（(][^（()）]{1,12}[)）])?"
_CLOCK = (
    r"(?:(?:上午|下午|中午|晚上|晚)?(?:\d{1,2}[:：]\d\d|[\d一二三四五六七八九十零]{1,3}[时点](?:[\d一二三四五六七八九十]{1,3}分|整|半)?)"
    r"|上班|下班|中午|零时)?"
)
# A day, or what is as good as one: 10月31日, 月底, 下周五, 春节.
_DAY = (
    rf"(?:{_NUMBER}[日号]|月(?:底|末|初|[上中下]旬)|[上中下]旬|季度末|年(?:底|末|终)"
    r"|(?:周|星期|礼拜)[一二三四五六日天末]|(?:元旦|春节|清明|五一|端午|中秋|国庆)节?)"
)
_BEFORE = r"(?:之|以)?前"
_SPAN = rf"{_NUMBER}个?(?:工作日|自然日|小时|天|日|周|星期|月|季度)"
_WANTED = r"(?:请|务必|务|须|限|确保|力争|截止(?:时间|日期|期限)?[为是：:]?|[不最至][迟晚]于?|至迟)"
_FORMS = (
    rf"{_DAY}{_NOTE}{_CLOCK}{_BEFORE}(?!期)",
    rf"{_SPAN}(?:之|以)?内(?![容部外资控])",
    rf"限期?(?:在|于)?{_SPAN}",
    # Wanted on a day, with no 前 behind it; not where words of another sentence stand between.
    rf"{_WANTED}[^，。；！？\n]{{0,16}}{_NUMBER}月(?:{_NUMBER}[日号]|底|末|[上中下]旬)",
    rf"{_WANTED}[^，。；！？\n]{{0,8}}(?:年底|月底)",
    rf"[至到]{_NUMBER}月{_NUMBER}[日号]{_NOTE}{_CLOCK}(?:为?止|结束)",
)
_BY_WHEN = re.compile("|".join(f"(?:{each})" for each in _FORMS))
_BLANK = re.compile(r"[ \t\u3000]+")


def says_by_when(text: str) -> bool:
    return _BY_WHEN.search(_BLANK.sub("", text)) is not None
