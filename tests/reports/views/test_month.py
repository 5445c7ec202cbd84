"""The month on one page: saves everything that is sent, submits what is complete, loses nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.actions.periods import close_period, exempt, extend, open_period
from reports.actions.review import accept, remark, return_report, start_review
from reports.actions.writing import sign, submit, withdraw
from reports.forms.entry import seen_of
from reports.models import MonthlyReport
from tests.conftest import OCTOBER, moment
from tests.pages import folded as texts
from tests.reports.views.sending import COMPLETE, sent

PAGE = "/month/2015-10/"
Status = MonthlyReport.Status


@pytest.fixture
def page(sign_in, reporter, period):
    return sign_in(reporter)


@pytest.fixture
def law_report(law_plan, make_task, civil):
    """A second plan's report of the same unit and month."""
    make_task(law_plan, "(五)", civil, short_title="建设法治社会")
    return open_period(law_plan, OCTOBER).reports.get(unit=civil)


def told(client):
    """Return the messages of the page that a redirect led to."""
    return [str(message) for message in client.get(PAGE).context["messages"]]


def test_a_task_that_goes_on_leads_to_last_year(page, report, task, make_plan, make_task, reform_office, civil):
    assert "没有以前的月报，这是第一次填报。" in texts(page.get(PAGE))
    task.continues = make_task(make_plan(reform_office, year=2014), 9, civil)
    task.save(update_fields=["continues"])
    shown = texts(page.get(PAGE))
    assert "没有以前的月报" not in shown
    assert f'上一年度的进展见<a href="{reverse("task", args=[task.continues_id])}">原任务</a>' in shown


def test_the_page_shows_every_plan_and_task_with_its_deadline(page, report, law_report, task):
    text = texts(page.get(PAGE))
    assert "建立居民家庭经济状况核对平台" in text
    assert "建设法治社会" in text
    assert "第43项改革任务的原文。" in text
    assert "县人社局（配合）" in text
    assert text.count("10月31日 24:00") >= 2
    assert "还剩11天" in text


def test_a_draft_is_saved_and_told(page, entry):
    answer = page.post(PAGE, sent(entry, **COMPLETE) | {"act": "save"})
    entry.refresh_from_db()
    assert (answer.status_code, answer.url, entry.done) == (302, PAGE, "完成招标。")
    assert "10:00:00 已存草稿（1项有改动）" in told(page)[0]
    assert MonthlyReport.objects.get(pk=entry.report_id).status == Status.DRAFT


def test_saving_one_entry_by_its_own_button_saves_the_others_too(page, entry, law_report):
    other = law_report.entries.get()
    answer = page.post(PAGE, sent(entry, other, done="都存。") | {"act": f"save:{entry.pk}"})
    assert answer.url == f"{PAGE}#e{entry.pk}"
    for each in (entry, other):
        each.refresh_from_db()
        assert each.done == "都存。"


def test_a_bad_field_comes_back_with_its_sentence_and_the_rest_is_saved(page, entry):
    answer = page.post(PAGE, sent(entry, done="好的。", progress="很多") | {"act": "submit"})
    entry.refresh_from_db()
    assert answer.status_code == 422
    assert (entry.done, entry.progress) == ("好的。", None)
    assert 'value="很多"' in texts(answer)
    assert "累计进度请填0到100的整数。" in texts(answer)
    assert f'href="#id_e{entry.pk}-progress"' in texts(answer)
    assert entry.report.submissions.count() == 0


def test_a_stale_page_gets_409_with_own_text_in_the_boxes_and_the_other_beside(page, entry):
    old = sent(entry, done="窗口二。")
    page.post(PAGE, sent(entry, done="窗口一。"))
    answer = page.post(PAGE, old | {"act": "save"})
    entry.refresh_from_db()
    text = texts(answer)
    assert (answer.status_code, entry.done) == (409, "窗口一。")
    assert "> 窗口二。</textarea>" in text
    assert '<div class="keep-lines">窗口一。</div>' in text
    assert f'value="{seen_of(entry)}"' in text
    again = page.post(PAGE, sent(entry, done="窗口一。窗口二。"))
    entry.refresh_from_db()
    assert (again.status_code, entry.done) == (302, "窗口一。窗口二。")


