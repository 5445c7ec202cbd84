"""Two inspections of the demonstration year, with what was closed and looked at again, and an interview with its mending."""

import datetime
import uuid

from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.directives.answering import sign
from supervision.actions.directives.drafting import draft, issue
from supervision.actions.findings import look_again, note_finding
from supervision.actions.interviews import propose_interviews
from supervision.actions.meetings import judge_item, revise_occasion, settle_occasion
from supervision.actions.occasions import (
    announce_occasion,
    answer_occasion,
    drop_occasion,
    hold_occasion,
    plan_occasion,
    set_stops,
)
from supervision.models import Directive, Item, Occasion
from units.models import Unit, User

Kind = Item.Kind
FIRST = {
    "title": "上半年重点项目督查",
    "basis": "株县办〔2015〕4号文件“一月一督查”",
    "ways": "听看",
    "content": "看上半年投资、开工和竣工，听服务单位汇报。\n汇报材料写明进展、分月计划和困难，提前3天报送电子版。",
    "people": "县项目突破年办、县发改局、县重点办抽调8人",
}
SECOND = {
    "title": "三季度重点项目督查",
    "basis": "株县办〔2015〕4号文件“一月一督查”",
    "ways": "听查看访",
    "content": "看受阻项目和调度会议定事项落实情况，走访业主和群众。",
    "people": "县委督查室、县项目突破年办6人",
}
# project, what was seen, kind, cause
SEEN = (
    ("X25", "施工便道已通，围挡内渣土未清运。", Kind.FINDING, ""),
    ("X34", "桥墩未见施工，现场3人，征拆尚余17户。", Kind.FINDING, "LAND"),
    ("K01", "主体已封顶，特派员每周到场。", Kind.PRAISE, ""),
)
COMING = {
    "title": "四季度民生项目督查",
    "basis": "株县办〔2015〕4号文件“一月一督查”",
    "ways": "听看访",
    "content": "准备10月分项目进展和年底前倒排计划。\n提前1天报送汇报材料电子版。",
    "people": "县委督查室3人、县项目突破年办1人",
    "contact": "县委督查室，电话0731-00000000",
}
# number, unit and hour of its stops: a project, or a unit about all it does
GOES_TO = ((("X34", None), 9), (("X05", None), 11), ((None, "县民政局"), 15))
DISMISSED = {"县发改局": "撤县建区须报上级批准，县里无法加快，由县委改革办跟踪。"}
TALK = {
    "title": "约谈县房产局",
    "basis": "服务的项目连续两个月落后，三季度督查发现的问题没有整改",
    "place": "县政府三楼会议室",
    "chair": "张示长",
    "level": "FIRST",
    "content": "说明征拆滞后的原因，提出整改措施和时限。",
}


