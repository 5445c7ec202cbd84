"""Every moment of a period's life: may the unit write, and is what it files on time."""

import pytest

from kit.refusal import Already, Refusal
from reports.actions.periods import close_period, extend, obstacles
from reports.actions.review import return_report
from reports.actions.writing import hand_back, save_entry, sign, submit, withdraw
from tests.conftest import moment
from units.models import User

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


def test_a_second_submit_files_nothing(report, fill, reporter):
    submit(fill(report), reporter)
    with pytest.raises(Already, match="报送"):
        submit(report, reporter)
    assert report.submissions.count() == 1


def test_what_cannot_be_filed_again_cannot_be_withdrawn(report, fill, reporter, at):
    submit(fill(report), reporter)
    at("2015-11-06 00:00:00")
    with pytest.raises(Refusal, match="不能撤回"):
        withdraw(report, reporter)


@pytest.fixture
def signing(civil):
    """The head of the unit signs from now on."""
    civil.head_signs = True
    civil.save()


@pytest.mark.parametrize(
    ("now", "on_time"),
    [("2015-10-23 23:59:59", True), ("2015-10-24 00:00:00", False), ("2015-10-28 23:59:59", False)],
)
def test_a_returned_report_keeps_its_deadline_while_the_head_has_to_sign(
    now, on_time, at, report, fill, reporter, office, head, signing
):
    submit(fill(report), reporter)
    sign(report, head)
    return_report(report, office, reason="数据不清")
    submit(report, reporter)
    report.refresh_from_db()
    assert (report.status, report.due_words) == ("SIGNING", "10月23日 24:00")
    at(now)
    assert report.is_overdue is not on_time
    sign(report, head)
    report.refresh_from_db()
    assert (report.submissions.last().on_time, report.is_late) == (on_time, False)


def test_more_time_for_a_return_that_waits_for_the_head_moves_the_returns_deadline(
    report, fill, reporter, office, signing, period, at
):
    return_report(_filed(report, fill, office), office, reason="数据不清")
    submit(report, reporter)
    extend(report, office, until=moment("2015-11-10 00:00"), reason="迎检")
    report.refresh_from_db()
    assert (report.return_due_at, report.due_at) == (moment("2015-11-10 00:00"), moment("2015-11-01 00:00"))
    at("2015-11-06 09:00")
    assert obstacles(period) == ["还有1份退回的月报在重报期限内，期满才能结账。"]


def _filed(report, fill, by):
    """File for the unit without its head."""
    report.unit.head_signs = False
    report.unit.save()
    report = submit(fill(report), User.objects.get(username="minzheng"))
    report.unit.head_signs = True
    report.unit.save()
    return report


# moment, what stands beside the deadline, is it 迟报, what taking it back means
LATE = [
    ("2015-10-31 23:59:59", "过后11月5日 24:00前仍可报送，记为迟报", False, "撤回后须在10月31日 24:00前重新报送"),
    (
        "2015-11-01 00:00:00",
        "现在报送记为迟报，11月5日 24:00关闭",
        True,
        "截止时间10月31日 24:00已过，撤回后再报记为迟报",
    ),
    ("2015-11-05 23:59:59", "现在报送记为迟报，11月5日 24:00关闭", True, "截止时间10月31日 24:00已过"),
    ("2015-11-06 00:00:00", "", True, "已过"),
]


@pytest.mark.parametrize(("now", "words", "late", "back"), LATE)
def test_the_last_moment_of_a_late_report_is_said_before_it_has_passed(now, words, late, back, report, at):
    at(now)
    assert (report.late_words, report.files_late()) == (words, late)
    assert back in report.again_words


@pytest.mark.parametrize(("now", "signable"), [("2015-11-05 23:59:59", True), ("2015-11-06 00:00:00", False)])
def test_what_waits_for_the_head_can_be_signed_until_the_close(now, signable, report, fill, reporter, signing, at):
    report = submit(fill(report), reporter)
    at(now)
    assert (report.is_signable(), report.is_missed()) == (signable, not signable)
    assert not signable or report.files_late()


def test_a_closed_month_is_not_signed_but_can_be_handed_back(report, fill, reporter, head, signing, at):
    submit(fill(report), reporter)
    at("2015-11-06 00:00:00")
    with pytest.raises(Refusal, match="单位负责人没有审签，月报没有报送。确需补报的，请联系县委改革办批准宽限"):
        sign(report, head)
    with pytest.raises(Refusal, match="单位负责人没有审签"):
        save_entry(report.entries.get(), reporter, {"done": "x"}, seen_version=1)
    with pytest.raises(Refusal, match="关闭"):
        sign(report, head)
    assert hand_back(report, head, reason="来不及了").status == "DRAFT"


def test_after_the_close_nobody_is_sent_for_more_time(report, fill, reporter, head, signing, period, at):
    submit(fill(report), reporter)
    at("2015-11-06 09:00:00")
    close_period(period)
    report = type(report).objects.get(pk=report.pk)
    with pytest.raises(Refusal, match="单位负责人没有审签，本单位没有报送，记为缺报。") as why:
        sign(report, head)
    assert "宽限" not in str(why.value)


def test_what_is_taken_back_before_a_decision_has_not_been_filed(at, report, fill, reporter):
    at("2015-10-31 23:00")
    submit(fill(report, done="先占个位。"), reporter)
    back = withdraw(report, reporter)
    assert (back.first_submitted_at, back.is_late, back.submitted_at) == (None, None, None)
    assert report.events.newest().first().changes == {"首次报送": ["2015-10-31 23:00", ""]}
    at("2015-11-02 09:00")
    again = submit(fill(report), reporter)
    assert (again.first_submitted_at, again.is_late) == (moment("2015-11-02 09:00"), True)
    assert report.events.newest().first().changes["时效"] == ["", "迟报"]


def test_what_was_decided_on_keeps_its_first_moment(at, report, fill, reporter, office):
    at("2015-11-02 09:00")
    submit(fill(report), reporter)
    return_report(report, office, reason="补充数据")
    at("2015-11-03 09:00")
    submit(report, reporter, note="数据已核对")
    event = report.events.newest().first()
    assert event.changes == {"第几次": ["", 2], "时效": ["", "迟报"], "重报": ["", "期限内"]}
    assert withdraw(report, reporter).first_submitted_at == moment("2015-11-02 09:00")


def test_late_taken_back_and_extended_is_on_time_on_the_page_and_in_the_event(at, report, fill, reporter, office):
    at("2015-11-02 09:00")
    assert submit(fill(report), reporter).is_late
    withdraw(report, reporter)
    extend(report, office, until=moment("2015-11-04 00:00"), reason="系统故障")
    at("2015-11-03 09:00")
    assert submit(report, reporter).is_late is False
    assert report.events.newest().first().changes["时效"] == ["", "按时"]
