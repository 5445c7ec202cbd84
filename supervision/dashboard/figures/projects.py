"""Figures of key projects at the end of a month: how many, money against plan and curve, rates, who is named."""

from collections import Counter

from django.urls import reverse

from kit.addresses import address_of
from kit.rates import grouped
from reports.dashboard.adjusted import ADDED, KINDS, Adjusted
from reports.dashboard.stand import CAUSES, CLASSES, summed
from supervision.dashboard.figures.figure import (
    NOTHING,
    YI,
    Figure,
    compared,
    counted,
    listed,
    money,
    rated,
    signed,
    source,
)
from tasks.lights import Light
from tasks.models import SourceKind

OF = ("plan", "klass", "action", "unit", "leader")
LIGHTS = {light.value: light for light in Light}
MEASURES = {"year": "年计划", "due": "应完成", "done": "累计完成"}
# Of each rate: its name, what its part is called and what its whole, the rule.
RATES = {
    "started": ("开工率", "已开工项目", "新开工项目", "已开工 ÷ 在册新开工项目，不论计划哪月开工"),
    "completed": ("竣工率", "已竣工项目", "应竣工项目", "已竣工 ÷ 方案期内应竣工和已竣工的续建项目"),
    "fulfilled": ("履约率", "已履约项目", "招商履约项目", "已履约 ÷ 在册招商履约项目"),
    "at_capacity": ("投产达效率", "已达产项目", "已投产项目", "已达产 ÷ 已投产的在册项目"),
}
NAMED = 5


def programme_of(scope, plan=None):
    """The projects of a plan; where none is named, of the only one that has any."""
    found = scope.programmes
    return found.get(plan) if plan else next(iter(found.values()), None)


def stands_of(scope, plan=None, klass=None, light=None, action=None, cause=None, unit=None, leader=None):
    programme = programme_of(scope, plan)
    rows = programme.running if programme else []
    asked = {"klass": klass, "cause": cause, "unit": unit}
    rows = [each for each in rows if all(v is None or getattr(each, name) == v for name, v in asked.items())]
    rows = [each for each in rows if light is None or each.light.value == light]
    if action is not None:
        classes, causes = scope.driven(action)
        rows = [each for each in rows if each.klass in classes or each.cause in causes]
    return rows if leader is None else [each for each in rows if each.pk in scope.led(programme.plan, leader)]


def where(scope, plan=None, **asked):
    programme = programme_of(scope, plan)
    query = {name: asked[name] for name in ("klass", "light", "cause", "unit", "action") if name in asked}
    if programme is None:
        return reverse("project_list")
    return scope.address("project_list", plan=programme.plan.pk, month=f"{programme.month:%Y-%m}", **query)


def row_of(stand, figure):
    return f"{stand.code} {stand.name}", figure, address_of("project", stand.pk)


def parts(scope, asked, figure, of_one=None):
    """The rows a figure of money or number is the sum of: its classes, of one class or a choice the projects themselves."""
    rows = stands_of(scope, **asked)
    if set(asked) - {"plan", "action"}:
        return tuple(row_of(each, of_one(each) if of_one else figure([each])) for each in rows)
    return tuple(
        (label, figure(own), where(scope, **asked, klass=klass))
        for klass, label in CLASSES.items()
        if (own := [each for each in rows if each.klass == klass])
    )


@source("projects_count", "重点项目个数", *OF, "light", "cause", where=where)
def count(scope, **asked):
    rows = stands_of(scope, **asked)
    told = parts(scope, asked, lambda own: str(len(own)), lambda each: _stood(scope, each, asked))
    word = LIGHTS[asked["light"]].label if "light" in asked else CLASSES.get(asked.get("klass"), "重点项目")
    rule = "在册项目，打包项目计一个，不含已调出"
    return Figure(str(len(rows)), rule, told, exact=len(rows), label=f"{word}个数")


def _stood(scope, stand, asked):
    return brief_of(scope, stand) if "light" in asked and stand.is_judged else stand.light.label


