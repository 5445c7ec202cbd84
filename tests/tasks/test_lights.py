"""Lights: the sentence, the day they turn, and the database's answer beside the arithmetic's."""

import datetime

import pytest

from tasks import lights
from tasks.lights import Basis, Course, Light, Pace, Rules
from tasks.models import Milestone, Task

YEAR = Course(Pace.EVEN, datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))


@pytest.mark.parametrize(
    ("progress", "light"),
    [(70, Light.GREEN), (60, Light.GREEN), (59, Light.YELLOW), (40, Light.YELLOW), (39, Light.RED)],
)
def test_bands_are_inclusive(progress, light):
    day = datetime.date(2015, 9, 13)
    assert YEAR.expected(day) == 70
    assert lights.judge(YEAR, progress, Rules(), day).light is light


def test_the_reason_says_figures_and_band():
    judged = lights.judge(YEAR, 45, Rules(), datetime.date(2015, 9, 13))
    assert judged.reason == "进度45%，时间进度70%，落后25个百分点，黄灯（>10，≤30）"


@pytest.mark.parametrize(
    ("day", "progress", "more", "words"),
    [
        ("2015-09-13", 45, {}, "落后25个百分点"),
        ("2015-09-13", 80, {}, "未落后"),
        ("2015-09-13", 80, {"recovering": True}, "转好观察"),
        ("2015-09-13", 100, {"done": True}, ""),
        ("2015-09-13", 45, {"excused": "等待批复"}, "已批准说明"),
        ("2014-12-31", 0, {}, "尚未开始"),
        ("2016-01-03", 45, {}, "逾期3天"),
    ],
)
def test_the_reason_in_a_few_words(day, progress, more, words):
    assert lights.judge(YEAR, progress, Rules(), datetime.date.fromisoformat(day), **more).brief == words


def test_a_share_is_not_points():
    rules = Rules(basis=Basis.SHARE)
    assert lights.judge(YEAR, 45, rules, datetime.date(2015, 9, 13)).light is Light.RED


def test_past_due_is_red_and_year_end_is_grey_until_then():
    course = Course(Pace.YEAR_END, YEAR.starts_on, YEAR.due_on)
    assert lights.judge(course, 0, Rules(), YEAR.due_on).light is Light.GREY
    assert lights.judge(course, 90, Rules(), YEAR.due_on + datetime.timedelta(days=1)).light is Light.RED


def test_a_red_that_catches_up_is_yellow_first():
    judged = lights.judge(YEAR, 100, Rules(), datetime.date(2015, 9, 13), recovering=True)
    assert judged.light is Light.YELLOW
    assert "由红灯转好" in judged.reason


@pytest.mark.parametrize("pace", ["EVEN", "MILESTONES", "YEAR_END"])
@pytest.mark.parametrize("progress", [0, 33, 60, 99])
def test_the_database_agrees_with_the_arithmetic(plan, make_task, pace, progress):
    task = make_task(plan, 1, progress=progress, pace=pace, due_on=datetime.date(2015, 11, 15))
    for day, weight in ((3, 1), (6, 2), (9, 1)):
        Milestone.objects.create(task=task, title="节点", due_on=datetime.date(2015, day, 10), weight=weight)
    task.recovering_until = datetime.date(2015, 2, 28)
    task.save()
    for offset in range(0, 400, 9):
        day = datetime.date(2014, 12, 20) + datetime.timedelta(days=offset)
        assert Task.objects.with_light(day).get().light_now == task.judgement(day).light.value, day
