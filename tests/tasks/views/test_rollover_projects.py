"""The pages of a roll-over with key projects: which are proposed in which class, what the preview says, one press."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from tasks.actions.months import enter_month
from tasks.actions.stopping import stop_project
from tasks.models import Plan, Project
from tests.pages import folded
from tests.tasks.views.test_rollover import sent

TITLE = "株洲县2016年“项目突破年”活动实施方案"


@pytest.fixture
def window(make_user, programme, sign_in):
    return sign_in(make_user("tupoban", "OFFICE", programme.office))


@pytest.fixture
def projects(make_project):
    new, studied = make_project("标准厂房", before=Decimal(100)), make_project("通用机场", "STUDIED")
    enter_month(new.task, datetime.date(2015, 9, 1), {"invested": "20.5"}, None)
    stop_project(make_project("温泉小镇"), None, datetime.date(2015, 7, 1), reason="资金落空")
    return new, studied


def typed(plan, projects, act="carry", **more):
    tasks = plan.tasks.actions()
    classes = {f"class-{each.pk}": "CONTINUED" if each.klass == "NEW" else each.klass for each in projects}
    chosen = {"project": [str(each.pk) for each in projects], "title": TITLE, "short_title": "项目突破年"}
    return sent(plan, tasks, act=act, **(classes | chosen | more))


def test_the_form_proposes_classes_and_leaves_the_stopped_one(window, programme, projects):
    page = folded(window.get(reverse("plan_roll_over", args=[programme.pk])))
    assert "新开工的转为续建" in page
    assert 'value="CONTINUED" selected' in page
    assert 'value="STUDIED" selected' in page
    assert page.count('name="project"') == 2
    assert "已调出" in page


def test_the_preview_shows_both_sums_and_writes_nothing(window, programme, projects):
    page = folded(window.post(reverse("plan_roll_over", args=[programme.pk]), typed(programme, projects, "preview")))
    assert "带入的重点项目" in page
    assert ">100</td>" in page
    assert ">120.5</td>" in page
    assert "K02（已调出）" in page
    assert Plan.objects.count() == 1


def test_the_preview_sums_what_goes_along_with_a_package_once(window, programme, projects, make_project):
    package = make_project("打包工程", "CONTINUED")
    parts = [make_project(f"打包工程{n}", "CONTINUED", package=package, before=Decimal(3000)) for n in (1, 2)]
    for part in parts:
        enter_month(part.task, datetime.date(2015, 9, 1), {"invested": "7"}, None)
    chosen = [*projects, package, *parts]
    page = folded(window.post(reverse("plan_roll_over", args=[programme.pk]), typed(programme, chosen, "preview")))
    row = page.partition("合计 3 个")[2].partition("</tr>")[0]
    assert [cell.partition("</td>")[0] for cell in row.split('class="num">')[1:]] == ["6,100", "34.5", "6,134.5"]


def test_one_press_carries_them(window, programme, projects):
    answer = window.post(reverse("plan_roll_over", args=[programme.pk]), typed(programme, projects), follow=True)
    assert "带入7项任务、2个重点项目" in folded(answer)
    assert "新开工 → 续建" in folded(answer)
    assert {each.name: each.klass for each in Project.objects.filter(task__plan__year=2016)} == {
        "标准厂房": "CONTINUED",
        "通用机场": "STUDIED",
    }
    new = Plan.objects.get(year=2016)
    assert "带入的7项任务、2个重点项目一并撤去" in folded(window.get(reverse("plan_take_back", args=[new.pk])))


@pytest.mark.parametrize("act", ["preview", "carry"])
def test_a_refusal_stands_on_the_form_with_all_that_was_typed(window, programme, projects, act):
    kept = [str(task.pk) for task in programme.tasks.actions().exclude(number="(三)")]
    answer = window.post(reverse("plan_roll_over", args=[programme.pk]), typed(programme, projects, act, pick=kept))
    assert answer.status_code == 422
    assert "“前期研究”项目属于第(三)项，该项没有带入" in folded(answer)
    assert Plan.objects.count() == 1


def test_a_class_that_does_not_exist_is_refused(window, programme, projects):
    wrong = {f"class-{projects[0].pk}": "OTHER"}
    answer = window.post(reverse("plan_roll_over", args=[programme.pk]), typed(programme, projects, **wrong))
    assert answer.status_code == 422
    assert "有项目的类别不在可选之列" in folded(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_as_many_queries_for_three_projects_as_for_one(
    count, window, programme, make_project, town, django_assert_num_queries
):
    for number in range(count):
        make_project(f"项目{number}", places=[town], labels=["三个十"])
    address = reverse("plan_roll_over", args=[programme.pk])
    window.get(address)
    with django_assert_num_queries(FORM_QUERIES):
        window.get(address)
    projects = list(Project.objects.all())
    window.post(address, typed(programme, projects))
    with django_assert_num_queries(CARRIED_QUERIES):
        window.get(reverse("plan_carried", args=[Plan.objects.get(year=2016).pk]))


FORM_QUERIES = 19
CARRIED_QUERIES = 7
