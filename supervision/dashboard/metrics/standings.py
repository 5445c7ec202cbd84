"""Tasks as they stood when months were closed: lights, progress against what was expected, finished in time."""

from collections import Counter

from kit.addresses import address_of
from kit.deadlines import last_day
from kit.rates import mean
from reports.models import Standing
from supervision.dashboard.metrics.scope import metric
from supervision.scoring import Measured
from tasks.lights import Light
from tasks.models import Task

COLUMNS = [
    "task",
    "period__month",
    "task_number",
    "task_title",
    "progress",
    "expected",
    "light",
    "status",
    "task__due_on",
]
GOOD, BAD = (Light.GREEN.value, Light.BLUE.value), {Light.RED.value: "红灯", Light.YELLOW.value: "黄灯"}
WORDS = {light.value: light.label for light in Light}


def _standings(scope):
    """{subject key: its tasks' standings of the span's closed months}; of what it leads today."""
    rows = Standing.objects.actions().filter(period__plan=scope.plan, task__in=scope.by_task)
    rows = rows.filter(period__month__range=(scope.first, scope.last), period__closed_at__lte=scope.moment)
    rows = rows.order_by("period__month", "task__order").values_list(*COLUMNS, named=True)
    return scope.gathered((scope.by_task[row.task], row) for row in rows)


def _last(rows):
    newest = max(row.period__month for row in rows)
    return [row for row in rows if row.period__month == newest]


def _record(row, said):
    return f"{row.period__month.month}月 {row.task_number} {row.task_title}", said, address_of("task", row.task)


@metric("lights", "任务亮灯", "次", "各月末绿灯和已办结的次数 ÷ 评灯次数，灰灯不计", BAD.values(), rows=_standings)
def lights(scope, rows):
    judged = [row for row in rows if row.light in GOOD or row.light in BAD]
    counts = Counter(row.light for row in judged)
    good, bad = sum(counts[light] for light in GOOD), {word: counts[light] for light, word in BAD.items()}
    told = "".join(f"，{word}{n}次" for word, n in bad.items())
    return judged and Measured(
        good,
        whole=len(judged),
        counts=bad,
        words=f"各月末评灯{len(judged)}次，绿灯和已办结{good}次{told}",
        records=tuple(_record(row, WORDS[row.light]) for row in judged),
    )


@metric("progress", "任务进度", "%", "牵头任务期末平均进度，与平均应达进度相比", rows=_standings, has_due=True)
def progress(scope, rows):
    rows = _last(rows)
    done, due = sum(row.progress for row in rows), sum(row.expected for row in rows)
    return Measured(
        done,
        due=due,
        whole=100 * len(rows),
        words=f"{len(rows)}项任务平均进度{mean(done, len(rows))}%，平均应达{mean(due, len(rows))}%",
        records=tuple(_record(row, f"{row.progress}%，应达{row.expected}%") for row in rows),
    )


@metric("finished", "到期办结", "项", "期末已办结 ÷ 到期的牵头任务", ("到期未办结",), rows=_standings, has_due=True)
def finished(scope, rows):
    rows = [row for row in _last(rows) if row.task__due_on <= last_day(scope.last)]
    done = sum(row.status == Task.Status.DONE for row in rows)
    return rows and Measured(
        done,
        due=len(rows),
        counts={"到期未办结": len(rows) - done},
        words=f"到期任务{len(rows)}项，已办结{done}项",
        records=tuple(_record(row, Task.Status(row.status).label) for row in rows),
    )
