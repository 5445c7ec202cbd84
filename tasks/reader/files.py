"""Files of plan documents: what is in them, for ``read``, whichever kind they are."""

import io
import re

from tasks.reader.docx import UnreadableDocument, lines_of
from tasks.reader.encoding import UnreadableText, decode
from tasks.reader.office import content_of_old

ENDINGS = (".txt", ".docx", ".doc", ".wps")
OTHERWISE = "只能读取.txt、.docx和.doc（.wps）文件，请用WPS或Word另存为docx后再上传。"

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TEXT_ENDINGS = ("txt", "text", "md")
_OTHER_KINDS = (
    (b"%PDF", "这是PDF文件，请打开后复制文字粘贴，或用WPS转换为docx后再上传。"),
    (b"\xff\xd8\xff", "这是图片，无法读取文字，请上传docx或文本文件。"),
    (b"\x89PNG", "这是图片，无法读取文字，请上传docx或文本文件。"),
    (b"Rar!", "这是压缩文件，请解压后上传其中的docx文件。"),
    (b"7z\xbc\xaf", "这是压缩文件，请解压后上传其中的docx文件。"),
)
_STREAMS = (
    ("EncryptedPackage", "文件已加密，请取消密码后再试。"),
    ("Workbook", "这是Excel表格，请上传方案的docx或文本文件。"),
    ("PowerPoint Document", "这是演示文稿，请上传方案的docx或文本文件。"),
)
_WEB_PAGE = re.compile(rb"\s*(?:<!DOCTYPE|<html|<\?xml|MIME-Version:)", re.IGNORECASE)


class Unreadable(Exception):
    """The file cannot be taken; the message is a sentence for the person who sent it."""


def content_of(name: str, content: bytes) -> str | list[str]:
    """The text of a text file or the lines of a Word document, told apart by what is in it. Raise ``Unreadable``."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    try:
        return _content(ending, content)
    except (UnreadableDocument, UnreadableText) as error:
        raise Unreadable(str(error)) from error


def _content(ending: str, content: bytes) -> str | list[str]:
    for beginning, sentence in _OTHER_KINDS:
        if content.startswith(beginning):
            raise Unreadable(sentence)
    if content.startswith(_ZIP):
        return _packed(content)
    if content.startswith(_COMPOUND):
        return _compound(content)
    if content.startswith(b"{\\rtf"):
        return content_of_old(content, "rtf")
    if ending == "docx":
        return lines_of(io.BytesIO(content))
    if ending not in _TEXT_ENDINGS or _WEB_PAGE.match(content):
        raise Unreadable(OTHERWISE)
    return decode(content)


def _packed(content: bytes) -> list[str]:
    if b"xl/workbook.xml" in content and b"word/document.xml" not in content:
        raise Unreadable("这是Excel表格，请上传方案的docx或文本文件。")
    return lines_of(io.BytesIO(content))


def _compound(content: bytes) -> str | list[str]:
    """An older Office file, known by the streams in it."""
    if "WordDocument".encode("utf-16-le") not in content:
        raise Unreadable(
            next((sentence for stream, sentence in _STREAMS if stream.encode("utf-16-le") in content), OTHERWISE)
        )
    return content_of_old(content, "doc")
