"""Archive packages: begun, packed portion by portion, fetched. Memory stays flat: everything passes through piece by piece."""

import datetime
import functools
import time
import uuid
import zipfile

from django.db import transaction
from django.db.models import Q

from kit import clock
from kit.packing import Package, Packed
from kit.refusal import Refusal
from portal.actions.papers import Papers
from portal.dashboard import archive as dashboard
from reports.actions.lock import require
from reports.models import Archive
from reports.models.archive import FOLDER
from reports.permissions import can_archive, can_fetch_archive
from tasks.models import Plan, PlanEvent

# How long one request packs; a portion is at least one file.
PORTION = 1.0
# Whoever began a portion and never ended it (the server stopped) keeps others waiting no longer than this.
PATIENCE = datetime.timedelta(minutes=2)
GIVEN_WAY = "这个归档包没有打包完，已由重新开始的归档代替，请到方案的归档页查看。"


@transaction.atomic
def begin_archive(plan, by=None, *, partial=False):
    """Settle what the package of ``plan`` will hold; return the Archive, nothing packed yet. ``by`` is None for the command.

    An earlier one never finished gives way. A partial one takes the closed months of a plan that still has open ones.
    """
    if by:
        require(can_archive(by, plan))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
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
    archive = Archive.objects.select_related("plan__office", "by").filter(pk=archive.pk).first()
    if archive is None:
        raise Refusal(GIVEN_WAY)
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
    require(can_fetch_archive(by, archive))
    if not archive.is_ready:
        raise Refusal("归档包还没有打包完。")
    try:
        stream = archive.location.open("rb")
    except FileNotFoundError:
        raise Refusal("归档包文件已不在服务器上，请重新归档。") from None
    PlanEvent.write(archive.plan, by, dashboard.FETCHED, note=_told(archive))
    return stream


@transaction.atomic
def delete_archive(archive, by):
    """Throw a package away, its file with it; that it was there stays on record."""
    require(can_archive(by, archive.plan))
    archive = Archive.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=archive.pk).first()
    if archive is None:
        raise Refusal("这个归档包已经删去。")
    PlanEvent.write(archive.plan, by, "删去归档包", note=_told(archive))
    transaction.on_commit(functools.partial(archive.location.unlink, missing_ok=True))
    archive.delete()


def _told(archive):
    return f"{archive.title}，{len(archive.months)}个月，{archive.total}个文件，校验码 {archive.checksum[:12]}"


class _Packing:
    """One portion of work on one archive."""

    def __init__(self, archive):
        self.archive, self.plan, self.papers = archive, archive.plan, Papers(archive)

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
            package = Package(self.archive.location, self.archive.title, self.papers.day)
        except zipfile.BadZipFile:
            return self._anew()
        if package.names != [path for path, _, _ in self.archive.packed]:
            package.zip.close()
            return self._anew()
        return package

    def _anew(self):
        self.archive.location.unlink(missing_ok=True)
        self.archive.place, self.archive.packed, self.archive.lacking = 0, [], []
        return Package(self.archive.location, self.archive.title, self.papers.day)

    def _pack_next(self, package):
        archive = self.archive
        kind, key, path = archive.contents[archive.place]
        archive.place += 1
        chunks = self.papers.make(kind, key, path)
        if chunks is not None:
            packed = package.add(path, chunks)
            archive.packed.append([packed.path, packed.size, packed.sha256])
            if kind == "file" and packed.sha256 != self.papers.filed:
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
            "counts": dashboard.counts(self.plan, [kind for kind, _, _ in archive.contents]),
            "lacking": archive.lacking,
        }
        archive.checksum = package.seal(about, [Packed(*each) for each in archive.packed])
        archive.status, archive.ready_at = Archive.Status.READY, clock.now()

    def _note(self):
        archive = self.archive
        names = ("place", "packed", "lacking", "size", "checksum", "status", "ready_at")
        with transaction.atomic():
            if not Archive.objects.select_for_update().filter(pk=archive.pk).values_list("pk").first():
                archive.location.unlink(missing_ok=True)
                raise Refusal(GIVEN_WAY)
            archive.size = archive.location.stat().st_size
            archive.save(update_fields=names)
            if archive.is_ready:
                PlanEvent.write(self.plan, archive.by, dashboard.MADE, note=_told(archive))
