"""The light and progress of a key project: exact money, its start, its nodes."""

import datetime
from decimal import Decimal

import pytest

from tasks.lights import Light
from tasks.programme import Course, Node, Rules, judge, turns

D = datetime.date
JANUARY, NEVER = D(2015, 1, 1), D(2015, 12, 31)


def course(spent=0, nodes=(), planned=(10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90)):
    months = [D(2015, n, 1) for n in range(1, 13)]
    plan = tuple((month, Decimal(money)) for month, money in zip(months, planned, strict=False))
    actual = ((JANUARY, Decimal(spent)),) if spent else ()
    return Course(JANUARY, sum((money for _, money in plan), Decimal(0)), plan, actual, tuple(nodes))


def light(thing, day, **more):
    return judge(thing, Rules(), day, **more).light


def test_a_lag_that_was_made_up_turns_no_light_any_more():
    """What came late, money in September and a node after its limit, is there today: the row's days say as the judgement does."""
    nodes = [Node("桩基", D(2015, 3, 20), done_on=D(2015, 8, 1), told_in=D(2015, 8, 1))]
    planned = tuple((D(2015, n, 1), Decimal(10)) for n in range(1, 13))
    thing = Course(JANUARY, Decimal(120), planned, ((D(2015, 9, 1), Decimal(90)),), tuple(nodes))
    days, today = turns(thing, Rules(), NEVER), D(2015, 10, 20)
    assert light(thing, today) is Light.GREEN
    assert days.slow_from > today
    assert days.late_from is None or days.late_from > today


def test_what_was_due_and_done_before_the_year_turns_no_light():
    """A continued project started years ago; one that never did is as late on the year's first day as it is."""
    started = course(nodes=[Node("开工", D(2013, 9, 30), is_start=True, done_on=D(2013, 9, 16))])
    assert turns(started, Rules(), NEVER).slow_from == D(2015, 12, 31)
    never = course(nodes=[Node("开工", D(2014, 11, 30), is_start=True)], planned=[0] * 11 + [100])
    days = turns(never, Rules(), NEVER)
    assert (days.slow_from, days.late_from) == (JANUARY, D(2015, 1, 31))
    assert light(never, JANUARY) is Light.YELLOW


@pytest.mark.parametrize(
    ("planned", "spent", "expected"),
    [
        ("50", "40", Light.GREEN),  # exactly ten points behind
        ("50", "39.99", Light.YELLOW),
        ("50", "20", Light.YELLOW),  # exactly thirty
        ("50", "19.99", Light.RED),
        ("50", "170", Light.GREEN),  # never capped
    ],
)
def test_money_is_compared_exactly(planned, spent, expected):
    thing = course(Decimal(spent), planned=(Decimal(planned), *[0] * 10, 100 - Decimal(planned)))
    assert light(thing, D(2015, 1, 31)) is expected


def test_the_sentence_names_what_and_by_how_much():
    thing = course(Decimal("3705"), planned=(9035, *[0] * 10, 3342))
    told = judge(thing, Rules(), D(2015, 9, 30))
    assert told.reason == "投资完成年计划的29.9%，应完成73.0%，落后43.1个百分点，红灯"
    assert (told.brief, told.expected) == ("落后43.1点", 73)


def test_a_month_is_owed_at_its_end():
    thing = course()
    assert light(thing, D(2015, 1, 30)) is Light.GREY
    assert light(course(planned=(11, *[0] * 10, 89)), D(2015, 1, 31)) is Light.YELLOW


def test_the_start_is_yellow_at_its_month_end_and_red_at_the_third():
    start = Node("开工", D(2015, 3, 10), is_start=True)
    thing = Course(JANUARY, nodes=(start,))
    days = [D(2015, 3, 30), D(2015, 3, 31), D(2015, 5, 30), D(2015, 5, 31)]
    assert [light(thing, day) for day in days] == [Light.GREY, Light.YELLOW, Light.YELLOW, Light.RED]
    assert judge(thing, Rules(), D(2015, 9, 30)).brief == "3月应开工，已过6个月"
    done = Course(JANUARY, nodes=(Node("开工", D(2015, 3, 10), is_start=True, done_on=D(2015, 4, 2)),))
    assert light(done, D(2015, 3, 31)) is Light.YELLOW
    assert light(done, D(2015, 4, 30)) is Light.GREEN


