"""Directives counted and told: the tabs and four columns of a list, what is next on one of them, how things stood on a day."""

from dataclasses import astuple, dataclass

from django.db.models import Count, OuterRef, Q, Value

from kit import clock
from kit.rates import Rate
from kit.statements import Exists, Subquery
from supervision.limits import latest_workday
from supervision.models import Batch, Directive, DirectiveEvent, Point
from supervision.models.directive import with_a_plea_waiting
from supervision.permissions import can_answer, can_direct, can_draft_papers

Status = Directive.Status
# tab -> word and the tone of its count
TABS = {
    "open": ("未结", "warn"),
    "late": ("逾期", "danger"),
    "check": ("等我核查", "info"),
    "closed": ("已销号", ""),
    "continuing": ("持续推进", ""),
    "out": ("撤销、移交", ""),
    "all": ("全部", ""),
    "drafts": ("拟办", "info"),
}
# What counts are made by: the key of its rows, how a value is called.
BY = {
    "unit": ("承办单位", "unit__name", str),
    "issuer": ("交办单位", "issuer__name", str),
    "kind": ("来源", "kind", lambda value: Directive.Kind(value).label),
    "cause": ("原因", "cause", lambda value: Directive(cause=value).get_cause_display() or "不分"),
    "level": ("谁能定", "level", lambda value: Directive.Level(value).label),
}


