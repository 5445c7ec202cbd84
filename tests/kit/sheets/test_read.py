"""Workbooks from outside: plain values when sound, a sentence when not, never a hung or swollen server."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime
from datetime import time as clock

import openpyxl
import pytest

import kit.apart
import kit.archives
from kit.sheets import NO_RESULT, Formula, Sheet, UnreadableSheet, child, find_header, read_workbook, value_at, workbook
from kit.sheets.sheet import Head
from tests.work import calls

pytestmark = pytest.mark.apart

SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_TAIL = "</sheetData></worksheet>"


@pytest.fixture(autouse=True)
def in_place(request, monkeypatch):
    """Read in this process, which saves the start of a child, except where the child is what is tested."""
    if request.cls is None:
        monkeypatch.setattr(kit.apart, "resource", None)


def made(*rows, title="表", **others):
    """A workbook with these rows, saved by openpyxl."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, state in others.items():
        book.create_sheet(name).sheet_state = state
    stream = io.BytesIO()
    book.save(stream)
    return stream


def repacked(content, replace=None, drop=(), add=None):
    """The workbook with parts replaced, dropped and added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, (replace or {}).get(name, old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return stream


def with_sheet(xml):
    return repacked(made(), {"xl/worksheets/sheet1.xml": xml})


def refused(content, **limits):
    with pytest.raises(UnreadableSheet) as raised:
        read_workbook(content, **limits)
    return str(raised.value)


def test_every_sheet_comes_as_plain_values():
    moment = datetime(2015, 10, 20, 8, 30)
    first, second = read_workbook(
        made(["县编办", 45, 4.5, True, None], [], [date(2015, 10, 20), moment, "=1+1"], title="一", 二="veryHidden")
    )
    assert (first.name, first.hidden, second.name, second.hidden) == ("一", False, "二", True)
    assert first.rows == (("县编办", 45, 4.5, True), (), (date(2015, 10, 20), moment))
    assert second.rows == ()


def test_a_short_row_has_nothing_beyond_its_end():
    assert [value_at(("a", None), column) for column in (0, 1, 2)] == ["a", None, None]


def test_what_we_write_can_be_read_again():
    sheet = Sheet(
        "表",
        "题",
        [Head("编号", kind="number"), Head("事项"), Head("日期", kind="date")],
        [[1, "=1\n2", date(2015, 1, 2)]],
    )
    (read,) = read_workbook(io.BytesIO(workbook(sheet)))
    assert read.rows[-1] == (1, "=1\n2", date(2015, 1, 2))


def test_a_path_and_a_stream_that_was_already_read_are_taken(tmp_path):
    content = made(["x"])
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.getvalue())
    content.seek(0, 2)
    assert read_workbook(path)[0].rows == read_workbook(content)[0].rows == (("x",),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b"PK\x05\x06" + b"\xff" * 18,
        b"\xd0\xcf\x11\xe0" * 200,
    ],
)
def test_what_is_no_workbook_is_refused(content):
    assert refused(io.BytesIO(content)).endswith("。")


def test_a_zip_that_is_no_workbook_is_refused():
    assert "格式不符" in refused(repacked(made(["x"]), drop=["xl/workbook.xml"]))


def test_a_workbook_cut_short_is_refused():
    content = made(["x"]).getvalue()
    for size in (100, len(content) // 2, len(content) - 1):
        assert refused(io.BytesIO(content[:size])).endswith("。")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_damaged_part_is_refused(part):
    assert "无法读取" in refused(repacked(made(["x"]), {part: "<broken"}))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "XL/VBAPROJECT.BIN"])
def test_macros_are_refused(name):
    assert "宏" in refused(repacked(made(), add={name: "x"}))


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "\\x", "xl/../../x", "a\\..\\b", "C:\\x"])
def test_names_that_lead_elsewhere_are_refused(name):
    assert "结构异常" in refused(repacked(made(), add={name: "x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused():
    assert "结构异常" in refused(repacked(made(), add={"xl/workbook.xml": "x"}))


def test_a_bomb_is_refused_before_it_unfolds():
    bomb = repacked(made(), add={f"xl/media/{place}.bin": b"\0" * (2 * 1024 * 1024) for place in range(3)})
    assert "压缩比" in refused(bomb)
    many = repacked(made(), add={f"xl/media/{place}.bin": b"\0" * (1024 * 1024) for place in range(60)})
    assert "50 MB" in refused(many)


def test_hundreds_of_parts_are_refused_without_reading_their_list():
    assert "500" in refused(repacked(made(), add={f"xl/media/{place}": "" for place in range(501)}))
    content = bytearray(made(["x"]).getvalue())
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 12, 0x7FFFFFFF)
    assert "500" in refused(io.BytesIO(bytes(content)))


def test_an_encrypted_part_is_refused():
    content = bytearray(made(["x"]).getvalue())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    assert "密码" in refused(io.BytesIO(bytes(content)))


def test_a_part_larger_than_its_name_says_is_refused():
    content = bytearray(repacked(made(), add={"xl/worksheets/sheet1.xml.bin": b"\0" * 1000}).getvalue())
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 10)
    assert read_workbook(io.BytesIO(bytes(content)))[0].rows == ()


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(kit.archives, "LARGEST_UPLOAD", 1024 * 1024)
    assert "1 MB" in refused(io.BytesIO(b"x" * (1024 * 1024 + 1)))


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused(attack):
    xml = f'{attack}{SHEET_HEAD}<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>{SHEET_TAIL}'
    assert "无法读取" in refused(with_sheet(xml))


def test_one_cell_in_the_far_corner_costs_a_glance_at_each_row_at_most():
    xml = f'{SHEET_HEAD}<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>{SHEET_TAIL}'
    assert read_workbook(with_sheet(xml))[0].rows == ((1,),)
    assert calls(lambda: read_workbook(with_sheet(xml))) < 3 * 1_048_576


def test_a_claimed_size_is_not_believed():
    xml = SHEET_HEAD.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_workbook(with_sheet(f'{xml}<row r="1"><c r="A1"><v>1</v></c></row>{SHEET_TAIL}'))[0].rows == ((1,),)


def test_too_many_rows_and_columns_are_refused():
    assert "3行" in refused(made(*[["x"]] * 4), max_rows=3)
    assert "3列" in refused(made(["x"] * 4), max_columns=3)
    assert "60列" in refused(made(["x"] * 10_000))
    assert len(read_workbook(made(*[["x"] * 3] * 3), max_rows=3, max_columns=3)[0].rows) == 3


def test_empty_rows_and_columns_beyond_the_table_do_not_count():
    cells = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="ZZ{row}" s="0"/></row>' for row in range(2, 100))
    xml = f'{SHEET_HEAD}<row r="1"><c r="A1"><v>1</v></c></row>{cells}{SHEET_TAIL}'
    assert read_workbook(with_sheet(xml), max_rows=10)[0].rows == ((1,),)


def test_many_sheets_are_refused():
    assert "50个" in refused(made(**{f"s{place}": "visible" for place in range(51)}))


def test_one_long_text_used_everywhere_does_not_fill_the_memory():
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"长" * 40_000}</t></si></sst>'
    )
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1001))
    content = repacked(
        io.BytesIO(workbook(Sheet("表", "题", [Head("栏")], [["x"]]))),
        {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": f"{SHEET_HEAD}{rows}{SHEET_TAIL}"},
    )
    assert "文字过多" in refused(content)


def test_a_text_no_longer_than_a_cell_comes_out():
    xml = f'{SHEET_HEAD}<row r="1"><c r="A1" t="inlineStr"><is><t>{"长" * 40_000}</t></is></c></row>{SHEET_TAIL}'
    assert len(read_workbook(with_sheet(xml))[0].rows[0][0]) == 32_767


class TestInAChild:
    def test_values_come_through_whole(self):
        row = ("县编办", 45, 4.5, True, None, date(2015, 10, 20), datetime(2015, 10, 20, 8, 30), clock(8, 30), "<&>")
        assert read_workbook(made(row))[0].rows == (row,)

    def test_what_is_too_large_is_said(self):
        assert "3行" in refused(made(*[["x"]] * 4), max_rows=3)

    def test_entities_are_refused(self):
        xml = f'<!DOCTYPE x [<!ENTITY a "a">]>{SHEET_HEAD}<row r="1"><c r="A1"><v>1</v></c></row>{SHEET_TAIL}'
        assert "无法读取" in refused(with_sheet(xml))

    def test_one_that_dies_or_hangs_is_a_sentence(self, monkeypatch, tmp_path):
        script = tmp_path / "child.py"
        monkeypatch.setattr(child, "__file__", str(script))
        script.write_text("import os; os.abort()")
        assert "无法读取" in refused(made(["x"]))
        script.write_text("print('no json')")
        assert "无法读取" in refused(made(["x"]))
        monkeypatch.setattr(kit.apart, "WAIT", 0.2)
        script.write_text("import threading; threading.Event().wait()")
        assert "无法读取" in refused(made(["x"]))

    def test_it_has_little_memory(self, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(made(["x"]).getvalue())
        run = f"runpy.run_path({kit.apart.__file__!r}, run_name='__main__')"
        greedy = f"import runpy, sys; sys.argv = ['', {child.__file__!r}, 'parse']; {run}; bytes(2 * 1024**3)"
        sent = json.dumps([str(path), 5, 5]).encode()
        done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, check=False, input=sent)
        assert (b"MemoryError" in done.stderr, done.returncode) == (True, 1)


def test_where_a_child_knows_no_limits_none_is_started(monkeypatch):
    monkeypatch.setattr(kit.apart.subprocess, "run", None)
    assert read_workbook(made(["x"]))[0].rows == (("x",),)
    assert "3行" in refused(made(*[["x"]] * 4), max_rows=3)
    assert "无法读取" in refused(repacked(made(["x"]), {"xl/worksheets/sheet1.xml": "<broken"}))


HEADS = ("任务编号", "责任单位（牵头）")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("任务编号", "责任单位（牵头）")], (0, [0, 1])),
        ([("标题",), (), ("责任单位(牵头)", None, "任务\n编 号")], (2, [2, 0])),
        ([("任务编号", "责任单位", None), (None, "牵头", "责任单位（牵头）")], (1, [0, 2])),
        ([("任务编号",), ("任务编号", "责任单位（牵头）", "任务编号")], (1, [0, 1])),
    ],
)
def test_the_heading_row_is_found_by_its_names(rows, found):
    row, columns = find_header(rows, HEADS)
    assert (row, [columns[name] for name in HEADS]) == found


def test_a_missing_heading_is_named():
    with pytest.raises(UnreadableSheet, match="缺少列：责任单位（牵头）"):
        find_header([("标题",), ("任务编号", "别的", 3)], HEADS)
    with pytest.raises(UnreadableSheet, match="缺少列：任务编号、责任单位（牵头）"):
        find_header([], HEADS)


def test_merged_cells_are_told_with_their_places():
    book = openpyxl.Workbook()
    for row in (["题", None, None], ["甲", "乙", "丙"], ["丁", None, None]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("B2:B900")
    book.active.merge_cells("ZZ1:ZZ2")
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read_workbook(stream)
    assert sheet.merged == ((0, 0, 0, 2), (1, 1, 2, 1))


def test_merged_cells_are_found_across_the_pieces_of_a_long_part(monkeypatch):
    monkeypatch.setattr(child, "PIECE", 37)
    areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 4))
    cells = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 4))
    (sheet,) = read_workbook(with_sheet(f"{SHEET_HEAD}{cells}</sheetData><mergeCells>{areas}</mergeCells></worksheet>"))
    assert len(sheet.merged) == 3
    monkeypatch.setattr(child, "MOST_MERGED", 2)
    with pytest.raises(UnreadableSheet, match="合并单元格过多"):
        read_workbook(with_sheet(f"{SHEET_HEAD}{cells}</sheetData><mergeCells>{areas}</mergeCells></worksheet>"))


def test_a_formula_is_told_where_plain_values_are_wanted():
    book = openpyxl.Workbook()
    book.active.append(["=1+1", 5])
    book.active["C1"].value, book.active["C1"].data_type = "=1+1", "s"
    stream = io.BytesIO()
    book.save(stream)
    assert read_workbook(stream, formulas=True)[0].rows == ((Formula("=1+1"), 5, "=1+1"),)
    assert read_workbook(stream)[0].rows == ((None, 5, "=1+1"),)


class TestFormulasInAChild:
    def test_they_come_through(self):
        assert read_workbook(made(["=1+1", 5]), formulas=True)[0].rows == ((Formula("=1+1"), 5),)


def test_what_the_format_escapes_is_read_as_people_see_it():
    texts = ["上报_x000D_\n完成", "a_x0009_b", "坏_x0000_字_xD800_符", "文_x005F_x000D_件", "_x2B_"]
    (sheet,) = read_workbook(made(texts))
    assert sheet.rows[0] == ("上报\n完成", "a\tb", "坏字符", "文_x000D_件", "_x2B_")


class TestAsSeen:
    """In the child as it runs, and here."""

    @pytest.mark.parametrize("apart", [True, False])
    def test_numbers_and_days_come_as_they_show_where_that_is_asked(self, apart, monkeypatch):
        if not apart:
            monkeypatch.setattr(kit.apart, "resource", None)
        book = openpyxl.Workbook()
        for place, (value, form) in enumerate(
            [
                (0.416, "0.0%"),
                (12, '0"亿元"'),
                (date(2015, 10, 1), 'yyyy"年"m"月"'),
                (date(2015, 10, 1), "yyyy-mm-dd"),
                (3, "@"),
            ],
            1,
        ):
            book.active.cell(1, place, value).number_format = form
        stream = io.BytesIO()
        book.save(stream)
        assert read_workbook(stream, as_seen=True)[0].rows[0] == ("41.6%", "12亿元", "2015年10月", date(2015, 10, 1), 3)
        plain = (0.416, 12, date(2015, 10, 1), date(2015, 10, 1), 3)
        assert read_workbook(stream)[0].rows[0] == plain


def test_hidden_rows_and_columns_are_read_and_told():
    book = openpyxl.Workbook()
    for row in range(4):
        book.active.append([row, "x", "y", "z"])
    book.active.row_dimensions[2].hidden = book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read_workbook(stream)
    assert (len(sheet.rows), sheet.hidden_rows, sheet.hidden_columns) == (4, (1, 2), (1,))


def test_a_formula_without_a_result_is_told_where_cells_are_read_as_seen():
    cells = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/></c><c r="F1"><v>7</v></c></row>'
    )
    stream = with_sheet(f"{SHEET_HEAD}{cells}{SHEET_TAIL}")
    assert read_workbook(stream, as_seen=True)[0].rows == ((2, NO_RESULT, NO_RESULT, None, NO_RESULT, 7),)
    assert read_workbook(stream)[0].rows == ((2, None, None, None, None, 7),)
