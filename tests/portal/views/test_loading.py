"""Taking back a load, on the page."""

import datetime

import pytest
from django.urls import reverse

from reports.actions.periods import open_period
from reports.actions.writing import save_entry, submit
from tasks.actions.assignment import assign
from tasks.actions.loads import load_reading
from tasks.models import Plan, PlanReading, Task
from tests.pages import folded


@pytest.fixture
def loaded(settled, office, at, settings):
    settings.PASSWORD_DAYS = 0
    at("2016-03-10 09:00")
    load_reading(settled, office)
    return PlanReading.objects.get()


@pytest.fixture
def own(loaded, civil):
    return open_period(Plan.objects.get(), datetime.date(2016, 3, 1)).reports.get(unit=civil)


def undo(reading):
    return reverse("plan_load_undo", args=[reading.pk])


def test_who_may(loaded, client, cast, sign_in):
    assert client.get(undo(loaded)).url.startswith("/login/")
    for who in ("reporter", "leader", "auditor", "other_office"):
        assert sign_in(cast[who]).post(undo(loaded), {"reason": "x", "seen": loaded.version}).status_code == 404
    assert sign_in(cast["office"]).delete(undo(loaded)).status_code == 405
    assert Task.objects.count() == 3


def test_what_would_go_is_shown_and_then_goes(loaded, own, office, reporter, sign_in):
    save_entry(own.entries.first(), reporter, {"done": "写了一些。"}, seen_version=0)
    client = sign_in(office)
    page = folded(client.get(undo(loaded)))
    for words in (
        "1 个方案、2 个章节、3 项任务",
        "1 个已开启的报送期、4 份未报送的月报",
        "其中 1 份已有单位填写的内容",
    ):
        assert words in page
    answer = client.post(undo(loaded), {"reason": "导错了文件", "seen": loaded.version})
    assert answer.url == reverse("plan_load", args=[loaded.pk])
    assert not Plan.objects.exists()
    page = folded(client.get(answer.url))
    assert "可以修改后重新写入" in page
    assert "导错了文件" in page


def test_a_reason_is_asked(loaded, office, sign_in):
    answer = sign_in(office).post(undo(loaded), {"reason": " ", "seen": loaded.version})
    assert answer.status_code == 422
    assert "请写明撤销的原因" in answer.content.decode()
    assert Plan.objects.exists()


@pytest.mark.parametrize("seen", ["", "1", "x"])
def test_an_old_page_undoes_nothing(seen, loaded, office, sign_in):
    assert sign_in(office).post(undo(loaded), {"reason": "x", "seen": seen}).status_code in (409, 422)
    assert Plan.objects.exists()


def test_after_a_report_it_says_why_not(loaded, own, office, reporter, fill, sign_in):
    submit(fill(own), reporter)
    page = sign_in(office).get(undo(loaded)).content.decode()
    assert "已有月报报送或月份结账，不能再撤销导入：县民政局2016年3月服务提升年月报。" in page
    assert 'name="reason"' not in page
    answer = sign_in(office).post(undo(loaded), {"reason": "x", "seen": loaded.version})
    assert answer.status_code == 422
    assert Task.objects.count() == 3


def test_after_later_work_it_says_whose(loaded, office, labour, sign_in):
    assign(Task.objects.first(), labour, [], office)
    page = sign_in(office).get(undo(loaded)).content.decode()
    assert "第1项：县委改革办 李审核于03月10日 09:00“调整责任单位”" in page


def test_what_is_not_written_is_not_undone(settled, office, sign_in):
    assert sign_in(office).get(undo(settled)).url == reverse("plan_load", args=[settled.pk])
