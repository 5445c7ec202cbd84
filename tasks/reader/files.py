"""Files of plan documents: what is in them, for ``read``, whichever kind they are."""

import io

from tasks.reader.docx import UnreadableDocument, lines_of
from tasks.reader.encoding import UnreadableText, decode


class Unreadable(Exception):
    """The file cannot be taken; the message is a sentence for the person who sent it."""


def content_of(name: str, content: bytes) -> str | list[str]:
    """The text of a .txt or the lines of a .docx, told apart by the name's ending. Raise ``Unreadable``."""
    ending = name.lower().rpartition(".")[2]
    try:
        if ending == "docx":
            return lines_of(io.BytesIO(content))
        if ending == "txt":
            return decode(content)
    except (UnreadableDocument, UnreadableText) as error:
        raise Unreadable(str(error)) from error
    raise Unreadable("只能读取.txt和.docx文件；.doc、.wps请先另存为.docx。")
