"""Files that people send in: which kind they really are, how large, under which name they are kept."""

import hashlib
import unicodedata
import uuid
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from kit.archives import BadPackage, check_package

MOST_PIXELS = 80_000_000
MOST_NAME_BYTES = 200
HEAD = 16
NAMELESS = "附件"

# Pillow then refuses a larger picture while reading its header, before anything is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Kind:
    """A kind of file we keep: how it begins, what it is served as, what must be inside.

    ``streams``  names of which an old Office file must contain one;  ``parts``  what a zip package must contain;
    ``picture``  Pillow's name for it.
    """

    content_type: str
    magic: bytes
    streams: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    picture: str = ""


KINDS = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff", picture="JPEG"),
    "png": Kind("image/png", b"\x89PNG\r\n\x1a\n", picture="PNG"),
    "doc": Kind("application/msword", _OLE, streams=("WordDocument",)),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ZIP,
        parts=("[Content_Types].xml", "word/document.xml"),
    ),
    "xls": Kind("application/vnd.ms-excel", _OLE, streams=("Workbook", "Book")),
    "xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ZIP,
        parts=("[Content_Types].xml", "xl/workbook.xml"),
    ),
    "wps": Kind("application/vnd.ms-works", _OLE),
    "et": Kind("application/vnd.ms-excel", _OLE),
}
SPELLINGS = {"jpeg": "jpg", "jpe": "jpg"}


class Refused(Exception):
    """The file is not taken; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Checked:
    """What is known of a file that passed: its cleaned name, kind, served type, size in bytes and checksum."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: str


def check(uploaded_file, *, allow: Collection[str] = tuple(KINDS), max_bytes: int = 20 * 1024 * 1024) -> Checked:
    """Look at an uploaded file, by its content and not only by its name; leave it rewound. Raise ``Refused``."""
    name = clean_name(uploaded_file.name)
    kind = _kind_of(name, allow)
    size, sha256, head, found = _read_through(uploaded_file, name, max_bytes, KINDS[kind].streams)
    if not size:
        raise Refused(f"“{name}”是空文件，请检查后重新上传。")
    if not head.startswith(KINDS[kind].magic) or (KINDS[kind].streams and not found):
        raise Refused(_mismatch(name, kind, head))
    _look_inside(uploaded_file, name, KINDS[kind])
    return Checked(name, kind, content_type(kind), size, sha256)


def content_type(kind: str) -> str:
    """What a kept file is served as: from our own table, never from what the browser said."""
    return KINDS[kind].content_type


def random_name(kind: str, day: date) -> str:
    """A name on disk that tells nothing and meets no other: 2015/10/<uuid4>.pdf."""
    return f"{day:%Y/%m}/{uuid.uuid4()}.{kind}" if kind in KINDS else _unknown(kind)


def clean_name(name: str) -> str:
    """No folder, no control or direction characters, at most 200 bytes, its extension kept."""
    name = unicodedata.normalize("NFC", name or "").replace("\\", "/").split("/")[-1]
    name = "".join("_" if character in '<>:"|?*' else character for character in name if _printable(character)).strip(
        " ."
    )
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    ending = dot + _cut(extension, 20)
    return (_cut(stem, MOST_NAME_BYTES - len(ending.encode())).strip() or NAMELESS) + ending


def _printable(character: str) -> bool:
    # Cc control, Cf direction and zero-width marks, Cs half a pair, Co private, Cn unassigned, Zl/Zp line and paragraph.
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def _unknown(kind: str):
    raise ValueError(f"not a kind of file we keep: {kind!r}")


def _kind_of(name: str, allow: Collection[str]) -> str:
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    kind = SPELLINGS.get(extension, extension)
    if kind not in KINDS or kind not in allow:
        known = "、".join(kind.upper() for kind in KINDS if kind in allow)
        raise Refused(f"不支持“{name}”的格式，可以上传的格式有：{known}。")
    return kind


def _read_through(uploaded_file, name: str, max_bytes: int, streams: tuple[str, ...]) -> tuple[int, str, bytes, bool]:
    digest, size, head, found, tail = hashlib.sha256(), 0, b"", False, b""
    marks = [stream.encode("utf-16-le") for stream in streams]
    uploaded_file.seek(0)
    for chunk in uploaded_file.chunks():
        size += len(chunk)
        if size > max_bytes:
            raise Refused(f"“{name}”超过{max_bytes / 1024 / 1024:g} MB，请压缩或拆分后再上传。")
        digest.update(chunk)
        head = head or chunk[:HEAD]
        window = tail + chunk
        found = found or any(mark in window for mark in marks)
        tail = window[-64:]
    uploaded_file.seek(0)
    return size, digest.hexdigest(), head, found


def _mismatch(name: str, kind: str, head: bytes) -> str:
    if kind in ("docx", "xlsx") and head.startswith(_OLE):
        return f"“{name}”是旧格式或设有打开密码，请取消密码并另存为{kind.upper()}后再上传。"
    return f"“{name}”的内容不是{kind.upper()}格式，请用原来的软件另存为{kind.upper()}后再上传。"


def _look_inside(uploaded_file, name: str, kind: Kind) -> None:
    try:
        if kind.parts:
            check_package(uploaded_file, kind.parts)
        if kind.picture:
            _check_picture(uploaded_file, kind.picture)
    except BadPackage as error:
        raise Refused(f"“{name}”：{error}") from error
    finally:
        uploaded_file.seek(0)


def _check_picture(file, picture: str) -> None:
    """Read the header only: a picture of 140 kB can unfold to gigabytes."""
    try:
        image = Image.open(file, formats=[picture])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPackage("图片尺寸过大，请缩小后再上传。") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError) as error:
        raise BadPackage("图片已损坏，无法识别。") from error
    if image.width * image.height > MOST_PIXELS:
        raise BadPackage("图片尺寸过大，请缩小后再上传。")
