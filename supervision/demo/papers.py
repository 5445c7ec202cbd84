"""Papers of the demonstration year: monthly bulletins, one of them put right, one waiting for its head, one being written."""

import datetime

from reports.demo.agenda import at
from reports.demo.papers import pdf
from reports.demo.script import YEAR
from supervision.actions.papers.drafting import add_block, start, write_block
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.actions.papers.signing import attach_scan, correct, send, sign
from supervision.dashboard.drawing import moves_of
from supervision.dashboard.papers import mark_of
from supervision.models import Letterhead, Paper
from supervision.permissions import can_draft_papers
from units.models import Unit

Kind, By = Paper.Kind, Letterhead.Numbering
TO_ALL = "各乡镇，县直有关单位"
# unit, kind, what its red head says, name of the series or code, how it counts
HEADS = (
    ("县委改革办", Kind.BULLETIN, "改革工作通报", "改革通报", By.ISSUE),
    ("县项目突破年办", Kind.BULLETIN, "项目突破年通报", "项目通报", By.ISSUE),
    ("县项目突破年办", Kind.RANKING, "项目突破年领导小组办公室文件", "株项突办", By.LETTER),
    ("县项目突破年办", Kind.MEDIA, "项目突破年通报", "媒体通报", By.ISSUE),
    ("县项目突破年办", Kind.COMMITMENT, "项目突破年领导小组办公室文件", "株项突责", By.LETTER),
    ("县委督查室", Kind.BULLETIN, "督查通报", "督查通报", By.ISSUE),
)
# kind of plan, month told, day written, day signed ("" waits for its head, None is being written), what the office adds
BULLETINS = (
    ("REFORM", 6, (7, 8), (7, 9), "请各牵头单位对照时间进度，于7月20日前把落后任务的整改措施报县委改革办。"),
    ("BREAKTHROUGH", 8, (9, 9), (9, 10), "请各服务单位于9月25日前把受阻项目的解决办法和时限报县项目突破年办。"),
    ("BREAKTHROUGH", 9, (10, 12), (10, 13), "请各服务单位于10月31日前完成征拆和开工扫尾，亮红灯的项目每周报一次进度。"),
    ("REFORM", 9, (10, 16), "", "请亮红灯任务的牵头单位于10月31日前书面说明原因和补救措施。"),
)
# Who signs a 责任书 for its projects.
ANSWERING = ("县住建局", "县交通运输局")
WRONG = "第43项6月底接通的单位多计一家，进度和灯色随之改变。"


class Papers:
    order = 50

    def __init__(self, year):
        self.cast, self.agenda = year.cast, year.agenda
        self.plans = {plan.kind: plan for plan in year.plans}
        self.units = {name: Unit.objects.get(name=name) for name in {row[0] for row in HEADS}}

    def note(self):
        self.agenda.note(at(_day(3, 2), 9), self._set_heads)
        for row in BULLETINS:
            self.agenda.note(at(_day(*row[2]), 15), self._write, *row)
        self.agenda.note(at(_day(7, 23), 10), self._correct)
        for name in ANSWERING:
            self.agenda.note(at(_day(3, 25), 10), self._commit, Unit.objects.get(name=name))

    def _set_heads(self):
        for name, kind, masthead, series, numbering in HEADS:
            unit = self.units[name]
            by = next(user for user in self.cast.users.values() if user.unit == unit and can_draft_papers(user))
            keep_letterhead(unit, kind, by, masthead=masthead, series=series, numbering=numbering)

    def _write(self, kind, month, written, signed, demand):
        plan = self.plans[kind]
        by = self.cast.office(plan)
        paper = start(by, Kind.BULLETIN, plans=[plan], month=_day(month, 1), main_to=TO_ALL)
        block = add_block(paper, by)
        write_block(paper, by, block, text=demand, seen_version=block.version)
        send(paper, by)
        if signed:
            self.agenda.note(at(_day(*signed), 9, 40), self._sign, paper)

    def _sign(self, paper):
        paper.refresh_from_db()
        sign(paper, self.cast.head(paper.issuer), seen_moves=mark_of(moves_of(paper)))

    def _correct(self):
        wrong = Paper.objects.of([self.plans["REFORM"]]).printed().order_by("at").first()
        by = self.cast.office(self.plans["REFORM"])
        made = correct(wrong, by, WRONG)
        send(made, by)
        self.agenda.note(at(_day(7, 24), 9), self._sign, made)

    def _commit(self, unit):
        """A 责任书 for the year, signed by both two days later."""
        plan = self.plans["BREAKTHROUGH"]
        by, year = self.cast.office(plan), {"month": _day(1, 1), "until": _day(12, 1)}
        paper = start(by, Kind.COMMITMENT, plans=[plan], addressee=unit, **year)
        send(paper, by)
        self.agenda.note(at(_day(3, 26), 9), self._sign, paper)
        self.agenda.note(at(_day(3, 27), 16), self._file_scan, paper, by)

    def _file_scan(self, paper, by):
        lines = [str(paper), f"甲方：{paper.issuer}", f"乙方：{paper.addressee}", "（示例扫描件，签字盖章处略）"]
        attach_scan(paper, by, pdf(f"责任书（{paper.addressee}）.pdf", lines), agreed_on=_day(3, 27))


def _day(month, day):
    return datetime.date(YEAR, month, day)
