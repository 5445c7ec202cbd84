"""Assigning units: one task or several, by name or initials, beside the field what is wrong."""

import pytest
from django.urls import reverse

from tasks.models import Task


@pytest.fixture
def law_tasks(law_plan, make_task):
    return [make_task(law_plan, number) for number in ("(一)", "(二)")]


def url(task):
    return reverse("task_assign", args=[task.pk])


MANY = "/tasks/assign/"


def test_a_stranger_is_led_to_the_login(client, task):
    assert client.get(url(task)).url.startswith("/login/")
    assert client.get(MANY).url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "outsider", "head", "leader", "inspector", "other_office", "admin"])
def test_only_the_plans_office(who, cast, task, sign_in):
    client = sign_in(cast[who])
    assert client.get(url(task)).status_code == 403
    assert client.post(url(task), {"lead": "县水利局"}).status_code == 403
    assert client.post(MANY, {"lead": "县水利局", "pick": [task.pk]}).status_code == 403
    assert Task.objects.get().lead.name == "县民政局"


def test_the_auditor_finds_no_task(auditor, task, sign_in):
    assert sign_in(auditor).get(url(task)).status_code == 404


def test_other_methods_are_refused(office, task, sign_in):
    assert sign_in(office).delete(url(task)).status_code == 405
    assert sign_in(office).delete(MANY).status_code == 405


def test_lead_and_supports_in_order_by_name_initials_or_a_pasted_list(period, task, water, office, make_unit, sign_in):
    park = make_unit("经开区管委会", "PARK")
    page = sign_in(office).get(url(task)).content.decode()
    assert '<option value="县水利局">xslj</option>' in page
    data = {"lead": "xslj", "support": ["经开区管委会、县民政局", "", "县人社局"], "note": "按三定方案"}
    assert sign_in(office).post(url(task), data).url == reverse("task", args=[task.pk])
    task = Task.objects.get()
    assert task.lead == water
    assert [unit.name for unit in task.supports] == ["经开区管委会", "县民政局", "县人社局"]
    event = task.events.newest()[0]
    assert event.note == "按三定方案"
    assert event.changes["责任单位"] == [
        "县民政局（牵头）、县人社局（配合）",
        "县水利局（牵头）、经开区管委会（配合）、县民政局（配合）、县人社局（配合）",
    ]
    assert period.reports.get(unit=park).entries.get().role == "SUPPORT"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"lead": "县水力局", "support": []}, "没有名为“县水力局”的单位，相近的有：县水利局"),
        ({"lead": "县", "support": []}, "对应多个单位"),
        ({"lead": "", "support": ["县水利局"]}, "有配合单位时，请先选定一个牵头单位。"),
        ({"lead": "县水利局", "support": ["县水利局"]}, "县水利局已是牵头单位，不能同时配合。"),
        ({"lead": "县水利局", "support": ["县人社局", "县人社局"]}, "县人社局重复了。"),
        ({"lead": "县水利局", "support": ["县民政局", "某某局"]}, "没有名为“某某局”的单位"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(data, sentence, task, water, office, sign_in):
    response = sign_in(office).post(url(task), data | {"note": "按三定方案"})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert 'value="按三定方案"' in page
    for text in [data["lead"], *data["support"]]:
        assert f'value="{text}"' in page
    assert Task.objects.get().lead.name == "县民政局"


def test_several_at_once(law_tasks, other_office, civil, labour, sign_in):
    client = sign_in(other_office)
    page = client.get(MANY, {"pick": [task.pk for task in law_tasks]}).content.decode()
    assert "以下 <b>2</b> 项任务分解给相同的单位" in page
    data = {"pick": [task.pk for task in law_tasks], "lead": "县民政局", "support": ["县人社局"]}
    assert client.post(MANY, data).url == "/tasks/?tab=unassigned"
    assert {task.lead for task in Task.objects.with_people()} == {civil}
    assert all(task.events.count() == 1 for task in law_tasks)


def test_one_that_is_not_theirs_stops_all(law_tasks, task, other_office, sign_in):
    data = {"pick": [task.pk for task in (*law_tasks, task)], "lead": "县民政局"}
    assert sign_in(other_office).post(MANY, data).status_code == 403
    assert Task.objects.unassigned().count() == 2


def test_a_mistake_assigns_none(law_tasks, other_office, civil, sign_in):
    data = {"pick": [task.pk for task in law_tasks], "lead": "某某局"}
    page = sign_in(other_office).post(MANY, data).content.decode()
    assert "没有名为“某某局”的单位" in page
    assert page.count('name="pick"') == 2
    assert Task.objects.unassigned().count() == 2


@pytest.mark.parametrize("picked", [[], ["x"], ["999999"]])
def test_none_picked_is_said(picked, other_office, sign_in):
    response = sign_in(other_office).get(MANY, {"pick": picked}, follow=True)
    assert "请先勾选要分解的任务。" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_asks_a_fixed_number_of_questions(
    rows, law_plan, make_task, other_office, sign_in, django_assert_num_queries
):
    picked = [make_task(law_plan, number).pk for number in range(rows)]
    client = sign_in(other_office)
    client.get(MANY, {"pick": picked})
    with django_assert_num_queries(QUERIES):
        client.get(MANY, {"pick": picked})


QUERIES = 7
