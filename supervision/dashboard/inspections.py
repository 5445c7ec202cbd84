"""The inspections of a year, of all offices: what is planned when, and how often each unit is named."""

import datetime
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from supervision.models import Item, Occasion
from units.models import Unit


@dataclass(frozen=True)
class Named:
    """An inspection as a line beside the unit it names."""

    pk: int
    title: str
    held_on: datetime.date
    organiser: str


@dataclass
class Burden:
    """One unit with the inspections that name it; ``months`` are those that name it more than once."""

    unit: Unit
    inspections: list = field(default_factory=list)

    @property
    def months(self):
        months = [each.held_on.month for each in self.inspections]
        return sorted({month for month in months if months.count(month) > 1})


class Year:
    """Inspections a person sees, by day; those that are not held count for nobody."""

    def __init__(self, user, year):
        self.user, self.year = user, year
        rows = Occasion.objects.visible_to(user).filter(kind=Occasion.Kind.INSPECTION, held_on__year=year)
        self.rows = rows.exclude(status=Occasion.Status.DROPPED).order_by("held_on", "pk")

    @cached_property
    def burdens(self):
        """Every unit once with all that name it, the most often named first: told by keys, so that hundreds cost little."""
        found = {}
        for key, named in self._namings():
            found.setdefault(key, {})[named.pk] = named
        units = Unit.objects.visible_to(self.user).filter(pk__in=found).order_by("order", "pk")
        burdens = [Burden(unit, list(found[unit.pk].values())) for unit in units]
        return sorted(burdens, key=lambda each: -len(each.inspections))

    def _namings(self):
        """(unit's key, inspection): the named unit, or the one that serves the named project."""
        part = "stops__project__task__responsibilities"
        columns = ("pk", "title", "held_on", "unit__name", "stops__unit", f"{part}__unit", f"{part}__role")
        for *told, unit, serving, role in self.rows.values_list(*columns):
            if key := unit or role == "LEAD" and serving:
                yield key, Named(*told)

    @property
    def repeated(self):
        """[(month, unit, its inspections of that month)] where one unit is named more than once."""
        return [
            (month, each.unit, [one for one in each.inspections if one.held_on.month == month])
            for each in self.burdens
            for month in each.months
        ]


def to_look_at(user):
    """Findings that were closed, the longest not looked at first."""
    rows = Item.objects.visible_to(user).to_look_at_again()
    rows = rows.select_related("occasion__unit", "occasion__plan", "unit", "project__task", "kept_by", "looked_by")
    return rows.prefetch_related("occasion__co_organisers").order_by("looked_at", "kept_at", "pk")