def test_after_a_conflict_the_boxes_hold_mine_where_i_typed_and_theirs_elsewhere(page, entry):
    old = sent(entry, done="我写的。")
    page.post(PAGE, sent(entry, done="别人写的。", progress="40", next_steps="别人的打算。"))
    text = texts(page.post(PAGE, old | {"act": "save"}))
    assert "> 我写的。</textarea>" in text
    assert "> 别人的打算。</textarea>" in text
    assert 'value="40"' in text


def test_one_conflict_keeps_no_other_entry_from_being_saved(page, entry, law_report):
    other = law_report.entries.get()
    old = sent(entry, other, done="二。")
    page.post(PAGE, sent(entry, done="一。"))
    page.post(PAGE, old)
    other.refresh_from_db()
    assert other.done == "二。"


def test_submitting_tells_number_time_and_timeliness(page, report, entry):
    answer = page.post(PAGE, sent(entry, **COMPLETE) | {"act": f"submit:{report.pk}"})
    report.refresh_from_db()
    assert (answer.url, report.status, report.submissions.count()) == (PAGE, Status.SUBMITTED, 1)
    assert told(page)[0] == f"“改革创新年”10月月报已报送：编号{report.number}，10月20日 10:00:00，按时。"


def test_the_first_second_after_the_end_is_late_but_taken(page, report, entry, at):
    at("2015-11-01 00:00:00")
    page.post(PAGE, sent(entry, **COMPLETE) | {"act": "submit"})
    report.refresh_from_db()
    assert (report.status, report.is_late) == (Status.SUBMITTED, True)


def test_the_last_second_of_the_due_day_is_on_time(page, report, entry, at):
    at("2015-10-31 23:59:59")
    page.post(PAGE, sent(entry, **COMPLETE) | {"act": "submit"})
    report.refresh_from_db()
    assert (report.status, report.is_late) == (Status.SUBMITTED, False)


@pytest.mark.parametrize("moment", ["2015-09-30 23:59:59", "2015-11-06 00:00:00", "2015-12-01 08:00"])
def test_outside_the_window_nothing_is_taken_and_what_was_typed_is_shown(page, report, entry, at, moment):
    at(moment)
    answer = page.post(PAGE, sent(entry, done="关了以后写的。") | {"act": "submit"})
    entry.refresh_from_db()
    assert answer.status_code == 422
    assert entry.done == ""
    assert "关了以后写的。" in texts(answer)
    assert report.submissions.count() == 0


def test_pressing_twice_files_once_and_looks_like_success(page, report, entry):
    data = sent(entry, **COMPLETE) | {"act": "submit"}
    assert page.post(PAGE, data).status_code == 302
    assert page.post(PAGE, data).status_code == 302
    assert report.submissions.count() == 1


def test_all_that_is_missing_is_listed_with_links_and_nothing_is_lost(page, report, entry):
    answer = page.post(PAGE, sent(entry, done="写了一半。") | {"act": "submit"})
    assert answer.url == f"{PAGE}?check={report.pk}#problems"
    text = texts(page.get(answer.url))
    assert "提交前请补齐" in text
    for field in ("progress", "next_steps"):
        assert f'href="#id_e{entry.pk}-{field}"' in text
    assert f'href="#id_e{entry.pk}-light_0"' in text
    assert "写了一半。" in text
    assert text.count("请填写下步打算。") == 3


def test_an_empty_report_is_not_filed(page, report, entry):
    page.post(PAGE, sent(entry) | {"act": "submit"})
    report.refresh_from_db()
    assert (report.status, report.submissions.count()) == (Status.DUE, 0)