@source("projects_money", "重点项目投资", *OF, "measure", "scale", where=where)
def invested(scope, measure="done", scale="YI", **asked):
    rows = stands_of(scope, **asked)
    amount, words = getattr(summed(rows), measure), MEASURES[measure]
    told = parts(scope, asked, lambda own: grouped(getattr(summed(own), measure)))
    programme = programme_of(scope, asked.get("plan"))
    rule = f"{len(rows)}个项目{programme.until if programme else ''}{words}之和{grouped(amount)}万元"
    return Figure(money(amount, scale), rule, told, exact=amount, label=f"{words}投资")


@source("projects_share", "占年计划", *OF, where=where)
def share(scope, **asked):
    sums = summed(stands_of(scope, **asked))
    pairs = (("累计完成", grouped(sums.done)), ("年计划", grouped(sums.year)))
    return rated(sums.done, sums.year, "占年计划 = 累计完成 ÷ 年计划（万元）", pairs)


@source("projects_gap", "与应完成进度相差", *OF, where=where)
def gap(scope, **asked):
    """Points of the year's plan, below zero behind the month curve: for tables."""
    return _gap(scope, asked, signed)


@source("projects_lag", "比应完成进度快慢", *OF, where=where)
def lag(scope, **asked):
    return _gap(scope, asked, compared)


def _gap(scope, asked, shown):
    sums = summed(stands_of(scope, **asked))
    done, due, year = (grouped(getattr(sums, name)) for name in ("done", "due", "year"))
    pairs = (("累计完成", done), ("应完成", due), ("年计划", year))
    if sums.ahead is None:
        return Figure(NOTHING, "没有年计划，不作比较", pairs)
    rule = f"（累计完成{done} − 应完成{due}）÷ 年计划{year}，单位：百分点"
    return Figure(shown(sums.ahead), rule, pairs, exact=sums.ahead)


@source("projects_rate", "项目比率", "plan", "rate", where=where)
def rate(scope, plan=None, rate="started"):
    return _rate(scope, plan, rate, 0)


@source("projects_rate_part", "项目比率的分子", "plan", "rate", where=where)
def rate_part(scope, plan=None, rate="started"):
    return _rate(scope, plan, rate, 1)


@source("projects_rate_whole", "项目比率的分母", "plan", "rate", where=where)
def rate_whole(scope, plan=None, rate="started"):
    return _rate(scope, plan, rate, 2)


def _rate(scope, plan, rate, place):
    """One of RATES itself (``place`` 0), what its part is (1), what its whole is (2)."""
    programme, (*names, rule) = programme_of(scope, plan), RATES[rate]
    if programme is None:
        return Figure(NOTHING, "没有重点项目")
    found, rule = getattr(programme, rate), f"{names[0]} = {rule}"
    pairs = (("分子", str(found.part)), ("分母", str(found.whole)))
    if place == 0:
        return rated(found.part, found.whole, rule, pairs, label=names[0])
    number = (found.part, found.whole)[place - 1]
    return Figure(str(number), rule, pairs[place - 1 : place], exact=number, label=names[place])


@source("projects_lagging", "落后的项目（点名）", *OF, where=where)
def lagging(scope, **asked):
    rows = sorted((each for each in stands_of(scope, **asked) if each.is_judged), key=lambda each: each.severity)
    rows = rows[:NAMED]
    if programme := programme_of(scope, asked.get("plan")):
        programme.register.look([each.pk for each in rows])
    told = tuple(row_of(each, brief_of(scope, each)) for each in rows)
    words = (_named(each, f"{each.light.label}，{brief_of(scope, each)}") for each in rows)
    return listed(words, "红灯在前，按落后多少排列", told)


def _named(stand, why):
    return f"{stand.name}（{stand.unit_name or '未定服务单位'}，{why}）"


def brief_of(scope, stand):
    """Why it is red or yellow, judged once for a paper."""
    if stand.pk not in scope.briefs:
        scope.briefs[stand.pk] = stand.brief.replace(" · ", "，")
    return scope.briefs[stand.pk]


@source("projects_good", "推进好的项目（点名）", *OF, where=where)
def good(scope, **asked):
    rows = [
        each
        for each in stands_of(scope, **asked)
        if each.light is Light.BLUE or each.light is Light.GREEN and (each.ahead or 0) > 0
    ]
    rows = sorted(rows, key=lambda each: (each.light is not Light.BLUE, -(each.ahead or 0), each.code))[:NAMED]
    words = (_named(each, _ahead(each)) for each in rows)
    return listed(words, "先列完成年度目标的，再按快多少排列", (row_of(each, _ahead(each)) for each in rows))