def test_an_overdue_node_is_yellow_the_goal_red():
    nodes = [Node("基础完成", D(2015, 6, 30)), Node("主体完成", D(2015, 11, 30), goal=True)]
    thing = Course(JANUARY, nodes=tuple(nodes))
    assert light(thing, D(2015, 6, 30)) is Light.GREY
    assert light(thing, D(2015, 7, 1)) is Light.YELLOW
    told = judge(thing, Rules(), D(2015, 12, 1))
    assert (told.light, told.reason) == (Light.RED, "年度目标“主体完成”逾期1天（另有1个节点逾期），红灯")


def test_the_worst_of_three_and_the_others_that_are_not_green():
    nodes = [Node("开工", D(2015, 3, 1), is_start=True, done_on=D(2015, 3, 1)), Node("征地", D(2015, 1, 20))]
    thing = course(nodes=nodes, planned=(40, *[0] * 10, 60))
    told = judge(thing, Rules(), D(2015, 1, 31))
    assert told.light is Light.RED
    assert told.reason.startswith("投资完成年计划的0.0%，应完成40.0%，落后40.0个百分点；节点“征地”逾期11天")


def test_progress_is_at_most_99_before_the_goal_and_never_capped_in_money():
    goal = Node("竣工", D(2015, 12, 20), goal=True)
    full = course(120, [goal])
    assert (full.progress(NEVER), full.share(NEVER)) == (99, 120)
    done = course(120, [Node("竣工", D(2015, 12, 20), goal=True, done_on=D(2015, 10, 8), told_in=D(2015, 10, 1))])
    assert done.progress(NEVER) == 100
    assert light(done, D(2015, 10, 31)) is Light.BLUE
    assert light(done, D(2015, 9, 30)) is not Light.BLUE
    assert course(Decimal("29.5")).progress(NEVER) == 30


def test_without_money_the_nodes_count():
    nodes = (Node("一", D(2015, 3, 1), weight=2, done_on=D(2015, 3, 1)), Node("二", D(2015, 9, 1), weight=1))
    assert Course(JANUARY, nodes=nodes).progress(NEVER) == 67
    assert Course(JANUARY).progress(NEVER) == 0


def test_paused_stopped_recovering():
    late = course(planned=(40, *[0] * 10, 60))
    assert light(late, D(2015, 1, 31), excused="征地未完成") is Light.GREY
    stopped = judge(late, Rules(), D(2015, 1, 31), stopped=D(2015, 1, 20))
    assert (stopped.light, stopped.brief) == (Light.GREY, "已调出")
    well = course(40, planned=(40, *[0] * 10, 60))
    assert light(well, D(2015, 2, 28), recovering=True) is Light.YELLOW


@pytest.mark.parametrize("spent", [0, 12, 45, 100])
def test_the_turning_days_are_those_of_judging(spent):
    nodes = [
        Node("开工", D(2015, 3, 10), is_start=True, done_on=D(2015, 3, 9) if spent else None),
        Node("主体", D(2015, 8, 20), goal=True),
    ]
    thing = course(spent, nodes, planned=(5, 10, 5, 10, 5, 10, 5, 10, 5, 10, 5, 20))
    days = turns(thing, Rules(), NEVER)
    for number in range(364):
        day = JANUARY + datetime.timedelta(days=number)
        told = light(thing, day)
        late, slow = days.late_from and day >= days.late_from, days.slow_from and day >= days.slow_from
        by_days = Light.RED if late else Light.YELLOW if slow else Light.GREEN
        assert told is (Light.GREY if day < days.judged_from else by_days), day