def test_no_change_needs_a_sentence(page, report, entry):
    half = COMPLETE | {"done": "", "no_change": True}
    page.post(PAGE, sent(entry, **half) | {"act": "submit"})
    assert report.submissions.count() == 0
    entry.refresh_from_db()
    page.post(PAGE, sent(entry, **half, no_change_reason="等待省厅批复。") | {"act": "submit"})
    assert report.submissions.get().content["entries"][0]["no_change"] is True


def test_one_press_files_every_complete_plan_and_lists_the_rest(page, report, entry, law_report):
    page.post(PAGE, sent(entry, **COMPLETE))
    answer = page.post(reverse("month_submit", args=["2015-10"]))
    for each in (report, law_report):
        each.refresh_from_db()
    assert (report.status, law_report.status) == (Status.SUBMITTED, Status.DUE)
    assert answer.url == f"{PAGE}?check={law_report.pk}#problems"


def test_a_plan_may_be_handed_in_before_the_other(page, report, entry, law_report):
    page.post(PAGE, sent(entry, law_report.entries.get(), **COMPLETE) | {"act": f"submit:{report.pk}"})
    law_report.refresh_from_db()
    assert law_report.status == Status.DRAFT


def test_another_report_s_key_files_nothing(page, report, period, labour, entry):
    foreign = period.reports.get(unit=labour)
    page.post(PAGE, sent(entry, **COMPLETE) | {"act": f"submit:{foreign.pk}"})
    foreign.refresh_from_db()
    assert foreign.status == Status.DUE


def test_where_the_head_signs_submitting_goes_to_the_head(page, report, entry, civil, head):
    civil.head_signs = True
    civil.save()
    page.post(PAGE, sent(entry, **COMPLETE) | {"act": "submit"})
    report.refresh_from_db()
    assert report.status == Status.SIGNING
    assert "审签通过才算报送" in told(page)[0]


def test_a_filed_report_shows_its_receipt_and_can_be_withdrawn_until_review(page, report, fill, reporter, office):
    submit(fill(report), reporter)
    text = texts(page.get(PAGE))
    assert report.number in text
    assert report.latest.short_checksum in text
    page.post(PAGE, {"act": f"withdraw:{report.pk}"})
    report.refresh_from_db()
    assert report.status == Status.DRAFT
    submit(report, reporter)
    start_review(report, office)
    assert f"withdraw:{report.pk}" not in texts(page.get(PAGE))


def test_a_return_comes_first_with_reason_remarks_and_the_whole_thread(
    page, report, fill, reporter, office, entry, law_report
):
    submit(fill(law_report), reporter)
    submit(fill(report), reporter)
    remark(entry, office, text="请补充户数。", redo=True)
    return_report(report, office, reason="数据不清", redo=[entry])
    page.post(PAGE, {f"note-{report.pk}": "已补", "act": "save"})
    text = texts(page.get(PAGE))
    assert page.get(PAGE).context["sheets"][0].report == report
    assert '退回原因：</b><span class="keep-lines">数据不清' in text
    assert "请补充户数。" in text
    assert "须重报" in text
    assert 'value="已补"' in text
    entry.refresh_from_db()
    page.post(PAGE, sent(entry, done="补充：412户。") | {f"note-{report.pk}": "已补户数", "act": "submit"})
    assert report.submissions.last().note == "已补户数"
    again = report
    again.refresh_from_db()
    return_report(again, office, reason="还缺一项")
    text = texts(page.get(PAGE))
    for words in ("数据不清", "已补户数", "还缺一项"):
        assert words in text
    assert 'value="已补户数"' not in text


def answered(report, text, seen=""):
    """What the page sends of 重报说明, and what it was drawn with."""
    return {f"note-{report.pk}": text, f"note-{report.pk}-seen": seen, "act": "save"}


@pytest.fixture
def returned(report, fill, reporter, office):
    return return_report(submit(fill(report), reporter), office, reason="数据不清")


