"""The office's months: what they show, opening, chasing, concessions, closing."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from portal.actions.succession import merge
from reports.actions.periods import close_period, open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import submit
from reports.models import MonthlyReport, Period, ReportEvent
from tests.conftest import OCTOBER, moment
from units.models import Contact, Notice

Status = MonthlyReport.Status
NOVEMBER = datetime.date(2015, 11, 1)


def test_opening_a_month_by_hand(plan, task, desk, reporter, co_reporter):
    page = desk.get("/periods/").content.decode()
    assert "改革创新年 2015年10月" in page
    assert "2015年11月" not in page
    answer = desk.post("/periods/open/", {"choice": f"{plan.pk}:2015-10"}, follow=True)
    assert "2个单位应报" in answer.content.decode()
    assert Notice.objects.filter(user=reporter, title__contains="开始填报").count() == 1
    assert plan.events.filter(verb="开启报送期").exists()


def test_a_month_that_has_not_begun_cannot_be_opened(plan, desk):
    answer = desk.post("/periods/open/", {"choice": f"{plan.pk}:2015-11"})
    assert answer.status_code == 422
    assert "这个月份不能开启" in answer.content.decode()


def test_the_page_says_whom_to_call(period, civil, desk):
    Contact.objects.create(unit=civil, post="LIAISON", name="刘联络", phone="0731-27610001")
    page = desk.get(f"/periods/{period.pk}/").content.decode()
    assert "刘联络 0731-27610001" in page
    assert "未报联络员" in page
    assert "10月31日 24:00" in page


def test_one_press_urges_all_who_owe(period, report, labour, fill, co_reporter, reporter, desk):
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    answer = desk.post(f"/periods/{period.pk}/urge/", {"everyone": "1", "note": "请抓紧"}, follow=True)
    assert "已催报1个单位" in answer.content.decode()
    event = ReportEvent.objects.get(verb="催报")
    assert (event.subject, event.note, event.actor_name) == (report, "请抓紧", "县委改革办 李审核")
    assert Notice.objects.get(user=reporter, title__startswith="催报").body.startswith("截止时间：10月31日 24:00")
    assert not Notice.objects.filter(user=co_reporter, title__startswith="催报").exists()
    assert "1次" in answer.content.decode()


def test_units_nobody_reads_for_are_named(period, desk):
    answer = desk.post(f"/periods/{period.pk}/urge/", {"everyone": "1"}, follow=True)
    assert "请电话联系：县民政局、县人社局" in answer.content.decode()


def test_urging_only_those_picked(period, report, desk):
    desk.post(f"/periods/{period.pk}/urge/", {"pick": [str(report.pk), "x"]})
    assert [event.subject for event in ReportEvent.objects.filter(verb="催报")] == [report]
    answer = desk.post(f"/periods/{period.pk}/urge/", {}, follow=True)
    assert "请先勾选" in answer.content.decode()


def test_an_extension_is_on_record_and_ends_by_itself(report, desk, at, reporter, fill):
    typed = {"day": "2015-11-03", "hour": "18", "reason": "系统升级"}
    assert desk.post(f"/reports/{report.pk}/extend/", typed).status_code == 302
    report.refresh_from_db()
    assert report.due_at == moment("2015-11-03 18:00")
    extension = report.extensions.get()
    assert (extension.reason, extension.by.name) == ("系统升级", "李审核")
    at("2015-11-03 17:59:59")
    assert report.mark() == "NOT_YET"
    at("2015-11-03 18:00:00")
    assert report.mark() == "MISSING"
    submit(fill(report), reporter)
    report.refresh_from_db()
    assert report.is_late is True


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2015-11-03", "hour": "24", "reason": " "}, "请写明原因。"),
        ({"day": "", "hour": "24", "reason": "因为停电"}, "请填写宽限到哪一天。"),
        ({"day": "昨天", "hour": "24", "reason": "因为停电"}, "日期写作2015-11-03。"),
        ({"day": "2015-11-03", "hour": "25", "reason": "因为停电"}, "钟点为1到24的整数。"),
        ({"day": "2015-10-19", "hour": "24", "reason": "因为停电"}, "宽限时间须在现在以后"),
        ({"day": "2016-10-19", "hour": "24", "reason": "因为停电"}, "九十天以内"),
    ],
)
def test_a_bad_extension_is_told_and_nothing_typed_is_lost(report, desk, typed, sentence):
    answer = desk.post(f"/reports/{report.pk}/extend/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert typed["reason"].strip() in page
    assert not report.extensions.exists()


def test_exempting_and_taking_it_back(report, desk):
    assert desk.post(f"/reports/{report.pk}/exempt/", {"reason": ""}).status_code == 422
    desk.post(f"/reports/{report.pk}/exempt/", {"reason": "机构调整"})
    report.refresh_from_db()
    assert (report.status, report.exemption.reason) == (Status.EXEMPT, "机构调整")
    desk.post(f"/reports/{report.pk}/unexempt/", {"reason": "调整完成"})
    report.refresh_from_db()
    assert report.status == Status.DUE
    assert [event.verb for event in report.events.all()] == ["批准免报", "取消免报"]


def test_a_filed_report_is_not_exempted(report, fill, reporter, desk):
    submit(fill(report), reporter)
    answer = desk.post(f"/reports/{report.pk}/exempt/", {"reason": "机构调整"})
    assert answer.status_code == 422
    assert "不能变为“免报”" in answer.content.decode()


def test_what_stands_in_the_way_of_closing_is_said_beforehand(period, report, fill, reporter, desk, at):
    submit(fill(report), reporter)
    page = desk.get(f"/periods/{period.pk}/").content.decode()
    assert "11月5日 24:00填报关闭以后才能结账。" in page
    assert "还有1份月报待审核" in page
    desk.post(f"/periods/{period.pk}/close/")
    period.refresh_from_db()
    assert not period.is_closed


def test_closing_by_a_press(period, plan, desk, at):
    at("2015-11-06 09:00")
    assert "现在还不能结账" not in desk.get(f"/periods/{period.pk}/").content.decode()
    desk.post(f"/periods/{period.pk}/close/")
    period.refresh_from_db()
    assert period.is_closed
    assert period.standings.count() == 1
    assert plan.events.filter(verb="报送期结账").count() == 1


def test_months_are_closed_in_order(plan, period, office, at):
    at("2015-11-20 09:00")
    open_period(plan, NOVEMBER)
    at("2015-12-20 09:00")
    with pytest.raises(Exception, match="按月份顺序"):
        close_period(Period.objects.get(month=NOVEMBER), office)


def test_a_closed_month_takes_nothing_more(period, report, desk, reporter, sign_in, at):
    at("2015-11-06 09:00")
    close_period(period)
    entry = report.entries.get()
    answer = sign_in(reporter).post(
        f"/entries/{entry.pk}/save/", {f"e{entry.pk}-done": "补写"}, headers={"accept": "application/json"}
    )
    entry.refresh_from_db()
    assert entry.done == ""
    assert answer.status_code in (200, 400)


def test_the_due_moment_of_an_open_month_does_not_follow_the_plan(plan, period, report):
    plan.due_day = 25
    plan.save()
    open_period(plan, OCTOBER)
    report.refresh_from_db()
    assert report.due_at == moment("2015-11-01 00:00")
    assert Period.objects.get(pk=period.pk).on_time_until == report.due_at


def test_urging_returns_to_the_rows_as_they_were_filtered(period, report, desk):
    address = f"/periods/{period.pk}/urge/?q=mzj&sort=-unit"
    assert desk.post(address, {"pick": [report.pk]}).url == f"/periods/{period.pk}/?q=mzj&sort=-unit"
    answer = desk.post(address, {"note": "请抓紧报送"}, follow=True)
    assert answer.request["PATH_INFO"] == f"/periods/{period.pk}/"
    assert 'value="请抓紧报送"' in answer.content.decode()


def test_a_note_too_long_is_told_and_kept(period, report, desk):
    answer = desk.post(f"/periods/{period.pk}/urge/", {"everyone": "1", "note": "长" * 201}, follow=True)
    page = answer.content.decode()
    assert "附言不超过200字" in page
    assert "长" * 201 in page
    assert not ReportEvent.objects.exists()


def test_a_closed_month_offers_nothing_and_takes_nothing(period, report, desk, at):
    at("2015-11-06 09:00")
    close_period(period)
    page = desk.get(f"/periods/{period.pk}/").content.decode()
    for word in ("一键催报", "宽限", "免报</a>", 'name="pick"'):
        assert word not in page, word
    desk.post(f"/periods/{period.pk}/urge/", {"everyone": "1"})
    typed = {"day": "2015-11-10", "hour": "24", "reason": "停电三天"}
    answer = desk.post(f"/reports/{report.pk}/extend/", typed)
    assert answer.status_code == 422
    assert "已结账" in answer.content.decode()
    assert "停电三天" in answer.content.decode()
    assert not report.events.exists()


def test_what_waits_says_how_long_and_leads_the_office_to_its_review(
    period, report, fill, reporter, sign_in, desk, leader, at
):
    submit(fill(report), reporter)
    at("2015-10-23 11:00")
    row = desk.get(f"/periods/{period.pk}/?state=waiting").context["table"]
    assert [column.read(row.rows[0]) for column in row.columns if column.name == "waiting"] == [3]
    assert f'href="/review/{report.pk}/"' in desk.get(f"/periods/{period.pk}/").content.decode()
    assert f'href="/reports/{report.pk}/"' in sign_in(leader).get(f"/periods/{period.pk}/").content.decode()


def test_the_list_counts_each_month(period, plan, labour, report, fill, co_reporter, reporter, office, desk, at):
    submit(fill(period.reports.get(unit=labour)), co_reporter)
    accept(period.reports.get(unit=labour), office)
    open_period(plan, datetime.date(2015, 9, 1))
    at("2015-11-02 09:00")
    submit(fill(report), reporter)
    figures = ("owed", "filed", "late", "missing", "waiting", "accepted")
    rows = {
        row.month.month: [getattr(row, name) for name in figures] for row in desk.get("/periods/").context["table"].rows
    }
    assert rows == {10: [2, 2, 1, 0, 1, 1], 9: [2, 0, 0, 2, 0, 0]}


def test_every_figure_opens_as_many_rows(period, labour, report, fill, co_reporter, reporter, office, desk, at):
    returned = submit(fill(period.reports.get(unit=labour)), co_reporter)
    return_report(returned, office, reason="数据不清")
    at("2015-11-02 09:00")
    page = desk.get(f"/periods/{period.pk}/")
    assert "一键催报全部（2）" in page.content.decode()
    for name, number in {
        "filed": 0,
        "unfiled": 1,
        "missing": 1,
        "lapsed": 1,
        "late": 0,
        "waiting": 0,
        "accepted": 0,
    }.items():
        assert getattr(page.context["period"], name) == number, name
        assert desk.get(f"/periods/{period.pk}/?state={name}").context["table"].count == number, name
    assert f'<a href="/periods/{period.pk}/?state=missing">1</a>' in desk.get("/periods/").content.decode()


def test_filters_and_export(period, desk):
    assert desk.get(f"/periods/{period.pk}/?state=missing").context["table"].count == 0
    assert desk.get(f"/periods/{period.pk}/?q=mzj").context["table"].count == 1
    assert desk.get(f"/periods/{period.pk}/?group=TOWNSHIP").context["table"].count == 0
    desk.post(f"/periods/{period.pk}/urge/", {"pick": [period.reports.get(unit__name="县民政局").pk]})
    Contact.objects.create(
        unit=period.reports.get(unit__name="县民政局").unit, post="LIAISON", name="刘联络", phone="07"
    )
    answer = desk.get(f"/periods/{period.pk}/?q=mzj&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    told = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert {"县民政局", "刘联络 07", "1次", "未报"} <= set(told)
    assert "县人社局" not in told
    assert desk.get("/periods/?format=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_number_of_queries_does_not_grow(
    make_plan, reform_office, make_task, civil, labour, water, desk, at, django_assert_num_queries
):
    plan = make_plan(reform_office)
    make_task(plan, 50, civil)
    period = open_period(plan, OCTOBER)
    desk.get("/periods/")
    with django_assert_num_queries(9):
        assert desk.get("/periods/").context["table"].count == 1
    with django_assert_num_queries(12):
        assert desk.get(f"/periods/{period.pk}/").context["table"].count == 1
    for number, unit in ((51, labour), (52, water)):
        make_task(plan, number, unit)
    for month in (8, 9, 10):
        open_period(plan, datetime.date(2015, month, 1))
    with django_assert_num_queries(9):
        assert desk.get("/periods/").context["table"].count == 3
    with django_assert_num_queries(12):
        assert desk.get(f"/periods/{period.pk}/").context["table"].count == 3


def test_another_office_is_told_why_it_sees_no_rows(period, sign_in, other_office):
    page = sign_in(other_office).get(f"/periods/{period.pk}/").content.decode()
    assert "由县委改革办审核，这里只列汇总数" in page
    assert "没有符合条件的月报" not in page


def test_what_was_merged_away_is_not_owed_again(plan, period, report, civil, labour, task, admin, office, desk):
    merge([civil], labour, admin, effective_on=datetime.date(2015, 10, 20), reason="株县编〔2015〕9号")
    report.refresh_from_db()
    assert report.status == Status.EXEMPT
    assert "取消免报" not in desk.get(f"/periods/{period.pk}/").content.decode()
    answer = desk.post(f"/reports/{report.pk}/unexempt/", {"reason": "恢复"})
    assert answer.status_code == 422
    assert "已由承接单位报送" in answer.content.decode()


def test_several_get_more_time_for_one_reason(period, desk):
    picks = {"pick": [report.pk for report in period.reports.all()]}
    page = desk.post(f"/periods/{period.pk}/extend/", picks).content.decode()
    assert "县民政局" in page
    assert "县人社局" in page
    typed = picks | {"day": "2015-11-03", "hour": "24", "reason": "系统升级"}
    answer = desk.post(f"/periods/{period.pk}/extend/", typed, follow=True)
    assert "已给2个单位批准宽限" in answer.content.decode()
    assert {report.due_at for report in period.reports.all()} == {moment("2015-11-04 00:00")}
    assert ReportEvent.objects.filter(verb="批准宽限", note="系统升级").count() == 2


def test_several_are_exempted_for_one_reason(period, desk):
    typed = {"pick": [report.pk for report in period.reports.all()], "reason": "机构调整"}
    assert desk.post(f"/periods/{period.pk}/exempt/", typed | {"reason": " "}).status_code == 422
    desk.post(f"/periods/{period.pk}/exempt/", typed)
    assert {report.status for report in period.reports.all()} == {Status.EXEMPT}
    assert ReportEvent.objects.filter(verb="批准免报").count() == 2


def test_who_cannot_get_it_is_named_and_nobody_gets_it(period, report, fill, reporter, civil, desk):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    typed = {"pick": [each.pk for each in period.reports.all()], "reason": "机构调整"}
    answer = desk.post(f"/periods/{period.pk}/exempt/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "都没有办理，因为1个单位不能免报：县民政局（月报现在是“待审签”，不能变为“免报”）。" in page
    assert "机构调整</textarea>" in page
    assert not ReportEvent.objects.filter(verb="批准免报").exists()
    assert period.reports.exclude(status=Status.EXEMPT).count() == 2


def test_who_filed_meanwhile_is_named_too(period, report, fill, reporter, desk):
    picks = {"pick": [str(each.pk) for each in period.reports.all()] + ["x", "9" * 30]}
    submit(fill(report), reporter)
    typed = picks | {"day": "2015-11-03", "hour": "24", "reason": "系统升级"}
    page = desk.post(f"/periods/{period.pk}/extend/", typed).content.decode()
    assert "都没有办理，因为1个单位不能宽限：县民政局（月报现在是“待审核”，不需要宽限）。" in page
    assert page.count('name="pick"') == 2
    assert not ReportEvent.objects.filter(verb="批准宽限").exists()


def test_without_picks_nothing_is_conceded(period, desk):
    for verb in ("extend", "exempt"):
        for picks in ({}, {"pick": ["x"]}, {"pick": ["999999"]}):
            answer = desk.post(f"/periods/{period.pk}/{verb}/", picks, follow=True)
            assert "请先勾选单位。" in answer.content.decode()


def test_closing_says_who_will_stand_as_missing(period, plan, report, fill, reporter, office, desk, at):
    accept(submit(fill(report), reporter), office)
    assert "记为缺报" not in desk.get(f"/periods/{period.pk}/").content.decode()
    at("2015-11-06 00:00")
    page = desk.get(f"/periods/{period.pk}/").content.decode()
    assert "结账，1个单位记为缺报</button>" in page
    assert "1个单位记为缺报：县人社局。" in page
    desk.post(f"/periods/{period.pk}/close/")
    assert plan.events.get(verb="报送期结账").changes == {"缺报": ["", "县人社局"]}
