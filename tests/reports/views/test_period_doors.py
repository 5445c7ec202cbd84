"""The office's months: who may look, who may act, by which method."""

import pytest

from reports.models import MonthlyReport, Period

Status = MonthlyReport.Status


def test_offices_leaders_and_inspectors_look(period, cast, sign_in):
    for address in ("/periods/", f"/periods/{period.pk}/"):
        allowed = {name for name, user in cast.items() if sign_in(user).get(address).status_code == 200}
        assert allowed == {"office", "other_office", "leader", "inspector"}


ADDRESSES = (
    "/periods/",
    "/periods/{period}/",
    "/periods/open/",
    "/periods/{period}/urge/",
    "/periods/{period}/close/",
    "/periods/{period}/extend/",
    "/periods/{period}/exempt/",
    "/periods/{period}/back/",
    "/reports/{report}/extend/",
    "/reports/{report}/exempt/",
    "/reports/{report}/unexempt/",
)
# a method each of them does not take
WRONG = dict(
    zip(ADDRESSES, ("post", "post", "get", "get", "get", "get", "get", "put", "put", "put", "put"), strict=True)
)


def address_of(pattern, report):
    return pattern.format(period=report.period_id, report=report.pk)


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_a_stranger_is_led_to_sign_in(report, client, pattern):
    assert client.get(address_of(pattern, report)).url.startswith("/login/")
    assert client.post(address_of(pattern, report)).status_code == 401


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_the_wrong_method_is_told(report, desk, pattern):
    assert getattr(desk, WRONG[pattern])(address_of(pattern, report)).status_code == 405


@pytest.mark.parametrize(
    "who", ["other_office", "leader", "inspector", "reporter", "head", "outsider", "admin", "auditor"]
)
def test_only_the_plans_office_acts(period, report, cast, sign_in, who):
    client = sign_in(cast[who])
    for verb in ("urge", "close"):
        assert client.post(f"/periods/{period.pk}/{verb}/", {"everyone": "1"}).status_code == 403, verb
    assert client.post(f"/periods/{period.pk}/urge/").status_code == 403
    for verb in ("extend", "exempt", "back"):
        typed = {"pick": [report.pk], "reason": "因", "day": "2015-11-02", "hour": "24"}
        assert client.post(f"/periods/{period.pk}/{verb}/", typed).status_code == 403, verb
    for verb in ("extend", "exempt", "unexempt"):
        address = f"/reports/{report.pk}/{verb}/"
        for answer in (client.get(address), client.post(address, {"reason": "因", "day": "2015-11-02", "hour": "24"})):
            assert answer.status_code in (403, 404), verb
    offered = client.post("/periods/open/", {"choice": f"{period.plan_id}:2015-09"})
    assert offered.status_code == 403
    report.refresh_from_db()
    assert report.status == Status.DUE
    assert not report.events.exists()
    assert not Period.objects.exclude(pk=period.pk).exists()


def test_an_office_opens_no_month_of_anothers_plan(period, law_plan, sign_in, other_office):
    answer = sign_in(other_office).post("/periods/open/", {"choice": f"{period.plan_id}:2015-09"})
    assert answer.status_code == 422
    assert "这个月份不能开启" in answer.content.decode()
    assert Period.objects.count() == 1
