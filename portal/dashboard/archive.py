"""What goes into a plan's archive package, and what still stands in its way."""

import datetime
import heapq

from django.db.models import Count
from django.db.models.functions import TruncMonth

from kit import clock, trace
from kit.floors import gathered
from kit.packing import Paths
from kit.tables import shown
from reports.models import Attachment, MonthlyReport, Period, Submission
from tasks.models import PlanEvent, PlanReading, SourceKind

BEGUN, SENT = "下载归档包", "归档包送完"
# A package does not tell of packages: the same content twice is the same package.
ARCHIVE_VERBS = (BEGUN, SENT)
Status = MonthlyReport.Status


def closed_periods(plan):
    return list(Period.objects.filter(plan=plan).closed().select_related("plan__office").order_by("month"))


def obstacles(plan):
    """Sentences; none means the year can be archived as a whole."""
    periods = {period.month: period for period in Period.objects.filter(plan=plan)}
    never = [month for month in plan.months if month not in periods]
    open_ones = [month for month, period in sorted(periods.items()) if not period.is_closed]
    found = []
    if never:
        found.append(f"{_words(never)}没有开启报送期。")
    if open_ones:
        found.append(f"{_words(open_ones)}没有结账。")
    undecided = MonthlyReport.objects.filter(period__plan=plan, period__closed_at__isnull=False)
    undecided = undecided.filter(status__in=[Status.SUBMITTED, Status.RETURNED]).select_related("period__plan")
    found += [f"{report}现在是“{report.get_status_display()}”，没有审定。" for report in undecided]
    return [*found, *(sentence for book in _books() for sentence in book.open(plan))]


def _books():
    return gathered("tables.archived", "BOOKS")


def books(plan):
    return [each for each in _books() if any(each.counts(plan).values())]


def taken(plan):
    return PlanEvent.objects.filter(subject=plan, verb__in=ARCHIVE_VERBS).order_by("-at", "-pk")[:20]


def _words(months):
    return "、".join(f"{month.year}年{month.month}月" for month in months)


def contents(plan, periods):
    """[[kind, key, path], ...] in a settled order, each under a path of its own."""
    paths = Paths()
    found = [["document", plan.pk, paths.free("方案", "方案正文.txt")]]
    found += [
        ["source", source.pk, paths.free("方案", "来源文件", f"{source.name.rpartition('.')[0] or source.name}.txt")]
        for source in sources(plan)
    ]
    found += [
        ["breakdown", plan.pk, paths.free("报表", "任务分解表.xlsx")],
        ["indicators", plan.pk, paths.free("报表", "指标月度数据.xlsx")],
        ["filing", plan.pk, paths.free("报表", "报送情况统计表.xlsx")],
    ]
    found += [["book", each.name, paths.free("报表", f"{each.name}.xlsx")] for each in books(plan)]
    for period in periods:
        found.append(["progress", period.pk, paths.free("报表", "月度进展汇总表", f"{_folder(period.month)}.xlsx")])
    for period in periods:
        found += _reports(period, paths)
    for book in books(plan):
        for folder, row in book.files(plan):
            found.append(["stored", f"{row._meta.label}:{row.pk}", paths.free(book.name, folder, row.name)])
        found += [["made", f"{book.name}:{key}", paths.free(book.name, name)] for key, name in book.made(plan)]
    for month in _months_of_events(plan):
        found.append(["trace", month.isoformat(), paths.free("操作记录", f"{_folder(month)}.xlsx")])
    found.append(["index", plan.pk, paths.free("目录.html")])
    return found


def sources(plan):
    """Documents sent in from which its tasks were written, in the order they came."""
    loaded = PlanReading.objects.exclude(loaded_at=None).only("name", "written").order_by("pk")
    return [each for each in loaded if plan.pk in each.written.get("into", ())]


def counts(plan, kinds):
    indicators = plan.indicators.annotate(n=Count("readings")).values_list("n", flat=True)
    held = {
        "任务": plan.tasks.actions().count(),
        "重点项目": plan.tasks.projects().count(),
        "指标": len(indicators),
        "指标月度数据": sum(indicators),
        "月报": kinds.count("report"),
        "附件和扫描件": kinds.count("file"),
        "来源文件": kinds.count("source"),
    }
    for each in books(plan):
        held |= each.counts(plan)
    if stored := kinds.count("stored"):
        held["活动和交办的附件"] = stored
    return held | {"文件": len(kinds)}


