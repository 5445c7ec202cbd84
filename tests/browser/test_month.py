"""The liaison's month in a real browser: typing is saved, nothing typed is lost, one press files it."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reports.actions.periods import open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import save_entry, submit
from reports.models import Entry, MonthlyReport
from tests.browser.axe import assert_no_serious
from tests.browser.conftest import PHONE
from tests.conftest import OCTOBER, PASSWORD
from units.models import User

PAGE = "/month/2015-10/"
SAVED = "已自动保存"
NEW = "Another-Horse-10"


@pytest.fixture
def second(plan, task, make_task, civil, period):
    """A second task of the unit, below the first on the page."""
    make_task(plan, 45, civil, short_title="农村特困家庭集中供养试点")
    open_period(plan, OCTOBER)
    return period.reports.get(unit=civil).entries.exclude(task=task).get()


def opened(visit, user, **options):
    page = visit(user, **options)
    page.goto(PAGE)
    if options.get("scripts", True):
        page.wait_for_selector("#month[data-ready]")
    return page


def box(page, entry, name):
    return page.locator(f'[name="e{entry.pk}-{name}"]')


def saved(page):
    return expect(page.locator("[data-save-state]"))


def fill_in(page, entry, **values):
    texts = {"progress": "60", "done": "完成招标。", "problems": "接口未开通。", "next_steps": "11月试运行。"}
    for name, value in (texts | values).items():
        box(page, entry, name).fill(value)
    page.locator(f"#e{entry.pk} label.pill.light-YELLOW").click()


def test_what_is_typed_is_saved_by_itself_and_still_there_after_a_reload(visit, reporter, entry):
    page = opened(visit, reporter)
    fill_in(page, entry)
    saved(page).to_contain_text(SAVED)
    expect(page.locator(f"#e{entry.pk} [data-state]")).to_have_text("已填")
    expect(page.locator("[data-filled]")).to_have_text("1")
    page.reload()
    expect(box(page, entry, "done")).to_have_value("完成招标。")
    expect(box(page, entry, "progress")).to_have_value("60")
    assert "招标" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert_no_serious(page)


def test_the_bar_tells_the_latest_save_whatever_the_hour_of_an_earlier_one(visit, reporter, entry, second, at):
    at("2015-10-19 18:00:00")
    save_entry(entry, reporter, {"done": "前一天写的。"}, seen_version=0)
    at("2015-10-20 10:00:00")
    page = opened(visit, reporter)
    box(page, second, "done").fill("今天写的。")
    saved(page).to_contain_text("10:00:00 已自动保存")
    page.keyboard.press("Control+s")
    expect(page.locator("#toasts")).to_contain_text("已存草稿")
    saved(page).to_contain_text("10:00:00 已自动保存")


def test_ctrl_s_saves_and_ctrl_enter_files(visit, reporter, entry, report):
    page = opened(visit, reporter)
    fill_in(page, entry)
    page.keyboard.press("Control+s")
    expect(page.locator("#toasts")).to_contain_text("已存草稿")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice").first).to_contain_text("月报已报送：编号")
    report.refresh_from_db()
    assert report.status == MonthlyReport.Status.SUBMITTED
    assert_no_serious(page)


def test_submitting_half_a_report_shows_what_is_missing_and_keeps_the_text(visit, reporter, entry, report):
    page = opened(visit, reporter)
    box(page, entry, "done").fill("写了一半。")
    page.locator("[data-main-submit]").click()
    summary = page.locator("#problems")
    expect(summary).to_contain_text("请填写下步打算。")
    expect(box(page, entry, "done")).to_have_value("写了一半。")
    assert_no_serious(page)
    summary.get_by_text("请填写下步打算。").click()
    expect(box(page, entry, "next_steps")).to_be_focused()
    box(page, entry, "next_steps").fill("继续。")
    expect(page.locator(f"#e{entry.pk} [data-field=next_steps]")).not_to_have_class("has-error")


def test_a_bad_number_is_told_beside_its_field_and_the_rest_is_saved(visit, reporter, entry):
    page = opened(visit, reporter)
    box(page, entry, "done").fill("好的。")
    box(page, entry, "progress").fill("很多")
    box(page, entry, "progress").blur()
    expect(page.locator(f"#e{entry.pk} [data-field=progress] .field-error")).to_contain_text("0到100的整数")
    saved(page).to_have_text("有一栏没有保存，请改正标红的一栏")
    page.keyboard.press("Control+s")
    expect(page.locator("#toasts")).to_contain_text("没有全部存上")
    entry.refresh_from_db()
    assert entry.done == "好的。"
    box(page, entry, "progress").fill("55")
    box(page, entry, "progress").blur()
    saved(page).to_contain_text(SAVED)
    expect(page.locator(f"#e{entry.pk} [data-field=progress] .field-error li")).to_have_count(0)


def test_two_windows_at_one_task_show_both_texts_and_lose_none(visit, reporter, head, entry):
    first, second_window = opened(visit, reporter), opened(visit, head)
    box(first, entry, "done").fill("第一个窗口写的。")
    saved(first).to_contain_text(SAVED)
    box(second_window, entry, "done").fill("第二个窗口写的。")
    conflict = second_window.locator(f"#e{entry.pk} .conflict")
    expect(conflict).to_contain_text("第一个窗口写的。")
    expect(conflict).to_contain_text("刘填报")
    expect(box(second_window, entry, "done")).to_have_value("第二个窗口写的。")
    assert_no_serious(second_window)
    conflict.get_by_text("接在我的后面").click()
    conflict.get_by_text("按填写框里的文字保存").click()
    saved(second_window).to_contain_text(SAVED)
    entry.refresh_from_db()
    assert entry.done == "第二个窗口写的。\n第一个窗口写的。"


def test_taking_the_other_s_text_ends_the_conflict(visit, reporter, entry, head):
    page = opened(visit, reporter)
    save_entry(entry, head, {"done": "局长写的。", "progress": 70}, seen_version=0)
    box(page, entry, "done").fill("我写的。")
    page.locator(".conflict").get_by_text("全部用右边的").click()
    expect(box(page, entry, "done")).to_have_value("局长写的。")
    expect(box(page, entry, "progress")).to_have_value("70")
    expect(page.locator(".conflict")).to_have_count(0)
    saved(page).to_contain_text(SAVED)


def test_a_server_that_is_away_costs_no_text(visit, reporter, entry):
    page = opened(visit, reporter)
    page.route("**/save/", lambda route: route.abort())
    box(page, entry, "done").fill("断网时写的。")
    box(page, entry, "done").blur()
    saved(page).to_contain_text("连不上服务器，文字还在本页")
    assert page.evaluate(
        "(() => { const e = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented; })()"
    )
    page.unroute("**/save/")
    saved(page).to_contain_text(SAVED)
    entry.refresh_from_db()
    assert entry.done == "断网时写的。"


def test_a_session_that_ended_while_typing_is_renewed_in_a_second_window(visit, reporter, entry):
    page = opened(visit, reporter)
    Session.objects.all().delete()
    box(page, entry, "done").fill("登录到时以后写的。")
    line = page.locator("#login-line")
    expect(line).to_be_visible()
    expect(box(page, entry, "done")).to_have_value("登录到时以后写的。")
    assert_no_serious(page)
    page.locator("[data-main-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("没有提交")
    with page.context.expect_page() as opening:
        line.locator("[data-login]").click()
    window = opening.value
    window.locator("[name=username]").fill(reporter.username)
    window.locator("[name=password]").fill(PASSWORD)
    window.locator("[name=password]").press("Enter")
    expect(window.locator("h1")).to_have_text("已重新登录")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page).to_contain_text(SAVED)
    expect(line).to_be_hidden()
    entry.refresh_from_db()
    assert entry.done == "登录到时以后写的。"


def test_without_script_too_a_lost_session_costs_no_text(visit, reporter, entry):
    page = opened(visit, reporter, scripts=False)
    box(page, entry, "done").fill("登录到时以后写的，没有脚本。")
    Session.objects.all().delete()
    page.locator(".month-bar").get_by_role("button", name="存草稿").click()
    page.locator("[name=username]").fill(reporter.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.get_by_role("button", name="再次提交").click()
    expect(box(page, entry, "done")).to_have_value("登录到时以后写的，没有脚本。")
    entry.refresh_from_db()
    assert entry.done == "登录到时以后写的，没有脚本。"


def test_a_period_that_closes_while_typing_says_so_and_keeps_the_text(visit, reporter, entry, at):
    page = opened(visit, reporter)
    at("2015-11-06 00:00:00")
    box(page, entry, "done").fill("晚了一秒。")
    saved(page).to_contain_text("没有保存，文字还在本页：填报已于11月5日 24:00关闭")
    expect(box(page, entry, "done")).to_have_value("晚了一秒。")
    page.locator("[data-main-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("没有提交")


def test_the_answer_to_a_return_waits_on_the_server(visit, reporter, entry, report, fill, office):
    return_report(submit(fill(report), reporter), office, reason="户数不清", redo=[entry])
    page = opened(visit, reporter)
    note = page.locator(f"[name=note-{report.pk}]")
    note.fill("已补户数")
    with page.expect_response("**/month/2015-10/"):
        note.blur()
    page.reload()
    expect(note).to_have_value("已补户数")
    assert_no_serious(page)


PASTE = """([selector, text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  const field = document.querySelector(selector);
  field.focus();
  return field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(page, entry, name, text, html=""):
    """Return whether the browser's own paste goes on."""
    return page.evaluate(PASTE, [f'[name="e{entry.pk}-{name}"]', text, html])


def test_cells_of_a_sheet_fill_across_and_down_after_a_look_and_can_be_undone(visit, reporter, entry, second):
    page = opened(visit, reporter)
    box(page, entry, "done").fill("原来的。")
    width = len(page.locator("#month").get_attribute("data-cells").split())
    beyond = "\t" * (width - 3) + "多出的"
    cells = f'60%\t"第一行\n第二行"\t\t继续\r\n40\t完成"选址"\t用地\t开工{beyond}\r\n'
    assert not paste(page, entry, "progress", cells)
    dialog = page.locator("#cells")
    expect(dialog).to_contain_text(f"将填入{4 + width}格")
    expect(dialog).to_contain_text("多出的1格不填")
    assert_no_serious(page)
    dialog.get_by_role("button", name="填入", exact=True).click()
    expect(box(page, entry, "done")).to_have_value("第一行\n第二行")
    expect(box(page, entry, "progress")).to_have_value("60")
    expect(box(page, second, "done")).to_have_value('完成"选址"')
    expect(box(page, second, "next_steps")).to_have_value("开工")
    saved(page).to_contain_text(SAVED)
    second.refresh_from_db()
    assert (second.progress, second.problems) == (40, "用地")
    page.locator("#toasts").get_by_text("撤销").click()
    expect(box(page, entry, "done")).to_have_value("原来的。")
    expect(box(page, second, "done")).to_have_value("")


def test_plain_text_and_a_single_cell_stay_plain(visit, reporter, entry):
    page = opened(visit, reporter)
    assert paste(page, entry, "done", "一段话。\n第二段。")
    assert paste(page, entry, "done", "单元格\r\n", "<table><tr><td>单元格</td></tr></table>")
    expect(page.locator("#cells")).not_to_be_visible()


DROP = """([selector, files]) => {
  const data = new DataTransfer();
  files.forEach(([name, text]) => data.items.add(new File([text], name)));
  const place = document.querySelector(selector);
  place.dispatchEvent(new DragEvent("dragover", {dataTransfer: data, bubbles: true, cancelable: true}));
  place.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_files_dropped_on_a_task_are_kept_and_what_is_refused_says_why(visit, reporter, entry):
    page = opened(visit, reporter)
    page.evaluate(
        DROP, [f"#e{entry.pk} .drop", [["验收单.pdf", "%PDF-1.4 content"], ["程序.exe", "MZ"], ["假.pdf", "no"]]]
    )
    files = page.locator(f"#e{entry.pk} [data-file-list] .file:not([hidden])")
    expect(files).to_have_count(1)
    expect(files).to_contain_text("验收单.pdf")
    errors = page.locator(f"#e{entry.pk} [data-file-errors]")
    expect(errors).to_contain_text("不支持“程序.exe”的格式")
    expect(errors).to_contain_text("“假.pdf”的内容不是PDF格式")
    assert_no_serious(page)
    files.get_by_role("button").click()
    expect(files).to_have_count(0)
    assert entry.attachments.present().count() == 0


def test_everything_works_with_script_off(visit, reporter, entry, report):
    page = opened(visit, reporter, scripts=False)
    fill_in(page, entry)
    page.locator(f"#e{entry.pk} input[type=file]").set_input_files(
        [{"name": "照片.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}]
    )
    page.locator(".month-bar").get_by_role("button", name="存草稿").click()
    expect(page.locator(".notice").first).to_contain_text("已上传1个附件")
    expect(box(page, entry, "done")).to_have_value("完成招标。")
    page.locator("[data-main-submit]").click()
    expect(page.locator(".notice").first).to_contain_text("月报已报送")
    assert Entry.objects.get(pk=entry.pk).attachments.count() == 1


def test_a_phone_holds_the_whole_month(visit, reporter, entry, second):
    page = opened(visit, reporter, size=PHONE)
    fill_in(page, entry)
    saved(page).to_contain_text(SAVED)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_no_serious(page)


def test_two_people_in_different_fields_get_each_other_s_text(visit, reporter, head, entry):
    first, second_window = opened(visit, reporter), opened(visit, head)
    box(first, entry, "done").fill("填报人写进展。")
    saved(first).to_contain_text(SAVED)
    box(second_window, entry, "next_steps").fill("局长写打算。")
    saved(second_window).to_contain_text(SAVED)
    expect(box(second_window, entry, "done")).to_have_value("填报人写进展。")
    expect(second_window.locator(".conflict")).to_have_count(0)
    entry.refresh_from_db()
    assert (entry.done, entry.next_steps) == ("填报人写进展。", "局长写打算。")


@pytest.fixture
def five(plan, make_task, civil, period, reporter, office, fill, at):
    """The unit's five tasks of October, each with an accepted September."""
    for number in range(44, 48):
        make_task(plan, number, civil, short_title=f"民政改革第{number}项")
    at("2015-09-20 10:00")
    september = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(september), reporter), office)
    at("2015-10-20 10:00")
    open_period(plan, OCTOBER)
    return list(period.reports.get(unit=civil).entries.in_order())


