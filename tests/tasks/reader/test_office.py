"""Older Word documents, turned into new ones by a program that may or may not be there."""

import os
import shutil
import subprocess

import docx
import pytest

from tasks.reader import office
from tasks.reader.files import Unreadable, content_of

OFFICE = shutil.which("soffice")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def program(folder, name, text):
    """A little program on the path of this test alone."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path}")
    return tmp_path


def test_without_a_program_the_sentence_says_what_to_do(programs):
    with pytest.raises(Unreadable, match="请用WPS或Word另存为docx"):
        content_of("方案.doc", COMPOUND)


@pytest.mark.skipif(os.name != "posix", reason="the programs of these tests are shell scripts")
class TestWithPrograms:
    def test_antiword_gives_text(self, programs):
        program(programs, "antiword", "echo 某县方案")
        assert content_of("方案.doc", COMPOUND) == "某县方案\n"

    def test_a_program_that_fails_is_a_sentence(self, programs):
        program(programs, "soffice", "exit 3")
        with pytest.raises(Unreadable, match="无法读取"):
            content_of("方案.wps", COMPOUND)

    def test_a_program_that_makes_nothing_is_a_sentence(self, programs):
        program(programs, "soffice", "exit 0")
        with pytest.raises(Unreadable, match="无法读取"):
            content_of("方案.doc", COMPOUND)

    def test_a_program_that_takes_too_long_is_ended(self, programs, monkeypatch):
        monkeypatch.setattr(office, "WAIT", 0.2)
        program(programs, "antiword", f"touch {programs}/begun; while :; do :; done")
        with pytest.raises(Unreadable, match="另存为docx"):
            office.content_of_old(COMPOUND, "doc")

    def test_it_sees_nothing_of_our_surroundings(self, programs, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "never")
        program(programs, "antiword", 'echo "key=$SECRET_KEY home=${HOME#/tmp}"')
        assert "never" not in office.content_of_old(COMPOUND, "doc")

    def test_one_at_a_time(self, programs, monkeypatch):
        monkeypatch.setattr(office, "TURN", 0.1)
        program(programs, "antiword", "echo x")
        with office._ONE_AT_A_TIME, pytest.raises(Unreadable, match="正在转换"):
            office.content_of_old(COMPOUND, "doc")


def test_too_large():
    with pytest.raises(Unreadable, match="MB"):
        office.content_of_old(b"x" * (office.MOST_BYTES + 1), "doc")


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_a_real_old_document(tmp_path):
    document = docx.Document()
    document.add_paragraph("某县2016年工作方案")
    document.add_paragraph("1.修路。（责任单位：县交通局）")
    document.save(tmp_path / "plan.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        tmp_path,
        tmp_path / "plan.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert content_of("a.wps", (tmp_path / "plan.doc").read_bytes()) == [
        "某县2016年工作方案",
        "1.修路。（责任单位：县交通局）",
    ]
