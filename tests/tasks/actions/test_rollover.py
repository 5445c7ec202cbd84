"""A plan carried into another year: what goes along, what is linked, what is left on record."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from tasks.actions.progress import accept_progress
from tasks.actions.rollover import Carried, Choice, Heading, moved, numbered, roll_over
from tasks.models import (
    Group,
    GroupLead,
    GroupMember,
    Indicator,
    Milestone,
    Phase,
    Plan,
    PlanEvent,
    Section,
    Task,
    TaskEvent,
)
from units.models import Unit

HEADING = Heading(
    year=2016,
    title="株洲县2016年“改革创新年”活动实施方案",
    short_title="改革创新年",
    document_number="株县办〔2016〕3号",
    issued_on=None,
    starts_on=datetime.date(2016, 1, 1),
    ends_on=datetime.date(2016, 12, 31),
)


def choice(*tasks, anew=False, sections=(), **parts):
    numbers = numbered(tasks, anew=anew)
    carried = tuple(Carried(each, numbers[each.pk], moved(each.due_on, 1)) for each in tasks)
    return Choice(carried, frozenset(sections), **parts)


@pytest.fixture
def half_done(task, office):
    accept_progress(task, 60, datetime.date(2015, 9, 1), office)
    return Task.objects.get(pk=task.pk)


def test_the_new_plan_says_where_it_comes_from_and_the_old_one_where_it_went(plan, half_done, office):
    new = roll_over(plan, office, HEADING, choice(half_done))
    assert (new.follows, new.office, new.kind, new.year) == (plan, plan.office, plan.kind, 2016)
    assert PlanEvent.objects.get(subject=new, verb="结转建立方案").changes["编号对应（旧→新）"] == ["", "43→43"]
    assert PlanEvent.objects.get(subject=new, verb="结转建立方案").actor == office
    assert PlanEvent.objects.filter(subject=plan, verb="结转到下一年度").exists()


def test_an_unfinished_task_starts_from_nothing_and_knows_its_origin(plan, half_done, office):
    new = roll_over(plan, office, HEADING, choice(half_done)).tasks.get()
    assert new.continues == half_done
    assert (new.progress, new.status, new.done_on, new.progress_month) == (0, "NOT_STARTED", None, None)
    assert (new.starts_on, new.due_on, new.planned_due_on) == (
        datetime.date(2016, 1, 1),
        datetime.date(2016, 12, 31),
        datetime.date(2016, 12, 31),
    )
    assert new.judged_from >= new.starts_on
    event = TaskEvent.objects.get(subject=new, verb="结转")
    assert event.changes["进度"] == ["60%", "0%"]
    assert "编号" not in event.changes
    assert TaskEvent.objects.get(subject=half_done, verb="结转到下一年度").note == "2016年改革创新年第43项"


def test_the_old_task_stays_as_it_was(plan, half_done, office):
    before = Task.objects.filter(pk=half_done.pk).values().get()
    roll_over(plan, office, HEADING, choice(half_done))
    assert Task.objects.filter(pk=half_done.pk).values().get() == before


def test_responsibilities_come_along_in_their_order(plan, task, civil, labour, office):
    new = roll_over(plan, office, HEADING, choice(task)).tasks.get()
    assert new.lead == civil
    assert new.supports == [labour]
    assert TaskEvent.objects.get(subject=new).changes["责任单位"][1] == "县民政局（牵头）、县人社局（配合）"


def test_responsibilities_may_stay_behind(plan, task, office):
    assert roll_over(plan, office, HEADING, choice(task, responsibilities=False)).tasks.get().lead is None


def test_a_unit_that_is_gone_is_replaced_by_its_successor(plan, task, civil, labour, water, office):
    civil.active_to, civil.successor = datetime.date(2015, 11, 30), water
    civil.save()
    new = roll_over(plan, office, HEADING, choice(task)).tasks.get()
    assert (new.lead, new.supports) == (water, [labour])


def test_a_successor_that_has_a_part_already_keeps_the_lead(plan, task, civil, labour, office):
    civil.active_to, civil.successor = datetime.date(2015, 11, 30), labour
    civil.save()
    new = roll_over(plan, office, HEADING, choice(task)).tasks.get()
    assert (new.lead, new.supports) == (labour, [])


def test_a_unit_gone_without_successor_is_named_as_left_out_and_the_next_one_leads(plan, task, civil, labour, office):
    civil.active_to = datetime.date(2015, 11, 30)
    civil.save()
    new = roll_over(plan, office, HEADING, choice(task))
    assert new.tasks.get().lead == labour
    assert "县民政局" in new.events.get(verb="结转建立方案").note


def test_numbers_are_kept_or_begin_anew(plan, task, make_task, civil, office):
    other = make_task(plan, 71, civil)
    kept = roll_over(plan, office, HEADING, choice(task, other))
    assert list(kept.tasks.values_list("number", flat=True)) == ["43", "71"]
    later = Heading(
        **(
            vars(HEADING)
            | {"year": 2017, "starts_on": datetime.date(2017, 1, 1), "ends_on": datetime.date(2017, 12, 31)}
        )
    )
    carried = tuple(Carried(each, number, datetime.date(2017, 12, 31)) for each, number in ((task, "1"), (other, "2")))
    anew = roll_over(plan, office, later, Choice(carried))
    assert {each.number: each.continues.number for each in anew.tasks.all()} == {"1": "43", "2": "71"}
    assert anew.events.get(verb="结转建立方案").changes["编号对应（旧→新）"] == ["", "43→1；71→2"]


def test_numbering_anew_follows_the_order():
    assert numbered([Task(pk=9, number="72"), Task(pk=4, number="1")], anew=True) == {9: "1", 4: "2"}
    assert numbered([Task(pk=9, number="72")], anew=False) == {9: "72"}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (datetime.date(2015, 11, 30), datetime.date(2016, 11, 30)),
        (datetime.date(2016, 2, 29), datetime.date(2017, 2, 28)),
    ],
)
def test_a_day_moves_by_a_year(day, later):
    assert moved(day, 1) == later


def test_the_frame_of_the_plan_comes_along(plan, task, civil, labour, office, law_office):
    group = Group.objects.create(plan=plan, kind="WORKING", name="社会事业组", office=law_office)
    GroupLead.objects.create(group=group, unit=civil, order=2)
    GroupLead.objects.create(group=group, unit=labour, order=1)
    plan.sections.update(group=group)
    empty = Section.objects.create(plan=plan, number="（二）", title="没有任务的一章", order=2)
    Phase.objects.create(
        plan=plan, title="宣传启动", starts_on=datetime.date(2015, 1, 1), ends_on=datetime.date(2015, 3, 31)
    )
    Indicator.objects.create(plan=plan, task=task, unit=civil, name="完成投资", target=100, unit_of_measure="亿元")
    new = roll_over(plan, office, HEADING, choice(task, sections=[empty.pk]))
    copied = new.groups.get()
    assert (copied.name, copied.office) == ("社会事业组", law_office)
    assert [each.unit for each in copied.grouplead_set.all()] == [labour, civil]
    assert [(each.number, each.group) for each in new.sections.all()] == [("（一）", copied), ("（二）", None)]
    assert new.phases.get().ends_on == datetime.date(2016, 3, 31)
    indicator = new.indicators.get()
    assert (indicator.target, indicator.unit, indicator.task) == (100, civil, new.tasks.get())


def test_standards_and_names_kept_as_text_come_along(plan, task, office):
    Task.objects.filter(pk=task.pk).update(standard="平台上线", also_named="各有关单位")
    new = roll_over(plan, office, HEADING, choice(Task.objects.get(pk=task.pk))).tasks.get()
    assert (new.standard, new.also_named) == ("平台上线", "各有关单位")


def test_members_come_along_with_their_group_under_the_unit_of_the_day(plan, task, civil, labour, office):
    group = Group.objects.create(plan=plan, kind="LEADING", name="领导小组")
    GroupMember.objects.create(group=group, post="成员", name="李示例", unit=labour, title="副局长", order=2)
    GroupMember.objects.create(group=group, post="组长", name="王示例", order=1)
    Unit.objects.filter(pk=labour.pk).update(active_to=datetime.date(2015, 12, 31), successor=civil)
    members = roll_over(plan, office, HEADING, choice(task)).groups.get().members
    assert list(members.values_list("post", "name", "unit__name", "title")) == [
        ("组长", "王示例", None, ""),
        ("成员", "李示例", "县民政局", "副局长"),
    ]


def test_parts_not_wanted_stay_behind(plan, task, office):
    Group.objects.create(plan=plan, kind="WORKING", name="社会事业组")
    Phase.objects.create(plan=plan, title="启动", starts_on=plan.starts_on, ends_on=plan.ends_on)
    Indicator.objects.create(plan=plan, name="完成投资", target=100, unit_of_measure="亿元")
    Plan.objects.filter(pk=plan.pk).update(due_day=25, stamped=False)
    left = dict.fromkeys(("groups", "phases", "indicators", "reporting"), False)
    new = roll_over(plan, office, HEADING, choice(task, **left))
    assert [new.groups.count(), new.phases.count(), new.indicators.count()] == [0, 0, 0]
    assert (new.due_day, new.stamped) == (None, True)


def test_rules_come_along_as_the_first_version(make_plan, reform_office, make_task, civil, office):
    plan = make_plan(reform_office, "另一个")
    plan.rules.slow_after, plan.rules.late_after = 15, 45
    plan.rules.save()
    Plan.objects.filter(pk=plan.pk).update(due_day=25)
    task = make_task(plan, 1, civil)
    new = roll_over(plan, office, HEADING, choice(task))
    assert (new.rules.version, new.rules.slow_after, new.rules.late_after, new.due_day) == (1, 15, 45, 25)
    assert new.rules.plan == new
    usual = roll_over(plan, office, Heading(**(vars(HEADING) | {"title": "再一个"})), choice(task, rules=False))
    assert (usual.rules.slow_after, usual.rules.late_after) == (10, 30)


def test_steps_done_stay_behind_and_the_others_move_by_a_year(plan, make_task, civil, office):
    task = make_task(plan, 5, civil, pace="MILESTONES")
    Milestone.objects.create(
        task=task, title="方案", due_on=datetime.date(2015, 3, 31), done_on=datetime.date(2015, 3, 1)
    )
    Milestone.objects.create(task=task, title="验收", due_on=datetime.date(2015, 10, 31), weight=2)
    new = roll_over(plan, office, HEADING, choice(task)).tasks.get()
    assert [(each.title, each.due_on, each.weight) for each in new.milestones.all()] == [
        ("验收", datetime.date(2016, 10, 31), 2)
    ]
    assert new.late_from == datetime.date(2016, 10, 31)


def test_related_tasks_stay_related_when_both_come_along(plan, make_task, civil, office):
    first, second, third = (make_task(plan, n, civil) for n in (1, 2, 3))
    first.overlaps.add(second, third)
    new = roll_over(plan, office, HEADING, choice(first, second))
    one, two = new.tasks.all()
    assert list(one.overlaps.all()) == [two]


def test_it_is_done_once(plan, task, office):
    roll_over(plan, office, HEADING, choice(task))
    with pytest.raises(Refusal, match="已有名称相同的方案"):
        roll_over(plan, office, HEADING, choice(task))
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"year": 2015}, "须晚于2015年"),
        ({"ends_on": datetime.date(2015, 1, 1)}, "不能早于开始日期"),
        ({"starts_on": datetime.date(2017, 1, 1), "ends_on": datetime.date(2017, 12, 31)}, "第43项的完成时限"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(plan, task, office, changed, sentence):
    with pytest.raises(Refusal, match=sentence):
        roll_over(plan, office, Heading(**(vars(HEADING) | changed)), choice(task))
    assert Plan.objects.count() == 1


def test_a_task_of_another_plan_and_a_number_twice_are_refused(plan, law_plan, make_task, civil, office):
    mine, other, foreign = make_task(plan, 1, civil), make_task(plan, 2, civil), make_task(law_plan, 1, civil)
    with pytest.raises(Refusal, match="不属于这个方案"):
        roll_over(plan, office, HEADING, choice(foreign))
    day = datetime.date(2016, 12, 31)
    with pytest.raises(Refusal, match="编号7出现多次"):
        roll_over(plan, office, HEADING, Choice((Carried(mine, "7", day), Carried(other, "7", day))))
    assert Task.objects.exclude(continues=None).count() == 0


@pytest.mark.parametrize("who", ["other_office", "reporter", "leader", "admin"])
def test_only_the_plans_office_carries_it_over(who, cast, plan, task):
    with pytest.raises(PermissionDenied):
        roll_over(plan, cast[who], HEADING, choice(task))
    assert Plan.objects.count() == 1


def test_a_failure_halfway_leaves_nothing(plan, task, make_task, civil, office):
    other = make_task(plan, 2, civil)
    day = datetime.date(2016, 12, 31)
    with pytest.raises(Exception, match=r".+"):
        roll_over(plan, office, HEADING, Choice((Carried(task, "1", day), Carried(other, None, day))))
    assert Plan.objects.count() == 1


def test_a_carried_proposal_leaves_the_township_its_own_choice(plan, make_task, make_unit, office):
    town = make_unit("朱亭镇", "TOWNSHIP")
    task = make_task(plan, "自选-朱亭镇-2", town, origin="SELF_CHOSEN")
    new = roll_over(plan, office, HEADING, choice(task))
    assert new.tasks.get().origin == "SELF_CHOSEN"
    assert Task.objects.chosen_by(town.pk, 2016).count() == 0
