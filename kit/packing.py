"""Packages to keep: a zip with a manifest and checksums, written piece by piece and checked against its own word.

Everything lies in one folder. ``SHA256SUMS`` there is what ``sha256sum -c`` reads; ``manifest.json`` says the same with sizes
and what the package is about. The same content gives the same bytes.
"""

import hashlib
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
CHUNK = 256 * 1024
LARGEST_MANIFEST = 64 * 1024 * 1024
MOST_NAME_BYTES = 120
# What is packed tightly already is only stored.
TIGHT = (".pdf", ".jpg", ".png", ".docx", ".xlsx", ".wps", ".et", ".doc", ".xls")
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_UNSAFE = '<>:"|?*/\\'


@dataclass(frozen=True)
class Packed:
    """One file of a package: where it lies in the folder, its size in bytes and its checksum."""

    path: str
    size: int
    sha256: str


def safe_name(text: str) -> str:
    """A file or folder name every system can unpack: no path, control or direction characters, not too long, not reserved."""
    text = unicodedata.normalize("NFC", text)
    text = "".join("-" if each in _UNSAFE else each for each in text if unicodedata.category(each)[0] != "C")
    stem, dot, ending = text.strip(" .").rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = text.strip(" ."), "", ""
    room = MOST_NAME_BYTES - len((dot + ending).encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .") or "未命名"
    return ("_" if stem.lower() in RESERVED else "") + stem + dot + ending


class Paths:
    """Gives every file a path of its own; systems that do not tell capitals from small letters count too."""

    def __init__(self):
        self.taken = {MANIFEST.lower(), SUMS.lower()}

    def free(self, *parts: str) -> str:
        *folders, name = (safe_name(part) for part in parts)
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        path, number = "/".join([*folders, name]), 2
        while path.lower() in self.taken:
            path = "/".join([*folders, f"{stem}({number}){dot}{ending}"])
            number += 1
        self.taken.add(path.lower())
        return path


class Flow(io.RawIOBase):
    """A file that only goes forward: what was written to it is taken away piece by piece and sent on."""

    def __init__(self):
        super().__init__()
        self._written = []

    def writable(self):
        return True

    def write(self, data):
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


class Package:
    """A package being written into a file, or into a ``Flow``."""

    def __init__(self, file: Path | Flow, folder: str, day):
        self.folder, self.moment = folder, (day.year, day.month, day.day, 0, 0, 0)
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.files: list[Packed] = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.zip.close()

    def adding(self, path: str, chunks: Iterable[bytes]) -> Iterator[None]:
        entry = zipfile.ZipInfo(f"{self.folder}/{path}", self.moment)
        entry.compress_type = zipfile.ZIP_STORED if path.lower().endswith(TIGHT) else zipfile.ZIP_DEFLATED
        entry.external_attr, entry.create_system = 0o644 << 16, 3
        digest, size = hashlib.sha256(), 0
        with self.zip.open(entry, "w") as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                yield
        self.files.append(Packed(path, size, digest.hexdigest()))

    def add(self, path: str, chunks: Iterable[bytes]) -> Packed:
        for _ in self.adding(path, chunks):
            pass
        return self.files[-1]

    def seal(self, about: dict) -> str:
        """Write the manifest and the checksums; return the checksum of the checksums, which stands for the whole content."""
        files = sorted(self.files, key=lambda each: each.path)
        manifest = {**about, "files": [vars(each) for each in files]}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        files.append(self.add(MANIFEST, [text.encode()]))
        sums = "".join(f"{each.sha256}  {each.path}\n" for each in files)
        return self.add(SUMS, [sums.encode()]).sha256


def pieces(stream) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


class BadArchive(Exception):
    """The file is no package of ours; the message is a sentence."""


@dataclass(frozen=True)
class Checked:
    """What checking a package found: how many files it names, and a sentence for everything that is not so."""

    files: int
    faults: tuple[str, ...]


def verify(file) -> Checked:
    """Check every file of a package against its manifest and its checksums; raise BadArchive when it has none."""
    try:
        with zipfile.ZipFile(file) as package:
            return _verify(package)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeError) as error:
        raise BadArchive("不是完整的zip文件，可能没有下载完。") from error


def _verify(package):
    names = [each.filename for each in package.infolist() if not each.is_dir()]
    folder = next((name.removesuffix(MANIFEST) for name in names if name.endswith(f"/{MANIFEST}")), None)
    if folder is None or f"{folder}{SUMS}" not in names:
        raise BadArchive(f"缺少{MANIFEST}或{SUMS}，不是归档包。")
    told = _manifest(package, f"{folder}{MANIFEST}")
    found = {name.removeprefix(folder): _look(package, name) for name in names}
    faults = _differences(told, found, {MANIFEST, SUMS})
    faults += _sum_faults(found, _read(package, f"{folder}{SUMS}"))
    faults += [f"文件名重复：{name}" for name in sorted({name for name in names if names.count(name) > 1})]
    faults += [f"文件名不安全：{name}" for name in names if not name.startswith(folder) or ".." in name.split("/")]
    return Checked(len(told), tuple(faults))


def _read(package, name):
    if package.getinfo(name).file_size > LARGEST_MANIFEST:
        raise BadArchive(f"{name}过大，不是归档包。")
    return package.read(name)


def _manifest(package, name):
    try:
        files = json.loads(_read(package, name))["files"]
        return {each["path"]: (each["size"], each["sha256"]) for each in files}
    except (ValueError, KeyError, TypeError) as error:
        raise BadArchive(f"{MANIFEST}无法读取。") from error


def _look(package, name):
    """Return (size, checksum) of a file as it really is; (None, None) when it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with package.open(name) as stream:
            for chunk in pieces(stream):
                digest.update(chunk)
                size += len(chunk)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError):
        return None, None
    return size, digest.hexdigest()


def _differences(told, found, extra):
    faults = [f"缺少：{path}" for path in told if path not in found]
    faults += [f"清单以外的文件：{path}" for path in found if path not in told and path not in extra]
    return faults + [f"内容不符：{path}" for path in told if path in found and found[path] != told[path]]


def _sum_faults(found, sums):
    lines = [line.partition("  ") for line in sums.decode(errors="replace").splitlines()]
    listed = {path: digest for digest, _, path in lines}
    faults = [f"{SUMS}与文件不符：{path}" for path, digest in listed.items() if found.get(path, (0, ""))[1] != digest]
    return faults + [f"{SUMS}没有列出：{path}" for path in found if path not in listed and path != SUMS]
