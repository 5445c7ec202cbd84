"""Files by the ending of their name, and what is said of others."""

import io

import docx
import pytest

from tasks.reader.files import Unreadable, content_of


def test_text_and_word():
    document = docx.Document()
    document.add_paragraph("某县方案")
    stream = io.BytesIO()
    document.save(stream)
    assert content_of("方案.TXT", "某县方案".encode("gb18030")) == "某县方案"
    assert content_of("方案.docx", stream.getvalue()) == ["某县方案"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("a.doc", b"x", "另存为"), ("a", b"x", "另存为"), ("a.docx", b"x", "损坏"), ("a.txt", b"\0", "不是纯文本")],
)
def test_what_cannot_be_taken(name, content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        content_of(name, content)
