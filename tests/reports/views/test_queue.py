"""The queue of the office's review leads forward, keeps its filter, and stands for what it showed."""

import pytest

from reports.actions.periods import open_period
from reports.actions.review import accept
from reports.actions.writing import submit
from reports.models import MonthlyReport
from tests.conftest import OCTOBER


@pytest.fixture
def three(period, plan, make_task, civil, labour, water, fill, reporter, co_reporter, outsider, at):
    """Reports of 县民政局, 县人社局 and 县水利局, filed in this order."""
    make_task(plan, 44, water)
    open_period(plan, OCTOBER)
    filed = []
    for hour, unit, person in ((8, civil, reporter), (9, labour, co_reporter), (10, water, outsider)):
        at(f"2015-10-20 {hour:02d}:00")
        filed.append(submit(fill(period.reports.get(unit=unit)), person))
    return filed


def decide(desk, report, query=""):
    report = MonthlyReport.objects.get(pk=report.pk)
    return desk.post(f"/review/{report.pk}/decide/{query}", {"act": "accept", "version": report.version})


def test_after_a_skipped_one_the_way_leads_forward(three, desk):
    skipped, second, third = three
    assert decide(desk, second).url == f"/review/{third.pk}/"
    answer = decide(desk, third)
    assert answer.url == "/review/"
    assert "前面跳过的还有1份" in desk.get(answer.url).content.decode()
    answer = decide(desk, skipped)
    assert "都审完了" in desk.get(answer.url).content.decode()


def test_next_keeps_filter_and_order_of_the_queue(three, desk):
    civil, labour, water = three
    query = "?month=2015-10&sort=-filed"
    assert f'href="/review/{water.pk}/{query}"'.replace("&", "&amp;") in desk.get(f"/review/{query}").content.decode()
    page = desk.get(f"/review/{labour.pk}/{query}")
    assert (page.context["before"], page.context["after"]) == ([water.pk], [civil.pk])
    assert decide(desk, labour, query).url == f"/review/{civil.pk}/{query}"
    page = desk.get(f"/review/{civil.pk}/?month=2015-10&q=mzj")
    assert (page.context["before"], page.context["after"]) == ([], [])
    assert decide(desk, civil, "?month=2015-10&q=mzj").url == "/review/?month=2015-10&q=mzj"


def test_all_that_match_means_the_filter(three, desk):
    shown = desk.get("/review/?q=mzj").context["shown"]
    desk.post("/review/bulk/?q=mzj", {"act": "accept", "everything": "1", "shown": shown})
    assert set(MonthlyReport.objects.accepted()) == {three[0]}


def test_all_that_match_means_what_the_page_showed_and_later_ones_are_told(
    period, civil, labour, fill, reporter, co_reporter, desk
):
    first = submit(fill(period.reports.get(unit=civil)), reporter)
    shown = desk.get("/review/").context["shown"]
    assert shown == f"{first.pk}:{first.version}"
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    form = {"act": "accept", "everything": "1", "shown": shown}
    page = desk.post("/review/bulk/", form, follow=True).content.decode()
    assert set(MonthlyReport.objects.accepted()) == {first}
    assert "又报来1份，这次没有处理，请看过再定：县人社局。" in page


def test_what_was_shown_reaches_over_the_pages(three, desk, monkeypatch):
    monkeypatch.setattr("kit.tables.table.LARGEST_PAGE", 2)
    assert desk.get("/review/").context["shown"].count(":") == 3


def test_garbled_picks_are_nothing(three, desk):
    for pick in ("9" * 20 + ":1", "x:y", ":", "１:1", "\0:1", "-1:1"):
        page = desk.post("/review/bulk/", {"act": "accept", "pick": pick}, follow=True).content.decode()
        assert "请先勾选" in page


def test_one_accepted_meanwhile_is_told(three, desk, office):
    shown = desk.get("/review/").context["shown"]
    accept(three[0], office)
    form = {"act": "accept", "everything": "1", "shown": shown}
    page = desk.post("/review/bulk/", form, follow=True).content.decode()
    assert "已通过2份" in page
    assert "县民政局" in page.split("已通过2份")[1]
