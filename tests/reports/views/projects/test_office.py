"""What the plan's office writes of key projects: beside the field what is wrong, and nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from tasks.models import Project
from tests.pages import folded

FORMS = ("project_edit", "project_people", "project_class", "project_stop", "project_resume")
JUNE = datetime.date(2015, 6, 1)


@pytest.fixture
def project(make_project, make_unit):
    return make_project("渌水大桥新建工程", "CONTINUED", total=34877, year_plan=300)


@pytest.fixture
def office(make_user, programme):
    """Of the plan's own office."""
    return make_user("tupoban", "OFFICE", "县项目突破年办", name="罗例项")


def url(name, thing):
    return reverse(name, args=[thing.pk])


def people(*rows):
    data = {"p-TOTAL_FORMS": len(rows), "p-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        data |= {f"p-{place}-{name}": value for name, value in row.items()}
    return data


RIGHT = {
    "project_edit": {"name": "渌水大桥", "total": "34877", "year_plan": "300", "lead": "县民政局"},
    "project_people": people({"role": "ENVOY", "name": "易例通"}),
    "project_class": {"klass": "PREPARED", "month": "2015-07", "reason": "缓建"},
    "project_stop": {"on": "2015-10-08", "reason": "选址调整"},
    "project_resume": {"reason": "重新选址"},
}
NEW = {"klass": "NEW", "name": "湘江标准厂房", "lead": "县民政局", "total": "1200"}


@pytest.mark.parametrize("name", FORMS)
def test_a_stranger_is_led_to_the_login(name, client, project):
    assert client.get(url(name, project)).url.startswith("/login/")
    assert client.get(url("project_add", project.task.plan)).url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "head", "outsider", "leader", "inspector", "other_office", "admin"])
def test_nobody_else_changes_the_list(who, request, project, sign_in):
    client = sign_in(request.getfixturevalue(who))
    for name in FORMS:
        assert client.get(url(name, project)).status_code == 403
        assert client.post(url(name, project), RIGHT[name]).status_code == 403
    assert client.post(url("project_add", project.task.plan), NEW).status_code == 403
    assert Project.objects.get().task.events.count() == 2
    assert "办理" not in folded(client.get(url("project", project)))


@pytest.mark.parametrize("name", FORMS)
def test_other_methods_are_refused(name, office, project, sign_in):
    assert sign_in(office).delete(url(name, project)).status_code == 405


def test_a_project_is_put_on_the_list(programme, office, civil, town, sign_in):
    client, address = sign_in(office), url("project_add", programme)
    assert client.get(address).status_code == 200
    answer = client.post(address, NEW | {"spots": "朱亭镇", "marks": "三个十、市重点", "total": "１２００"})
    project = Project.objects.get()
    assert answer.url == url("project", project)
    assert (project.code, project.total, project.first_total) == ("K01", 1200, 1200)
    assert [str(each) for each in project.places.all()] == ["朱亭镇"]
    assert [each.name for each in project.labels.all()] == ["三个十", "市重点"]
    assert project.task.lead.name == "县民政局"


def test_one_that_comes_later_owes_the_running_month(programme, office, civil, sign_in):
    period = open_period(programme, datetime.date(2015, 10, 1))
    assert not period.reports.filter(unit=civil).exists()
    sign_in(office).post(url("project_add", programme), NEW | {"added": "on", "month": "2015-10", "reason": "省里新增"})
    assert period.reports.get(unit=civil).entries.count() == 1
    assert Project.objects.get().first_total is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "请填写项目名称。"),
        ({"name": "渌水大桥新建工程"}, "本方案已有同名项目“渌水大桥新建工程”"),
        ({"lead": "县民正局"}, "没有名为“县民正局”的单位，相近的有：县民政局"),
        ({"spots": "没有镇"}, "没有名为“没有镇”的单位"),
        ({"total": "约3000"}, "总投资"),
        ({"total": "-1"}, "总投资"),
        ({"added": "on"}, "年中增补项目须写明原因。"),
        ({"month": "2016-03"}, "列入月份须在方案年度内。"),
        ({"month": "三月底"}, "月份写作2015-10。"),
        ({"signed_on": "3月底"}, "请写明日期"),
        ({"klass": "X"}, "klass"),
        ({"supports": "县民政局"}, "县民政局已是服务单位"),
    ],
)
def test_bad_values_are_told_and_nothing_is_lost(change, words, programme, project, office, sign_in):
    page = folded(sign_in(office).post(url("project_add", programme), NEW | {"funding": "财政资金和银行贷款"} | change))
    assert words in page
    assert "财政资金和银行贷款" in page
    assert Project.objects.count() == 1


