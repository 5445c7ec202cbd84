"""What the month asks of a key project: one line of figures, and where it is stuck. Also how a line is checked, with both numbers.

Progress and light are not typed: they follow from the money and the nodes (tasks.programme).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kit.fields import Choice, Day, Fields, Signed, Words
from kit.rates import rounded, written
from kit.text import is_blank
from reports.fields import ENTRY
from tasks import programme
from tasks.lights import Light

# A node that was done this month is a field of its own: this word and the key of the milestone, its value the day.
NODE = "node_"
HALF, TIMES = Decimal("1.5"), 3


def _is_stuck(said, past):
    """Behind, or something was said of what holds it up: then cause, problem and next step belong together."""
    told = [said.cause, said.problems.strip()]
    return any(told) or past is not None and past.is_behind


LINE = Fields(
    Signed(
        "invested",
        "本月投资（万元）",
        "本月完成投资，没有的填0；收回的填负数并说明。",
        width=11,
        short="投资",
        needed="请填写本月完成投资，没有的填0。",
    ),
    Signed("arrived", "资金到位（万元）", "本月到位资金。", width=11, short="到位"),
    Signed("land", "交地（亩）", "本月交付的土地。", width=9, short="交地"),
    Words(
        "shape",
        "形象进度",
        "做到了什么程度，80字以内。",
        width=26,
        rows=2,
        limit=80,
        needed="请填写形象进度。",
        carried=True,
    ),
    Choice(
        "cause",
        "受阻原因",
        "卡住的必选一个。",
        width=10,
        choices=programme.CAUSES,
        needed="项目落后或有问题时，请选择受阻原因。",
        when=_is_stuck,
        carried=True,
    ),
    Words(
        "problems",
        "卡在哪里，需要谁",
        "卡在哪里，需要哪个单位协调什么。",
        width=24,
        short="问题",
        limit=300,
        needed="项目落后或有问题时，请写明卡在哪里、需要谁协调。",
        when=_is_stuck,
        carried=True,
    ),
    Words(
        "next_steps",
        "下步，到哪一天",
        "下一步做什么，哪天以前做到什么程度。",
        width=24,
        short="打算",
        limit=300,
        needed="项目落后或有问题时，请写明下步打算。",
        when=_is_stuck,
        carried=True,
    ),
    Words("odd_reason", "数据核对说明", "核对提示无误的，写明原因。", width=16, rows=0, limit=200, short="核对"),
)
# The columns of an entry that only a line has.
OWN = [each for name, each in LINE.items() if name not in ENTRY]


@lru_cache(maxsize=4096)
def node_field(key, title):
    return Day(f"{NODE}{key}", title, "做完的填完成日期。", width=12)


def asked_of(nodes):
    """The line's fields with one for each of ``nodes``, (key, title)."""
    return Fields(*LINE.values(), *(node_field(key, title) for key, title in nodes)) if nodes else LINE


def asked_in(content):
    """What a filed entry (plain values) was asked: a line says its nodes by their titles of then."""
    return asked_of(tuple(content["nodes"].items())) if content.get("nodes") is not None else ENTRY


def field_of(name):
    return ENTRY.get(name) or LINE.get(name) or node_field(name.removeprefix(NODE), "")


def form_fields():
    """What a sheet asks of tasks and projects together."""
    return Fields(*ENTRY.values(), *OWN)


@dataclass(frozen=True)
class Step:
    """A node as a line shows it."""

    key: int
    title: str
    due_on: datetime.date
    is_last: bool


