"""One report as people read it afterwards: what was filed, each time, and whether the stamped paper still says the same."""

from dataclasses import dataclass

from reports import changes
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
        self.submissions = list(report.submissions.order_by("serial"))
        self.latest = self.submissions[-1] if self.submissions else None

    def version(self, serial):
        """Return the submission with this number, else the latest."""
        return next((each for each in self.submissions if each.serial == serial), self.latest)

    @property
    def draft(self):
        """What the unit's head is asked to sign: the working copy in the form of a submission; None for anybody else."""
        own = answers_for(self.user, self.report)
        return self.report.content_now() if own and self.report.status == Status.SIGNING else None

    def between(self, old, new):
        """Return the EntryChanges between two submissions, or None where there are not two."""
        if old is None or new is None or old == new:
            return None
        return changes.between(old.content, new.content)

    @property
    def since_filed(self):
        """What the draft to sign changes against the latest submission."""
        return changes.between(self.latest.content, self.draft) if self.draft and self.latest else None

    @property
    def readable_files(self):
        """The keys of the files this person may fetch."""
        rows = Attachment.objects.visible_to(self.user).filter(report=self.report)
        return set(rows.values_list("pk", flat=True))

    @property
    def scans(self):
        """Return the stamped scans, each with the submission it is of."""
        rows = self.report.attachments.present().filter(entry=None).select_related("by")
        return [self._scan(row) for row in rows]

    def _scan(self, row):
        before = [each for each in self.submissions if each.at <= row.at]
        of = before[-1] if before else None
        return Scan(row, of, bool(of and of.checksum == self.latest.checksum))

    def with_checksum(self, typed):
        """Return the submission whose printed checksum somebody typed off the paper, or None."""
        digits = "".join(each for each in typed.lower() if each in "0123456789abcdef")
        if len(digits) < 12:
            return None
        return next((each for each in reversed(self.submissions) if each.checksum.startswith(digits[:12])), None)
