"""A year of one month to put into an archive: two units, one filed with a file and a scan, one missing."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.actions.files import attach, attach_scan
from reports.actions.periods import close_period
from reports.actions.review import accept
from reports.actions.writing import submit
from tasks.models import Plan

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def filed(report, entry, fill, reporter, office):
    """县民政局's October: accepted, with evidence and a stamped scan."""
    attach(entry, reporter, SimpleUploadedFile("招标 公告.pdf", PDF + b"evidence"))
    fill(report, done="=HYPERLINK(1) 完成<招标>。")
    submit(report, reporter)
    attach_scan(report, reporter, SimpleUploadedFile("盖章.pdf", PDF + b"scan"))
    accept(report, office)
    return report


@pytest.fixture
def closed(plan, filed, period, office, at):
    """The plan has this one month, and it is closed."""
    first, last = datetime.date(2015, 10, 1), datetime.date(2015, 10, 31)
    Plan.objects.filter(pk=plan.pk).update(starts_on=first, ends_on=last)
    at("2015-11-10 09:00")
    close_period(period, office)
    return Plan.objects.get(pk=plan.pk)


def entries(source):
    """Return {path without the folder: bytes} of a package given by its place or its bytes."""
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as package:
        return {name.partition("/")[2]: package.read(name) for name in package.namelist()}


def sent(archive, folder, name="a.zip"):
    """Send the package into a file; return its place."""
    (folder / name).write_bytes(b"".join(archive.chunks()))
    return folder / name