@dataclass(frozen=True)
class Past:
    """What a project's line is compared with: its plan, what was accepted before this month, the rules of its light."""

    course: programme.Course
    rules: programme.Rules
    month: datetime.date
    day: datetime.date
    total: Decimal | None
    before: Decimal | None
    arrived: Decimal
    land: Decimal
    land_owed: Decimal
    planned: Decimal | None
    excused: str = ""
    recovering: bool = False
    steps: tuple[Step, ...] = ()
    invested: Decimal | None = None
    came: Decimal | None = None
    done: tuple[tuple[int, datetime.date], ...] = ()

    def with_line(self, said):
        """The same with what this month's line says now; ``said`` is the entry, or its values."""
        value = said.get if isinstance(said, Mapping) else lambda name: getattr(said, name)
        done = tuple((step.key, day) for step in self.steps if (day := value(f"{NODE}{step.key}")))
        return replace(self, invested=value("invested"), came=value("arrived"), done=done)

    @property
    def earlier(self):
        return sum((money for month, money in self.course.spent if month < self.month), Decimal(0))

    @property
    def year(self):
        return self.earlier + (self.invested or 0)

    @property
    def now(self):
        """The course as it will stand when this line is accepted."""
        spent = tuple(each for each in self.course.spent if each[0] != self.month)
        spent += ((self.month, self.invested),) if self.invested is not None else ()
        days = dict(self.done)
        nodes = tuple(
            replace(node, done_on=days[node.key], told_in=self.month) if node.key in days else node
            for node in self.course.nodes
        )
        return replace(self.course, spent=spent, nodes=nodes)

    @property
    def judged(self):
        """Its light at the end of the month with what is typed."""
        return programme.judge(self.now, self.rules, self.day, excused=self.excused, recovering=self.recovering)

    @property
    def is_behind(self):
        return self.judged.light in (Light.RED, Light.YELLOW)

    @property
    def share(self):
        share = self.now.share(self.day)
        return None if share is None else rounded(share, 1)

    @property
    def due_share(self):
        due = self.now.due_share(self.day)
        return None if due is None else rounded(due, 1)

    @property
    def last(self):
        """What the month before this one spent, None where nothing was accepted for it."""
        earlier = [each for each in self.course.spent if each[0] < self.month]
        return earlier[-1][1] if earlier else None

    @property
    def usual(self):
        """The mean of the three latest months with money, exact; None with fewer than two."""
        money = [each for month, each in self.course.spent if month < self.month and each > 0][-TIMES:]
        return sum(money) / len(money) if len(money) > 1 else None

    def sums(self):
        """Sentences that show how this month adds up; nothing to do about them."""
        if self.invested is None:
            return self.funds()
        told = [f"今年累计 {_n(self.earlier)} + 本月 {_n(self.invested)} = {_n(self.year)} 万元"]
        if self.before is not None and self.total is not None:
            told.append(
                f"上年末 {_n(self.before)} + 今年 {_n(self.year)} = {_n(self.before + self.year)}，总投资 {_n(self.total)}"
            )
        return told + self.funds()

    def funds(self):
        """Say where less money has come in this year than was built for; funds of years before may have paid, so no reason is asked."""
        came = self.arrived + (self.came or 0)
        if (not self.arrived and self.came is None) or came >= self.year:
            return []
        less = f"少{_n(self.year - came)}万元"
        return [f"今年资金到位 {_n(came)}，完成投资 {_n(self.year)}，{less}：请看资金到位是否漏填"]

    def odd(self):
        """Sentences of what looks wrong, each with both numbers; a reason lets them pass."""
        return [sentence for sentence in (*self._odd_money(), *self._odd_nodes()) if sentence]

    def _odd_money(self):
        money = self.invested
        if money is None:
            return
        whole = (self.before or 0) + self.year
        if self.total is not None and whole > self.total:
            yield f"累计完成{_n(whole)}万元（上年末{_n(self.before or 0)}+今年{_n(self.year)}），超过总投资{_n(self.total)}万元。"
        if self.planned and money > self.planned * HALF:
            yield f"本月完成{_n(money)}万元，比月计划{_n(self.planned)}万元多出一半以上。"
        if self.usual and money > self.usual * TIMES:
            yield f"本月完成{_n(money)}万元，超过近几个月平均{_n(rounded(self.usual, 2))}万元的三倍。"
        start = next((node for node in self.now.nodes if node.is_start), None)
        if money > 0 and start and start.done_on is None:
            yield f"“{start.title}”还没有完成，本月已填投资{_n(money)}万元。"
        if money < 0:
            yield f"本月投资为负数（{_n(money)}万元）。"

    def _odd_nodes(self):
        days = dict(self.done)
        for step in self.steps:
            if step.key in days and step.is_last:
                left = [each.title for each in self.now.nodes if each.done_on is None and each.due_on <= step.due_on]
                if left:
                    yield f"“{step.title}”已填完成，前面还有{len(left)}个节点没有完成：{'、'.join(left[:3])}。"
            if step.key in days and days[step.key] > self.day:
                yield f"“{step.title}”的完成日期{days[step.key]}晚于本月末{self.day}。"


def problems_of(entry, past):
    """[(field, sentence)] of what keeps a project's line from being filed."""
    now = past.with_line(entry)
    found = [*entry.asked.lacking(entry, now), *entry.asked.faults(entry)]
    if is_blank(entry.odd_reason):
        found += [("odd_reason", f"{sentence}确实如此的，在“数据核对说明”里写明原因。") for sentence in now.odd()]
    return found


def _n(number):
    return written(number)
