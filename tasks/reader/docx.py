"""Word documents from outside: checked before they are opened, read apart, handed on as lines for the reader."""

import json
import logging
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from kit.archives import BadPackage, check_package
from tasks.reader import docx_child

log = logging.getLogger(__name__)

PARTS = ("[Content_Types].xml", "word/document.xml")
MOST_BYTES = 20 * 1024 * 1024
WAIT = 30
UNREADABLE = "文件无法读取，请确认是完好的docx文件，必要时用WPS或Word另存为新文件后再试。"


class UnreadableDocument(Exception):
    """The document cannot be taken; the message is a sentence for the person who sent it."""


def lines_of(stream_or_path) -> list[str]:
    """The paragraphs and table rows of a .docx, in order, for ``read``. Raise ``UnreadableDocument``."""
    with _as_path(stream_or_path) as path:
        _check(path)
        return (_apart if docx_child.resource and sys.executable else _here)(path)


@contextmanager
def _as_path(stream_or_path):
    """The document as a file on disk for as long as it is read."""
    if isinstance(stream_or_path, str | Path):
        yield Path(stream_or_path)
        return
    stream_or_path.seek(0)
    content = stream_or_path.read(MOST_BYTES + 1)
    with tempfile.TemporaryDirectory(prefix="docx-") as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(content)
        yield path


def _check(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableDocument(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请删减图片或拆分后再试。")
    with path.open("rb") as file:
        try:
            check_package(file, PARTS)
        except BadPackage as error:
            raise UnreadableDocument(str(error)) from error


def _apart(path: Path) -> list[str]:
    """Read in a child process, so that no parser's fault costs this one more than the wait."""
    command = [sys.executable, "-P", docx_child.__file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WAIT, stdin=subprocess.DEVNULL, check=True)
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        log.warning("a document could not be read: %s %s", error, getattr(error, "stderr", b""))
        raise UnreadableDocument(UNREADABLE) from error
    if "problem" in answer:
        raise UnreadableDocument(answer["problem"])
    return answer["lines"]


def _here(path: Path) -> list[str]:
    """Read in this process, where the system knows no limits for a child."""
    try:
        return docx_child.parse(path)
    except docx_child.TooLarge as error:
        raise UnreadableDocument(str(error)) from error
    except Exception as error:
        log.warning("a document could not be read: %r", error)
        raise UnreadableDocument(UNREADABLE) from error
