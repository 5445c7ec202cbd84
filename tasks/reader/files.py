"""Files of plan documents: what is in them, for ``read``, whichever kind they are."""

import codecs
import io
import re

from kit.apart import Unreadable
from tasks.reader.office import content_of_old, lines_of

MOST_BYTES = 5 * 1024 * 1024
MOST_LOST = 0.02
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


def content_of(name: str, content: bytes) -> str | list[str]:
    """The text of a text file or the lines of a Word document, told apart by what is in it. Raise ``Unreadable``."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if sentence := next((said for beginning, said in _OTHER_KINDS if content.startswith(beginning)), ""):
        raise Unreadable(sentence)
    if content.startswith(_ZIP):
        if b"xl/workbook.xml" in content and b"word/document.xml" not in content:
            raise Unreadable("这是Excel表格，请上传方案的docx或文本文件。")
        return lines_of(io.BytesIO(content))
    if content.startswith(_COMPOUND):
        return _compound(content)
    if content.startswith(b"{\\rtf"):
        return content_of_old(content, "rtf")
    if ending == "docx":
        return lines_of(io.BytesIO(content))
    if ending not in _TEXT_ENDINGS or _WEB_PAGE.match(content):
        raise Unreadable(OTHERWISE)
    return decode(content)


def _compound(content: bytes) -> str | list[str]:
    if "WordDocument".encode("utf-16-le") in content:
        return content_of_old(content, "doc")
    found = (sentence for stream, sentence in _STREAMS if stream.encode("utf-16-le") in content)
    raise Unreadable(next(found, OTHERWISE))


def decode(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, GB18030. Raise ``Unreadable``."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"文本超过{MOST_BYTES // 1024 // 1024} MB，请拆分后再试。")
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if utf16 else ["utf-8-sig", "gb18030"]
    text = min((content.decode(encoding, errors="replace") for encoding in encodings), key=_lost)
    if "\0" in text:
        raise Unreadable("文件不是纯文本，请另存为docx或UTF-8编码的文本文件后再试。")
    if _lost(text) > MOST_LOST:
        raise Unreadable("文字编码无法识别，请另存为UTF-8编码的文本文件后再试。")
    return text


def _lost(text: str) -> float:
    return text.count("\ufffd") / max(len(text), 1)