def test_five_unchanged_tasks_are_filed_in_twenty_clicks_or_fewer(visit, reporter, five, report):
    page = visit(reporter)
    page.add_init_script(
        "sessionStorage.clicks ??= 0; addEventListener('pointerdown', () => { sessionStorage.clicks++; }, true);"
    )
    page.goto(PAGE)
    page.wait_for_selector("#month[data-ready]")
    assert len(five) == 5
    for entry in five:
        page.locator(f"#e{entry.pk} label.check").click()
        expect(box(page, entry, "no_change_reason")).to_be_focused()
        page.keyboard.type("等待省厅批复。")
        expect(box(page, entry, "progress")).to_have_value("60")
    saved(page).to_contain_text(SAVED)
    expect(page.locator("[data-filled]")).to_have_text("5")
    page.locator("[data-main-submit]").click()
    expect(page.locator(".notice").first).to_contain_text("月报已报送")
    assert int(page.evaluate("sessionStorage.clicks")) <= 6
    filed = report.submissions.get().content["entries"]
    assert {(each["progress"], each["light"], each["no_change_reason"]) for each in filed} == {
        (60, "YELLOW", "等待省厅批复。")
    }


def test_no_change_beside_another_progress_is_asked_about(visit, reporter, five):
    page, entry = opened(visit, reporter), five[0]
    page.locator(f"#e{entry.pk} label.check").click()
    page.keyboard.type("等待省厅批复。")
    expect(box(page, entry, "progress")).to_have_value("60")
    box(page, entry, "progress").fill("95")
    box(page, entry, "progress").blur()
    expect(page.locator(f"#e{entry.pk} [data-missing]")).to_contain_text("进度却由60%改为95%")


