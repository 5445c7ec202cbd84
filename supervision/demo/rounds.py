"""Rankings and an assessment of the demonstration year: three quarters, a mark disputed, one put right, a unit low twice; a half-filled 自评."""

import datetime
import uuid

from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.directives.answering import sign as sign_directive
from supervision.actions.directives.drafting import draft, issue
from supervision.actions.findings import note_finding
from supervision.actions.interviews import propose_interviews
from supervision.actions.meetings import revise_occasion
from supervision.actions.occasions import announce_occasion, arrange_occasion, hold_occasion
from supervision.actions.papers.drafting import add_block, start, write_block
from supervision.actions.papers.signing import send, sign
from supervision.actions.presets import start_from
from supervision.actions.rounds.objections import answer_objection, object_to
from supervision.actions.rounds.publishing import correct, publish
from supervision.actions.rounds.running import ask_self, open_round, show
from supervision.actions.rounds.selfscoring import hand_in_self, save_self
from supervision.actions.schemes import change_scheme
from supervision.dashboard.drawing import moves_of
from supervision.dashboard.papers import mark_of
from supervision.models import Directive, Item, Occasion, Paper, Subject
from tasks.actions.breakdown import state_standard
from tasks.models import Plan

# first month, day it was computed and shown; published three workdays later
QUARTERS = ((1, (4, 9), (4, 15)), (4, (7, 9), (7, 15)), (7, (10, 9), (10, 15)))
# of which quarter's first month, day its 讲评 and what the media get are written, day they are signed, what the office adds
REPORTS = (
    (1, (4, 20), (4, 21), "靠后单位请于4月30日前分析原因，报县项目突破年办。"),
    (4, (7, 15), (7, 16), "半年未开工的项目，请服务单位于7月31日前排出开工倒排表，报县项目突破年办。"),
    (7, (10, 15), (10, 16), "靠后单位请于10月23日前提出整改措施，报县项目突破年办。"),
)
# day, unit, what is wrong, what it should be, whether it is so, why, day of the answer
OBJECTIONS = (
    (
        (4, 16),
        (
            "县公路局",
            "3月有一笔进度款4月1日才到账，没有计入。",
            "按监理确认的完成量，本项应为满分。",
            True,
            "经核对监理月报，完成量属实，改为满分。",
            (4, 17),
        ),
    ),
    (
        (10, 12),
        (
            "县交通运输局",
            "X34的红线变更后计划没有改，应按变更后的计划算。",
            "按变更后的计划，本项应为满分，请复核。",
            False,
            "计划调整须先申请变更并经同意，目前没有这样的记录，按原计划计分。",
            (10, 13),
        ),
    ),
)
TALKED_TO = "县发改局"
STANDARD = "（示例标准）年初有实施方案，任务分解到岗到人；每季度有进展，资料可查；年底前全部完成并公开。"
REASONED = "对照标准逐条自查，已完成的见各月月报和附件；尚未完成的按计划在年底前完成。"


