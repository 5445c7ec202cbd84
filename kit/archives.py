"""Zip packages (docx, xlsx) looked at before anything opens them: how many parts, how large, which, nothing that runs."""

import struct
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MOST_PARTS = 500
MOST_BYTES = 50 * 1024 * 1024
MOST_RATIO = 200
LARGEST_UPLOAD = 20 * 1024 * 1024
# A part this small may be packed as tightly as it likes.
SMALL_PART = 1024 * 1024
LARGEST_DIRECTORY = 512 * 1024

_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1


class BadPackage(Exception):
    """The package must not be opened; the message is a sentence for the person who sent it."""


@contextmanager
def on_disk(stream_or_path: BinaryIO | str | Path, required: Sequence[str], advice: str = "拆分") -> Iterator[Path]:
    """A package from outside, checked, as a file on disk for as long as it is read. Raise ``BadPackage``."""
    if isinstance(stream_or_path, str | Path):
        _check_file(Path(stream_or_path), required, advice)
        yield Path(stream_or_path)
        return
    stream_or_path.seek(0)
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        path = Path(folder) / "package"
        path.write_bytes(stream_or_path.read(LARGEST_UPLOAD + 1))
        _check_file(path, required, advice)
        yield path


def _check_file(path: Path, required: Sequence[str], advice: str) -> None:
    if path.stat().st_size > LARGEST_UPLOAD:
        raise BadPackage(f"文件超过{LARGEST_UPLOAD // 1024 // 1024} MB，请{advice}后再试。")
    with path.open("rb") as file:
        check_package(file, required)


def check_package(file: BinaryIO, required: Sequence[str]) -> None:
    """Raise ``BadPackage`` unless ``file`` is a sound zip package with these parts, without macros, of sane size."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, UnicodeError) as error:
        raise BadPackage("文件已损坏，无法打开。") from error
    finally:
        file.seek(0)
    _check_sizes(parts)
    _check_names([part.filename for part in parts], required)


def _check_directory(file: BinaryIO) -> None:
    """Look at the end record alone: reading a list of a million parts would itself be the attack."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - 65_535))
    tail = file.read()
    place = tail.rfind(_END)
    file.seek(0)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise BadPackage("文件已损坏，无法打开。")
    parts, length = struct.unpack_from("<HI", tail, place + 10)
    if parts > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise BadPackage(f"文件内部部件超过{MOST_PARTS}个，请另存为新文件后再试。")


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise BadPackage(f"文件内部部件超过{MOST_PARTS}个，请另存为新文件后再试。")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise BadPackage("文件已加密，请取消密码后再试。")
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise BadPackage(f"文件展开后超过{MOST_BYTES // 1024 // 1024} MB，请删减内容后再试。")
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise BadPackage("文件压缩比异常，无法打开，请另存为新文件后再试。")


def _check_names(names: Sequence[str], required: Sequence[str]) -> None:
    if len(set(names)) != len(names) or any(map(_strays, names)):
        raise BadPackage("文件内部结构异常，无法打开，请另存为新文件后再试。")
    if any("vbaproject" in name.lower() for name in names):
        raise BadPackage("文件含有宏，请另存为不含宏的格式后再试。")
    if not set(required) <= set(names):
        raise BadPackage("文件内容与格式不符，请用WPS或Office重新保存后再试。")


def _strays(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