def test_a_paste_longer_than_a_draft_is_refused_and_stays(visit, reporter, entry):
    page = opened(visit, reporter)
    box(page, entry, "done").focus()
    page.evaluate("document.execCommand('insertText', false, '字'.repeat(20000))")
    box(page, entry, "done").blur()
    expect(page.locator(f"#e{entry.pk} [data-field=done] .field-error")).to_contain_text("现有20000字")
    assert len(box(page, entry, "done").input_value()) == 20_000


def test_more_than_a_request_holds_is_refused_with_a_sentence_and_stays(visit, reporter, entry):
    page = opened(visit, reporter)
    page.evaluate(
        """([name, length]) => {
            const box = document.querySelector(`[name="${name}"]`);
            box.value = "x".repeat(length);
            box.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [f"e{entry.pk}-done", 6_000_000],
    )
    expect(page.locator(f"#e{entry.pk}")).to_contain_text("太长的部分请作为附件上传", timeout=20_000)
    assert len(box(page, entry, "done").input_value()) == 6_000_000


def test_a_password_reset_while_writing_keeps_the_text_and_goes_on(visit, reporter, entry):
    page = opened(visit, reporter)
    box(page, entry, "done").fill("写了半小时。")
    saved(page).to_contain_text(SAVED)
    User.objects.filter(pk=reporter.pk).update(must_change_password=True)
    box(page, entry, "done").fill("写了半小时，又写了一段。")
    expect(page.locator("#login-line")).to_contain_text("请先修改密码，您的文字还在本页")
    with page.expect_popup() as opening:
        page.locator("[data-login]").click()
    window = opening.value
    for name, value in (("old_password", PASSWORD), ("new_password1", NEW), ("new_password2", NEW)):
        window.locator(f"[name={name}]").fill(value)
    window.get_by_role("button", name="保存").click()
    saved(page).to_contain_text(SAVED, timeout=20_000)
    entry.refresh_from_db()
    assert entry.done == "写了半小时，又写了一段。"
