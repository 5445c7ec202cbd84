"""The demonstration year: what happens in it month by month, and when it may be built at all."""

import datetime
import io

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from kit import clock, deadlines
from kit.floors import gathered
from kit.records import checksum
from kit.refusal import Refusal
from reports.actions.assignment import assign_task
from reports.actions.calendar import load_workdays
from reports.actions.corrections import correct
from reports.actions.periods import close_period, open_period
from reports.actions.proposals import decide_task, propose_task
from reports.actions.reminders import remind, urge
from reports.demo.agenda import EVENING, Agenda, at
from reports.demo.filing import Filing
from reports.demo.people import Cast
from reports.demo.projects import Programme
from reports.demo.script import DAY, LIVE_MONTH, YEAR, Script, moment
from reports.models import MonthlyReport, Period
from tasks.actions.readings import record_reading
from tasks.actions.receiving import receive
from tasks.actions.schedule import excuse, reschedule, set_milestones
from tasks.models import Indicator, Plan, PlanEvent, SourceKind, Task
from units.models import Notice, Unit, User

SCRIPT = settings.BASE_DIR / "fixtures" / "demo-2015.json"
NEXT_YEAR = settings.BASE_DIR / "fixtures" / "demo-plan-2016.txt"
BUILT = "生成示例年度"


def obstacle():
    if User.objects.exists() or MonthlyReport.objects.exists():
        return "数据库中已有账号或月报，示例年度只能建在空库中。"
    return ""


@transaction.atomic
def build(first_month=1):
    """All or nothing; return the accounts whose passwords are shown this once."""
    if why := obstacle():
        raise Refusal(why)
    year = Year(Script(SCRIPT))
    with clock.telling(moment(1, 4)):
        year.begin(first_month)
    for month in range(first_month, LIVE_MONTH + 1):
        year.run_month(datetime.date(YEAR, month, 1))
    year.agenda.run(EVENING)
    with clock.telling(at(DAY, 0)):
        year.end()
    return year.cast.shown


def is_here():
    return PlanEvent.objects.filter(verb=BUILT).exists()


def set_the_clock(path):
    text = path.read_text("utf-8") if path.exists() else ""
    wanted = {"ZHUZHOU_TODAY": f"{DAY:%Y-%m-%d}", "DEMO_DATA": "1", "COUNTY": Script(SCRIPT)["county"]}
    lines = [f"{name}={value}" for name, value in wanted.items() if f"{name}=" not in text]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*text.splitlines(), *lines]) + "\n", "utf-8")


