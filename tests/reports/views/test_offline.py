"""The month without a line: download, fill in, upload, look over, take; every rule of the page holds."""

import io

import openpyxl
import pytest
from django.conf import settings as configured

from kit import clock
from reports.actions.periods import exempt, open_period
from reports.actions.review import accept, return_report
from reports.actions.writing import save_entry, submit
from reports.fields import ENTRY
from reports.models import MonthlyReport, ReportEvent
from tasks.actions.assignment import assign
from tests.conftest import OCTOBER
from tests.reports.sheets import FILLED, Paper, upload

FORM, PAGE, TAKE = "/month/2015-10/offline.xlsx", "/month/2015-10/offline/", "/month/2015-10/offline/take/"
MARKED = "/month/2015-10/offline/marked.xlsx"
Status = MonthlyReport.Status


@pytest.fixture
def client(sign_in, reporter, period):
    return sign_in(reporter)


@pytest.fixture
def paper(client):
    return Paper(client.get(FORM).content)


@pytest.fixture
def law_report(law_plan, make_task, civil):
    """A second plan's report of the same unit and month, its task numbered as the document prints it."""
    make_task(law_plan, "（五）", civil, short_title="建设法治社会")
    return open_period(law_plan, OCTOBER).reports.get(unit=civil)


def sent(client, paper, name="填报表.xlsx"):
    """Upload and follow to the preview; return the page that is shown."""
    file = paper.upload(name) if isinstance(paper, Paper) else upload(paper, name)
    answer = client.post(PAGE, {"file": file})
    return client.get(PAGE) if answer.status_code == 302 else answer


def taken(client, page, **choices):
    return client.post(TAKE, {"seen": page.context["preview"].fingerprint} | choices)


def sentences(page):
    return [fault.sentence for fault in page.context["preview"].faults]


def refused(page):
    """The one sentence beside the field."""
    assert page.status_code == 422
    (found,) = page.context["form"].errors["file"]
    return found


def content_of(client, page):
    return page.content.decode()


# The way through


def test_a_filled_form_is_shown_first_and_then_taken_as_draft(client, paper, entry, report):
    page = sent(client, paper.fill("43", **FILLED))
    entry.refresh_from_db()
    assert (page.status_code, entry.done, entry.version) == (200, "", 0)
    assert [change.label for change in page.context["preview"].items[0].changes] == list(FILLED)
    answer = taken(client, page)
    entry.refresh_from_db()
    report.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/month/2015-10/")
    assert (entry.progress, entry.light, entry.done) == (60, "YELLOW", FILLED["本月进展"])
    assert report.status == Status.DRAFT
    event = report.events.get(verb="离线表导入")
    assert "1项任务、5处内容（第43项）" in event.note
    # A draft is its unit's own: the office reads the trace, not the words.
    assert "招标" not in event.note
    assert not event.changes


def test_the_same_file_twice_changes_nothing(client, paper, entry):
    paper.fill("43", **FILLED)
    taken(client, sent(client, paper))
    entry.refresh_from_db()
    page = sent(client, paper)
    assert page.context["preview"].items == []
    assert "没有要改的" in content_of(client, page)
    assert taken(client, page).status_code == 409
    version = entry.version
    entry.refresh_from_db()
    assert (entry.version, ReportEvent.objects.filter(verb="离线表导入").count()) == (version, 1)


def test_an_untouched_form_changes_nothing_whatever_stands_in_it(client, report, fill, entry):
    fill(report, done="  前后有空格，\r\n分两行。 ", problems="=1+1", next_steps="10月31日")
    page = sent(client, Paper(client.get(FORM).content))
    assert (page.context["preview"].items, sentences(page)) == ([], [])


def test_emptied_cells_empty_the_field(client, report, fill, entry):
    fill(report)
    page = sent(client, Paper(client.get(FORM).content).fill("43", 存在问题=None))
    taken(client, page)
    entry.refresh_from_db()
    assert (entry.problems, entry.done) == ("", "完成核对平台招标，接入公安、车管两家数据。")


