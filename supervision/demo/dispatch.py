"""Dispatch meetings, visits and owners' words of the demonstration year, through the real actions, from fixtures/demo-dispatch-2015.json."""

import datetime
import json

from django.conf import settings

from reports.demo.agenda import at
from reports.demo.script import YEAR
from supervision.actions.meetings import hold_meeting, judge_item, note_decision, revise_occasion, settle_occasion
from supervision.actions.visits import record_visit
from supervision.actions.words import answer_word, confirm_word, make_links
from supervision.models import Item
from units.models import Unit

FILE = settings.BASE_DIR / "fixtures" / "demo-dispatch-2015.json"


def _month(number):
    return datetime.date(YEAR, number, 1)


def _day(pair):
    return datetime.date(YEAR, *pair)


class Dispatch:
    order = 10

    def __init__(self, year):
        self.cast, self.agenda, self.programme = year.cast, year.agenda, year.programme
        self.plan, self.data = year.programme.plan, json.loads(FILE.read_text("utf-8"))
        self.units = {unit.name: unit for unit in Unit.objects.all()}

    def note(self):
        for row in self.data["meetings"]:
            month, day, hour = row["at"][0], row["at"][1], row["at"][2]
            self.agenda.note(at(_day((month, day)), hour), self._meet, row)
        for row in self.data["visits"]:
            self.agenda.note(at(_day(row["at"]), 17, 20), self._visit, row)
        for row in self.data["words"]:
            self.agenda.note(at(_day(row["sent"]), 10), self._send, row)

    def _meet(self, row):
        """Held, noted and settled on one day; whether each was kept is said later."""
        action = self.plan.tasks.actions().get(number=row["action"]) if "action" in row else None
        by = self.cast.reporter(action.lead) if action else self.cast.office(self.plan)
        month = _month(row["month"])
        meeting = hold_meeting(self.plan, by, month, action=action)
        for each in row["items"]:
            project = self.programme.project(each["project"]) if "project" in each else None
            said = {"text": each["text"], "unit": self.units[each["unit"]], "due_on": _day(each["due"])}
            item = note_decision(self.plan, by, month, action=action, project=project, **said)
            if "kept" in each:
                *day, word = each["kept"]
                self.agenda.note(at(_day(day), 11), judge_item, item, by, Item.Kept(word))
        revise_occasion(meeting, by, **{name: row[name] for name in ("place", "people", "notes")})
        settle_occasion(meeting, by)

    def _visit(self, row):
        leader, project = self.cast.leader(), self.programme.project(row["project"])
        by = self.cast.office(self.plan) if row.get("by_office") else leader
        told = {name: row[name] for name in ("people", "notes", "settled") if name in row}
        visit = record_visit(project, by, leader=leader, held_on=_day(row["at"]), **told)
        if "kept" in row:
            for item in visit.items.all():
                self.agenda.note(at(_day(row["kept"]), 16), judge_item, item, by, Item.Kept.KEPT)

    def _send(self, row):
        project, office = self.programme.project(row["project"]), self.cast.office(self.plan)
        ((word, _),) = make_links([project], _month(row["quarter"]), office)
        if "said" in row:
            said = {name: value for name, value in row["said"].items() if name != "at"}
            self.agenda.note(at(_day(row["said"]["at"]), 9, 40), answer_word, word, **said)
        if "found" in row:
            *day, text = row["found"]
            by = self.cast.reporter(word.confirming_unit)
            self.agenda.note(at(_day(day), 15), confirm_word, word, by, text)
