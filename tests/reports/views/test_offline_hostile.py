"""Files that are no form: each gets one clear sentence, nothing is written, nothing stays behind."""

import io
import random
import zipfile

import openpyxl
import pytest
from django.db import connection

from kit.sheets import Head, Sheet, workbook
from reports.models import ReportEvent
from tests.reports.sheets import FILLED, Paper, upload
from units.models import Upload

pytestmark = pytest.mark.apart

FORM, PAGE = "/month/2015-10/offline.xlsx", "/month/2015-10/offline/"


@pytest.fixture
def client(sign_in, reporter, period):
    return sign_in(reporter)


@pytest.fixture
def paper(client):
    return Paper(client.get(FORM).content)


def repacked(content, **changes):
    """The workbook with parts replaced or added; dots in names are written __."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for part, text in changes.items():
            new.writestr(part, text)
    return stream.getvalue()


def bomb(paper):
    return repacked(paper.content, **{"xl/media/zeros.bin": b"\0" * 60_000_000})


def macros(paper):
    return repacked(paper.content, **{"xl/vbaProject.bin": b"x"})


def entities(paper):
    text = '<!DOCTYPE x [<!ENTITY a "a">]><worksheet xmlns="x"><sheetData/></worksheet>'
    return repacked(paper.content, **{"xl/worksheets/sheet1.xml": text})


def wide(paper):
    for column in range(20, 10_000):
        paper.page.cell(3, column).value = "x"
    paper.page.cell(3, 10_000).value = "x"
    return paper.content


def long(paper):
    for row in range(20, 3000):
        paper.page.cell(row, 1).value = "x"
    return paper.content


def swollen(paper):
    """Small when packed, and more text than a month can have."""
    plan, number = paper["方案", "43"], paper.column("编号")
    for extra in range(70):
        row = 300 + extra
        paper.page.cell(row, number).value = f"9{extra}"
        paper.page.cell(row, paper.column("方案")).value = plan
        paper.page.cell(row, paper.column("本月进展")).value = "".join(
            random.Random(extra).choices("县民政局本月进展情况完成招标工作", k=32_000)
        )
    return paper.content


def other_system(paper):
    return workbook(Sheet("表", "别处的表", [Head("编号"), Head("方案")], [["43", "改革创新年"]]))


def template_of_accounts(paper):
    book = openpyxl.Workbook()
    book.active.append(["用户名", "姓名"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("made", "name", "sentence"),
    [
        (bomb, "a.xlsx", "展开后超过50 MB"),
        (macros, "a.xlsx", "文件含有宏"),
        (macros, "a.xlsm", "不支持“a.xlsm”的格式，可以上传的格式有：XLSX"),
        (entities, "a.xlsx", "文件无法读取"),
        (wide, "a.xlsx", "超过60列"),
        (long, "a.xlsx", "超过1000行"),
        (swollen, "a.xlsx", "文字过多"),
        (other_system, "a.xlsx", "不是从本系统下载的离线填报表"),
        (template_of_accounts, "a.xlsx", "不是从本系统下载的离线填报表"),
        (lambda paper: paper.content[:4000], "a.xlsx", "文件已损坏"),
        (lambda paper: b"PK\x03\x04" + b"\0" * 100, "a.xlsx", "文件已损坏"),
        (lambda paper: b"%PDF-1.7 no sheet", "a.xlsx", "不是XLSX格式"),
        (lambda paper: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "旧格式或设有打开密码"),
        (lambda paper: paper.content, "a.xls", "另存为.xlsx后再上传"),
        (lambda paper: paper.content, "../../a.et", "不支持“a.et”的格式"),
        (lambda paper: b"", "a.xlsx", "空的"),
        (lambda paper: paper.content + b"\0" * 6_000_000, "a.xlsx", "超过5 MB，请压缩或拆分"),
    ],
)
def test_one_clear_sentence_and_nothing_written(client, paper, entry, settings, made, name, sentence):
    answer = client.post(PAGE, {"file": upload(made(paper), name)})
    (said,) = answer.context["form"].errors["file"]
    assert (answer.status_code, sentence in said) == (422, True), said
    entry.refresh_from_db()
    assert (entry.version, ReportEvent.objects.filter(verb="离线表导入").count()) == (0, 0)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert client.get(PAGE).context["preview"] is None


def test_no_file_at_all(client):
    answer = client.post(PAGE)
    assert (answer.status_code, list(answer.context["form"].errors["file"])) == (422, ["请先选择文件。"])


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "=cmd|'/c calc'!A1", "=1+1"])
def test_a_formula_is_a_fault_and_never_its_result(client, paper, entry, text):
    paper.fill("43", **FILLED | {"存在问题": text})
    client.post(PAGE, {"file": paper.upload()})
    preview = client.get(PAGE).context["preview"]
    assert ["是公式" in fault.sentence for fault in preview.faults] == [True]
    assert not preview.may_take


def test_a_text_that_looks_like_a_formula_is_text(client, paper, entry):
    cell = paper.cell("存在问题", "43")
    cell.value, cell.data_type = "=没有问题", "s"
    client.post(PAGE, {"file": paper.upload()})
    preview = client.get(PAGE).context["preview"]
    assert (preview.faults, preview.items[0].values) == ([], {"problems": "=没有问题"})


def test_a_new_upload_takes_the_place_of_the_old_even_one_that_cannot_be_read(client, paper):
    for _ in range(2):
        client.post(PAGE, {"file": paper.upload("..\\..\\某表.xlsx")})
    assert Upload.objects.get().name == "某表.xlsx"
    assert client.get(PAGE).context["pending"].name == "某表.xlsx"
    client.post(PAGE, {"file": upload(b"x", "a.xlsx")})
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be told how large it may grow")
def test_a_full_disk_is_a_sentence(client, paper):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what other tests took and gave back would be room enough
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        answer = client.post(PAGE, {"file": paper.fill("43", **FILLED).upload()})
        cursor.execute("PRAGMA max_page_count=1073741823")
    assert answer.status_code == 400
    assert "服务器暂时存不下这些内容，什么都没有写入。" in answer.content.decode()
    assert not Upload.objects.exists()
