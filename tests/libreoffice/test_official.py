"""An official paper as LibreOffice prints it: lines, letters, number of the page and imprint where GB/T 9704 has them."""

import re
import shutil
import subprocess
from dataclasses import dataclass

import pytest

from supervision.documents import paper_docx
from tests.supervision.documents.papers import block, content, table

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
MILLIMETRE = 72 / 25.4
TOP, LEFT, RIGHT, BOTTOM = 37 * MILLIMETRE, 28 * MILLIMETRE, (210 - 26) * MILLIMETRE, (297 - 35) * MILLIMETRE
LETTER = 15.75


@dataclass
class Line:
    left: float
    top: float
    right: float
    bottom: float
    text: str


@pytest.fixture
def printed(converted):
    """Return [[Line]] a page: what stands at one height is one line."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not at hand")

    def read(given):
        command = ["pdftotext", "-bbox", str(converted(paper_docx(given), "pdf", of="docx")), "-"]
        found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
        return [_lines(page) for _, _, page in PAGE.findall(found)]

    return read


def _lines(page):
    lines = []
    for *edges, text in WORD.findall(page):
        left, top, right, bottom = map(float, edges)
        same = next((each for each in lines if abs(each.top - top) < 4), None)
        if same is None:
            lines.append(Line(left, top, right, bottom, text))
        else:
            same.left, same.right = min(same.left, left), max(same.right, right)
            same.text += text
    return sorted(lines, key=lambda each: each.top)


def number_of(page):
    return next(each for each in page if re.fullmatch(r"—\d+—", each.text))


def test_a_page_holds_22_lines_of_28_letters(printed):
    pages = printed(content(block("TEXT", "字" * 28 * 60)))
    body = [each for each in pages[1] if set(each.text) == {"字"}]
    assert len(body) == 22
    assert {len(each.text) for each in body} == {28}
    assert body[0].left == pytest.approx(LEFT, abs=2)
    assert TOP - 2 < body[0].top < body[-1].bottom < BOTTOM + 8


def test_the_number_of_the_page_stands_outside(printed):
    first, second, *_ = printed(content(block("TEXT", "字" * 28 * 60)))
    assert number_of(first).text == "—1—"
    assert number_of(first).right == pytest.approx(RIGHT - 14, abs=3)
    assert number_of(second).left == pytest.approx(LEFT + 14, abs=3)
    middle = (number_of(first).top + number_of(first).bottom) / 2
    assert middle - BOTTOM == pytest.approx(7 * MILLIMETRE, abs=1.5 * MILLIMETRE)


@pytest.mark.parametrize("count", [1, 6, 24, 25, 26, 27, 46])
def test_the_imprint_is_at_the_foot_of_the_last_page(printed, count):
    """Also where the text ends just above it, or leaves it no room."""
    pages = printed(content(block("TEXT", "\n".join(["一行正文"] * count)), main_to=""))
    imprint = [each for each in pages[-1] if "印发" in each.text or "抄送" in each.text]
    assert [each.text for each in imprint] == ["抄送：县委常委。", "县委改革办2015年9月30日印发"]
    assert BOTTOM - 6 < imprint[-1].bottom < BOTTOM + 2
    assert imprint[0].left == pytest.approx(LEFT + 14, abs=2)
    above = [each for each in pages[-1] if each.top < imprint[0].top]
    assert all(each.bottom < imprint[0].top + 4 for each in above)
    assert not any("印发" in each.text for page in pages[:-1] for each in page)


def test_who_issues_it_stands_two_letters_in_and_the_day_two_further(printed):
    (page, *_) = printed(content())
    issuer, day = [each for each in page if each.text in ("县委改革办", "2015年9月30日")][-2:]
    assert day.left - issuer.left == pytest.approx(2 * LETTER, abs=3)
    assert day.right < RIGHT - LETTER


def test_a_title_of_four_lines_leaves_room_for_text(printed):
    title = "关于2015年改革创新年、法治建设年、项目突破年活动前三季度重点任务和重点项目推进滞后原因分析及下一步整改要求落实情况的通报"
    (page, *_) = printed(content(title=title))
    assert "通报如下。" in [each.text for each in page]


def test_tables_run_over_pages_and_wide_ones_lie_across(printed):
    pages = printed(content(block("TABLE", "", table(rows=40)), block("ANNEX", "一览表", table(rows=40, wide=True))))
    heads = [page for page in pages if any("年计划已完成" in each.text for each in page)]
    assert len(heads) > 3
    assert any("附件：一览表" in each.text for page in pages for each in page)
    assert "印发" in pages[-1][-2].text + pages[-1][-1].text


@pytest.mark.parametrize("rows", [7, 8, 9, 10])
def test_below_a_wide_annex_the_imprint_lies_across_and_never_alone(printed, rows):
    pages = printed(content(block("TEXT", "通报如下。"), block("ANNEX", "一览表", table(rows=rows, wide=True))))
    told = [each.text for each in pages[-1]]
    assert any("印发" in each for each in told)
    assert any(each.startswith("合计") for each in told)
    foot = min(each.top for each in pages[-1] if "抄送" in each.text)
    assert all(each.bottom <= foot + 1 for each in pages[-1] if each.text.startswith("合计"))
