"""Word documents: .docx read apart, as lines; older kinds (.doc, .wps, .rtf, .odt) made .docx by LibreOffice, or text by antiword.

That program runs apart too: own folder, own profile, no network, little time, one at a time.
"""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from kit.apart import Unreadable, parsed
from kit.archives import LARGEST_UPLOAD, BadPackage, on_disk
from tasks.reader import docx_child

log = logging.getLogger(__name__)

PARTS = ("[Content_Types].xml", "word/document.xml")
MOST_BYTES = LARGEST_UPLOAD
UNREADABLE = "文件无法读取，请确认是完好的docx文件，必要时用WPS或Word另存为新文件后再试。"
WAIT = 60
# Who waits longer for others' documents would hold a worker that pages need.
TURN = 10
BUSY = "服务器正在转换另一份文件，请稍后再试，或另存为docx后上传。"
MISSING = "服务器没有安装LibreOffice或antiword，不能读取.doc和.wps，请用WPS或Word另存为docx后再上传。"
TOO_SLOW = f"文件转换超过{WAIT}秒，请用WPS或Word另存为docx后再上传。"
# A minute of the processor, files of 100 MB, no core: then the shell becomes the program. A limit the system refuses is left out.
LIMITS = 'for limit in "-t 60" "-f 204800" "-c 0"; do ulimit $limit; done; exec "$@"'
_ONE_AT_A_TIME = threading.Lock()

# No macros, no links followed, and a proxy that answers nobody.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""


def lines_of(stream_or_path) -> list[str]:
    """The paragraphs and table rows of a .docx, in order, for ``read``. Raise ``Unreadable`` with a sentence."""
    try:
        with on_disk(stream_or_path, PARTS, "删减图片或拆分") as path:
            return parsed(docx_child, "parse", str(path))
    except (BadPackage, Unreadable) as error:
        raise Unreadable(str(error) or UNREADABLE) from error


def reads_old() -> bool:
    return any(map(shutil.which, ("soffice", "libreoffice", "antiword")))


def content_of_old(content: bytes, ending: str) -> str | list[str]:
    if len(content) > MOST_BYTES:
        raise Unreadable(f"文件超过{MOST_BYTES // 1024 // 1024} MB，请删减图片或拆分后再试。")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    antiword = shutil.which("antiword") if ending == "doc" else None
    if not office and not antiword:
        raise Unreadable(MISSING)
    if not _ONE_AT_A_TIME.acquire(timeout=TURN):
        raise Unreadable(BUSY)
    try:
        with tempfile.TemporaryDirectory(prefix="plan-") as folder:
            source = Path(folder) / f"plan.{ending}"
            source.write_bytes(content)
            return _by_office(office, source) if office else _by_antiword(str(antiword), source)
    finally:
        _ONE_AT_A_TIME.release()


def _by_office(office: str, source: Path) -> list[str]:
    profile, result = source.parent / "profile", source.parent / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    switches = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    target = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(result), str(source)]
    _run([office, *switches, f"-env:UserInstallation={profile.as_uri()}", *target], source.parent)
    made = result / "plan.docx"
    if not made.is_file():
        raise Unreadable(UNREADABLE)
    return lines_of(made)


def _by_antiword(antiword: str, source: Path) -> str:
    return _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], source.parent).decode("utf-8", errors="replace")


def _run(command: list[str], folder: Path) -> bytes:
    limited = ["/bin/sh", "-c", LIMITS, "sh", *command] if os.name == "posix" else command
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    environment = keep | {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(limited, cwd=folder, env=environment, start_new_session=True, **pipes) as process:
        try:
            printed, _ = process.communicate(timeout=WAIT)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(TOO_SLOW) from error
        finally:
            _end(process)
    if process.returncode:
        log.warning("a document could not be turned into .docx: %s ended with %s", command[0], process.returncode)
        raise Unreadable(UNREADABLE)
    return printed


def _end(process: subprocess.Popen) -> None:
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    elif process.poll() is None:
        process.kill()
