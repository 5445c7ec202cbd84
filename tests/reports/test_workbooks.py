"""Whatever is printed is complete: no row of a sheet needs more height than it is given, however long its texts."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kit.sheets import table_sheet, workbook
from kit.sheets.measure import LINE, lines_of
from kit.tables import Column, Table
from reports import workbooks
from reports.dashboard.ledgers import Breakdown, Progress
from reports.fields import TEXT_LIMIT
from tasks.lights import Light

DAY = datetime.date(2015, 10, 20)
LONG = "".join(f"第{number:03}句话，说的是本月做成的一件事。" for number in range(100))[:TEXT_LIMIT]
BROKEN = "\n".join(f"{number}、短行" for number in range(150))
NAMES = "、".join(f"县{number}局" for number in range(80))
LIST = [Column("name", "任务", lambda row: row[0]), Column("text", "内容", lambda row: row[1], width=20, wrap=False)]


def short_rows(content):
    """Return the texts that stand in rows lower than they need."""
    return [cell.value for page in load_workbook(BytesIO(content)).worksheets for cell in _too_low(page)]


def _too_low(page):
    if page.sheet_state != "visible":
        return
    wide = {(area.min_row, area.min_col): area for area in page.merged_cells.ranges}
    widths = {}
    for each in page.column_dimensions.values():
        # The file counts in digits of the office's font, eight pixels each; the measure in half-width characters.
        widths |= dict.fromkeys(range(each.min, each.max + 1), round((each.width * 8 - 7) / 6.7))
    for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)):
        area = wide.get((cell.row, cell.column))
        right, bottom = (area.max_col, area.max_row) if area else (cell.column, cell.row)
        width = sum(widths[column] for column in range(cell.column, right + 1))
        height = sum(page.row_dimensions[row].height for row in range(cell.row, bottom + 1))
        if height < lines_of(cell.value, width) * LINE:
            yield cell


def progress(text):
    return Progress(
        "（一）一节",
        "43",
        text,
        "县民政局",
        NAMES,
        Light.RED,
        60,
        text,
        dict.fromkeys(("problems", "next_steps"), text),
        NAMES,
    )


def breakdown(text):
    return Breakdown("（一）一节", "（四十三）", text, "县民政局", NAMES, DAY, BROKEN, "自选", text)


def traced(text):
    return [
        (
            datetime.datetime(2015, 10, 20, 9, 30),
            "月报",
            "县民政局2015年10月月报",
            "县委改革办 李审核",
            "退回",
            text,
            text,
        )
    ]


@pytest.mark.parametrize("text", [LONG, BROKEN, "x" * 5000, "短"], ids=["longest", "lines", "one word", "short"])
@pytest.mark.parametrize(
    "sheet",
    [
        lambda text: workbooks.progress_sheet("汇总表", "县委改革办", DAY, [progress(text), progress(text)]),
        lambda text: workbooks.breakdown_sheet("分解表", "县委改革办", DAY, [breakdown(text)]),
        lambda text: workbooks.trace_sheet("记录", "县委改革办", traced(text)),
        lambda text: table_sheet(Table(LIST, [("43", text), ("44", text)]), "台账", left_note=NAMES[:100]),
    ],
    ids=["progress", "breakdown", "trace", "list"],
)
def test_no_row_needs_more_than_it_is_given(sheet, text):
    content = workbook(sheet(text))
    assert short_rows(content) == []
    shown = "".join(str(cell.value) for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row)
    assert text[-100:] in shown


def test_the_filing_sheet_has_room_for_a_year(make_unit):
    months = [datetime.date(2015, month, 1) for month in range(1, 13)]
    rows = [("县经济和信息化局产业集群办公室", "领导小组办公室", 3, [("未到期", "")] * 12, 12, 10, 1, 1, 0, 92, 83)]
    sheet = workbooks.filing_sheet("统计表", "县委改革办", DAY, months, rows, (12, 10, 1, 1, 0, 92, 83))
    assert short_rows(workbook(sheet)) == []


def test_what_a_form_cannot_show_stands_whole_on_a_sheet_of_its_own(sign_in, reporter, report, fill):
    fill(report, done=LONG, problems=BROKEN[:TEXT_LIMIT])
    content = sign_in(reporter).get("/month/2015-10/offline.xlsx").content
    short = set(short_rows(content))
    annex = load_workbook(BytesIO(content))["长文全文"]
    whole = "".join(str(cell.value or "") for (cell,) in annex.iter_rows(min_row=4, min_col=4, max_col=4))
    assert short == {LONG, BROKEN[:TEXT_LIMIT]}
    assert all(text in whole for text in short)


def test_a_form_without_long_texts_has_no_further_sheet(sign_in, reporter, report, fill):
    content = sign_in(reporter).get("/month/2015-10/offline.xlsx").content
    assert [page.title for page in load_workbook(BytesIO(content)).worksheets] == ["10月填报", "_meta"]
