"""Monthly reports: on time, missing, given back."""

from collections import Counter

from kit.addresses import address_of
from reports.models import Fact, MonthlyReport, ReportEvent
from reports.models.fact import FACTS_FROM, facts_of
from supervision.dashboard.burden import BACK
from supervision.dashboard.metrics.scope import besides, metric
from supervision.scoring import Measured

WORDS = {Fact.LATE: "迟报", Fact.MISSING: "缺报", Fact.LAPSED: "退回未重报"}


def _reports(scope):
    rows = MonthlyReport.objects.filter(
        period__plan=scope.plan, period__month__range=(scope.first, scope.last), unit__in=scope.by_unit
    )
    rows = rows.order_by("period__month", "pk").values_list("unit", "period__month", "pk", *FACTS_FROM, named=True)
    due = ((row, facts_of(row, scope.moment)) for row in rows)
    return scope.gathered(([scope.by_unit[row.unit]], (row, facts)) for row, facts in due if Fact.DUE in facts)


def _record(row, said):
    return f"{row.period__month.month}月月报", said, address_of("report", row.pk)


def _word(facts):
    return next((word for fact, word in WORDS.items() if fact in facts), "按时")


@metric("on_time", "按时报送", "次", "按时报送次数 ÷ 到期应报次数", WORDS.values(), rows=_reports)
def on_time(scope, rows):
    words = [_word(facts) for _, facts in rows]
    counts = Counter(words)
    told = {word: counts[word] for word in WORDS.values()}
    return Measured(
        counts["按时"],
        whole=len(rows),
        counts=counts,
        words=f"到期应报{len(rows)}次，按时{counts['按时']}次{besides(told)}",
        records=tuple(_record(row, word) for (row, _), word in zip(rows, words, strict=True)),
    )


@metric("filed", "报送", "次", "已报次数 ÷ 到期应报次数，不论早晚", ("没有报",), rows=_reports)
def filed(scope, rows):
    there = [Fact.FILED in facts for _, facts in rows]
    return Measured(
        sum(there),
        whole=len(rows),
        counts={"没有报": len(rows) - sum(there)},
        words=f"到期应报{len(rows)}次，已报{sum(there)}次",
        records=tuple(_record(row, "已报" if ok else "未报") for (row, _), ok in zip(rows, there, strict=True)),
    )


def _times_back(scope):
    reports = scope.once(_reports)
    keys = [row.pk for rows in reports.values() for row, _ in rows]
    events = ReportEvent.objects.filter(verb__in=BACK, subject__in=keys, at__lt=scope.moment).order_by("at", "pk")
    told = Counter(events.values_list("subject", flat=True))
    return {key: [(row, told[row.pk]) for row, _ in rows] for key, rows in reports.items()}


@metric("returned", "月报退回", "次", "没有退回过的月报 ÷ 到期应报次数", ("退回",), rows=_times_back)
def returned(scope, rows):
    times, kept = sum(n for _, n in rows), sum(not n for _, n in rows)
    return Measured(
        kept,
        whole=len(rows),
        counts={"退回": times},
        words=f"到期应报{len(rows)}次，没有退过的{kept}次，退回{times}次",
        records=tuple(_record(row, f"退回{n}次" if n else "没有退过") for row, n in rows),
    )
