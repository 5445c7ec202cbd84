"""docs/duties.md: every duty of the notice has its clause and a record that carries it."""

import json
import re
from pathlib import Path

import pytest

from kit.carriers import carriers
from reports.models import MonthlyReport, Standing
from supervision.actions.rhythms import SHIPPED
from supervision.dashboard.rhythm import Calendar
from supervision.models import Directive, Experience, OwnerWord, Paper, Rhythm, Round
from tasks.models import (
    Group,
    Indicator,
    IndicatorPart,
    Milestone,
    Plan,
    Project,
    ProjectPerson,
    Schedule,
    Task,
)
from tests.demonstration import built, folder
from units.models import Contact, User

__all__ = ["built", "folder"]
DUTIES = Path(__file__).parents[2] / "docs" / "duties.md"
ROW = re.compile(r"^\| (\d+) \| (\S+) \| (\S+) \| (.+?) \| (.+?) \| (.+?) \|$", re.M)
PLANS = {"改革": "REFORM", "法治": "LAW", "项目": "BREAKTHROUGH"}
RECORDS = {
    "交办": Directive,
    "月报": MonthlyReport,
    "联系人": Contact,
    "节点": Milestone,
    "自选任务": Task,
    "亮灯": Standing,
    "工作组": Group,
    "项目人员": ProjectPerson,
    "业主反映": OwnerWord,
    "计划表": Schedule,
    "重点项目": Project,
    "指标": Indicator,
    "指标分解": IndicatorPart,
    "文书": Paper,
    "考评": Round,
    "改革经验": Experience,
}
OCCASIONS = {
    "会议": "MEETING",
    "调度会": "DISPATCH",
    "现场走访": "VISIT",
    "督查": "INSPECTION",
    "约谈": "INTERVIEW",
    "主题活动": "ACTIVITY",
}
# The demonstration year divides no figure among the townships.
PLAYED = set(RECORDS) - {"指标分解"}


def duties():
    return [match.groups() for match in ROW.finditer(DUTIES.read_text("utf-8"))]


def test_the_list_is_whole():
    found = duties()
    assert len(found) > 60
    assert [int(number) for number, *_ in found] == list(range(1, len(found) + 1))
    assert {plan for _, plan, *_ in found} == set(PLANS)


@pytest.mark.parametrize("duty", duties(), ids=lambda duty: duty[0])
def test_each_has_a_record_that_carries_it(duty):
    _, plan, clause, text, _, carrier = duty
    kind, _, name = carrier.partition(" ")
    if kind == "日历":
        rule = next(each for each in json.loads(SHIPPED.read_text("utf-8"))[PLANS[plan]] if each["title"] == name)
        assert clause[:3] in rule["clause"]
        assert rule["record"] in carriers()
    elif kind == "活动":
        assert OCCASIONS[name] in carriers()
    else:
        assert kind in RECORDS


def test_every_rule_of_the_calendar_is_a_duty_of_the_list():
    named = {(PLANS[plan], carrier.removeprefix("日历 ")) for _, plan, *_, carrier in duties()}
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    assert {(kind, rule["title"]) for kind, rules in shipped.items() for rule in rules} <= named


@pytest.mark.django_db
def test_the_demonstration_year_has_the_records(built):
    assert [name for name in sorted(PLAYED) if not RECORDS[name].objects.exists()] == []
    assert Task.objects.filter(origin=Task.Origin.SELF_CHOSEN).exists()
    assert Plan.objects.exclude(issued_on=None).count() >= 3
    assert set(Rhythm.objects.values_list("plan__kind", flat=True)) == set(PLANS.values())


def test_what_tells_of_a_month_or_a_quarter_is_due_once_that_is_over():
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    told = ("BULLETIN", "APPRAISAL", "RANKING", "MEDIA")
    rules = [each for rules in shipped.values() for each in rules if each["record"] in told and each["months"] != [12]]
    assert len(rules) == 5
    assert [each["title"] for each in rules if not each["due_next"]] == []


@pytest.mark.django_db
def test_the_calendar_shows_what_was_printed_and_published_as_met_in_time(built):
    rules = Rhythm.objects.filter(record__in=("BULLETIN", "APPRAISAL", "RANKING", "MEDIA"))
    calendar = Calendar(User.objects.get(username="ducha"), rules.select_related("plan__office"))
    by_paper = {(each.rhythm.record, each.state.name) for each in calendar.duties if each.records}
    assert by_paper == {(record, "DONE") for record in ("BULLETIN", "APPRAISAL", "RANKING", "MEDIA")}
