"""What the page of one occasion shows a person: how far it has come, what they read of it, and what is owed."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import workdays_between
from reports.models import Workday
from supervision.interviewing import follows, report_due
from supervision.models import Answer, Directive, Item, Occasion, OccasionFile
from supervision.permissions import can_answer_occasion, can_arrange, can_draft_papers, can_hand_down, can_keep

Status = Occasion.Status


@dataclass(frozen=True)
class Step:
    """One step of its way; ``state`` is is-done, is-now, is-back or nothing."""

    words: str
    state: str
    note: str = ""


class Card:
    """One occasion as ``user`` reads it; ``whole`` says whether every word of it."""

    def __init__(self, user, occasion):
        self.user, self.occasion = user, occasion
        self.may = can_keep(user, occasion)
        self.may_arrange = can_arrange(user, occasion)
        self.may_notify = occasion.is_interview and can_draft_papers(user) and can_keep(user, occasion)
        held = Occasion.objects.visible_to(user).held_by(user)
        self.whole = held.filter(pk=occasion.pk).exists()
        self.says = self.whole or not occasion.is_interview
        self.concludes = self.whole or self.says and occasion.status == Status.SETTLED

    @cached_property
    def items(self):
        rows = Item.objects.visible_to(self.user).filter(occasion=self.occasion)
        return list(
            rows.select_related("unit", "project__task", "kept_by", "stop", "milestone").prefetch_related("files")
        )

    @cached_property
    def handed(self):
        """{item's key: the directive it became}, as far as this person reads it."""
        rows = Directive.objects.visible_to(self.user).filter(item__occasion=self.occasion).select_related("issuer")
        return {row.item_id: row for row in rows.exclude(status=Directive.Status.WITHDRAWN)}

    @cached_property
    def may_hand_down(self):
        """Whether its lines may become directives by this person: who hands down anything, or leads what was dispatched."""
        return self.may and (can_hand_down(self.user) or bool(self.occasion.action_id or self.occasion.sector_id))

    @property
    def lines(self):
        """[(item, the directive it became or None)]."""
        return [(item, self.handed.get(item.pk)) for item in self.items]

    @property
    def is_mending(self):
        """What an interview asked for is under way."""
        return self.occasion.is_interview and any(row.is_open for row in self.handed.values())

    @cached_property
    def files(self):
        return list(OccasionFile.objects.visible_to(self.user).present().filter(occasion=self.occasion, item=None))

    @cached_property
    def answers(self):
        rows = Answer.objects.visible_to(self.user).filter(occasion=self.occasion)
        return list(rows.select_related("unit", "by"))

    @cached_property
    def additions(self):
        return list(self.occasion.additions.select_related("by__unit")) if self.concludes else []

    @cached_property
    def may_answer(self):
        over = self.occasion.took_place if self.occasion.is_interview else self.occasion.status == Status.SETTLED
        kinds = (Occasion.Kind.INSPECTION, Occasion.Kind.INTERVIEW)
        if not (over and self.occasion.kind in kinds and can_answer_occasion(self.user, self.occasion)):
            return False
        return any(
            (unit.answering() or unit).pk == self.user.unit_id and unit.pk not in self.occasion.answered
            for unit in self.occasion.named_units()
        )

    @cached_property
    def report_words(self):
        """By when the unit reports after an interview: 10月27日前，还剩2个工作日; nothing before it took place."""
        if not (self.occasion.is_interview and self.occasion.took_place):
            return ""
        is_workday, today = Workday.test(), clock.today()
        due = report_due(self.occasion.held_on, is_workday)
        words = f"{due.month}月{due.day}日前"
        if self.reported:
            return f"{words}，{self.reported}"
        left = workdays_between(today, due, is_workday) if today <= due else -workdays_between(due, today, is_workday)
        return f"{words}，{f'还剩{left}个工作日' if left >= 0 else f'超期{-left}个工作日'}"

    @cached_property
    def reported(self):
        """已报告 with the day of the last report, once every unit has."""
        at = self.occasion.answered.values()
        whole = at and len(at) >= len(self.occasion.named_units())
        return f"已报告（{clock.local(max(at)):%m-%d}）" if whole else ""

    @cached_property
    def is_exposed(self):
        """Of an interview: a unit was talked to before for the period this one follows (连续2次约谈)."""
        return self.occasion.pk in exposed(self.user, [self.occasion])

    @cached_property
    def steps(self):
        occasion = self.occasion
        done = {Status.PROPOSED: 0, Status.PLANNED: 1, Status.HELD: 2, Status.SETTLED: 3}.get(occasion.status)
        notice = f"{occasion.announced_on:%m月%d日}发通知" if occasion.announced_on else ""
        words = [("拟议", "按规则" if occasion.rule else "")] if occasion.rule else []
        words += [("已安排", notice), ("已约谈" if occasion.is_interview else "已开展", ""), ("已定结论", "")]
        if done is None:
            return [Step(words[0][0], "is-done", words[0][1]), Step("未开展", "is-back", occasion.drop_reason)]
        now = done if occasion.rule else done - 1
        state = [
            "is-done" if n < now or occasion.status == Status.SETTLED else "is-now" if n == now else ""
            for n in range(len(words))
        ]
        return [Step(word, each, note) for (word, note), each in zip(words, state, strict=True)]


def exposed(user, occasions):
    """Which of these interviews (keys) came to a unit the second time running, by periods that follow one another."""
    plans = {each.plan_id for each in occasions}
    rows = Occasion.objects.visible_to(user).filter(
        plan__in=plans, kind=Occasion.Kind.INTERVIEW, status__in=Occasion.TOLD
    )
    talked = {}
    for each in rows.prefetch_related("stops"):
        for stop in each.stops.all():
            talked.setdefault((each.plan_id, stop.unit_id), []).append(each)
    wanted = {each.pk for each in occasions}
    return {
        later.pk
        for held in talked.values()
        for later in held
        if later.pk in wanted
        and any(follows((earlier.month, earlier.next_month), (later.month, later.next_month)) for earlier in held)
    }
