"""Forty papers of the demonstration year in every state, through the real actions, from fixtures/demo-directives-2015.json."""

import datetime
import json

from django.conf import settings

from kit import clock
from reports.demo.agenda import at
from reports.demo.projects import CODES
from reports.demo.script import YEAR
from reports.models import Entry
from supervision.actions.directives.answering import answer, hand_in, sign
from supervision.actions.directives.checking import close, refuse, remark, review, urge
from supervision.actions.directives.drafting import draft, issue, order
from supervision.actions.directives.ending import hand_over, reopen, withdraw
from supervision.actions.directives.pleas import ask_continuing, ask_extension, decide, object_to
from supervision.models import Directive, Item
from units.models import Unit, User

FILE = settings.BASE_DIR / "fixtures" / "demo-directives-2015.json"
Kind, Level = Directive.Kind, Directive.Level
LEVELS = {"GROUND": Level.DEPUTY, "FUNDS": Level.COUNTY}
TALK = "会同有关单位会商，明确办法、责任人和完成时间"
ANSWERED = "已会商，办法、责任人和完成时间见会议记录。"
NOT_OURS = {"县环保局": "县住建局"}
REVIEWED, REVIEW_NEXT = datetime.date(YEAR, 9, 30), datetime.date(YEAR, 11, 30)
USUAL_DAYS, DONE_AFTER = 15, 10


