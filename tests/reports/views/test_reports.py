"""Reading a report: as filed, every version, every event; paper and scan; signing, withdrawing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kit.records import checksum
from reports.actions.files import attach_scan
from reports.actions.periods import open_period
from reports.actions.review import accept, receive_paper, return_report
from reports.actions.writing import hand_back, submit
from reports.models import MonthlyReport
from tasks.actions.assignment import assign
from tests.conftest import OCTOBER, moment
from tests.pages import folded
from units.models import Notice

Status = MonthlyReport.Status


@pytest.fixture
def filed(report, fill, reporter):
    """The report, filed once."""
    submit(fill(report), reporter)
    report.refresh_from_db()
    return report


@pytest.fixture
def refiled(filed, reporter, office, at):
    """The report, returned and filed again a day later with another text."""
    return_report(filed, office, reason="户数不清")
    filed.entries.update(done="完成核对平台招标，接入三家数据，核对412户。", progress=62)
    at("2015-10-21 09:30")
    submit(filed, reporter, note="已补户数")
    filed.refresh_from_db()
    return filed


def test_the_title_says_the_year_once(filed, sign_in, reporter):
    page = folded(sign_in(reporter).get(f"/reports/{filed.pk}/"))
    assert "<h1>县民政局 2015年10月 改革创新年月报</h1>" in page


@pytest.fixture
def to_sign(report, fill, reporter, civil):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    report.refresh_from_db()
    return report


def address(report, name="report"):
    return reverse(name, args=[report.pk])


def shown(client, report, query=""):
    return client.get(address(report) + query).content.decode()


def test_everybody_with_a_part_reads_what_was_filed(cast, sign_in, filed):
    codes = {who: sign_in(user).get(address(filed)).status_code for who, user in cast.items()}
    readers = ("office", "reporter", "head", "leader", "inspector")
    assert codes == dict.fromkeys(cast, 404) | dict.fromkeys(readers, 200)


def test_a_stranger_is_led_to_the_sign_in(client, filed):
    assert client.get(address(filed)).url.startswith(reverse("login"))


def test_others_never_see_the_working_copy(sign_in, report, fill, office, leader, reporter, refiled):
    return_report(refiled, office, reason="再改")
    refiled.entries.update(done="还没有报的草稿。")
    for user in (office, leader, reporter):
        text = shown(sign_in(user), refiled)
        assert "还没有报的草稿" not in text
        assert "核对412户" in text


def test_a_report_never_filed_shows_nothing_of_its_draft(sign_in, report, fill, office):
    fill(report)
    text = shown(sign_in(office), report)
    assert "还没有报送过" in text
    assert "完成核对平台招标" not in text


def test_every_version_and_event_is_readable(sign_in, refiled, office):
    client = sign_in(office)
    assert "核对412户" in shown(client, refiled)
    assert "接入公安、车管两家数据" in shown(client, refiled, "?version=1")
    text = shown(client, refiled)
    for words in ("户数不清", "重报说明：</b>已补户数", "县民政局 刘填报", "县委改革办 李审核", "10-21 09:30"):
        assert words in text


def test_what_changed_between_any_two_is_shown_word_by_word(sign_in, refiled, office):
    text = shown(sign_in(office), refiled)
    assert '<del class="old">60%</del><ins class="new">62%</ins>' in text
    assert '<ins class="new">' in text.split("本月进展</dt>")[-1]
    assert "内容没有变化" in shown(sign_in(office), refiled, "?old=2&new=2")


@pytest.mark.parametrize("query", ["?version=99", "?old=x&new=-1", "?old=2&new=1", "?checksum=zz", "?version="])
def test_nonsense_in_the_address_is_as_nothing_said(sign_in, refiled, office, query):
    assert sign_in(office).get(address(refiled) + query).status_code == 200


def test_a_renamed_unit_and_task_leave_an_accepted_report_unchanged(
    sign_in, filed, office, civil, labour, task, reporter
):
    accept(filed, office)
    before = filed.submissions.get().checksum
    civil.name = "县民政和社会事务局"
    civil.save()
    task.short_title = "改了名的任务"
    task.save()
    assign(task, labour, [], office)
    text = shown(sign_in(office), filed)
    assert "建立居民家庭经济状况核对平台" in text
    assert "改了名的任务" not in text
    printed = sign_in(office).get(address(filed, "report_print")).content.decode()
    assert "填报单位：县民政局（盖章）" in printed
    assert filed.submissions.get().checksum == before == checksum(filed.submissions.get().content)


def test_the_print_carries_number_checksum_and_room_for_the_seal(sign_in, refiled, reporter):
    text = sign_in(reporter).get(address(refiled, "report_print")).content.decode()
    for words in (
        refiled.number,
        refiled.latest.short_checksum,
        "单位（盖章）",
        "单位负责人（签字）",
        "（第2次）",
        "核对412户",
    ):
        assert words in text
    assert "<script" not in text.split("<main")[1]


def test_what_was_never_filed_is_not_printed(sign_in, report, reporter):
    answer = sign_in(reporter).get(address(report, "report_print"))
    assert answer.status_code == 400
    assert "报送以后才能打印" in answer.content.decode()


def scan():
    return SimpleUploadedFile("盖章件.pdf", b"%PDF-1.4 scan")


def test_a_scan_says_whether_it_still_shows_what_was_filed(sign_in, filed, reporter, office, at):
    client = sign_in(reporter)
    answer = client.post(address(filed, "report_scan"), {"scan": scan()})
    assert answer.url == address(filed)
    assert client.get(address(filed, "report_scan")).url == address(filed) + "#scan"
    assert "与报送内容一致" in shown(client, filed)
    return_report(filed, office, reason="改")
    filed.entries.update(done="改过的。")
    at("2015-10-21 09:00")
    submit(filed, reporter)
    assert "内容已改，请重新打印盖章" in shown(client, filed)
    assert "第1次报送的扫描件" in shown(client, filed)


def test_a_scan_before_filing_or_of_a_wrong_kind_is_told(sign_in, report, fill, reporter):
    client = sign_in(reporter)
    client.post(address(report, "report_scan"), {"scan": scan()})
    assert "报送以后才能上传盖章扫描件。" in shown(client, report)
    submit(fill(report), reporter)
    client.post(address(report, "report_scan"), {"scan": SimpleUploadedFile("a.exe", b"MZ")})
    assert "不支持“a.exe”的格式" in shown(client, report)
    client.post(address(report, "report_scan"), {})
    assert "请先选择扫描件。" in shown(client, report)
    assert client.get(address(report, "report_scan")).status_code == 302


def test_only_the_unit_uploads_its_scan(sign_in, filed, office, outsider):
    assert sign_in(office).post(address(filed, "report_scan"), {"scan": scan()}).status_code == 403
    assert sign_in(outsider).post(address(filed, "report_scan"), {"scan": scan()}).status_code == 404
    assert filed.attachments.count() == 0


def test_a_scan_is_taken_away_again(sign_in, filed, reporter):
    stored = attach_scan(filed, reporter, scan())
    answer = sign_in(reporter).post(reverse("attachment_remove", args=[stored.pk]))
    assert answer.url == address(filed)
    assert filed.events.newest().first().verb == "移除盖章扫描件"


@pytest.mark.parametrize(("version", "words"), [(1, "之后内容改过"), (2, "一致：就是最近一次")])
def test_a_checksum_typed_off_the_paper_finds_its_version(sign_in, refiled, office, version, words):
    digits = refiled.submissions.get(serial=version).short_checksum.lower()
    assert words in shown(sign_in(office), refiled, f"?checksum={digits}")
    assert "对不上" in shown(sign_in(office), refiled, "?checksum=0000 0000 0000")


def test_received_paper_is_held_against_what_was_filed_last(sign_in, filed, office, reporter):
    receive_paper(filed, office)
    assert "已收，内容一致" in shown(sign_in(office), filed)
    return_report(filed, office, reason="改")
    filed.entries.update(done="改过的。")
    submit(filed, reporter)
    assert "已收，但之后内容改过" in shown(sign_in(office), filed)


def test_the_head_signs_and_with_that_it_is_filed(sign_in, to_sign, head, reporter):
    client = sign_in(head)
    text = shown(client, to_sign)
    assert "请您审签" in text
    assert "完成核对平台招标" in text
    assert "请您审签" not in shown(sign_in(reporter), to_sign)
    client.post(address(to_sign, "report_sign"), {"version": to_sign.version})
    to_sign.refresh_from_db()
    assert (to_sign.status, to_sign.latest.author_name) == (Status.SUBMITTED, "县民政局 刘填报")
    assert to_sign.latest.signer_name == "县民政局 陈局长"
    paper = client.get(address(to_sign, "report_print")).content.decode()
    assert "填报人：县民政局 刘填报　　审签人：县民政局 陈局长" in paper
    assert "月报已报送：编号" in shown(client, to_sign)


def test_the_head_hands_back_with_a_reason(sign_in, to_sign, head, reporter):
    client = sign_in(head)
    answer = client.post(address(to_sign, "report_hand_back"), {"version": to_sign.version, "reason": " "})
    assert answer.status_code == 422
    assert "请写明退回填报人的原因。" in answer.content.decode()
    client.post(address(to_sign, "report_hand_back"), {"version": to_sign.version, "reason": "第43项写具体些"})
    to_sign.refresh_from_db()
    assert to_sign.status == Status.DRAFT
    assert to_sign.events.newest().first().note == "第43项写具体些"
    assert "审签未通过" in Notice.objects.get(user=reporter, key__startswith="handback").title
    assert "第43项写具体些" in sign_in(reporter).get("/").content.decode()


@pytest.fixture
def september(plan, civil, fill, reporter, office, at, report):
    """What the unit had accepted the month before."""
    at("2015-09-20 10:00")
    before = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(before, done="九月的进展。", progress=50), reporter), office)
    at("2015-10-20 10:00")


def test_the_unit_sees_before_filing_what_the_office_will_see(sign_in, september, report, fill, reporter, office):
    fill(report, done="十月的进展。")
    client = sign_in(reporter)
    page = shown(client, report, "?preview=1")
    for words in ("报送预览", "十月的进展。", "九月的进展。", "上次 50%", "按规则"):
        assert words in page
    assert "十月的进展。" not in shown(client, report)
    submit(report, reporter)
    assert "十月的进展。" in sign_in(office).get(reverse("review", args=[report.pk])).content.decode()


def test_a_preview_is_printed_as_what_it_is(sign_in, report, fill, reporter):
    fill(report, done="十月的进展。")
    paper = sign_in(reporter).get(address(report, "report_print") + "?preview=1").content.decode()
    assert "十月的进展。" in paper
    assert "预览，尚未报送" in paper
    assert "校验码" not in paper
    assert "（盖章）：" not in paper


def test_nobody_else_previews(sign_in, filed, fill, office, leader, reporter):
    return_report(filed, office, reason="再改")
    fill(filed, done="还没有报的草稿。")
    for user in (office, leader):
        for name in ("report", "report_print"):
            page = sign_in(user).get(address(filed, name) + "?preview=1").content.decode()
            assert "还没有报的草稿" not in page
    assert "还没有报的草稿" in shown(sign_in(reporter), filed, "?preview=1")


def test_the_head_sees_last_month_beside_what_is_to_be_signed(sign_in, september, to_sign, head):
    page = shown(sign_in(head), to_sign)
    assert "九月的进展。" in page
    assert "完成核对平台招标" in page


def test_a_refusal_by_the_head_stands_plainly_until_it_is_answered(sign_in, to_sign, head, reporter):
    hand_back(to_sign, head, reason="第43项写具体些")
    client, said = sign_in(reporter), '<b>审签未通过，县民政局 陈局长：</b><span class="keep-lines">第43项写具体些'
    page = folded(client.get("/month/2015-10/"))
    assert said in page
    assert page.index(said) < page.index("退回与答复")
    submit(to_sign, reporter)
    assert said not in folded(client.get("/month/2015-10/"))


def test_a_head_who_files_without_being_asked_names_who_wrote(report, civil, fill, reporter, head):
    civil.head_signs = True
    civil.save()
    fill(report)
    report.entries.update(edited_by=reporter, edited_at=moment("2015-10-20 09:00"))
    submit(report, head)
    assert (report.latest.author_name, report.latest.signer_name) == ("县民政局 刘填报", "县民政局 陈局长")


def test_an_old_scan_is_not_called_right_while_a_correction_waits(sign_in, filed, civil, office, reporter, head):
    attach_scan(filed, reporter, scan())
    receive_paper(filed, office)
    client = sign_in(reporter)
    assert "与报送内容一致" in shown(client, filed)
    return_report(filed, office, reason="改")
    civil.head_signs = True
    civil.save()
    filed.entries.update(done="改过的。", edited_at=moment("2015-10-21 09:00"))
    submit(filed, reporter, note="改了")
    filed.refresh_from_db()
    assert filed.status == Status.SIGNING
    for user in (reporter, office):
        page = shown(sign_in(user), filed)
        assert "内容正在改，重报后须重新盖章" in page
        assert "一致" not in page


def test_nobody_else_signs_or_hands_back(sign_in, to_sign, reporter, office, outsider):
    for name in ("report_sign", "report_hand_back"):
        assert sign_in(reporter).post(address(to_sign, name), {"reason": ""}).status_code == 403
        assert sign_in(office).post(address(to_sign, name), {"reason": "x"}).status_code == 403
        assert sign_in(outsider).post(address(to_sign, name), {"reason": "x"}).status_code == 404
        assert sign_in(reporter).get(address(to_sign, name)).status_code == 405


@pytest.mark.parametrize(
    ("moment", "status"), [("2015-11-05 23:59:59", Status.SUBMITTED), ("2015-11-06 00:00:00", Status.SIGNING)]
)
def test_signing_keeps_the_window(sign_in, to_sign, head, at, moment, status):
    at(moment)
    sign_in(head).post(address(to_sign, "report_sign"), {"version": to_sign.version})
    to_sign.refresh_from_db()
    assert to_sign.status == status


def test_a_stale_page_of_the_head_is_told(sign_in, to_sign, head, reporter):
    seen = to_sign.version
    sign_in(reporter).post(address(to_sign, "report_withdraw"), {"version": seen})
    answer = sign_in(head).post(address(to_sign, "report_sign"), {"version": seen})
    assert answer.status_code == 409
    assert "撤回" in answer.content.decode()


def test_withdrawing_and_submitting_from_the_report_s_page(sign_in, filed, reporter, office):
    client = sign_in(reporter)
    answer = client.post(address(filed, "report_withdraw"), {"version": filed.version})
    assert answer.url == "/month/2015-10/"
    filed.refresh_from_db()
    assert filed.status == Status.DRAFT
    client.post(address(filed, "report_submit"))
    filed.refresh_from_db()
    assert (filed.status, filed.is_late) == (Status.SUBMITTED, False)
    assert sign_in(office).post(address(filed, "report_withdraw")).status_code == 403
    assert sign_in(office).post(address(filed, "report_submit")).status_code == 403


def test_submitting_an_empty_report_lists_what_is_missing(sign_in, report, reporter):
    answer = sign_in(reporter).post(address(report, "report_submit"))
    assert answer.url == f"/month/2015-10/?check={report.pk}#problems"


def test_the_page_costs_a_fixed_number_of_queries(sign_in, refiled, leader, django_assert_num_queries):
    client = sign_in(leader)
    client.get("/inbox/")
    with django_assert_num_queries(8):
        client.get(address(refiled))