def test_every_plan_and_task_stands_in_one_sheet(client, law_report, entry):
    paper = Paper(client.get(FORM).content)
    paper.fill("43", **FILLED).fill("（五）", **FILLED)
    taken(client, sent(client, paper))
    law_report.refresh_from_db()
    assert law_report.entries.get().done == FILLED["本月进展"]
    assert ReportEvent.objects.filter(verb="离线表导入").count() == 2


def test_the_form_is_locked_but_for_its_input_cells_and_fits_a_page(client, paper):
    page, meta = paper.book.worksheets
    assert (page.protection.sheet, paper.book.security.lockStructure, meta.sheet_state) == (True, True, "veryHidden")
    assert (page.page_setup.paperSize, page.page_setup.orientation, page.sheet_properties.pageSetUpPr.fitToPage) == (
        9,
        "landscape",
        True,
    )
    for head in FILLED:
        assert paper.cell(head, "43").protection.locked is False
        assert paper.cell(head, "43").fill.fgColor.rgb == "FFFFF8E1"
    assert paper.cell("任务内容", "43").protection.locked is True
    kinds = {each.type: each.formula1 for each in page.data_validations.dataValidation}
    assert kinds["list"] in ('"绿灯,黄灯,红灯,已办结"', '"是,否"')
    assert kinds["whole"] == "0"
    assert configured.SECRET_KEY not in paper.content.decode("latin-1")


def test_last_month_stands_beside(plan, task, client, civil, reporter, office, fill, at):
    at("2015-09-20 10:00")
    before = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(before, progress=45), reporter), office)
    at("2015-10-20 10:00")
    paper = Paper(client.get(FORM).content)
    assert paper["上月进度", "43"] == 45
    assert "完成核对平台招标" in paper["上月进展和打算", "43"]
    page = sent(client, paper.fill("43", **FILLED | {"累计进度": 30, "本月进展": paper["上月进展和打算", "43"]}))
    notes = page.context["preview"].items[0].notes
    assert "进度比上次通过的45%低，请写明下降原因。" in notes


def test_a_text_like_last_month_s_is_told(plan, task, client, civil, reporter, office, fill, at):
    at("2015-09-20 10:00")
    before = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(before), reporter), office)
    at("2015-10-20 10:00")
    said = "完成核对平台招标，接入公安、车管两家的数据。"
    page = sent(client, Paper(client.get(FORM).content).fill("43", **FILLED | {"本月进展": said}))
    assert any("与上次报的基本相同" in note for note in page.context["preview"].items[0].notes)


def test_what_a_return_asks_stands_in_the_form_and_can_be_answered(client, report, fill, reporter, office, entry):
    submit(fill(report), reporter)
    return_report(report, office, reason="数据不实", redo=[entry])
    paper = Paper(client.get(FORM).content)
    assert "【退回意见】数据不实" in paper["上月进展和打算", "43"]
    taken(client, sent(client, paper.fill("43", 本月进展="改过了。")))
    report.refresh_from_db()
    assert (report.status, report.entries.get().done) == (Status.RETURNED, "改过了。")


def test_blanks_that_a_program_changed_are_no_change(client, report, fill, entry):
    fill(report, done="一。\n  二。\t三。")
    paper = Paper(client.get(FORM).content)
    assert sent(client, paper.fill("43", 本月进展="一。 \n二。 三。")).context["preview"].items == []
    taken(client, sent(client, paper.fill("43", 本月进展="一。\n二。\n三。")))
    entry.refresh_from_db()
    assert entry.done == "一。\n二。\n三。"


# Sheets as people leave them


