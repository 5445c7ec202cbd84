"""Archive packages: begun, packed portion by portion, fetched. Memory stays flat: everything passes through piece by piece."""

import datetime
import functools
import tempfile
import time
import uuid
import zipfile
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kit import clock
from kit.packing import Package, Packed, pieces
from kit.refusal import Refusal
from kit.sheets import workbook
from reports import workbooks
from reports.actions.lock import require
from reports.dashboard import archive as dashboard
from reports.dashboard import official, timeliness
from reports.models import Archive, Attachment, Submission
from reports.models.archive import FOLDER
from reports.permissions import can_archive
from tasks.models import Plan, PlanEvent

# How long one request packs; a portion is at least one file.
PORTION = 1.0
# Whoever began a portion and never ended it (the server stopped) keeps others waiting no longer than this.
PATIENCE = datetime.timedelta(minutes=2)


@transaction.atomic
def begin_archive(plan, by=None, *, partial=False):
    """Settle what the package of ``plan`` will hold; return the Archive, nothing packed yet. ``by`` is None for the command.

    An earlier one never finished gives way. A partial one takes the closed months of a plan that still has open ones.
    """
    if by:
        require(can_archive(by, plan))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("office").get(pk=plan.pk)
    periods, found = dashboard.closed_periods(plan), dashboard.obstacles(plan)
    if not periods:
        raise Refusal("还没有结账的月份，没有可以归档的内容。")
    if found and not partial:
        raise Refusal("".join(["还不能归档：", *found]))
    for old in plan.archives.filter(status=Archive.Status.PACKING):
        transaction.on_commit(functools.partial(old.location.unlink, missing_ok=True))
        old.delete()
    contents = dashboard.contents(plan, periods)
    return Archive.objects.create(
        plan=plan,
        months=[f"{period.month:%Y-%m}" for period in periods],
        is_partial=bool(found),
        contents=contents,
        total=len(contents),
        file=f"{FOLDER}/{uuid.uuid4()}.zip",
        by=by,
        at=clock.now(),
    )


def pack(archive, by=None, *, seconds=PORTION):
    """Pack the next portion, as much as fits into ``seconds``; return the archive as it is then.

    Somebody else packing at the same time is left to it. A package that does not hold what it should (the server stopped
    in the middle) is begun anew.
    """
    if by:
        require(can_archive(by, archive.plan))
    now = clock.now()
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    claimed = Archive.objects.filter(free, pk=archive.pk, status=Archive.Status.PACKING).update(
        busy_until=now + PATIENCE
    )
    archive = Archive.objects.select_related("plan__office", "by").get(pk=archive.pk)
    if claimed:
        try:
            _Packing(archive).go_on(seconds)
        finally:
            Archive.objects.filter(pk=archive.pk).update(busy_until=None)
    return archive


def pack_all(archive, by=None, *, told=lambda archive: None):
    """Pack everything, telling after each portion; return the finished archive."""
    while not archive.is_ready:
        archive = pack(archive, by)
        told(archive)
    return archive


@transaction.atomic
def fetch_archive(archive, by):
    """Put on record that somebody takes the package home; return it opened for reading."""
    if not archive.is_ready:
        raise Refusal("归档包还没有打包完。")
    try:
        stream = archive.location.open("rb")
    except FileNotFoundError:
        raise Refusal("归档包文件已不在服务器上，请重新归档。") from None
    PlanEvent.write(archive.plan, by, dashboard.FETCHED, note=_told(archive))
    return stream


def _told(archive):
    return f"{archive.title}，{len(archive.months)}个月，{archive.total}个文件，校验码 {archive.checksum[:12]}"