class Rounds:
    order = 45

    def __init__(self, year):
        self.cast, self.agenda = year.cast, year.agenda
        self.plans = {plan.kind: plan for plan in year.plans}
        self.plan = self.plans[Plan.Kind.BREAKTHROUGH]
        self.office, self.lawyers = (self.cast.office(self.plans[kind]) for kind in ("BREAKTHROUGH", "LAW"))
        self.rounds = []

    def note(self):
        self.agenda.note(at(_day(3, 30), 10), self._write_schemes)
        for month, shown, published in QUARTERS:
            self.agenda.note(at(_day(*shown), 10), self._show, month)
            self.agenda.note(at(_day(*published), 9), self._publish)
        for day, told in OBJECTIONS:
            self.agenda.note(at(_day(*day), 9, 30), self._object, *told)
        self.agenda.note(at(_day(4, 20), 9), self._put_right)
        for month, written, signed, demand in REPORTS:
            self.agenda.note(at(_day(*written), 15), self._report, month, signed, demand)
        self.agenda.note(at(_day(10, 15), 16), self._call_in)
        self.agenda.note(at(_day(10, 8), 9), self._assess)

    def _write_schemes(self):
        self.scheme = start_from(self.plan, self.office, "project_quarter")
        for task in self.plans[Plan.Kind.LAW].tasks.actions().order_by("order"):
            state_standard(task, self.lawyers, STANDARD)

    def _show(self, month):
        self.rounds.append(show(open_round(self.scheme, self.office, _day(month, 1)), self.office))

    def _publish(self):
        self.rounds[-1] = publish(self.rounds[-1], self.office)

    def _object(self, unit, text, wanted, granted, note, answered):
        """A unit disputes what it lost most at; the office answers."""
        subject = Subject.objects.get(round=self.rounds[-1], unit__name=unit)
        score = min(subject.scores.exclude(mark=None).order_by("pk"), key=lambda each: each.mark - each.full)
        made = object_to(score, self.cast.reporter(subject.unit), text=text, wanted=wanted)
        told = {"granted": granted, "note": note, "mark": score.full if granted else None}
        self.agenda.note(at(_day(*answered), 10), answer_objection, made, self.office, **told)

    def _put_right(self):
        self.rounds[-1] = correct(self.rounds[-1], self.office, reason="县公路局的异议成立，按核实的记录改分。")

    def _report(self, month, signed, demand):
        """The ranking bulletin and what the media get of it."""
        told = {"plans": [self.plan], "month": _day(month, 1), "until": _day(month + 2, 1), "round": self.rounds[-1]}
        for kind, main_to in ((Paper.Kind.RANKING, "各乡镇，县直有关单位"), (Paper.Kind.MEDIA, "")):
            paper = start(self.office, kind, main_to=main_to, **told)
            if kind == Paper.Kind.RANKING:
                block = add_block(paper, self.office)
                write_block(paper, self.office, block, text=demand, seen_version=block.version)
            send(paper, self.office)
            self.agenda.note(at(_day(*signed), 9), self._sign, paper)

    def _sign(self, paper):
        paper.refresh_from_db()
        sign(paper, self.cast.head(paper.issuer), seen_moves=mark_of(moves_of(paper)))

    def _call_in(self):
        """Whoever was low twice running is proposed by the rule; the organiser arranges it."""
        propose_interviews(self.plan, self.office)
        proposed = Occasion.objects.of([self.plan]).filter(rule="LOW", status=Occasion.Status.PROPOSED)
        for made in proposed.filter(stops__unit__name=TALKED_TO):
            by, day = self.cast.reporter(made.unit), _day(10, 19)
            made = arrange_occasion(
                made, by, held_on=day, place="县委三楼会议室", chair=made.chair, talkers=[self.cast.leader()]
            )
            announce_occasion(made, by)
            self.agenda.note(at(day, 10), self._talk, made, by)

    def _talk(self, made, by):
        made = hold_occasion(made, by)
        unit = made.stops.get().unit
        told = {"text": "一周内拿出四季度追赶计划，逐月对账", "due_on": _day(10, 30), "unit": unit}
        key = uuid.uuid5(uuid.NAMESPACE_OID, f"{made.pk} low")
        item = note_finding(made, by, key=key, stop=None, kind=Item.Kind.DECISION, **told)
        revise_occasion(made, by, notes="主要负责人说明前三季度投资和节点落后的原因，表示四季度追回。")
        told = {"title": "四季度追赶计划", "points": [(item.text, None)], "due_on": item.due_on, "units": [unit]}
        row, *_ = issue(draft(by, item=item, kind=Directive.Kind.MENDING, **told)[0], by)
        self.agenda.note(at(_day(10, 19), 16), sign_directive, row, self.cast.reporter(unit))

    def _assess(self):
        """The law plan's year, tried on its first nine months: every second unit has handed in its 自评."""
        scheme = start_from(self.plans[Plan.Kind.LAW], self.lawyers, "law_year")
        scheme = change_scheme(scheme, self.lawyers, name="预考核", months=9)
        round_ = ask_self(open_round(scheme, self.lawyers, _day(1, 1)), self.lawyers, due=_day(10, 30))
        for place, subject in enumerate(Subject.objects.filter(round=round_).select_related("unit").order_by("pk")):
            if place % 2 == 0:
                self.agenda.note(at(_day(10, 13), 9, place), self._score_itself, subject)

    def _score_itself(self, subject):
        by = self.cast.reporter(subject.unit)
        asked = subject.scores.filter(item__self_scored=True)
        subject = save_self(subject, by, {each.pk: (each.full * 9 // 10, REASONED) for each in asked})
        hand_in_self(subject, by)


def _day(month, day):
    return datetime.date(YEAR, month, day)