def test_rows_may_be_sorted_columns_moved_and_sheets_renamed(client, law_report, entry):
    """The columns turned round and the rows too, on a sheet of another name, without title, notes and locks."""
    paper = Paper(client.get(FORM).content).fill("43", **FILLED).fill("（五）", 本月进展="普法十场。")
    heads = ["方案", "编号", *(each.label for each in ENTRY.values())][::-1]
    rows = [[paper[head, number] for head in heads] for number in ("43", "（五）")]
    paper.book.remove(paper.page)
    copy = paper.book.create_sheet("我的副本", 0)
    for row in (["随手写的一行"], heads, *rows[::-1]):
        copy.append(row)
    taken(client, sent(client, paper))
    entry.refresh_from_db()
    assert (entry.progress, entry.done) == (60, FILLED["本月进展"])
    assert law_report.entries.get().done == "普法十场。"


def test_a_filled_copy_beside_the_untouched_original_counts_once(client, paper, entry):
    copy = paper.book.copy_worksheet(paper.page)
    copy.cell(paper.row("43"), paper.column("本月进展")).value = "副本里写的。"
    page = sent(client, paper)
    assert sentences(page) == []
    taken(client, page)
    entry.refresh_from_db()
    assert entry.done == "副本里写的。"


def test_two_copies_that_say_different_things_are_told(client, paper, entry):
    copy = paper.book.copy_worksheet(paper.page)
    copy.cell(paper.row("43"), paper.column("本月进展")).value = "副本里写的。"
    page = sent(client, paper.fill("43", 本月进展="原表里写的。"))
    (sentence,) = sentences(page)
    assert "出现了两次，填的内容不同" in sentence


def test_deleted_rows_are_left_alone_and_told(client, law_report, entry):
    paper = Paper(client.get(FORM).content).fill("（五）", 本月进展="普法十场。")
    paper.page.delete_rows(paper.row("43"))
    page = sent(client, paper)
    assert page.context["preview"].untaken == ["“改革创新年”第43项：表中没有这一行，没有改动。"]
    taken(client, page)
    assert law_report.entries.get().done == "普法十场。"


@pytest.mark.parametrize(
    ("head", "typed", "kept"),
    [
        ("累计进度", "45%", ("progress", 45)),
        ("累计进度", 45.0, ("progress", 45)),
        ("累计进度", 0, ("progress", 0)),
        ("自评灯色", "绿", ("light", "GREEN")),
        ("自评灯色", " 已办结 ", ("light", "BLUE")),
        ("本月无变化", "√", ("no_change", True)),
        ("本月进展", 45, ("done", "45")),
        ("本月进展", clock.datetime.date(2015, 10, 31), ("done", "2015-10-31")),
        ("本月进展", "一。\r\n二。", ("done", "一。\n二。")),
    ],
)
def test_cells_are_read_as_they_are_meant(client, paper, entry, head, typed, kept):
    taken(client, sent(client, paper.fill("43", **{head: typed})))
    entry.refresh_from_db()
    assert getattr(entry, kept[0]) == kept[1]


def test_no_change_in_the_form_takes_over_last_month_as_on_the_page(
    client, paper, report, entry, plan, civil, fill, reporter, office, at
):
    at("2015-09-20 10:00")
    september = open_period(plan, OCTOBER.replace(month=9)).reports.get(unit=civil)
    accept(submit(fill(september), reporter), office)
    at("2015-10-20 10:00")
    page = sent(client, paper.fill("43", 本月无变化="√", 无变化原因="等待省厅批复。"))
    assert page.context["preview"].items[0].notes == []
    taken(client, page)
    entry.refresh_from_db()
    assert (entry.progress, entry.light, entry.done) == (60, "YELLOW", "")


# All faults at once


