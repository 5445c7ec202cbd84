"""Every figure of drafted bulletins, made again from plain rows by this file alone."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest

from reports.models import MonthlyReport, Standing
from supervision.dashboard.figures.comparing import drafted
from supervision.dashboard.figures.scope import Scope
from supervision.models import Directive
from tasks.models import Amount, Milestone, Project
from tests.supervision.dashboard.figures.conftest import SEPTEMBER
from tests.supervision.directives import bring_to, hand_down

D = datetime.date
OCTOBER = datetime.datetime.fromisoformat("2015-10-01T00:00:00+08:00")
NOW = datetime.datetime.fromisoformat("2015-10-20T10:00:00+08:00")


def half_up(number, places="0.1"):
    return Decimal(number).quantize(Decimal(places), ROUND_HALF_UP)


def mean(values):
    values = list(values)
    return f"{half_up(Decimal(sum(values)) / len(values))}%" if values else "—"


def share(part, whole):
    return f"{half_up(Decimal(part) * 100 / Decimal(whole))}%" if whole else "—"


class Tasks:
    """From the standings of the closed month."""

    def __init__(self, plan):
        self.rows = Standing.objects.filter(period__plan=plan, period__month=SEPTEMBER, task__kind="ACTION")

    def of(self, section=None, light=None, **_):
        rows = [each for each in self.rows.select_related("task") if section in (None, each.task.section_id)]
        return [each for each in rows if light in (None, each.light)]

    def tasks_total(self, **asked):
        return str(len(self.of(**asked)))

    tasks_light = tasks_total

    def tasks_progress(self, **asked):
        return mean(each.progress for each in self.of(**asked))

    def tasks_expected(self, **asked):
        return mean(each.expected for each in self.of(**asked))

    def tasks_gap(self, **asked):
        done, due = (half_up(Decimal(v(**asked).rstrip("%"))) for v in (self.tasks_progress, self.tasks_expected))
        return "持平" if done == due else f"{'快' if done > due else '慢'}{abs(done - due)}个百分点"

    def tasks_overdue(self, **asked):
        return str(sum(each.task.due_on < D(2015, 9, 30) and each.progress < 100 for each in self.of(**asked)))


class LiveTasks(Tasks):
    """Of a month that nobody closed: every task as its row has it."""

    def __init__(self, plan):
        self.plan = plan

    def of(self, section=None, light=None, **_):
        rows = [each for each in self.plan.tasks.filter(kind="ACTION") if section in (None, each.section_id)]
        for each in rows:
            judged = each.judgement(D(2015, 9, 30))
            each.lit, each.expected = judged.light.value, judged.expected
        return [each for each in rows if light in (None, each.lit)]


class Reports:
    """From the rows of reports, by their moments."""

    def __init__(self, plan):
        rows = MonthlyReport.objects.filter(period__plan=plan, period__month=SEPTEMBER)
        self.owed = [each for each in rows if each.status != "EXEMPT"]
        self.filed = [each for each in self.owed if each.first_submitted_at]
        self.on_time = [each for each in self.filed if each.first_submitted_at < each.due_at]
        self.missing = [each for each in self.owed if not each.first_submitted_at and each.due_at <= NOW]

    def reports_count(self, fact, **_):
        late = [each for each in self.filed if each not in self.on_time]
        return str(len({"owed": self.owed, "on_time": self.on_time, "late": late, "missing": self.missing}[fact]))

    def reports_on_time(self, **_):
        return share(len(self.on_time), len(self.filed) + len(self.missing))

    def reports_missing_named(self, fact, **_):
        late = [each for each in self.filed if each not in self.on_time]
        return "、".join(each.unit_name for each in {"missing": self.missing, "late": late}[fact]) or "无"

    def review_days(self, **_):
        spans = [each.decided_at - each.submitted_at for each in self.filed if each.status == "ACCEPTED"]
        seconds = sum(int(each.total_seconds()) for each in spans)
        return str(half_up(Decimal(seconds) / 86400 / len(spans)))


class Handed:
    """From the directives as they stand."""

    COLUMNS = {
        "closed": ["CLOSED"],
        "continuing": ["CONTINUING"],
        "ongoing": ["SENT", "ONGOING", "CHECKING"],
        "out": ["WITHDRAWN", "MOVED_ON"],
    }

    def __init__(self, plan):
        self.rows = Directive.objects.filter(task__plan=plan, number__isnull=False)

    def directives_issued(self, **_):
        return str(self.rows.count())

    def directives_new(self, **_):
        return str(sum(each.sent_at < OCTOBER for each in self.rows))

    def directives_column(self, column, **_):
        return str(self.rows.filter(status__in=self.COLUMNS[column]).count())

    def directives_rate(self, **_):
        out = self.rows.filter(status__in=self.COLUMNS["out"]).count()
        return share(self.rows.filter(status="CLOSED").count(), self.rows.count() - out)

    def directives_late(self, **_):
        """Past its day, or past the day it was to be signed by."""
        waits = [each for each in self.rows if each.status in ("SENT", "ONGOING")]
        days = [each.sign_by if each.status == "SENT" else each.due_on for each in waits]
        return str(sum(day < D(2015, 10, 20) for day in days))


class Projects:
    """From the amounts and nodes, project by project."""

    def __init__(self, plan):
        self.rows = list(Project.objects.filter(task__plan=plan, stopped_from=None, package=None))

    def of(self, klass=None, **_):
        return [each for each in self.rows if klass in (None, each.klass)]

    def sums(self, **asked):
        year = due = done = Decimal(0)
        for each in self.of(**asked):
            rows = list(Amount.objects.filter(project=each, measure="INVESTED"))
            year += each.year_plan if each.year_plan is not None else sum(row.planned or 0 for row in rows)
            due += sum(row.planned or 0 for row in rows if row.month <= SEPTEMBER)
            done += sum(row.actual or 0 for row in rows if row.month <= SEPTEMBER)
        return {"year": year, "due": due, "done": done}

    def projects_count(self, light=None, **asked):
        lit = [each for each in self.of(**asked) if light in (None, each.judgement(D(2015, 9, 30)).light.value)]
        return str(len(lit))

    def projects_money(self, measure, scale, **asked):
        amount = self.sums(**asked)[measure]
        return f"{half_up(amount / 10000, '0.01')}" if scale == "YI" else f"{amount.normalize():,f}"

    def projects_share(self, **asked):
        sums = self.sums(**asked)
        return share(sums["done"], sums["year"])

    def projects_lag(self, **asked):
        sums = self.sums(**asked)
        points = half_up((sums["done"] - sums["due"]) * 100 / sums["year"])
        return f"{'快' if points > 0 else '慢'}{abs(points)}个百分点" if points else "持平"

    def _rate(self, rate):
        if rate == "started":
            rows = [each for each in self.rows if each.klass == "NEW"]
        elif rate == "completed":
            rows = [each for each in self.rows if each.klass == "CONTINUED"]
        else:
            rows = [each for each in self.rows if each.klass == "CONTRACTED"]
        day = {"started": "START", "completed": "COMPLETE", "fulfilled": "COMMISSION"}[rate]
        done = Milestone.objects.filter(task__in=[each.pk for each in rows], kind=day, done_on__lte="2015-09-30")
        return done.count(), len(rows)

    def projects_rate(self, rate, **_):
        return share(*self._rate(rate))

    def projects_rate_part(self, rate, **_):
        return str(self._rate(rate)[0])

    def projects_rate_whole(self, rate, **_):
        return str(self._rate(rate)[1])

    def projects_gaps(self, **_):
        """None here has a leader."""
        return str(sum(each.klass in ("NEW", "CONTINUED", "CONTRACTED") for each in self.rows))

    def projects_stuck(self, **_):
        return str(sum(bool(each.cause) for each in self.rows))


SAID = {"until", "as_of", "projects_until", "filing_next", "tasks_due_next_month"}
NAMED = ("_named", "_good", "_lagging", "units_", "_moved", "tasks_due_next")


def checked(blocks, *plainly):
    """The figures compared; words that name and days are looked at elsewhere."""
    known, left = set(), set()
    for block in blocks:
        for figure in block.figures.values() if block.kind == "TEXT" else ():
            key = figure["source"]
            way = next((getattr(each, key) for each in plainly if hasattr(each, key)), None)
            if way is None:
                left.add(key)
                continue
            assert figure["value"] == way(**figure["params"]), (figure["label"], figure["params"])
            known.add(key)
    assert [key for key in left if key not in SAID and not any(word in key for word in NAMED)] == []
    return known


@pytest.fixture
def handed(month, inspector, civil, labour, reporter, plan, at):
    task = plan.tasks.first()
    at("2015-09-15 10:00:00")
    hand_down(inspector, labour, title="补报材料", due_on=D(2015, 9, 29), task=task)
    answered = hand_down(inspector, civil, title="列出清单", due_on=D(2015, 9, 29), task=task)[0]
    bring_to(answered, "CHECKING", reporter)
    at("2015-10-08 10:00:00")
    hand_down(inspector, civil, title="补正数字", task=task)
    at("2015-10-20 10:00:00")


def test_a_bulletin_of_tasks(handed, plan):
    known = checked(drafted("BULLETIN", Scope([plan], SEPTEMBER)), Tasks(plan), Reports(plan), Handed(plan))
    assert known >= {
        "tasks_total",
        "tasks_light",
        "tasks_progress",
        "reports_on_time",
        "review_days",
        "directives_late",
    }


def test_a_bulletin_of_projects(register, at):
    at("2015-10-20 10:00:00")
    known = checked(drafted("BULLETIN", Scope([register], SEPTEMBER)), LiveTasks(register), Projects(register))
    assert known >= {
        "projects_money",
        "projects_share",
        "projects_lag",
        "projects_rate",
        "projects_count",
        "projects_stuck",
    }
