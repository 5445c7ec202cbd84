"""Figures: numbers with a unit of measure that a task promises."""

import re

from tasks.reader.document import Figure
from tasks.reader.source import plain

_MEASURES = (
    "平方公里|平方米|立方米|公里|公顷|亿元|万元|亿美元|万美元|元|万亩|亩|万吨|吨|万户|户|万人|人次|人|名|万家|家|个百分点|个|项|套|件|宗|"
    "所|处|台|辆|条|座|栋|间|场|次|期|批|支|张|份|万头|头|万千瓦|千瓦|小时|%"
)
_FIGURE = re.compile(
    rf"(?<![\d.第“\-])(?P<value>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<measure>{_MEASURES})(?P<after>以上|以下|以内|左右)?(?!月|日|年|号)"
)
_AT_MOST = re.compile(r"不超过|不高于|不大于|低于|控制在|以内|以下|降至|下降到|压减到")
_CLAUSE = re.compile(r"[^,。;:\n]+")
_MOST = 20


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text, each with the clause it stands in."""
    found: list[Figure] = []
    bare = plain(text)
    for clause in _CLAUSE.finditer(bare):
        phrase = text[clause.start() : clause.end()].strip()
        direction = "AT_MOST" if _AT_MOST.search(clause.group()) else "AT_LEAST"
        found += [
            Figure(figure["value"], figure["measure"], direction, phrase) for figure in _FIGURE.finditer(clause.group())
        ]
    return tuple(found[:_MOST])
