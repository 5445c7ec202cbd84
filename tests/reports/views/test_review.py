"""The office's review: who, what they see, decisions one by one and in bulk, and the one who came second."""

import datetime

import pytest

from reports.actions.periods import open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import sign, submit
from reports.models import MonthlyReport
from tests.conftest import OCTOBER

Status = MonthlyReport.Status


@pytest.fixture
def waiting(report, fill, reporter):
    """What 县民政局 filed for October."""
    submit(fill(report), reporter)
    report.refresh_from_db()
    return report


def fields(report, **more):
    """What the page's form sends for a report with one entry."""
    entry = report.entries.get()
    return {"version": report.version, f"r{entry.pk}-text": "", f"r{entry.pk}-light": ""} | more


ADDRESSES = {
    "review": "get",
    "review_decide": "post",
    "review_reopen": "post",
    "review_paper": "post",
}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("other_office", 404),
        ("outsider", 404),
        ("co_reporter", 404),
        ("admin", 404),
        ("auditor", 404),
        ("reporter", 403),
        ("head", 403),
        ("leader", 403),
        ("inspector", 403),
    ],
)
def test_nobody_else_reviews(waiting, cast, sign_in, who, status):
    client = sign_in(cast[who])
    for name, method in ADDRESSES.items():
        tail = "" if name == "review" else f"{name.removeprefix('review_')}/"
        answer = getattr(client, method)(f"/review/{waiting.pk}/{tail}")
        assert answer.status_code == status, name
    waiting.refresh_from_db()
    assert (waiting.status, waiting.review_started_at) == (Status.SUBMITTED, None)


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "inspector", "admin", "auditor"])
def test_the_queue_is_the_offices(waiting, cast, sign_in, who):
    client = sign_in(cast[who])
    assert client.get("/review/").status_code == 403
    assert client.post("/review/bulk/").status_code == 403


def test_a_stranger_is_led_to_sign_in(waiting, client):
    assert client.get(f"/review/{waiting.pk}/").url.startswith("/login/")


def test_deciding_is_not_for_links(waiting, desk):
    for tail in ("decide", "reopen", "paper"):
        assert desk.get(f"/review/{waiting.pk}/{tail}/").status_code == 405
    assert desk.get("/review/bulk/").status_code == 405


def test_opening_the_page_writes_nothing(waiting, desk):
    page = desk.get(f"/review/{waiting.pk}/").content.decode()
    assert "完成核对平台招标" in page
    assert "进度60%，时间进度80%，落后20个百分点，黄灯（&gt;10，≤30）" in page
    waiting.refresh_from_db()
    assert waiting.review_started_at is None


def test_looking_leaves_the_unit_its_way_back_and_the_first_remark_takes_it(waiting, desk, sign_in, reporter):
    entry, unit = waiting.entries.get(), sign_in(reporter)
    desk.get(f"/review/{waiting.pk}/")
    desk.post(f"/entries/{entry.pk}/remark/", {f"r{entry.pk}-text": " ", f"r{entry.pk}-light": ""})
    assert f"withdraw:{waiting.pk}" in unit.get("/month/2015-10/").content.decode()
    desk.post(f"/entries/{entry.pk}/remark/", {f"r{entry.pk}-text": "请补充户数"})
    page = unit.get("/month/2015-10/").content.decode()
    assert f"withdraw:{waiting.pk}" not in page
    assert "李审核10-20 10:00开始审核，不能再撤回；要改的请联系县委改革办退回。" in page
    assert "李审核10-20 10:00开始审核" in unit.get(f"/reports/{waiting.pk}/").content.decode()
    unit.post(f"/reports/{waiting.pk}/withdraw/")
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_a_colleague_who_has_it_open_is_named_until_they_go_on(waiting, desk, office, make_user, sign_in, at):
    second = sign_in(make_user("second", "OFFICE", office.unit, name="赵二审"))
    second.get(f"/review/{waiting.pk}/")
    assert "赵二审也打开了这份月报" in desk.get(f"/review/{waiting.pk}/").content.decode()
    assert "赵二审正在看" in desk.get("/review/").content.decode()
    assert "李审核也打开了这份月报" in second.get(f"/review/{waiting.pk}/").content.decode()
    at("2015-10-20 10:30")
    assert "打开了这份月报" not in desk.get(f"/review/{waiting.pk}/").content.decode()


