"""The plans: what they are, and what their office changes about reporting and lights."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from tasks.models import Group, GroupLead, Phase, Plan
from tests.conftest import OCTOBER, moment
from tests.pages import folded

NOVEMBER = datetime.date(2015, 11, 1)
REPORTING = {"due_day": "25", "due_hour": "18", "grace_days": "3", "return_workdays": "5"}
RULES = {"slow_after": "20", "late_after": "40", "basis": "SHARE"}
FORMS = {"plan_reporting": REPORTING, "plan_rules": RULES}


def url(name, plan):
    return reverse(name, args=[plan.pk])


@pytest.mark.parametrize("name", ["plan", *FORMS])
def test_a_stranger_is_led_to_the_login(name, client, plan):
    assert client.get(url(name, plan)).url.startswith("/login/")
    assert client.get(reverse("plan_list")).url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "inspector", "other_office", "admin"])
def test_everyone_reads_the_plans_only_its_office_changes_them(who, cast, plan, sign_in):
    client = sign_in(cast[who])
    assert client.get(reverse("plan_list")).status_code == 200
    page = client.get(url("plan", plan)).content.decode()
    assert url("plan_rules", plan) not in page
    for name, values in FORMS.items():
        assert client.get(url(name, plan)).status_code == 403
        assert client.post(url(name, plan), values).status_code == 403
    assert Plan.objects.get().rules.version == 1


def test_the_auditor_finds_no_plan(auditor, plan, sign_in):
    assert sign_in(auditor).get(url("plan", plan)).status_code == 404
    assert plan.title not in sign_in(auditor).get(reverse("plan_list")).content.decode()


@pytest.mark.parametrize("name", ["plan", *FORMS])
def test_other_methods_are_refused(name, office, plan, sign_in):
    assert sign_in(office).delete(url(name, plan)).status_code == 405


def test_the_page_says_all_there_is(plan, make_task, civil, labour, office, law_office, sign_in):
    plan.reporting_source = "每月底前报送至县委改革办。"
    plan.save()
    for order, (title, first, last) in enumerate((("宣传启动", 1, 3), ("全面实施", 4, 10), ("检查验收", 11, 12)), 1):
        begins, ends = datetime.date(2015, first, 1), datetime.date(2015, last, 28)
        Phase.objects.create(plan=plan, order=order, title=title, starts_on=begins, ends_on=ends, duties="做好准备。")
    leading = Group.objects.create(plan=plan, kind="LEADING", name="全面深化改革领导小组", office=law_office)
    group = Group.objects.create(plan=plan, kind="WORKING", name="依法执政组")
    for order, unit in enumerate((labour, civil), 1):
        GroupLead.objects.create(group=group, unit=unit, order=order)
    make_task(plan, 1, civil, progress=75)
    make_task(plan, 2, civil, progress=5)
    page = sign_in(office).get(url("plan", plan)).content.decode()
    for words in (
        "株县办〔2015〕4号",
        "全面实施（现在）",
        str(leading),
        "依法执政组",
        "县人社局、县民政局",
        "每月底前报送至",
    ):
        assert words in page
    assert "（一）推进社会事业改革：绿灯1，红灯1" in page
    assert "当月最后一天" in page
    assert "第1版" in page


def test_the_list_says_where_each_plan_is(plan, make_task, civil, leader, sign_in):
    Phase.objects.create(
        plan=plan, title="全面实施", starts_on=datetime.date(2015, 4, 1), ends_on=datetime.date(2015, 10, 31)
    )
    make_task(plan, 1, civil, progress=75)
    make_task(plan, 2, status="PROPOSED")
    page = sign_in(leader).get(reverse("plan_list")).content.decode()
    assert "全面实施" in page
    assert "任务台账（1 项）" in page


def test_a_new_reporting_rule_holds_from_the_next_month(plan, task, office, sign_in):
    before = open_period(plan, OCTOBER).on_time_until
    assert sign_in(office).post(url("plan_reporting", plan), REPORTING).url == url("plan", plan)
    assert open_period(plan, OCTOBER).on_time_until == before
    assert open_period(Plan.objects.get(), NOVEMBER).on_time_until == moment("2015-11-25 18:00")
    page = folded(sign_in(office).get(url("plan", plan)))
    assert '<del class="old">当月最后一天</del> → <ins class="new">25日</ins>' in page
    assert '<del class="old">须报送</del> → <ins class="new">不需报送</ins>' in page


@pytest.mark.parametrize(
    "change", [{"due_day": "32"}, {"due_hour": "25"}, {"grace_days": "-1"}, {"return_workdays": "0"}, {"due_hour": ""}]
)
def test_a_bad_reporting_rule_is_refused_and_kept_on_the_page(change, plan, office, sign_in):
    response = sign_in(office).post(url("plan_reporting", plan), REPORTING | change)
    assert response.status_code == 200
    assert "请改正下面的问题" in response.content.decode()
    assert response.context["form"]["grace_days"].value() == (REPORTING | change)["grace_days"]
    assert Plan.objects.get().due_day is None


def test_new_rules_for_lights_are_a_new_version(plan, task, office, sign_in):
    sign_in(office).post(url("plan_rules", plan), RULES)
    plan.refresh_from_db()
    assert (plan.rules.version, plan.rules.slow_after, plan.rules.basis) == (2, 20, "SHARE")
    page = sign_in(office).get(url("plan", plan)).content.decode()
    assert "第2版" in page
    assert "第1版：落后超过10黄灯，超过30红灯" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"late_after": "20"}, "红灯的界限须大于黄灯的界限。"),
        ({"late_after": "101"}, "不能超过100。"),
        ({"slow_after": "-1"}, "slow_after"),
        ({"basis": "FEELING"}, "basis"),
    ],
)
def test_bad_rules_are_refused(change, sentence, plan, office, sign_in):
    page = sign_in(office).post(url("plan_rules", plan), RULES | change).content.decode()
    assert sentence in page
    assert "late_beyond_slow" not in page
    assert plan.rule_versions.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_fixed_numbers_of_questions(
    rows, plan, make_plan, make_task, make_unit, civil, office, sign_in, django_assert_num_queries
):
    group = Group.objects.create(plan=plan, kind="WORKING", name="组")
    for number in range(rows):
        make_task(make_plan(make_unit(f"办{number}"), f"方案{number}"), 1)
        make_task(plan, number, civil)
        GroupLead.objects.create(group=group, unit=make_unit(f"牵头{number}"), order=number)
        Phase.objects.create(plan=plan, title="阶段", starts_on=plan.starts_on, ends_on=plan.ends_on)
    client = sign_in(office)
    client.get(reverse("plan_list"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("plan_list"))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url("plan", plan))


LIST_QUERIES = 7
PAGE_QUERIES = 16
