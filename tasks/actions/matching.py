"""The names of a draft looked up in the directory of units, with what people decided about the unknown ones."""

from kit import names
from tasks.draft.names import CHOSEN, EXACT, MANY, NEW, OPEN, SPELLING, TEXT, UNIT, Match, names_in, shortens
from units.actions.loading import Directory

MOST_ALIKE = 3


def match_names(draft, directory=None):
    directory = directory or Directory.of_all()
    active = {unit.name for unit in directory.units.values() if unit.is_active}
    choices, found = draft["choices"], names_in(draft)
    new = {text for text in found if (choices.get(text) or {}).get("way") == NEW}
    strange = [text for text in found if directory.get(text) is None]
    return {text: _match(name, choices.get(text), directory, active, new, strange) for text, name in found.items()}


def _match(name, choice, directory, active, new, strange):
    unit = directory.get(name.name)
    if unit and unit.name in active:
        is_own = names.key(name.name) in (unit.key, unit.full_key)
        return Match(name, EXACT if is_own else SPELLING, (unit.name,), UNIT)
    if choice and (settled := _chosen(name, choice, active, new)):
        return settled
    remark, nearest = "", [each for each in directory.nearest(name.name, MOST_ALIKE) if each in active]
    if unit:
        remark = f"{unit.name}已停用"
        nearest = [unit.successor.name] if unit.successor_id and unit.successor.name in active else nearest
    elif name.is_collective:
        remark = "不是一个单位"
    elif same := _same(name.name, [*strange, *nearest]) or _spelled_out(name.name, nearest):
        remark = f"可能就是“{same}”"
        return Match(name, OPEN, nearest=tuple(dict.fromkeys([same, *nearest])), same=same, remark=remark)
    return Match(name, OPEN, nearest=tuple(nearest), remark=remark)


def _same(name, others):
    """The first other name that ``name`` shortens; of two that differ in blanks alone the later is the one asked about."""
    before = others[: others.index(name)] if name in others else others
    candidates = (each for each in others if each != name and shortens(name, each))
    return next((each for each in candidates if each in before or not shortens(each, name)), "")


def _spelled_out(name, units):
    return next((each for each in units if shortens(each, name)), "")


def _chosen(name, choice, active, new):
    way = choice["way"]
    if way == UNIT and choice["unit"] in active | new:
        return Match(name, CHOSEN, (choice["unit"],), way, remark="记为其他写法" if choice["remember"] else "")
    if way == NEW:
        return Match(name, CHOSEN, (name.name,), way, group=choice["group"])
    if way == MANY and choice["units"] and active.issuperset(choice["units"]):
        return Match(name, CHOSEN, tuple(choice["units"]), way)
    return Match(name, CHOSEN, way=way) if way == TEXT else None
