"""Classes, causes, sectors and labels of a plan's key projects, and the versioned rules of their lights."""

import pytest
from django.urls import reverse

from tasks.actions.programme import labels_of
from tasks.models import Label, Project
from tests.pages import folded


@pytest.fixture
def office(make_user, programme):
    return make_user("tupoban", "OFFICE", "县项目突破年办", name="罗例项")


@pytest.fixture
def address(programme):
    return reverse("plan_programme", args=[programme.pk])


def typed(programme, *sectors, **classes):
    data = {"s-TOTAL_FORMS": len(sectors), "s-INITIAL_FORMS": programme.sectors.count()}
    for rule in programme.class_rules.all():
        data |= {f"{rule.klass}-action": rule.action_id, f"{rule.klass}-rhythm": rule.rhythm}
        data |= {f"{rule.klass}-also": rule.also_id} if rule.also_id else {}
    for place, row in enumerate(sectors):
        data |= {f"s-{place}-{name}": value for name, value in row.items()}
    data |= {f"cause-{rule.cause}": rule.action_id for rule in programme.cause_rules.all()}
    data |= {f"label-{key}": name for key, name, _ in labels_of(programme)}
    return data | {name.replace("__", "-"): value for name, value in classes.items()}


def kept(programme):
    return [{"name": each.name, "key": each.pk} for each in programme.sectors.all()]


def test_who_may(client, address, programme, sign_in, reporter, leader, other_office, auditor):
    assert client.get(address).url.startswith("/login/")
    for user in (reporter, leader, other_office):
        assert sign_in(user).get(address).status_code == 403
        assert sign_in(user).post(address, typed(programme)).status_code == 403
    assert sign_in(auditor).get(address).status_code == 404


def test_classes_move_with_their_projects_and_sectors_get_their_units(
    programme, make_project, office, civil, address, sign_in
):
    project, client = make_project("湘江标准厂房", "NEW"), sign_in(office)
    assert "工业" in folded(client.get(address))
    third = programme.tasks.actions().get(number="(三)")
    rows = kept(programme)
    rows[0] |= {"lead": "县民政局"}
    answer = client.post(
        address, typed(programme, *rows, {"name": "园区"}, NEW__action=third.pk, NEW__rhythm="QUARTERLY")
    )
    assert answer.url == reverse("plan", args=[programme.pk])
    project.task.refresh_from_db()
    assert project.task.parent == third
    assert (programme.sectors.first().lead, programme.sectors.last().name) == (civil, "园区")
    event = programme.events.newest().first()
    assert event.verb == "修改项目设置"
    assert event.changes["新开工"] == ["(一)，每月", "(三)，每季度末月"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"NEW__action": ""}, "已经设定的类别不能去掉"),
        ({"s-0-lead": "县没有局"}, "没有名为“县没有局”的单位"),
        ({"s-1-name": "农业"}, "行业“农业”写了两次。"),
        ({"s-0-DELETE": "on"}, "行业“农业”下还有项目，不能去掉。"),
    ],
)
def test_bad_values_are_told(change, words, programme, make_project, office, address, sign_in):
    make_project("油茶基地", "NEW", sector=programme.sectors.get(name="农业"))
    page = folded(sign_in(office).post(address, typed(programme, *kept(programme), **change)))
    assert words in page
    assert programme.sectors.count() == 5


def test_a_cause_goes_to_another_action_or_to_none(programme, office, address, sign_in):
    third = programme.tasks.actions().get(number="(三)")
    page = sign_in(office).get(address)
    assert page.context["causes"]["GROUND"].value() == programme.cause_rules.get(cause="GROUND").action_id
    causes = {"cause-APPROVAL": third.pk, "cause-FUNDS": ""}
    sign_in(office).post(address, typed(programme, *kept(programme), **causes))
    assert dict(programme.cause_rules.values_list("cause", "action__number")) == {
        "GROUND": "(五)",
        "BLOCKED": "(七)",
        "APPROVAL": "(三)",
    }
    changes = programme.events.newest().first().changes
    assert changes == {"受阻于审批": ["", "(三)"], "受阻于资金": ["(四)", ""]}


def labels(project):
    return sorted(each.name for each in project.labels.all())


def test_a_label_is_renamed_in_its_plan_alone(programme, make_project, make_plan, office, address, sign_in):
    bridge, plant = make_project("大桥", labels=["三 个十", "市重点"]), make_project("厂房", labels=["三个十"])
    other = make_project("别的方案的项目", labels=["三 个十"])
    other.task.plan = make_plan(programme.office, "别的方案", "BREAKTHROUGH", year=2016)
    other.task.save()
    wrong, city = Label.objects.get(name="三 个十"), Label.objects.get(name="市重点")
    renamed = {f"label-{wrong.pk}": "三个十", f"label-{city.pk}": "三 个十"}
    sign_in(office).post(address, typed(programme, *kept(programme), **renamed))
    bridge, plant, other = (Project.objects.get(pk=each.pk) for each in (bridge, plant, other))
    assert (labels(bridge), labels(plant), labels(other)) == (["三 个十", "三个十"], ["三个十"], ["三 个十"])
    assert programme.events.newest().first().changes["标签"] == ["三 个十、市重点、三个十", "三 个十、三个十"]


def test_a_label_needs_a_name(programme, make_project, office, address, sign_in):
    make_project("大桥", labels=["市重点"])
    key = Label.objects.get().pk
    page = folded(sign_in(office).post(address, typed(programme, *kept(programme), **{f"label-{key}": ""})))
    assert f'<a href="#id_label-{key}">标签市重点：' in page
    assert Label.objects.get().name == "市重点"


def test_the_list_leads_its_office_here(programme, make_project, office, reporter, address, sign_in):
    make_project("大桥")
    assert f'href="{address}"' in folded(sign_in(office).get("/projects/"))
    assert f'href="{address}"' not in folded(sign_in(reporter).get("/projects/"))


def test_rules_of_projects_are_versioned_and_told_in_words(programme, office, sign_in):
    client, address = sign_in(office), reverse("plan_rules", args=[programme.pk])
    assert 'value="开工、竣工、投产"' in folded(client.get(address))
    rules = {
        "slow_after": "10",
        "late_after": "30",
        "basis": "POINTS",
        "start_months": "2",
        "fulfilled_by": "取得用地、开工",
    }
    assert "请填写合同算履约的节点" in folded(client.post(address, rules | {"fulfilled_by": "、"}))
    client.post(address, rules)
    programme.refresh_from_db()
    assert (programme.rules.version, programme.rules.start_months) == (2, 2)
    page = folded(client.get(reverse("plan", args=[programme.pk])))
    assert "连续2个月末未开工红灯" in page
    assert "合同完成取得用地、开工之一的算履约" in page


def test_plans_without_projects_are_not_asked(plan, sign_in, make_user, reform_office):
    client = sign_in(make_user("gaige", "OFFICE", reform_office))
    assert "合同算履约" not in folded(client.get(reverse("plan_rules", args=[plan.pk])))


def test_a_fixed_number_of_questions(programme, office, address, sign_in, django_assert_num_queries):
    client = sign_in(office)
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)
