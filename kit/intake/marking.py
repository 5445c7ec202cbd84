"""A copy of the file somebody sent, with the faulty cells marked and a column 问题: their content and layout stay."""

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from kit.intake import marking_child
from kit.sheets import UnreadableSheet

log = logging.getLogger(__name__)

WAIT = 60
FAILED = "标注文件没有做成，请按页面上列出的行和列核对。"


def marked(content: bytes, sheet_name: str, last_head: int, faults) -> bytes:
    """Return the workbook ``content`` with ``faults`` marked on one sheet. Raise ``UnreadableSheet`` when it cannot be made."""
    notes = [[fault.row, fault.column, _sentence(fault)] for fault in faults]
    with tempfile.TemporaryDirectory(prefix="marking-") as folder:
        source, target, wishes = (Path(folder) / name for name in ("source.xlsx", "target.xlsx", "wishes.json"))
        source.write_bytes(content)
        wishes.write_text(json.dumps({"sheet": sheet_name, "head": last_head + 1, "notes": notes}), "utf-8")
        command = [sys.executable, "-P", marking_child.__file__, str(source), str(target), str(wishes)]
        try:
            subprocess.run(command, capture_output=True, timeout=WAIT, stdin=subprocess.DEVNULL, check=True)
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            log.warning("a workbook could not be marked: %s %s", error, getattr(error, "stderr", b""))
            raise UnreadableSheet(FAILED) from error


def _sentence(fault):
    return f"{fault.head}：{fault.sentence}" if fault.head else fault.sentence
