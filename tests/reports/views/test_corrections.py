"""The page on which a closed month is corrected, and every page and sheet that shows both values."""

import datetime
import io
import re

import pytest
from openpyxl import load_workbook

from reports.actions.corrections import correct
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import Correction

BOTH = "经更正，结账时为进度20%、红灯"


@pytest.fixture
def standing(period, report, task, fill, reporter, office, at):
    accept(submit(fill(report, progress=20), reporter), office)
    at("2015-11-06 09:00")
    return close_period(period, office).standings.get(task=task)


@pytest.fixture
def corrected(standing, office):
    return correct(standing, office, progress=60, reason="单位漏报一个数字", seen=20)[0]


def test_the_closed_month_leads_to_the_correction(standing, period, office, leader, sign_in):
    page = sign_in(office).get(f"/periods/{period.pk}/").content.decode()
    listed = f"/standings/?plan={period.plan_id}&amp;month=2015-10"
    assert f'href="{listed}"' in page
    link = f'href="/standings/{standing.pk}/correct/"'
    assert link in sign_in(office).get(listed.replace("&amp;", "&")).content.decode()
    assert link not in sign_in(leader).get(listed.replace("&amp;", "&")).content.decode()


def test_correcting_by_the_page(standing, office, sign_in):
    desk, address = sign_in(office), f"/standings/{standing.pk}/correct/"
    page = desk.get(address).content.decode()
    assert "现为进度20%、红灯" in page
    assert "更正前后都留在记录里" in page
    answer = desk.post(address, {"progress": "８０", "reason": "单位漏报一个数字", "seen": "20"}, follow=True)
    page = answer.content.decode()
    assert "已更正改革创新年2015年10月第43项" in page
    assert "进度20%、红灯" in page
    assert Correction.objects.get().progress == 80


def test_the_page_offers_the_later_months_that_took_the_figure_over(standing, plan, office, sign_in, at):
    desk, address = sign_in(office), f"/standings/{standing.pk}/correct/"
    assert "一并更正" not in desk.get(address).content.decode()
    november = open_period(plan, datetime.date(2015, 11, 1))
    at("2015-12-06 09:00")
    close_period(november, office)
    page = desk.get(address).content.decode()
    assert "一并更正沿用这一进度的2015年11月" in page
    assert re.search(r'<input type="checkbox" name="carry"[^>]* checked', page)
    typed = {"progress": "80", "reason": "漏报", "seen": "20", "carry": "on"}
    page = desk.post(address, typed, follow=True).content.decode()
    assert "已更正改革创新年2015年10月、改革创新年2015年11月第43项" in page
    assert Correction.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "请写明原因。"),
        ({"progress": ""}, "请填写更正后进度（%）。"),
        ({"progress": "101"}, "进度为0到100的整数。"),
        ({"progress": "1e309"}, "进度为0到100的整数。"),
        ({"progress": "20"}, "不用更正"),
        ({"seen": "19"}, "刚刚已更正为进度20%"),
        ({"seen": "x"}, "整数"),
    ],
)
def test_what_is_wrong_is_told_and_kept(standing, office, sign_in, typed, sentence):
    values = {"progress": "80", "reason": "单位漏报一个数字", "seen": "20"} | typed
    answer = sign_in(office).post(f"/standings/{standing.pk}/correct/", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert values["reason"] in page
    assert not Correction.objects.exists()


def test_both_values_stand_on_every_page_that_shows_the_standing(corrected, task, report, office, reporter, sign_in):
    desk = sign_in(office)
    for address in (f"/tasks/{task.pk}/", "/standings/?month=2015-10", "/dashboard/?month=2015-10", "/record/"):
        client = sign_in(reporter) if address == "/record/" else desk
        assert "结账时为进度20%、红灯" in client.get(address).content.decode(), address
    for address in (f"/tasks/{task.pk}/", f"/reports/{report.pk}/"):
        page = desk.get(address).content.decode()
        assert "进度20% → 60%，红灯 → 黄灯" in page
        assert "单位漏报一个数字" in page
        assert "县委改革办 李审核 2015-11-06 09:00" in page


def test_both_values_stand_in_the_sheets(corrected, office, sign_in):
    desk = sign_in(office)
    for address in (
        "/standings/?month=2015-10&format=xlsx",
        f"/exports/progress.xlsx?plan={corrected.period.plan_id}&month=2015-10",
    ):
        sheet = load_workbook(io.BytesIO(b"".join(desk.get(address)))).active
        told = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        assert "60" in told, address
        assert "进度20%、红灯" in told, address


@pytest.mark.parametrize("who", ["other_office", "leader", "inspector", "reporter", "head", "outsider", "admin"])
def test_others_are_refused(standing, cast, sign_in, who):
    client, address = sign_in(cast[who]), f"/standings/{standing.pk}/correct/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"progress": "80", "reason": "因", "seen": "20"}).status_code == 403
    assert sign_in(cast["auditor"]).get(address).status_code == 404
    assert not Correction.objects.exists()


def test_strangers_and_wrong_methods(standing, client, office, sign_in):
    address = f"/standings/{standing.pk}/correct/"
    assert client.get(address).url.startswith("/login/")
    assert sign_in(office).put(address).status_code == 405
    assert sign_in(office).get("/standings/999/correct/").status_code == 404
