"""Two cases of reform of the demonstration year: one chosen and worked by elsewhere, one that waits for the office."""

import datetime

from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.experiences import choose, copy, offer
from tasks.models import Plan, Task
from units.models import Unit

COUNTER = {
    "title": "联合审批一窗受理",
    "difficulty": "办一件事要跑几个窗口，材料重复交，部门之间互为前置。",
    "done": "在政务中心设综合窗口，统一收件，内部流转，限时并联审批，由窗口一次送达结果。",
    "result": "群众评价满意率98.7%（见9月月报），预审批项目提前进场。",
}
LISTS = {
    "title": "权力清单公布后按季调整",
    "difficulty": "清单公布以后职能有变动，网上还是旧的，企业照旧单准备材料。",
    "done": "每季末由部门提出增减，编办会同法制办审核，同意的当日在网上更新并注明日期。",
    "result": "清单公布后受理部门调整申请17项，同意9项（见9月月报）。",
}


class Experiences:
    order = 40

    def __init__(self, year):
        self.cast, self.agenda = year.cast, year.agenda

    def note(self):
        self.agenda.note(at(_day(9, 16), 10), self._offer, "县政务中心", COUNTER, True)
        self.agenda.note(at(_day(10, 14), 15), self._offer, "县编办", LISTS, False)

    def _offer(self, name, told, is_chosen):
        task = Task.objects.get(plan__kind=Plan.Kind.REFORM, plan__year=YEAR, number="4")
        made = offer(task, self.cast.reporter(Unit.objects.get(name=name)), **told)
        if is_chosen:
            self.agenda.note(at(_day(9, 24), 9, 20), self._choose, made)

    def _choose(self, made):
        choose(made, self.cast.office(made.task.plan), note="做法清楚，各乡镇便民服务中心可以照着办。")
        town = self.cast.reporter(Unit.objects.get(name="渌口镇"))
        self.agenda.note(
            at(_day(10, 9), 14, 10), copy, made, town, text="镇便民服务中心设一个综合窗口，9个站所的事一处收件。"
        )


def _day(month, day):
    return datetime.date(YEAR, month, day)
