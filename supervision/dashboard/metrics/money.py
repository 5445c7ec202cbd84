"""Key projects: money against the curve, lights, starts, completions."""

from kit.addresses import address_of
from kit.deadlines import last_day
from kit.rates import grouped
from reports.dashboard.stand import summed
from supervision.dashboard.metrics.scope import ALL, metric
from supervision.scoring import Measured
from tasks import derived
from tasks.lights import Light
from tasks.models import ProjectClass

BAD = {Light.RED: "红灯项目", Light.YELLOW: "黄灯项目"}
STARTED, COMPLETED = "未按期开工", "未按期竣工"


def _record(each, said):
    return f"{each.code} {each.name}", said, address_of("project", each.pk)


def _spent(each):
    return f"完成{grouped(each.done)}，应完成{grouped(each.due)}，年度计划{grouped(each.year)}万元"


def _projects(scope):
    return scope.projects()


def _money(rows, with_year):
    sums, rows = summed(rows), [each for each in rows if each.year or each.due or each.done]
    if not rows or with_year and not sums.year:
        return None
    said = f"{len(rows)}个项目完成投资{grouped(sums.done)}万元，应完成{grouped(sums.due)}万元"
    if with_year:
        said += f"，年度计划{grouped(sums.year)}万元；完成{sums.share}%，应完成{sums.due_share}%"
    return Measured(
        sums.done,
        due=sums.due,
        whole=sums.year if with_year else None,
        counts={"项目": len(rows)},
        words=said,
        records=tuple(_record(each, _spent(each)) for each in rows),
    )


HOW = {"rows": _projects, "fits": ALL}


@metric("invested", "投资额", "万元", "1月至期末入册投资，与按月计划累计数相比", has_due=True, **HOW)
def amount(scope, rows):
    return _money(rows, with_year=False)


@metric("investment_rate", "投资率", "%", "1月至期末入册投资 ÷ 年度计划，与按月计划的应完成率相比", has_due=True, **HOW)
def rate(scope, rows):
    return _money(rows, with_year=True)


@metric("project_lights", "项目亮灯", "个", "期末绿灯和已完成的项目 ÷ 评灯项目", BAD.values(), **HOW)
def lights(scope, rows):
    rows = [each for each in rows if each.light is not Light.GREY]
    bad = {word: sum(each.light is light for each in rows) for light, word in BAD.items()}
    return rows and Measured(
        len(rows) - sum(bad.values()),
        whole=len(rows),
        counts=bad,
        words=f"期末评灯项目{len(rows)}个" + "".join(f"，{word}{n}个" for word, n in bad.items()),
        records=tuple(_record(each, each.light.label) for each in rows),
    )


def _days(rows, end, day, word, missed):
    rows = [each for each in rows if each.dues.get(day, end) <= end and day in each.dues]
    done = sum(each.has(day) for each in rows)
    return rows and Measured(
        done,
        due=len(rows),
        counts={missed: len(rows) - done},
        words=f"计划{word}{len(rows)}个，已{word}{done}个",
        records=tuple(_record(each, f"已{word}" if each.has(day) else f"未{word}") for each in rows),
    )


@metric("starts", "按期开工", "个", "已开工 ÷ 期末前计划开工的新开工项目", (STARTED,), has_due=True, **HOW)
def starts(scope, rows):
    rows = [each for each in rows if each.klass == ProjectClass.NEW]
    return _days(rows, last_day(scope.last), derived.START, "开工", STARTED)


@metric("completions", "按期竣工", "个", "已竣工 ÷ 期末前计划竣工的续建项目", (COMPLETED,), has_due=True, **HOW)
def completions(scope, rows):
    rows = [each for each in rows if each.klass == ProjectClass.CONTINUED]
    return _days(rows, last_day(scope.last), derived.COMPLETE, "竣工", COMPLETED)
