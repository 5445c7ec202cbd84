"""The key projects of the demonstration year: listed with their timetables, told of month by month, moved as their file says."""

import datetime
import json
from decimal import Decimal

from django.conf import settings

from kit import deadlines
from reports.actions.listing import change_class, list_projects, stop_project
from reports.demo.agenda import at
from reports.demo.script import YEAR, moment
from reports.line import NODE
from tasks.actions.classes import set_up
from tasks.actions.listing import Listing, Person, Told
from tasks.actions.months import FIGURES, enter_months
from tasks.actions.programme import Field, arrange
from tasks.actions.schedules import Step, accept_schedule, planned, propose_schedule, steps_of
from tasks.models import Measure, Project, ProjectPerson
from tasks.programme import CAUSES
from units.models import Unit

FILE = settings.BASE_DIR / "fixtures" / "projects-2015.json"
MEASURES = {"plan": Measure.INVESTED, "funds": Measure.ARRIVED, "land": Measure.LAND}
CODES = {word: code for code, word in CAUSES}
DECIDED_AFTER = 2
# Building went on for years: what it says in January is not how one begins.
LEAST_CONTINUED = 2
Role = ProjectPerson.Role


class Programme:
    """The file, the plan it belongs to, and who acts in it."""

    def __init__(self, plan, cast, agenda):
        self.plan, self.cast, self.agenda = plan, cast, agenda
        self.data = json.loads(FILE.read_text("utf-8"))
        self.rows = {row["code"]: row for row in self.data["projects"]}
        self.units = {unit.name: unit for unit in Unit.objects.all()}

    def begin(self):
        """All of them stand on the list as decided, each with its plan by month and its nodes; what is to come is noted."""
        office = self.cast.office(self.plan)
        set_up(self.plan, office)
        leads = self.data["sectors"]
        sectors = list(self.plan.sectors.all())
        arrange(self.plan, office, [], [Field(each.name, self.units[leads[each.name]], each.pk) for each in sectors])
        self.sectors = {each.name: each for each in sectors}
        listings = {}
        for code, row in self.rows.items():
            listings[code] = Listing(row["klass"], self._told(row), code, listings.get(row.get("package")))
        list_projects(self.plan, office, list(listings.values()))
        self._note()

    def _told(self, row):
        names = ("name", "owner", "nature", "years", "total", "before", "year_plan", "funding")
        values = {name: row[name] for name in names}
        values |= {"printed_number": row["no"], "goal_words": row["goal"], "sector": self.sectors[row["sector"]]}
        if "contract" in row:
            values |= dict(
                zip(("signed_on", "contract_sum", "contract_land", "investor"), row["contract"], strict=True)
            )
        return Told(
            values,
            content=row["content"],
            units=[self.units[name] for name in row["units"]],
            places=[self.units[name] for name in row["places"]],
            labels=row.get("labels", []),
            people=list(self._people(row)),
            amounts={measure: _months(row[name]) for name, measure in MEASURES.items() if name in row},
            nodes=[self._step(node) for node in row["nodes"]],
        )

    def _people(self, row):
        if row["leader"]:
            yield Person(Role.LEADER, row["leader"])
        if row["envoy"]:
            yield Person(Role.ENVOY, row["envoy"], self.units[row["units"][0]])
        for name, unit in row["aides"]:
            yield Person(Role.AIDE, name, self.units[unit])
        name, phone = row["contact"]
        yield Person(Role.OWNER, name, None, phone)

    def _step(self, node):
        """What was done before the year stands on the list; the rest is for the months to tell."""
        done = _day(node.get("done"))
        unit = self.units[node["unit"]].pk if "unit" in node else None
        return Step(
            node["title"],
            _day(node["due"]),
            kind=node.get("kind", "STEP"),
            stage=node["stage"],
            goal=node.get("goal", False),
            unit_id=unit,
            handed_in_on=_day(node.get("handed_in")),
            limit_workdays=node.get("limit"),
            done_on=done if done and done.year < YEAR else None,
        )

    def _note(self):
        for code, row in self.rows.items():
            for move in row.get("moves", ()):
                self.agenda.note(moment(*move["at"], 10), self._change_class, code, move)
            if stopped := row.get("stopped"):
                self.agenda.note(moment(*stopped["at"], 16), self._stop, code, stopped)
        for row in self.data["replanned"]:
            self.agenda.note(moment(*row["at"], 11), self._replan, row)

    def project(self, code):
        rows = Project.objects.select_related("task__plan__office", "task__parent").with_people()
        return rows.get(task__plan=self.plan, task__number=code)

    def _change_class(self, code, move):
        month, office = datetime.date(YEAR, move["month"], 1), self.cast.office(self.plan)
        change_class(self.project(code), office, move["klass"], month, reason=move["reason"], paper=move["paper"])

    def _stop(self, code, stopped):
        day = datetime.date(YEAR, *stopped["at"])
        stop_project(self.project(code), self.cast.office(self.plan), day, reason=stopped["reason"])

    def _replan(self, row):
        project = self.project(row["code"])
        amounts = planned(project)
        amounts[Measure.INVESTED] |= {datetime.date(YEAR, int(m), 1): Decimal(n) for m, n in row["plan"].items()}
        by = self.cast.reporter(project.action.lead if row.get("in_place") else project.service_unit)
        schedule = propose_schedule(project, by, amounts, steps_of(project), reason=row["reason"])
        if row["accepted"]:
            day = self.agenda.workday(datetime.date(YEAR, *row["at"]), DECIDED_AFTER)
            self.agenda.note(at(day, 15), self._accept, schedule)

    def _accept(self, schedule):
        accept_schedule(schedule, self.cast.reporter(schedule.project.action.lead), note="同意，年底前须完成。")

    def catch_up(self, first_month):
        """Enter the months before the one the year is begun with: nobody filed them."""
        projects = {each.code: each for each in Project.objects.filter(task__plan=self.plan).with_course()}
        rows = {code: row for code, row in self.rows.items() if "done" in row}
        for month in (datetime.date(YEAR, number, 1) for number in range(1, first_month)):
            lines = [(projects[code].task, self._entered(row, projects[code], month)) for code, row in rows.items()]
            enter_months(lines, month, self.cast.office(self.plan), note="年初以来的数补录")

    def _entered(self, row, project, month):
        days = _done_in(row, month)
        nodes = {
            str(node.pk): days[node.title].isoformat() for node in project.task.milestones.all() if node.title in days
        }
        cause = CODES[row["trouble"][1]] if _is_stuck(row, month) else ""
        return {name: row["done"].get(name, [None] * 12)[month.month - 1] for name in FIGURES} | {
            "nodes": nodes,
            "cause": cause,
        }

    def line(self, entry, past):
        """{field: value} of what the service unit says of a project in a month."""
        row, month = self.rows[entry.task.number], past.month
        done = row.get("done", {})
        said = {name: done[name][month.month - 1] for name in FIGURES if name in done}
        values = {"invested": Decimal(0)} | {name: Decimal(each) for name, each in said.items() if each is not None}
        days = _done_in(row, month)
        values |= {f"{NODE}{key}": days[title] for key, title in entry.open_nodes if title in days}
        now = past.with_line(values)
        values["shape"] = self._shape(row, now)
        values |= self._stuck(row, now)
        values["odd_reason"] = self.data["checked"] if now.odd() else ""
        return values

    def _shape(self, row, now):
        steps = self.data["shape"][row["kind"]]
        ends = [node for node in row["nodes"] if node.get("kind") == "COMPLETE" and "done" in node]
        if any(_day(node["done"]) <= now.day for node in ends):
            return self.data["finished"]
        if row["klass"] in ("PREPARED", "STUDIED"):
            return steps[now.month.month - 1]
        if not now.year and not row["before"]:
            return self.data["waiting"]
        reached = int(now.year / row["year_plan"] * 10 - Decimal("0.5"))
        return steps[min(9, max(LEAST_CONTINUED if row["before"] else 0, reached))]

    def _stuck(self, row, now):
        """The trouble in full from September on, before that in short; what is slow without trouble says so."""
        if not _is_stuck(row, now.month):
            return self.data["slow"] if now.is_behind else {"cause": "", "problems": "", "next_steps": ""}
        _, cause, problem, whom, next_steps = row["trouble"]
        short = f"{problem.split('，')[0].split('；')[0].rstrip('。')}。"
        is_new = now.month.month >= 9
        needs = f"需{whom}协调。" if whom else ""
        soon = deadlines.next_month(now.month).month
        return {
            "cause": CODES[cause],
            "problems": (problem if is_new else short) + needs,
            "next_steps": f"{next_steps}。" if is_new else f"会同有关单位研究，{soon}月底前拿出办法。",
        }


def _months(values):
    return {datetime.date(YEAR, n, 1): Decimal(value) for n, value in enumerate(values, 1)}


def _day(text):
    return datetime.date.fromisoformat(text) if text else None


def _done_in(row, month):
    """{title: day} of the nodes that a month tells of."""
    days = {node["title"]: _day(node.get("done")) for node in row["nodes"]}
    return {title: day for title, day in days.items() if day and day.replace(day=1) == month}


def _is_stuck(row, month):
    return "trouble" in row and row["trouble"][0] <= month.month
