"""Figures of tasks: lights, progress against time, what is done, who is named, what was agreed to be changed."""

from kit.addresses import address_of
from reports.dashboard.stood import summed
from supervision.dashboard.figures.figure import NOTHING, Figure, averaged, compared, counted, listed, source
from tasks.lights import Light

LIGHTS = {light.value: light for light in Light}
# How many are named in a text; the annex has all.
NAMED = 5


def tasks_of(scope, plan=None, section=None, unit=None, light=None, *, before=False):
    """Those a figure is of; a unit leads what stands under any of its names, section 0 is of those in none."""
    rows = scope.tasks_before if before else scope.tasks
    found = [each for each in rows if plan in (None, each.plan) and section in (None, each.section or 0)]
    found = [each for each in found if unit is None or each.lead in scope.names_of(unit)]
    return [each for each in found if light is None or each.light.value == light]


def where(scope, plan=None, **asked):
    """The page with the rows: the standings of a month that was closed, else the list of tasks."""
    closed = plan in scope.closed if plan else len(scope.closed) == len(scope.plans)
    light = asked.get("light")
    if closed:
        return scope.address("standing_list", **scope.of_month(plan), light=light)
    return scope.address("task_list", plan=scope.of_month(plan)["plan"], light=light)


def called(number, title):
    """第43项…, or of what is numbered otherwise (五)…, 自选-渌口镇-1…"""
    return f"第{number}项{title}" if number.isdecimal() else f"{number}{title}"


def row_of(task, figure):
    return called(task.number, task.title), figure, address_of("task", task.pk)


OF = ("plan", "section", "unit")


@source("tasks_total", "任务项数", *OF, where=where)
def total(scope, **asked):
    return counted((row_of(each, each.light.label) for each in tasks_of(scope, **asked)), "在执行的任务，不含重点项目")


@source("tasks_light", "某种灯色的任务", *OF, "light", where=where)
def lit(scope, **asked):
    light = LIGHTS[asked["light"]].label
    rows = [row_of(each, f"进度{each.progress}%，应达{each.expected}%") for each in tasks_of(scope, **asked)]
    return counted(rows, f"{scope.until_words}{light}的任务", label=f"{light}任务")


@source("tasks_progress", "平均进度", *OF, where=where)
def progress(scope, **asked):
    return _mean(scope, asked, "progress", "进度之和 ÷ 项数")


@source("tasks_expected", "平均应达进度", *OF, where=where)
def expected(scope, **asked):
    return _mean(scope, asked, "expected", "应达进度之和 ÷ 项数")


def _mean(scope, asked, name, rule):
    rows = [(each, getattr(each, name)) for each in tasks_of(scope, **asked)]
    told = tuple(row_of(each, f"{percent}%") for each, percent in rows)
    return averaged(sum(percent for _, percent in rows), len(rows), rule, told, "%")


@source("tasks_gap", "平均进度与序时相差", *OF, where=where)
def gap(scope, **asked):
    """As pages have it: the difference of the two means as they are shown."""
    sums = summed(tasks_of(scope, **asked))
    if not sums.total:
        return Figure(NOTHING, "没有任务，不作比较")
    points = sums.progress - sums.expected
    rule = f"平均进度{sums.progress}% − 平均应达进度{sums.expected}%，单位：百分点"
    pair = (("平均进度", f"{sums.progress}%"), ("平均应达进度", f"{sums.expected}%"))
    return Figure(compared(points), rule, pair, exact=points)


@source("tasks_moved", "比上月增减", *OF, "light", where=where)
def moved(scope, **asked):
    now, then = len(tasks_of(scope, **asked)), len(tasks_of(scope, **asked, before=True))
    rule = f"{LIGHTS[asked['light']].label}：本月{now} − 上月{then}"
    words = f"{'增加' if now > then else '减少'}{abs(now - then)}项" if now != then else "持平"
    return Figure(words, rule, (("本月", str(now)), ("上月", str(then), "")), exact=now - then)


@source("tasks_overdue", "超过完成时限的任务", *OF, where=where)
def overdue(scope, **asked):
    rows = (row_of(each, each.figures) for each in tasks_of(scope, **asked) if each.is_overdue)
    return counted(rows, "已过完成时限、没有办结的任务")