def test_a_fall_of_progress_and_an_empty_text_are_marked(report, plan, civil, fill, reporter, desk):
    september = open_period(plan, datetime.date(2015, 9, 1)).reports.get(unit=civil)
    fill(september, progress=75)
    MonthlyReport.objects.filter(pk=september.pk).update(status=Status.ACCEPTED)
    submit(fill(report, done="\u200b。 ", fall_reason="重新核算"), reporter)
    page = desk.get(f"/review/{report.pk}/").content.decode()
    assert "进度下降</span>" in page
    assert "没有写进展</span>" in page
    page = desk.get("/review/?month=2015-10").content.decode()
    assert "1项进度下降，1项没有写进展" in page
    assert desk.get("/review/?month=2015-10&hint=fall").context["table"].count == 1
    assert desk.get("/review/?month=2015-10&hint=near").context["table"].count == 0


def test_accepting_moves_the_task_and_goes_on(waiting, period, labour, fill, co_reporter, desk, task):
    other = submit(fill(period.reports.get(unit=labour)), co_reporter)
    answer = desk.post(f"/review/{waiting.pk}/decide/", fields(waiting, act="accept"))
    assert answer.url == f"/review/{other.pk}/"
    task.refresh_from_db()
    assert task.progress == 60
    answer = desk.post(f"/review/{other.pk}/decide/", fields(MonthlyReport.objects.get(pk=other.pk), act="accept"))
    assert answer.url == "/review/"


