"""The timetable of a project: proposed by its service unit, decided by the unit that leads its action, never lost."""

import datetime

import pytest
from django.urls import reverse

from tasks.actions.schedules import Step, propose_schedule
from tasks.models import Schedule
from tests.pages import folded


def day(month, of=1):
    return datetime.date(2015, month, of)


@pytest.fixture
def project(make_project, civil):
    return make_project("渌水大桥新建工程", "CONTINUED", year_plan=300)


@pytest.fixture
def lead(make_user, programme):
    """Of 县重点办, which leads the action of 续建."""
    return make_user("zhongdian", "OFFICE", "县重点办", name="朱重点")


@pytest.fixture
def programme_office(make_user, programme):
    return make_user("tupoban", "OFFICE", "县项目突破年办", name="罗例项")


@pytest.fixture
def waiting(project, reporter):
    return propose_schedule(project, reporter, {"INVESTED": {day(1): 300}}, [Step("开工", day(3), goal=True)])


def url(name, project, *more):
    return reverse(name, args=[project.pk, *more])


def typed(*rows, reason="", **amounts):
    data = {f"INVESTED-2015-{month[1:]}": value for month, value in amounts.items()} | {"reason": reason}
    data |= {"n-TOTAL_FORMS": len(rows), "n-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        data |= {f"n-{place}-{name}": value for name, value in ({"kind": "STEP"} | row).items()}
    return data


GOOD = typed({"title": "完成路基", "due_on": "2015-11-30", "goal": "on"}, m01="100", m02="２００")


def test_a_stranger_is_led_to_the_login(client, project, waiting):
    for address in (url("project_timetable", project), url("project_schedule", project, 1)):
        assert client.get(address).url.startswith("/login/")


def test_who_proposes_and_who_only_looks(project, waiting, cast, lead, make_user, sign_in):
    allowed = {"reporter", "head"}
    for who, user in cast.items():
        answers = [
            sign_in(user).get(url("project_timetable", project)),
            sign_in(user).post(url("project_timetable", project), GOOD),
        ]
        if who in allowed:
            assert [each.status_code for each in answers] in ([200, 200], [200, 302]), who
        else:
            assert {each.status_code for each in answers} <= {403, 404}, who


def test_who_sees_and_decides_what_waits(project, waiting, outsider, reporter, lead, leader, programme_office, sign_in):
    address = url("project_schedule", project, 1)
    assert sign_in(outsider).get(address).status_code == 404
    assert sign_in(leader).get(address).status_code == 200
    for user, code in ((outsider, 404), (reporter, 403), (leader, 403)):
        assert sign_in(user).post(address + "decide/", {"decision": "accept"}).status_code == code
    for user in (lead, programme_office):
        assert "审定，列为现行计划" in folded(sign_in(user).get(address))
    assert sign_in(lead).get(address + "decide/").status_code == 405


def test_it_is_proposed_told_and_accepted(project, reporter, lead, sign_in):
    answer = sign_in(reporter).post(url("project_timetable", project), GOOD)
    assert answer.url == url("project", project)
    schedule = Schedule.objects.get()
    assert schedule.content["amounts"]["INVESTED"] == {"2015-01": "100", "2015-02": "200"}
    told = lead.notices.get()
    assert (told.title, told.url) == (f"{project}的计划表待审定", url("project_schedule", project, 1))
    client = sign_in(lead)
    assert "去审定" in folded(client.get(url("project", project)))
    assert "新增" in folded(client.get(told.url))
    client.post(f"{told.url}decide/", {"decision": "accept", "note": "同意"})
    schedule.refresh_from_db()
    assert (schedule.status, schedule.decision) == ("ACCEPTED", "同意")
    assert project.task.milestones.get().goal
    assert "第1版" in folded(client.get(url("project", project)))


def test_who_decides_may_propose_in_its_place(project, reporter, lead, programme_office, sign_in):
    client = sign_in(lead)
    assert "代提出计划表" in folded(client.get(url("project", project)))
    assert "代服务单位提出计划表" in folded(client.get(url("project_timetable", project)))
    assert client.post(url("project_timetable", project), GOOD).status_code == 302
    schedule = Schedule.objects.get()
    assert (schedule.by, schedule.status) == (lead, "PROPOSED")
    assert reporter.notices.get().title == f"{project}的计划表由县重点办代为提出，待审定"
    assert "县重点办提出了第1版计划表" in folded(sign_in(programme_office).get(url("project", project)))
    # Only who proposed it takes it back; the service unit proposes its own instead.
    withdraw = url("project_schedule", project, 1) + "withdraw/"
    assert "撤回这一版" not in folded(sign_in(reporter).get(url("project_schedule", project, 1)))
    assert sign_in(reporter).post(withdraw).status_code == 403
    lead.notices.all().delete()
    assert sign_in(reporter).post(url("project_timetable", project), GOOD).status_code == 302
    schedule.refresh_from_db()
    assert schedule.status == "WITHDRAWN"
    titles = {notice.title: notice.body for notice in lead.notices.all()}
    assert titles[f"{project}的计划表已撤回"] == "县民政局另行提出了一版。"


def test_a_project_without_a_service_unit_gets_its_timetable_from_the_office(make_project, programme_office, sign_in):
    orphan = make_project("没人管的", "CONTINUED", lead=None, year_plan=300)
    assert sign_in(programme_office).post(url("project_timetable", orphan), GOOD).status_code == 302
    assert Schedule.objects.get().by == programme_office


def test_declining_needs_a_word(project, waiting, lead, sign_in):
    client, address = sign_in(lead), url("project_schedule", project, 1)
    page = folded(client.post(f"{address}decide/", {"decision": "decline"}))
    assert "请写明不采纳的原因。" in page
    assert client.post(f"{address}decide/", {"decision": "decline", "note": "节点太少"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "DECLINED"
    again = client.post(f"{address}decide/", {"decision": "accept"})
    waiting.refresh_from_db()
    assert (again.status_code, waiting.status) == (200, "DECLINED")


def test_what_changes_stands_beside_what_stands(project, waiting, reporter, lead, sign_in):
    sign_in(lead).post(url("project_schedule", project, 1) + "decide/", {"decision": "accept"})
    node = project.task.milestones.get()
    steps = [Step("开工", day(4), goal=True, key=node.pk)]
    propose_schedule(project, reporter, {"INVESTED": {day(2): 300}}, steps, reason="征地推迟")
    page = folded(sign_in(lead).get(url("project_schedule", project, 2)))
    for words in ("调整原因：征地推迟", '<del class="old">300</del>', "2015-03-01</del> → <ins", "改动"):
        assert words in page, words


def test_bad_values_stand_beside_their_boxes_and_nothing_is_lost(project, reporter, sign_in):
    bad = typed(
        {"title": "完成路基", "due_on": "三月底", "unit": "县没有局"},
        {"title": "用地预审", "due_on": "2015-05-01", "handed_in_on": "2015-12-01"},
        m01="约3000",
        m02="-5",
        reason="写好的原因",
    )
    page = folded(sign_in(reporter).post(url("project_timetable", project), bad))
    for words in (
        "三月底",
        "县没有局",
        "约3000",
        "写好的原因",
        "请写明日期",
        "没有名为“县没有局”的单位",
        "报审日期不能晚于今天",
        "请改正",
    ):
        assert words in page, words
    assert not Schedule.objects.exists()


def test_a_sum_that_is_not_the_years_plan_is_refused_with_both(project, reporter, sign_in):
    page = folded(sign_in(reporter).post(url("project_timetable", project), typed(m01="100")))
    assert "各月计划投资合计100万元，年度计划投资300万元" in page
    assert 'value="100"' in page


def test_a_later_one_needs_a_reason(project, waiting, reporter, lead, sign_in):
    sign_in(lead).post(url("project_schedule", project, 1) + "decide/", {"decision": "accept"})
    client = sign_in(reporter)
    assert "调整计划须写明原因。" in folded(client.post(url("project_timetable", project), GOOD))
    assert client.post(url("project_timetable", project), GOOD | {"reason": "征地推迟"}).status_code == 302


def test_a_press_on_a_preset_adds_its_nodes_to_what_was_typed(project, reporter, sign_in):
    data = typed({"title": "自己的节点", "due_on": "随便"}, m01="77", reason="写了一半")
    page = folded(sign_in(reporter).post(url("project_timetable", project), data | {"preset": "PREPARE"}))
    for words in ("自己的节点", "随便", 'value="77"', "写了一半", "项目建议书批复", "施工许可"):
        assert words in page, words
    assert not Schedule.objects.exists()
    strange = sign_in(reporter).post(url("project_timetable", project), data | {"preset": "X"})
    assert "自己的节点" in folded(strange)


def test_what_waits_is_shown_again_and_taken_back(project, waiting, reporter, sign_in):
    client = sign_in(reporter)
    page = folded(client.get(url("project_timetable", project)))
    assert "第1版正在等待审定" in page
    assert 'value="300"' in page
    assert client.post(url("project_schedule", project, 1) + "withdraw/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "WITHDRAWN"


def test_a_node_that_a_report_told_done_stays_done(project, waiting, reporter, lead, sign_in):
    client = sign_in(lead)
    client.post(url("project_schedule", project, 1) + "decide/", {"decision": "accept"})
    node = project.task.milestones.get()
    second = propose_schedule(
        project, reporter, {"INVESTED": {day(1): 300}}, [Step("开工", day(5), key=node.pk)], reason="推迟"
    )
    third = propose_schedule(project, reporter, {"INVESTED": {day(1): 300}}, [], reason="不要节点")
    assert (second.serial, third.serial) == (2, 3)
    project.task.milestones.update(done_on=day(4), told_in=day(4))
    page = folded(client.post(url("project_schedule", project, 3) + "decide/", {"decision": "accept"}))
    assert "节点“开工”已由月报报告完成，不能去掉。" in page
    again = [Step("开工", day(5), key=node.pk)]
    propose_schedule(project, reporter, {"INVESTED": {day(1): 300}}, again, reason="推迟")
    client.post(url("project_schedule", project, 4) + "decide/", {"decision": "accept"})
    node.refresh_from_db()
    assert (node.due_on, node.done_on, node.first_due_on) == (day(5), day(4), day(3))


@pytest.mark.parametrize("rows", [1, 6])
def test_a_fixed_number_of_questions(project, reporter, rows, sign_in, django_assert_num_queries):
    steps = [Step(f"节点{number}", day(number + 1)) for number in range(rows)]
    propose_schedule(project, reporter, {"INVESTED": {day(1): 300}}, steps)
    client = sign_in(reporter)
    client.get(url("project_timetable", project))
    with django_assert_num_queries(13):
        client.get(url("project_timetable", project))
    with django_assert_num_queries(13):
        client.get(url("project_schedule", project, 1))
