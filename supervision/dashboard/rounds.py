"""One group of one round as people read it: the ranking, the steps, what somebody marks."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.functional import cached_property

from kit import clock
from kit.refusal import Unknown
from supervision.models import Objection, Round, SchemeItem, Score, Subject
from supervision.permissions import acts_for, can_mark, can_read_ranking, can_run_scheme, can_self_score

Status = Round.Status


@dataclass(frozen=True)
class Line:
    """One subject of a ranking; ``marks`` are {item: (score, mark, full, whether a hand gave it)}."""

    subject: Subject
    marks: dict

    @property
    def change(self):
        """How many places it rose; None without a rank before or now."""
        before, rank = self.subject.before, self.subject.rank
        return None if before is None or rank is None else before - rank


@dataclass
class Board:
    """One group of one round. ``user`` reads all of it, or their own row and what they mark."""

    user: object
    round: Round
    asked: str = ""

    @cached_property
    def reads_all(self):
        return can_read_ranking(self.user, self.round)

    @cached_property
    def runs(self):
        return can_run_scheme(self.user, self.round.scheme)

    @property
    def visible(self):
        return Subject.objects.visible_to(self.user).filter(round=self.round).order_by()

    @cached_property
    def subjects(self):
        """All that this person reads, in the order of groups."""
        rows = self.visible.select_related("unit")
        rows = list(rows.order_by("group_order", "group", "pk"))
        return rows if self.reads_all else [each for each in rows if acts_for(self.user, each.unit)]

    @cached_property
    def own(self):
        """The subjects this person answers for."""
        return [each for each in self.subjects if can_self_score(self.user, each)]

    @cached_property
    def groups(self):
        """{name: how many}; those outside the ranking after the others."""
        found = {}
        for each in sorted(self.subjects, key=lambda each: (each.is_outside, each.group_order)):
            found[each.group] = found.get(each.group, 0) + 1
        return found

    @cached_property
    def group(self):
        if self.asked and self.asked not in self.groups:
            raise Unknown(f"这次考评没有“{self.asked[:30]}”这个组，因此没有显示任何内容。")
        mine = next((each.group for each in self.own), "")
        return self.asked or mine or next(iter(self.groups), "")

    @cached_property
    def items(self):
        return list(SchemeItem.objects.of(self.round.scheme_id).select_related("scorer"))

    @cached_property
    def lines(self):
        """By rank; without one by total."""
        rows = [each for each in self.subjects if each.group == self.group]
        marks = {}
        scores = Score.objects.of([each.pk for each in rows])
        columns = ("subject", "item", "pk", "mark", "full", "hand", "applies")
        for subject, item, pk, mark, full, hand, applies in scores.values_list(*columns):
            marks.setdefault(subject, {})[item] = (pk, mark, full, hand is not None, applies)
        lines = [Line(each, marks.get(each.pk, {})) for each in rows]
        return sorted(lines, key=_place)

    @property
    def is_provisional(self):
        return not (self.round.is_out or self.round.status == Status.NOTICE)

    @cached_property
    def is_waiting(self):
        """Marks of this group are still to be given: a rank, a class or who is low would say what nobody has judged."""
        marks = (score for line in self.lines for score in line.marks.values())
        return any(mark is None and applies for _, mark, _, _, applies in marks)

    @cached_property
    def to_mark(self):
        """[(item, marks to give, marks given)] of what this person marks now."""
        if not self.round.takes_marks:
            return []
        mine = [item for item in self.items if can_mark(self.user, item, self.round.scheme)]
        counted = Score.objects.of(self.visible).filter(item__in=mine, applies=True).values("item")
        counted = counted.order_by().annotate(n=Count("pk"), left=Count("pk", filter=Q(mark=None)))
        found = {each["item"]: each for each in counted}
        return [(item, found[item.pk]["left"], found[item.pk]["n"]) for item in mine if item.pk in found]

    @cached_property
    def steps(self):
        """[(word, line, class)] of the bar."""
        row, ways = self.round, list(self.round.ways)
        now = len(ways) if row.status == Status.CORRECTED else ways.index(row.status)
        found = []
        for place, status in enumerate([*ways, Status.CORRECTED]):
            word = Status(status).label
            if status == Status.PUBLISHED and row.is_out:
                word = f"{word} 第1版"
            if status == Status.CORRECTED and row.edition > 1:
                word = f"{word} 第{row.edition}版"
            state = "is-done" if place < now else "is-now" if place == now else ""
            found.append((word, self._told(status), state))
        return found

    def _told(self, status):
        row = self.round
        if status == Status.TRIAL:
            return f"数字截至{_day(clock.local(row.as_of))}"
        if status == Status.SELF and row.self_due:
            done, n = self.self_counts
            return f"{_day(row.self_due)}前，已报{done}/{n}家"
        if status == Status.MARKING and row.marking_due:
            return (
                f"{_day(row.marking_due)}前，还差{self.unmarked}个" if self.unmarked else f"{_day(row.marking_due)}前"
            )
        if status == Status.NOTICE and (row.status == Status.NOTICE or row.is_out):
            until = f"异议到{_day(row.objections_until)}，" if row.status == Status.NOTICE else ""
            return f"{until}异议{self.objected}件"
        if status == Status.PUBLISHED and row.is_out:
            until = f"，复核到{_day(row.objections_until)}" if row.objections_until else ""
            return f"{_day(clock.local(row.published_at))}{until}"
        return "有改动时出第2版" if status == Status.CORRECTED and row.edition < 2 else ""

    @cached_property
    def self_counts(self):
        found = self.visible.aggregate(n=Count("pk"), done=Count("self_at"))
        return found["done"], found["n"]

    @cached_property
    def unmarked(self):
        return Score.objects.of(self.visible).filter(applies=True, mark=None).count()

    @cached_property
    def objected(self):
        return Objection.objects.of(self.visible).count()


def _place(line):
    subject = line.subject
    return (subject.rank is None, subject.rank or 0, -(subject.total or Decimal(-1)), subject.pk)


def _day(day):
    return f"{day.month}月{day.day}日"
