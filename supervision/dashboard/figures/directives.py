"""Figures of matters handed down, as they stood at the moment: the four columns, by unit, what is late."""

from functools import partial

from kit import clock
from kit.addresses import address_of
from kit.deadlines import workdays_between
from supervision.dashboard.directives import Columns
from supervision.dashboard.figures.figure import counted, listed, rated, source
from supervision.models import Directive

Status = Directive.Status
# Column of a paper -> its word, the tab of the list that holds it.
COLUMNS = dict(zip(("closed", "continuing", "ongoing", "out"), Directive.COLUMNS, strict=True))
TABS = {"closed": "closed", "continuing": "continuing", "ongoing": "open", "out": "out", "": "all", "late": "late"}
NAMED = 5


def directives_of(scope, plan=None, unit=None, column=None):
    rows = [each for each in scope.directives if plan is None or _is_about(scope, each, plan)]
    rows = [each for each in rows if unit is None or each.unit_then in scope.names_of(unit)]
    return rows if not column else [each for each in rows if each.then in Directive.COLUMNS[COLUMNS[column]]]


def _is_about(scope, directive, plan):
    if directive.task is None:
        return any(each.office_id == directive.issuer_id for each in scope.chosen(plan))
    return directive.task.plan_id == plan


def columns_of(rows):
    by_status = {}
    for each in rows:
        by_status[each.then] = by_status.get(each.then, 0) + 1
    return Columns.of(by_status)


def late_of(scope, **asked):
    """Open ones whose day had passed, the longest first, each with its workdays."""
    last, found = scope.latest, []
    for each in directives_of(scope, **asked):
        day = each.sign_by if each.then == Status.SENT and each.sign_by else each.review_on or each.due_on
        if each.then in (Status.SENT, Status.ONGOING, Status.CONTINUING) and day and day < last:
            found.append((workdays_between(day, scope.day, scope.is_workday), each))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].pk))


def where(scope, column="", **_):
    return scope.address("directive_list", tab=TABS[column or ""], plan=scope.plan and scope.plan.pk)


def row_of(directive):
    name = f"{directive.code} {directive.title}（{directive.unit_then}）"
    return name, Status(directive.then).label, address_of("directive", directive.pk)


@source("directives_issued", "交办件数", "plan", "unit", where=where)
def issued(scope, **asked):
    return counted(map(row_of, directives_of(scope, **asked)), "累计下达的交办事项，一件交几个单位的按单位计")


@source("directives_new", "本期新交办件数", "plan", "unit", where=where)
def new(scope, **asked):
    first, end = clock.start_of(scope.first), clock.end_of(scope.ends_on)
    rows = (each for each in directives_of(scope, **asked) if each.sent_at and first <= each.sent_at < end)
    return counted(map(row_of, rows), f"{scope.months_words}下达")


@source("directives_column", "交办某一栏件数", "plan", "unit", "column", where=where)
def column(scope, **asked):
    word = COLUMNS[asked["column"]]
    rule = f"{scope.day.month}月{scope.day.day}日的状态：{word}"
    return counted(map(row_of, directives_of(scope, **asked)), rule, label=f"交办{word}")


@source("directives_rate", "销号率", "plan", "unit", where=where)
def rate(scope, **asked):
    return rate_of(columns_of(directives_of(scope, **asked)), where(scope, "closed"), where(scope))


def rate_of(found, closed="", whole=""):
    """``closed`` and ``whole`` are the pages of its two numbers."""
    pairs = (("已销号", str(found.closed), closed), ("下达减撤销、移交", str(found.issued - found.out), whole))
    return rated(found.closed, found.issued - found.out, "销号率 = 已销号 ÷（下达 − 撤销、移交）", pairs)


def _late_row(pair):
    name, _, address = row_of(pair[1])
    return name, f"超期{pair[0]}个工作日", address


@source("directives_late", "逾期交办件数", "plan", "unit", where=partial(where, column="late"))
def late(scope, **asked):
    return counted(map(_late_row, late_of(scope, **asked)), "过了办结、签收或复核期限")


@source("directives_late_named", "逾期交办（点名）", "plan", "unit", where=partial(where, column="late"))
def late_named(scope, **asked):
    rows = late_of(scope, **asked)
    words = (f"{each.code}{each.title}（{each.unit_then}，超期{days}个工作日）" for days, each in rows[:NAMED])
    return listed(words, "超期最久的在前", map(_late_row, rows))


def _up(scope, **asked):
    levels = (Directive.Level.COUNTY, Directive.Level.MAIN)
    return [each for each in directives_of(scope, **asked) if each.then in Directive.OPEN and each.level in levels]


@source("directives_up", "需县领导定的交办件数", "plan", "unit", where=partial(where, column="ongoing"))
def up(scope, **asked):
    return counted(map(row_of, _up(scope, **asked)), "没有办结、要县级领导或主要领导定的")


@source("directives_up_named", "需县领导定的交办（点名）", "plan", "unit", where=partial(where, column="ongoing"))
def up_named(scope, **asked):
    rows = _up(scope, **asked)
    words = (f"{each.title}（{each.unit_then}，{each.get_level_display()}）" for each in rows[:NAMED])
    return listed(words, "按下达的先后", map(row_of, rows))