class Year:
    def __init__(self, script):
        self.script, self.cast = script, Cast(script)
        self.agenda = self.programme = None

    def begin(self, first_month):
        call_command("load_plans", verbosity=0, stdout=io.StringIO())
        load_workdays([YEAR, YEAR + 1])
        Unit.objects.filter(name__in=self.script["head_signs"]).update(head_signs=True)
        self.cast.hire()
        self.cast.name_contacts()
        self.agenda = Agenda()
        self.plans = list(Plan.objects.filter(year=YEAR).select_related("office", "rules").order_by("pk"))
        breakthrough = next(plan for plan in self.plans if plan.kind == Plan.Kind.BREAKTHROUGH)
        self.programme = Programme(breakthrough, self.cast, self.agenda)
        self.programme.begin()
        with clock.telling(moment(first_month, 1, 8)):
            self.programme.catch_up(first_month)
        for part in gathered("demo", "PARTS"):
            part(self).note()
        self._note_arrangements()
        self.agenda.note(moment(*self.script["law"]["at"], 14), self._divide_law)
        self._note_proposals()
        self._note_readings()
        self.agenda.note(moment(10, 16, 15), self._receive_next_year)

    def run_month(self, month):
        opening = at(self.agenda.workday(month), 8, 30)
        self.agenda.run(opening)
        with clock.telling(opening):
            periods = [open_period(plan, month) for plan in self.plans]
        for period in periods:
            self._note_filings(period)
        self._note_chasing(month)
        closing = at(self.agenda.workday(deadlines.next_month(month).replace(day=12)), 10, 30)
        for period in periods:
            self.agenda.note(closing, self._close, period)

    def _note_filings(self, period):
        reports = period.reports.select_related("period__plan__office", "period__plan__rules", "unit")
        for report in reports:
            Filing(self, report).note()

    def _close(self, period):
        plan = next(plan for plan in self.plans if plan.pk == period.plan_id)
        close_period(period, self.cast.office(plan))

    def _note_chasing(self, month):
        days = self.agenda.workdays_of(month, 20, 31)
        for day in days[-3:-2] + days[-1:]:
            self.agenda.note(at(day, 8), remind, day)
        if month.month == LIVE_MONTH:
            return
        for plan in self.plans:
            self.agenda.note(at(days[-1], 9, 40), self._urge, plan, month)

    def _urge(self, plan, month):
        owing = MonthlyReport.objects.owing().filter(period__plan=plan, period__month=month)
        if owing.exists():
            urge(owing.select_related("period__plan", "unit"), self.cast.office(plan), note="请于今日下班前报送。")

    def _task(self, kind, number):
        return Task.objects.select_related("plan__office", "plan__rules").get(plan__kind=kind, number=number)

    def _note_arrangements(self):
        for row in self.script["schedules"]:
            self.agenda.note(moment(*row["at"], 10), self._arrange, row)
        for row in self.script["excuses"]:
            self.agenda.note(moment(*row["at"], 15), self._excuse, row)
        for row in self.script["corrections"]:
            self.agenda.note(moment(*row["at"], 10), self._correct, row)

    def _arrange(self, row):
        task = self._task(row["plan"], row["task"])
        office = self.cast.office(task.plan)
        steps = [(s["title"], _day(s["due_on"]), _day(s.get("done_on")), s.get("weight", 1)) for s in row["milestones"]]
        reschedule(task, office, due_on=task.due_on, pace=Task.Pace.MILESTONES)
        set_milestones(task, steps, office)

    def _excuse(self, row):
        task = self._task(row["plan"], row["task"])
        excuse(task, self.cast.office(task.plan), until=_day(row["until"]), reason=row["reason"])

    def _correct(self, row):
        task = self._task(row["plan"], row["task"])
        # A year begun later lacks the month.
        for standing in task.standings.filter(period__month=datetime.date(YEAR, row["month"], 1)):
            office = self.cast.office(task.plan)
            correct(standing, office, progress=row["progress"], reason=row["reason"], seen=standing.progress)

    def _divide_law(self):
        """The law plan names no units: its office divides the tasks in April, which the trace marks as an example."""
        for number, names in self.script["law"]["units"].items():
            task = self._task("LAW", number)
            lead, *supports = [Unit.objects.get(name=name) for name in names]
            assign_task(task, lead, supports, self.cast.office(task.plan), note="示例：文件未列责任单位，由办公室分解")
        for period in Period.objects.filter(plan__kind=Plan.Kind.LAW, closed_at=None):
            self._note_filings(period)

    def _note_proposals(self):
        for row in self.script["proposals"]:
            self.agenda.note(moment(*row["at"], 11), self._propose, row)
            if "decision" in row:
                self.agenda.note(moment(*row["decided"], 16), self._decide, row)

    def _propose(self, row):
        unit, plan = Unit.objects.get(name=row["unit"]), self.plans[0]
        values = {"short_title": row["short_title"], "text": row["text"], "due_on": _day(row["due_on"])}
        propose_task(plan, unit, self.cast.reporter(unit), **values)

    def _decide(self, row):
        task = self.plans[0].tasks.get(short_title=row["short_title"])
        office = self.cast.office(self.plans[0])
        decide_task(task, office, accepted=row["decision"], note=row.get("note", ""))

    def _note_readings(self):
        indicators = {each.name: each for each in Indicator.objects.select_related("plan", "unit", "statistics_unit")}
        for row in self.script["readings"]:
            indicator = indicators[row["indicator"]]
            for month, value in row["values"].items():
                day = deadlines.last_day(datetime.date(YEAR, int(month), 1))
                self.agenda.note(at(day, 16, 30), self._read, indicator, day.replace(day=1), value, row)

    def _read(self, indicator, month, value, row):
        kind = row.get("kind", SourceKind.UNIT)
        unit = indicator.unit if kind == SourceKind.UNIT else indicator.statistics_unit
        by = self.cast.reporter(unit) if unit else self.cast.office(indicator.plan)
        record_reading(indicator, month, by, value=value, source=row["source"], kind=kind)

    def _receive_next_year(self):
        text = NEXT_YEAR.read_text("utf-8")
        receive(
            self.cast.office(self.plans[0]),
            "2016年改革创新年实施方案（征求意见稿，示例）.txt",
            text,
            checksum(text.encode()),
        )

    def end(self):
        """As on a Tuesday morning: older notices read, passwords fresh, the year marked as an example."""
        last_visit = at(DAY - datetime.timedelta(days=11), 17)
        Notice.objects.filter(at__lt=last_visit).update(read_at=last_visit)
        User.objects.update(seen_until=last_visit)
        self.cast.freshen_passwords()
        PlanEvent.write(self.plans[0], None, BUILT, note="以下均为示例数据，人名、电话、数字均为虚构。")


def _day(text):
    return datetime.date.fromisoformat(text) if text else None
