"""Files that mean harm, or are none: a clear sentence each time, never a server error, nothing kept."""

import io
import time
import zipfile

import openpyxl
import pytest

from tests.portal.views.sheets import book, preview, upload, waiting
from units.models import Upload

pytestmark = pytest.mark.apart

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HEADS = ["编号", "任务内容", "牵头单位"]


@pytest.fixture
def desk(office, sign_in, task):
    return sign_in(office)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return {name: old.read(name) for name in old.namelist()}


def packed(**changed):
    """A sound workbook with parts replaced or added (a value) or left out (None)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in (parts(book(HEADS, [43, "任务", None])) | changed).items():
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def bomb():
    return packed(**{"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"})


def entities():
    text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    return packed(**{"xl/worksheets/sheet1.xml": text})


def wide():
    return book([f"列{number}" for number in range(10_000)])


def long():
    return book(HEADS, *([number, "任务", None] for number in range(6000)))


def far_corner():
    made = openpyxl.Workbook()
    made.active["A1"] = "编号"
    made.active["XFD1048576"] = 1
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def many_sheets():
    made = openpyxl.Workbook()
    for _ in range(60):
        made.create_sheet()
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def only_hidden():
    made = openpyxl.Workbook()
    made.create_sheet("看得见的空表")
    made.active = 1
    made.worksheets[0].append(HEADS)
    made.worksheets[0].sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("老表.xls", OLE, "请用WPS或Excel打开，选“另存为”"),
        ("金山.et", OLE, "请用WPS或Excel打开，选“另存为”"),
        ("宏.xlsm", packed(), "请用WPS或Excel打开，选“另存为”"),
        ("表.csv", "编号,任务".encode("gbk"), "请用WPS或Excel打开，选“另存为”"),
        ("文件.pdf", b"%PDF-1.4", "不支持“文件.pdf”的格式"),
        ("无后缀", packed(), "不支持"),
        ("改名.xlsx", OLE, "是旧格式或设有打开密码，请取消密码并另存为XLSX"),
        ("改名.xlsx", "编号,任务".encode("gbk"), "的内容不是XLSX格式"),
        ("网页.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "的内容不是XLSX格式"),
        ("断.xlsx", packed()[:2000], "文件已损坏"),
        ("压缩包.xlsx", packed(**{"xl/workbook.xml": None}), "文件内容与格式不符"),
        ("带宏.xlsx", packed(**{"xl/vbaProject.bin": b"x"}), "文件含有宏"),
        ("跑出去.xlsx", packed(**{"../../evil.xml": b"x"}), "文件内部结构异常"),
        ("炸弹.xlsx", bomb, "展开后超过50 MB"),
        ("实体.xlsx", entities, "文件无法读取"),
        ("坏了.xlsx", packed(**{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}), "文件无法读取"),
        ("宽.xlsx", wide, "超过60列"),
        ("长.xlsx", long, "超过5000行"),
        ("多.xlsx", many_sheets, "工作表超过50个"),
        ("藏.xlsx", only_hidden, "没有可读的内容"),
        ("空表.xlsx", book(), "没有可读的内容"),
        ("大.xlsx", packed() + b"\0" * (5 * 1024 * 1024), "超过5 MB，请压缩或拆分"),
    ],
)
def test_it_is_told_in_a_sentence_and_nothing_is_kept(desk, plan, name, content, sentence):
    begun = time.process_time()
    answer = upload(desk, "breakdown", content() if callable(content) else content, plan, name)
    assert answer.status_code == 422
    assert sentence in "".join(answer.context["form"].errors["file"])
    assert not Upload.objects.exists()
    assert time.process_time() - begun < 20


def test_a_cell_in_the_far_corner_costs_nothing(desk, plan):
    answer = upload(desk, "breakdown", far_corner(), plan)
    assert answer.status_code in (302, 422)


def test_formulas_are_never_worked_out_or_passed_on(desk, plan, civil):
    content = book(
        HEADS,
        [44, '=HYPERLINK("http://x.invalid","点我")', "县民政局"],
        [45, "@SUM(1)", "县民政局"],
        [46, "-1+1", "县民政局"],
    )
    result = preview(desk, "breakdown", content, plan)
    assert "单元格里是公式" in result.faults[0].sentence
    assert [row.wanted.get("text") for row in result.rows[1:]] == ["@SUM(1)", "-1+1"]
    marked = desk.get(waiting() + "marked.xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(marked.content)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value and str(cell.value).startswith(("@", "-"))] == ["s", "s"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.xlsx", "C:\\路径\\表.xlsx", "a\u202excod.xlsx", "长" * 300 + ".xlsx", "<script>.xlsx"]
)
def test_a_name_is_only_a_name(desk, plan, civil, name):
    answer = upload(desk, "breakdown", book(HEADS, [44, "任务", "县民政局"]), plan, name)
    if answer.status_code == 422:
        assert "文件名" in "".join(answer.context["form"].errors["file"])
        return
    name = Upload.objects.get().name
    assert not set("/\\<>\u202e") & set(name)
    assert len(name) <= 200
    assert "<script>" not in desk.get(waiting()).content.decode().replace("<script src", "")


def test_strange_values_are_texts_or_faults(desk, plan, civil):
    rows = [
        HEADS,
        [True, "布尔编号", "县民政局"],
        [4.5, "小数编号", "县民政局"],
        ["46", "超长" * 15_000, "县民政局"],
        ["4" * 30, "长编号", "县民政局"],
        ["47", "表情😀与\u200b零宽", "县民政局"],
    ]
    result = preview(desk, "breakdown", book(*rows), plan)
    assert [row.state.value for row in result.rows] == ["新增", "新增", "有误", "有误", "新增"]
    assert "不超过20000字" in result.faults[0].sentence
    assert "不超过20字" in result.faults[1].sentence


def test_nothing_of_a_page_can_be_forged(desk, plan, civil):
    preview(desk, "breakdown", book(HEADS, [44, "任务", "县民政局"]), plan)
    page = waiting()
    for form in ({}, {"seen": "x"}, {"seen": "0" * 5000}):
        desk.post(page + "write/", form)
    for form in (
        {},
        {"sheet": 7, "last": 1},
        {"sheet": "x", "last": -1},
        {"sheet": 0, "last": 10**12},
        {"sheet": 0, "last": "１"},
    ):
        assert desk.post(page + "mapping/", form).status_code in (302, 422)
    for query in ("?page=999", "?page=x", "?state=nonsense", "?state=NEW&page=-1"):
        assert desk.get(page + query).status_code == 200
    assert plan.tasks.count() == 1
