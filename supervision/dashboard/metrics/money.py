"""Key projects: money against the curve, lights, starts, completions."""

from collections import Counter

from kit.addresses import address_of
from kit.deadlines import last_day
from kit.rates import grouped
from reports.dashboard.stand import summed
from supervision.dashboard.metrics.scope import ENVOY, PROJECT, UNIT, Metric
from supervision.scoring import Measured
from tasks import derived
from tasks.lights import Light
from tasks.models import ProjectClass

ALL = (UNIT, PROJECT, ENVOY)
BAD = {Light.RED: "红灯项目", Light.YELLOW: "黄灯项目"}
STARTED, COMPLETED = "未按期开工", "未按期竣工"


def _record(each, said):
    return f"{each.code} {each.name}", said, address_of("project", each.pk)


def _spent(each):
    return f"完成{grouped(each.done)}，应完成{grouped(each.due)}，年度计划{grouped(each.year)}万元"


def _money(scope, with_year):
    found = {}
    for key, rows in scope.projects().items():
        sums, rows = summed(rows), [each for each in rows if each.year or each.due or each.done]
        if rows and (sums.year or not with_year):
            said = f"{len(rows)}个项目完成投资{grouped(sums.done)}万元，应完成{grouped(sums.due)}万元"
            if with_year:
                said += f"，年度计划{grouped(sums.year)}万元；完成{sums.share}%，应完成{sums.due_share}%"
            found[key] = Measured(
                sums.done,
                due=sums.due,
                whole=sums.year if with_year else None,
                counts={"项目": len(rows)},
                words=said,
                records=tuple(_record(each, _spent(each)) for each in rows),
            )
    return found


def amount(scope):
    return _money(scope, with_year=False)


def rate(scope):
    return _money(scope, with_year=True)


def lights(scope):
    found = {}
    for key, rows in scope.projects().items():
        rows = [each for each in rows if each.light is not Light.GREY]
        counts = Counter(each.light for each in rows)
        bad = sum(counts[light] for light in BAD)
        if rows:
            found[key] = Measured(
                len(rows) - bad,
                whole=len(rows),
                counts={word: counts[light] for light, word in BAD.items()},
                words=f"期末评灯项目{len(rows)}个"
                + "".join(f"，{word}{counts[light]}个" for light, word in BAD.items()),
                records=tuple(_record(each, each.light.label) for each in rows),
            )
    return found


def _days(klass, day, word, missed):
    """Of the projects of a class whose day was due by the end of the span."""

    def of(scope):
        found, end = {}, last_day(scope.last)
        for key, rows in scope.projects().items():
            rows = [
                each for each in rows if each.klass == klass and each.dues.get(day, end) <= end and day in each.dues
            ]
            done = sum(each.has(day) for each in rows)
            if rows:
                found[key] = Measured(
                    done,
                    due=len(rows),
                    counts={missed: len(rows) - done},
                    words=f"计划{word}{len(rows)}个，已{word}{done}个",
                    records=tuple(_record(each, f"已{word}" if each.has(day) else f"未{word}") for each in rows),
                )
        return found

    return of


METRICS = (
    Metric("invested", "投资额", "万元", ALL, amount, "1月至期末入册投资，与按月计划累计数相比", has_due=True),
    Metric(
        "investment_rate",
        "投资率",
        "%",
        ALL,
        rate,
        "1月至期末入册投资 ÷ 年度计划，与按月计划的应完成率相比",
        has_due=True,
    ),
    Metric("project_lights", "项目亮灯", "个", ALL, lights, "期末绿灯和已完成的项目 ÷ 评灯项目", tuple(BAD.values())),
    Metric(
        "starts",
        "按期开工",
        "个",
        ALL,
        _days(ProjectClass.NEW, derived.START, "开工", STARTED),
        "已开工 ÷ 期末前计划开工的新开工项目",
        (STARTED,),
        has_due=True,
    ),
    Metric(
        "completions",
        "按期竣工",
        "个",
        ALL,
        _days(ProjectClass.CONTINUED, derived.COMPLETE, "竣工", COMPLETED),
        "已竣工 ÷ 期末前计划竣工的续建项目",
        (COMPLETED,),
        has_due=True,
    ),
)