def _ahead(stand):
    return "年度目标已完成" if stand.light is Light.BLUE else f"快{stand.ahead}个百分点"


@source("projects_stuck", "受阻项目个数", "plan", "action", "cause", where=where)
def stuck(scope, **asked):
    told = [row_of(each, each.cause_words) for each in stands_of(scope, **asked) if each.cause]
    label = f"{CAUSES.get(asked.get('cause'), '受阻')}项目"
    return counted(told, "最近一次通过的月报所说的受阻原因", label=label)


@source("projects_stuck_named", "受阻原因（分类）", "plan", "action", where=where)
def stuck_named(scope, **asked):
    found = Counter(each.cause for each in stands_of(scope, **asked) if each.cause)
    rows = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    told = ((CAUSES[cause], str(n), where(scope, **asked, cause=cause)) for cause, n in rows)
    return listed((f"{CAUSES[cause]}{n}个" for cause, n in rows), "按最近一次通过的月报所说的受阻原因", told, "、")


def _list(name):
    def where(scope, plan=None, **_):
        programme = programme_of(scope, plan)
        return reverse(name) + (f"?plan={programme.plan.pk}" if programme else "")

    return where


@source("approvals_over", "审批超时限的事项", "plan", where=_list("project_approvals"))
def approvals(scope, plan=None):
    programme = programme_of(scope, plan)
    rows = programme.overdue_approvals if programme else ()
    told = [
        (
            f"{each.code} {each.name}：{each.title}",
            f"{each.unit_name}超{each.over}个工作日",
            address_of("project", each.project),
        )
        for each in rows
    ]
    return counted(told, "报审后的工作日超过审批单位的时限")


@source("projects_gaps", "五个一有空缺的项目", "plan", where=_list("project_gaps"))
def gaps(scope, plan=None):
    programme = programme_of(scope, plan)
    rows = programme.gaps if programme else ()
    told = (row_of(each, "缺" + "、".join(each.missing)) for each in rows)
    return counted(told, "缺领导、服务单位、特派员、时间表之一的项目")


@source("projects_listed", "年初以来增补（调出）的项目", "plan", "how", where=_list("project_changes"))
def listed_by(scope, plan=None, how=ADDED):
    programme = programme_of(scope, plan)
    rows = Adjusted(programme).rows_of(how) if programme else ()
    told = (row_of(each, each.reason or each.klass_words) for each in rows)
    return counted(told, f"年初名单以来{KINDS[how]}的项目", label=KINDS[how])


@source("projects_statistics", "统计部门的投资数", "plan", "scale")
def statistics(scope, plan=None, scale="YI"):
    return _statistics(scope, plan, lambda official, own: official, scale, "统计部门同期数")


@source("projects_statistics_gap", "统计数与项目汇总相差", "plan", "scale")
def statistics_gap(scope, plan=None, scale="YI"):
    return _statistics(scope, plan, lambda official, own: abs(official - own), scale, "统计部门同期数与项目汇总之差")


def _statistics(scope, plan, figure, scale, rule):
    """Of the month the projects are shown of; nothing where the statistics have said nothing of it."""
    programme = programme_of(scope, plan)
    row = scope.invested_indicator(programme.plan) if programme else None
    address = address_of("indicator", row.pk) if row else ""
    said = row and row.actual(programme.month, SourceKind.STATISTICS)
    if said is None or row.latest(SourceKind.STATISTICS, programme.month) != programme.month:
        return Figure(NOTHING, f"{rule}：没有这个月的数", address=address)
    own, said = programme.sums.done + programme.stopped_money, said * (YI if row.unit_of_measure == "亿元" else 1)
    pairs = (
        ("统计部门", f"{grouped(said)}万元", address),
        ("项目汇总", f"{grouped(own)}万元", where(scope, plan)),
    )
    amount, rule = figure(said, own), f"{rule}，{row.reach_of(SourceKind.STATISTICS)}"
    return Figure(money(amount, scale), rule, pairs, address, amount)


def scale_of(scope, **asked):
    """Whether money is told in 亿元 (YI) or, of less than one, in 万元."""
    return "YI" if summed(stands_of(scope, **asked)).year >= YI else "WAN"
