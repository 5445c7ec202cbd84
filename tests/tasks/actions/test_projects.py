"""The register of key projects: listing, classes with history, stopping, packages, timetables, accepted months."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kit.refusal import Refusal
from reports.actions import listing
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, reopen
from reports.models import Entry, MonthlyReport
from tasks.actions.listing import Codes, Person, Told
from tasks.actions.months import enter_month, leave_months
from tasks.actions.schedules import Step, accept_schedule, decline_schedule, propose_schedule, withdraw_schedule
from tasks.lights import Light
from tasks.models import ClassRule, Project, Schedule, Task

D = datetime.date
OCTOBER, NOVEMBER, JUNE = D(2015, 10, 1), D(2015, 11, 1), D(2015, 6, 1)
EVEN = {"INVESTED": {D(2015, n, 1): Decimal(10) for n in range(1, 13)}}


@pytest.fixture
def owner(programme, make_user):
    return make_user("xiangmu", "OFFICE", programme.office, name="罗例项")


@pytest.fixture
def lead(programme, make_user):
    return make_user("fagai", "OFFICE", "县发改局", name="易例通")


def again(project):
    return Project.objects.with_course().get(pk=project.pk)


def test_a_project_is_a_task_beside_seven_actions(programme, make_project):
    project = make_project("湘江标准厂房", amounts=EVEN, year_plan=Decimal(120))
    task = Task.objects.get(pk=project.pk)
    assert (task.kind, task.parent.number, task.number, task.lead.name) == ("PROJECT", "(一)", "K01", "县民政局")
    assert programme.tasks.actions().count() == 7
    assert list(programme.tasks.projects()) == [task]
    assert Codes(programme).next("NEW") == "K02"
    assert (project.first_year_plan, again(project).course.year) == (120, 120)
    assert Task.objects.with_light().get(pk=task.pk).light_now == again(project).task.judgement().light.value == "RED"


def test_the_same_name_and_the_same_code_are_refused(make_project):
    make_project("湘江标准厂房", code="K07")
    with pytest.raises(Refusal, match="已有同名项目"):
        make_project("湘江 标准厂房")
    with pytest.raises(Refusal, match="编号K07已用于另一个项目"):
        make_project("渌水大桥", code="K07")


def test_a_class_decides_the_action_from_a_month_on_and_the_months_before_keep_theirs(make_project, owner):
    project = make_project("渌水大桥", "PREPARED")
    project = listing.change_class(project, owner, "NEW", D(2015, 7, 1), reason="提前开工", paper="株县办〔2015〕30号")
    assert (project.klass, project.action.number, project.code) == ("NEW", "(一)", "T01")
    assert Project.objects.with_class(JUNE).get().class_then == "PREPARED"
    assert Project.objects.with_class(OCTOBER).get().class_then == "NEW"
    back = listing.change_class(project, owner, "PREPARED", D(2015, 9, 1), reason="资金未落实")
    assert back.action.number == "(三)"
    with pytest.raises(Refusal, match="须从更晚的月份起"):
        listing.change_class(project, owner, "NEW", D(2015, 8, 1), reason="x")
    with pytest.raises(Refusal, match="须写明原因"):
        listing.change_class(project, owner, "NEW", D(2015, 10, 1), reason=" ")
    assert project.task.events.filter(verb="变更类别").count() == 2


def test_what_is_prepared_belongs_to_one_action_and_counts_once(programme, make_project):
    make_project("渌水大桥", "PREPARED")
    make_project("湘江标准厂房", "NEW")
    first, _, third, *_ = programme.tasks.actions().order_by("order")
    assert first.children.count() + third.children.count() == Project.objects.counted().count() == 2


def test_only_the_service_unit_owes_the_month_and_study_is_asked_each_quarter(programme, make_project, civil, labour):
    make_project("湘江标准厂房", supports=[labour])
    make_project("云龙水库", "STUDIED", lead=labour)
    period = open_period(programme, OCTOBER)
    assert list(Entry.objects.filter(task__kind="PROJECT").values_list("report__unit__name", flat=True)) == [civil.name]
    assert not period.reports.filter(unit=labour).exists()
    december = open_period(programme, D(2015, 12, 1))
    assert december.reports.filter(unit=labour).exists()


def test_stopping_leaves_frozen_months_and_asks_no_later_one(programme, make_project, owner, at, civil):
    project = make_project("湘江标准厂房", amounts=EVEN)
    at("2015-09-20 09:00:00")
    september = open_period(programme, D(2015, 9, 1))
    at("2015-10-10 09:00:00")
    close_period(september)
    period = open_period(programme, OCTOBER)
    assert period.reports.get(unit=civil).entries.count() == 1
    listing.stop_project(project, owner, D(2015, 10, 8), reason="投资方退出")
    assert (
        period.reports.get(unit=civil).status,
        Entry.objects.filter(report__period=period, task=project.pk).count(),
    ) == (
        MonthlyReport.Status.EXEMPT,
        0,
    )
    assert september.standings.get(task=project.pk).light == "RED"
    assert not Project.objects.running(OCTOBER).exists()
    assert Project.objects.running(D(2015, 9, 1)).exists()
    task = Task.objects.with_light().get(pk=project.pk)
    assert (task.status, task.light_now) == ("STOPPED", "GREY")
    listing.resume_project(project, owner, reason="恢复建设")
    assert period.reports.get(unit=civil).entries.count() == 1


def test_a_package_counts_once_and_its_parts_carry_the_money(programme, make_project):
    whole = make_project("农村公路打包项目", "CONTINUED")
    parts = [make_project(f"第{n}标段", "CONTINUED", package=whole, amounts=EVEN) for n in (1, 2)]
    assert (Project.objects.counted().count(), Project.objects.carriers().count()) == (1, 2)
    assert again(whole).sums("INVESTED")[0] == 240
    enter_month(parts[0].task, D(2015, 9, 1), {"invested": "60"}, None)
    assert again(whole).sums("INVESTED")[1] == 60
    assert Task.objects.get(pk=whole.pk).progress == 25
    open_period(programme, OCTOBER)
    assert not Entry.objects.filter(task=whole.pk).exists()


def filled(report, **figures):
    report.entries.update(invested=30, shape="主体施工", **figures, version=1)
    MonthlyReport.objects.filter(pk=report.pk).update(status="SUBMITTED")
    report.submissions.create(serial=1, content={}, checksum="x", author_name="x", at=report.due_at, on_time=True)
    return MonthlyReport.objects.get(pk=report.pk)


def test_acceptance_writes_the_register_and_reopening_takes_it_back(programme, make_project, owner, civil):
    steps = [Step("竣工", D(2015, 12, 20), "COMPLETE", goal=True), Step("主体", D(2015, 9, 30))]
    project = make_project("湘江标准厂房", amounts=EVEN, nodes=steps)
    enter_month(project.task, D(2015, 9, 1), {"invested": "90"}, None)
    node = project.task.milestones.get(title="主体")
    report = filled(open_period(programme, OCTOBER).reports.get(unit=civil), nodes={str(node.pk): "2015-10-12"})
    accept(report, owner)
    stands = again(project)
    assert (stands.sums("INVESTED")[1], stands.task.progress, stands.task.status) == (120, 99, "ONGOING")
    assert stands.task.milestones.get(title="主体").done_on == D(2015, 10, 12)
    assert asked(programme, NOVEMBER)
    reopen(MonthlyReport.objects.get(pk=report.pk), owner, reason="数字有误")
    back = again(project)
    assert (back.sums("INVESTED")[1], back.task.progress) == (90, 75)
    assert back.task.milestones.get(title="主体").done_on is None


def asked(plan, month):
    return Project.objects.asked_in(plan.pk, month).filter(task__in=Task.objects.open()).exists()


def test_the_accepted_goal_is_the_end(programme, make_project):
    project = make_project("湘江标准厂房", amounts=EVEN, nodes=[Step("竣工", D(2015, 12, 20), "COMPLETE", goal=True)])
    goal = project.task.milestones.get()
    enter_month(project.task, OCTOBER, {"invested": "80", "nodes": {str(goal.pk): "2015-10-15"}}, None)
    task = again(project).task
    assert (task.status, task.progress, task.done_on, task.judgement().light) == (
        "DONE",
        100,
        D(2015, 10, 15),
        Light.BLUE,
    )
    assert not asked(programme, NOVEMBER)
    leave_months([project.task], OCTOBER, None)
    assert again(project).task.status == "NOT_STARTED"


def test_money_that_came_back_and_money_above_the_plan_stand_as_they_are(make_project):
    project = make_project("湘江标准厂房", amounts=EVEN)
    enter_month(project.task, D(2015, 3, 1), {"invested": "200"}, None)
    enter_month(project.task, D(2015, 4, 1), {"invested": "-15.5", "arrived": "0", "land": "12"}, None)
    stands = again(project)
    assert (stands.sums("INVESTED")[1], stands.sums("ARRIVED")[1], stands.sums("LAND")[1]) == (Decimal("184.5"), 0, 12)
    assert stands.task.progress == 99


def test_a_timetable_is_proposed_accepted_and_the_first_one_stays(make_project, reporter, lead, owner, outsider):
    project = make_project("湘江标准厂房", year_plan=Decimal(100))
    first = {"INVESTED": {D(2015, 3, 1): Decimal(40), D(2015, 9, 1): Decimal(60)}}
    with pytest.raises(PermissionDenied):
        propose_schedule(project, outsider, first, [])
    with pytest.raises(Refusal, match="合计40万元，年度计划投资100"):
        propose_schedule(project, reporter, {"INVESTED": {D(2015, 3, 1): Decimal(40)}}, [])
    waits = propose_schedule(project, reporter, first, [Step("开工", D(2015, 3, 10), "START")])
    assert not again(project).amounts.exists()
    with pytest.raises(PermissionDenied):
        accept_schedule(waits, reporter)
    accept_schedule(waits, lead)
    later = {"INVESTED": {D(2015, 3, 1): Decimal(10), D(2015, 9, 1): Decimal(90)}}
    node = project.task.milestones.get()
    moved = [Step("开工", D(2015, 5, 10), "START", key=node.pk)]
    with pytest.raises(Refusal, match="调整计划须写明原因"):
        propose_schedule(project, reporter, later, moved)
    second = propose_schedule(project, reporter, later, moved, reason="征地推迟")
    accept_schedule(second, owner)
    rows = {row.month: (row.first, row.planned) for row in again(project).amounts.all()}
    assert rows == {D(2015, 3, 1): (40, 10), D(2015, 9, 1): (60, 90)}
    node = project.task.milestones.get()
    assert (node.first_due_on, node.due_on) == (D(2015, 3, 10), D(2015, 5, 10))
    third = propose_schedule(project, reporter, first, moved, reason="改回")
    with pytest.raises(Refusal, match="请写明不采纳的原因"):
        decline_schedule(third, lead, note="")
    decline_schedule(third, lead, note="已定")
    fourth = propose_schedule(project, reporter, first, moved, reason="再报")
    withdraw_schedule(fourth, reporter)
    assert [each.status for each in project.schedules.all()] == ["ACCEPTED", "ACCEPTED", "DECLINED", "WITHDRAWN"]
    assert Schedule.objects.visible_to(outsider).count() == 2


def test_a_timetable_of_a_part_turns_the_light_of_its_package(make_project, reporter, owner):
    package = make_project("打包道路", year_plan=Decimal(100))
    part = make_project("东线", package=package, year_plan=Decimal(100))
    waits = propose_schedule(part, reporter, {"INVESTED": {D(2015, 3, 1): Decimal(100)}}, [])
    accept_schedule(waits, owner)
    assert again(package).task.late_from == again(part).task.late_from == D(2015, 3, 31)


def test_the_five_ones_are_demanded_of_some_classes_only_and_of_a_package_once(make_project):
    project, study = make_project("湘江标准厂房"), make_project("云龙水库", "STUDIED")
    everything = ("县级领导", "特派员", "时间表")
    assert Project.objects.missing() == {project.pk: everything}
    listed = make_project("十大项目之一", "STUDIED", labels=["三个十"], people=[Person("LEADER", "何例山")])
    assert Project.objects.filter(pk__in=[study.pk, listed.pk]).missing() == {listed.pk: everything[1:]}
    package = make_project("农村公路打包")
    part = make_project("东线", package=package, amounts={"INVESTED": {D(2015, 3, 1): Decimal(10)}})
    assert Project.objects.filter(pk__in=[package.pk, part.pk]).missing() == {package.pk: everything[:2]}


def test_a_leader_finds_the_projects_of_his_name(make_project, leader):
    project = make_project("湘江标准厂房", people=[Person("LEADER", leader.name), Person("ENVOY", "陈示敬")])
    make_project("云龙水库")
    assert list(Project.objects.of_leader(leader)) == [project]


def test_a_correction_of_money_needs_a_reason_and_leaves_a_trace(make_project, owner, reporter):
    project = make_project("湘江标准厂房", total=Decimal(500), year_plan=Decimal(120))
    with pytest.raises(PermissionDenied):
        listing.revise_project(project, reporter, Told({"owner": "某公司"}))
    with pytest.raises(Refusal, match="修改总投资（万元）须写明原因"):
        listing.revise_project(project, owner, Told({"total": Decimal(600)}))
    listing.revise_project(project, owner, Told({"total": Decimal(600)}), note="初设批复")
    stands = again(project)
    assert (stands.total, stands.first_total) == (600, 500)
    assert stands.task.events.newest().first().changes == {"总投资（万元）": ["500", "600"]}


def test_the_classes_of_a_plan_follow_its_seven_actions(programme):
    rules = {rule.klass: (rule.action.number, rule.also and rule.also.number) for rule in ClassRule.objects.all()}
    assert rules == {
        "NEW": ("(一)", None),
        "CONTINUED": ("(二)", None),
        "PREPARED": ("(三)", "(一)"),
        "STUDIED": ("(三)", None),
        "CONTRACTED": ("(六)", None),
    }


def test_what_holds_a_project_up_is_what_its_latest_accepted_month_says(make_project):
    project = make_project("湘江标准厂房", amounts=EVEN)
    enter_month(project.task, D(2015, 9, 1), {"invested": "1", "cause": "GROUND"}, None)
    enter_month(project.task, D(2015, 8, 1), {"invested": "1", "cause": "FUNDS"}, None)
    assert again(project).get_cause_display() == "用地征拆"
    enter_month(project.task, OCTOBER, {"invested": "1", "cause": ""}, None)
    assert again(project).cause == ""
    leave_months([project.task], OCTOBER, None)
    assert again(project).cause_month is None
