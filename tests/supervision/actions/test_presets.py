"""Every preset makes a scheme that a round can be run by, in one press."""

from decimal import Decimal

import pytest

from kit.refusal import Refusal
from supervision.actions.presets import presets, start_from, take_standards
from supervision.dashboard.soundness import doubts
from supervision.scoring import shares_of
from tasks.models import Task
from units.models import Unit

KINDS = ("PARTY", "MASS", "GOVERNMENT", "VERTICAL", "TOWNSHIP")


@pytest.fixture
def many(plan, task, make_task, make_unit):
    """Four units of five kinds, each leading one task, besides one alone of its kind."""
    for kind in KINDS:
        for n in range(4):
            make_task(plan, f"{kind}{n}", lead=make_unit(f"{kind}单位{n}", kind))
    return plan


@pytest.fixture
def tasks_of(make_task, make_unit):
    def make(plan):
        return [make_task(plan, str(n), lead=make_unit(f"单位{n}")) for n in range(1, 6)]

    return make


def test_a_reform_scheme_has_five_groups(many, office):
    scheme = start_from(many, office, "reform_quarter")
    groups = {group.name: group.units.count() for group in scheme.groups.all()}
    assert groups == {"党委部门": 4, "人大政协群团": 4, "政府部门": 6, "法检、垂直管理和事业单位": 4, "乡镇园区": 4}
    assert sum(item.full for item in scheme.items.all()) == 100
    assert [each for each in doubts(scheme) if each.stops] == []


@pytest.mark.parametrize("kind", ["REFORM", "LAW", "BREAKTHROUGH", "OTHER"])
def test_every_preset_is_sound_and_names_nothing_forbidden(plan, tasks_of, kind):
    plan.kind = kind
    plan.save()
    tasks_of(plan)
    for task in Task.objects.filter(plan=plan):
        Task.objects.filter(pk=task.pk).update(standard=f"做到{task.number}")
    for key in presets(plan):
        scheme = start_from(plan, None, key)
        if kind != "BREAKTHROUGH" or key != "project_quarter":
            assert [each.sentence for each in doubts(scheme) if each.stops] == []
        assert not [each.sentence for each in doubts(scheme) if "减负" in each.sentence]


def test_only_the_notices_own_plans_are_told_its_clauses(plan, tasks_of):
    tasks_of(plan)
    assert start_from(plan, None, "reform_quarter").basis == "改革创新年方案四、（四）"
    plan.kind, plan.document_number = "OTHER", "清政办发〔2015〕7号"
    assert {(each["name"], each["basis"]) for each in presets(plan).values()} == {("季度排名", ""), ("年度考核", "")}


def test_projects_are_ranked_by_their_service_units(programme, make_project, make_unit):
    for n in range(5):
        make_project(f"项目{n}", "NEW", make_unit(f"服务单位{n}"))
    scheme = start_from(programme, None, "project_quarter")
    assert scheme.groups.get().units.count() == 5
    assert [(item.title, item.full) for item in scheme.items.all()] == [
        ("投资额", 15),
        ("投资率", 35),
        ("节点", 20),
        ("销号", 15),
        ("审批", 10),
        ("报送", 5),
    ]
    assert doubts(scheme) == []


def test_what_is_too_few_for_a_group_stands_together(plan, make_task, make_unit):
    for name, kind in (("县法院", "JUDICIAL"), ("县妇联", "MASS"), ("县委办", "PARTY")):
        make_task(plan, name, lead=make_unit(name, kind))
    scheme = start_from(plan, None, "reform_quarter")
    assert [(group.name, group.units.count()) for group in scheme.groups.all()] == [("其他单位", 3)]


def test_standards_of_tasks_become_items_once(law_plan, tasks_of, other_office):
    first, second, third, *_ = tasks_of(law_plan)
    for task in (first, second, third):
        Task.objects.filter(pk=task.pk).update(standard="有制度、有台账")
    scheme = start_from(law_plan, other_office, "law_year")
    items = scheme.items.exclude(task=None)
    assert [(item.task, item.full, item.way, item.self_scored) for item in items] == [
        (task, 20, "HAND", True) for task in (first, second, third)
    ]
    assert sum(item.full for item in scheme.items.all()) == 100
    with pytest.raises(Refusal, match="没有可以取入的“工作要求和标准”"):
        take_standards(scheme, other_office, 10)


def test_no_such_preset(plan, office):
    with pytest.raises(Refusal, match="没有这份样本"):
        start_from(plan, office, "law_year")


def test_shares_come_to_the_whole():
    assert shares_of(60, 7) == [Decimal("8.58"), *[Decimal("8.57")] * 6]
    assert sum(shares_of("60", 7)) == 60


def test_units_no_longer_there_are_in_no_group(plan, make_task, make_unit):
    for n in range(5):
        make_task(plan, str(n), lead=make_unit(f"单位{n}"))
    Unit.objects.filter(name="单位0").update(active_to="2015-10-01")
    scheme = start_from(plan, None, "reform_quarter")
    assert scheme.groups.get().units.count() == 4
