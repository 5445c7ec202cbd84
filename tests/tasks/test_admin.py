"""Plans and tasks in the technical administration: set up and put right, with their trace; their course is out of reach."""

import datetime

import pytest

from tasks.models import Indicator, Milestone, Phase, Plan, PlanEvent, Section, TaskEvent

OTHERS = ["office", "other_office", "reporter", "head", "co_reporter", "outsider", "leader", "inspector", "auditor"]
LISTS = ["plan", "task", "indicator", "lightrules"]


def plan_form(plan, office, **values):
    form = {
        "year": plan.year,
        "kind": plan.kind,
        "title": plan.title,
        "short_title": plan.short_title,
        "document_number": plan.document_number,
        "issued_on": plan.issued_on or "",
        "office": office.pk,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "reporting_source": plan.reporting_source,
    }
    for prefix in ("phases", "groups", "sections"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return form | values


def task_form(task, **values):
    rows = {
        f"{prefix}-{word}_FORMS": 0 for prefix in ("responsibilities", "milestones") for word in ("TOTAL", "INITIAL")
    }
    return {"section": task.section_id or "", "order": task.order} | rows | values


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("model", LISTS)
def test_nobody_but_the_administrator_gets_in(cast, sign_in, who, model):
    assert sign_in(cast[who]).get(f"/admin/tasks/{model}/").status_code == 403


@pytest.mark.parametrize("model", LISTS)
def test_a_stranger_is_asked_to_sign_in(client, db, model):
    page = f"/admin/tasks/{model}/"
    assert client.get(page, follow=True).redirect_chain[-1] == (f"/login/?next={page}", 302)


def test_a_new_plan_has_rules_and_a_trace(admin, sign_in, reform_office):
    plan = Plan(year=2016, kind="REFORM", title="2016年改革方案", short_title="改革", document_number="")
    plan.starts_on, plan.ends_on = datetime.date(2016, 1, 1), datetime.date(2016, 12, 31)
    values = {"due_hour": 24, "grace_days": 5, "return_workdays": 3, "due_day": "", "stamped": "on"}
    assert sign_in(admin).post("/admin/tasks/plan/add/", plan_form(plan, reform_office, **values)).status_code == 302
    plan = Plan.objects.get()
    assert plan.rules.late_after == 30
    assert plan.events.first().verb == "建立方案"
    assert plan.events.first().actor == admin


def test_a_changed_plan_tells_old_and_new(admin, sign_in, plan, reform_office, law_office):
    form = plan_form(plan, law_office, short_title="改革年")
    assert sign_in(admin).post(f"/admin/tasks/plan/{plan.pk}/change/", form).status_code == 302
    event = plan.events.get(verb="修改方案")
    assert event.changes == {"简称": ["改革创新年", "改革年"], "主管办公室": ["县委改革办", "县委法建办"]}


def test_the_reporting_rule_is_the_offices(admin, sign_in, plan, reform_office):
    form = plan_form(plan, reform_office, due_day=5, grace_days=60, rules="")
    sign_in(admin).post(f"/admin/tasks/plan/{plan.pk}/change/", form)
    kept = Plan.objects.get()
    assert (kept.due_day, kept.grace_days, kept.rules) == (None, 5, plan.rules)


def test_days_out_of_order_are_told_beside_the_field(admin, sign_in, plan, reform_office):
    form = plan_form(plan, reform_office, ends_on="2014-12-31")
    page = sign_in(admin).post(f"/admin/tasks/plan/{plan.pk}/change/", form).content.decode()
    assert "结束日期不能早于开始日期。" in page


def test_parts_of_a_plan_are_kept_with_their_trace(admin, sign_in, plan, reform_office):
    section = plan.sections.get()
    form = plan_form(plan, reform_office) | {
        "sections-TOTAL_FORMS": 1,
        "sections-INITIAL_FORMS": 1,
        "sections-0-id": section.pk,
        "sections-0-number": "（一）",
        "sections-0-title": "推进社会体制改革",
        "sections-0-order": 1,
        "sections-0-group": "",
        "sections-0-DELETE": "on",
        "phases-TOTAL_FORMS": 1,
        "phases-0-order": 1,
        "phases-0-title": "宣传启动",
        "phases-0-starts_on": "2015-01-01",
        "phases-0-ends_on": "2015-03-31",
    }
    assert sign_in(admin).post(f"/admin/tasks/plan/{plan.pk}/change/", form).status_code == 302
    assert (Section.objects.get().title, Phase.objects.get().title) == ("推进社会体制改革", "宣传启动")
    changes = {}
    for event in PlanEvent.objects.filter(verb="修改方案内容", actor=admin):
        changes |= event.changes
    assert changes["章节“（一）推进社会体制改革”标题"] == ["推进社会事业改革", "推进社会体制改革"]
    assert changes["实施阶段“宣传启动”阶段"] == [None, "宣传启动"]


def test_a_tasks_course_is_out_of_reach(admin, sign_in, task):
    values = {
        "progress": 100,
        "status": "DONE",
        "due_on": "2016-12-31",
        "text": "改过",
        "number": "1",
        "responsibilities-TOTAL_FORMS": 1,
        "responsibilities-0-unit": task.lead.pk,
        "milestones-TOTAL_FORMS": 1,
        "milestones-0-title": "新节点",
        "milestones-0-due_on": "2015-11-01",
        "milestones-0-weight": 1,
    }
    before = {field.name: getattr(task, field.name) for field in task._meta.concrete_fields}
    sign_in(admin).post(f"/admin/tasks/task/{task.pk}/change/", task_form(task, **values))
    task.refresh_from_db()
    assert {field.name: getattr(task, field.name) for field in task._meta.concrete_fields} == before
    assert (task.responsibilities.count(), Milestone.objects.count()) == (2, 0)


def test_a_task_is_put_into_another_section_with_its_trace(admin, sign_in, task):
    section = Section.objects.create(plan=task.plan, number="（二）", title="推进财税改革", order=2)
    form = task_form(task, section=section.pk)
    assert sign_in(admin).post(f"/admin/tasks/task/{task.pk}/change/", form).status_code == 302
    task.refresh_from_db()
    assert task.section == section
    event = TaskEvent.objects.get(verb="调整章节和排序")
    assert event.changes == {"章节": ["（一）推进社会事业改革", "（二）推进财税改革"]}
    assert event.actor == admin


def test_a_section_of_another_plan_is_no_choice(admin, sign_in, task, law_plan):
    section = Section.objects.create(plan=law_plan, number="（二）", title="推进依法行政", order=2)
    answer = sign_in(admin).post(f"/admin/tasks/task/{task.pk}/change/", task_form(task, section=section.pk))
    assert answer.status_code == 200
    task.refresh_from_db()
    assert task.section.plan == task.plan


def test_tasks_are_not_added_here(admin, sign_in, task):
    assert sign_in(admin).get("/admin/tasks/task/add/").status_code == 403


def test_a_changed_indicator_is_told_in_the_plan(admin, sign_in, plan):
    indicator = Indicator.objects.create(plan=plan, name="固定资产投资", target=100, unit_of_measure="亿元")
    form = {
        "task": "",
        "name": indicator.name,
        "target": "120",
        "unit_of_measure": "亿元",
        "direction": "AT_LEAST",
        "cumulation": "LATEST",
        "official": "UNIT",
        "unit": "",
        "source": "",
        "order": 1,
        "readings-TOTAL_FORMS": 0,
        "readings-INITIAL_FORMS": 0,
    }
    assert sign_in(admin).post(f"/admin/tasks/indicator/{indicator.pk}/change/", form).status_code == 302
    event = plan.events.get(verb="修改方案内容")
    assert event.changes == {"指标“固定资产投资”目标": ["100.00", "120"]}


def test_rules_for_lights_are_only_shown(admin, sign_in, plan):
    client = sign_in(admin)
    assert client.post(f"/admin/tasks/lightrules/{plan.rules_id}/change/", {"late_after": 90}).status_code == 403
    assert client.get("/admin/tasks/lightrules/add/").status_code == 403


def test_the_list_of_tasks_asks_a_fixed_number_of_questions(
    admin, sign_in, plan, civil, make_task, django_assert_num_queries
):
    client = sign_in(admin)
    make_task(plan, 1, civil)
    client.get("/admin/tasks/task/")
    with django_assert_num_queries(5):
        client.get("/admin/tasks/task/")
    make_task(plan, 2, civil)
    make_task(plan, 3, civil)
    with django_assert_num_queries(5):
        client.get("/admin/tasks/task/")