def test_the_answer_to_a_return_is_the_unit_s_not_one_window_s(page, returned, sign_in, head):
    page.post(PAGE, answered(returned, "已补户数"))
    other = sign_in(head)
    assert 'value="已补户数"' in texts(other.get(PAGE))
    # A window that was open before and in which nothing was typed writes nothing over it.
    other.post(PAGE, answered(returned, ""))
    returned.refresh_from_db()
    assert returned.answer == "已补户数"
    told_both = other.post(PAGE, answered(returned, "局长的说明"))
    assert told_both.status_code == 422
    assert "重报说明已在别处改为“已补户数”" in texts(told_both)
    assert 'value="局长的说明"' in texts(told_both)
    other.post(PAGE, answered(returned, "局长的说明", seen="已补户数"))
    returned.refresh_from_db()
    assert returned.answer == "局长的说明"


def test_an_answer_that_is_too_long_stays_on_the_page_with_the_reason(page, returned):
    answer = page.post(PAGE, answered(returned, "字" * 301) | {"act": "submit"})
    assert answer.status_code == 422
    assert "重报说明不超过300字，现有301字，请压缩。" in texts(answer)
    assert "字" * 301 in texts(answer)
    scripted = page.post(PAGE, answered(returned, "字" * 301), headers={"Accept": "application/json"})
    assert (scripted.status_code, scripted.json()["error"]) == (422, "重报说明不超过300字，现有301字，请压缩。")


def test_an_answer_waits_for_the_signature_and_comes_back_with_a_withdrawal(page, returned, reporter, head, civil):
    civil.head_signs = True
    civil.save()
    page.post(PAGE, answered(returned, "已补户数"))
    filed = sign(submit(returned, reporter), head)
    assert (filed.latest.note, filed.answer) == ("已补户数", "")
    again = withdraw(filed, head)
    assert (again.status, again.answer) == (Status.RETURNED, "已补户数")


def test_a_redone_entry_is_no_longer_marked(page, report, fill, reporter, office, entry, at):
    submit(fill(report), reporter)
    return_report(report, office, reason="数据不清", redo=[entry])
    assert page.get(PAGE).context["sheets"][0].lines[0].state.key == "redo"
    at("2015-10-20 11:00")
    entry.refresh_from_db()
    page.post(PAGE, sent(entry, done="改好了。"))
    assert page.get(PAGE).context["sheets"][0].lines[0].state.key == "full"


@pytest.fixture
def september(plan, civil, fill, reporter, office, at, page):
    """What the same unit had accepted the month before: 60 %, 黄灯."""
    at("2015-09-20 10:00")
    filed = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(filed), reporter), office)
    at("2015-10-20 10:00")
    return filed.entries.get()


def test_carrying_forward_without_script_saves_first(page, entry, september):
    assert september.next_steps in texts(page.get(PAGE))
    page.post(PAGE, sent(entry, done="十月写的。") | {"act": f"carry:{entry.pk}"})
    entry.refresh_from_db()
    assert (entry.done, entry.next_steps) == ("十月写的。", september.next_steps)


def test_no_change_is_one_tick_and_one_reason(page, report, entry, september):
    page.post(PAGE, sent(entry, no_change=True, no_change_reason="等待省厅批复。") | {"act": "submit"})
    (filed,) = report.submissions.get().content["entries"]
    assert (filed["progress"], filed["light"], filed["done"]) == (60, "YELLOW", "")
    assert (filed["problems"], filed["next_steps"]) == (september.problems, september.next_steps)


def test_no_change_beside_brought_over_text_keeps_one_of_them(page, entry, september):
    page.post(PAGE, sent(entry) | {"act": f"carry:{entry.pk}"})
    entry.refresh_from_db()
    assert entry.done == september.done
    page.post(PAGE, sent(entry, no_change=True))
    entry.refresh_from_db()
    assert (entry.no_change, entry.done, entry.progress) == (True, "", 60)
    page.post(PAGE, sent(entry) | {"act": f"carry:{entry.pk}"})
    entry.refresh_from_db()
    assert entry.done == ""


