"""The names of a draft looked up in the directory of units, with what people decided about the unknown ones."""

from kit import names
from tasks.draft.names import CHOSEN, EXACT, MANY, NEW, OPEN, SPELLING, TEXT, UNIT, Match, names_in
from units.actions.loading import Directory

MOST_ALIKE = 3


def match_names(draft, directory=None):
    """Return {name: Match} for every name of ``draft``, in order of appearance."""
    directory = directory or Directory.of_all()
    active = {unit.name for unit in directory.units.values() if unit.is_active}
    choices = draft["choices"]
    return {text: _match(name, choices.get(text), directory, active) for text, name in names_in(draft).items()}


def _match(name, choice, directory, active):
    unit = directory.get(name.name)
    if unit and unit.name in active:
        is_own = names.key(name.name) in (unit.key, unit.full_key)
        return Match(name, EXACT if is_own else SPELLING, (unit.name,), UNIT)
    if choice and (settled := _chosen(name, choice, active)):
        return settled
    remark, nearest = "", directory.nearest(name.name, MOST_ALIKE)
    if unit:
        remark = f"{unit.name}已停用"
        nearest = [unit.successor.name] if unit.successor_id else nearest
    elif name.is_collective:
        remark = "不是一个单位"
    return Match(name, OPEN, nearest=tuple(each for each in nearest if each in active), remark=remark)


def _chosen(name, choice, active):
    """What was decided, unless the units it named are no more."""
    way = choice["way"]
    if way == UNIT and choice["unit"] in active:
        return Match(name, CHOSEN, (choice["unit"],), way, remark="记为其他写法" if choice["remember"] else "")
    if way == NEW:
        return Match(name, CHOSEN, (name.name,), way, group=choice["group"])
    if way == MANY and choice["units"] and active.issuperset(choice["units"]):
        return Match(name, CHOSEN, tuple(choice["units"]), way)
    return Match(name, CHOSEN, way=way) if way == TEXT else None