class Directives:
    order = 30

    def __init__(self, year):
        self.cast, self.agenda, self.programme = year.cast, year.agenda, year.programme
        self.data = json.loads(FILE.read_text("utf-8"))
        self.units = {unit.name: unit for unit in Unit.objects.all()}

    def note(self):
        for code, row in self.data["troubles"].items():
            self.agenda.note(at(datetime.date(YEAR, *row["at"]), 10, 30), self._hand_down_trouble, code, row)
        for row in self.data["papers"]:
            act = self._order if row["by"] == "leader" else self._hand_down
            self.agenda.note(at(datetime.date(YEAR, *row["at"]), 11, 20), act, row)

    def _hand_down_trouble(self, code, row):
        """What holds a project up, to whom it needs: by who leads the action, for the office of the programme otherwise."""
        project = self.programme.project(code)
        _, cause, problem, whom, next_steps = self.programme.rows[code]["trouble"]
        by = self.cast.reporter(project.action.lead) if code.startswith("X") else self.cast.office(self.programme.plan)
        unit = self.units[whom.split("、")[0]] if whom else project.service_unit
        told = {
            "kind": Kind.TASK,
            "task": project.task,
            "title": problem.split("，")[0].split("；")[0].rstrip("。"),
            "source_text": problem,
            "cause": CODES[cause],
            "level": LEVELS.get(CODES[cause], Level.UNIT),
            "helpers": [project.service_unit] if unit != project.service_unit else [],
            "co_issuers": [self.programme.plan.office] if "remark" in row else [],
        }
        points = [TALK] if row["fate"] in ("closed", "reopened") else [TALK, next_steps]
        issued = self._issue(by, [unit], points, row, told)
        if "remark" in row:
            *day, text = row["remark"]
            office = self.cast.office(self.programme.plan)
            self.agenda.note(at(datetime.date(YEAR, *day), 16), remark, issued[0], office, text=text)

    def _hand_down(self, row):
        name, role = row["by"]
        by = self.cast.users[name, User.Role(role)]
        told = {"kind": Kind(row["kind"])}
        units = [self.units[row["unit"]]] if "unit" in row else []
        if "item" in row:
            month, code, unit = row["item"]
            item = Item.objects.select_related("project__task", "unit").get(
                occasion__month=datetime.date(YEAR, month, 1), project__task__number=code, unit__name=unit
            )
            told |= {"item": item, "task": item.project.task, "source_text": item.text, "title": item.text[:30]}
            units = [item.unit]
        if "entry" in row:
            number, unit = row["entry"]
            filed = Entry.objects.filter(task__number=number, task__plan__kind="REFORM", report__unit__name=unit)
            entry = (
                filed.select_related("task").order_by("-report__period__month").get(report__period__month="2015-09-01")
            )
            told |= {"entry": entry, "source_text": entry.problems}
            units = [self.units[unit]]
        if "batch" in row:
            owing = (
                Unit.objects.active().filter(reports__period__plan__office=by.unit).distinct().order_by("order", "pk")
            )
            units = list(owing[: row["batch"]])
        self._issue(by, units, row["points"], row, {"title": row.get("title", "")} | told)

    def _issue(self, by, units, points, row, told):
        due_on = self._later(row.get("days", USUAL_DAYS))
        first = draft(by, units=units, points=[(text, None) for text in points], due_on=due_on, **told)[0]
        if row.get("fate") == "draft":
            return []
        issued = sorted(issue(first, by), key=lambda each: each.pk)
        fates = [fate for fate, count in row.get("fates", {row.get("fate"): 1}).items() for _ in range(count)]
        for directive, fate in zip(issued, fates, strict=True):
            getattr(self, f"_{fate}")(directive, by)
        return issued

    def _order(self, row):
        leader, project = self.cast.leader(), self.programme.project(row["project"])
        unit = self.units[row["unit"]] if "unit" in row else None
        due_on = self._later(row["days"]) if unit else None
        made = order(leader, text=row["text"], title=row["title"], unit=unit, due_on=due_on, task=project.task)
        if unit:
            getattr(self, f"_{row['fate']}")(made, self.cast.users[made.issuer.name, User.Role.INSPECTOR])

    def _later(self, days, day=None):
        return self.agenda.workday(day or clock.today(), days)

    def _after(self, days, act, *args, hour=15, **told):
        self.agenda.note(at(self._later(days), hour), act, *args, **told)

    def _who(self, unit):
        return (unit.head_signs and self.cast.head(unit)) or self.cast.reporter(unit)

    def _ask(self, act, directive, told, verdict):
        """Ask, and be answered by the issuer on the next workday."""
        plea = act(directive, self._who(directive.unit), **told)
        by = verdict.pop("by")
        self._after(1, decide, plea, by, hour=10, **verdict)

    def _sent(self, directive, by):
        """It waits to be signed."""

    def _ongoing(self, directive, by, after=1):
        self._after(after, sign, directive, self._who(directive.unit), hour=9)

    def _checking(self, directive, by):
        self._ongoing(directive, by)
        who = self._who(directive.unit)
        answers = {point.number: ANSWERED for point in directive.points.all()}
        self._after(DONE_AFTER, answer, directive, who, answers)
        self._after(DONE_AFTER, hand_in, directive, who, hour=16)

    def _closed(self, directive, by):
        self._checking(directive, by)
        self._after(DONE_AFTER + 3, close, directive, by, how="查阅会议记录并电话核对，情况属实。")

    def _refused(self, directive, by):
        self._checking(directive, by)
        last = max(point.number for point in directive.points.all())
        wanting, day = {last: "只有会议记录，请附办结的批文或者签约户名单。"}, self._later(DONE_AFTER + 12)
        self._after(DONE_AFTER + 2, refuse, directive, by, wanting=wanting, due_on=day)

    def _mended(self, directive, by):
        """Refused once, then done."""
        self._refused(directive, by)
        who, last = self._who(directive.unit), max(point.number for point in directive.points.all())
        self._after(DONE_AFTER + 8, answer, directive, who, {last: "批文和责任人名单已附。"})
        self._after(DONE_AFTER + 8, hand_in, directive, who, hour=16)
        self._after(DONE_AFTER + 10, close, directive, by, how="核对批文原件，情况属实。")

    def _reopened(self, directive, by):
        self._closed(directive, by)
        told = {"reason": "会商定的时间已过，仍没有动。", "due_on": self._later(55)}
        self._after(37, reopen, directive, by, **told)

    def _extended(self, directive, by):
        self._ongoing(directive, by)
        told = {
            "reason": "要等上级部门批复。",
            "progress": "材料已报，正在补正。",
            "until": self._later(10, directive.due_on),
        }
        self._after(5, self._ask, ask_extension, directive, told, {"by": by, "granted": True})

    def _continuing(self, directive, by, until=REVIEW_NEXT):
        self._ongoing(directive, by)
        told = {"reason": "牵涉面广，期限内办不完。", "goal": "先办成具备条件的部分，每月报一次进展。", "until": until}
        self._after(
            8, self._ask, ask_continuing, directive, told, {"by": by, "granted": True, "note": "同意，按期复核。"}
        )

    def _reviewed(self, directive, by):
        self._continuing(directive, by, REVIEWED)
        told = {"note": "银行已受理，还差抵押手续。", "review_on": REVIEW_NEXT}
        self.agenda.note(at(REVIEWED, 15), review, directive, by, **told)

    def _denied(self, directive, by):
        verdict = {"by": by, "granted": False, "note": "审批由你单位办理，按原定单位和期限办。"}
        told = {"reason": "材料还没有报到我单位。"}
        self._after(1, self._ask, object_to, directive, told, verdict)
        self._ongoing(directive, by, after=3)

    def _passed(self, directive, by):
        other = self.units[NOT_OURS[directive.unit.name]]
        verdict = {"by": by, "granted": True, "unit": other, "due_on": self._later(20)}
        told = {"reason": f"论证由{other.name}牵头，我单位配合。"}
        self._after(1, self._ask, object_to, directive, told, verdict)
        self._after(4, sign, directive, self._who(other))

    def _overdue(self, directive, by):
        self._ongoing(directive, by)
        self._after(20, urge, [directive], by, note="已过期限，请三日内报进展。")

    def _withdrawn(self, directive, by):
        self._after(2, withdraw, directive, by, reason="方案已随月报报来，不再另报。")

    def _moved(self, directive, by):
        self._ongoing(directive, by)
        told = {"to": "县纪委", "letter": "株督函〔2015〕6号", "reason": "涉嫌失职，由县纪委核查。"}
        self._after(6, hand_over, directive, by, **told)