def test_another_sum_needs_a_reason(project, office, sign_in):
    client, address = sign_in(office), url("project_edit", project)
    assert 'value="34877.00"' in folded(client.get(address))
    changed = RIGHT["project_edit"] | {"total": "40000"}
    assert "修改总投资（万元）须写明原因。" in folded(client.post(address, changed))
    assert client.post(address, changed | {"note": "概算批复调整"}).status_code == 302
    project.refresh_from_db()
    assert (project.total, project.name, project.first_total) == (40000, "渌水大桥", 34877)
    page = folded(client.get(url("project", project)))
    assert "概算批复调整" in page
    assert "总投资（万元）：" in page


def test_people_are_rows(project, office, leader, civil, sign_in):
    client, address = sign_in(office), url("project_people", project)
    rows = people(
        {"role": "LEADER", "name": "张县长"},
        {"role": "AIDE", "name": "郭示地", "unit": "县民政局", "phone": "１３８"},
        {"role": "AIDE", "name": "谭例林"},
        {"role": "OWNER"},
    )
    page = folded(client.post(address, rows | {"p-1-unit": "县没有局"}))
    assert "没有名为“县没有局”的单位" in page
    assert "谭例林" in page
    assert (
        client.post(
            address,
            people(
                {"role": "LEADER", "name": "张县长"},
                {"role": "AIDE", "name": "郭示地", "unit": "县民政局", "phone": "１３８"},
            ),
        ).status_code
        == 302
    )
    first, second = project.people.order_by("order")
    assert (first.user, second.unit, second.phone) == (leader, civil, "138")
    assert "郭示地" in folded(client.get(address))


def test_the_class_changes_from_a_month(project, office, sign_in):
    client, address = sign_in(office), url("project_class", project)
    assert "请填写变更原因。" in folded(client.post(address, RIGHT["project_class"] | {"reason": ""}))
    assert client.post(address, RIGHT["project_class"] | {"month": "2015-01"}).status_code == 200
    assert "项目已是“续建”。" in folded(client.post(address, RIGHT["project_class"] | {"klass": "CONTINUED"}))
    assert client.post(address, RIGHT["project_class"]).status_code == 302
    project.refresh_from_db()
    assert project.klass == "PREPARED"


def test_stopped_and_resumed(project, office, sign_in):
    client = sign_in(office)
    bad = client.post(url("project_stop", project), {"on": "2016-05-01", "reason": "选址调整"})
    assert "调出日期须在列入以后、方案结束以前。" in folded(bad)
    assert client.post(url("project_stop", project), RIGHT["project_stop"]).status_code == 302
    assert "已调出" in folded(client.get(url("project", project)))
    again = client.post(url("project_stop", project), RIGHT["project_stop"])
    assert "选址调整" in folded(again)
    assert again.status_code == 200
    assert client.post(url("project_resume", project), RIGHT["project_resume"]).status_code == 302
    project.refresh_from_db()
    assert not project.is_stopped


def test_forms_of_tasks_are_not_for_projects(project, office, sign_in):
    for name in ("task_edit", "task_milestones"):
        assert sign_in(office).get(url(name, project)).status_code == 404
    assert sign_in(office).get(url("task_excuse", project)).status_code == 200


@pytest.mark.parametrize("more", [0, 3])
def test_a_fixed_number_of_questions(project, make_project, office, more, sign_in, django_assert_num_queries):
    for number in range(more):
        make_project(f"别的项目{number}", "NEW")
    client = sign_in(office)
    client.get(url("project_edit", project))
    with django_assert_num_queries(14):
        client.get(url("project_edit", project))
    with django_assert_num_queries(12):
        client.get(url("project_people", project))
