"""Documents from outside as text: encodings, docx with tables, and what is refused."""

import io

import pytest
from docx import Document

from kit.texts import Unreadable, text_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_people_use(encoding):
    assert text_of("方案.TXT", "县民政局牵头".encode(encoding)) == "县民政局牵头"


def test_a_docx_gives_paragraphs_and_rows_in_order():
    document = Document()
    document.add_paragraph("一、主要任务")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("序号", "任务", "责任单位"), strict=True):
        cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "合并"
    table.rows[1].cells[2].text = "县水利局"
    document.add_paragraph("结尾")
    file = io.BytesIO()
    document.save(file)
    assert text_of("a.docx", file.getvalue()).split("\n") == [
        "一、主要任务",
        "序号\t任务\t责任单位",
        "合并\t县水利局",
        "结尾",
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"x", "另存为 .docx"),
        ("a.docx", b"not a package", "损坏"),
        ("a.txt", b"\xff\xff\x00\x81", "编码"),
        ("a.txt", "字".encode() + b"\0", "编码"),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_told(name, content, told):
    with pytest.raises(Unreadable, match=told):
        text_of(name, content)
