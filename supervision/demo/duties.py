"""The offices' calendar of the demonstration year: the notice's rules, and what was done before there were records of it."""

import datetime

from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.rhythms import lay_down, note_duty
from supervision.models import doers_of

# kind of plan, rule, number of the month it ends in, day it was done, where its paper lies
NOTED = (
    ("BREAKTHROUGH", "动员大会", 3, (3, 6), "全县“项目突破年”动员大会，县人民会堂，签到册和讲话稿存办公室"),
    ("BREAKTHROUGH", "考核办法", 3, (3, 30), "株项突办〔2015〕2号"),
    ("BREAKTHROUGH", "“深入一线排忧解难”活动", 4, (4, 23), "走访企业12家，收集问题19件，小结存县发改局"),
    ("BREAKTHROUGH", "“深入一线排忧解难”活动", 8, (8, 27), "走访企业9家，收集问题11件，小结存县发改局"),
    ("BREAKTHROUGH", "半年总结", 6, (8, 5), "株项突办〔2015〕7号"),
    ("LAW", "启动推进活动", 4, (4, 16), "“法治建设年”启动仪式，县文化广场"),
    ("LAW", "研究重要问题", 3, (3, 27), "法治渌湘建设领导小组会议纪要〔2015〕1号"),
    ("LAW", "研究重要问题", 6, (7, 3), "法治渌湘建设领导小组会议纪要〔2015〕2号"),
    ("REFORM", "领导小组专题会议", 3, (3, 20), "县委深改领导小组会议纪要〔2015〕1号"),
    ("REFORM", "领导小组专题会议", 6, (6, 18), "县委深改领导小组会议纪要〔2015〕2号"),
    ("REFORM", "专项督查", 6, (6, 25), "会同两个督查室督查8个单位，情况见督查通报"),
    ("REFORM", "督查通报", 6, (7, 8), "株改办〔2015〕9号"),
)


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

    def _done(self, rule, number, day, text):
        span = next(each for each in rule.spans if each.number == number)
        for unit in doers_of([rule], {})[rule.pk]:
            note_duty(rule, self.cast.office(rule.plan), span, unit, text=text, done_on=day)
