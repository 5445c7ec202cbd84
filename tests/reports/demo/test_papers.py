"""The files of the demonstration year are real ones."""

import random

from kit import uploads
from reports.demo import papers


def test_the_pdf_and_the_picture_pass_the_door_for_uploads():
    assert uploads.check(papers.pdf("办法.pdf", ["《办法》", "示例"])).kind == "pdf"
    assert uploads.check(papers.picture("现场.png", random.Random(1))).kind == "png"


def test_two_pictures_differ():
    first, second = (papers.picture("现场.png", random.Random(n)).read() for n in (1, 2))
    assert first != second
