"""Figures of meetings, inspections, visits and interviews held within the months, and of what they found."""

from kit.addresses import address_of
from supervision.dashboard.figures.figure import counted, listed, rated, source
from supervision.models import Item, Occasion

KINDS = dict(Occasion.Kind.choices)
NAMED = 5


def occasions_of(scope, plan=None, kind=None):
    return [each for each in scope.occasions if plan in (None, each.plan_id) and kind in (None, each.kind)]


def items_of(scope, plan=None, kind=None, item=None):
    held = {each.pk for each in occasions_of(scope, plan, kind)}
    return [each for each in scope.items if each.occasion_id in held and item in (None, each.kind)]


def where(scope, plan=None, kind="", **_):
    return scope.address("occasion_list", kind=kind, plan=plan or (scope.plan and scope.plan.pk))


def where_items(scope, kind=None, **_):
    return scope.address("item_list", kind=kind)


@source("occasions_held", "活动次数", "plan", "kind", where=where)
def held(scope, **asked):
    held = occasions_of(scope, **asked)
    rows = [(_called(each), f"{each.held_on:%Y-%m-%d}", address_of("occasion", each.pk)) for each in held]
    word = KINDS[asked["kind"]]
    also = "，含调度会" if asked["kind"] == Occasion.Kind.MEETING else ""
    return counted(rows, f"{scope.months_words}开展的{word}{also}", label=f"{word}次数")


def _called(occasion):
    """Whom an interview was with is not for every reader."""
    return "约谈" if occasion.is_interview else str(occasion)


@source("items_found", "发现问题个数", "plan", "kind", where=where_items)
def found(scope, **asked):
    return counted(map(row_of, items_of(scope, **asked, item=Item.Kind.FINDING)), "督查、走访中发现的问题")


@source("items_mended", "发现问题整改率", "plan", "kind", where=where_items)
def mended(scope, **asked):
    rows = items_of(scope, **asked, item=Item.Kind.FINDING)
    done = sum(each.kept == Item.Kept.KEPT for each in rows)
    return rated(done, len(rows), "整改率 = 已整改 ÷ 发现", (("已整改", str(done)), ("发现", str(len(rows)))))


@source("items_found_named", "发现的问题（点名）", "plan", "kind", where=where_items)
def found_named(scope, **asked):
    rows = items_of(scope, **asked, item=Item.Kind.FINDING)
    words = (f"{each.unit or each.occasion.unit}：{each.text.rstrip('。；')}" for each in rows[:NAMED])
    return listed(words, "按活动的先后", map(row_of, rows))


@source("items_settled", "议定事项件数", "plan", "kind", where=where_items)
def settled(scope, **asked):
    return counted(map(row_of, items_of(scope, **asked, item=Item.Kind.DECISION)), "会议和走访议定的事项")


def row_of(item):
    return item.text, item.kept_words, address_of("occasion", item.occasion_id)
