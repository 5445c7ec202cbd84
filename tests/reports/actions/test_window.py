"""Every moment of a period's life: may the unit write, and is what it files on time."""

import pytest

from kit.refusal import Refusal
from reports.actions.periods import extend
from reports.actions.review import return_report
from reports.actions.writing import hand_back, save_entry, sign, submit, withdraw
from tests.conftest import moment

# moment, may write, on time
MOMENTS = [
    ("2015-09-30 23:59:59", False, None),
    ("2015-10-01 00:00:00", True, True),
    ("2015-10-20 10:00:00", True, True),
    ("2015-10-31 23:59:59", True, True),
    ("2015-11-01 00:00:00", True, False),
    ("2015-11-03 12:00:00", True, False),
    ("2015-11-05 23:59:59", True, False),
    ("2015-11-06 00:00:00", False, None),
    ("2015-12-01 00:00:00", False, None),
]


@pytest.mark.parametrize(("now", "may", "on_time"), MOMENTS)
def test_writing_and_filing_follow_the_window(now, may, on_time, at, report, entry, fill, reporter):
    fill(report)
    at(now)
    assert report.is_writable() is may
    if not may:
        with pytest.raises(Refusal):
            save_entry(entry, reporter, {"done": "x"}, seen_version=1)
        with pytest.raises(Refusal):
            submit(report, reporter)
        assert not report.submissions.exists()
        return
    save_entry(entry, reporter, {"done": "x"}, seen_version=1)
    submit(report, reporter)
    report.refresh_from_db()
    assert (report.is_late is False) is on_time
    assert report.submissions.get().on_time is on_time


@pytest.mark.parametrize(
    ("now", "may", "on_time"),
    [("2015-11-01 00:00:00", True, True), ("2015-11-02 23:59:59", True, True), ("2015-11-03 00:00:00", True, False)],
)
def test_an_extension_moves_the_end_and_ends_by_itself(now, may, on_time, at, report, fill, reporter, office):
    extend(report, office, until=moment("2015-11-03 00:00"), reason="迎检")
    at(now)
    submit(fill(report), reporter)
    report.refresh_from_db()
    assert (report.is_late is False) is on_time


@pytest.mark.parametrize(("now", "on_time"), [("2015-10-23 23:59:59", True), ("2015-10-24 00:00:00", False)])
def test_a_return_has_its_own_deadline(now, on_time, at, report, fill, reporter, office):
    return_report(submit(fill(report), reporter), office, reason="数据不清")
    report.refresh_from_db()
    assert report.return_due_at == moment("2015-10-24 00:00")
    at(now)
    submit(report, reporter)
    report.refresh_from_db()
    assert report.submissions.last().on_time is on_time
    assert report.is_late is False


def test_a_second_submit_is_refused_and_files_nothing(report, fill, reporter):
    submit(fill(report), reporter)
    with pytest.raises(Refusal, match="待审核"):
        submit(report, reporter)
    assert report.submissions.count() == 1


def test_what_cannot_be_filed_again_cannot_be_withdrawn(report, fill, reporter, at):
    submit(fill(report), reporter)
    at("2015-11-06 00:00:00")
    with pytest.raises(Refusal, match="不能撤回"):
        withdraw(report, reporter)


def test_a_closed_month_is_not_signed_but_can_be_handed_back(report, fill, reporter, head, civil, at):
    civil.head_signs = True
    civil.save()
    submit(fill(report), reporter)
    at("2015-11-06 00:00:00")
    with pytest.raises(Refusal, match="关闭"):
        sign(report, head)
    assert hand_back(report, head, reason="来不及了").status == "DRAFT"
