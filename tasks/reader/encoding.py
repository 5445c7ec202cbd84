"""Text files of unknown encoding: UTF-8, UTF-16 with its mark, GB18030; anything else is refused in a sentence."""

import codecs

MOST_BYTES = 5 * 1024 * 1024
MOST_LOST = 0.02
LOST = "\ufffd"

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableText(Exception):
    """The bytes are no text we can read; the message is a sentence for the person who sent them."""


def decode(content: bytes) -> str:
    """The text of a file. Raise ``UnreadableText``."""
    if len(content) > MOST_BYTES:
        raise UnreadableText(f"文本超过{MOST_BYTES // 1024 // 1024} MB，请拆分后再试。")
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableText("文件不是纯文本，请另存为docx或UTF-8编码的文本文件后再试。")
    if text.count(LOST) > MOST_LOST * len(text):
        raise UnreadableText("文字编码无法识别，请另存为UTF-8编码的文本文件后再试。")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return min((content.decode(encoding, errors="replace") for encoding in ("utf-8-sig", "gb18030")), key=_lost)


def _lost(text: str) -> float:
    return text.count(LOST) / max(len(text), 1)
