"""Key projects carried into another year: what goes along, what begins empty, what a late month still moves, the way back."""

import datetime
from decimal import Decimal

import pytest

from kit.refusal import Refusal
from tasks.actions.carrying import CarriedProject, candidates, proposed_class, staying
from tasks.actions.listing import Codes, Person, Told, list_project
from tasks.actions.loads import changes_since
from tasks.actions.months import enter_month, leave_months
from tasks.actions.projects import revise_project
from tasks.actions.rollover import Carried, Choice, Heading, moved, roll_over
from tasks.actions.schedules import Step, propose_schedule
from tasks.actions.stopping import stop_project
from tasks.actions.takeback import built_on, take_back_roll_over
from tasks.models import Plan, Project, ProjectPerson, Sector, Task, TaskEvent

D = datetime.date
HEADING = Heading(2016, "株洲县2016年“项目突破年”活动实施方案", "项目突破年", "", None, D(2016, 1, 1), D(2016, 12, 31))
INVESTED = {D(2015, 8, 1): Decimal(300), D(2015, 9, 1): Decimal(700)}


@pytest.fixture
def programme_office(make_user, programme):
    return make_user("tupoban", "OFFICE", programme.office)


def whole(plan, projects=None, classes=None, tasks=None):
    """Everything that may go along, as the form proposes it, but for ``classes`` {code: class}."""
    tasks = plan.tasks.actions() if tasks is None else tasks
    found = [each for each in candidates(plan) if not staying(each)] if projects is None else projects
    return Choice(
        tuple(Carried(task, task.number, moved(task.due_on, 1)) for task in tasks),
        projects=tuple(CarriedProject(each, (classes or {}).get(each.code, proposed_class(each))) for each in found),
    )


@pytest.fixture
def carry(programme, programme_office):
    def go(heading=HEADING, plan=programme, **more):
        new = roll_over(plan, programme_office, heading, whole(plan, **more))
        return new, {each.code: each for each in Project.objects.filter(task__plan=new).with_course()}

    return go


@pytest.fixture
def factory(make_project, town, water, labour):
    project = make_project(
        "标准厂房",
        supports=[labour],
        places=[town],
        labels=["三个十"],
        owner="示例公司",
        total=Decimal(5000),
        before=Decimal("100.5"),
        year_plan=Decimal(1000),
        goal_words="主体完成",
        printed_number="7",
        people=[Person(ProjectPerson.Role.LEADER, "张示例"), Person(ProjectPerson.Role.ENVOY, "李示例", water, "139")],
        amounts={"INVESTED": INVESTED},
        nodes=[
            Step("开工", D(2015, 3, 31), "START", done_on=D(2015, 3, 20)),
            Step("竣工", D(2015, 12, 20), "COMPLETE", goal=True),
        ],
    )
    Project.objects.filter(pk=project.pk).update(sector=Sector.objects.get(plan=project.task.plan, name="工业"))
    enter_month(project.task, D(2015, 8, 1), {"invested": "250.25"}, None)
    return Project.objects.get(pk=project.pk)


def test_a_new_start_goes_on_with_its_code_its_people_and_its_money(factory, carry, civil, labour, town):
    new, found = carry()
    project = found["K01"]
    assert (project.klass, project.task.parent) == ("CONTINUED", new.tasks.get(number="(二)"))
    assert project.before == Decimal("350.75")
    assert (project.year_plan, project.first_year_plan, project.goal_words, project.printed_number) == (
        None,
        None,
        "",
        "",
    )
    assert (project.total, project.first_total, project.listed_from) == (5000, 5000, D(2016, 1, 1))
    assert not project.amounts.exists()
    assert not project.schedules.exists()
    assert (project.service_unit, project.task.supports) == (civil, [labour])
    assert (project.owner, project.sector.name, project.sector.plan) == ("示例公司", "工业", new)
    assert [each.name for each in project.labels.all()] == ["三个十"]
    assert list(project.places.all()) == [town]
    people = [(each.role, each.name, each.phone) for each in project.people.all()]
    assert people == [("ENVOY", "李示例", "139"), ("LEADER", "张示例", "")]
    assert [(each.klass, each.from_month) for each in project.classes.all()] == [("CONTINUED", D(2016, 1, 1))]
    task = project.task
    assert (task.continues_id, task.progress, task.status, task.due_on) == (
        factory.pk,
        0,
        "NOT_STARTED",
        D(2016, 12, 31),
    )
    changes = TaskEvent.objects.get(subject=task, verb="结转").changes
    assert changes["类别"] == ["新开工", "续建"]
    assert changes["上年末累计投资（万元）"] == ["100.5", "350.75"]


