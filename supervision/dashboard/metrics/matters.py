"""Nodes, approvals, matters handed down, promised numbers, what owners say."""

from collections import Counter

from django.db.models import Q

from kit import clock
from kit.addresses import address_of
from kit.rates import mean, written
from supervision.dashboard.metrics.scope import ALL, ENVOY, PROJECT, UNIT, besides, metric
from supervision.limits import Limit
from supervision.models import Directive, DirectiveEvent, OwnerWord
from supervision.scoring import Measured
from tasks.derived import recorded_in
from tasks.models import Indicator, Milestone, Task
from tasks.nodes import stand, wait

NODE = ("task", "task__kind", "task__number", "task__short_title", "title", "due_on", "done_on", "told_in")
LATE, OVERDUE = "迟完成", "逾期未完成"
BACK = {"退回": "核查退回", "反弹": "反弹"}
Status = Directive.Status


def _nodes(scope):
    rows = Milestone.objects.of(scope.plan).filter(task__in=scope.by_task, due_on__lte=scope.passed)
    rows = rows.filter(Q(due_on__gte=scope.first) | Q(done_on=None) | Q(done_on__gte=scope.first))
    rows = rows.exclude(task__status=Task.Status.STOPPED).order_by("due_on", "pk").values_list(*NODE, named=True)
    return scope.gathered((scope.by_task[row.task], row) for row in rows)


@metric("nodes", "节点完成", "个", "按时完成的节点 ÷ 期内到期和以前欠下的节点", (LATE, OVERDUE), rows=_nodes, fits=ALL)
def nodes(scope, rows):
    """Those due in the span, and those due before that were not done yet when it began."""
    told = [(row, *_node(row, scope)) for row in rows]
    kept, late, open_ones = (sum(word == each for _, word, _ in told) for each in ("", LATE, OVERDUE))
    return Measured(
        kept,
        whole=len(told),
        counts={LATE: late, OVERDUE: open_ones},
        words=f"应完成节点{len(told)}个，按时{kept}个，{LATE}{late}个，{OVERDUE}{open_ones}个",
        records=tuple(_node_record(row, said) for row, _, said in told),
    )


def _node(row, scope):
    since = recorded_in(row.done_on, row.told_in)
    done_on = row.done_on if since and since <= scope.last and row.done_on <= scope.end else None
    word = OVERDUE if done_on is None else LATE if done_on > row.due_on else ""
    return word, f"时限{row.due_on:%m-%d}，{stand(row.due_on, done_on, scope.end).words if done_on else OVERDUE}"


def _node_record(row, said):
    page = "project" if row.task__kind == Task.Kind.PROJECT else "task"
    return f"{row.task__number} {row.task__short_title} {row.title}", said, address_of(page, row.task)


def _approvals(scope):
    """Those the unit gives: handed in by the end of the span, and not returned before it began."""
    rows = Milestone.objects.of(scope.plan).filter(unit__in=scope.by_unit, handed_in_on__lte=scope.end)
    rows = rows.filter(Q(done_on=None) | Q(done_on__gte=scope.first)).exclude(limit_workdays=None)
    columns = ("unit", "handed_in_on", "limit_workdays", *NODE)
    rows = rows.order_by("handed_in_on", "pk").values_list(*columns, named=True)
    return scope.gathered(([scope.by_unit[row.unit]], row) for row in rows)


@metric("approvals", "审批时限", "件", "时限内办结的审批 ÷ 期内受理的审批", ("超时限审批",), rows=_approvals)
def approvals(scope, rows):
    waits = [wait(row.handed_in_on, row.limit_workdays, _answered(row, scope), scope.is_workday) for row in rows]
    over = sum(each.is_over for each in waits)
    told = [f"用{each.days}个工作日，时限{each.limit}" for each in waits]
    return Measured(
        len(rows) - over,
        whole=len(rows),
        counts={"超时限审批": over},
        words=f"受理审批{len(rows)}件，超时限{over}件",
        records=tuple(_node_record(row, said) for row, said in zip(rows, told, strict=True)),
    )


def _answered(row, scope):
    return min(row.done_on or scope.end, scope.end)


def _directives(scope):
    """Those whose day had come by the end of the span, or that were closed in it, each with {verb: how often it was so sent back}."""
    rows = Directive.objects.of([scope.plan]).filter(unit__in=scope.by_unit, sent_at__lt=scope.ends_at)
    rows = rows.exclude(status=Status.MOVED_ON).exclude(status=Status.CLOSED, closed_at__lt=scope.starts_at)
    columns = ("pk", "unit", "title", "due_on", "review_on", "handed_in_at", "closed_at", "status")
    rows = [row for row in rows.order_by("sent_at", "pk").values_list(*columns, named=True) if _counts(row, scope)]
    within = {"verb__in": BACK, "at__gte": scope.starts_at, "at__lt": scope.ends_at}
    events = DirectiveEvent.objects.filter(subject__in=[row.pk for row in rows], **within)
    back = Counter(events.order_by().values_list("subject", "verb"))
    return scope.gathered(
        ([scope.by_unit[row.unit]], (row, {verb: back[row.pk, verb] for verb in BACK})) for row in rows
    )


