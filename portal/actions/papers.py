"""What the files of an archive package are made of: official sheets, reports as documents, stored files, the trace."""

import datetime
import tempfile
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit import clock
from kit.packing import pieces
from kit.sheets import workbook
from portal.dashboard import archive as dashboard
from reports import workbooks
from reports.dashboard import official, timeliness
from reports.models import Attachment, Correction, MonthlyReport, Submission
from tasks.models import PlanReading


class Papers:
    """Makes the files of one archive, each as pieces of bytes; ``filed`` is the checksum a stored file was uploaded with."""

    def __init__(self, archive):
        self.archive, self.plan, self.filed = archive, archive.plan, ""
        self.periods = {each.pk: each for each in archive.periods}
        self.day = clock.local(max(each.closed_at for each in self.periods.values())).date()
        self.places = {key: path for kind, key, path in archive.contents if kind == "file"}

    def make(self, kind, key, path):
        """The pieces of one file, by the way of its kind; None when it cannot be made, which is noted as lacking."""
        return getattr(self, f"_{kind}")(key, path)

    def _sheet(self, sheet):
        created = datetime.datetime.combine(self.day, datetime.time.min)
        with tempfile.TemporaryFile() as stream:
            workbook(sheet, stream, created=created)
            stream.seek(0)
            yield from pieces(stream)

    def _breakdown(self, key, path):
        return self._sheet(official.breakdown(self.plan, self.day, self.plan.tasks.actions()))

    def _document(self, key, path):
        return ["\n".join(dashboard.document(self.plan)).encode()]

    def _source(self, key, path):
        """A document sent in, as it was read; None when it has been discarded since."""
        source = PlanReading.objects.filter(pk=key).first()
        if source is None:
            self.archive.lacking.append(f"{path}：来源文件已不在系统中。")
            return None
        return [source.text.encode()]

    def _indicators(self, key, path):
        title = f"{self.plan.title.removesuffix('实施方案')}指标月度数据"
        return self._sheet(
            workbooks.readings_sheet(title, self.plan.office.name, self.day, dashboard.readings(self.plan))
        )

    def _book(self, key, path):
        book = next(each for each in dashboard.books(self.plan) if each.name == key)
        return self._sheet(book.sheets(self.plan, list(self.periods.values())))

    def _filing(self, key, path):
        months = [period.month for period in self.periods.values()]
        reports = MonthlyReport.objects.filter(period__in=self.periods)
        units = timeliness.units_of(self.plan, reports)
        return self._sheet(official.filing(self.plan, self.day, units, months, reports))

    def _progress(self, key, path):
        period = self.periods[key]
        return self._sheet(official.progress(period, period.last_day, period.reports.all(), self.plan.tasks.actions()))

    def _trace(self, key, path):
        month = datetime.date.fromisoformat(key)
        title = f"{self.plan.year}年{self.plan}{month.year}年{month.month}月操作记录"
        rows = map(_trace_row, dashboard.events_in(self.plan, month))
        return self._sheet(workbooks.trace_sheet(title, self.plan.office.name, rows))

    def _report(self, key, path):
        filed = Submission.objects.select_related("report__period__plan__office", "report__reviewer").get(pk=key)
        for entry in filed.content["entries"]:
            for file in entry["files"]:
                file["address"] = _from(path, self.places[file["id"]])
        scans = filed.report.attachments.present().filter(entry=None)
        scans = [(each.name, _from(path, self.places[each.pk])) for each in scans if each.pk in self.places]
        corrections = Correction.objects.of_report(filed.report)
        context = {"report": filed.report, "shown": filed, "scans": scans, "corrections": corrections}
        return [_document("portal/archive/report.html", context)]

    def _file(self, key, path):
        return self._read(Attachment.objects.get(pk=key), path)

    def _made(self, key, path):
        name, _, key = key.partition(":")
        return [next(each for each in dashboard.books(self.plan) if each.name == name).make(key)]

    def _stored(self, key, path):
        label, _, pk = key.partition(":")
        return self._read(apps.get_model(label)._base_manager.get(pk=pk), path)

    def _read(self, file, path):
        self.filed = file.checksum
        try:
            stream = file.file.storage.open(file.file.name, "rb")
        except FileNotFoundError:
            self.archive.lacking.append(f"{path}：文件已不在服务器上。")
            return None
        return _closing(stream)

    def _index(self, key, path):
        months = [
            (f"{each.month.year}年{each.month.month}月", self._month_rows(each)) for each in self.periods.values()
        ]
        papers = [
            (path, quote(path)) for kind, _, path in self.archive.contents if kind not in ("report", "file", "index")
        ]
        context = {
            "plan": self.plan,
            "title": self.archive.title,
            "obstacles": self.archive.obstacles,
            "papers": papers,
            "months": months,
        }
        return [_document("portal/archive/index.html", context)]

    def _month_rows(self, period):
        documents = {key: path for kind, key, path in self.archive.contents if kind == "report"}
        filed = {each.report_id: each for each in dashboard.accepted(period)}
        rows = []
        for report in period.reports.order_by("serial"):
            found = filed.get(report.pk)
            path = documents.get(found.pk, "") if found else ""
            rows.append(
                {
                    "serial": report.serial,
                    "unit": report.unit_name,
                    "word": report.Mark(report.mark()).label,
                    "path": path.rpartition("/")[2],
                    "address": quote(path),
                    "files": sum(len(entry["files"]) for entry in found.content["entries"]) if found else 0,
                }
            )
        return rows


def _trace_row(event):
    return event.at, event.word(), event.subject_name, event.actor_name, event.verb, event.changes_words, event.note


def _closing(stream):
    with stream:
        yield from pieces(stream)


def _from(document, target):
    return "../" * document.count("/") + quote(target)


def _document(template, context):
    """A page that stands alone: its styles inside, nothing from elsewhere."""
    sheets = "\n".join(_style_sheet(name) for name in ("archive.css", "paper.css"))
    # The element is named here, not in the template: pages of the site have none, by the content security policy.
    styles = format_html("<{0}>{1}</{0}>", "style", mark_safe(sheets))
    return render_to_string(template, {**context, "styles": styles, "demo": settings.DEMO}).encode()


def _style_sheet(name):
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read().removeprefix('@charset "utf-8";')
