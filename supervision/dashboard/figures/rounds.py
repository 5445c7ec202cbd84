"""Figures of rankings and assessments: as the newest edition on record has them, never computed again."""

from decimal import Decimal

from kit.addresses import address_of
from kit.rates import written
from supervision.dashboard.figures.figure import NOTHING, Figure, counted, source, table
from supervision.dashboard.figures.grid import Grid
from supervision.dashboard.figures.scope import EYES
from supervision.models import RoundRecord

NAMED = 3


def record_of(scope, round):
    """The newest edition there was at the moment; None before one is published."""
    if round not in scope.records:
        rows = RoundRecord.objects.visible_to(EYES).filter(round=round, at__lte=scope.known)
        scope.records[round] = rows.order_by("-edition").first()
    return scope.records[round]


def groups_of(scope, round):
    record = record_of(scope, round)
    return record.content["groups"] if record else []


def where(scope, round, **_):
    return address_of("round", round)


def marked(total):
    """A total as it is compared: two decimals."""
    return NOTHING if total is None else f"{Decimal(total):.2f}"


def _rows(scope, round, group):
    return groups_of(scope, round)[int(group)]["rows"]


def _named(rows, told, rule):
    return Figure(
        "；".join(f"{each['name']}（{told(each)}）" for each in rows) or "无",
        rule,
        tuple((each["name"], told(each)) for each in rows),
    )


def _marks(row):
    return f"{marked(row['total'])}分"


OF = ("round", "group")


@source("round_subjects", "参加排名的个数", *OF, where=where)
def subjects(scope, **asked):
    return counted(((each["name"], marked(each["total"])) for each in _rows(scope, **asked)), "本组的考评对象")


@source("round_first", "名次居前的（点名）", *OF, where=where)
def first(scope, **asked):
    rows = [each for each in _rows(scope, **asked) if each["rank"] and each["rank"] <= NAMED and not each["low"]]
    return _named(rows, _marks, "按得分由高到低")


@source("round_low", "靠后的（点名）", *OF, where=where)
def low(scope, **asked):
    return _named([each for each in _rows(scope, **asked) if each["low"]], _marks, "末几名且没有达到应完成数")


@source("round_low_why", "靠后的主要失分（点名）", *OF, where=where)
def low_why(scope, **asked):
    return _named([each for each in _rows(scope, **asked) if each["low"]], _lost, "每家失分最多的两项")


def _lost(row):
    scored = [each for each in row["scores"] if each["mark"] is not None and each.get("applies", True)]
    lost = sorted(((Decimal(each["full"]) - Decimal(each["mark"]), each["title"]) for each in scored), reverse=True)
    return "，".join(f"{title}失{written(points)}分" for points, title in lost[:2] if points > 0) or "没有失分"


@source("round_moved", "名次变化最大的（点名）", *OF, where=where)
def moved(scope, **asked):
    up = [(each["before"] - each["rank"], each) for each in _rows(scope, **asked) if each["rank"] and each["before"]]
    best = max((places for places, _ in up), default=0)
    rows = [each for places, each in up if places == best > 0]
    return _named(rows, lambda each: f"由第{each['before']}名升至第{each['rank']}名", "上升名次最多的")


@source("round_edition", "公布件第几版", "round", where=where)
def edition(scope, round):
    record = record_of(scope, round)
    return Figure(str(record.edition) if record else NOTHING, "最新的公布件")


@table("round_ranking", "排名表", "round", "group")
def ranking(scope, round, group):
    return _table(scope, round, group, whole=True)


@table("round_places", "名次表（媒体版）", "round", "group")
def places(scope, round, group):
    return _table(scope, round, group, whole=False)


def _table(scope, round, group, *, whole):
    rows = _rows(scope, round, group)
    heads = [("name", "名称"), ("rank", "名次"), ("total", "得分")]
    graded = whole and any(each["grade"] for each in rows)
    heads += [("before", "上次名次"), ("met", "目标")] if whole else []
    heads += [("grade", "等次")] if graded else []
    grid = Grid(f"round_ranking-{group}" if whole else f"round_places-{group}", heads)
    page = address_of("round", round)
    for each in rows:
        cells = [_cell(each, "rank").at(page), _total(each).at(page)]
        cells += [_cell(each, "before").at(page), _met(each["met"])] if whole else []
        cells += [each["grade"] or NOTHING] if graded else []
        grid.row(each["name"], *cells)
    return grid.drawn


def _met(met):
    return NOTHING if met is None else "达到" if met else "未达到"


def _cell(row, name):
    value = row[name]
    return Figure(NOTHING if value is None else str(value), "并列的名次相同，其后顺延", exact=value)


def _total(row):
    """The marks of its items are what it is the sum of."""
    told = tuple((f"{each['number']}. {each['title']}", _mark(each)) for each in row["scores"])
    total = row["total"] and Decimal(row["total"])
    return Figure(marked(row["total"]), "各项得分之和，不适用的按办法折算", told, exact=total)


def _mark(score):
    if score["mark"] is None:
        return "不适用"
    formula = score.get("formula")
    return f"{written(Decimal(score['mark']))}/{written(Decimal(score['full']))}" + (f"：{formula}" if formula else "")
