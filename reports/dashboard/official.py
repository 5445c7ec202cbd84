"""The official sheets of a plan, ready to be written: for the pages that offer them and for the archive."""

from reports import workbooks
from reports.dashboard import ledgers, timeliness


def breakdown(plan, day, tasks):
    title = f"{plan.title.removesuffix('活动实施方案').removesuffix('实施方案')}任务分解表"
    return workbooks.breakdown_sheet(title, plan.office.name, day, ledgers.breakdown(tasks))


def progress(period, day, reports, tasks, remarks=None):
    title = f"{period.plan.title.removesuffix('实施方案')}{period.month.month}月工作进展汇总表"
    return workbooks.progress_sheet(
        title, period.plan.office.name, day, ledgers.progress(period, reports, tasks), remarks
    )


def filing(plan, day, units, months, reports):
    """报送情况统计表; ``units`` as timeliness.units_of annotates them."""
    units = list(units)
    kept = timeliness.kept(reports, units)
    rows = [_filing_row(unit, months, kept) for unit in units]
    title = f"{plan.title.removesuffix('实施方案')}月报报送情况统计表"
    return workbooks.filing_sheet(title, plan.office.name, day, months, rows, timeliness.sums(units))


def _filing_row(unit, months, kept):
    found = [kept.get((unit.pk, month)) for month in months]
    marks = [(each.word, "" if each.tone == "plain" else each.tone) if each else ("", "") for each in found]
    figures = tuple(getattr(unit, fact.value) for fact in timeliness.COUNTED)
    rates = (timeliness.filed_rate(unit).percent, timeliness.on_time_rate(unit).percent)
    return (unit.name, unit.get_peer_group_display(), unit.tasks, marks, *figures, *rates)
