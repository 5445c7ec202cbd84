"""How it goes: periods, monthly reports with their entries, submissions, files, standings."""

from reports.models.attachment import Attachment
from reports.models.concession import Exemption, Extension
from reports.models.entry import Entry
from reports.models.fact import Fact
from reports.models.period import Period, Workday
from reports.models.place import PlaceRemark
from reports.models.report import MonthlyReport, ReportEvent
from reports.models.standing import Correction, Standing
from reports.models.submission import Submission
from reports.models.viewing import Viewing
