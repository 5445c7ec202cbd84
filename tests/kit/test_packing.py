"""Packages to keep: written piece by piece, the same bytes for the same content, and checked by anybody."""

import datetime
import json
import shutil
import subprocess
import zipfile

import pytest

from kit.packing import BadArchive, Flow, Package, Paths, safe_name, verify

DAY = datetime.date(2015, 12, 31)
FILES = {"目录.html": b"<p>x</p>", "附件/图 一.pdf": b"%PDF" * 1000, "报表/表.xlsx": b"PK"}


def write(file, files=FILES, folder="2015年归档"):
    with Package(file, folder, DAY) as package:
        for path, content in files.items():
            package.add(path, [content])
        package.seal({"title": "归档"})
    return file


def rewritten(file, **changed):
    """Return the package with some files replaced (None: left out), its word unchanged."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = changed.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changed.items():
            new.writestr(name, content)
    return other


def test_a_package_agrees_with_its_own_word(tmp_path):
    checked = verify(write(tmp_path / "a.zip"))
    assert (checked.files, checked.faults) == (3, ())


def test_the_same_content_is_the_same_bytes(tmp_path):
    assert write(tmp_path / "a.zip").read_bytes() == write(tmp_path / "b.zip").read_bytes()


def test_it_can_be_sent_while_it_is_written(tmp_path):
    flow, sent = Flow(), []
    with Package(flow, "2015年归档", DAY) as package:
        for path, content in FILES.items():
            sent += [flow.take() for _ in package.adding(path, [content[:3], content[3:]])]
        package.seal({"title": "归档"})
    assert len(sent) == 2 * len(FILES)
    (tmp_path / "a.zip").write_bytes(b"".join([*sent, flow.take()]))
    assert verify(tmp_path / "a.zip").faults == ()
    with zipfile.ZipFile(tmp_path / "a.zip") as one, zipfile.ZipFile(write(tmp_path / "b.zip")) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def test_chinese_names_carry_the_flag(tmp_path):
    with zipfile.ZipFile(write(tmp_path / "a.zip")) as package:
        entry = package.getinfo("2015年归档/附件/图 一.pdf")
    assert entry.flag_bits & 0x800
    assert entry.compress_type == zipfile.ZIP_STORED


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the tool is not on this machine")
def test_the_usual_tool_accepts_the_checksums(tmp_path):
    with zipfile.ZipFile(write(tmp_path / "a.zip")) as package:
        package.extractall(tmp_path)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / "2015年归档", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.count(b"OK")) == (0, 4)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"2015年归档/目录.html": b"<p>y</p>"}, "内容不符：目录.html"),
        ({"2015年归档/目录.html": None}, "缺少：目录.html"),
        ({"2015年归档/多.txt": b"x"}, "清单以外的文件：多.txt"),
        ({"../外.txt": b"x"}, "文件名不安全：../外.txt"),
        ({"2015年归档/SHA256SUMS": b""}, "SHA256SUMS没有列出：目录.html"),
        ({"2015年归档/SHA256SUMS": b"0  a\n"}, "SHA256SUMS与文件不符：a"),
    ],
)
def test_what_was_touched_is_found(tmp_path, changed, fault):
    assert fault in verify(rewritten(write(tmp_path / "a.zip"), **changed)).faults


def test_a_changed_manifest_is_found(tmp_path):
    file = write(tmp_path / "a.zip")
    with zipfile.ZipFile(file) as package:
        told = json.loads(package.read("2015年归档/manifest.json"))
    told["title"] = "另一个"
    changed = rewritten(file, **{"2015年归档/manifest.json": json.dumps(told).encode()})
    assert verify(changed).faults == ("SHA256SUMS与文件不符：manifest.json",)


def test_a_flipped_bit_is_found(tmp_path):
    file = write(tmp_path / "a.zip")
    content = bytearray(file.read_bytes())
    content[content.index(b"%PDF%PDF") + 10] ^= 1
    file.write_bytes(content)
    assert "内容不符：附件/图 一.pdf" in verify(file).faults


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(BadArchive, match="zip"):
        verify(tmp_path / "a.zip")


def test_half_a_package_is_refused(tmp_path):
    file = write(tmp_path / "a.zip")
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(BadArchive):
        verify(file)


@pytest.mark.parametrize("manifest", [b"x", b"[]", b'{"files": [1]}', b"{}"])
def test_a_zip_without_a_readable_manifest_is_refused(tmp_path, manifest):
    file = write(tmp_path / "a.zip")
    with pytest.raises(BadArchive):
        verify(rewritten(file, **{"2015年归档/manifest.json": manifest}))
    with pytest.raises(BadArchive, match="不是归档包"):
        verify(rewritten(file, **{"2015年归档/manifest.json": None}))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("县编办.pdf", "县编办.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a\\b:c*?.pdf", "a-b-c--.pdf"),
        ("行\n列\u202e.pdf", "行列.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("  . ", "未命名"),
        ("", "未命名"),
        ("长" * 100 + ".pdf", "长" * 38 + ".pdf"),
    ],
)
def test_names_are_safe_to_unpack(name, safe):
    assert safe_name(name) == safe


def test_no_two_files_share_a_path():
    paths = Paths()
    assert [paths.free("附件", name) for name in ("A.pdf", "a.PDF", "A.pdf")] == [
        "附件/A.pdf",
        "附件/a(2).PDF",
        "附件/A(3).pdf",
    ]
    assert paths.free("manifest.json") == "manifest(2).json"
