"""What of meetings, inspections and interviews waits for a person: what comes to the unit, and what it holds and has not ended."""

import datetime
from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from kit.deadlines import workday_words
from reports.models import Workday
from supervision.interviewing import report_due
from supervision.models import Occasion

Kind, Status = Occasion.Kind, Occasion.Status
SHOWN = 6
# Days ahead that an overview looks.
AHEAD = 14
COMES = {Kind.INSPECTION: "来督查", Kind.INTERVIEW: "约谈"}


@dataclass(frozen=True)
class Line:
    """One occasion with what is to be done about it, by when, and the word on its button."""

    occasion: Occasion
    says: str
    day: datetime.date
    when: str
    left: str
    tone: str
    act: str = ""
    brings: str = ""


class Coming:
    """Lines of one person, the nearest first; ``more`` says that there are others."""

    def __init__(self, user):
        self.user, self.today = user, clock.today()
        lines = [*self._awaiting(), *map(self._kept, self._in_hand())]
        self.more = len(lines) > SHOWN
        self.lines = sorted(lines, key=lambda line: (line.day, line.occasion.pk))[:SHOWN]

    def _awaiting(self):
        if not self.user.unit_id:
            return []
        own = self.user.units
        rows = Occasion.objects.visible_to(self.user).awaiting(own, self.today).select_related("unit")
        rows = list(rows.order_by("held_on", "pk")[: SHOWN + 1])
        stops = Occasion.stops_naming(rows, own) if rows else {}
        return [self._told(each, stops[each.pk]) for each in rows]

    def _in_hand(self):
        rows = Occasion.objects.visible_to(self.user).in_hand(self.user).with_scope()
        return rows.order_by("held_on", "pk")[: SHOWN + 1]

    def _told(self, occasion, stop):
        """To whom it names: who comes when and what is wanted, or what may be answered by when."""
        if not occasion.took_place:
            brings = "" if occasion.is_interview else "；".join(line.rstrip("。；") for line in occasion.paragraphs)
            return self._comes(occasion, _who_comes(occasion, stop), stop.day or occasion.held_on, brings=brings)
        if occasion.is_interview:
            return self._due(occasion, "约谈后要交书面报告", self._report_due(occasion), "warn", "去报告")
        until = occasion.settled_on + datetime.timedelta(days=Occasion.ANSWERED_WITHIN)
        return self._due(occasion, "督查结论已定，有意见的可以反馈一次", until, "info", "看结论")

    def _kept(self, occasion):
        """To who holds it: the next step."""
        if occasion.status == Status.PROPOSED:
            return self._due(occasion, "按规则拟议，安排或者写明为什么不谈", occasion.held_on, "warn", "去定")
        if occasion.status == Status.HELD:
            return Line(
                occasion, "开过了，写好记录再定结论", occasion.last_on, _day(occasion.last_on), "", "plain", "去写"
            )
        if occasion.status == Status.SETTLED:
            return self._due(occasion, "书面报告没有交齐", self._report_due(occasion), "warn")
        if occasion.last_on < self.today:
            return self._due(occasion, "日期过了，记为开展或者写明未开展", occasion.last_on, "warn", "去记")
        waits = occasion.announced_on is None and occasion.kind in (Kind.INSPECTION, Kind.INTERVIEW)
        return self._comes(
            occasion, "还没有发通知" if waits else "已安排", occasion.held_on, "warn" if waits else "info"
        )

    def _report_due(self, occasion):
        return report_due(occasion.held_on, self._is_workday)

    @cached_property
    def _is_workday(self):
        return Workday.test()

    def _due(self, occasion, says, day, tone, act="去看"):
        """Something to be done by a day."""
        left = workday_words(day, self.today, self._is_workday)
        return Line(occasion, says, day, f"{_day(day)}前", left, "danger" if day < self.today else tone, act)

    def _comes(self, occasion, says, day, tone="info", brings=""):
        """Something that takes place on a day; of several days what is left of them."""
        left = (max(day, self.today) - self.today).days
        return Line(occasion, says, day, _day(day), f"还有{left}天" if left else "今天", tone, brings=brings)


def _day(day):
    return f"{day.month}月{day.day}日"


def _who_comes(occasion, stop):
    """县委督查室来督查，10:30到湘江标准厂房."""
    says = f"{occasion.unit or ''}{COMES.get(occasion.kind, f'召集{occasion.called}')}"
    where = f"{stop.hour:%H:%M}" if stop.hour else ""
    where += f"到{stop.project}" if stop.project else ""
    with_whom = f"{stop.people}参加" if occasion.is_interview and stop.people else ""
    return "，".join(filter(None, (says, where, occasion.place, with_whom)))


def ahead(user):
    """Return what takes place within the next days, as far as this person sees it."""
    today = clock.today()
    until = today + datetime.timedelta(days=AHEAD)
    rows = Occasion.objects.visible_to(user).filter(Occasion.to_come(today), held_on__lte=until).with_scope()
    return list(rows.order_by("held_on", "pk")[:SHOWN])


def newest(rows):
    """Of these the last ones that were not given up; what is still to come stands first among them."""
    return list(rows.exclude(status=Status.DROPPED).with_scope().order_by("-held_on", "-pk")[:SHOWN])
