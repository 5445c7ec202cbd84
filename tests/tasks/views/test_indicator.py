"""Indicators: actual beside target and time, month by month, entered by those who answer for them."""

import datetime
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tasks.actions.readings import record_reading
from tasks.models import Indicator, PlanEvent, Reading

READING = {"month": "2015-09", "value": "12.5", "source": "县统计局9月月报"}


@pytest.fixture
def invest(plan, civil):
    return Indicator.objects.create(
        plan=plan,
        name="固定资产投资",
        target=100,
        unit_of_measure="亿元",
        cumulation="SUM",
        unit=civil,
        source="完成全县固定资产投资100亿元以上",
    )


@pytest.fixture
def share(plan):
    return Indicator.objects.create(plan=plan, name="工业占比", target=40, unit_of_measure="%", cumulation="LATEST")


def save_url(indicator):
    return reverse("reading_save", args=[indicator.pk])


def fill(indicator, office, **months):
    for month, value in months.items():
        day = datetime.date(2015, int(month[1:]), 1)
        record_reading(indicator, day, office, value=Decimal(value), source="统计局")


def test_a_stranger_is_led_to_the_login(client, invest):
    assert client.get(save_url(invest)).url.startswith("/login/")
    assert client.get(reverse("indicator_list")).url.startswith("/login/")


@pytest.mark.parametrize("who", ["outsider", "co_reporter", "leader", "inspector", "other_office", "admin"])
def test_others_read_and_enter_nothing(who, cast, invest, sign_in):
    client = sign_in(cast[who])
    page = client.get(reverse("indicator_list")).content.decode()
    assert "固定资产投资" in page
    assert save_url(invest) not in page
    assert client.get(save_url(invest)).status_code == 403
    assert client.post(save_url(invest), READING).status_code == 403
    assert not Reading.objects.exists()


def test_the_auditor_finds_none(auditor, invest, sign_in):
    assert sign_in(auditor).get(save_url(invest)).status_code == 404
    assert "固定资产投资" not in sign_in(auditor).get(reverse("indicator_list")).content.decode()


def test_other_methods_are_refused(office, invest, sign_in):
    assert sign_in(office).delete(save_url(invest)).status_code == 405
    assert sign_in(office).post(reverse("indicator_list")).status_code == 405


def test_actual_beside_target_and_time(office, invest, share, sign_in):
    fill(invest, office, m8="30", m9="25.5")
    fill(share, office, m8="38", m9="36")
    page = sign_in(office).get(reverse("indicator_list")).content.decode()
    for words in (
        "不低于100亿元",
        "<b>55.5</b> 亿元",
        "各月相加",
        "<b>55.5%</b>",
        "<b>36</b> %",
        "取最近一期",
        "74.8%",
        "截至9月",
        "未达到，差4个百分点",
    ):
        assert words in page
    assert "完成全县固定资产投资100亿元以上" in page


@pytest.mark.parametrize("who", ["office", "reporter", "head"])
def test_office_and_responsible_unit_enter_a_figure(who, cast, invest, sign_in):
    client = sign_in(cast[who])
    assert save_url(invest) in client.get(reverse("indicator_list")).content.decode()
    assert client.post(save_url(invest), READING).status_code == 302
    assert invest.readings.get().value == Decimal("12.5")
    assert PlanEvent.objects.filter(verb="填写指标数据").get().changes == {"固定资产投资": ["", "12.5"]}


def test_a_figure_is_corrected_and_both_are_on_record(office, invest, sign_in):
    fill(invest, office, m9="10")
    client = sign_in(office)
    page = client.get(save_url(invest), {"month": "2015-09"}).content.decode()
    assert 'value="10.00"' in page
    client.post(save_url(invest), READING)
    assert invest.readings.get().value == Decimal("12.5")
    assert PlanEvent.objects.newest()[0].changes == {"固定资产投资": ["10.00", "12.5"]}


@pytest.mark.parametrize(
    "change",
    [{"month": "2015-11"}, {"month": "2014-12"}, {"month": "x"}, {"value": "很多"}, {"value": "1.234"}, {"source": ""}],
)
def test_a_bad_figure_is_refused_and_kept_on_the_page(change, office, invest, sign_in):
    response = sign_in(office).post(save_url(invest), READING | change)
    page = response.content.decode()
    assert response.status_code == 200
    assert "请改正下面的问题" in page
    assert f'value="{(READING | change)["value"]}"' in page
    assert not Reading.objects.exists()


def test_the_export_is_the_list_as_shown(office, invest, share, sign_in):
    fill(invest, office, m9="25.5")
    response = sign_in(office).get(reverse("indicator_list"), {"format": "xlsx", "columns": "name,actual,m201509"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert ("固定资产投资", 25.5, 25.5) in rows
    assert ("工业占比", None, None) in rows


def test_one_plan_only(office, invest, law_plan, sign_in):
    Indicator.objects.create(plan=law_plan, name="普法人数", target=1, unit_of_measure="人")
    page = sign_in(office).get(reverse("indicator_list"), {"plan": law_plan.pk}).content.decode()
    assert "普法人数" in page
    assert "固定资产投资" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_questions(rows, plan, office, civil, sign_in, django_assert_num_queries):
    for number in range(rows):
        made = Indicator.objects.create(plan=plan, name=f"指标{number}", target=9, unit_of_measure="个", unit=civil)
        fill(made, office, m8="3", m9="4")
    client = sign_in(office)
    client.get(reverse("indicator_list"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("indicator_list"))


QUERIES = 7


def test_the_register_is_read_once_for_derived_figures_and_their_list(
    programme, make_project, office, sign_in, django_assert_num_queries
):
    make_project("标准厂房")
    Indicator.objects.create(
        plan=programme, name="开工率", target=70, unit_of_measure="%", official="REGISTER", derived="STARTED_SHARE"
    )
    desk, address = sign_in(office), f"/indicators/?plan={programme.pk}"
    desk.get(address)
    with django_assert_num_queries(REGISTER):
        desk.get(address)


REGISTER = 12
