"""Sheets sent through LibreOffice and back: collected only where it is at hand."""

import shutil
import subprocess

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
collect_ignore_glob = [] if SOFFICE else ["test_*.py"]
WAIT = 120


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    """A profile of the tests' own: the person's is left alone, and a running office does not take the work over."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def resaved(profile, tmp_path):
    """Save a workbook by LibreOffice: resaved(content); with ``through`` by way of another format."""

    def convert(content, through="xlsx"):
        path = tmp_path / "given.xlsx"
        path.write_bytes(content)
        for number, kind in enumerate(dict.fromkeys((through, "xlsx"))):
            folder = tmp_path / str(number)
            options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
            command = [SOFFICE, *options, "--outdir", str(folder), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=WAIT)
            path = folder / f"given.{kind}"
        return path.read_bytes()

    return convert