class _Packing:
    """One portion of work on one archive."""

    def __init__(self, archive):
        self.archive, self.plan = archive, archive.plan
        self.periods = {each.pk: each for each in self._periods()}
        self.day = clock.local(max(each.closed_at for each in self.periods.values())).date()
        self.filed = ""
        self.places = {key: path for kind, key, path in archive.contents if kind == "file"}
        self.made = {"breakdown": self._breakdown, "filing": self._filing, "progress": self._progress}
        self.made |= {"report": self._report, "file": self._file, "trace": self._trace, "index": self._index}

    def _periods(self):
        periods = dashboard.closed_periods(self.plan)
        return [each for each in periods if f"{each.month:%Y-%m}" in self.archive.months]

    def go_on(self, seconds):
        """Pack until the time is over, then note how far it is; with the last file the package is sealed."""
        archive, until = self.archive, time.monotonic() + seconds
        with self._package() as package:
            only_seal = archive.place == archive.total
            while archive.place < archive.total:
                self._pack_next(package)
                if time.monotonic() > until:
                    break
            if archive.place == archive.total and (only_seal or time.monotonic() <= until):
                self._seal(package)
        self._note()

    def _package(self):
        """Open the package to go on; one that is broken or holds something else is begun anew."""
        self.archive.location.parent.mkdir(parents=True, exist_ok=True)
        try:
            package = Package(self.archive.location, self.archive.title, self.day)
        except zipfile.BadZipFile:
            return self._anew()
        if package.names != [path for path, _, _ in self.archive.packed]:
            package.zip.close()
            return self._anew()
        return package

    def _anew(self):
        self.archive.location.unlink(missing_ok=True)
        self.archive.place, self.archive.packed, self.archive.lacking = 0, [], []
        return Package(self.archive.location, self.archive.title, self.day)

    def _pack_next(self, package):
        archive = self.archive
        kind, key, path = archive.contents[archive.place]
        archive.place += 1
        chunks = self.made[kind](key, path)
        if chunks is not None:
            packed = package.add(path, chunks)
            archive.packed.append([packed.path, packed.size, packed.sha256])
            if kind == "file" and packed.sha256 != self.filed:
                archive.lacking.append(f"{path}：内容与上传时登记的校验码不符。")

    def _seal(self, package):
        archive = self.archive
        about = {
            "title": archive.title,
            "plan": self.plan.title,
            "year": self.plan.year,
            "document_number": self.plan.document_number,
            "office": self.plan.office.name,
            "complete": not archive.is_partial,
            "months": archive.months,
            "lacking": archive.lacking,
        }
        archive.checksum = package.seal(about, [Packed(*each) for each in archive.packed])
        archive.status, archive.ready_at = Archive.Status.READY, clock.now()

    def _note(self):
        archive = self.archive
        archive.size = archive.location.stat().st_size
        names = ("place", "packed", "lacking", "size", "checksum", "status", "ready_at")
        with transaction.atomic():
            archive.save(update_fields=names)
            if archive.is_ready:
                PlanEvent.write(self.plan, archive.by, dashboard.MADE, note=_told(archive))

    # what the entries are made of

    def _sheet(self, sheet):
        created = datetime.datetime.combine(self.day, datetime.time.min)
        with tempfile.TemporaryFile() as stream:
            workbook(sheet, stream, created=created)
            stream.seek(0)
            yield from pieces(stream)

    def _breakdown(self, key, path):
        return self._sheet(official.breakdown(self.plan, self.day))

    def _filing(self, key, path):
        months = [period.month for period in self.periods.values()]
        return self._sheet(official.filing(self.plan, self.day, timeliness.units_of(self.plan, months), months))

    def _progress(self, key, path):
        period = self.periods[key]
        return self._sheet(official.progress(period, period.last_day))

    def _trace(self, key, path):
        month = datetime.date.fromisoformat(key)
        title = f"{self.plan.year}年{self.plan}{month.year}年{month.month}月操作记录"
        rows = (_trace_row(kind, event) for kind, event in dashboard.events_in(self.plan, month))
        return self._sheet(workbooks.trace_sheet(title, self.plan.office.name, rows))

    def _report(self, key, path):
        filed = Submission.objects.select_related("report__period__plan__office", "report__reviewer").get(pk=key)
        for entry in filed.content["entries"]:
            for file in entry["files"]:
                file["address"] = _from(path, self.places[file["id"]])
        scans = filed.report.attachments.present().filter(entry=None)
        scans = [(each.name, _from(path, self.places[each.pk])) for each in scans if each.pk in self.places]
        context = {"report": filed.report, "shown": filed, "scans": scans}
        return [_document("reports/archive/report.html", context)]

    def _file(self, key, path):
        """Return the stored file piece by piece, or None with a note when it is gone from the disk."""
        attachment = Attachment.objects.get(pk=key)
        self.filed = attachment.sha256
        try:
            stream = default_storage.open(attachment.file.name, "rb")
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
            "partial": self.archive.is_partial,
            "obstacles": dashboard.obstacles(self.plan) if self.archive.is_partial else [],
            "papers": papers,
            "months": months,
        }
        return [_document("reports/archive/index.html", context)]

    def _month_rows(self, period):
        """Return one row a report of the month, with the place of its document where it was accepted."""
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


def _trace_row(kind, event):
    changes = "；".join(f"{name}：{old or '（空）'} → {new}" for name, (old, new) in event.changes.items())
    return event.at, kind, str(event.subject), event.actor_name, event.verb, changes, event.note


def _closing(stream):
    with stream:
        yield from pieces(stream)


def _from(document, target):
    """Return the address of ``target`` as a document of the package links to it."""
    return "../" * document.count("/") + quote(target)


def _document(template, context):
    """Return a page that stands alone: its styles inside, nothing from elsewhere."""
    sheets = "\n".join(_style_sheet(name) for name in ("archive.css", "paper.css"))
    # The element is named here, not in the template: pages of the site have none, by the content security policy.
    styles = format_html("<{0}>{1}</{0}>", "style", mark_safe(sheets))
    return render_to_string(template, {**context, "styles": styles, "demo": settings.DEMO}).encode()


def _style_sheet(name):
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read().removeprefix('@charset "utf-8";')