def test_all_faults_come_at_once_with_their_place_and_nothing_is_written(client, paper, entry):
    paper.fill("43", 累计进度=120, 自评灯色="紫灯", 本月无变化="也许", 本月进展="=SUM(1,2)", 下步打算="好的。")
    page = sent(client, paper)
    faults = page.context["preview"].faults
    assert {fault.head for fault in faults} == {"累计进度", "自评灯色", "本月无变化", "本月进展"}
    row = paper.row("43")
    assert {(fault.sheet, fault.row) for fault in faults} == {(paper.page.title, row)}
    text = content_of(client, page)
    assert f"G{row}" in text
    assert "紫灯" in text
    assert "累计进度请填0到100的整数。" in text
    assert "是公式，不能导入" in text
    assert taken(client, page).status_code == 409
    entry.refresh_from_db()
    assert (entry.version, entry.next_steps) == (0, "")


@pytest.mark.parametrize(
    ("head", "typed", "sentence"),
    [
        ("累计进度", 0.45, "45%就填45"),
        ("累计进度", -1, "0到100的整数"),
        ("累计进度", "四十五", "0到100的整数"),
        ("累计进度", clock.datetime.date(2015, 10, 31), "0到100的整数"),
        ("自评灯色", "还行", "绿灯、黄灯、红灯、已办结"),
        ("本月无变化", "看情况", "只能填“是”或“否”"),
        ("本月进展", "长" * 10_001, "超过10000字"),
        ("编号", "44", "本单位这个月没有这项任务"),
        ("方案", "别的年", "表中没有这个方案"),
        ("任务内容", "别的任务。", "编号和任务内容对不上"),
    ],
)
def test_each_fault_says_what_to_do(client, paper, entry, head, typed, sentence):
    cell = paper.cell(head, "43")
    paper["下步打算", "43"] = "联调。"
    cell.value = typed
    (found,) = sentences(sent(client, paper))
    assert sentence in found
    entry.refresh_from_db()
    assert entry.version == 0


def test_words_without_a_number_are_told(client, paper):
    row = paper.row("43") + 1
    paper.page.unmerge_cells(next(str(each) for each in paper.page.merged_cells.ranges if each.min_row == row))
    paper.page.cell(row, paper.column("方案")).value = None
    paper.page.cell(row, paper.column("本月进展")).value = "无主的话。"
    (sentence,) = sentences(sent(client, paper))
    assert "没有写方案和编号" in sentence


def test_the_marked_copy_names_the_faults_and_can_be_mended_and_sent_again(client, paper, entry):
    sent(client, paper.fill("43", **FILLED | {"累计进度": 120}))
    answer = client.get(MARKED)
    assert answer.status_code == 200
    marked = Paper(answer.content)
    assert marked["问题", "43"] == "累计进度：累计进度请填0到100的整数。"
    assert marked.book["_meta"].sheet_state == "veryHidden"
    page = sent(client, marked.fill("43", 累计进度=90))
    assert sentences(page) == []
    taken(client, page)
    entry.refresh_from_db()
    assert entry.progress == 90
    assert client.get(MARKED).status_code == 404


# What somebody changed online meanwhile


def test_the_same_field_changed_on_both_sides_asks_for_a_choice(client, paper, entry, head):
    save_entry(entry, head, {"done": "网上写的。", "progress": 50}, seen_version=0)
    page = sent(client, paper.fill("43", 本月进展="表里写的。", 下步打算="联调。"))
    key = f"e{entry.pk}-done"
    text = content_of(client, page)
    assert "下载以后网上也改过（陈局长" in text
    assert taken(client, page).status_code == 422
    entry.refresh_from_db()
    assert (entry.done, entry.next_steps) == ("网上写的。", "")
    taken(client, page, **{key: "record"})
    entry.refresh_from_db()
    assert (entry.done, entry.next_steps, entry.progress) == ("网上写的。", "联调。", 50)
    taken(client, sent(client, paper), **{key: "sheet"})
    entry.refresh_from_db()
    assert entry.done == "表里写的。"


def test_what_changes_between_looking_and_confirming_is_shown_again(client, paper, entry, head):
    page = sent(client, paper.fill("43", 本月进展="表里写的。"))
    save_entry(entry, head, {"done": "刚刚写的。"}, seen_version=0)
    answer = taken(client, page)
    assert answer.status_code == 409
    assert "预览以后内容有变动" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.done == "刚刚写的。"


