"""What unknown names of a document stand for: one row a name, all in one form."""

from dataclasses import dataclass

from django import forms

from kit.names import key
from kit.text import clean
from tasks.draft.names import CHOSEN, MANY, NEW, TEXT, UNIT, Match, group_of, meant_townships
from tasks.forms.units import SEPARATORS, read_unit
from units.models import Unit

WAYS = ((UNIT, "对应已有单位"), (NEW, "新建单位"), (MANY, "展开为多个单位"), (TEXT, "留作文字"))


@dataclass
class Row:
    """A name and what is chosen for it so far; ``error`` says what is wrong with the choice."""

    match: Match
    way: str = ""
    unit: str = ""
    remember: bool = True
    group: str = ""
    units: str = ""
    error: str = ""
    choice: dict | None = None

    @property
    def name(self):
        return self.match.name


class NamesForm:
    """The rows of all names that are not in the directory as printed; ``data`` is the request's POST."""

    groups = Unit.PeerGroup.choices
    ways = WAYS

    def __init__(self, matches, townships, choices, data=None):
        asked = [match for match in matches.values() if match.is_open or match.state == CHOSEN]
        self.rows = [_first(match, choices.get(match.name), townships) for match in asked]
        self.data = data
        if data is not None:
            by_name = {row.name: row for row in self.rows}
            for place, name in enumerate(data.getlist("name")):
                if name in by_name:
                    self._take(by_name[name], place)

    @property
    def open_rows(self):
        return [row for row in self.rows if row.match.is_open]

    def _take(self, row, place):
        """Read what was sent for a name; ``fill`` decides all that are undecided, but neither a collective nor a name
        that another one seems to be becomes a unit so."""

        def sent(field):
            values = self.data.getlist(field)
            return clean(values[place]).strip() if place < len(values) else ""

        fill = self.data.get("fill")
        fills = fill == TEXT or (fill == NEW and not row.match.is_collective and not row.match.same)
        row.way = sent("way") or (fill if fills else "")
        row.unit, row.group, row.units = sent("unit"), sent("group") or group_of(row.name), sent("units")
        row.remember = row.name in self.data.getlist("remember")

    def is_valid(self):
        for row in self.rows:
            try:
                row.choice = self._choice(row)
            except forms.ValidationError as error:
                row.error = error.message
        return not any(row.error for row in self.rows)

    def _choice(self, row):
        if row.way == UNIT:
            unit = self._unit(row)
            return unit and {"way": UNIT, "unit": unit, "remember": row.remember}
        if row.way == NEW:
            if len(row.name) > Unit._meta.get_field("name").max_length:
                raise forms.ValidationError("名称超过60个字，不能作单位名称。")
            if row.group not in Unit.PeerGroup.values:
                raise forms.ValidationError("请选择同类组。")
            return {"way": NEW, "group": row.group}
        if row.way == MANY:
            return {"way": MANY, "units": _many(row.units)}
        return {"way": TEXT} if row.way == TEXT else None

    def _unit(self, row):
        if not row.unit:
            raise forms.ValidationError("请填写对应的单位。")
        other = next((each for each in self.rows if key(each.name) == key(row.unit) and each is not row), None)
        if other is None:
            return read_unit(row.unit).name
        if other.way == UNIT and other.unit:
            return read_unit(other.unit).name
        return other.name if other.way == NEW else None

    @property
    def choices(self):
        return {row.name: row.choice for row in self.rows}


def _many(text):
    """The units of a list; the name of a peer group stands for all its units."""
    names, groups = [], {label: value for value, label in Unit.PeerGroup.choices}
    for word in filter(None, SEPARATORS.split(text)):
        if word in groups:
            names += Unit.objects.active().filter(peer_group=groups[word]).values_list("name", flat=True)
        else:
            names.append(read_unit(word).name)
    if not names:
        raise forms.ValidationError("请填写展开为哪些单位，用顿号隔开；也可以写同类组的名称，例如：乡镇。")
    return list(dict.fromkeys(names))


def _first(match, choice, townships):
    group = group_of(match.name)
    if match.state == CHOSEN:
        told = {name: choice[name] for name in ("way", "unit", "remember", "group") if name in choice}
        return Row(match, **{"group": group} | told, units="、".join(choice.get("units", ())))
    units = "、".join(meant_townships(match.name, townships)) if match.is_collective else ""
    return Row(match, UNIT if match.same else "", next(iter(match.nearest), ""), group=group, units=units)
