"""One report through one month: drafted, filed, returned, accepted - or not - as its fate says."""

import datetime
import re

from kit import clock, deadlines
from reports.actions.files import attach, attach_scan
from reports.actions.periods import exempt, extend
from reports.actions.review import accept, receive_paper, remark, return_report, start_review
from reports.actions.writing import save_entry, sign, submit
from reports.demo import papers
from reports.demo.agenda import at
from reports.demo.script import LIVE_MONTH
from reports.models import Entry
from reports.models.past import lines_past
from reports.models.report import with_nodes

DOCUMENT = re.compile(r"《([^》]{2,24})》")
SCENES = ("现场", "挂牌", "开工", "封顶", "竣工", "启用", "巡查", "拆除", "施工", "培训", "座谈会", "推进会")


class Filing:
    def __init__(self, year, report):
        self.script, self.cast, self.agenda, self.programme = year.script, year.cast, year.agenda, year.programme
        self.report, script = report, year.script
        self.plan, self.month = report.period.plan, report.period.month
        self.fate, self.particulars = script.fate(self.plan.kind, self.month.month, report.unit.name)
        self.chance = script.chance(self.plan.kind, self.month, report.unit.name)
        self.reporter, self.office = self.cast.reporter(report.unit), self.cast.office(self.plan)

    def note(self):
        getattr(self, f"when_{self.fate}")()

    def when_due(self):
        """Nothing yet."""

    def when_missing(self):
        if self.chance.random() < 0.5:
            self.agenda.note(self._moment(24, 31), self.write, 1)

    def when_draft(self):
        self.agenda.note(self._moment(12, 19), self.write, self.particulars.get("entries", 1))

    def when_on_time(self):
        live = self.month.month == LIVE_MONTH
        self._file(self._moment(*((9, 15) if live else self.chance.choice(((21, 26), (26, 31), (28, 31))))))

    def when_accepted(self):
        self._file(self._moment(8, 14))

    def when_waiting(self):
        self._file(self._moment(12, 19), decide=False)

    def when_signing(self):
        self._file(self._moment(15, 19), decide=False, sign_off=False)

    def when_late(self):
        first = deadlines.next_month(self.month)
        days = [day for day in (first + datetime.timedelta(days=n) for n in range(5)) if self.agenda.is_workday(day)]
        self._file(at(self.chance.choice(days or [first]), self.chance.randint(8, 17), self.chance.randint(0, 59)))

    def when_extended(self):
        until = deadlines.next_month(self.month) + datetime.timedelta(days=self.particulars["days"])
        values = {"until": clock.start_of(until), "reason": self.particulars["reason"]}
        self.agenda.note(self._moment(24, 27), self._concede, extend, values)
        self._file(at(until - datetime.timedelta(days=1), 15, 20))

    def when_exempt(self):
        self.agenda.note(self._moment(8, 12), self._concede, exempt, {"reason": self.particulars["reason"]})

    def when_returned(self):
        """Filed too thin; in closed months filed again as it should have been."""
        live = self.month.month == LIVE_MONTH
        filed = self._moment(*((14, 15) if live else (22, 25)))
        self._file(filed, decide=False, first=self.particulars)
        returned = at(self.agenda.workday(filed.date(), 1), 10, self.chance.randint(0, 59))
        self.agenda.note(returned, self.give_back)
        if not live or self.particulars.get("note"):
            again = at(self.agenda.workday(returned.date(), self.chance.randint(1, 2)), 16, self.chance.randint(0, 59))
            self.agenda.note(again, self.file_again, decide=not live)

    def _moment(self, first, last):
        days = self.agenda.workdays_of(self.month, first, last) or [self.month.replace(day=last)]
        return at(self.chance.choice(days), self.chance.randint(8, 17), self.chance.randint(0, 59))

    def _file(self, moment, *, decide=True, sign_off=True, first=None):
        drafted = moment - datetime.timedelta(minutes=self.chance.randint(25, 200))
        self.agenda.note(drafted, self.write, first=first)
        self.agenda.note(moment, self.file)
        if self.report.unit.head_signs and sign_off:
            moment += datetime.timedelta(minutes=50)
            self.agenda.note(moment, self.sign)
        if decide:
            self._decide_after(moment)

    def _decide_after(self, moment):
        day = self.agenda.workday(moment.date(), self.chance.randint(1, 3))
        self.agenda.note(at(day, self.chance.randint(9, 16), self.chance.randint(0, 59)), self.approve)

    def _concede(self, act, values):
        act(self.report, self.office, **values)

    def write(self, most=None, first=None):
        """Each line with its evidence; ``first`` puts a thinner text in place of one."""
        entries = self._entries()
        before = Entry.objects.previous([each for each in entries if not each.task.is_project])
        pasts = lines_past(entries)
        for entry in entries[:most]:
            if entry.task.is_project:
                values = self.programme.line(entry, pasts[entry.task_id])
            else:
                values = self._told(entry, before.get(entry.task_id))
            if first and entry.task.number == first["task"]:
                thin = {"shape" if entry.task.is_project else "done": first["first"]}
                values |= thin | {"no_change": False, "no_change_reason": ""}
            entry = save_entry(entry, self.reporter, values, seen_version=entry.version)
            self._enclose(entry)

    def _told(self, entry, filed):
        part = self.plan.kind, entry.task.number, self.report.unit.name
        return self.script.line(*part, self.month.month, leads=entry.role == "LEAD", filed=filed).values

    def _entries(self):
        return with_nodes(self.report.entries.select_related("task", "report__period__plan").in_order())

    def _enclose(self, entry):
        if found := DOCUMENT.search(entry.done):
            if self.chance.random() < 0.6:
                title = found[1]
                lines = [
                    f"《{title}》",
                    "",
                    "（示例附件）",
                    f"报送单位：{self.report.unit_name}",
                    entry.task.short_title,
                ]
                attach(entry, self.reporter, papers.pdf(f"{title}.pdf", lines))
        elif any(scene in entry.done for scene in SCENES) and self.chance.random() < 0.3:
            name = f"{entry.task.number}号任务现场照片{self.month.month}月.png"
            attach(entry, self.reporter, papers.picture(name, self.chance))

    def file(self):
        submit(self.report, self.reporter)

    def sign(self):
        sign(self.report, self.cast.head(self.report.unit))

    def give_back(self):
        start_review(self.report, self.office)
        thin = [entry for entry in self._entries() if entry.task.number == self.particulars["task"]]
        for entry in thin:
            remark(entry, self.office, light=entry.light, text=self.particulars["reason"], redo=True)
        return_report(self.report, self.office, reason=self.particulars["reason"])

    def file_again(self, *, decide):
        self.write(first=None)
        submit(self.report, self.reporter, note=self.particulars["note"])
        if self.report.unit.head_signs:
            sign(self.report, self.cast.head(self.report.unit))
        if decide:
            self._decide_after(clock.now())

    def approve(self):
        if self.chance.random() < 0.25:
            start_review(self.report, self.office)
        if self.chance.random() < 0.12:
            self._differ()
        report = accept(self.report, self.office)
        if self.plan.stamped and self.chance.random() < 0.85:
            receive_paper(report, self.office)
            if self.chance.random() < 0.05:
                lines = [report.number, report.unit_name, "（示例扫描件，盖章处略）"]
                attach_scan(report, self.reporter, papers.pdf(f"{report.unit_name}{self.month.month}月月报.pdf", lines))

    def _differ(self):
        """The office gives a light of its own to an entry that calls itself green while its task lags."""
        for entry in self._entries():
            if entry.light != "GREEN" or entry.role != "LEAD":
                continue
            if entry.task.judgement(self.report.period.last_day).light.value in ("YELLOW", "RED"):
                remark(entry, self.office, light="YELLOW", text="对照时间进度偏慢，请在下月月报中说明原因和赶工安排。")
                return
