"""Where a title breaks: between words, into lines of like length, nothing that belongs together torn apart."""

import re

from supervision.documents.wml import width_of

# Letters of 2号 in a line of 156 mm, one kept free on either side.
MOST = 19
# What titles of official papers are made of; where a word is not here, any place is as good.
_WORDS = (
    "改革创新年|法治建设年|项目突破年|领导小组|责任单位|目标管理|督查通报|督办通知|催办通知|约谈通知|责任书|"
    "第[一二三四]季度|[一二三四]季度|上半年|下半年|进一步|第[一二三四五六七八九十]+|"
    "关于|印发|更正|活动|工作|任务|推进|情况|通报|通知|报告|专报|重点|项目|建设|改革|创新|法治|突破|进展|完成|落实|"
    "督查|督办|责任|考核|考评|排名|季度|年度|单位|滞后|进行|约谈|实施|方案|全县|全面|深化|部分|数据|数字|整改|问题|"
    "办理|交办|事项|经验|总结|投资|开工|竣工|招商|引资|履约|目标|管理|会议|精神|贯彻|开展|加快|加强|以及|有关"
)
_WHOLE = re.compile(
    r"《[^》]{1,16}》|[（(][^）)]{1,12}[）)]|"
    r"第?[0-9]+(?:[-—－~至.][0-9]+)*(?:年度?|月份?|日|号|期|季度|项|个|%|万元|亿元)?(?:[0-9]+(?:月份?|日))*|[A-Za-z]+|"
    + _WORDS
)
_NOT_FIRST = set("的和与及或、，。；：！？）》”’")
_NOT_LAST = set("（《“‘第") | {"关于", "对", "将", "和", "与", "及", "在", "以"}


def title_lines(title: str, most: int = MOST) -> list[str]:
    """The title in as few lines as hold it; a word too long for a line is cut."""
    pieces = [part for piece in _pieces(title) for part in _cut(piece, most)]
    total = sum(map(width_of, pieces))
    # The best way to fill each beginning of the pieces: (cost, lines).
    best = [(0, [])]
    for end in range(1, len(pieces) + 1):
        ways = (_way(best[start], pieces, start, end, most, total) for start in range(max(0, end - 2 * most), end))
        best.append(min(filter(None, ways)))
    return best[-1][1] or [title]


def _way(before, pieces, start, end, most, total):
    line = "".join(pieces[start:end])
    if width_of(line) > most:
        return None
    lines = max(1, -(-total // most))
    cost = before[0] + 1000 + (width_of(line) - total / lines) ** 2
    if end < len(pieces):
        cost += 60 * (pieces[end][0] in _NOT_FIRST) + 60 * (pieces[end - 1] in _NOT_LAST)
        cost += 12 * (len(pieces[end]) == len(pieces[end - 1]) == 1)
    return cost, [*before[1], line]


def _pieces(title):
    place, found = 0, []
    for each in _WHOLE.finditer(title):
        found += [*title[place : each.start()], each.group()]
        place = each.end()
    return [*found, *title[place:]]


def _cut(piece, most):
    return [piece[at : at + most] for at in range(0, len(piece), most)]