def test_open_nodes_go_along_but_the_goal_is_for_the_new_year_to_say(factory, carry):
    nodes = carry()[1]["K01"].task.milestones.all()
    assert [(each.title, each.due_on, each.goal, each.done_on) for each in nodes] == [
        ("竣工", D(2016, 12, 20), False, None)
    ]


def test_the_old_project_stays_as_it_was(factory, carry):
    before = Project.objects.values().get(pk=factory.pk), Task.objects.values().get(pk=factory.pk)
    carry()
    assert (Project.objects.values().get(pk=factory.pk), Task.objects.values().get(pk=factory.pk)) == before


@pytest.mark.parametrize("klass", ["CONTINUED", "PREPARED", "STUDIED", "CONTRACTED"])
def test_every_other_class_is_proposed_as_it_is(make_project, carry, klass):
    make_project("另一个", klass, code="A1")
    assert carry()[1]["A1"].klass == klass


def test_another_class_may_be_chosen_for_each(factory, make_project, carry):
    make_project("研究", "STUDIED", code="Y01")
    _, found = carry(classes={"K01": "NEW", "Y01": "PREPARED"})
    assert {code: each.klass for code, each in found.items()} == {"K01": "NEW", "Y01": "PREPARED"}
    assert found["Y01"].task.parent.number == "(三)"


def test_rules_and_sectors_point_to_the_new_plans_own(factory, programme, carry, water, civil):
    programme.sectors.filter(name="工业").update(lead=water)
    type(water).objects.filter(pk=water.pk).update(active_to=D(2015, 12, 31), successor=civil)
    new, _ = carry()
    rules = {
        rule.klass: (rule.action.number, rule.also and rule.also.number, rule.rhythm) for rule in new.class_rules.all()
    }
    assert rules["PREPARED"] == ("(三)", "(一)", "MONTHLY")
    assert rules["STUDIED"] == ("(三)", None, "QUARTERLY")
    assert len(rules) == 5
    assert all(rule.action.plan_id == new.pk for rule in new.class_rules.all())
    assert list(new.sectors.values_list("name", flat=True)) == ["农业", "工业", "服务业", "基础设施", "社会公益"]
    assert new.sectors.get(name="工业").lead == civil
    causes = {rule.cause: rule.action.number for rule in new.cause_rules.all() if rule.action.plan_id == new.pk}
    assert causes == {"FUNDS": "(四)", "GROUND": "(五)", "BLOCKED": "(七)"}


def test_what_is_finished_or_stopped_stays_behind(make_project, programme, carry):
    done = make_project("竣工的", nodes=[Step("竣工", D(2015, 8, 1), "COMPLETE", done_on=D(2015, 7, 30))])
    stopped = make_project("调出的")
    stop_project(stopped, None, D(2015, 7, 1), reason="资金落空")
    make_project("还在建的")
    assert [staying(each) for each in candidates(programme)] == ["已竣工", "已调出", ""]
    assert set(carry()[1]) == {"K03"}
    with pytest.raises(Refusal, match="K01 竣工的已竣工，留在原方案"):
        carry(heading=Heading(**(vars(HEADING) | {"title": "又一个"})), projects=[Project.objects.get(pk=done.pk)])


def test_a_year_whose_goal_was_reached_on_the_way_goes_on(make_project, programme):
    make_project("分年的", nodes=[Step("路基完成", D(2015, 8, 1), goal=True, done_on=D(2015, 7, 30))])
    assert [staying(each) for each in candidates(programme)] == [""]


def test_a_package_goes_with_its_parts_and_its_money_is_theirs(make_project, carry, programme):
    package = make_project("打包", code="K01")
    part = make_project("子项目", code="K01-1", package=package, before=Decimal(10))
    enter_month(part.task, D(2015, 9, 1), {"invested": "5"}, None)
    _, found = carry()
    assert found["K01-1"].package_id == found["K01"].pk
    assert (found["K01-1"].before, found["K01"].before) == (15, 15)
    heading = Heading(**(vars(HEADING) | {"title": "又一个"}))
    with pytest.raises(Refusal, match="请把打包项目一并勾选"):
        carry(heading=heading, projects=[each for each in candidates(programme) if each.code == "K01-1"])