def document(plan):
    """The plan's own text line by line: heads, groups, phases, sections, tasks verbatim."""
    yield from (plan.title, plan.document_number, f"主管办公室：{plan.office}")
    yield f"起止时间：{plan.starts_on:%Y-%m-%d}至{plan.ends_on:%Y-%m-%d}"
    if plan.issued_on:
        yield f"印发日期：{plan.issued_on:%Y-%m-%d}"
    for group in plan.groups.prefetch_related("leads"):
        leads = "、".join(unit.name for unit in group.leads.all())
        yield from ("", str(group), *filter(None, (f"牵头单位：{leads}" if leads else "", group.composition)))
    for phase in plan.phases.all():
        yield from ("", f"{phase}（{phase.starts_on:%Y-%m-%d}至{phase.ends_on:%Y-%m-%d}）", phase.duties)
    section = None
    for task in plan.tasks.actions().in_force().with_people().order_by("order", "pk"):
        if task.section_id != section:
            section = task.section_id
            yield from ("", str(task.section or ""))
        units = [f"牵头：{task.lead or '待分解'}", *(f"配合：{unit}" for unit in task.supports)]
        yield from ("", f"{task.number} {task.text}", f"（{'；'.join(units)}；完成时限：{task.due_on:%Y-%m-%d}）")
    if plan.reporting_source:
        yield from ("", plan.reporting_source)


def readings(plan):
    """Rows of 指标月度数据; an indicator without a reading has a row of its own."""
    for each in plan.indicators.with_figures():
        goal = f"{each.get_direction_display()}{shown(each.target)}{each.unit_of_measure}"
        head = (each.name, goal, each.unit.name if each.unit else "", each.get_cumulation_display())
        rows = list(_readings_of(each))
        for month, kind, value, source, at in rows:
            called = SourceKind(kind).label + "（正式）" * (kind == each.official)
            yield (*head, f"{month:%Y-%m}", value, each.unit_of_measure, source, called, at)
        if not rows:
            yield (*head, "", None, each.unit_of_measure, "没有填报", "", None)


def _readings_of(indicator):
    for row in sorted(indicator.readings.all(), key=lambda row: (row.kind != indicator.official, row.month)):
        yield row.month, row.kind, row.value, row.source, row.at
    if indicator.derived:
        for month in indicator.plan.months:
            if (value := indicator.own(SourceKind.REGISTER, month)) is not None:
                yield month, SourceKind.REGISTER, value, indicator.figure(month).words, None


def _folder(month):
    return f"{month:%Y年%m月}"


def accepted(period):
    rows = Submission.objects.filter(report__period=period, report__status=Status.ACCEPTED).exclude(accepted_at=None)
    return rows.select_related("report__period__plan__office", "report__reviewer").order_by("report__serial")


def _reports(period, paths):
    scans = {}
    rows = Attachment.objects.present().filter(report__period=period, entry=None).order_by("pk")
    for key, report, name in rows.values_list("pk", "report", "name"):
        scans.setdefault(report, []).append((key, name))
    month, found = _folder(period.month), []
    for filed in accepted(period).iterator(chunk_size=50):
        unit = f"{filed.report.serial:03d}-{filed.content['unit']}"
        found.append(["report", filed.pk, paths.free("月报", month, f"{unit}.html")])
        for entry in filed.content["entries"]:
            for file in entry["files"]:
                path = paths.free("附件", month, unit, f"{entry['number']}-{file['name']}")
                found.append(["file", file["id"], path])
        for key, name in scans.get(filed.report_id, ()):
            found.append(["file", key, paths.free("扫描件", month, unit, name)])
    return found


def events_of(plan):
    """Of the plan and of everything that leads to it, a queryset for each table, with their subjects."""
    return [
        table.objects.filter(**{table.TO_PLAN: plan}).exclude(verb__in=ARCHIVE_VERBS).select_related(table.TO_PLAN)
        for table in trace.tables().values()
        if hasattr(table, "TO_PLAN")
    ]


def _months_of_events(plan):
    found = set()
    for events in events_of(plan):
        months = events.select_related(None).order_by().annotate(month=TruncMonth("at")).values_list("month", flat=True)
        found |= {clock.local(each).date() for each in months.distinct()}
    return sorted(found)


def events_in(plan, month):
    until = (month + datetime.timedelta(days=32)).replace(day=1)
    within = {"at__gte": clock.start_of(month), "at__lt": clock.start_of(until)}
    rows = [events.filter(**within).order_by("at", "pk").iterator(chunk_size=500) for events in events_of(plan)]
    return heapq.merge(*rows, key=lambda event: (event.at, event.word(), event.pk))
