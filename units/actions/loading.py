"""Units from a list of plain values, and units by the names that documents use."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError

from kit import names
from kit.moves import require
from kit.names import Alike, Named
from kit.refusal import Refusal
from units.models import Unit, UnitEvent, UnitName
from units.permissions import can_add_units


@dataclass
class Tally:
    """What a load found: rows made now, and rows that were there; what is there is never overwritten."""

    new: int = 0
    same: int = 0

    def count(self, created):
        self.new += created
        self.same += not created
        return created


@transaction.atomic
def load_units(rows):
    """Make the units of ``rows`` (name, full_name, other_names, peer_group, order) that are not there; return the Tally.

    A unit keeps what people have changed since; spellings it lacks are added.
    """
    tally = Tally()
    for row in rows:
        unit, created = Unit.objects.get_or_create(
            key=names.key(row["name"]),
            defaults={name: row[name] for name in ("name", "full_name", "peer_group", "order") if name in row},
        )
        if tally.count(created):
            UnitEvent.write(unit, None, "导入")
        for name in row.get("other_names", ()):
            UnitName.objects.get_or_create(key=names.key(name), defaults={"name": name, "unit": unit})
    return tally


@transaction.atomic
def add_units(groups, spellings, by, *, note):
    """Make the units of ``groups`` ({name: peer group}) and the ``spellings`` ({other spelling: name of its unit}).

    Returns (units, spellings) made; for offices that load a document, each with its reason in the trace.
    """
    require(can_add_units(by))
    last = Unit.objects.order_by("order").last()
    units, added = [], []
    wanted = {names.key(name): (names.tidy(name), group) for name, group in groups.items()}
    for order, (name, group) in enumerate(wanted.values(), last.order + 10 if last else 10):
        units.append(Unit.objects.create(name=name, peer_group=group, order=order))
        UnitEvent.write(units[-1], by, "建立单位", note=note)
    for name, owner in {names.key(name): (name, owner) for name, owner in spellings.items()}.values():
        unit = Unit.objects.of_name(owner).get()
        added.append(UnitName.objects.create(name=names.tidy(name), unit=unit))
        UnitEvent.write(unit, by, "补充其他写法", note=note, changes={"其他写法": ["", name]})
    return units, added


@transaction.atomic
def drop_units(units, spellings, by, *, note):
    """Remove the units and the other spellings with these keys; a unit that anything refers to stays, and is returned."""
    require(can_add_units(by))
    for name in UnitName.objects.filter(pk__in=spellings).select_related("unit"):
        UnitEvent.write(name.unit, by, "删去其他写法", note=note, changes={"其他写法": [name.name, ""]})
    UnitName.objects.filter(pk__in=spellings).delete()
    stayed = []
    for unit in Unit.objects.filter(pk__in=units):
        if unit.contacts.exists() or unit.other_names.exists():
            stayed.append(unit)
            continue
        try:
            with transaction.atomic():
                UnitEvent.write(unit, by, "撤去单位", note=note)
                unit.delete()
        except ProtectedError:
            stayed.append(unit)
    return stayed


@dataclass
class Directory:
    """Looks units up by any spelling; what it does not know it collects, to be told all at once."""

    units: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)
    _near: dict = field(default_factory=dict)

    def __post_init__(self):
        self._known, self._alike = Named(self.units), Alike(self.units)

    @classmethod
    def of_all(cls):
        return cls.of(Unit.objects.select_related("successor").prefetch_related("other_names"))

    @classmethod
    def of(cls, stored):
        units = {}
        # Abolished units first: where a successor took the spelling over, it means the successor.
        for unit in sorted(stored, key=lambda unit: unit.active_to or datetime.date.max):
            spellings = [unit.name, unit.full_name, *(each.name for each in unit.other_names.all())]
            units |= {spelling: unit for spelling in spellings if spelling}
        return cls(units)

    def get(self, name):
        return self._known.get(name or "")

    def find(self, name, where):
        """None and a note of ``where`` for a unit nobody knows."""
        unit = self.get(name)
        if unit is None:
            self.unknown.setdefault(names.tidy(name), where)
        return unit

    def nearest(self, name, most=3):
        if name not in self._near:
            alike = self._alike.nearest(names.tidy(name), most * 3, cutoff=0.4)
            self._near[name] = list(dict.fromkeys(self.units[each].name for each in alike))
        return self._near[name][:most]

    def refuse_unknown(self):
        if not self.unknown:
            return
        lines = [f"{where}：没有名为“{name}”的单位{self._offer(name)}" for name, where in self.unknown.items()]
        raise Refusal("\n".join([*lines, "请先在责任单位中新增，或补充为已有单位的其他写法。"]))

    def _offer(self, name):
        nearest = self.nearest(name)
        return f"，相近的有：{'、'.join(nearest)}。" if nearest else "。"
