"""Two 改革方案 on their way, and changes of tasks asked for, in the demonstration year."""

import datetime
import uuid

from kit import clock
from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.findings import note_finding
from supervision.actions.meetings import revise_occasion, settle_occasion
from supervision.actions.occasions import hold_occasion, plan_occasion
from supervision.models import Item, Occasion
from tasks.actions.changes import agree_change, ask_change
from tasks.actions.schedule import set_milestones
from tasks.models import Milestone, Plan, Task

Kind = Milestone.Kind
LAID_OUT = datetime.date(YEAR, 4, 20)
# number of the task: when it was drafted, and the limit of each of its steps
SCHEMES = {
    "48": ((4, 24), (4, 30), (6, 30), (7, 31), (9, 30), (10, 30), (12, 20)),
    "20": ((5, 28), (5, 31), (8, 31), (10, 31), (11, 20), (12, 5), (12, 25)),
}
# day, title, period (first month, months), what it decided: task and step
MEETINGS = (
    ((6, 16), "社会体制改革专项小组第二次会议", (6, 1), (("48", Kind.DISCUSSED, "学区划分按第二稿，先征求乡镇意见"),)),
    ((7, 28), "社会体制改革专项小组第三次会议", (7, 1), (("48", Kind.OUTLINED, "方案定稿，报领导小组审议"),)),
    (
        (9, 10),
        "经济体制改革专项小组第三次会议",
        (9, 1),
        (("20", Kind.DISCUSSED, "平台公司重组按两类推进，补充债务清单"),),
    ),
    ((9, 22), "县委深改领导小组第三次会议", (7, 3), (("48", Kind.STEERED, "原则通过，10月提交政府常务会议"),)),
)
COMING = ((10, 28), "县委深改领导小组第四次会议", (10, 3))
# task, when more time was asked for it, why, how far it was, when that was agreed
CHANGES = (
    ("自选-朱亭镇-1", (9, 15), "修缮材料要专门定制，11月才能到货", "合作社已注册，古街立面完成七成", (9, 17)),
    ("自选-渌口镇-1", (10, 16), "两个片区年底前才能换装分类桶", "6个片区已包干，4个片区换装完毕", None),
)
UNTIL = datetime.date(YEAR, 12, 31)


class Schemes:
    order = 25

    def __init__(self, year):
        self.cast, self.agenda = year.cast, year.agenda
        self.plan = next(plan for plan in year.plans if plan.kind == Plan.Kind.REFORM)
        self.office = self.cast.office(self.plan)

    def note(self):
        for number, (drafted, *days) in SCHEMES.items():
            self.agenda.note(at(LAID_OUT, 9), self._lay_out, number, days)
            self.agenda.note(at(_day(*drafted), 10), self._lay_out, number, days, _day(*drafted))
        for day, title, period, decided in MEETINGS:
            self.agenda.note(at(_day(*day), 17), self._meet, title, period, decided)
        self.agenda.note(at(_day(10, 15), 9), self._plan, COMING[1], COMING[2], _day(*COMING[0]))
        for number, asked, reason, so_far, agreed in CHANGES:
            self.agenda.note(at(_day(*asked), 10, 20), self._ask, number, reason, so_far, agreed)

    def _lay_out(self, number, days, done_on=None):
        """The six steps with their limits; the first is ticked once the draft is handed to its group."""
        rows = [(kind.label, _day(*day), None, 1) for kind, day in zip(Milestone.SCHEME, days, strict=True)]
        title, due_on, _, weight = rows[0]
        note = "初稿已送专项小组" if done_on else "按改革方案的六步排定"
        set_milestones(self._task(number), [(title, due_on, done_on, weight), *rows[1:]], self.office, note=note)

    def _task(self, number):
        return Task.objects.select_related("plan__office", "plan__rules").get(plan=self.plan, number=number)

    def _plan(self, title, period, day):
        month, span = period
        told = {"title": title, "held_on": day, "place": "县委常委会议室", "people": "领导小组成员"}
        kind, month = Occasion.Kind.MEETING, _day(month, 1)
        return plan_occasion(self.plan, self.office, kind, month=month, span=span, basis="方案四、（二）", **told)

    def _meet(self, title, period, decided):
        """Held, noted and settled on one day; each decision ticks a step."""
        made = hold_occasion(self._plan(title, period, clock.today()), self.office)
        for number, kind, text in decided:
            step = Milestone.objects.select_related("task").get(task__plan=self.plan, task__number=number, kind=kind)
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"{title} {number}")
            told = {"text": text, "milestone": step, "unit": self._task(number).lead}
            note_finding(made, self.office, key=key, stop=None, kind=Item.Kind.DECISION, **told)
        revise_occasion(made, self.office, notes="会议听取汇报，逐条讨论修改意见。")
        settle_occasion(made, self.office)

    def _ask(self, number, reason, so_far, agreed):
        task = self._task(number)
        told = {"reason": reason, "so_far": so_far, "due_on": UNTIL}
        change = ask_change(task, self.cast.reporter(task.lead), "EXTEND", **told)
        if agreed:
            self.agenda.note(at(_day(*agreed), 9, 50), agree_change, change, self.office, note="同意，年内完成。")


def _day(month, day):
    return datetime.date(YEAR, month, day)
