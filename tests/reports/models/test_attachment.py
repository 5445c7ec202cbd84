"""Who sees a file: with its entry, and what was filed with its report, never a draft's."""

import pytest

from reports.actions.review import return_report
from reports.actions.writing import submit
from reports.models import Attachment
from tests.conftest import moment


@pytest.fixture
def evidence(entry, report, reporter):
    def make(at):
        return Attachment.objects.create(
            report=report, entry=entry, file="a.pdf", name="a.pdf", kind="pdf", size=1, checksum="0", by=reporter, at=at
        )

    return make


def seen_by(cast):
    return {name for name, user in cast.items() if Attachment.objects.visible_to(user).exists()}


def test_a_drafts_file_is_the_units_own(evidence, cast):
    evidence(moment("2015-10-20 09:00"))
    assert seen_by(cast) == {"reporter", "head"}


def test_a_filed_one_is_seen_by_those_who_see_the_entry(evidence, report, fill, reporter, cast):
    evidence(moment("2015-10-20 09:00"))
    submit(fill(report), reporter)
    assert seen_by(cast) == {"reporter", "head", "office", "co_reporter", "leader", "inspector"}


def test_after_a_return_the_office_still_reads_what_was_filed_and_nothing_newer(
    evidence, report, fill, reporter, office, cast
):
    filed = evidence(moment("2015-10-20 09:00"))
    submit(fill(report), reporter)
    return_report(report, office, reason="补充")
    assert seen_by(cast) == {"reporter", "head", "office", "leader", "inspector"}
    evidence(moment("2015-10-21 09:00"))
    assert list(Attachment.objects.visible_to(office)) == [filed]
