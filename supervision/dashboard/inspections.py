"""The inspections of a year, of all offices: what is planned when, and how often each unit is named."""

from dataclasses import dataclass, field

from supervision.models import Item, Occasion
from units.models import Unit


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
    """Inspections a person sees, by month; those that are not held count for nobody."""

    def __init__(self, user, year):
        self.year = year
        rows = Occasion.objects.visible_to(user).filter(kind=Occasion.Kind.INSPECTION, held_on__year=year)
        rows = rows.exclude(status=Occasion.Status.DROPPED).order_by("held_on", "pk")
        self.rows = list(rows.with_people())
        found = {}
        for occasion in self.rows:
            for unit in occasion.named_units():
                found.setdefault(unit, Burden(unit)).inspections.append(occasion)
        self.burdens = sorted(found.values(), key=lambda each: (-len(each.inspections), each.unit.order, each.unit.pk))

    @property
    def repeated(self):
        """[(month, unit, its inspections of that month)] where one unit is named more than once."""
        return [
            (month, each.unit, [one for one in each.inspections if one.held_on.month == month])
            for each in self.burdens
            for month in each.months
        ]

    def clashing(self, occasion):
        """[(unit, its other inspections of the same month)] of whom ``occasion`` names too."""
        found = []
        for unit in occasion.named_units():
            others = next((each.inspections for each in self.burdens if each.unit == unit), ())
            month = occasion.held_on.month
            if same := [each for each in others if each.pk != occasion.pk and each.held_on.month == month]:
                found.append((unit, same))
        return found


def to_look_at(user):
    """Findings that were closed, the longest not looked at first."""
    rows = Item.objects.visible_to(user).to_look_at_again()
    rows = rows.select_related("occasion__unit", "occasion__plan", "unit", "project__task", "kept_by", "looked_by")
    return rows.prefetch_related("occasion__co_organisers").order_by("looked_at", "kept_at", "pk")
