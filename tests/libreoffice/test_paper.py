"""What LibreOffice prints of a sheet: the longest texts stand whole in the PDF, no line on or under another."""

import datetime
import re
import shutil
import subprocess

import pytest

from kit.sheets import workbook
from reports import workbooks
from reports.dashboard.ledgers import Breakdown, Progress
from reports.fields import TEXT_LIMIT
from tasks.lights import Light

DAY = datetime.date(2015, 10, 20)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
# How far two lines may touch: a line of the smallest print is about seven points.
TOUCH = 2


def text(mark):
    """As long as a unit may write, every sentence known by its mark."""
    return "".join(f"{mark}{number:02}句讲本月办成的事。" for number in range(99))[:TEXT_LIMIT]


@pytest.fixture
def printed(converted):
    """Return [[(left, top, right, bottom, words)]] a page of the PDF that LibreOffice makes of a workbook."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not at hand")

    def read(content):
        command = ["pdftotext", "-bbox", str(converted(content, "pdf")), "-"]
        found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
        return [[(*map(float, each[:4]), each[4]) for each in WORD.findall(page)] for page in found.split("<page ")[1:]]

    return read


def of_column(pages, mark):
    """The lines that begin where those of a mark do, down each page: a line of Chinese is one word."""
    left = min(word[0] for page in pages for word in page if f"{mark}0" in word[4])
    return [sorted((word for word in page if abs(word[0] - left) < 3), key=lambda word: word[1]) for page in pages]


def check(pages, *marks):
    for mark in marks:
        column = of_column(pages, mark)
        shown = "".join(word[4] for page in column for word in page)
        for page in column:
            for above, below in zip(page, page[1:], strict=False):
                assert above[3] - below[1] < TOUCH, (above, below)
        assert re.findall(f"{mark}(\\d\\d)", shown) == re.findall(f"{mark}(\\d\\d)", text(mark)), mark


def test_the_summary_of_a_month_is_complete(printed):
    done, further = text("甲"), {"problems": text("乙"), "next_steps": text("丙")}
    short = dict.fromkeys(further, "短")
    supports = "\n".join(f"【县{number}局】{text(mark)}" for number, mark in enumerate("丁戊"))
    lines = [
        Progress("（一）一节", "43", text("己"), "县民政局", "县人社局", Light.RED, 60, done, further, ""),
        Progress("（一）一节", "44", "短", "县民政局", "县人社局", Light.RED, 60, supports, short, ""),
        Progress("（一）一节", "45", "短", "县民政局", "县人社局", Light.RED, 60, text("庚"), short, ""),
    ]
    pages = printed(workbook(workbooks.progress_sheet("10月工作进展汇总表", "县委改革办", DAY, lines)))
    check(pages, *"甲乙丙丁戊己庚")


def test_the_breakdown_is_complete(printed):
    line = Breakdown("（一）一节", "43", text("甲"), "县民政局", "县人社局", DAY, text("乙"), "", text("丙"))
    check(printed(workbook(workbooks.breakdown_sheet("分解表", "县委改革办", DAY, [line]))), *"甲乙丙")


def test_a_form_prints_what_was_written_whole(printed, sign_in, reporter, report, fill):
    fill(report, done=text("甲"), problems=text("乙"), next_steps="短")
    pages = printed(sign_in(reporter).get("/month/2015-10/offline.xlsx").content)
    annex = [page for page in pages if any("（长文全文）" in word[4] for word in page)]
    assert annex
    check(pages[pages.index(annex[0]) :], *"甲乙")
