"""Encodings that text files come in, and bytes that are no text."""

import codecs

import pytest

from tasks.reader.encoding import MOST_BYTES, UnreadableText, decode

TEXT = "某县2016年工作方案\n一、加强领导。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_in_every_usual_encoding(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf16_with_its_mark_in_both_orders():
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT
    assert decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")) == TEXT


def test_a_few_broken_bytes_are_forgiven():
    assert decode((TEXT * 20).encode()[:-1] + b"\xff").startswith(TEXT)


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0\0\0", TEXT.encode("utf-16-le") + b"\0\0", b"\xff\xfe\0\0\0\0"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnreadableText, match="不是纯文本"):
        decode(content)


def test_an_encoding_nobody_knows_is_refused():
    with pytest.raises(UnreadableText, match="编码无法识别"):
        decode(bytes([0xFF, 0x41]) * 200)


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(UnreadableText, match="超过5 MB"):
        decode(b"a" * (MOST_BYTES + 1))


def test_nothing_is_text_too():
    assert decode(b"") == ""
