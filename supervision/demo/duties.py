"""The offices' calendar of the demonstration year: the notice's rules, and what was done before there were records of it."""

import datetime

from kit.deadlines import next_month
from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.rhythms import lay_down, note_duty
from supervision.dashboard.rhythm import Calendar
from supervision.models import doers_of
from supervision.rhythm import State

# kind of plan, rule, number of the month it ends in, day it was done, where its paper lies
NOTED = (
    ("BREAKTHROUGH", "动员大会", 3, (3, 6), "全县“项目突破年”动员大会，县人民会堂，签到册和讲话稿存办公室"),
    ("BREAKTHROUGH", "考核办法", 3, (3, 30), "株项突办〔2015〕2号"),
    ("BREAKTHROUGH", "“深入一线排忧解难”活动", 4, (4, 23), "走访企业12家，收集问题19件，小结存县发改局"),
    ("BREAKTHROUGH", "“深入一线排忧解难”活动", 8, (8, 27), "走访企业9家，收集问题11件，小结存县发改局"),
    *(
        ("BREAKTHROUGH", "一月一通报", month, day, f"株项突办〔2015〕{number}号")
        for month, day, number in ((3, (3, 31), 3), (4, (4, 30), 4), (5, (6, 2), 5), (6, (6, 30), 6), (7, (7, 31), 8))
    ),
    ("BREAKTHROUGH", "半年总结", 6, (8, 5), "株项突办〔2015〕7号"),
    ("LAW", "启动推进活动", 4, (4, 16), "“法治建设年”启动仪式，县文化广场"),
    ("LAW", "专项工作部署会", 4, (4, 21), "各工作组分别部署，签到册和讲话稿存县委法建办"),
    ("LAW", "研究重要问题", 3, (3, 27), "法治渌湘建设领导小组会议纪要〔2015〕1号"),
    ("LAW", "研究重要问题", 6, (7, 3), "法治渌湘建设领导小组会议纪要〔2015〕2号"),
    ("REFORM", "领导小组专题会议", 3, (3, 20), "县委深改领导小组会议纪要〔2015〕1号"),
    ("REFORM", "领导小组专题会议", 6, (6, 18), "县委深改领导小组会议纪要〔2015〕2号"),
    ("REFORM", "专项督查", 3, (3, 26), "会同两个督查室督查6个单位，情况见督查通报"),
    ("REFORM", "督查通报", 3, (3, 31), "株改办〔2015〕4号"),
    ("REFORM", "专项督查", 9, (9, 17), "会同两个督查室督查7个单位，情况见督查通报"),
    ("REFORM", "专项督查", 6, (6, 25), "会同两个督查室督查8个单位，情况见督查通报"),
    ("REFORM", "督查通报", 6, (7, 8), "株改办〔2015〕9号"),
)
# What those who lead an action did each month without a record here: how their note calls it.
MONTHLY = {
    "DISPATCH": "本行动调度会，纪要存本单位",
    "DIRECTIVE": "随调度会纪要交办，清单存本单位",
    "CLOSING": "逐件核对办结情况，销号表存本单位",
    "INSPECTION": "到项目现场督查，记录存本单位",
}
FIRST, LAST = 3, 9
# unit, months: what it left out, and what it did only in the month after
LEFT_OUT = (
    ("县法院", "DISPATCH", (4, 8)),
    ("县法院", "INSPECTION", (3, 6)),
    ("县招商局", "CLOSING", (5, 8)),
    ("县政府金融办", "INSPECTION", (7,)),
)
LATE = (("县招商局", "DISPATCH", (5, 6)), ("县征地办", "INSPECTION", (4, 9)), ("县政府金融办", "CLOSING", (6,)))


class Duties:
    order = 20

    def __init__(self, year):
        self.plans, self.cast, self.agenda = year.plans, year.cast, year.agenda

    def note(self):
        for plan in self.plans:
            rules = {rule.title: rule for rule in lay_down(plan, None)}
            for kind, title, number, day, text in NOTED:
                if kind == plan.kind:
                    day = datetime.date(YEAR, *day)
                    self.agenda.note(at(day, 16, 40), self._done, rules[title], number, day, text)

        for month in range(FIRST, LAST + 1):
            day = datetime.date(YEAR, month + 1, 15)
            self.agenda.note(at(self.agenda.workday(day), 17), self._note_month, datetime.date(YEAR, month, 1))

    def _note_month(self, month):
        """Whoever did a duty of the month without a record here notes it, but for what was left out."""
        plan = next(plan for plan in self.plans if plan.kind == plan.Kind.BREAKTHROUGH)
        rules = plan.rhythms.filter(record__in=MONTHLY, length=1).select_related("plan__office")
        for duty in Calendar(self.cast.office(plan), rules).duties:
            if duty.span.month != month or duty.state is not State.MISSED or _stands_in(LEFT_OUT, duty):
                continue
            days, text = self.agenda.workdays_of(month, 20, 31), MONTHLY[duty.rhythm.record]
            late = self.agenda.workday(next_month(month), 3)
            told = {"text": text, "done_on": late if _stands_in(LATE, duty) else days[-2]}
            note_duty(duty.rhythm, self.cast.reporter(duty.unit), duty.span, duty.unit, **told)

    def _done(self, rule, number, day, text):
        span = next(each for each in rule.spans if each.number == number)
        for unit in doers_of([rule], {})[rule.pk]:
            note_duty(rule, self.cast.office(rule.plan), span, unit, text=text, done_on=day)


def _stands_in(rows, duty):
    return any(
        (duty.unit.name, duty.rhythm.record) == (unit, record) and duty.span.month.month in months
        for unit, record, months in rows
    )
