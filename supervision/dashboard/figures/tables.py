"""The tables and annexes of papers."""

from dataclasses import replace

from kit.addresses import address_of
from reports.dashboard.stand import CAUSES, CLASSES
from supervision.dashboard.figures import directives, filing, projects, tasks
from supervision.dashboard.figures.figure import Figure, signed, table
from supervision.dashboard.figures.grid import Grid, heads
from tasks.lights import Light

LIT = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)
TASK_HEADS = [
    ("total", "任务"),
    *((light.value, light.label) for light in LIT),
    ("progress", "平均进度"),
    ("expected", "应达进度"),
]


def _task_cells(scope, **asked):
    cells = [tasks.total(scope, **asked)]
    cells += [tasks.lit(scope, **asked, light=light.value) for light in LIT]
    return [*cells, tasks.progress(scope, **asked), tasks.expected(scope, **asked)]


@table("tasks_by_section", "分章节任务情况", "plan")
def by_section(scope, plan=None):
    grid = Grid("tasks_by_section", [("name", "章节"), *TASK_HEADS])
    found = {}
    for each in tasks.tasks_of(scope, plan):
        found.setdefault((each.plan, each.section_title), each)
    for (_, title), first in found.items():
        asked = {"plan": first.plan, "section": first.section or 0}
        grid.row(title or "其他任务", *_task_cells(scope, **asked), of=first.plan)
    if len(found) > 1:
        grid.sum("合计", *_task_cells(scope, **_only(plan=plan)))
    return grid.drawn


def _only(**asked):
    return {name: value for name, value in asked.items() if value is not None}


@table("tasks_by_plan", "分方案任务情况")
def by_plan(scope):
    grid = Grid("tasks_by_plan", [("name", "方案"), *TASK_HEADS])
    for plan in scope.plans:
        grid.row(plan.short_title, *_task_cells(scope, plan=plan.pk), of=plan.pk)
    grid.sum("合计", *_task_cells(scope))
    return grid.drawn


@table("tasks_by_unit", "分单位任务情况", "plan")
def by_unit(scope, plan=None):
    """By the leading units under the names of then, those farthest behind first."""
    grid = Grid("tasks_by_unit", [("name", "牵头单位"), *TASK_HEADS, ("gap", "比应达")])
    rows = tasks.tasks_of(scope, plan)
    found = sorted(tasks.by_unit(rows).items(), key=lambda pair: pair[1].progress - pair[1].expected)
    for name, sums in found:
        own = [each for each in rows if (each.lead or "待分解") == name]
        grid.row(name, *_unit_cells(scope, sums, own, plan))
    if len(found) > 1:
        grid.sum("合计", *_task_cells(scope, **_only(plan=plan)), _points(tasks.gap(scope, **_only(plan=plan))))
    return grid.drawn


def _points(figure):
    """As a column has it: its sign, not words."""
    return replace(figure, value=signed(figure.exact))


def _unit_cells(scope, sums, own, plan):
    address = tasks.where(scope, plan)

    def cell(value, rule, figure, rows=own):
        return Figure(str(value), rule, tuple(tasks.row_of(each, figure(each)) for each in rows), address, value)

    yield cell(sums.total, "牵头的任务", lambda each: each.light.label)
    for light in LIT:
        lit = [each for each in own if each.light is light]
        yield cell(len(lit), f"{light.label}的牵头任务", lambda each: each.figures, lit)
    for name, value in (("progress", sums.progress), ("expected", sums.expected)):
        total = sum(getattr(each, name) for each in own)
        found = cell(value, f"{total} ÷ {sums.total} = {value}%", lambda each, name=name: f"{getattr(each, name)}%")
        yield replace(found, value=f"{value}%")
    points = sums.progress - sums.expected
    yield Figure(signed(points), f"{sums.progress} − {sums.expected}，单位：百分点", (), address, points)


@table("tasks_slow", "红黄灯任务", "plan", "unit")
def slow(scope, **asked):
    columns = heads("number=编号 title=任务 lead=牵头单位 light=灯色 progress=进度 expected=应达进度 reason=原因")
    grid = Grid("tasks_slow", columns, wide=True)
    rows = (each for each in tasks.tasks_of(scope, **asked) if each.is_slow)
    for each in sorted(rows, key=lambda each: each.severity):
        address, rule = address_of("task", each.pk), each.reason
        figures = [Figure(f"{n}%", rule, (), address, n) for n in (each.progress, each.expected)]
        grid.row(each.number, each.title, each.lead or "待分解", each.light.label, *figures, each.figures, of=each.pk)
    return grid.drawn


FACTS = ("owed", "on_time", "late", "missing", "lapsed", "exempt")


@table("reports_by_plan", "分方案报送情况")
def filed_by_plan(scope):
    facts = [(fact, filing.FACTS[fact].label) for fact in FACTS]
    grid = Grid("reports_by_plan", [("name", "方案"), *facts, ("rate", "报送率"), ("on_time_rate", "按时率")])
    for plan in scope.plans:
        grid.row(plan.short_title, *_filing_cells(scope, plan=plan.pk), of=plan.pk)
    if len(scope.plans) > 1:
        grid.sum("合计", *_filing_cells(scope))
    return grid.drawn


def _filing_cells(scope, **asked):
    cells = [filing.count(scope, **asked, fact=fact) for fact in FACTS]
    return [*cells, filing.filed_rate(scope, **asked), filing.on_time_rate(scope, **asked)]


