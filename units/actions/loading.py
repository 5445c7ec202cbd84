"""Units from a list of plain values, and units by the names that documents use."""

import difflib
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from kit.refusal import Refusal
from units.models import Unit, UnitEvent, UnitName


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
            name=row["name"],
            defaults={name: row[name] for name in ("full_name", "peer_group", "order") if name in row},
        )
        if tally.count(created):
            UnitEvent.write(unit, None, "导入")
        for name in row.get("other_names", ()):
            UnitName.objects.get_or_create(name=name, defaults={"unit": unit})
    return tally


@dataclass
class Directory:
    """Looks units up by any spelling; what it does not know it collects, to be told all at once."""

    units: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)

    @classmethod
    def of_all(cls):
        """Return the directory of every unit on record."""
        units = {}
        # Abolished units first: where a successor took the spelling over, it means the successor.
        for unit in Unit.objects.order_by(F("active_to").asc(nulls_last=True), "pk").prefetch_related("other_names"):
            spellings = [unit.name, unit.full_name, *(each.name for each in unit.other_names.all())]
            units |= {spelling: unit for spelling in spellings if spelling}
        return cls(units)

    def find(self, name, where):
        """Return the unit called ``name``, or None and a note of ``where`` it was asked for."""
        unit = self.units.get(name.strip())
        if unit is None:
            self.unknown.setdefault(name.strip(), where)
        return unit

    def nearest(self, name, most=3):
        """Return the names on record most like ``name``."""
        alike = difflib.get_close_matches(name, self.units, n=most * 3, cutoff=0.4)
        return list(dict.fromkeys(self.units[each].name for each in alike))[:most]

    def refuse_unknown(self):
        """Raise a Refusal that names every unknown unit and the nearest known ones."""
        if not self.unknown:
            return
        lines = [f"{where}：没有名为“{name}”的单位{self._offer(name)}" for name, where in self.unknown.items()]
        raise Refusal("\n".join([*lines, "请先在责任单位中新增，或补充为已有单位的其他写法。"]))

    def _offer(self, name):
        nearest = self.nearest(name)
        return f"，相近的有：{'、'.join(nearest)}。" if nearest else "。"