# Refused with a reason


def test_another_unit_s_form(sign_in, co_reporter, paper):
    sentence = refused(sent(sign_in(co_reporter), paper.fill("43", **FILLED)))
    assert sentence == "这是“县民政局”的填报表，您只能导入“县人社局”的。"


def test_another_month_s_form(client, paper, plan, task, at):
    at("2015-11-03 10:00")
    open_period(plan, OCTOBER.replace(month=11))
    answer = client.post("/month/2015-11/offline/", {"file": paper.upload()})
    assert "这是2015年10月的填报表" in refused(answer)


@pytest.mark.parametrize(
    ("row", "column", "value"), [(2, 2, "县人社局"), (3, 2, "2015-09"), (6, 4, "0:" + "0" * 64), (7, 2, "x")]
)
def test_tampered_facts(client, paper, row, column, value):
    meta = paper.book["_meta"]
    assert meta.cell(row, column).value != value
    meta.cell(row, column).value = value
    assert "校验页被改动过" in refused(sent(client, paper))


def test_missing_facts_and_another_workbook(client, paper):
    del paper.book["_meta"]
    assert "缺了隐藏的校验页" in refused(sent(client, paper))
    book = openpyxl.Workbook()
    book.active.append(["方案", "编号", "累计进度"])
    stream = io.BytesIO()
    book.save(stream)
    assert "不是从本系统下载的离线填报表" in refused(sent(client, stream.getvalue()))


def test_a_form_signed_with_a_former_key_is_taken_and_with_a_strange_one_not(client, paper, settings, entry):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a-new-key-after-the-form-was-handed-out-0123456789"
    settings.SECRET_KEY_FALLBACKS = []
    client.logout()
    client.force_login(entry.report.unit.people.get(), backend="units.backends.PersonBackend")
    assert "校验页被改动过" in refused(sent(client, paper))
    settings.SECRET_KEY_FALLBACKS = [former]
    assert sent(client, paper).status_code == 200


def test_a_form_without_its_heads(client, paper):
    paper.page.delete_cols(paper.column("本月进展"))
    assert "缺少列：本月进展" in refused(sent(client, paper))


@pytest.mark.parametrize("moment", ["2015-09-30 23:59:59", "2015-11-06 00:00:00", "2015-12-01 08:00"])
def test_outside_the_window_nothing_is_taken(client, paper, entry, at, moment):
    at(moment)
    page = sent(client, paper.fill("43", **FILLED))
    preview = page.context["preview"]
    assert preview.items == []
    assert "“改革创新年”的1行没有取" in preview.untaken[0]
    assert taken(client, page).status_code == 409
    entry.refresh_from_db()
    assert entry.version == 0
    assert client.get(FORM).status_code == 400


def test_a_form_looked_over_before_the_close_is_not_taken_after_it(client, paper, entry, at):
    page = sent(client, paper.fill("43", **FILLED))
    at("2015-11-06 00:00:00")
    assert taken(client, page).status_code == 409
    entry.refresh_from_db()
    assert entry.version == 0


@pytest.mark.parametrize("state", ["filed", "accepted", "exempt"])
def test_a_report_out_of_the_unit_s_hands_is_told_and_keeps_none_of_the_rest(
    client, law_report, report, fill, reporter, office, entry, state
):
    paper = Paper(client.get(FORM).content).fill("43", **FILLED).fill("（五）", 本月进展="普法十场。")
    if state == "exempt":
        exempt(report, office, reason="机构调整")
    else:
        submit(fill(report), reporter)
        if state == "accepted":
            accept(report, office)
    page = sent(client, paper)
    assert len(page.context["preview"].untaken) == 1
    assert taken(client, page).status_code == 302
    entry.refresh_from_db()
    assert entry.done != FILLED["本月进展"]
    assert law_report.entries.get().done == "普法十场。"


