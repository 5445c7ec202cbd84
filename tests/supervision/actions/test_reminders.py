"""Reminders before the day of a directive, once a day and person, and nothing where nobody owes."""

import datetime

from supervision.actions.directives import pleas
from supervision.actions.reminders import remind_directives
from tests.supervision.directives import bring_to, hand_down
from units.models import Notice

D = datetime.date


def told(user):
    rows = Notice.objects.filter(user=user, key__startswith="directives:").order_by("at", "pk")
    return list(rows.values_list("body", flat=True))


def test_the_ladder_of_one_directive(given, reporter, head, at):
    for day in ("2015-10-22", "2015-10-23", "2015-10-26"):
        at(f"{day} 08:00:00")
        remind_directives()
        remind_directives()
    assert told(reporter) == [
        "交办〔2015〕1号 江湾段23户房屋征拆：签收今天到期",
        "交办〔2015〕1号 江湾段23户房屋征拆：签收逾期1个工作日",
    ]
    bring_to(given, "ONGOING", reporter)
    for day in range(27, 31):
        at(f"2015-10-{day} 08:00:00")
        remind_directives()
    at("2015-11-02 08:00:00")
    remind_directives()
    at("2015-11-03 08:00:00")
    assert remind_directives() == []
    assert [line.rpartition("：")[2] for line in told(reporter)[2:]] == [
        "办结还剩3个工作日",
        "办结还剩1个工作日",
        "办结今天到期",
        "办结逾期1个工作日",
    ]
    assert told(head) == told(reporter)


def test_a_day_nobody_ran_it_is_made_good_once(given, reporter, at):
    bring_to(given, "ONGOING", reporter)
    at("2015-10-28 08:00:00")
    remind_directives()
    assert told(reporter) == ["交办〔2015〕1号 江湾段23户房屋征拆：办结还剩2个工作日"]


def test_one_message_about_all_and_the_issuer_is_told_to_review(given, inspector, civil, reporter, at):
    hand_down(inspector, civil, title="另一件")
    at("2015-10-23 08:00:00")
    remind_directives()
    assert told(reporter)[0].count("\n") == 1
    bring_to(given, "ONGOING", reporter)
    plea = pleas.ask_continuing(given, reporter, reason="跨年", goal="封顶", until=D(2015, 11, 20))
    pleas.decide(plea, inspector, granted=True)
    at("2015-11-20 08:00:00")
    remind_directives()
    assert told(inspector) == ["交办〔2015〕1号 江湾段23户房屋征拆：复核今天到期"]
