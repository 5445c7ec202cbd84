"""Reminders before a directive's day: to sign, to finish, to review; one message per person and day, about all of it."""

import datetime

from kit import clock, deadlines
from reports.models import Workday
from supervision.models import Directive
from supervision.models.directive import with_a_plea_waiting
from units.actions.notices import deliver, last_told, notice_to
from units.models import User

# Workdays before (-) and after the day: of signing, of finishing, of review.
TO_SIGN, TO_FINISH, TO_REVIEW = (0, 1), (-3, -1, 0, 1), (-3, 0)
DIGEST = "directives:"
Status = Directive.Status


def remind_directives(day=None):
    """Tell units what of theirs comes to its day, and issuers what they have to review; again on the same day, nothing.

    What was not sent because no one ran this on its day is sent now, once. Return the people told.
    """
    day, is_workday = day or clock.today(), Workday.test()
    last, lines = last_told(DIGEST), {}
    rows = Directive.objects.open().exclude(status=Status.CHECKING).exclude(with_a_plea_waiting(), status=Status.SENT)
    for row in rows.with_parts().order_by("due_on", "pk"):
        who, due, rungs, word = _due(row)
        since = max(filter(None, (last, clock.local(row.sent_at).date() - datetime.timedelta(days=1))))
        if any(since < _rung(due, rung, is_workday) <= day for rung in rungs):
            told = f"{row}：{word}{deadlines.workday_words(due, day, is_workday)}"
            lines.setdefault((who.answering() or who).pk, []).append(told)
    people = User.objects.acting_for(lines)
    return [notice.user for notice in deliver(_notice(person, lines[person.unit_id], day) for person in people)]


def _due(row):
    """(whose, by when, on which rungs, for what)."""
    if row.status == Status.CONTINUING:
        return row.issuer, row.review_on, TO_REVIEW, "复核"
    if row.status == Status.SENT:
        return row.unit, row.sign_by, TO_SIGN, "签收"
    return row.unit, row.due_on, TO_FINISH, "办结"


def _rung(due, rung, is_workday):
    return due if rung == 0 else deadlines.add_workdays(due, rung, is_workday)


def _notice(person, lines, day):
    title = f"交办提醒：{len(lines)}件到了时限"
    return notice_to(person, f"{DIGEST}{day:%Y%m%d}", title, "\n".join(lines), "/directives/")
