"""The form that opens a month: which one it proposes, from when until when; and taking one back."""

import datetime

import pytest

from reports.actions.periods import open_period
from reports.actions.writing import save_entry
from reports.models import Period
from tests.conftest import OCTOBER, moment


def chosen(desk, address="/periods/"):
    form = desk.get(address).context["open_form"]
    return form.initial.get("choice", "").rpartition(":")[2], [str(form.initial[name]) for name in ("due", "until")]


def test_it_proposes_the_present_month_where_none_was_opened(plan, desk):
    assert chosen(desk) == ("2015-10", ["2015-10-31", "2015-11-05"])


def test_it_proposes_the_month_after_the_last_one(plan, desk):
    open_period(plan, datetime.date(2015, 8, 1))
    assert chosen(desk) == ("2015-09", ["2015-10-27", "2015-11-01"])


def test_it_proposes_an_earlier_one_where_the_present_one_is_open(plan, desk):
    open_period(plan, OCTOBER)
    assert chosen(desk)[0] == "2015-09"


def test_every_month_says_when_and_another_can_be_chosen(plan, desk):
    page = desk.get("/periods/").content.decode()
    assert "改革创新年 2015年1月（10月27日 24:00截止）" in page
    assert "改革创新年 2015年10月（10月31日 24:00截止）" in page
    assert chosen(desk, f"/periods/?choice={plan.pk}:2015-03") == ("2015-03", ["2015-10-27", "2015-11-01"])
    assert chosen(desk, "/periods/?choice=999:2015-13")[0] == "2015-10"


def test_the_days_asked_for_are_taken_with_the_plans_hour(plan, task, desk):
    plan.due_hour = 18
    plan.save()
    typed = {"choice": f"{plan.pk}:2015-09", "opens": "2015-10-20", "due": "2015-10-23", "until": "2015-10-26"}
    answer = desk.post("/periods/open/", typed, follow=True)
    assert "10月23日 18:00截止" in answer.content.decode()
    period = Period.objects.get()
    assert (period.opens_at, period.on_time_until, period.open_until) == (
        moment("2015-10-20 00:00"),
        moment("2015-10-23 18:00"),
        moment("2015-10-26 18:00"),
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"due": "2015-10-19"}, "按时截止须在现在以后，不让单位一开启就迟报。"),
        ({"opens": "2015-11-01", "due": "2015-10-31"}, "开始填报须早于按时截止"),
        ({"due": "2015-10-30", "until": "2015-10-29"}, "填报关闭不能早于按时截止。"),
        ({"due": "昨天"}, "请写明日期，例如2015-11-30。"),
    ],
)
def test_days_out_of_order_are_told_and_kept(plan, task, desk, days, sentence):
    answer = desk.post("/periods/open/", {"choice": f"{plan.pk}:2015-10"} | days)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert all(f'value="{day}"' in page for day in days.values())
    assert not Period.objects.exists()


def test_a_month_is_taken_back_after_its_page_said_what_goes(period, desk):
    assert f'href="/periods/{period.pk}/back/"' in desk.get(f"/periods/{period.pk}/").content.decode()
    page = desk.get(f"/periods/{period.pk}/back/").content.decode()
    assert "2份应报月报随之撤去" in page
    assert desk.post(f"/periods/{period.pk}/back/", {"reason": ""}).status_code == 422
    answer = desk.post(f"/periods/{period.pk}/back/", {"reason": "开错了月份"}, follow=True)
    assert "已撤回改革创新年2015年10月报送期，2份应报月报随之撤去" in answer.content.decode()
    assert not Period.objects.exists()


def test_a_month_somebody_wrote_in_is_not_offered_and_refused_by_name(period, entry, reporter, desk):
    save_entry(entry, reporter, {"done": "写了。"}, seen_version=0)
    assert "撤回报送期" not in desk.get(f"/periods/{period.pk}/").content.decode()
    answer = desk.post(f"/periods/{period.pk}/back/", {"reason": "开错了月份"})
    assert answer.status_code == 422
    assert "不能撤回：县民政局" in answer.content.decode()
    assert "开错了月份" in answer.content.decode()
