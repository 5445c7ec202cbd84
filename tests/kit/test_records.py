"""What is frozen stays: neither the row nor rows together change, what is said of it later goes in."""

import pytest

from kit.records import checksum
from kit.trace import TraceError
from reports.actions.writing import submit
from reports.models import Submission


def test_what_is_frozen_stays(report, fill, reporter):
    frozen = submit(fill(report), reporter).submissions.get()
    frozen.note = "改"
    with pytest.raises(TraceError):
        frozen.save()
    with pytest.raises(TraceError):
        Submission.objects.update(content={}, note="改")
    assert Submission.objects.update(note="另注") == 1
    assert frozen.checksum == checksum(Submission.objects.get().content)


def test_the_checksum_is_of_the_content_alone():
    assert checksum({"b": 1, "a": "中"}) == checksum({"a": "中", "b": 1}) != checksum({"a": "中", "b": 2})
    assert checksum(b"x") != checksum("x")
