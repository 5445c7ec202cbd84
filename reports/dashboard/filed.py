"""One report as people read it afterwards: what was filed, each time, and whether the stamped paper still says the same."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from kit import clock
from reports import changes
from reports.dashboard.review import review_lines
from reports.models import Attachment, MonthlyReport, Submission
from reports.permissions import answers_for

Status = MonthlyReport.Status


@dataclass(frozen=True)
class Scan:
    """A stamped scan and the submission that was on the table when it was uploaded."""

    file: Attachment
    of: Submission | None
    is_current: bool


class Filed:
    """A report with its submissions, newest last."""

    def __init__(self, report, user):
        self.report, self.user = report, user
        self.submissions = list(Submission.objects.visible_to(user).filter(report=report).order_by("serial"))
        self.latest = self.submissions[-1] if self.submissions else None

    def version(self, serial):
        return next((each for each in self.submissions if each.serial == serial), self.latest)

    @cached_property
    def draft(self):
        """The unit's working copy as a submission that is not stored; None for anybody else, and when there is none."""
        own = answers_for(self.user, self.report)
        if not own or self.report.status not in (*MonthlyReport.WITH_UNIT, Status.SIGNING):
            return None
        serial, name = len(self.submissions) + 1, self.user.signature
        content = self.report.content_now()
        return Submission(report=self.report, serial=serial, content=content, author_name=name, at=clock.now())

    @property
    def preview(self):
        return review_lines(self.report, self.user, [self.draft, self.latest])

    @property
    def is_being_corrected(self):
        """What was filed is with the unit again: it no longer says what the next submission will."""
        return bool(self.latest) and self.report.status not in (Status.SUBMITTED, Status.ACCEPTED)

    def between(self, old, new):
        if old is None or new is None or old == new:
            return None
        return changes.between(old.content, new.content)

    @property
    def readable_files(self):
        rows = Attachment.objects.visible_to(self.user).filter(report=self.report)
        return set(rows.values_list("pk", flat=True))

    @property
    def scans(self):
        rows = (
            Attachment.objects.visible_to(self.user)
            .present()
            .filter(report=self.report, entry=None)
            .select_related("by")
        )
        return [self._scan(row) for row in rows]

    def _scan(self, row):
        before = [each for each in self.submissions if each.at <= row.at]
        of = before[-1] if before else None
        return Scan(row, of, bool(of and of.checksum == self.latest.checksum))

    def with_checksum(self, typed):
        digits = "".join(each for each in typed.lower() if each in "0123456789abcdef")
        if len(digits) < 12:
            return None
        return next((each for each in reversed(self.submissions) if each.checksum.startswith(digits[:12])), None)