def test_tasks_that_came_and_went_since_are_told(client, plan, task, make_task, civil, water, entry):
    gone = make_task(plan, 46, civil, short_title="转走的任务")
    open_period(plan, OCTOBER)
    paper = Paper(client.get(FORM).content).fill("43", **FILLED).fill("46", 本月进展="写了。")
    assign(gone, water, [], None)
    gone.entries.filter(report__unit=civil).delete()
    make_task(plan, 47, civil, short_title="新来的任务")
    open_period(plan, OCTOBER)
    page = sent(client, paper)
    assert page.context["preview"].untaken == [
        "“改革创新年”第46项没有取：下载以后已不由本单位负责，或报送期有变动。",
        "“改革创新年”第47项：下载以后新分来的，表中没有，请在网页上填。",
    ]
    taken(client, page)
    entry.refresh_from_db()
    assert entry.done == FILLED["本月进展"]


# Who may


def test_who_may(client, paper, sign_in, cast, entry):
    for who in ("leader", "inspector", "admin", "auditor"):
        person = sign_in(cast[who])
        for address in (FORM, PAGE, MARKED):
            assert person.get(address).status_code == 403
        assert person.post(PAGE, {"file": paper.upload()}).status_code == 403
        assert person.post(TAKE).status_code == 403
    assert client.get(TAKE).status_code == 405
    assert client.post(FORM).status_code == 405
    stranger = sign_in(cast["outsider"])
    assert stranger.get(FORM).status_code == 400
    assert "县民政局" in refused(sent(stranger, paper))
    assert client.get("/month/2015-13/offline/").status_code == 404
    entry.refresh_from_db()
    assert entry.version == 0


def test_a_sheet_waits_for_its_own_person_and_month_only(client, paper, sign_in, head, entry):
    sent(client, paper.fill("43", **FILLED))
    other = sign_in(head)
    assert other.get(PAGE).context["preview"] is None
    assert other.post(TAKE, {"seen": "x"}).url == PAGE
    assert client.get("/month/2015-09/offline/").context["preview"] is None


def test_a_second_press_is_told_that_it_is_taken(client, paper, entry):
    page = sent(client, paper.fill("43", **FILLED))
    taken(client, page)
    answer = taken(client, page)
    assert answer.url == "/month/2015-10/"
    assert "“填报表.xlsx”已于10:00:00取入，没有重复写入。" in content_of(client, client.get(answer.url))
    assert ReportEvent.objects.filter(verb="离线表导入").count() == 1


def test_a_form_sent_in_after_the_one_shown_is_looked_over_first(client, paper, entry):
    page = sent(client, paper.fill("43", **FILLED))
    sent(client, paper.fill("43", **FILLED | {"本月进展": "另一份表。"}))
    answer = taken(client, page)
    entry.refresh_from_db()
    assert (answer.status_code, entry.done) == (409, "")
    taken(client, answer)
    entry.refresh_from_db()
    assert entry.done == "另一份表。"


def test_the_month_page_leads_to_both(client, entry):
    text = client.get("/month/2015-10/").content.decode()
    assert f'href="{FORM}"' in text
    assert f'href="{PAGE}"' in text


@pytest.mark.parametrize("numbers", [[43], [43, 1, 2]])
def test_the_number_of_queries_does_not_grow_with_the_tasks(
    client, plan, task, make_task, civil, django_assert_num_queries, numbers
):
    for number in numbers[1:]:
        make_task(plan, number, civil)
    open_period(plan, OCTOBER)
    paper = Paper(client.get(FORM).content)
    for number in numbers:
        paper.fill(number, **FILLED)
    client.post(PAGE, {"file": paper.upload()})
    with django_assert_num_queries(15):
        assert len(client.get(PAGE).context["preview"].items) == len(numbers)