@table("reports_not_on_time", "未按时报送的单位", "plan")
def not_on_time(scope, plan=None):
    grid = Grid("reports_not_on_time", [("name", "单位"), ("plan", "方案"), ("month", "月份"), ("state", "情况")])
    titles = {each.pk: each.short_title for each in scope.plans}
    for each in filing.reports_of(scope, plan):
        name, words, address = filing.row_of(scope, each)
        if words in ("迟报", "逾期未报", "退回未重报"):
            state = Figure(words, "按截止时刻计", (), address)
            grid.row(each.unit_name, titles[each.plan], f"{each.month.month}月", state, of=each.pk)
    return grid.drawn


@table("directives_by_unit", "分单位交办情况", "plan")
def handed_down(scope, plan=None):
    """The four columns of each answering unit under the name of then, the most still open first."""
    counts = [("issued", "下达"), *directives.COLUMNS.items(), ("rate", "销号率"), ("late", "逾期")]
    grid = Grid("directives_by_unit", [("name", "承办单位"), *counts])
    rows, late, found = directives.directives_of(scope, plan), directives.late_of(scope, plan=plan), {}
    for each in rows:
        found.setdefault(each.unit_then, []).append(each)
    order = sorted(found.items(), key=lambda pair: (-directives.columns_of(pair[1]).ongoing, -len(pair[1]), pair[0]))
    for name, own in order:
        grid.row(name, *_columns(scope, own, [each for _, each in late if each.unit_then == name]))
    if len(order) > 1:
        grid.sum("合计", *_columns(scope, rows, [each for _, each in late]))
    return grid.drawn


def _columns(scope, rows, late):
    found = directives.columns_of(rows)

    def cell(own, rule, column=""):
        told = tuple(directives.row_of(each) for each in own)
        return Figure(str(len(own)), rule, told, directives.where(scope, column), len(own))

    yield cell(rows, "累计下达")
    for column, word in directives.COLUMNS.items():
        yield cell([each for each in rows if each.then in directives.Directive.COLUMNS[word]], word, column)
    yield directives.rate_of(found).at(directives.where(scope))
    yield cell(late, "过了办结、签收或复核期限", "late")


@table("projects_by_class", "分类别项目情况", "plan", "action")
def by_class(scope, **asked):
    scale = projects.scale_of(scope, **asked)
    word = "亿元" if scale == "YI" else "万元"
    programme = projects.programme_of(scope, asked.get("plan"))
    until = programme.until if programme else ""
    money = f"year=年计划（{word}） done={until}完成（{word}） share=占计划 gap=与应完成比"
    grid = Grid("projects_by_class", heads(f"name=类别 count=个数 {money} red=红灯 yellow=黄灯"))
    for klass, label in CLASSES.items():
        if projects.stands_of(scope, **asked, klass=klass):
            grid.row(label, *_project_cells(scope, scale, **asked, klass=klass))
    if len(grid.rows) > 1:
        grid.sum("合计", *_project_cells(scope, scale, **asked))
    return grid.drawn


def _project_cells(scope, scale, **asked):
    yield projects.count(scope, **asked)
    for measure in ("year", "done"):
        yield projects.invested(scope, **asked, measure=measure, scale=scale)
    yield projects.share(scope, **asked)
    yield projects.gap(scope, **asked)
    for light in (Light.RED, Light.YELLOW):
        yield projects.count(scope, **asked, light=light.value)


@table("projects_by_cause", "受阻原因", "plan", "action")
def by_cause(scope, **asked):
    grid = Grid("projects_by_cause", heads("name=受阻原因 count=项目个数 red=其中红灯 names=项目"))
    for cause, label in CAUSES.items():
        rows = projects.stands_of(scope, **asked, cause=cause)
        if rows:
            named = "、".join(each.name for each in rows[:3]) + ("等" if len(rows) > 3 else "")
            red = projects.count(scope, **asked, cause=cause, light="RED")
            grid.row(label, projects.stuck(scope, **asked, cause=cause), red, named)
    return grid.drawn


@table("projects_lit", "红黄灯项目", "plan", "klass", "action", "unit", "leader")
def lit(scope, **asked):
    columns = "code=编号 name=项目 unit=服务单位 light=灯色 year=年计划（万元） done=累计完成（万元） gap=与应完成比 reason=原因"
    grid = Grid("projects_lit", heads(columns), wide=True)
    rows = (each for each in projects.stands_of(scope, **asked) if each.is_judged)
    rows = sorted(rows, key=lambda each: each.severity)
    if programme := projects.programme_of(scope, asked.get("plan")):
        programme.register.look([each.pk for each in rows])
    for each in rows:
        cells = (each.name, each.unit_name, each.light.label, *_lit_cells(each), projects.brief_of(scope, each))
        grid.row(each.code, *cells, of=each.pk)
    return grid.drawn


def _lit_cells(stand):
    address = address_of("project", stand.pk)
    for amount, rule in ((stand.year, "年计划"), (stand.done, "累计完成")):
        yield Figure(projects.grouped(amount), rule, (), address, amount)
    rule = f"（{projects.grouped(stand.done)} − {projects.grouped(stand.due)}）÷ {projects.grouped(stand.year)}，单位：百分点"
    yield Figure(signed(stand.ahead), rule, (), address, stand.ahead)
