"""Documents from outside as plain text: .txt in the encodings people use, .docx paragraph by paragraph."""

import io
import zipfile

from docx import Document
from docx.table import Table

from kit.archives import BadPackage, check_package

DOCX_PARTS = ("[Content_Types].xml", "word/document.xml")
MOST_BYTES = 20 * 1024 * 1024


class Unreadable(Exception):
    """The document cannot be read; the message is a sentence for the person who sent it."""


def text_of(name: str, content: bytes) -> str:
    """Return the text of a document by its name's ending; rows of tables come as lines with tabs between the cells."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"文件超过{MOST_BYTES // 1024 // 1024} MB，无法读取。")
    if name.lower().endswith(".docx"):
        return _docx(content)
    if name.lower().endswith(".txt"):
        return _decoded(content)
    raise Unreadable("只能读取 .txt 和 .docx 文件；.doc、.wps 请先另存为 .docx。")


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("文字编码无法识别，请另存为 UTF-8 编码的 .txt 文件。")


def _docx(content: bytes) -> str:
    file = io.BytesIO(content)
    try:
        check_package(file, DOCX_PARTS)
        blocks = Document(file).iter_inner_content()
    except (BadPackage, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Unreadable(str(error) if isinstance(error, BadPackage) else "文件已损坏，无法打开。") from error
    lines = []
    for block in blocks:
        rows = [row.cells for row in block.rows] if isinstance(block, Table) else None
        lines += ["\t".join(_cells(row)) for row in rows] if rows is not None else [block.text]
    return "\n".join(lines)


def _cells(row):
    """Yield the texts of a row; a merged cell stands once."""
    last = None
    for cell in row:
        if cell is not last:
            yield " ".join(cell.text.split())
        last = cell
