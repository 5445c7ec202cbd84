"""The names a draft gives for responsible units, and what each stands for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kit.names import key

LEAD, SUPPORT = "LEAD", "SUPPORT"
# What people may decide about a name that the directory does not know.
UNIT, NEW, MANY, TEXT = "UNIT", "NEW", "MANY", "TEXT"
# How a name stands: known as it is printed, by another spelling, decided by a person, or still open.
EXACT, SPELLING, CHOSEN, OPEN = "EXACT", "SPELLING", "CHOSEN", "OPEN"

_COLLECTIVE = re.compile(
    r"^(?:其他|其它|全县|全区|全市|县直|区直|市直)?(?:各|有关|相关|所有|全体)|各(?:有关|相关)?(?:单位|部门|乡镇|镇|乡)"
)
_PLACE = re.compile(r".{0,8}[县区市州旗]")
_LEVEL = re.compile(r"[县区市州旗]?")
_OFFICE = re.compile(r"(?<=[镇乡])人民政府$|(?<=街道)办事处$")
_SHORTEST = 3
_TOWNSHIPS = re.compile(r"[镇乡]|街道")
# The kinds of bodies by how their names end; a proposal for a person to confirm.
_GROUPS = (
    ("TOWNSHIP", re.compile(r"(?:镇|乡|街道|街道办|街道办事处)(?:人民)?(?:政府|党委)?$")),
    ("PARK", re.compile(r"(?:园区|开发区|工业园|管委会|示范区)$")),
    ("JUDICIAL", re.compile(r"(?:法院|检察院)$")),
    ("CONGRESS", re.compile(r"(?:人大|政协)(?:.{0,6}(?:室|委|办))?$")),
    ("MASS", re.compile(r"(?:工会|总工会|团.{0,2}委|妇联|残联|科协|文联|工商联|侨联|红十字会)$")),
    ("PARTY", re.compile(r"(?:党委|[县区市]委|纪委|党工委)|(?:组织部|宣传部|统战部|政法委)$")),
    ("VERTICAL", re.compile(r"(?:国税局|税务局|海关|气象局|供电公司|电力局|烟草局|银监|人民银行|消防大队)$")),
    ("INSTITUTION", re.compile(r"(?:中心|学校|医院|站|馆|院)$")),
    ("GOVERNMENT", re.compile(r"(?:局|办|委|政府|办公室|处|大队|厅)$")),
)


@dataclass(frozen=True)
class Name:
    """One name as printed: how often, in which tasks first, and whether it means several units."""

    name: str
    count: int
    first: str
    where: str

    @property
    def is_collective(self) -> bool:
        return bool(_COLLECTIVE.search(self.name))


@dataclass(frozen=True)
class Match:
    """What a name stands for: ``units`` by the directory's names; ``nearest`` are offered while it is open.

    ``same`` is another name of the document, or a unit, that this one most likely shortens (经发局 beside 区经发局), or a unit
    whose name this one spells out (某镇人民政府 beside 某镇).
    """

    name: Name
    state: str
    units: tuple[str, ...] = ()
    way: str = ""
    group: str = ""
    nearest: tuple[str, ...] = ()
    same: str = ""
    remark: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


@dataclass(frozen=True)
class Parts:
    """Who is responsible for a task after all names are settled; ``also_named`` stays as printed.

    ``lead_assumed``: the document does not name this unit as the first; it is the first of several behind one name, or the
    next after a name that stayed text.
    """

    lead: str | None
    supports: tuple[str, ...]
    also_named: tuple[str, ...]
    lead_lost: bool
    lead_assumed: bool


def names_in(draft: dict[str, Any]) -> dict[str, Name]:
    counts: dict[str, list[Any]] = {}
    for name, first, where in _mentions(draft):
        counts.setdefault(name, [0, first, where])[0] += 1
    return {name: Name(name, *found) for name, found in counts.items()}


def _mentions(draft: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for plan in draft["plans"]:
        if plan["left_out"]:
            continue
        for task in plan["tasks"]:
            for unit in task["units"] if not task["dropped"] else ():
                yield unit["name"], task["key"], f"第{task['number']}项"
        for group in plan["groups"]:
            for name in group["leads"]:
                yield name, "", group["name"]


def parts_of(task: dict[str, Any], matches: dict[str, Match]) -> Parts:
    """Who leads and who supports. A unit leads once; of several behind a leading name the first does."""
    lead: str | None = None
    rest: list[str] = []
    texts: list[str] = []
    lead_lost = assumed = False
    for unit in task["units"]:
        match = matches[unit["name"]]
        if match.way == TEXT:
            texts.append(unit["name"])
            lead_lost = lead_lost or unit["role"] == LEAD
        for name in match.units:
            if unit["role"] == LEAD and lead is None:
                lead, assumed = name, len(match.units) > 1
            else:
                rest.append(name)
    # Where the document only lists names, the first one leads by convention, and so does the next when it is left as text.
    if lead is None and rest and lead_lost and not task["lead_stated"]:
        lead, lead_lost, assumed = rest[0], False, True
    supports = tuple(dict.fromkeys(name for name in rest if name != lead))
    return Parts(lead, supports, tuple(texts), lead_lost, assumed)


def shortens(name: str, other: str) -> bool:
    """Is ``name`` the same as ``other`` without the place before it or the office behind it (经发局, 区经发局; 县某局, 某县某局; 某镇, 某镇人民政府)?"""
    short, long = key(_OFFICE.sub("", name)), key(_OFFICE.sub("", other))
    if short == long:
        return len(name) >= len(other) if key(name) == key(other) else len(name) < len(other)
    place = long.removesuffix(short) + _LEVEL.match(short)[0]
    return len(short) >= _SHORTEST and long.endswith(short) and bool(_PLACE.fullmatch(place))


def group_of(name: str) -> str:
    return next((group for group, pattern in _GROUPS if pattern.search(name)), "BODY")


def meant_townships(name: str, townships: Iterable[str]) -> list[str]:
    """Which of ``townships`` a collective means: all of them (各乡镇), one kind (各镇人民政府), none (各有关单位)."""
    if not _TOWNSHIPS.search(name):
        return []
    kinds = tuple(ending for sign, ending in (("乡", "乡"), ("镇", "镇"), ("街", "街道")) if sign in name)
    everybody = {"乡", "镇"} <= set(kinds)
    return [each for each in townships if everybody or each.endswith(kinds)]