def test_returning_needs_a_reason_and_keeps_what_was_typed(waiting, desk):
    entry = waiting.entries.get()
    typed = fields(waiting, act="return", reason=" ", **{f"r{entry.pk}-text": "请补充户数", f"r{entry.pk}-redo": "on"})
    answer = desk.post(f"/review/{waiting.pk}/decide/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "退回须写明原因。" in page
    assert "请补充户数" in page
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_a_return_carries_reason_remark_and_mark(waiting, desk, sign_in, reporter):
    entry = waiting.entries.get()
    typed = fields(
        waiting, act="return", reason="数据不清", **{f"r{entry.pk}-text": "请补充户数", f"r{entry.pk}-redo": "on"}
    )
    desk.post(f"/review/{waiting.pk}/decide/", typed)
    waiting.refresh_from_db()
    entry.refresh_from_db()
    assert (waiting.status, waiting.return_reason) == (Status.RETURNED, "数据不清")
    assert (entry.redo, entry.office_remark) == (True, "请补充户数")
    event = waiting.events.get(verb="退回")
    assert event.changes == {"43 建立居民家庭经济状况核对平台": ["", "请补充户数"]}
    assert "数据不清" in sign_in(reporter).get("/month/2015-10/").content.decode()


def test_who_comes_second_is_told_and_keeps_the_words(waiting, desk, office, make_user, reform_office, sign_in):
    second = sign_in(make_user("second", "OFFICE", reform_office, name="赵二审"))
    typed = fields(waiting, act="return", reason="我的理由写了很久")
    accept(waiting, office)
    answer = second.post(f"/review/{waiting.pk}/decide/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "李审核" in page
    assert "审核通过" in page
    waiting.refresh_from_db()
    assert waiting.status == Status.ACCEPTED


def test_who_accepts_second_is_not_asked_for_a_reason_and_sees_the_remark_again(waiting, office, make_user, sign_in):
    second = sign_in(make_user("second", "OFFICE", office.unit, name="赵二审"))
    typed = fields(waiting, act="accept", **{f"r{waiting.entries.get().pk}-text": "请再核一下户数"})
    accept(waiting, office)
    page = second.post(f"/review/{waiting.pk}/decide/", typed).content.decode()
    assert "退回须写明原因。" not in page
    assert "您填写的意见（没有保存）" in page
    assert "请再核一下户数" in page


def test_a_remark_is_saved_while_typing(waiting, desk):
    entry = waiting.entries.get()
    answer = desk.post(f"/entries/{entry.pk}/remark/", {f"r{entry.pk}-text": "好", f"r{entry.pk}-light": "RED"})
    assert answer.json()["saved_at"] == "10:00:00"
    entry.refresh_from_db()
    assert (entry.office_remark, entry.office_light) == ("好", "RED")
    answer = desk.post(f"/entries/{entry.pk}/remark/", {f"r{entry.pk}-text": "长" * 301})
    assert (answer.status_code, answer.json()["error"]) == (422, "审核意见不超过300字，现有301字，请压缩。")


def test_a_remark_after_the_decision_is_refused(waiting, desk, office):
    accept(waiting, office)
    entry = waiting.entries.get()
    answer = desk.post(
        f"/entries/{entry.pk}/remark/", {f"r{entry.pk}-text": "太晚"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 400
    assert "不在待审核状态" in answer.json()["error"]


def test_reopening_needs_a_reason(waiting, desk, office):
    report = accept(waiting, office)
    assert desk.post(f"/review/{report.pk}/reopen/", {"version": report.version}).status_code == 422
    desk.post(f"/review/{report.pk}/reopen/", {"version": report.version, "reason": "数据有误"})
    report.refresh_from_db()
    assert report.status == Status.RETURNED


def test_paper_is_ticked_with_its_checksum_and_told_when_it_no_longer_fits(waiting, desk, office, reporter):
    desk.post(f"/review/{waiting.pk}/paper/", {"received": "1"})
    waiting.refresh_from_db()
    assert waiting.paper_checksum == waiting.latest.checksum
    return_report(waiting, office, reason="补充")
    waiting.entries.update(done="改过的内容")
    submit(waiting, reporter)
    assert "校验码已不一致" in desk.get(f"/review/{waiting.pk}/").content.decode()


def test_what_changed_since_the_last_filing_is_shown(waiting, desk, office, reporter):
    return_report(waiting, office, reason="补充")
    waiting.entries.update(done="完成核对平台招标，接入公安、车管、社保三家数据。")
    submit(waiting, reporter, note="已补社保")
    page = desk.get(f"/review/{waiting.pk}/").content.decode()
    assert "比上一次报送改了什么" in page
    assert "<ins" in page
    assert "已补社保" in page


def test_bulk_accepts_what_is_picked_and_tells_what_is_refused(
    waiting, period, labour, fill, co_reporter, desk, office
):
    other = submit(fill(period.reports.get(unit=labour)), co_reporter)
    stale = f"{other.pk}:{other.version - 1}"
    answer = desk.post(
        "/review/bulk/", {"act": "accept", "pick": [f"{waiting.pk}:{waiting.version}", stale]}, follow=True
    )
    page = answer.content.decode()
    assert "已通过1份" in page
    assert "县人社局没有通过" in page
    assert set(MonthlyReport.objects.accepted()) == {waiting}


def test_bulk_return_asks_for_the_reason_too(waiting, desk):
    pick = f"{waiting.pk}:{waiting.version}"
    answer = desk.post("/review/bulk/", {"act": "return", "pick": pick, "reason": ""})
    assert answer.status_code == 422
    assert "退回须写明原因。" in answer.content.decode()
    desk.post("/review/bulk/", {"act": "return", "pick": pick, "reason": "格式不对"})
    waiting.refresh_from_db()
    assert waiting.return_reason == "格式不对"


def test_other_offices_reports_cannot_be_picked(waiting, law_plan, make_task, civil, desk, fill, reporter):
    make_task(law_plan, 1, civil)
    foreign = open_period(law_plan, OCTOBER).reports.get()
    submit(fill(foreign), reporter)
    foreign.refresh_from_db()
    desk.post("/review/bulk/", {"act": "accept", "pick": f"{foreign.pk}:{foreign.version}"})
    foreign.refresh_from_db()
    assert foreign.status == Status.SUBMITTED


def test_tabs_filters_and_hints(waiting, period, labour, fill, co_reporter, desk):
    waiting.entries.update(light="GREEN")
    page = desk.get("/review/").content.decode()
    assert "1项灯色不一致" in page
    assert desk.get("/review/?tab=unfiled").context["table"].count == 1
    assert desk.get("/review/?hint=light").context["table"].count == 1
    assert desk.get("/review/?hint=near").context["table"].count == 0
    assert desk.get("/review/?late=on").context["table"].count == 0
    assert desk.get("/review/?q=rsj").context["table"].count == 0
    assert desk.get("/review/?page=x&sort=zzz").context["table"].count == 1
    for query, label in (("tab=nonsense", "状态"), ("month=99-99", "月份"), ("hint=x", "提示"), ("plan=999", "方案")):
        page = desk.get(f"/review/?{query}")
        assert (page.status_code, page.context.get("table")) == (200, None)
        assert f"{label}没有“" in page.content.decode()
        assert desk.get(f"/review/?{query}&format=xlsx").status_code == 400


def test_the_queue_goes_out_as_seen(waiting, desk):
    answer = desk.get("/review/?format=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_queue_asks_the_same_with_one_and_three_rows(
    waiting,
    period,
    labour,
    water,
    plan,
    make_task,
    make_user,
    fill,
    co_reporter,
    outsider,
    desk,
    django_assert_num_queries,
):
    desk.get("/review/")
    with django_assert_num_queries(14):
        desk.get("/review/")
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    make_task(plan, 50, water)
    open_period(plan, OCTOBER)
    submit(fill(period.reports.get(unit=water)), outsider)
    with django_assert_num_queries(14):
        desk.get("/review/")


def test_a_report_asks_the_same_with_one_and_three_entries(
    plan, civil, labour, make_task, task, reporter, fill, desk, django_assert_num_queries
):
    report = open_period(plan, OCTOBER).reports.get(unit=civil)
    desk.get("/review/")
    submit(fill(report), reporter)
    with django_assert_num_queries(16):
        desk.get(f"/review/{report.pk}/")
    for number in (44, 45):
        make_task(plan, number, civil, [labour])
    report.status = Status.DRAFT
    report.save()
    open_period(plan, OCTOBER)
    submit(fill(report), reporter)
    with django_assert_num_queries(16):
        desk.get(f"/review/{report.pk}/")


class TestTheUnitsWorkingCopy:
    """What the unit writes is its own until it is filed; the office reads the latest submission."""

    def texts(self, desk, report):
        return desk.get(f"/review/{report.pk}/").content.decode()

    def test_is_not_shown_before_the_first_filing(self, report, fill, desk):
        fill(report, done="草稿里的话")
        page = self.texts(desk, report)
        assert "草稿里的话" not in page
        assert "还没有报送，没有可以审核的内容。" in page

    def test_is_not_shown_before_the_head_has_signed(self, report, fill, desk, civil, reporter, head):
        civil.head_signs = True
        civil.save()
        submit(fill(report, done="待审签的话"), reporter)
        assert "待审签的话" not in self.texts(desk, report)
        sign(report, head)
        assert "待审签的话" in self.texts(desk, report)

    def test_is_not_shown_after_a_return_but_what_was_filed_is(self, waiting, desk, office):
        return_report(waiting, office, reason="补充数据")
        waiting.entries.update(done="改了一半的话", progress=99)
        page = self.texts(desk, waiting)
        assert "改了一半的话" not in page
        assert "99%" not in page
        assert "完成核对平台招标" in page
        assert "以下是第1次报送" in page

    def test_gives_no_hint_either(self, report, fill, desk):
        fill(report, light="BLUE", progress=10)
        assert desk.get("/review/?tab=unfiled&hint=light").context["table"].count == 0