def _counts(row, scope):
    return (row.review_on or row.due_on) <= scope.passed or _is_closed(row, scope)


def _is_closed(row, scope):
    return row.status == Status.CLOSED and row.closed_at < scope.ends_at


def _is_late(row, scope):
    stands = row.handed_in_at and clock.local(row.handed_in_at).date()
    day = min(stands or scope.end, scope.end)
    return Limit(row.review_on or row.due_on, day, runs=stands is None).late(scope.is_workday) > 0


@metric(
    "directives",
    "交办销号",
    "件",
    "已销号 ÷ 期末前到期和期内销号的交办，移交的不计",
    ("超期", *BACK.values()),
    rows=_directives,
)
def directives(scope, rows):
    closed = sum(_is_closed(row, scope) for row, _ in rows)
    counts = {"超期": sum(_is_late(row, scope) for row, _ in rows)}
    counts |= {word: sum(back[verb] for _, back in rows) for verb, word in BACK.items()}
    return Measured(
        closed,
        whole=len(rows),
        counts=counts,
        words=f"到期和已销号的交办{len(rows)}件，销号{closed}件{besides(counts)}",
        records=tuple((row.title, _directive_words(row, scope), address_of("directive", row.pk)) for row, _ in rows),
    )


def _directive_words(row, scope):
    word = "已销号" if _is_closed(row, scope) else "未销号"
    return f"{word}，超期" if _is_late(row, scope) else word


def _indicators(scope):
    """Those the unit answers for, with how they stand where they are on a curve or where time is."""
    rows = Indicator.objects.filter(plan=scope.plan, unit__in=scope.by_unit).order_by("pk").with_figures()
    stands = ((each, each.stand(scope.last)) for each in rows)
    return scope.gathered(([scope.by_unit[each.unit_id]], (each, stand)) for each, stand in stands if stand)


@metric("indicators", "指标进度", "个", "达到进度的指标 ÷ 有数的指标", ("未达进度",), rows=_indicators)
def indicators(scope, rows):
    good = sum(stand.tone in ("good", "done") for _, stand in rows)
    told = ((each, f"{stand.words}，{stand.due_words}") for each, stand in rows)
    return Measured(
        good,
        whole=len(rows),
        counts={"未达进度": len(rows) - good},
        words=f"负责的指标{len(rows)}个，达到进度{good}个",
        records=tuple((str(each), said, address_of("indicator", each.pk)) for each, said in told),
    )


MARKS = {OwnerWord.Mark.GOOD: 100, OwnerWord.Mark.FAIR: 80, OwnerWord.Mark.POOR: 0}
SAID = (OwnerWord.Status.ANSWERED, OwnerWord.Status.CONFIRMED)


def _said_of(mark):
    """What owners said in the span's quarters, by this mark."""

    def rows(scope):
        rows = OwnerWord.objects.filter(project__in=scope.by_project, status__in=SAID, answered_at__lt=scope.moment)
        rows = rows.filter(quarter__lte=scope.last, quarter__gte=_quarter(scope.first)).exclude(**{mark: ""})
        rows = rows.order_by("quarter", "pk").values_list("pk", "project", "project__name", "quarter", mark)
        return scope.gathered((scope.by_project[row[1]], row) for row in rows)

    return rows


def _quarter(month):
    return month.replace(month=(month.month - 1) // 3 * 3 + 1)


RULE = "满意100、基本满意80、不满意0，取平均"


@metric("owner_envoy", "业主对特派员的评价", "分", RULE, ("不满意",), rows=_said_of("envoy_mark"), fits=(ENVOY,))
@metric("owner_unit", "业主对服务单位的评价", "分", RULE, ("不满意",), rows=_said_of("unit_mark"), fits=(UNIT, PROJECT))
def words(scope, rows):
    marks = [MARKS[OwnerWord.Mark(row[-1])] for row in rows]
    told = ((f"{name} {quarter:%Y-%m}起季度", OwnerWord.Mark(said).label, key) for key, _, name, quarter, said in rows)
    return Measured(
        sum(marks),
        whole=100 * len(rows),
        counts={"不满意": marks.count(0)},
        words=f"业主评价{len(rows)}份，平均{written(mean(sum(marks), len(rows)))}分",
        records=tuple((name, said, address_of("word", key)) for name, said, key in told),
    )
