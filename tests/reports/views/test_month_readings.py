"""A unit's own figures beside its monthly report: on record at once, owed by nothing, and free for those without."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tasks.actions.readings import record_reading
from tasks.models import Indicator, PlanEvent, Reading
from tests.conftest import OCTOBER

PAGE = reverse("month_page", args=["2015-10"])
SAVE = reverse("month_readings", args=["2015-10"])


@pytest.fixture
def loans(plan, civil):
    return Indicator.objects.create(
        plan=plan, name="新增贷款", target=10, unit_of_measure="亿元", cumulation="SUM", unit=civil
    )


def box(indicator, value, seen=""):
    return {f"i{indicator.pk}-UNIT": value, f"i{indicator.pk}-UNIT-seen": seen}


@pytest.mark.parametrize("who", ["reporter", "head"])
def test_a_figure_is_on_record_at_once(who, cast, loans, report, sign_in):
    client, status = sign_in(cast[who]), report.status
    assert "本单位的指标" in client.get(PAGE).content.decode()
    assert client.post(SAVE, box(loans, "1.25")).url == f"{PAGE}#readings"
    reading = loans.readings.get()
    assert (reading.value, reading.kind, reading.source) == (Decimal("1.25"), "UNIT", "县民政局10月填报")
    report.refresh_from_db()
    assert report.status == status
    assert PlanEvent.objects.get(verb="填写指标数据").actor == cast[who]
    assert 'value="1.25"' in client.get(PAGE).content.decode()


def test_what_was_not_touched_is_not_written_again(loans, report, reporter, sign_in):
    record_reading(loans, OCTOBER, reporter, value=Decimal("1.5"), source="金融月报")
    client = sign_in(reporter)
    for value in ("1.5", "1.50", ""):
        client.post(SAVE, box(loans, value, "1.5"))
    assert PlanEvent.objects.filter(verb="填写指标数据").count() == 1
    assert loans.readings.get().source == "金融月报"


def test_a_stale_page_overwrites_nothing(loans, report, reporter, sign_in):
    record_reading(loans, OCTOBER, reporter, value=Decimal("1.5"), source="金融月报")
    answer = sign_in(reporter).post(SAVE, box(loans, "2", ""))
    assert answer.status_code == 422
    assert "打开页面以后有人填了1.5" in answer.content.decode()
    assert loans.readings.get().value == Decimal("1.5")


def test_a_bad_figure_comes_back(loans, report, reporter, sign_in):
    answer = sign_in(reporter).post(SAVE, box(loans, "很多"))
    assert answer.status_code == 422
    assert "请填写数字" in answer.content.decode()
    assert 'value="很多"' in answer.content.decode()


def test_others_enter_nothing(loans, report, co_reporter, outsider, sign_in):
    for user in (co_reporter, outsider):
        sign_in(user).post(SAVE, box(loans, "3"))
    assert not Reading.objects.exists()
    assert "本单位的指标" not in sign_in(co_reporter).get(PAGE).content.decode()


def test_the_statistics_unit_enters_its_own(loans, report, labour, co_reporter, sign_in):
    Indicator.objects.update(statistics_unit=labour)
    client = sign_in(co_reporter)
    assert client.post(SAVE, {f"i{loans.pk}-STATISTICS": "2"}).status_code == 302
    assert loans.readings.get().kind == "STATISTICS"


def test_what_the_register_makes_official_is_not_asked(loans, report, reporter, sign_in):
    Indicator.objects.update(derived="MONEY", official="REGISTER")
    assert "本单位的指标" not in sign_in(reporter).get(PAGE).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_questions(rows, plan, civil, report, reporter, sign_in, django_assert_num_queries):
    client = sign_in(reporter)
    client.get(PAGE)
    with django_assert_num_queries(16):
        client.get(PAGE)
    for number in range(rows):
        Indicator.objects.create(plan=plan, name=f"指标{number}", target=9, unit_of_measure="个", unit=civil)
    client.get(PAGE)
    with django_assert_num_queries(18):
        client.get(PAGE)
