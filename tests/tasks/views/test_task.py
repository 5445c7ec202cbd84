"""A task's page, and what the plan's office changes about it."""

import datetime

import pytest
from django.urls import reverse

from tasks.models import Indicator, Task
from tests.pages import folded
from units.models import Contact

FORMS = ("task_edit", "task_milestones", "task_excuse")


def url(name, task):
    return reverse(name, args=[task.pk])


def milestones(*rows, initial=0):
    """Return the posted fields of the milestone form."""
    data = {"m-TOTAL_FORMS": len(rows), "m-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        data |= {f"m-{place}-{name}": value for name, value in row.items()}
    return data


STEP = {"title": "方案印发", "due_on": "2015-06-30", "done_on": "2015-06-20", "weight": "2"}
RIGHT = {
    "task_edit": {"short_title": "核对平台", "due_on": "2015-11-30", "pace": "EVEN", "note": "省厅要求提前"},
    "task_milestones": milestones(STEP),
    "task_excuse": {"until": "2015-11-30", "reason": "等待省级接口"},
}


@pytest.mark.parametrize("name", ["task", *FORMS])
def test_a_stranger_is_led_to_the_login(name, client, task):
    response = client.get(url(name, task))
    assert response.status_code == 302
    assert response.url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "co_reporter", "outsider", "head", "leader", "inspector", "other_office"])
def test_everyone_in_business_reads_the_page_and_changes_nothing(who, cast, task, sign_in):
    client = sign_in(cast[who])
    assert client.get(url("task", task)).status_code == 200
    for name in FORMS:
        assert client.get(url(name, task)).status_code == 403
        assert client.post(url(name, task), RIGHT[name]).status_code == 403
    assert (task.events.count(), task.milestones.count()) == (1, 0)


def test_the_auditor_finds_no_task(auditor, task, sign_in):
    assert sign_in(auditor).get(url("task", task)).status_code == 404


def test_a_proposal_is_not_there_for_an_outsider(plan, make_task, civil, outsider, reporter, sign_in):
    proposal = make_task(plan, 90, civil, status="PROPOSED", origin="SELF_CHOSEN")
    assert sign_in(outsider).get(url("task", proposal)).status_code == 404
    assert sign_in(reporter).get(url("task", proposal)).status_code == 200


@pytest.mark.parametrize("name", ["task", *FORMS])
def test_other_methods_are_refused(name, office, task, sign_in):
    assert sign_in(office).delete(url(name, task)).status_code == 405
    if name == "task":
        assert sign_in(office).post(url(name, task)).status_code == 405


def test_the_page_says_all_there_is(plan, make_task, civil, labour, office, sign_in):
    task = make_task(plan, 45, civil, [labour], progress=20, points=["一是建平台。", "二是建制度。"], text="原文如此。")
    other = make_task(plan, 25, short_title="商事制度")
    task.overlaps.add(other)
    Indicator.objects.create(plan=plan, task=task, name="核对户数", target=100, unit_of_measure="户")
    page = sign_in(office).get(url("task", task)).content.decode()
    for words in (
        "原文如此。",
        "二是建制度。",
        "县民政局",
        "牵头",
        "配合",
        "株县办〔2015〕4号",
        "（一）推进社会事业改革",
    ):
        assert words in page
    for words in ("红灯", "落后60个百分点", "还剩72天", "商事制度", "核对户数", "调整责任单位", "县人社局（配合）"):
        assert words in page


def test_the_liaisons_phone_is_for_those_who_work_with_the_unit(task, civil, cast, sign_in):
    Contact.objects.create(unit=civil, post="LIAISON", name="联络甲", phone="0731-2760001")
    seen = {who for who in cast if "0731-2760001" in sign_in(cast[who]).get(url("task", task)).content.decode()}
    assert seen == {"office", "other_office", "reporter", "head", "leader", "inspector", "admin"}


