"""What stands in a written workbook, opened again with another library."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from kit.sheets import Cell, Head, SectionRow, Sheet, UnreadableSheet, read_workbook, table_sheet, workbook
from kit.sheets import write as writing
from kit.tables import Column, Table

HEADS = [
    Head("编号", 6),
    Head("任务内容", 40),
    Head("牵头单位", 14, group="责任单位"),
    Head("配合单位", 14, group="责任单位"),
    Head("进度", 8, "percent"),
]
ROW = ["1", "推进行政审批制度改革", "县编办", None, 45]


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(list(sheets))))


def sheet(rows=(ROW,), columns=HEADS, **options):
    return Sheet("表", "工作进展汇总表", columns, rows, **options)


def whole(value):
    """The text of a row and of those that go on from it."""
    rows = opened(sheet([["1", value]], HEADS[:2])).active.iter_rows(min_row=3, values_only=True)
    return "".join(row[1] for row in rows)


def written(value, kind="text", width=40):
    """The cell that a value becomes."""
    return opened(sheet([[value]], [Head("栏", width, kind)])).active["A3"]


def test_title_notes_heads_rows_and_sums_stand_in_their_places():
    page = opened(
        sheet(left_note="填报单位：县改革办", right_note="统计截止：9月30日", totals=[None, None, None, None, 45])
    ).active
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values == [
        ["工作进展汇总表", None, None, None, None],
        ["填报单位：县改革办", None, "统计截止：9月30日", None, None],
        ["编号", "任务内容", "责任单位", None, "进度"],
        [None, None, "牵头单位", "配合单位", None],
        ROW,
        ["合计", None, None, None, 45],
    ]
    merged = {str(one) for one in page.merged_cells.ranges}
    assert merged == {"A1:E1", "A2:B2", "C2:E2", "A3:A4", "B3:B4", "C3:D3", "E3:E4"}


def test_the_sheet_prints_on_landscape_paper_with_repeated_heads():
    page = opened(sheet(left_note="填报单位：县改革办", foot=["注：一式两份。"])).active
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$4"
    assert page.print_area == "'表'!$A$1:$E$6"
    assert page.freeze_panes == "A5"
    assert page.print_options.horizontalCentered
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"


@pytest.mark.parametrize(("columns", "paper"), [(8, 9), (10, 9), (11, 8), (30, 8)])
def test_what_would_be_too_small_on_a4_goes_on_a3(columns, paper):
    wide = sheet([["x"] * columns], [Head(f"栏{n}", 23) for n in range(columns)])
    assert opened(wide).active.page_setup.paperSize == paper


@pytest.mark.parametrize(("rows", "pages"), [(15, 0), (19, None), (21, None), (25, 0)])
def test_a_few_rows_too_many_are_pressed_into_the_page(rows, pages):
    """One page is what a file says by saying nothing."""
    found = opened(sheet([ROW] * rows, foot=[("填表人：", "审核人：")])).active.page_setup.fitToHeight
    assert found == pages


def test_a_portrait_sheet_can_keep_columns_in_view():
    page = opened(sheet(landscape=False, freeze_columns=2)).active
    assert (page.page_setup.orientation, page.freeze_panes) == ("portrait", "C4")


def test_section_rows_span_the_sheet():
    page = opened(sheet([SectionRow("（一）推进政府机构改革"), ROW])).active
    assert page["A4"].value == "（一）推进政府机构改革"
    assert "A4:E4" in {str(one) for one in page.merged_cells.ranges}
    assert page["A4"].fill.fgColor.rgb != page["A5"].fill.fgColor.rgb


def test_sums_may_bring_a_word_of_their_own():
    page = opened(sheet(totals=[None, "小计", None, None, 45])).active
    assert [cell.value for cell in page[5]] == [None, "小计", None, None, 45]


def test_signatures_are_spread_over_the_width():
    page = opened(sheet(foot=[("填表人：", "审核人："), "注：一式两份。"])).active
    assert [cell.value for cell in page[5] if cell.value] == ["填表人：", "审核人："]
    assert page["A6"].value == "注：一式两份。"


@pytest.mark.parametrize("parts", [("一", "二", "三"), ("一",)])
def test_more_signatures_than_columns_do_no_harm(parts):
    page = opened(sheet([["x"]], [Head("栏")], left_note="左", right_note="右", foot=[parts])).active
    assert [page["A2"].value, page["A5"].value] == ["左  右", "一"]


@pytest.mark.parametrize(
    "first", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_text_that_looks_like_a_formula_stays_text(first):
    cell = written(first)
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (first, "s", True)


def test_a_carriage_return_before_a_formula_becomes_a_line_break():
    cell = written("\r=1")
    assert (cell.value, cell.data_type) == ("\n=1", "s")


@pytest.mark.parametrize("text", ["1月", "进度=45", "", "http://example.invalid/", "12345", "0731-1234567", "_x000B_"])
def test_harmless_text_is_not_marked(text):
    cell = written(text)
    assert (cell.value, bool(cell.quotePrefix), cell.hyperlink) == (text or None, False, None)


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "<r></r>", "<r>&</r>"])
def test_text_that_looks_like_the_format_itself_stays_text(text):
    assert written(text).value.strip() == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一\x0b二", "一\n二"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("一\x00二\x1f三\ufffe", "一二三"),
        ("一\ud800二", "一二"),
        ("一\u2028二", "一\n二"),
        ("😀", "😀"),
    ],
)
def test_characters_a_sheet_cannot_hold_are_replaced(text, kept):
    assert written(text).value == kept


@pytest.mark.parametrize("character", ["长", "😀"])
def test_text_longer_than_a_cell_is_cut_with_a_mark(character):
    value = whole(character * 40_000)
    assert value.endswith("（内容过长，以下从略）")
    assert len(value.encode("utf-16-le")) // 2 in (32_766, 32_767)


def test_text_that_just_fits_is_not_cut():
    assert whole("长" * 32_767) == "长" * 32_767


@pytest.mark.parametrize(
    ("value", "kind", "stored", "number_format"),
    [
        (45, "percent", 45, '0"%"'),
        (45.5, "percent", 45.5, '0.0"%"'),
        (Decimal("100.0"), "percent", 100, '0.0"%"'),
        (Decimal("37.86"), "number", 37.86, "General"),
        (0, "number", 0, "General"),
        (date(2015, 10, 20), "date", datetime(2015, 10, 20), "yyyy\\-mm\\-dd"),
        (datetime(2015, 10, 31, 16, 30, tzinfo=UTC), "moment", datetime(2015, 11, 1, 0, 30), "yyyy\\-mm\\-dd\\ hh:mm"),
        (datetime(2015, 10, 31, 8, 30), "moment", datetime(2015, 10, 31, 8, 30), "yyyy\\-mm\\-dd\\ hh:mm"),
    ],
)
def test_numbers_and_dates_stay_numbers_and_dates(value, kind, stored, number_format):
    cell = written(value, kind)
    assert cell.value == stored
    assert cell.number_format.replace("\\", "") == number_format.replace("\\", "")


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (True, "是"),
        (False, "否"),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
        (430181199001011234, "430181199001011234"),
        (date(1899, 1, 1), "1899-01-01"),
        (datetime(1899, 1, 1, 8, 0), "1899-01-01 08:00"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_what_a_sheet_has_no_kind_for_is_told_in_words(value, stored):
    assert written(value).value == stored


def test_a_tone_fills_its_cell():
    page = opened(sheet([[Cell("严重滞后", "danger"), Cell("x", "unknown"), "x"]], HEADS[:3])).active
    fills = [page[place].fill.fgColor.rgb for place in ("A4", "B4", "C4")]
    assert fills[0] == "FFF8CFC4"
    assert fills[1] == fills[2]


def test_rows_grow_with_the_chinese_text_they_wrap():
    one, two = "一" * 20, "一" * 21
    page = opened(sheet([[one], [two], ["1\n2\n3"], ["x" * 40], ["一" * 10_000]], [Head("栏", 40)])).active
    heights = [page.row_dimensions[row].height for row in range(3, 8)]
    assert heights[0] == heights[3] < heights[1] < heights[2]
    assert 390 < heights[4] <= 409


LONG = "".join(f"第{number:03}句说的是本月完成的工作。" for number in range(1, 101))


class TestTextThatNeedsMoreThanTheTallestRow:
    def rows(self, *rows):
        page = opened(sheet(rows, HEADS)).active
        return list(page.iter_rows(min_row=4, values_only=True))

    def test_goes_on_in_the_next_row_after_a_sentence(self):
        first, second, third, following = self.rows(["43", LONG, "县编办", None, 45], ["44", "短", "县编办", None, 1])
        assert (first[0], second[0], third[0]) == ("43", "43（续）", "43（续）")
        assert first[1] + second[1] + third[1] == LONG
        assert first[1].endswith("。")
        assert (second[2:], third[2:]) == ((None, None, None),) * 2
        assert following[0] == "44"

    def test_loses_nothing_of_lines_that_end_anywhere(self):
        text = "\n".join(f"{number}、做了一件事" for number in range(70))
        assert "".join(row[1] for row in self.rows(["43", text])) == text

    def test_is_one_again_when_the_sheet_comes_back(self):
        content = workbook(sheet([["43", LONG, "县编办"], ["44", "短", "县编办"]], HEADS))
        (read,) = read_workbook(io.BytesIO(content))
        assert read.rows[3:] == (("43", LONG, "县编办"), (), (), ("44", "短", "县编办"))

    def test_is_refused_when_its_rows_were_torn_apart(self):
        torn = workbook(sheet([["43", "一"], ["44", "三"], ["43（续）", "二"]], HEADS))
        with pytest.raises(UnreadableSheet, match="第6行是接上一行的（续）"):
            read_workbook(io.BytesIO(torn))

    def test_of_a_first_column_is_all_there(self):
        page = opened(sheet([[LONG]], [Head("栏", 40)])).active
        assert "".join(value for (value,) in page.iter_rows(min_row=3, values_only=True)) == LONG


def test_what_others_call_continued_is_left_alone():
    content = workbook(sheet([["一、工业", "x"], ["二、农业（续）", "y"]], HEADS))
    assert read_workbook(io.BytesIO(content))[0].rows[3:] == (("一、工业", "x"), ("二、农业（续）", "y"))


def test_a_number_has_room_whatever_the_column_was_meant_for():
    page = opened(sheet([[123456789012.34]], [Head("数", 6, "number")])).active
    assert page.column_dimensions["A"].width > 15


def test_rows_of_a_wrong_length_keep_their_frame():
    page = opened(sheet([["1"], [*ROW, "多余"]])).active
    assert [cell.value for cell in page[4]] == ["1", None, None, None, None]
    assert page["E4"].border.right.style == "thin"
    assert page.max_column == 5


def test_tab_names_are_made_fit_and_unique():
    names = ["a/b:c?d", "a/b:c?d", "'改革'", "", "长" * 40, "长" * 41, "History", "history"]
    made = [page.title for page in opened(*(Sheet(name, "题", HEADS, []) for name in names))]
    assert made[:4] == ["a-b-c-d", "a-b-c-d(2)", "改革", "Sheet"]
    assert len({name.lower() for name in made}) == len(names)
    assert all(len(name) <= 31 for name in made)


def test_a_stream_can_be_given():
    stream = io.BytesIO()
    assert workbook(sheet(), stream) is stream
    assert zipfile.is_zipfile(stream)


def test_a_large_workbook_goes_to_disk_and_looks_the_same(monkeypatch):
    rows = [SectionRow("（一）"), ["<r>1</r>", "=1", "县编办", Cell("红灯", "danger"), 45], *[ROW] * 30]
    small = workbook(sheet(iter(rows), totals=[None, None, None, None, 1], foot=["注"]))
    monkeypatch.setattr(writing, "LARGE", 20)
    large = workbook(sheet(iter(rows), totals=[None, None, None, None, 1], foot=["注"]))
    assert "xl/sharedStrings.xml" in zipfile.ZipFile(io.BytesIO(small)).namelist()
    assert "xl/sharedStrings.xml" not in zipfile.ZipFile(io.BytesIO(large)).namelist()
    first, second = (openpyxl.load_workbook(io.BytesIO(content)).active for content in (small, large))
    assert list(first.values) == list(second.values)
    assert {str(one) for one in first.merged_cells.ranges} == {str(one) for one in second.merged_cells.ranges}
    heights = [[page.row_dimensions[row].height for row in range(1, 39)] for page in (first, second)]
    assert heights[0] == heights[1]


def test_more_rows_than_a_sheet_holds_fail_loudly(monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 5)
    with pytest.raises(ValueError, match="has more"):
        workbook(sheet([ROW] * 10))


def test_no_formula_stands_in_any_sheet():
    content = workbook(sheet([["=1+1", "{=1}", "=A1", "@x", 1]], totals=["=1", None, None, None, None], foot=["=1"]))
    text = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f[ >]", text)


def test_a_list_is_written_as_filtered_sorted_and_shown():
    columns = [
        Column("number", "编号", lambda row: row[0], sort=("number",), kind="number", width=6),
        Column("name", "任务", lambda row: row[1], width=30),
        Column("light", "灯", lambda row: row[2], tone=lambda row: "danger", group="推进情况"),
        Column("done", "完成", lambda row: row[0], kind="number", total=True),
    ]
    rows = [(number, f"任务{number}", "红灯") for number in range(1, 4)]
    table = Table(columns, rows, params={"sort": "-number", "columns": "light,number,done", "page": "2"}, per_page=1)
    page = opened(table_sheet(table, "任务台账", left_note="单位：县改革办")).active
    assert list(page.values)[2:] == [
        ("推进情况", "编号", "完成"),
        ("灯", None, None),
        ("红灯", 3, 3),
        ("红灯", 2, 2),
        ("红灯", 1, 1),
        ("合计", None, 6),
    ]
    assert page.title == "任务台账"
    assert page["A5"].fill.fgColor.rgb == "FFF8CFC4"


def test_a_list_in_its_own_order_keeps_its_sections():
    columns = [Column("name", "任务", lambda row: row[1]), Column("acts", "办理", lambda row: "", css="actions")]
    table = Table(columns, [("一", "甲"), ("一", "乙"), ("二", "丙")], section=lambda row: row[0])
    page = opened(table_sheet(table, "任务台账")).active
    assert [value for (value,) in page.values][2:] == ["一", "甲", "乙", "二", "丙"]


def test_fixed_values_are_offered_in_a_drop_down():
    sheet = Sheet("表", "表", [Head("方向", choices=("不低于", "不高于")), Head("别的")], [("不低于", 1)])
    (rule,) = openpyxl.load_workbook(io.BytesIO(workbook(sheet))).active.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref).split(":")[0]) == ('"不低于,不高于"', "A3")
