"""The pages of papers: list, new, editor, reading, signing, figures, letterheads."""

import datetime
from io import BytesIO
from urllib.parse import unquote

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from supervision.actions.papers.drafting import start, write_block
from supervision.actions.papers.signing import correct, send, send_back, sign, withdraw
from supervision.models import Block, Letterhead, Paper
from tasks.models import Plan

D = datetime.date
FIGURE = {
    "value": "72",
    "label": "任务数",
    "rule": "在执行的任务72项",
    "address": "/tasks/",
    "records": [["43 民政试点", "1", "/tasks/43/"], ["44 社会救助", "1", ""]],
}
TABLE = {
    "heads": [["单位", "任务"]],
    "rows": [["县民政局", {"v": "12", "k": "b"}]],
    "sum": ["合计", "12"],
    "wide": False,
}


@pytest.fixture
def window(sign_in, office):
    return sign_in(office)


@pytest.fixture
def told(paper):
    """The paper's one paragraph, with a figure; and a table behind it."""
    block = paper.blocks.get()
    block.text, block.figures = "全县⟦a⟧项任务，请于10月30日前报送进展，另有5户未拆。", {"a": FIGURE}
    block.save()
    Block.objects.create(
        paper=paper, order=2, kind="TABLE", text="分单位情况", figures={"b": FIGURE | {"value": "12"}}, content=TABLE
    )
    return block


def page_of(client, row, more=""):
    return client.get(f"/papers/{row.pk}/{more}").content.decode()