@source("tasks_good", "推进好的任务（点名）", *OF, where=where)
def good(scope, **asked):
    rows = [each for each in tasks_of(scope, **asked) if each.light is Light.BLUE or each.progress > each.expected]
    rows = [each for each in rows if not each.is_slow and each.light is not Light.GREY]
    rows.sort(key=lambda each: (each.light is not Light.BLUE, each.expected - each.progress, each.plan, each.order))
    return _named(rows[:NAMED], _ahead, "先列已办结的，再按进度超出应达进度的多少")


def _ahead(task):
    if task.light is Light.BLUE:
        return "已办结"
    return f"进度{task.progress}%，快{task.progress - task.expected}个百分点"


@source("tasks_lagging", "落后的任务（点名）", *OF, where=where)
def lagging(scope, **asked):
    rows = sorted((each for each in tasks_of(scope, **asked) if each.is_slow), key=lambda each: each.severity)
    return _named(rows[:NAMED], lambda each: f"{each.light.label}，{each.figures}", "红灯在前，按落后多少排列")


def _named(rows, why, rule):
    words = (f"{called(each.number, each.title)}（{each.lead or '待分解'}，{why(each)}）" for each in rows)
    return listed(words, rule, (row_of(each, why(each)) for each in rows))


@source("units_best", "平均进度居前的单位", "plan", where=where)
def best(scope, **asked):
    ahead = {name: sums for name, sums in _units(scope, asked) if sums.progress >= sums.expected}
    return _first(sorted(ahead.items(), key=lambda pair: (-pair[1].progress, pair[0])), "由高到低")


@source("units_last", "平均进度落后的单位", "plan", where=where)
def last(scope, **asked):
    behind = {name: sums for name, sums in _units(scope, asked) if sums.behind}
    rows = sorted(behind.items(), key=lambda pair: (pair[1].progress - pair[1].expected, pair[0]))
    return _first(rows, "落后最多的在前")


def by_unit(rows):
    """{leading unit: Sums} under the names of then, in the order of the document."""
    found = {}
    for each in rows:
        found.setdefault(each.lead or "待分解", []).append(each)
    return {name: summed(own) for name, own in found.items()}


def _units(scope, asked):
    """A task that nobody leads yet speaks for no unit."""
    return by_unit([each for each in tasks_of(scope, **asked) if each.lead]).items()


def _first(rows, words):
    rows = rows[:3]
    records = ((name, f"{sums.progress}%，应达{sums.expected}%") for name, sums in rows)
    told = (f"{name}（{sums.progress}%）" for name, sums in rows)
    return listed(told, f"牵头任务的平均进度，{words}", records, "、")


def _changes(scope, plan):
    rows = [each for each in scope.changes if plan in (None, each.task.plan_id)]
    return rows, [(each.task.called, each.wanted, address_of("change", each.pk)) for each in rows]


def _change_list(scope, **_):
    return scope.address("change_list")


@source("changes_agreed", "同意的任务变更", "plan", where=_change_list)
def changes(scope, plan=None):
    return counted(_changes(scope, plan)[1], f"{scope.months_words}同意的延期、调整和持续推进")


@source("changes_named", "同意的任务变更（逐件）", "plan", where=_change_list)
def changes_named(scope, plan=None):
    rows, told = _changes(scope, plan)
    return listed((f"{each.task.called}{each.task.short_title}{each.wanted}" for each in rows), "按审定的先后", told)


@source("tasks_due_next", "下月到期的任务（点名）", "plan")
def due_next(scope, plan=None):
    rows = [(each, called(each.number, each.short_title)) for each in scope.due_next if plan in (None, each.plan_id)]
    told = tuple((name, f"{each.due_on:%Y-%m-%d}", address_of("task", each.pk)) for each, name in rows)
    words = "；".join(f"{name}（{each.due_on.month}月{each.due_on.day}日）" for each, name in rows[:NAMED])
    more = f"等{len(rows)}项" if len(rows) > NAMED else ""
    return Figure(words + more or NOTHING, "没有办结、下月到期的任务", told, scope.address("task_list", plan=plan))
