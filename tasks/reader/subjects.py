"""Units that no note names: a heading that is a unit's name, or a sentence that begins with one (甲局负责…)."""

import re

from tasks.reader.labels import DUTY
from tasks.reader.names import looks_like_unit
from tasks.reader.outline import Node
from tasks.reader.roles import Roles
from tasks.reader.source import Source

_SUBJECT = re.compile(r"由?([\u4e00-\u9fff、（）()]{2,24}?)(?:负责|牵头)")
_SUBJECT_UNIT = re.compile(
    r"(?:局|委|办|部|厅|处|科|院|中心|公司|政府|办事处|管委会|大队|支队|联社|站|所|办公室|单位|部门)$"
)


def subjects_in(source: Source, nodes: list[Node]) -> dict[Node, Roles]:
    """The passages that stand under a unit's name or begin with it, in order, and who is responsible for each."""
    found: dict[Node, Roles] = {}
    for node in nodes:
        title = node.title(source)
        unit = _unit(title)
        if unit and not node.children:
            found.setdefault(node, Roles(units=[(DUTY, unit)]))
        for child in node.children if unit and unit == title else ():
            if not child.children:
                found[child] = Roles(units=[(DUTY, unit)])
    return found


def _unit(title: str) -> str:
    """The unit a title is, or the one before 负责 or 牵头."""
    spoken = _SUBJECT.match(title)
    name = spoken.group(1) if spoken else title
    return name if looks_like_unit(name) and _SUBJECT_UNIT.search(name) else ""