@pytest.mark.parametrize("progress", ["95", "10"])
def test_another_progress_is_no_no_change(page, report, entry, september, progress):
    said = {"no_change": True, "no_change_reason": "等批复。", "fall_reason": "返工。", "progress": progress}
    page.post(PAGE, sent(entry, **said) | {"act": "submit"})
    assert report.submissions.count() == 0
    assert f"进度却由60%改为{progress}%" in texts(page.get(f"{PAGE}?check={report.pk}"))


def test_an_exempted_report_asks_for_nothing(page, report, office, law_report):
    exempt(report, office, reason="机构调整")
    text = texts(page.get(PAGE))
    assert "已批准免报" in text
    assert f'id="id_e{report.entries.get().pk}-done"' not in text


def test_the_way_in_leads_to_the_earliest_month_owed(page, plan, at):
    assert page.get("/month/").url == PAGE
    at("2015-11-02 09:00")
    open_period(plan, OCTOBER.replace(month=11))
    assert page.get("/month/").url == PAGE
    at("2015-11-06 00:00")
    assert page.get("/month/").url == "/month/2015-11/"


def test_a_month_without_reports_says_what_to_do(page):
    text = texts(page.get("/month/2015-03/"))
    assert "没有本单位要报的任务" in text


@pytest.mark.parametrize(
    "month", ["2015-13", "october", "2015", "99999-01", "0001-01", "2014-12", "2016-01", "9999-12"]
)
def test_what_is_no_month_is_not_found(page, month):
    assert page.get(f"/month/{month}/").status_code == 404
    assert page.get(f"/month/{month}/offline/").status_code == 404


def test_the_present_month_is_shown_without_a_plan(page, at):
    at("2016-01-05 09:00")
    assert "没有本单位要报的任务" in texts(page.get("/month/2016-01/"))


@pytest.mark.parametrize("who", ["leader", "inspector", "admin", "auditor"])
def test_those_who_never_file_have_no_month(cast, who, sign_in, period):
    client = sign_in(cast[who])
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {}).status_code == 403
    assert client.get("/month/").status_code == 403
    assert client.post("/month/2015-10/submit/").status_code == 403


def test_another_unit_s_entries_are_not_on_the_page_and_not_written(sign_in, co_reporter, entry):
    client = sign_in(co_reporter)
    client.post(PAGE, sent(entry, done="别人的。"))
    entry.refresh_from_db()
    assert entry.done == ""
    assert f'id="e{entry.pk}"' not in texts(client.get(PAGE))


def test_office_staff_file_for_their_own_unit(sign_in, office, reform_office, plan, make_task, period):
    make_task(plan, 1, reform_office)
    open_period(plan, OCTOBER)
    entry = period.reports.get(unit=reform_office).entries.get()
    sign_in(office).post(PAGE, sent(entry, done="办公室自己的任务。"))
    entry.refresh_from_db()
    assert entry.done == "办公室自己的任务。"


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_page_costs_the_same_for_one_task_and_three(
    page, plan, civil, labour, make_task, tasks, django_assert_num_queries
):
    for number in range(2, tasks + 1):
        make_task(plan, number, civil, [labour])
    open_period(plan, OCTOBER)
    page.get("/inbox/")
    with django_assert_num_queries(16):
        assert page.get(PAGE).context["total"] == tasks


@pytest.fixture
def named(report, entry, fill, reporter, office, at):
    """A report returned with its entry named, two days later."""
    submit(fill(report), reporter)
    return_report(report, office, reason="数据不清", redo=[entry])
    at("2015-10-21 10:00")
    entry.refresh_from_db()
    return entry


def test_what_was_named_by_a_return_is_not_handed_in_untouched(page, report, named):
    answer = page.post(PAGE, sent(named) | {"act": "submit", f"note-{report.pk}": ""})
    assert f"check={report.pk}" in answer.url
    assert "退回后还没有修改" in texts(page.get(answer.url))
    report.refresh_from_db()
    assert report.status == Status.RETURNED