def test_three_clicks_to_a_draft(window, plan):
    assert 'href="/papers/new/"' in window.get("/papers/").content.decode()
    form = window.get("/papers/new/").content.decode()
    assert 'value="2015-09"' in form
    answer = window.post(
        "/papers/new/", {"kind": "BULLETIN", "plans": plan.pk, "month": "2015-09", "issuer": plan.office_id}
    )
    row = Paper.objects.get()
    assert answer.url == f"/papers/{row.pk}/edit/"
    assert "关于2015年9月改革创新年推进情况的通报" in page_of(window, row, "edit/")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"month": "2015-13"}, "月份写作2015-10"),
        ({"plans": []}, "请勾选写哪个方案"),
        ({"month": "2015-11"}, "这个月还没有到"),
        ({"until": "2015-08"}, "截止月份不能在起始月份以前"),
        ({"month": "2012-01", "until": "2015-09"}, "一份文书最多写24个月"),
        ({"title": "长" * 121}, "标题不超过120字，现有121字"),
        ({"addressee": "没有局"}, "没有名为“没有局”的单位"),
        ({"issuer": "999"}, "999"),
        ({"kind": "SLIP"}, "SLIP"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(window, plan, wrong, sentence):
    told = {"kind": "BULLETIN", "plans": plan.pk, "month": "2015-09", "issuer": plan.office_id} | wrong
    answer = window.post("/papers/new/", told)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_plan_of_another_office_is_written_of_together(sign_in, other_office, plan, law_office):
    told = {"kind": "BULLETIN", "plans": plan.pk, "month": "2015-09", "issuer": law_office.pk}
    client = sign_in(other_office)
    assert "请在“联合制发”中加上县委改革办" in client.post("/papers/new/", told).content.decode()
    assert client.post("/papers/new/", told | {"co_issuers": "县委改革办"}).status_code == 302


def test_the_editor_shows_figures_typed_digits_and_what_is_lacking(window, paper, told):
    page = page_of(window, paper, "edit/")
    assert f'href="/papers/{paper.pk}/figures/1-a/"' in page
    assert "全县⟦a⟧项任务" in page
    assert '<span\n  class="hand tone-warn">5</span>' in page or "手填数字1处" in page
    assert "2个数字有来源" in page
    Letterhead.objects.all().delete()
    assert "还没有设通报的抬头和文号" in page_of(window, paper, "edit/")


def test_a_paragraph_saves_itself(window, paper, told):
    address = f"/papers/{paper.pk}/blocks/{told.pk}/"
    answer = window.post(address, {"text": "改为⟦a⟧项。", "version": 1}, headers={"Accept": "application/json"})
    assert answer.json()["version"] == 2
    assert "没写下步要求和期限" in answer.json()["checks"]
    again = window.post(address, {"text": "旧的", "version": 1}, headers={"Accept": "application/json"})
    assert again.status_code == 409
    assert "改为72项" in again.json()["html"]
    refused = window.post(address, {"text": "⟦x⟧", "version": 2}, headers={"Accept": "application/json"})
    assert (refused.status_code, "没有来源" in refused.json()["error"]) == (400, True)


def test_without_script_both_texts_come_back(window, paper, told):
    address = f"/papers/{paper.pk}/blocks/{told.pk}/"
    window.post(address, {"text": "甲改的。", "version": 1})
    answer = window.post(address, {"text": "乙写的。", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "甲改的。" in page
    assert "乙写的。</textarea>" in page


def test_blocks_by_buttons(window, paper, told):
    address = f"/papers/{paper.pk}/blocks/{told.pk}/"
    window.post(f"/papers/{paper.pk}/blocks/", {"kind": "HEADING"})
    window.post(address, {"text": told.text, "version": 1, "act": "down"})
    assert [each.kind for each in Block.objects.of([paper])] == ["TABLE", "TEXT", "HEADING"]
    window.post(address, {"text": told.text, "version": 1, "act": "after"})
    assert [each.kind for each in Block.objects.of([paper])] == ["TABLE", "TEXT", "TEXT", "HEADING"]
    window.post(address, {"text": told.text, "version": 1, "act": "drop"})
    assert Block.objects.of([paper]).count() == 3


def test_the_head_of_a_draft_is_revised_with_its_version(window, paper, civil):
    told = {
        "title": "另一个\n标题",
        "issuer": paper.issuer_id,
        "direction": "UP",
        "main_to": "县委",
        "version": paper.version,
    }
    assert window.post(f"/papers/{paper.pk}/edit/", told).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.direction) == ("另一个标题", "UP")
    stale = window.post(f"/papers/{paper.pk}/edit/", told | {"title": "第三个"})
    assert "当前状态为“草稿”" in stale.content.decode()
    assert "第三个" in stale.content.decode()


def test_sent_signed_and_read_by_everyone(window, sign_in, paper, told, office_head, reporter, auditor):
    window.post(f"/papers/{paper.pk}/do/send/", {"version": paper.version})
    head = sign_in(office_head)
    page = page_of(head, paper)
    assert "签发" in page
    assert sign_in(reporter).get(f"/papers/{paper.pk}/").status_code == 404
    paper.refresh_from_db()
    head.post(f"/papers/{paper.pk}/sign/", {"version": paper.version, "moves": ""})
    for reader in (reporter, auditor):
        page = page_of(sign_in(reader), paper)
        assert "改革通报〔2015〕第1期" in page
        assert "2015年10月20日" in page
    text = page_of(sign_in(reporter), paper, "text/")
    assert "县民政局\t12" in text
    assert "\u3000\u3000全县72项任务" in text
    assert "⟦" not in text
    assert "附件" not in text
    assert "letter-masthead" in page_of(sign_in(reporter), paper, "print/")


def test_the_head_sends_back_on_the_page(sign_in, paper, office, office_head):
    sent = send(paper, office)
    client = sign_in(office_head)
    empty = client.post(f"/papers/{paper.pk}/do/send-back/", {"word": "", "version": sent.version})
    assert "请填写哪里要改。" in empty.content.decode()
    client.post(f"/papers/{paper.pk}/do/send-back/", {"word": "补期限", "version": sent.version})
    assert "补期限" in page_of(sign_in(office), paper, "edit/")


def test_figures_open_down_to_their_rows(window, paper, told):
    page = page_of(window, paper, "figures/1-a/")
    for words in ("在执行的任务72项", "43 民政试点", "/tasks/43/", "要改，只能改来源"):
        assert words in page
    assert "12" in page_of(window, paper, "figures/2-b/")
    for nothing in ("9-a", "1-z", "x", "0-a"):
        assert window.get(f"/papers/{paper.pk}/figures/{nothing}/").status_code == 404


def test_a_withdrawn_paper_says_only_why(printed, office, sign_in, reporter, window):
    Block.objects.of([printed]).update(figures={"a": FIGURE})
    withdraw(printed, office, "引用了未核实的数字")
    other = sign_in(reporter)
    page = page_of(other, printed)
    assert "引用了未核实的数字" in page
    assert "全县72项" not in page
    for more in ("print/", "text/", "figures/1-a/"):
        assert other.get(f"/papers/{printed.pk}/{more}").status_code == 404
    assert "全县72项" in page_of(window, printed)


def test_who_wrote_what_is_for_those_who_write_sign_and_oversee(
    printed, sign_in, reporter, office_head, leader, window
):
    assert "全县" in page_of(sign_in(reporter), printed)
    told = {user: "<h2>经过</h2>" in page_of(sign_in(user), printed) for user in (reporter, office_head, leader)}
    assert told == {reporter: False, office_head: True, leader: True}
    assert "<h2>经过</h2>" in page_of(window, printed)


def test_a_corrected_paper_points_at_the_new_one(printed, office, office_head, sign_in, reporter, window):
    answer = window.post(f"/papers/{printed.pk}/do/correct/", {"word": "应为71项。"})
    made = Paper.objects.get(replaces=printed)
    assert answer.url == f"/papers/{made.pk}/edit/"
    client = sign_in(reporter)
    assert "已更正" not in page_of(client, printed)
    send(made, office)
    sign(made, office_head)
    page = page_of(client, printed)
    assert f'href="/papers/{made.pk}/"' in page
    assert "已更正" in page
    assert "已更正" in client.get("/papers/").content.decode()
    assert "更正的是" in page_of(client, made)
    again = window.post(f"/papers/{printed.pk}/do/correct/", {"word": "又错"})
    assert "不能再更正一次" in again.content.decode()


def test_a_scan_comes_and_goes_out(window, printed, sign_in, reporter):
    window.post(f"/papers/{printed.pk}/scan/", {"file": SimpleUploadedFile("盖章.pdf", b"%PDF-1.4 x")})
    file = printed.files.get()
    answer = sign_in(reporter).get(f"/paper-files/{file.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
    answer = window.post(f"/papers/{printed.pk}/scan/", {"file": SimpleUploadedFile("x.exe", b"MZ")}, follow=True)
    assert "不支持" in answer.content.decode()


def test_letterheads_are_set_by_offices_and_the_administrator(window, sign_in, admin, reporter, reform_office):
    told = {"unit": "县委改革办", "kind": "REPORT", "masthead": "改革专报", "series": "改革专报", "numbering": "ISSUE"}
    assert window.post("/letterheads/", told).status_code == 302
    assert "改革专报" in window.get("/letterheads/").content.decode()
    assert "刊名或机关代字不超过12字" in window.post("/letterheads/", told | {"series": "长" * 13}).content.decode()
    assert window.post("/letterheads/", told | {"unit": "县民政局"}).status_code in (403, 422)
    assert sign_in(admin).get(f"/letterheads/?unit={reform_office.pk}").status_code == 200
    assert sign_in(reporter).get("/letterheads/").status_code == 403


def test_the_list_is_filtered_and_goes_to_a_sheet(window, printed, office, plan):
    start(office, "REPORT", plans=[plan], month=D(2015, 8, 1), title="八月专报")
    for query, found in (
        ("kind=REPORT", ["八月专报"]),
        ("status=PRINTED", [printed.title]),
        ("month=2015-09", [printed.title]),
        (f"plan={plan.pk}", ["八月专报", printed.title]),
        ("issuer=改革办", ["八月专报", printed.title]),
        ("q=八月", ["八月专报"]),
        ("q=1期", [printed.title]),
    ):
        page = window.get(f"/papers/?{query}").content.decode()
        assert [title for title in ("八月专报", printed.title) if f">{title}</a>" in page] == found, query
    sheet = load_workbook(BytesIO(window.get("/papers/?format=xlsx&kind=REPORT").content)).active
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "八月专报" in values
    assert printed.title not in values
    assert "种类没有“NONE”" in window.get("/papers/?kind=NONE").content.decode()

    # The menu says 全部 once, and a sheet of one plan is handed out.
    form = window.get("/papers/").content.decode()
    assert [form.count(f'<option value=""{more}>全部') for more in ("", " selected")] == [0, 3]
    sheet = load_workbook(BytesIO(window.get(f"/papers/?format=xlsx&plan={plan.pk}").content)).active
    assert printed.title in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_the_list_asks_the_same_however_long(window, paper, office, plan, django_assert_num_queries):
    window.get("/papers/")
    with django_assert_num_queries(7):
        window.get("/papers/")
    for _ in range(2):
        correct(sign_out(office, plan), office, "x")
    with django_assert_num_queries(7):
        window.get("/papers/")


def sign_out(office, plan):
    """One more printed bulletin."""
    row = start(office, "BULLETIN", plans=[plan], month=D(2015, 9, 1))
    send(row, office)
    return sign(row, row.signers.get())


def test_a_page_asks_the_same_however_many_blocks(window, printed, django_assert_num_queries):
    window.get(f"/papers/{printed.pk}/")
    with django_assert_num_queries(10):
        window.get(f"/papers/{printed.pk}/")


def test_the_editor_asks_the_same_however_many_blocks(window, paper, told, django_assert_num_queries):
    address = f"/papers/{paper.pk}/edit/"
    window.get(address)
    with django_assert_num_queries(14):
        window.get(address)
    Block.objects.bulk_create(Block(paper=paper, order=n, text=f"第{n}段") for n in range(3, 30))
    with django_assert_num_queries(14):
        window.get(address)


def test_nobody_writes_what_is_not_theirs(sign_in, paper, told, reporter, other_office, office_head):
    address = f"/papers/{paper.pk}/blocks/{told.pk}/"
    for stranger, status in ((reporter, 404), (other_office, 404), (office_head, 403)):
        assert sign_in(stranger).post(address, {"text": "x", "version": 1}).status_code == status
    assert Plan.objects.exists()
    told.refresh_from_db()
    assert told.version == 1
    write_block(paper, paper.drafted_by, told, text="写。", seen_version=1)


def test_a_paper_as_word(sign_in, window, told, printed, reporter):
    answer = window.get(f"/papers/{printed.pk}/docx/?blank&latin")
    assert answer["Content-Disposition"].startswith("attachment")
    assert docx.Document(BytesIO(answer.content)).core_properties.title == printed.title
    assert sign_in(reporter).get(f"/papers/{printed.pk}/docx/").status_code == 200


def test_a_draft_as_word_is_its_writers(sign_in, window, paper, reporter):
    assert "草稿" in unquote(window.get(f"/papers/{paper.pk}/docx/")["Content-Disposition"])
    assert sign_in(reporter).get(f"/papers/{paper.pk}/docx/").status_code == 404


def test_a_head_finds_on_the_desk_what_waits_to_be_signed(paper, office, office_head, sign_in, head):
    send(paper, office)
    desk = sign_in(office_head).get("/").content.decode()
    assert "待您签发" in desk
    assert f'href="/papers/{paper.pk}/"' in desk
    assert "待您签发" not in sign_in(head).get("/").content.decode()


def test_an_office_finds_its_drafts_and_why_one_came_back(paper, office, office_head, window, period):
    send(paper, office)
    send_back(paper, office_head, "补上期限")
    page = window.get("/dashboard/").content.decode()
    assert "负责人退回：补上期限" in page
    assert f'href="/papers/{paper.pk}/edit/"' in page


def test_search_finds_papers_by_title_and_number(printed, sign_in, reporter):
    client = sign_in(reporter)
    for words in ("推进情况", "1期"):
        assert f'href="/papers/{printed.pk}/"' in client.get(f"/search/?q={words}").content.decode()


def test_marks_at_the_head_are_typed_checked_and_shown(window, paper, told):
    head = {"title": paper.title, "issuer": paper.issuer_id, "direction": "DOWN", "version": paper.version}
    wrong = window.post(f"/papers/{paper.pk}/edit/", head | {"copy_number": "12", "secrecy": "绝密级"})
    assert wrong.status_code == 422
    assert "份号为六位数字" in wrong.content.decode()
    assert "密级写内部、秘密、机密或绝密" in wrong.content.decode()
    right = head | {"copy_number": "０００００１", "secrecy": "秘密★1年", "urgency": "URGENT"}
    assert window.post(f"/papers/{paper.pk}/edit/", right).status_code == 302
    assert "标了密级：涉及国家秘密的文件不得" in page_of(window, paper, "edit/")
    assert paper.events.newest().first().changes["紧急程度"] == ["", "特急"]
    for page in (page_of(window, paper), page_of(window, paper, "print/")):
        assert (
            '<p class="letter-mark">000001</p><p class="letter-mark">秘密★1年</p><p class="letter-mark">特急</p>'
            in page
        )


def test_below_a_commitment_nobody_signs_but_within_it(window, paper, told):
    assert "letter-sign" in page_of(window, paper)
    Paper.objects.filter(pk=paper.pk).update(kind="COMMITMENT")
    assert "letter-sign" not in page_of(window, paper)
