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
def converted(profile, tmp_path):
    """Return the file that LibreOffice makes of a workbook, going through these formats: converted(content, "pdf").

    ``of`` is the kind of another file.
    """

    def convert(content, *kinds, of="xlsx"):
        path = tmp_path / f"given.{of}"
        path.write_bytes(content)
        for number, kind in enumerate(kinds):
            folder = tmp_path / str(number)
            options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
            command = [SOFFICE, *options, "--outdir", str(folder), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=WAIT)
            path = folder / f"given.{kind}"
        return path

    return convert


@pytest.fixture
def resaved(converted):
    """Save a workbook by LibreOffice: resaved(content); with ``through`` by way of another format."""
    return lambda content, through="xlsx": converted(content, *dict.fromkeys((through, "xlsx"))).read_bytes()
