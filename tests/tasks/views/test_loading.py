"""Plan documents on the page: sent in, looked through, written."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks.actions.drafting import choose_names
from tasks.actions.loads import load_reading
from tasks.actions.receiving import receive
from tasks.models import Plan, PlanReading, PlanReadingEvent, Task
from tests.loading import DOCUMENT, PLAN, long_document
from tests.pages import folded

LOADS = "/loading/"


def url(name, reading, *more):
    return reverse(name, args=[reading.pk, *more])


def file(name, content):
    return {"file": SimpleUploadedFile(name, content)}


def word(text):
    document, stream = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x")
        package.writestr("word/document.xml", b"0" * 60_000_000)
    return stream.getvalue()


# What is said


def test_older_word_files_are_offered_only_where_they_can_be_read(office, sign_in, monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.touch(mode=0o755)
    for path, words in ((tmp_path, ".doc、.wps也可以"), (tmp_path / "empty", ".doc、.wps请先另存为.docx")):
        monkeypatch.setenv("PATH", f"{path}")
        assert words in sign_in(office).get(LOADS).content.decode()


# Who


def test_a_stranger_is_led_to_the_login(client, reading):
    for address in (LOADS, url("plan_load", reading), url("plan_load_check", reading)):
        assert client.get(address).url.startswith("/login/")


@pytest.mark.parametrize("who", ["reporter", "head", "leader", "inspector", "auditor"])
def test_the_wrong_role_loads_nothing(who, cast, reading, sign_in):
    client = sign_in(cast[who])
    assert client.get(LOADS).status_code == 403
    assert client.post(LOADS, {"text": DOCUMENT}).status_code == 403
    for name in ("plan_load", "plan_load_check"):
        assert client.get(url(name, reading)).status_code == 404
    for name in ("plan_load_check", "plan_load_again"):
        assert client.post(url(name, reading)).status_code == 404
    assert PlanReading.objects.count() == 1


def test_another_office_sees_its_own_only(other_office, reading, sign_in):
    client = sign_in(other_office)
    assert reading.name not in client.get(LOADS).content.decode()
    assert client.get(url("plan_load", reading)).status_code == 404


def test_other_methods_are_refused(office, reading, sign_in):
    client = sign_in(office)
    for address in (LOADS, url("plan_load", reading), url("plan_load_check", reading)):
        assert client.delete(address).status_code == 405
    assert client.get(url("plan_load_again", reading)).status_code == 405
    assert client.post(url("plan_load", reading)).status_code == 405


def test_offices_and_the_administrator_find_the_door(office, admin, leader, plan, sign_in):
    assert LOADS in sign_in(office).get("/plans/").content.decode()
    assert LOADS in sign_in(admin).get("/accounts/").content.decode()
    assert LOADS not in sign_in(leader).get("/plans/").content.decode()


# Sending in


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_in_any_encoding(encoding, office, sign_in):
    answer = sign_in(office).post(LOADS, file("方案.txt", DOCUMENT.encode(encoding)))
    reading = PlanReading.objects.get()
    assert answer.url == url("plan_load", reading)
    assert (reading.name, len(reading.draft["plans"][0]["tasks"])) == ("方案.txt", 3)


def test_a_word_file_and_pasted_text(office, sign_in):
    client = sign_in(office)
    client.post(LOADS, file("方案.docx", word(DOCUMENT)))
    client.post(LOADS, {"text": DOCUMENT.replace("\n", "\r\n")})
    assert list(PlanReading.objects.order_by("pk").values_list("name", flat=True)) == ["方案.docx", "粘贴的文字"]
    assert [len(each.draft["plans"][0]["tasks"]) for each in PlanReading.objects.all()] == [3, 3]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "请选择文件，或者在下面粘贴文字。"),
        ({"text": " \n "}, "请选择文件，或者在下面粘贴文字。"),
        (file("空.txt", b""), "文件是空的"),
        (file("白.txt", b" \n\n "), "文件里没有文字"),
        (file("表.xlsx", b"PK\x03\x04"), "文件已损坏"),
        (file("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "docx"),
        (file("假.docx", DOCUMENT.encode()), "docx"),
        (file("炸弹.docx", bomb()), "展开后超过50 MB"),
        (file("图.txt", b"\x00\x01\x02" * 500), "不是纯文本"),
        (file("乱.txt", bytes(range(128, 256)) * 40), "编码无法识别"),
        ({"text": "字" * 150_001}, "超过15万字"),
        ({"text": DOCUMENT, **file("a.txt", b"x")}, "只能选一样"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_kept(sent, sentence, office, sign_in):
    answer = sign_in(office).post(LOADS, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "请改正下面的问题" in page
    assert not PlanReading.objects.exists()


def test_a_file_too_large(office, sign_in, settings):
    settings.UPLOAD_MAX_BYTES = 10
    page = sign_in(office).post(LOADS, file("大.txt", b"x" * 11))
    assert page.status_code == 422
    assert "MB" in page.content.decode()


def test_a_document_without_tasks_is_kept_and_says_so(office, sign_in):
    client = sign_in(office)
    address = client.post(LOADS, {"text": "请各单位做好防汛工作，注意安全。"}).url
    page = client.get(address).content.decode()
    assert "没有找到任务" in page
    check = client.get(f"{address}check/").content.decode()
    assert "没有可写入的任务" in check
    assert "写入方案</button>" not in check


def test_the_same_document_again_is_told(office, reading, sign_in, make_user, reform_office):
    colleague = sign_in(make_user("kolleg", "OFFICE", reform_office))
    page = colleague.post(LOADS, file("改名.txt", DOCUMENT.encode())).content.decode()
    assert "这份文件已由李审核于2015年10月20日 10:00上传过（待核对）" in page
    assert PlanReading.objects.count() == 1
    answer = colleague.post(url("plan_load_again", reading))
    new = PlanReading.objects.exclude(pk=reading.pk).get()
    assert answer.url == url("plan_load", new)
    assert (new.text, new.checksum, new.by.username) == (reading.text, reading.checksum, "kolleg")


def test_names_of_files_are_shown_as_text(office, sign_in):
    client = sign_in(office)
    address = client.post(LOADS, file("<b>方案.txt", DOCUMENT.replace("一窗", "<i>窗</i>").encode())).url
    page = client.get(address).content.decode()
    assert "<i>窗" not in page
    assert "&lt;i&gt;窗&lt;/i&gt;" in page
    assert "<b>方案" not in page


# Looking through


def test_the_page_shows_what_was_found_beside_the_text(office, reading, sign_in):
    page = sign_in(office).get(url("plan_load", reading)).content.decode()
    for words in (
        PLAN,
        "（一）优化政务服务",
        "2016-06-30（2016年6月底前）",
        '<mark data-task="t1">1.推行一窗受理。',
        'id="s-t1" href="#t1"',
        'href="#s-t1"',
        "没有列为任务的段落（2）",
        "县信息中心？",
    ):
        assert words in page
    context = sign_in(office).get(url("plan_load", reading)).context
    assert context["counts"] == {
        "plans": 1,
        "sections": 2,
        "tasks": 3,
        "units": 3,
        "parts": 5,
        "unassigned": 0,
        "unknown": 2,
    }


def test_problems_come_first_with_line_reason_and_place(office, sign_in):
    text = DOCUMENT.replace("（责任单位：县水利局、县人社局）", "")
    reading = receive(office, "a.txt", text, "0")
    page = folded(sign_in(office).get(url("plan_load", reading)))
    assert page.index('id="problems"') < page.index('id="names"') < page.index('id="plan-0"')
    assert 'href="#spot-0">第14行</a> <b>没有写明责任单位，待分解。</b>' in page
    assert 'id="spot-0"' in page


@pytest.mark.parametrize(("tasks", "units"), [(1, 2), (300, 30)])
def test_a_fixed_number_of_questions(tasks, units, office, sign_in, make_unit, django_assert_num_queries):
    for number in range(units // 2):
        make_unit(f"县第{number}局")
    reading = receive(office, "长.txt", long_document(tasks, units), "0")
    client = sign_in(office)
    client.get(url("plan_load", reading))
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(url("plan_load", reading)).content.decode()
    assert page.count('class="draft-task"') == tasks
    with django_assert_num_queries(CHECK_QUERIES):
        client.get(url("plan_load_check", reading))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number(rows, office, sign_in, django_assert_num_queries):
    for number in range(rows):
        receive(office, f"{number}.txt", DOCUMENT, str(number))
    client = sign_in(office)
    client.get(LOADS)
    with django_assert_num_queries(LIST_QUERIES) as asked:
        client.get(LOADS)
    assert not any('"draft"' in query["sql"] for query in asked.captured_queries)


PAGE_QUERIES = 12
CHECK_QUERIES = 8
LIST_QUERIES = 6


# Writing


def test_what_stands_against_it_is_told_with_its_place(office, reading, sign_in):
    client = sign_in(office)
    page = client.get(url("plan_load_check", reading)).content.decode()
    assert "还有2个单位名称没有对应：县信息中心、各有关单位。" in page
    assert f"{url('plan_load', reading)}#names" in page
    answer = client.post(url("plan_load_check", reading), {"seen": reading.version})
    assert answer.status_code == 422
    assert "没有写入任何内容" in answer.content.decode()
    assert not Plan.objects.exists()


def test_written_with_its_result(office, settled, sign_in):
    client = sign_in(office)
    page = folded(client.get(url("plan_load_check", settled)))
    assert "新建单位" in page
    assert "1 个：县信息中心" in page
    answer = client.post(url("plan_load_check", settled), {"seen": settled.version})
    assert answer.url == url("plan_load", settled)
    page = folded(client.get(answer.url))
    plan = Plan.objects.get()
    for words in (f"/plans/{plan.pk}/", f"/tasks/?plan={plan.pk}", "撤销导入", "县信息中心", "3 项任务"):
        assert words in page
    assert client.get(url("plan_load_check", settled)).url == url("plan_load", settled)
    task = Task.objects.get(number="2")
    assert "文件另列的责任方：各有关单位" in folded(client.get(f"/tasks/{task.pk}/"))


def test_a_lead_that_is_only_the_first_of_several_is_told(office, settled, sign_in, make_unit):
    make_unit("东镇", "TOWNSHIP")
    settled.draft["plans"][0]["tasks"][1]["units"] = [{"name": "各有关单位", "role": "LEAD"}]
    settled.draft["choices"]["各有关单位"] = {"way": "MANY", "units": ["东镇", "县水利局"]}
    settled.save()
    client = sign_in(office)
    assert "1 项的牵头单位取所列的第一个单位" in folded(client.get(url("plan_load_check", settled)))
    assert folded(client.get(url("plan_load", settled))).count("牵头待核对：东镇") == 1


@pytest.mark.parametrize("seen", ["", "1", "x", "9" * 30])
def test_an_old_page_writes_nothing(seen, office, settled, sign_in):
    answer = sign_in(office).post(url("plan_load_check", settled), {"seen": seen})
    assert answer.status_code == 409
    assert "又有改动" in answer.content.decode()
    assert not Plan.objects.exists()


def test_differing_texts_are_shown_side_by_side(office, settled, make_plan, make_task, reform_office, sign_in):
    plan = make_plan(reform_office, year=2016)
    Plan.objects.update(title=PLAN)
    make_task(plan, 1, text="库里的文字。")
    page = sign_in(office).get(url("plan_load_check", settled)).content.decode()
    for words in ("库里已有这个方案，只增加没有的任务", "库里的文字。", "1 项，不会改动"):
        assert words in page


def test_the_administrator_does_it_all(admin, reading, sign_in):
    client = sign_in(admin)
    choose_names(reading, admin, {"县信息中心": {"way": "TEXT"}, "各有关单位": {"way": "TEXT"}}, seen=1)
    client.post(url("plan_load_check", reading), {"seen": 2})
    assert Task.objects.count() == 3


def test_a_document_not_written_can_be_thrown_away(settled, office, other_office, sign_in):
    address = f"/loading/{settled.pk}/discard/"
    assert sign_in(other_office).post(address).status_code == 404
    desk = sign_in(office)
    assert address in desk.get(f"/loading/{settled.pk}/").content.decode()
    assert desk.get(address).status_code == 405
    load_reading(settled, office)
    assert address not in desk.get(f"/loading/{settled.pk}/").content.decode()
    assert desk.post(address, HTTP_REFERER="").status_code == 400
    assert PlanReading.objects.filter(pk=settled.pk).exists()


def test_its_events_outlive_it(reading, office, sign_in):
    assert sign_in(office).post(f"/loading/{reading.pk}/discard/").url == "/loading/"
    assert not PlanReading.objects.exists()
    assert PlanReadingEvent.objects.get(verb="删去文件").note == "服务提升年.txt"
