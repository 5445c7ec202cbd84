"""Changes of tasks: asked before the due date, decided by the office; the first date, the count and every text stay."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Already, Refusal
from reports.actions.periods import close_period, open_period
from tasks.actions.changes import agree_change, ask_change, decline_change, withdraw_change
from tasks.models import Task, TaskChange, TaskChangeEvent

D = datetime.date
WHY = {"reason": "省厅接口推迟开通", "so_far": "平台已招标，接入两家数据"}
LATER, END = D(2015, 11, 30), D(2015, 12, 31)


@pytest.fixture
def due(task):
    """Task 43, due on 31 October."""
    task.due_on = task.planned_due_on = D(2015, 10, 31)
    task.save()
    return task


def again(task):
    return Task.objects.select_related("plan__rules").get(pk=task.pk)


def ask(task, by, kind="EXTEND", **told):
    return ask_change(task, by, kind, **WHY | ({"due_on": LATER} if kind == "EXTEND" else {}) | told)


def test_more_time_is_asked_agreed_and_said_by_the_light(due, reporter, office):
    change = ask(due, reporter)
    assert (change.status, change.unit_name, change.progress) == ("ASKED", "县民政局", 0)
    assert again(due).due_on == D(2015, 10, 31)
    notice = office.notices.get()
    assert (notice.title, notice.url) == ("第43项申请延期到2015年11月30日，待审定", f"/changes/{change.pk}/")
    agree_change(change, office, note="同意，抓紧")
    task = again(due)
    assert (task.due_on, task.planned_due_on, task.extended) == (LATER, D(2015, 10, 31), 1)
    assert task.judgement().reason.endswith("；已延期1次，原定2015年10月31日")
    change.refresh_from_db()
    assert (change.old_due_on, change.decided_by, change.decision) == (D(2015, 10, 31), office, "同意，抓紧")
    told = reporter.notices.get()
    assert (told.title, told.body) == ("第43项的延期申请已同意", "同意，抓紧")
    event = task.events.get(verb="同意延期")
    assert (event.actor, event.note, event.changes) == (
        office,
        WHY["reason"],
        {"完成时限": ["2015-10-31", "2015-11-30"]},
    )
    agree_change(ask(due, reporter, due_on=END), office)
    task = again(due)
    assert (task.due_on, task.planned_due_on, task.extended) == (END, D(2015, 10, 31), 2)
    assert [each.serial for each in task.changes.all()] == [1, 2]


def test_the_days_of_the_light_move_with_the_date_and_a_closed_month_keeps_the_words(due, reporter, office, plan, at):
    agree_change(ask(due, reporter), office)
    at("2015-11-03 09:00")
    assert again(due).light.value != "GREY"
    assert Task.objects.with_light().get(pk=due.pk).light_now == again(due).light.value
    assert "已超过完成时限" not in again(due).judgement().reason
    period = open_period(plan, D(2015, 10, 1))
    at("2015-11-20 09:00")
    close_period(period)
    assert "已延期1次，原定2015年10月31日" in period.standings.get(task=due).reason


def test_another_text_is_a_version_and_the_printed_one_stays(due, reporter, office):
    due.points = ["一是建平台。", "二是接数据。"]
    due.save()
    first = due.text
    agree_change(ask(due, reporter, "ADJUST", text="建成核对平台，接入四家数据。"), office)
    agree_change(ask(due, reporter, "ADJUST", text="建成核对平台，接入六家数据。"), office)
    task = again(due)
    assert (task.text, task.points, task.text_version) == ("建成核对平台，接入六家数据。", [], 3)
    assert [(each.old_text, each.old_points) for each in task.changes.all()] == [
        (first, ["一是建平台。", "二是接数据。"]),
        ("建成核对平台，接入四家数据。", []),
    ]
    assert task.judgement().reason.endswith("；内容已调整（第3版）")
    assert task.events.filter(verb="同意调整").newest()[0].changes == {"任务内容": ["第2版", "第3版"]}
    assert (task.due_on, task.extended) == (D(2015, 10, 31), 0)


def test_going_on_has_a_goal_and_a_day_of_review(due, reporter, office):
    agree_change(ask(due, reporter, "CONTINUE", due_on=END, goal="四家数据联通"), office)
    task = again(due)
    assert (task.due_on, task.extended, task.going_on) == (END, 0, "四家数据联通")
    assert task.judgement().reason.endswith("；持续推进，2015年12月31日复核")
    assert task.is_open


def test_declining_needs_a_word_and_leaves_the_task(due, reporter, office):
    change = ask(due, reporter)
    with pytest.raises(Refusal, match="请写明不同意的原因"):
        decline_change(change, office, note=" ")
    decline_change(change, office, note="原因不充分")
    assert (again(due).due_on, again(due).extended) == (D(2015, 10, 31), 0)
    assert reporter.notices.get().title == "第43项的延期申请未同意"
    # What is not public stands on the question's own thread alone.
    assert again(due).events.get(verb="未同意延期").note == ""
    assert TaskChangeEvent.objects.get(subject=change, verb="不同意").note == "原因不充分"
    with pytest.raises(Refusal, match="未同意”，不用再审定"):
        agree_change(change, office)


def test_a_second_press_is_told_of_the_first(due, reporter, office):
    change = ask(due, reporter)
    agree_change(change, office)
    with pytest.raises(Already, match="没有重复办理"):
        agree_change(change, office)
    assert again(due).extended == 1


def test_the_unit_takes_it_back_while_nobody_decided(due, reporter, office):
    change = ask(due, reporter)
    with pytest.raises(Refusal, match="正在等待审定，要改请先撤回"):
        ask(due, reporter)
    withdraw_change(change, reporter)
    with pytest.raises(Already):
        withdraw_change(change, reporter)
    change = ask(due, reporter)
    agree_change(change, office)
    with pytest.raises(Refusal, match="不能变为“已撤回”"):
        withdraw_change(change, reporter)


@pytest.mark.parametrize("who", ["co_reporter", "outsider", "office", "leader", "inspector", "admin"])
def test_only_the_leading_unit_asks(due, cast, who):
    with pytest.raises(PermissionDenied):
        ask(due, cast[who])


@pytest.mark.parametrize("who", ["reporter", "head", "other_office", "leader", "inspector", "admin"])
def test_only_the_plans_office_decides(due, reporter, cast, who):
    change = ask(due, reporter)
    for verb in (agree_change, decline_change):
        with pytest.raises(PermissionDenied):
            verb(change, cast[who], note="x")


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),
    [
        ("EXTEND", {"due_on": None}, "新的时限须晚于现在的完成时限2015-10-31"),
        ("EXTEND", {"due_on": D(2015, 10, 31)}, "新的时限须晚于现在的完成时限2015-10-31"),
        ("EXTEND", {"due_on": D(2016, 1, 1)}, "不能晚于方案的结束日期2015-12-31"),
        ("EXTEND", {"reason": "  "}, "请写明申请原因"),
        ("EXTEND", {"so_far": ""}, "请写明目前进展"),
        ("ADJUST", {"text": " "}, "请写明调整后的任务内容"),
        ("CONTINUE", {"due_on": END}, "持续推进须写明阶段目标"),
        ("CONTINUE", {"goal": "x"}, "复核日期须晚于"),
    ],
)
def test_what_is_lacking_is_said(due, reporter, kind, told, sentence):
    with pytest.raises(Refusal, match=sentence):
        ask(due, reporter, kind, **told)
    assert not TaskChange.objects.exists()


def test_the_same_text_is_no_adjustment(due, reporter):
    with pytest.raises(Refusal, match="须与现在的不同"):
        ask(due, reporter, "ADJUST", text=f" {due.text} ")


def test_it_is_asked_for_before_the_day_is_over_and_may_be_decided_later(due, reporter, office, at):
    at("2015-10-31 23:59:59")
    change = ask(due, reporter)
    at("2015-11-05 09:00")
    agree_change(change, office)
    assert again(due).due_on == LATER
    at("2015-12-01 00:00:00")
    with pytest.raises(Refusal, match="须在到期以前申请"):
        ask(due, reporter, due_on=END)


def test_a_task_done_asks_for_nothing_and_a_project_has_its_timetable(due, reporter, make_project):
    Task.objects.filter(pk=due.pk).update(status="DONE")
    with pytest.raises(Refusal, match="不用申请变更"):
        ask(due, reporter)
    with pytest.raises(PermissionDenied):
        ask(make_project("标准厂房").task, reporter)


def test_a_date_the_office_moved_meanwhile_is_not_moved_back(due, reporter, office):
    change = ask(due, reporter)
    Task.objects.filter(pk=due.pk).update(due_on=END)
    with pytest.raises(Refusal, match="须晚于现在的完成时限2015-12-31"):
        agree_change(change, office)
    assert again(due).due_on == END
