"""Word documents from outside: checked before they are opened, read apart, handed on as lines for the reader."""

from kit.apart import Unreadable, parsed
from kit.archives import LARGEST_UPLOAD, BadPackage, on_disk
from tasks.reader import docx_child

PARTS = ("[Content_Types].xml", "word/document.xml")
MOST_BYTES = LARGEST_UPLOAD
UNREADABLE = "文件无法读取，请确认是完好的docx文件，必要时用WPS或Word另存为新文件后再试。"


def lines_of(stream_or_path) -> list[str]:
    """The paragraphs and table rows of a .docx, in order, for ``read``. Raise ``Unreadable`` with a sentence."""
    try:
        with on_disk(stream_or_path, PARTS, "删减图片或拆分") as path:
            return parsed(docx_child, "parse", str(path))
    except (BadPackage, Unreadable) as error:
        raise Unreadable(str(error) or UNREADABLE) from error
