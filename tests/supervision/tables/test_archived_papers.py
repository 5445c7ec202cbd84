"""A plan's papers in its archive package: the register, every figure down to its rows, the papers themselves."""

import io

import docx
import pytest

from supervision.actions.papers.signing import send, sign, withdraw
from supervision.tables.archived import BOOKS

FIGURE = {
    "source": "",
    "params": {},
    "label": "任务数",
    "value": "72",
    "exact": "72",
    "address": "/tasks/",
    "records": [["43 民政试点", "1", "/tasks/43/"], ["44 社会救助", "1", ""]],
    "rule": "在执行的任务",
}


@pytest.fixture
def book():
    return next(each for each in BOOKS if each.name == "通报文书")


@pytest.fixture
def told(paper, office, office_head):
    block = paper.blocks.get()
    block.text, block.figures = "全县⟦a⟧项任务，请于10月30日前报送。", {"a": FIGURE}
    block.save()
    send(paper, office)
    return sign(paper, office_head)


def test_a_draft_is_only_told(book, paper, plan):
    assert book.counts(plan) == {"文书": 0}
    assert list(book.open(plan)) == [f"文书“{paper.title}”还是草稿。"]
    assert list(book.made(plan)) == []


def test_figures_and_their_rows_stand_in_the_sheets(book, told, plan):
    register, figures, records = ([list(row) for row in sheet.rows] for sheet in book.sheets(plan, []))
    assert register[0][:3] == [told.pk, told.code, told.title]
    assert register[0][-1] == told.record.checksum
    assert figures == [[told.pk, 1, "任务数", "72", "72", "在执行的任务", "/tasks/"]]
    assert [row[3:5] for row in records] == [["43 民政试点", "1"], ["44 社会救助", "1"]]


def test_the_paper_is_written_from_what_was_printed(book, told, plan, office):
    (key, name), *others = book.made(plan)
    assert (others, name) == ([], f"{told.pk:03d}-{told.code} {told.title}.docx")
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(book.make(key))).paragraphs)
    assert "全县72项任务" in text
    withdraw(told, office, "数字有误")
    assert [key for key, _ in book.made(plan)] == [str(told.pk)]
    assert list(book.open(plan)) == []