def test_a_reason_answers_a_return(page, report, named):
    page.post(PAGE, sent(named) | {"act": "submit", f"note-{report.pk}": "户数以统计局为准，不用改。"})
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED
    assert report.latest.note == "户数以统计局为准，不用改。"


def test_a_file_added_since_answers_a_return(page, report, named):
    proof = SimpleUploadedFile("名单.pdf", b"%PDF-1.4 list")
    page.post(PAGE, sent(named) | {"act": "save", f"e{named.pk}-files": proof})
    page.post(PAGE, sent(named) | {"act": "submit"})
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


# moment, what the button says, what stands beside the deadline
BUTTONS = [
    ("2015-10-31 23:59:59", "提交月报</button>", "过后11月5日 24:00前仍可报送，记为迟报"),
    ("2015-11-01 00:00:00", "报送（迟报）</button>", "现在报送记为迟报，11月5日 24:00关闭"),
    ("2015-11-05 23:59:59", "报送（迟报）</button>", "现在报送记为迟报，11月5日 24:00关闭"),
]


@pytest.mark.parametrize(("now", "button", "words"), BUTTONS)
def test_the_button_says_when_filing_now_is_late(page, report, now, button, words, at):
    at(now)
    shown = texts(page.get(PAGE))
    assert button in shown
    assert words in shown


def test_of_several_the_button_says_how_many_are_late(page, report, law_report, office, at):
    extend(report, office, until=moment("2015-11-04 00:00"), reason="迎检")
    at("2015-11-02 09:00")
    shown = texts(page.get(PAGE))
    assert "全部提交（2份，1份迟报）" in shown
    assert "报送“法治建设年”（迟报）" in shown
    assert "提交“改革创新年”" in shown


def test_a_second_filing_is_never_late(page, report, fill, reporter, office, at):
    return_report(submit(fill(report), reporter), office, reason="数据不清")
    at("2015-11-02 09:00")
    shown = texts(page.get(PAGE))
    assert "提交月报</button>" in shown
    assert "现在报送记为逾期，11月5日 24:00关闭" in shown


@pytest.mark.parametrize(("now", "filled"), [("2015-11-05 23:59:59", 0), ("2015-11-06 00:00:00", 0)])
def test_nothing_is_called_filled_that_is_empty(page, report, now, filled, at):
    at(now)
    assert page.get(PAGE).context["filled"] == filled


@pytest.mark.parametrize("closed", [False, True])
def test_a_missed_month_says_what_happened_and_what_can_be_done(page, report, period, closed, at):
    at("2015-11-06 00:00")
    if closed:
        close_period(period)
    shown = texts(page.get(PAGE))
    assert "填报已于11月5日 24:00关闭" in shown
    assert ("请联系县委改革办批准宽限" in shown) is not closed
    assert ("没有报送，记为缺报。这个月的情况写在下月月报里；须更正本月进度的，请联系县委改革办。" in shown) is closed


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2015-10-31 23:59:59", "撤回后须在10月31日 24:00前重新报送，过后再报记为迟报。"),
        ("2015-11-01 00:00:00", "截止时间10月31日 24:00已过，撤回后再报记为迟报；11月5日 24:00关闭，过后不能再报。"),
    ],
)
def test_taking_back_says_what_it_means(page, report, fill, reporter, sign_in, now, words, at):
    submit(fill(report), reporter)
    at(now)
    assert words in texts(page.get(PAGE))
    assert words in texts(page.get(f"/reports/{report.pk}/"))


def test_a_preview_saves_first(page, report, entry):
    answer = page.post(PAGE, sent(entry, **COMPLETE) | {"act": f"preview:{report.pk}"})
    assert answer.url == f"/reports/{report.pk}/?preview=1"
    assert COMPLETE["done"] in texts(page.get(answer.url))
    bad = page.post(PAGE, sent(entry, progress="很多") | {"act": f"preview:{report.pk}"})
    assert bad.status_code == 422