def test_adjusting_moves_the_date_and_is_on_record(task, office, sign_in):
    response = sign_in(office).post(url("task_edit", task), RIGHT["task_edit"])
    assert response.url == url("task", task)
    task.refresh_from_db()
    assert (task.short_title, task.due_on) == ("核对平台", datetime.date(2015, 11, 30))
    page = folded(sign_in(office).get(url("task", task)))
    assert '<del class="old">2015-12-31</del> → <ins class="new">2015-11-30</ins>' in page
    assert "省厅要求提前" in page
    assert "原定 2015-12-31" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"note": ""}, "调整完成时限须写明原因。"),
        ({"due_on": "2014-11-30"}, "完成时限不能早于开始日期2015-01-01。"),
        ({"due_on": "下个月"}, "请写明日期"),
        ({"short_title": ""}, "请填写"),
        ({"pace": "SLOW"}, "选择一个有效的选项"),
    ],
)
def test_a_bad_adjustment_says_why_and_keeps_what_was_typed(change, sentence, task, office, sign_in):
    response = sign_in(office).post(url("task_edit", task), RIGHT["task_edit"] | change)
    page = response.content.decode()
    assert sentence in page
    kept = RIGHT["task_edit"] | change
    assert f'value="{kept["due_on"]}"' in page
    assert kept["note"] in page
    assert Task.objects.get().due_on == datetime.date(2015, 12, 31)


def test_a_date_before_a_milestone_is_refused_on_the_form(task, office, sign_in):
    client = sign_in(office)
    client.post(url("task_milestones", task), milestones(STEP | {"due_on": "2015-12-20", "done_on": ""}))
    page = client.post(url("task_edit", task), RIGHT["task_edit"]).content.decode()
    assert "有节点晚于新的完成时限" in page
    assert "省厅要求提前" in page


def test_milestones_are_written_changed_and_taken_away(task, office, sign_in):
    client = sign_in(office)
    empty = {"title": "", "due_on": "", "done_on": "", "weight": "1"}
    second = {"title": "平台上线", "due_on": "2015-11-30", "done_on": "", "weight": "1"}
    assert client.post(url("task_milestones", task), milestones(second, empty, STEP)).status_code == 302
    assert [(each.title, each.weight) for each in task.milestones.all()] == [("方案印发", 2), ("平台上线", 1)]
    changed = milestones(STEP | {"weight": "3"}, second | {"DELETE": "on"}, initial=2)
    client.post(url("task_milestones", task), changed)
    assert [(each.title, each.weight) for each in task.milestones.all()] == [("方案印发", 3)]
    old, new = task.events.newest()[0].changes["节点"]
    assert "平台上线（2015-11-30，权重1）" in old
    assert new == "方案印发（2015-06-30，权重3，2015-06-20完成）"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"due_on": "2016-06-30"}, "节点时限须在2015-01-01至2015-12-31之间。"),
        ({"done_on": "2015-10-21"}, "完成日期不能晚于今天。"),
        ({"weight": "0"}, "权重"),
        ({"title": ""}, "节点"),
    ],
)
def test_a_bad_milestone_says_which_and_keeps_the_others(change, sentence, task, office, sign_in):
    good = {"title": "平台上线", "due_on": "2015-11-30", "done_on": "", "weight": "1"}
    response = sign_in(office).post(url("task_milestones", task), milestones(STEP | change, good))
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "第1行" in page
    assert 'value="平台上线"' in page
    assert not task.milestones.exists()


def test_an_explanation_suspends_the_light(task, office, sign_in):
    assert sign_in(office).post(url("task_excuse", task), RIGHT["task_excuse"]).status_code == 302
    page = sign_in(office).get(url("task", task)).content.decode()
    assert "已批准说明，暂不评灯：等待省级接口" in page
    assert task.events.newest()[0].changes == {"暂不评灯至": ["", "2015-11-30"]}


@pytest.mark.parametrize(
    ("change", "sentence"), [({"until": "2015-10-19"}, "截止日期不能早于今天。"), ({"reason": " "}, "请填写")]
)
def test_a_bad_explanation_is_refused(change, sentence, task, office, sign_in):
    page = sign_in(office).post(url("task_excuse", task), RIGHT["task_excuse"] | change).content.decode()
    assert sentence in page
    assert Task.objects.get().excused_until is None


@pytest.mark.parametrize("units", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    units, plan, make_task, civil, labour, water, office, sign_in, django_assert_num_queries
):
    task = make_task(plan, 45, civil, [labour, water][: units - 1])
    for place in range(units):
        task.milestones.create(title=f"节点{place}", due_on=datetime.date(2015, 11, 1 + place))
        task.overlaps.add(make_task(plan, 50 + place))
        Indicator.objects.create(plan=plan, task=task, name=f"指标{place}", target=1, unit_of_measure="个")
    client = sign_in(office)
    client.get(url("task", task))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url("task", task))


PAGE_QUERIES = 23
