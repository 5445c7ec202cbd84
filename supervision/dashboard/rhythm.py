"""The offices' calendar of one year: every duty of every unit, with what met it."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from kit.carriers import Met, carriers
from kit.rates import Rate
from supervision.models import Rhythm, RhythmNote, doers_of
from supervision.rhythm import COUNTED, Span, State, gravest, state_of
from tasks.models import Plan
from units.models import Unit

SHOWN = 5


@dataclass(frozen=True)
class Duty:
    """What one unit does in one period of a rule; ``records`` and ``note`` say by what it is met."""

    rhythm: Rhythm
    span: Span
    unit: Unit
    state: State
    records: tuple[Met, ...]
    note: RhythmNote | None

    @property
    def done_on(self):
        """The first day it was met on."""
        return min((each.day for each in self.records), default=self.note.done_on if self.note else None)

    @property
    def words(self):
        """By what it is met, or why not."""
        named = [f"{each.name}（{each.day:%Y-%m-%d}）" for each in self.records]
        return "、".join(named[:SHOWN]) + f"等{len(named)}次" * (len(named) > SHOWN) or (
            f"登记：{self.note.text}" if self.note else ""
        )


@dataclass(frozen=True)
class Box:
    """One period of one rule: the duties of all its units."""

    span: Span
    duties: tuple[Duty, ...]

    @property
    def state(self):
        return gravest(each.state for each in self.duties)

    def names(self, state):
        return [each.unit.name for each in self.duties if each.state is state]

    @property
    def words(self):
        """7家中缺：县征地办、县招商局; of one unit the state alone."""
        state = self.state
        if len(self.duties) == 1 or state is State.DONE:
            return state.word
        names = self.names(state)
        if len(names) == len(self.duties):
            return f"{len(names)}家都是{state.word}"
        return f"{len(self.duties)}家中{state.word}：{'、'.join(names)}"


@dataclass(frozen=True)
class Line:
    """One rule through the year."""

    rhythm: Rhythm
    units: tuple[Unit, ...]
    boxes: tuple[Box, ...]

    @property
    def who(self):
        """The unit's name, or how many of what."""
        if len(self.units) == 1:
            return self.units[0].name
        return f"{len(self.units)}个单位" if self.units else "没有单位"

    @property
    def rate(self):
        return rate_of(self.duties)

    @property
    def duties(self):
        return [duty for box in self.boxes for duty in box.duties]


def rate_of(duties):
    """Done, late too, of what was due so far or done already; what is not kept here is in neither."""
    states = [duty.state for duty in duties if duty.state in COUNTED]
    return Rate(len(states) - states.count(State.MISSED), len(states))


class Calendar:
    """The rules given, as they are listed, with the duties of all units or of ``units`` (keys) alone."""

    def __init__(self, user, rhythms, units=None):
        self.rhythms, self.units = list(rhythms), units
        self._today = clock.today()
        self._successors = Unit.objects.visible_to(user).taken_over() if self.rhythms else {}

    @cached_property
    def lines(self):
        doers = doers_of(self.rhythms, self._successors)
        made = (self._line(each, doers[each.pk]) for each in self.rhythms)
        return [line for line in made if line.units or self.units is None]

    @cached_property
    def duties(self):
        return [duty for line in self.lines for duty in line.duties]

    @cached_property
    def numbers(self):
        """The months of the year, and January of the next where something falls due in it."""
        return [*range(1, 13), *([13] if any(duty.span.number == 13 for duty in self.duties) else [])]

    def of_state(self, state, until=None):
        """(line, box) where somebody is in this state, by day due, up to the day ``until``."""
        found = [(line, box) for line in self.lines for box in line.boxes if box.names(state)]
        found = [each for each in found if until is None or each[1].span.due <= until]
        return sorted(found, key=lambda each: each[1].span.due)

    def _line(self, rhythm, units):
        units = [each for each in units if self.units is None or each.pk in self.units]
        return Line(
            rhythm, tuple(units), tuple(self._box(rhythm, span, units) for span in rhythm.spans) if units else ()
        )

    def _box(self, rhythm, span, units):
        return Box(span, tuple(self._duty(rhythm, span, unit) for unit in units))

    def _duty(self, rhythm, span, unit):
        rows = self._met.get((rhythm.record, rhythm.plan_id, unit.pk), ())
        records = tuple(each for each in rows if span.holds(each.month))
        note = self._notes.get((rhythm.pk, span.month, unit.pk))
        days = [each.day for each in records] + ([note.done_on] if note and note.done_on else [])
        waived = note is not None and not note.done_on and not records
        state = state_of(span, self._today, min(days, default=None), waived=waived)
        return Duty(rhythm, span, unit, state, records, note)

    @cached_property
    def _met(self):
        """{(kind, plan, unit): records}; one that names no unit is the office's."""
        plans = {each.plan_id: each.plan for each in self.rhythms}
        found = {}
        kinds = carriers()
        for key in sorted({each.record for each in self.rhythms}):
            for met in kinds[key].of(list(plans.values())):
                unit = met.unit or plans[met.plan].office_id
                found.setdefault((key, met.plan, self._stands_for(unit)), []).append(met)
        return found

    @cached_property
    def _notes(self):
        notes = RhythmNote.objects.of(self.rhythms).select_related("unit", "by")
        return {(each.rhythm_id, each.month, self._stands_for(each.unit_id)): each for each in notes}

    def _stands_for(self, unit):
        """The key of the unit that answers for it today."""
        return self._successors.get(unit, unit)


def rhythms_of(user):
    """The rules of every plan that this person reads, as they are listed."""
    rows = Rhythm.objects.visible_to(user).select_related("plan__office")
    return rows.order_by("plan", "order", "pk")


def plans_of(user):
    """The plans that have rules, newest year first."""
    ruled = Rhythm.objects.visible_to(user).order_by().values("plan")
    return Plan.objects.visible_to(user).filter(pk__in=ruled).select_related("office").order_by("-year", "pk")
