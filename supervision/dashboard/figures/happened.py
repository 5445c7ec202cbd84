"""What happened since a paper's figures were drawn to the tasks, projects, reports and directives behind them."""

from kit import clock
from kit.addresses import address_of
from reports.models import MonthlyReport, ReportEvent
from supervision.dashboard.figures.scope import EYES, plans_of
from supervision.models import Directive, DirectiveEvent

# What moves figures of a month.
VERBS = ("报送", "审签并报送", "审核通过", "退回", "重新打开并退回", "更正月末进度", "批准免报", "取消免报")
TOLD = 5


def happened_since(paper, found, moment):
    """The same, each with what happened to its rows since the paper's figures were drawn."""
    if not found:
        return []
    events = _reports(paper, moment) | _directives(paper, moment)
    return [each._replace(why=_why(each.why, events)) for each in found]


def _why(rows, events):
    told = {}
    for words, address in rows[:TOLD]:
        told[words, address] = None
        for event in events.get(address, ())[:TOLD]:
            told[event] = None
    if len(rows) > TOLD:
        told[f"另有{len(rows) - TOLD}处", ""] = None
    return tuple(told)


def _reports(paper, moment):
    """{address of a task, project or report: [(words, address of the report)]}, the newest first."""
    reports = MonthlyReport.objects.visible_to(EYES).filter(period__plan__in=plans_of(paper))
    rows = ReportEvent.objects.of(reports).filter(verb__in=VERBS)
    rows = rows.filter(at__gt=paper.as_of, at__lte=moment).newest().select_related("subject__period__plan")
    told, found = {}, {}
    for event in rows:
        words = f"{_day(event.at)}{event.subject}{event.verb}"
        told.setdefault(event.subject_id, []).append((words, address_of("report", event.subject_id)))
    entries = reports.filter(pk__in=told, entries__isnull=False).order_by()
    for report, task, kind in entries.values_list("pk", "entries__task", "entries__task__kind"):
        name = "project" if kind == "PROJECT" else "task"
        found.setdefault(address_of(name, task), []).extend(told[report])
    return found | {address_of("report", key): words for key, words in told.items()}


def _directives(paper, moment):
    rows = Directive.objects.visible_to(EYES).of(list(plans_of(paper)), withdrawn=True)
    events = DirectiveEvent.objects.of(rows).filter(at__gt=paper.as_of, at__lte=moment).newest()
    found = {}
    for key, verb, at in events.values_list("subject", "verb", "at"):
        address = address_of("directive", key)
        found.setdefault(address, []).append((f"{_day(at)}{verb}", address))
    return found


def _day(moment):
    day = clock.local(moment).date()
    return f"{day.month}月{day.day}日"