@dataclass(frozen=True)
class Columns:
    """The four columns; only the first is done, and the last leaves the rate."""

    closed: int = 0
    continuing: int = 0
    ongoing: int = 0
    out: int = 0

    @classmethod
    def of(cls, by_status):
        """From {status: number}; drafts count nowhere."""
        return cls(*(sum(by_status.get(each, 0) for each in statuses) for statuses in Directive.COLUMNS.values()))

    def __add__(self, other):
        return Columns(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    @property
    def issued(self):
        return self.closed + self.continuing + self.ongoing + self.out

    @property
    def rate(self):
        return Rate(self.closed, self.issued - self.out)


def conditions(user, latest):
    """{tab: condition}, ``latest`` the last workday up to today."""
    S, issued = Status, Q(number__isnull=False)
    mine = Q(issuer__in=user.units) if user.unit_id else Q(pk=None)
    unsigned = Q(status=S.SENT, sign_by__lt=latest) & ~with_a_plea_waiting()
    late = Q(status__in=[S.SENT, S.ONGOING], due_on__lt=latest) | unsigned
    return {
        "open": Q(status__in=Directive.OPEN),
        "late": late | Q(status=S.CONTINUING, review_on__lt=latest),
        "check": mine & (Q(status=S.CHECKING) | Q(status__in=Directive.OPEN) & with_a_plea_waiting()),
        "closed": Q(status=S.CLOSED),
        "continuing": Q(status=S.CONTINUING),
        "out": issued & Q(status__in=Directive.COLUMNS["撤销、移交"]),
        "all": issued,
        "drafts": Q(status=S.DRAFT),
    }


def counts(rows, tabs, tab):
    """{tab: number}, each unit of a batch by itself, in one question; "rows" is how many rows ``tab`` has, a batch being one."""
    told = {name: Count("pk", filter=condition) for name, condition in tabs.items()}
    told["alone"] = Count("pk", filter=tabs[tab] & Q(batch=None))
    told["batches"] = Count("batch", filter=tabs[tab], distinct=True)
    found = rows.order_by().aggregate(**told)
    return found | {"rows": found["alone"] + found["batches"]}


def columns_in(counted):
    """From the numbers of all tabs."""
    open_ones, continuing = counted["open"], counted["continuing"]
    return Columns(counted["closed"], continuing, open_ones - continuing, counted["out"])


def columns_by(rows, by, moment=None):
    """[(what, Columns)] of each value there is, the most still open first: now, or as they stood before ``moment``."""
    _, key, called = BY[by]
    found = {}
    for value, status, n in _counted(rows, key, moment):
        found.setdefault(called(value), {})[status] = n
    told = [(name, Columns.of(by_status)) for name, by_status in found.items()]
    return sorted(told, key=lambda pair: (-pair[1].ongoing, -pair[1].issued, pair[0]))


def then(rows, moment):
    """Those issued before ``moment``, each with its state and unit of then (``then``, ``unit_then``), read from the trace."""
    last = DirectiveEvent.objects.filter(subject=OuterRef("pk"), at__lt=moment).newest()
    issued = DirectiveEvent.objects.filter(subject=OuterRef("pk"), verb="下达", at__lt=moment)
    found = rows.filter(Exists(issued))
    return found.annotate(
        then=Subquery(last.values("status_then")[:1]), unit_then=Subquery(last.values("unit_name")[:1])
    )


def _counted(rows, key, moment):
    """(value, status, number): what is no longer written once it is issued stands still, unit and status are those of then."""
    if moment is None:
        return rows.issued().order_by().values_list(key, "status").annotate(n=Count("pk"))
    key = "unit_then" if key == BY["unit"][1] else key
    return then(rows.order_by(), moment).values_list(key, "then").annotate(n=Count("pk"))


def passed(rows, moment=None):
    """What happened to these once they were issued, before ``moment``, the oldest first."""
    events = DirectiveEvent.objects.of(rows.issued()).select_related("subject__issuer").order_by("at", "pk")
    return events.filter(at__lt=moment) if moment else events


def latest(is_workday):
    return latest_workday(clock.today(), is_workday)


class Page:
    """One directive as a person sees it: who does what next by when, what this person may do."""

    def __init__(self, user, directive, is_workday):
        self.user, self.directive, self.is_workday = user, directive, is_workday
        self.today = clock.today()
        self.points = list(directive.points.all())
        self.pleas = list(directive.pleas.all())
        self.directs, self.answers = can_direct(user, directive), can_answer(user, directive)
        self.may_draft = self.directs and can_draft_papers(user)

    @property
    def plea(self):
        """What waits for the issuer's word."""
        return next((each for each in self.pleas if each.is_waiting), None)

    @property
    def open_points(self):
        """Those to be answered again first."""
        return sorted(
            (each for each in self.points if each.is_open), key=lambda each: (not each.must_redo, each.number)
        )

    @property
    def accepted_points(self):
        return [each for each in self.points if not each.is_open]

    @property
    def limit(self):
        """The clock that runs now."""
        row = self.directive
        if row.number is None or row.status in Directive.COLUMNS["撤销、移交"]:
            return None
        return row.signing(self.today) if row.status == Status.SENT else row.finishing(self.today)

    @property
    def due_words(self):
        return self.limit.words(self.is_workday) if self.limit else ""

    @property
    def due_tone(self):
        return self.limit.tone(self.is_workday) if self.limit else "plain"

    @property
    def counted(self):
        """3点：已通过 1 · 须重答 1 · 未答 1."""
        found = {}
        for point in self.points:
            found[point.state[0]] = found.get(point.state[0], 0) + 1
        return f"{len(self.points)}点：" + " · ".join(f"{word} {n}" for word, n in found.items())

    @property
    def lacking(self):
        """Numbers of the points without an answer that counts."""
        return [point.number for point in self.open_points if not point.is_answered]

    @property
    def next_step(self):
        """Who must do what by when, in a sentence."""
        row = self.directive
        if self.plea:
            return f"{row.issuer}决定{row.unit}的{self.plea}"
        steps = {
            Status.DRAFT: f"{row.issuer}核对后下达",
            Status.SENT: f"{row.unit}在{_day(row.sign_by)}前签收",
            Status.ONGOING: f"{row.unit}在{_day(row.due_on)}前答复并报送核查",
            Status.CHECKING: f"{row.issuer}核查",
            Status.CONTINUING: f"{row.issuer}在{_day(row.review_on)}前复核",
            Status.CLOSED: "已经销号，不用再做什么",
            Status.WITHDRAWN: "已经撤销，不用再做什么",
            Status.MOVED_ON: f"已移交{row.moved_to}（{row.letter}）",
        }
        if row.status == Status.ONGOING and row.head_asked_at:
            return f"{row.unit}负责人审签后报送核查"
        return steps[row.status]

    @property
    def steps(self):
        """[(word, lines, class)] of the way it goes."""
        row, now = self.directive, self.directive.status
        order = [Status.DRAFT, Status.SENT, Status.ONGOING, Status.CHECKING, Status.CLOSED]
        place = order.index(now) if now in order else 2
        lines = {
            Status.DRAFT: [_stamp(row.sent_at), str(row.issuer)],
            Status.SENT: [
                _stamp(row.signed_at) or (_day(row.sign_by) and f"{_day(row.sign_by)}前"),
                str(row.unit or ""),
            ],
            Status.ONGOING: [self.counted],
            Status.CHECKING: [_stamp(row.handed_in_at), str(row.issuer)],
            Status.CLOSED: [_stamp(row.closed_at), f"告知{row.ordered_by}" if row.ordered_by else ""],
        }
        words = {Status.SENT: "签收", Status.CLOSED: "销号"}
        found = [
            (words.get(each, each.label), lines[each], "is-now" if n == place else "is-done" if n < place else "")
            for n, each in enumerate(order)
        ]
        if now not in order:
            found[2] = (row.get_status_display(), [self.next_step], "is-now")
        if row.refusals:
            found.insert(2, (f"核查退回{row.refusals}次", [f"现期限{_day(row.due_on)}"], "is-back"))
        return found


def _day(day):
    return f"{day.month}月{day.day}日" if day else ""


def _stamp(moment):
    return _day(clock.local(moment).date()) if moment else ""


def _beside(path, condition):
    """The same condition, asked of rows beside: {due_on: ...} becomes {directives__due_on: ...}."""
    parts = [
        _beside(path, each) if isinstance(each, Q) else (f"{path}__{each[0]}", each[1]) for each in condition.children
    ]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def fetch_beside(rows, late=None):
    """Give each row what a list shows beside it: points accepted and all; of a paper to several units how many are done and ``late``."""
    keys = [row.pk for row in rows]
    points = Point.objects.of(keys).order_by().values_list("directive").annotate(
        n=Count("pk"), passed=Count("pk", filter=Q(accepted_at__isnull=False))
    )  # fmt: skip
    found = {key: (passed, n) for key, n, passed in points}
    left = Q(directives__number__isnull=False) & ~Q(directives__status__in=Directive.COLUMNS["撤销、移交"])
    done = Q(directives__status=Status.CLOSED)
    sizes = {}
    if any(row.batch_id for row in rows):
        told = Batch.objects.of(rows).order_by().values_list("pk")
        told = told.annotate(done=Count("directives", filter=done), n=Count("directives", filter=left))
        slow = Count("directives", filter=_beside("directives", late)) if late else Value(0)
        sizes = {key: (closed, n, behind) for key, closed, n, behind in told.annotate(late=slow)}
    for row in rows:
        row.passed, row.wanted = found.get(row.pk, (0, 0))
        row.batch_done = sizes.get(row.batch_id)
