"""Units renamed or merged, with what follows for the months that are open. Reports filed and months closed stay as they are."""

from django.db import transaction

from kit import clock
from kit.moves import lock, lock_rows, move, require
from portal.dashboard.succession import Fate, fates, open_reports
from reports.actions.periods import sync_obligations
from reports.actions.writing import columns_of
from reports.line import LINE
from reports.models import Entry, Exemption, MonthlyReport, Period, ReportEvent
from supervision.actions.succession import hand_over_occasions
from tasks.actions.succession import hand_over
from tasks.models import Plan, Responsibility
from units.actions import succession
from units.actions.notices import tell
from units.models import User
from units.permissions import can_manage_units

Status = MonthlyReport.Status


@transaction.atomic
def rename(unit, by, **change):
    """Reports not filed yet go out under the new name. See units.actions.succession.rename_unit."""
    require(can_manage_units(by))
    lock_rows(MonthlyReport.objects.filter(unit=unit, period__closed_at=None))
    unit = succession.rename_unit(unit, by, **change)
    note = succession.words_of(change["effective_on"], change["reason"])
    for report in map(lock, open_reports([unit])):
        old, report.unit_name = report.unit_name, unit.name
        report.save(update_fields=["unit_name"])
        ReportEvent.write(report, by, "单位更名", note=note, changes={"单位名称": [old, unit.name]})
    return unit


@transaction.atomic
def merge(units, successor, by, **change):
    """Merge ``units`` into ``successor`` with everything that follows; return the successor.

    See units.actions.succession.merge_units for the directory's part and dashboard.succession for what becomes of reports.
    """
    require(can_manage_units(by))
    units = sorted(units, key=lambda unit: (unit.order, unit.pk))
    concerned = [unit for unit in [*units, successor] if unit.pk]
    lock_rows(Plan.objects.all(), MonthlyReport.objects.filter(unit__in=concerned, period__closed_at=None))
    # Decided before anything is written, as the preview showed it; nobody files meanwhile.
    decided = fates(units, successor)
    successor = succession.merge_units(units, successor, by, **change)
    note = succession.words_of(change["effective_on"], change["reason"])
    hand_over(units, successor, by, effective_on=change["effective_on"], note=note)
    hand_over_occasions(units, successor, by, effective_on=change["effective_on"], note=note)
    for report, fate in decided:
        _carry_out(lock(report), fate, successor, by, note)
    for period in Period.objects.filter(closed_at=None, on_time_until__gt=clock.now()):
        sync_obligations(period)
    _announce(units, successor, note)
    return successor


def _carry_out(report, fate, successor, by, note):
    if fate is Fate.STAY:
        ReportEvent.write(report, by, "机构调整", note=f"{note}由{successor.name}报送")
        return
    if report.status == Status.SIGNING:
        move(report, Status.DRAFT)
        ReportEvent.write(report, by, "撤回审签", note=note)
    if fate is Fate.MOVE:
        _move(report, successor, by, note)
    else:
        _join(report, successor, by, note)


def _move(report, successor, by, note):
    """Make it the successor's report, with everything written in it."""
    old = report.unit_name
    report.unit, report.unit_name, report.version = successor, successor.name, report.version + 1
    report.save(update_fields=["unit", "unit_name", "version"])
    _settle_roles(report)
    ReportEvent.write(report, by, "转由承接单位报送", note=note, changes={"单位名称": [old, successor.name]})


def _join(report, successor, by, note):
    """Put what was written into the successor's own report of the month; nothing is left to owe here."""
    target = lock(MonthlyReport.objects.get(period=report.period_id, unit=successor))
    if target.status == Status.SIGNING:
        move(target, Status.DRAFT)
        ReportEvent.write(target, by, "撤回审签", note=note)
    there, given_up = {entry.task_id: entry for entry in target.entries.select_related("task")}, {}
    for entry in report.entries.select_related("task").order_by("pk"):
        if entry.task_id not in there:
            _take(entry, target)
        elif entry.task.is_project:
            given_up |= _combine_line(entry, there[entry.task_id], target)
        else:
            _combine(entry, there[entry.task_id], target, report.unit_name)
    written = target.entries.filter(version__gt=0).exists()
    if written and target.status == Status.DUE:
        move(target, Status.DRAFT)
    _settle_roles(target)
    move(report, Status.EXEMPT)
    reason = f"{note}并入{successor.name}"[:200]
    Exemption.objects.create(report=report, reason=reason, by=by, at=clock.now())
    ReportEvent.write(
        report, by, "并入承接单位月报", note=note, changes={"由谁报送": [report.unit_name, successor.name]}
    )
    changes = {"并入": ["", report.unit_name], **given_up}
    ReportEvent.write(target, by, "并入月报内容", note=note, changes=changes)


def _take(entry, target):
    entry.attachments.update(report=target)
    Entry.objects.filter(pk=entry.pk).update(report=target)


def _combine(entry, own, target, name):
    """Two entries of one task become the successor's one: its own words first, the other's below with their unit's name."""
    if not entry.is_untouched:
        asked, speaks = entry.asked, _speaks(entry, own)
        values = asked.values_of(entry)
        if not own.is_untouched:
            known = asked.values_of(own)
            values = {at: asked[at].joined(known[at], other, name, speaks) for at, other in values.items()}
        _write(own, entry, columns_of(own, values))
    entry.attachments.update(report=target, entry=own)
    entry.delete()


def _write(own, entry, values):
    edited = {"edited_at": own.edited_at or entry.edited_at, "edited_by": own.edited_by or entry.edited_by}
    Entry.objects.filter(pk=own.pk).update(**values, **edited, version=own.version + 1)


def _combine_line(entry, own, target):
    """Two lines of one project speak of the same money: the successor's own stand, the other's fill what it left blank.

    Return {what: [the other's, what stands]} of what was said twice and differently, for the trace.
    """
    known, other = LINE.values_of(own), LINE.values_of(entry)
    values = {name: other[name] if known[name] in (None, "") else known[name] for name in LINE}
    given_up = {
        f"{own.task.number} {LINE[name].label}": [str(other[name]), str(values[name])]
        for name in LINE
        if other[name] not in (None, "", values[name])
    }
    if not entry.is_untouched:
        _write(own, entry, values | {"nodes": {**(entry.nodes or {}), **(own.nodes or {})}})
    entry.attachments.update(report=target, entry=own)
    entry.delete()
    return given_up


def _speaks(entry, own):
    """Does the other entry's figure count: its unit led, or nothing was written in the successor's own?"""
    return entry.progress is not None and (own.progress is None or entry.role == Responsibility.Role.LEAD)


def _settle_roles(report):
    """Let the entries say the part the unit has in each task now."""
    parts = Responsibility.objects.filter(unit=report.unit_id, task__entries__report=report)
    for task, role in parts.values_list("task", "role"):
        report.entries.filter(task=task).update(role=role)


def _announce(units, successor, note):
    names = "、".join(unit.name for unit in units)
    tell(
        User.objects.working_for([successor]),
        key=f"merge:{successor.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        title=f"{names}并入{successor.name}",
        body=f"{note}，原单位未办结的任务和未报送的月报由本单位承接。",
        url="/month/",
    )
