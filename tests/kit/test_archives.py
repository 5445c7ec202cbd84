"""Zip packages looked at before they are opened."""

import io
import zipfile

import pytest

from kit.archives import SMALL_PART, BadPackage, check_package


def package(parts, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return stream


def test_a_sound_package_passes_and_is_rewound():
    file = package({"a.xml": "x", "b.xml": b"\0" * SMALL_PART})
    check_package(file, ["a.xml"])
    assert file.tell() == 0


def test_a_refused_package_is_rewound_too():
    file = package({"a.xml": "x"})
    with pytest.raises(BadPackage, match="格式不符"):
        check_package(file, ["b.xml"])
    assert file.tell() == 0


def test_a_large_part_may_be_packed_but_not_beyond_reason():
    check_package(package({"a": b"\0" * (SMALL_PART + 1)}, zipfile.ZIP_STORED), ["a"])
    with pytest.raises(BadPackage, match="压缩比"):
        check_package(package({"a": b"\0" * (SMALL_PART + 1)}), ["a"])


def test_a_comment_at_the_end_does_not_hide_the_directory():
    file = package({"a": "x"})
    with zipfile.ZipFile(file, "a") as open_package:
        open_package.comment = b"PK" * 1000
    check_package(file, ["a"])


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06", b"x" * 100_000])
def test_what_is_no_package_is_said_to_be_damaged(content):
    with pytest.raises(BadPackage, match="已损坏"):
        check_package(io.BytesIO(content), [])
