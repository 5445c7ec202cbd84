"""The calendar in the technical administration; months and reports are out of reach."""

import datetime

import pytest

from reports.actions.periods import open_period
from reports.models import Workday

OTHERS = ["office", "other_office", "reporter", "head", "co_reporter", "outsider", "leader", "inspector", "auditor"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("model", ["period", "workday"])
def test_nobody_but_the_administrator_gets_in(cast, sign_in, who, model):
    assert sign_in(cast[who]).get(f"/admin/reports/{model}/").status_code == 403


@pytest.mark.parametrize("model", ["period", "workday"])
def test_a_stranger_is_asked_to_sign_in(client, db, model):
    page = f"/admin/reports/{model}/"
    assert client.get(page, follow=True).redirect_chain[-1] == (f"/login/?next={page}", 302)


def test_a_month_is_only_shown(admin, sign_in, period):
    client, page = sign_in(admin), f"/admin/reports/period/{period.pk}/change/"
    assert client.get(page).status_code == 200
    before = (period.on_time_until, period.closed_at)
    assert client.post(page, {"closed_at_0": "2015-10-01", "closed_at_1": "00:00"}).status_code == 403
    assert client.get("/admin/reports/period/add/").status_code == 403
    period.refresh_from_db()
    assert (period.on_time_until, period.closed_at) == before


@pytest.mark.parametrize("model", ["monthlyreport", "entry", "submission", "reportevent", "standing", "attachment"])
def test_what_was_filed_is_not_here(admin, sign_in, report, model):
    assert sign_in(admin).get(f"/admin/reports/{model}/").status_code == 404


def test_a_workday_is_entered(admin, sign_in):
    form = {"day": "2016-02-08", "note": "春节"}
    assert sign_in(admin).post("/admin/reports/workday/add/", form).status_code == 302
    assert str(Workday.objects.get()) == "2016-02-08 休息"


def test_the_list_of_months_asks_a_fixed_number_of_questions(admin, sign_in, period, django_assert_num_queries):
    client = sign_in(admin)
    client.get("/admin/reports/period/")
    with django_assert_num_queries(7):
        client.get("/admin/reports/period/")
    for month in (8, 9):
        open_period(period.plan, datetime.date(2015, month, 1))
    with django_assert_num_queries(7):
        client.get("/admin/reports/period/")
