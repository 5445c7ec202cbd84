"""What the unit's offline form shows: the month's open reports as plain values, last month's words beside."""

from reports import offline
from reports.line import NODE
from reports.models import Entry

LONGEST = 240
CUT = "……（全文见网页）"


def writable(sheets):
    return [sheet for sheet in sheets if sheet.is_writable and sheet.lines]


def plan_names(plans):
    """{plan key: PlanName}, with the year where two short titles are alike."""
    titles = [plan.short_title for plan in plans]
    return {
        plan.pk: offline.PlanName(
            f"{plan.year}年{plan.short_title}" if titles.count(plan.short_title) > 1 else plan.short_title,
            plan.year,
            plan.title,
        )
        for plan in plans
    }


def drawn_lines(sheets, names, seen_of):
    """``seen_of(entry)`` says which version and values a line was drawn from."""
    return [_drawn(sheet, line, names, seen_of) for sheet in sheets for line in sheet.lines]


def _drawn(sheet, line, names, seen_of):
    entry = line.entry
    role = entry.get_role_display()
    return offline.Drawn(
        plan=names[sheet.period.plan_id].shown,
        number=entry.task.number,
        text=entry.task.text,
        role=f"{role}\n须重报" if line.entry.must_redo else role,
        last_progress=line.last.progress if line.last else None,
        last_text=f"{_asked(line)}{last_words(line.last, sheet.period.month)}",
        values=entry.asked.values_of(entry),
        seen=seen_of(entry),
        title=entry.task.short_title,
        steps=_steps(entry),
    )


def _steps(entry):
    """(field, title, limit) of the nodes the month may tell of; of two with one title the limit tells them apart."""
    titles = [title for _, title in entry.open_nodes]
    limits = {str(each.pk): each.due_on for each in entry.task.milestones.all()} if titles else {}
    return tuple(
        (f"{NODE}{key}", f"{title}（{limits[key]}）" if titles.count(title) > 1 else title, limits[key])
        for key, title in entry.open_nodes
    )


def _asked(line):
    if not line.entry.must_redo:
        return ""
    asked = line.entry.office_remark or line.entry.report.return_reason
    return f"【退回意见】{_short(asked)}\n"


def last_words(last: Entry | None, month):
    """An older month than the last is named."""
    if last is None:
        return ""
    said = f"无变化：{last.no_change_reason}" if last.no_change else last.said
    planned = f"\n打算：{_short(last.next_steps)}" if last.next_steps else ""
    was = last.report.period.month
    apart = (month.year - was.year) * 12 + month.month - was.month
    return f"{f'（{was.month}月）' if apart != 1 else ''}{_short(said)}{planned}"


def _short(text):
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def deadlines(sheets, names):
    return [f"{names[sheet.period.plan_id].shown}：{sheet.report.due_words}截止" for sheet in sheets]
