"""The names a draft gives for responsible units, and what each stands for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
MOST_ALIKE = 3
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
class Match:
    """A name as printed, how often and where first, and what it stands for: ``units`` by the directory's names.

    ``nearest`` are offered while it is open. ``same`` is another name of the document, or a unit, that this one most likely
    shortens (经发局 beside 区经发局), or a unit whose name this one spells out (某镇人民政府 beside 某镇).
    """

    name: str
    count: int
    first: str
    where: str
    state: str = OPEN
    units: tuple[str, ...] = ()
    way: str = ""
    group: str = ""
    nearest: tuple[str, ...] = ()
    same: str = ""
    remark: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def is_collective(self) -> bool:
        return bool(_COLLECTIVE.search(self.name))


@dataclass(frozen=True)
class Parts:
    """Who is responsible for a task after all names are settled; ``also_named`` stays as printed.

    ``lead_assumed``: the document does not name this unit as the first; it is the first of several behind one name, or the
    next after a name that stayed text.
    """

    lead: str | None
    supports: tuple[str, ...]
    also_named: tuple[str, ...]
    lead_assumed: bool


def names_in(draft: dict[str, Any]) -> dict[str, Match]:
    named: dict[str, Match] = {}
    for name, first, where in _mentions(draft):
        known = named.get(name, Match(name, 0, first, where))
        named[name] = replace(known, count=known.count + 1)
    return named


def match_names(draft: dict[str, Any], directory: Any) -> dict[str, Match]:
    """The names of a draft looked up in a ``units.actions.loading.Directory``, with what people decided about the unknown ones."""
    named = names_in(draft)
    active = {unit.name for unit in directory.units.values() if unit.is_active}
    new = {name for name in named if (draft["choices"].get(name) or {}).get("way") == NEW}
    strange = [name for name in named if directory.get(name) is None]
    found = {}
    for name, match in named.items():
        unit, choice = directory.get(name), draft["choices"].get(name)
        if unit and unit.name in active:
            is_own = key(name) in (unit.key, unit.full_key)
            meant: dict[str, Any] | None = {"state": EXACT if is_own else SPELLING, "units": (unit.name,), "way": UNIT}
        else:
            nearest = [each for each in directory.nearest(name, MOST_ALIKE) if each in active]
            meant = _chosen(name, choice, active, new) if choice else None
            meant = meant or _proposed(match, unit, nearest, active, strange)
        found[name] = replace(match, **meant)
    return found


def _chosen(name: str, choice: dict[str, Any], active: set[str], new: set[str]) -> dict[str, Any] | None:
    way, found = choice["way"], {"state": CHOSEN, "way": choice["way"]}
    if way == UNIT and choice["unit"] in active | new:
        return found | {"units": (choice["unit"],), "remark": "记为其他写法" if choice["remember"] else ""}
    if way == NEW:
        return found | {"units": (name,), "group": choice["group"]}
    if way == MANY and choice["units"] and active.issuperset(choice["units"]):
        return found | {"units": tuple(choice["units"])}
    return found if way == TEXT else None


def _proposed(match: Match, unit: Any, nearest: list[str], active: set[str], strange: list[str]) -> dict[str, Any]:
    same, remark = "", ""
    if unit:
        remark = f"{unit.name}已停用"
        nearest = [unit.successor.name] if unit.successor_id and unit.successor.name in active else nearest
    elif match.is_collective:
        remark = "不是一个单位"
    elif same := _same(match.name, [*strange, *nearest]) or _spelled_out(match.name, nearest):
        remark = f"可能就是“{same}”"
        nearest = list(dict.fromkeys([same, *nearest]))
    return {"same": same, "remark": remark, "nearest": tuple(nearest)}


def _same(name: str, others: list[str]) -> str:
    """The first other name that ``name`` shortens; of two that differ in blanks alone the later is the one asked about."""
    before = others[: others.index(name)] if name in others else others
    candidates = (each for each in others if each != name and shortens(name, each))
    return next((each for each in candidates if each in before or not shortens(each, name)), "")


def _spelled_out(name: str, units: list[str]) -> str:
    return next((each for each in units if shortens(each, name)), "")


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
        lead, assumed = rest[0], True
    supports = tuple(dict.fromkeys(name for name in rest if name != lead))
    return Parts(lead, supports, tuple(texts), assumed)


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