class Inspections:
    order = 30

    def __init__(self, year):
        self.cast, self.agenda, self.programme = year.cast, year.agenda, year.programme
        self.plan, self.plans = year.programme.plan, year.plans
        self.office = self.cast.office(self.plan)

    def note(self):
        self._plan(FIRST, self.office, (7, 6), (7, 14), 1, 6)
        self._plan(SECOND, User.objects.get(username="ducha"), (9, 21), (9, 29), 7, 3)
        self.agenda.note(at(_day(10, 9), 9), self._arrange)
        self.agenda.note(at(_day(10, 15), 10), self._announce, self.agenda.workday(_day(10, 23)))
        self.agenda.note(at(_day(10, 14), 9), self._propose)

    def _announce(self, day):
        """What comes in the days after: a notice is out."""
        by, kind = User.objects.get(username="ducha"), Occasion.Kind.INSPECTION
        told = {"month": _day(10, 1), "span": 3, "held_on": day, "co_organisers": [self.plan.office]}
        made = plan_occasion(self.plan, by, kind, **told, **COMING)
        rows = []
        for (code, name), hour in GOES_TO:
            where = {"project": self.programme.project(code)} if code else {"unit": Unit.objects.get(name=name)}
            rows.append(_line(day=day, hour=datetime.time(hour), group="第1组", **where))
        announce_occasion(set_stops(made, by, rows), by)

    def _propose(self):
        """By the rules, of the reform plan; one is dismissed with its reason, the others wait."""
        plan = next(plan for plan in self.plans if plan.kind == plan.Kind.REFORM)
        for proposal in propose_interviews(plan):
            if reason := DISMISSED.get(proposal.named_units()[0].name):
                drop_occasion(proposal, self.cast.office(plan), reason)

    def _plan(self, told, by, entered, held, month, span):
        day = _day(*held)
        self.agenda.note(at(_day(*entered), 9, 30), self._enter, told, by, day, month, span)

    def _enter(self, told, by, day, month, span):
        joint = [self.plan.office] if by.unit != self.plan.office else []
        kind = Occasion.Kind.INSPECTION
        made = plan_occasion(
            self.plan, by, kind, month=_day(month, 1), span=span, held_on=day, co_organisers=joint, **told
        )
        rows = [self._stop(number, code, day) for number, (code, *_) in enumerate(SEEN)]
        announce_occasion(set_stops(made, by, rows), by)
        self.agenda.note(at(day, 16), self._inspect, made, by, day)

    def _stop(self, number, code, day):
        return _line(project=self.programme.project(code), day=day, hour=datetime.time(9 + number), group="第1组")

    def _inspect(self, made, by, day):
        hold_occasion(made, by)
        found = []
        for stop, (_, text, kind, cause) in zip(made.stops.all(), SEEN, strict=True):
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"{made.pk} {stop.number}")
            found.append(note_finding(made, by, key=key, stop=stop, text=text, kind=kind, cause=cause))
        revise_occasion(made, by, notes="看现场3处，听取汇报3家。", conclusion="总体按计划推进，征拆仍是主要障碍。")
        self.agenda.note(at(day, 17, 30), settle_occasion, made, by)
        self.agenda.note(at(day + datetime.timedelta(days=6), 10), judge_item, found[0], by, Item.Kept.KEPT)
        self.agenda.note(at(day + datetime.timedelta(days=20), 10), self._look, found[0], by)

    def _look(self, item, by):
        look_again(item, by, is_back=False, note="渣土已清运，便道洒水。")

    def _arrange(self):
        unit, day = Unit.objects.get(name="县房产局"), _day(10, 13)
        kind, leader = Occasion.Kind.INTERVIEW, self.cast.leader()
        made = plan_occasion(
            self.plan, self.office, kind, month=_day(8, 1), span=2, held_on=day, talkers=[leader], **TALK
        )
        announce_occasion(set_stops(made, self.office, [_line(unit=unit, people="主要负责人")]), self.office)
        self.agenda.note(at(day, 16), self._talk, made, unit)

    def _talk(self, made, unit):
        hold_occasion(made, self.office)
        key = uuid.uuid5(uuid.NAMESPACE_OID, f"{made.pk} 1")
        told = {"text": "10月底前完成剩余户签约，每周报一次进度", "due_on": _day(10, 30), "unit": unit}
        item = note_finding(made, self.office, key=key, stop=None, kind=Kind.DECISION, **told)
        revise_occasion(made, self.office, notes="分管领导说明人手不足，答应抽调4人驻点。")
        self.agenda.note(at(_day(10, 14), 10), self._hand_down, item, unit)
        report = "已抽调4人驻点，剩余17户逐户约定签约时间。"
        self.agenda.note(at(_day(10, 19), 11), answer_occasion, made, self.cast.reporter(unit), report)

    def _hand_down(self, item, unit):
        told = {"title": "剩余征拆户10月底前签约", "points": [(item.text, None)], "due_on": item.due_on}
        row, *_ = issue(
            draft(self.office, units=[unit], item=item, kind=Directive.Kind.MENDING, **told)[0], self.office
        )
        self.agenda.note(at(_day(10, 15), 9, 20), sign, row, self.cast.reporter(unit))


def _day(month, day):
    return datetime.date(YEAR, month, day)


def _line(**values):
    return dict.fromkeys(("key", "day", "hour", "project", "unit")) | {"group": "", "people": ""} | values
