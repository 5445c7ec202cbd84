"""Files are known by what is in them, and what is said of those that cannot be taken."""

import codecs
import io

import docx
import openpyxl
import pytest

from kit.apart import Unreadable
from tasks.reader.files import MOST_BYTES, content_of, decode

TEXT = "某县2016年工作方案\n一、加强领导。"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word(text="某县方案"):
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def test_text_and_word():
    assert content_of("方案.TXT", "某县方案".encode("gb18030")) == "某县方案"
    assert content_of("方案.docx", word()) == ["某县方案"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_in_every_encoding(encoding):
    assert content_of("a.txt", "责任单位：县发改局".encode(encoding)) == "责任单位：县发改局"


def test_a_new_document_under_an_old_name():
    assert content_of("方案.doc", word()) == ["某县方案"]
    assert content_of("方案", word()) == ["某县方案"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.doc", b"x", "另存为"),
        ("a", b"x", "另存为"),
        ("a.docx", b"x", "损坏"),
        ("a.txt", b"\0", "不是纯文本"),
        ("a.docx", b"%PDF-1.7", "PDF"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.docx", b"\x89PNG\r\n", "图片"),
        ("a.docx", b"Rar!\x1a", "压缩文件"),
        ("a.doc", b"<html><body>x</body></html>", "另存为docx"),
        ("a.txt", b"<!DOCTYPE html><html>", "另存为docx"),
        ("a.doc", COMPOUND, "另存为docx"),
        ("a.doc", COMPOUND + "Workbook".encode("utf-16-le"), "Excel"),
        ("a.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_what_cannot_be_taken(name, content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        content_of(name, content)


def test_a_sheet_under_the_name_of_a_document():
    with pytest.raises(Unreadable, match="Excel"):
        content_of("方案.docx", sheet())


def test_utf16_with_its_mark_in_both_orders():
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT
    assert decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")) == TEXT


def test_a_few_broken_bytes_are_forgiven():
    assert decode((TEXT * 20).encode()[:-1] + b"\xff").startswith(TEXT)


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0\0\0", TEXT.encode("utf-16-le") + b"\0\0", b"\xff\xfe\0\0\0\0"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(Unreadable, match="不是纯文本"):
        decode(content)


def test_an_encoding_nobody_knows_is_refused():
    with pytest.raises(Unreadable, match="编码无法识别"):
        decode(bytes([0xFF, 0x41]) * 200)


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(Unreadable, match="超过5 MB"):
        decode(b"a" * (MOST_BYTES + 1))


def test_nothing_is_text_too():
    assert decode(b"") == ""
