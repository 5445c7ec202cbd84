"""One indicator: its sources side by side, its planned curve, its parts by unit; and what of it other floors show."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.urls import reverse

from tasks.actions.months import enter_month
from tasks.actions.readings import record_reading
from tasks.models import Indicator, IndicatorPart, PlanEvent

SEPTEMBER = datetime.date(2015, 9, 1)


@pytest.fixture
def land(programme, civil, labour):
    return Indicator.objects.create(
        plan=programme,
        name="土地征收",
        target=2233,
        unit_of_measure="亩",
        cumulation="SUM",
        derived="LAND",
        unit=civil,
        statistics_unit=labour,
        task=programme.tasks.get(number="(五)"),
    )


@pytest.fixture
def desk(make_user, programme):
    return make_user("tupoban", "OFFICE", programme.office)


def of(indicator, name="indicator"):
    return reverse(name, args=[indicator.pk])


def parts(*rows, month="2015-09"):
    form = {"p-TOTAL_FORMS": len(rows), "p-INITIAL_FORMS": 0, "month": month}
    for number, values in enumerate(rows):
        form |= {f"p-{number}-{name}": v for name, v in zip(("unit", "target", "value"), values, strict=True)}
    return form


def test_every_source_is_on_the_page(land, reporter, desk, make_project, sign_in):
    enter_month(make_project("标准厂房").task, SEPTEMBER, {"land": 40}, None)
    record_reading(land, SEPTEMBER, desk, value=Decimal(120), source="征地台账", kind="UNIT")
    record_reading(land, SEPTEMBER, desk, value=Decimal("110.5"), source="统计月报", kind="STATISTICS")
    page = sign_in(reporter).get(of(land)).content.decode()
    for words in ("责任单位上报", "统计部门", "项目汇总", "（−9.5）", "（−80）", "<b>40亩</b>", "统计月报", "推算"):
        assert words in page
    assert "全部重点项目入册交地" in page
    assert "120" in page


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("outsider", "indicator", 200),
        ("leader", "indicator", 200),
        ("auditor", "indicator", 404),
        ("outsider", "indicator_parts", 403),
        ("leader", "indicator_parts", 403),
        ("co_reporter", "indicator_parts", 403),
        ("reporter", "indicator_parts", 200),
        ("reporter", "indicator_curve", 403),
        ("office", "indicator_curve", 403),
        ("co_reporter", "reading_save", 200),
    ],
)
def test_who_may(who, name, status, cast, land, sign_in):
    assert sign_in(cast[who]).get(of(land, name)).status_code == status


def test_each_unit_enters_its_own_source(land, co_reporter, reporter, sign_in):
    sent = {"month": "2015-09", "value": "7", "source": "月报"}
    assert sign_in(co_reporter).post(of(land, "reading_save"), sent).status_code == 302
    assert sign_in(co_reporter).post(of(land, "reading_save"), sent | {"kind": "UNIT"}).status_code == 200
    assert sign_in(reporter).post(of(land, "reading_save"), sent | {"value": "9"}).status_code == 302
    assert set(land.readings.values_list("kind", "value")) == {("STATISTICS", 7), ("UNIT", 9)}


def test_parts_and_the_rest(land, reporter, make_unit, make_project, sign_in):
    first, second = make_unit("渌口镇", "TOWNSHIP"), make_unit("南洲镇", "TOWNSHIP")
    enter_month(make_project("标准厂房", places=[first, second]).task, SEPTEMBER, {"land": 40}, None)
    client = sign_in(reporter)
    rows = parts((first.pk, "1200", "90"), (second.pk, "1000", ""), ("", "", ""))
    assert client.post(of(land, "indicator_parts"), rows).status_code == 302
    assert {str(each): each.actual() for each in IndicatorPart.objects.all()} == {
        "土地征收：渌口镇1200": 90,
        "土地征收：南洲镇1000": None,
    }
    page = client.get(of(land)).content.decode()
    assert "未分解 <b>33</b>亩" in page
    assert "跨乡镇的项目" in page
    assert PlanEvent.objects.get(verb="分解指标").changes["渌口镇 2015-09"] == [None, "90"]
    client.post(of(land, "indicator_parts"), parts((first.pk, "2233", "95")))
    assert "已全部分解" in client.get(of(land)).content.decode()
    changes = PlanEvent.objects.filter(verb="分解指标").newest()[0].changes
    assert (changes["渌口镇 2015-09"], changes["南洲镇 分解数"]) == (["90", "95"], ["1000", ""])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "", "5"), "请选择单位"),
        (("unit", "", ""), "请填写分解数"),
        (("unit", "-1", ""), "大于"),
        (("unit", "x", ""), "请填写数字"),
    ],
)
def test_a_bad_part_is_told(row, said, land, reporter, civil, sign_in):
    row = tuple(civil.pk if value == "unit" else value for value in row)
    page = sign_in(reporter).post(of(land, "indicator_parts"), parts(row)).content.decode()
    assert said in page
    assert not IndicatorPart.objects.exists()


def test_the_same_unit_twice_is_refused_on_the_page(land, reporter, civil, sign_in):
    page = sign_in(reporter).post(of(land, "indicator_parts"), parts((civil.pk, "1", ""), (civil.pk, "2", "")))
    assert "同一个单位只能有一行" in page.content.decode()


def test_a_curve_and_why_it_was_changed(land, desk, sign_in):
    client, address = sign_in(desk), of(land, "indicator_curve")
    assert client.post(address, {"m2015-08": "100", "m2015-09": "150.5"}).status_code == 302
    land.refresh_from_db()
    assert land.planned == {"2015-08": "100", "2015-09": "150.5"}
    assert "调整计划曲线须写明原因" in client.post(address, {"m2015-08": "90"}).content.decode()
    assert client.post(address, {"m2015-08": "90", "reason": "用地指标调整"}).status_code == 302
    event = PlanEvent.objects.newest()[0]
    assert event.changes == {"2015-08计划": ["100", "90"], "2015-09计划": ["150.5", ""]}
    assert "用地指标调整" in client.get(of(land)).content.decode()


def test_the_list_says_what_the_others_say(land, desk, make_project, sign_in):
    enter_month(make_project("标准厂房").task, SEPTEMBER, {"land": 40}, None)
    record_reading(land, SEPTEMBER, desk, value=Decimal(120), source="征地台账")
    page = sign_in(desk).get(reverse("indicator_list"), {"plan": land.plan_id}).content.decode()
    assert "项目汇总40（−80）" in page
    assert "由重点项目台账计算" in page
    assert "<b>0/1 = 0.0%</b>" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_what_other_floors_show(rows, land, desk, make_project, rf, django_assert_num_queries):
    for number in range(rows):
        enter_month(make_project(f"项目{number}").task, SEPTEMBER, {"land": 40}, None)
        made = Indicator.objects.create(
            plan=land.plan, task=land.task, name=f"亩{number}", target=9, unit_of_measure="亩"
        )
        record_reading(made, SEPTEMBER, desk, value=Decimal(1), source="征地台账")
    request = rf.get("/")
    request.user = desk
    template = Template("{% load indicators %}{% promised plan action month %}")
    context = {"request": request, "plan": land.plan, "action": land.task, "month": SEPTEMBER}
    template.render(Context(context))
    with django_assert_num_queries(7):
        page = template.render(Context(context))
    assert "正式口径没有同期数" in page
    assert f"{40 * rows}亩" in page