def test_a_class_whose_action_stays_behind_is_refused(factory, programme, carry):
    with pytest.raises(Refusal, match=r"“续建”项目属于第\(二\)项，该项没有带入"):
        carry(tasks=programme.tasks.actions().exclude(number="(二)"))
    programme.class_rules.filter(klass="CONTINUED").delete()
    with pytest.raises(Refusal, match="还没有设定“续建”项目属于哪项行动"):
        carry()
    assert Plan.objects.count() == 1


def test_a_month_accepted_after_the_roll_over_reaches_the_next_year(factory, carry):
    _, found = carry()
    enter_month(factory.task, D(2015, 12, 1), {"invested": "49.25"}, None, note="12月")
    assert Project.objects.get(pk=found["K01"].pk).before == 400
    assert TaskEvent.objects.get(subject=found["K01"].task, verb="上年数据变动").note == "12月"
    leave_months([factory.task], D(2015, 12, 1), None)
    assert Project.objects.get(pk=found["K01"].pk).before == Decimal("350.75")


def test_a_sum_the_office_corrected_by_hand_stays(factory, carry):
    _, found = carry()
    Project.objects.filter(pk=found["K01"].pk).update(before=Decimal(360))
    enter_month(factory.task, D(2015, 12, 1), {"invested": "49.25"}, None)
    assert Project.objects.get(pk=found["K01"].pk).before == 360


def test_two_years_on_a_late_month_reaches_both(factory, carry):
    second, found = carry()
    third = Heading(2017, "株洲县2017年", "项目突破年", "", None, D(2017, 1, 1), D(2017, 12, 31))
    _, later = carry(heading=third, plan=second)
    enter_month(factory.task, D(2015, 12, 1), {"invested": "49.25"}, None)
    assert Project.objects.get(pk=later["K01"].pk).before == 400


def test_a_late_month_of_a_part_reaches_the_package(make_project, carry):
    package = make_project("打包", code="K01")
    part = make_project("子项目", code="K01-1", package=package, before=Decimal(10))
    _, found = carry()
    enter_month(part.task, D(2015, 12, 1), {"invested": "5"}, None)
    assert [Project.objects.get(pk=found[code].pk).before for code in ("K01", "K01-1")] == [15, 15]


def test_the_first_plan_of_the_year_is_told_without_a_reason_and_kept(factory, carry):
    _, found = carry()
    project = revise_project(found["K01"], None, Told({"year_plan": Decimal(2000)}))
    assert project.first_year_plan == 2000
    with pytest.raises(Refusal, match="须写明原因"):
        revise_project(project, None, Told({"year_plan": Decimal(2500)}))
    assert revise_project(project, None, Told({"year_plan": Decimal(2500)}), note="调整").first_year_plan == 2000


def test_a_code_of_an_earlier_year_is_not_given_again(factory, make_project, carry):
    stop_project(make_project("调出的"), None, D(2015, 7, 1), reason="资金落空")
    new, found = carry()
    assert (set(found), Codes(new).next("NEW")) == ({"K01"}, "K03")


def test_it_is_taken_back_whole(factory, carry, programme_office):
    new, found = carry()
    enter_month(factory.task, D(2015, 12, 1), {"invested": "49.25"}, None)
    package = found["K01"]
    assert built_on(new) == []
    take_back_roll_over(new, programme_office, reason="年度选错")
    assert Plan.objects.count() == 1
    assert not Project.objects.filter(pk=package.pk).exists()


def test_a_package_is_taken_back_with_its_parts(make_project, carry, programme_office):
    make_project("子项目", code="K01-1", package=make_project("打包", code="K01"))
    new, _ = carry()
    take_back_roll_over(new, programme_office, reason="年度选错")
    assert Project.objects.count() == 2


def test_it_is_not_taken_back_over_what_people_did_since(factory, carry, programme_office, reporter, make_project):
    new, found = carry()
    project = Project.objects.get(pk=found["K01"].pk)
    propose_schedule(project, reporter, {"INVESTED": {D(2016, 5, 1): Decimal(5)}}, [])
    with pytest.raises(Refusal, match="K01 标准厂房计划表第1版"):
        take_back_roll_over(new, programme_office, reason="年度选错")
    list_project(new, None, "NEW", Told({"name": "后来的"}))
    assert any("后来的" in each for each in built_on(new))


def test_a_load_that_projects_were_listed_in_says_so(programme, factory):
    class Loaded:
        written = {
            "tasks": list(programme.tasks.actions().values_list("pk", flat=True)),
            "plans": [],
            "task_event": 10**9,
            "plan_event": 10**9,
        }

    assert changes_since(Loaded) == ["列入的重点项目：K01 标准厂房"]
