"""责任书: what one unit answers for in a plan, in numbered goals, with their days, numbers and projects."""

from decimal import Decimal

from django.db.models import F

from kit.addresses import address_of
from kit.rates import grouped, written
from supervision.dashboard.figures.figure import Figure, counted, drafter, source, table
from supervision.dashboard.figures.grid import Grid, heads
from supervision.dashboard.figures.page import Page
from supervision.dashboard.figures.scope import EYES
from supervision.models import Paper
from tasks.models import Indicator, Milestone, Project, Responsibility, Task

Role = Responsibility.Role


def parts_of(scope, unit, role=None):
    """The plan's own tasks the unit has a part in (``part``), in the order printed; what it leads before what it supports."""
    rows = Task.objects.visible_to(EYES).in_force().actions().filter(plan__in=scope.plans)
    rows = rows.filter(responsibilities__unit=unit).exclude(responsibilities=None)
    rows = rows.annotate(part=F("responsibilities__role")).order_by("part", "plan", "order")
    return [each for each in rows if role in (None, each.part)]


def projects_of(scope, unit):
    """Key projects it serves, a package as one."""
    rows = Project.objects.visible_to(EYES).counted().filter(task__plan__in=scope.plans)
    own = {"task__responsibilities__unit": unit, "task__responsibilities__role": Role.LEAD}
    return list(rows.filter(**own).select_related("task__plan").order_by("task__plan", "task__order"))


def indicators_of(scope, unit):
    return list(
        Indicator.objects.visible_to(EYES)
        .filter(plan__in=scope.plans, unit=unit)
        .exclude(unit=None)
        .select_related("plan")
    )


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日"


def _own(name):
    return lambda scope, unit=None, **_: scope.address(name, unit=unit)


def _year(project):
    return grouped(project.year_plan or 0)


@source("commitment_tasks", "牵头、配合的任务", "unit", "role", where=_own("task_list"))
def tasks(scope, unit=None, role=None):
    rows = ((str(each), _day(each.due_on), address_of("task", each.pk)) for each in parts_of(scope, unit, role))
    return counted(rows, f"方案中由该单位{Role(role).label if role else '承担'}的任务，不含重点项目")


@source("commitment_projects", "服务的重点项目", "unit", where=_own("project_list"))
def projects(scope, unit=None):
    found = projects_of(scope, unit)
    rows = ((str(each), f"年计划{_year(each)}万元", address_of("project", each.pk)) for each in found)
    return counted(rows, "由该单位服务的重点项目，打包项目计一个")


@source("commitment_money", "重点项目年度计划投资（万元）", "unit", where=_own("project_list"))
def money(scope, unit=None):
    rows = projects_of(scope, unit)
    total = sum((each.year_plan or Decimal(0) for each in rows), Decimal(0))
    told = tuple((str(each), _year(each), address_of("project", each.pk)) for each in rows)
    return Figure(grouped(total), f"{len(rows)}个项目年度计划投资之和，单位：万元", told, exact=total)


@source("commitment_indicators", "指标个数", "unit", where=lambda scope, **_: scope.address("indicator_list"))
def indicators(scope, unit=None):
    rows = ((str(each), _target(each), "") for each in indicators_of(scope, unit))
    return counted(rows, "方案中由该单位负责的指标")


def _target(indicator):
    return f"{indicator.get_direction_display()}{written(indicator.target)}{indicator.unit_of_measure}"


@table("commitment_goals", "目标任务", "unit")
def goals(scope, unit=None):
    grid = Grid("commitment_goals", heads("n=序号 number=编号 goal=目标任务 role=职责 due=完成时限"))
    for n, each in enumerate(parts_of(scope, unit), 1):
        grid.row(str(n), each.number, each.short_title, Role(each.part).label, _day(each.due_on), of=each.pk)
    return grid.drawn


@table("commitment_nodes", "时间节点", "unit")
def nodes(scope, unit=None):
    tasks = {each.pk for each in (*parts_of(scope, unit, Role.LEAD), *projects_of(scope, unit))}
    found = [each for plan in scope.plans for each in Milestone.objects.of(plan).select_related("task")]
    rows = sorted((each for each in found if each.task_id in tasks), key=lambda each: (each.due_on, each.pk))
    grid = Grid("commitment_nodes", [("n", "序号"), ("task", "任务（项目）"), ("node", "节点"), ("due", "时限")])
    for n, each in enumerate(rows, 1):
        grid.row(str(n), each.task.short_title, each.title, _day(each.due_on), of=each.pk)
    return grid.drawn


@table("commitment_targets", "指标", "unit")
def targets(scope, unit=None):
    grid = Grid("commitment_targets", [("n", "序号"), ("name", "指标"), ("target", "目标")])
    for n, each in enumerate(indicators_of(scope, unit), 1):
        grid.row(str(n), each.name, Figure(_target(each), "方案所定目标", (), "", each.target), of=each.pk)
    return grid.drawn


@table("commitment_register", "重点项目", "unit")
def register(scope, unit=None):
    grid = Grid("commitment_register", [("name", "项目"), ("year", "年计划投资（万元）")])
    rows = projects_of(scope, unit)
    for n, each in enumerate(rows, 1):
        year = Figure(_year(each), "年度计划投资", (), address_of("project", each.pk), each.year_plan)
        grid.row(f"{n}.{each.code} {each.task.short_title}", year, of=each.pk)
    if len(rows) > 1:
        grid.sum("合计", money(scope, unit=unit))
    return grid.drawn


@drafter(Paper.Kind.COMMITMENT)
def commitment(scope, about):
    unit = scope.unit
    if unit is None or not scope.plans:
        return []
    page = Page(scope, unit=unit.pk)
    names = "、".join(f"“{each.short_title}”" for each in scope.plans)
    page.text(f"为全面完成{names}各项目标任务，{about.get('issuer', '')}与{unit}签订本责任书。")
    _goals(page)
    page.heading("时间节点")
    page.table("commitment_nodes")
    page.heading("工作要求")
    page.text(*_duties(scope))
    page.heading("考核")
    page.text(
        "目标任务完成情况按方案的考评办法评分，结果按规定运用。因客观原因需要延期、调整的，在完成时限以前提出申请。"
    )
    page.text("本责任书一式两份，签订双方各执一份，自签字之日起生效。")
    page.text(
        f"{about.get('issuer', '')}（盖章）　　　　负责人签字：\n{unit}（盖章）　　　　负责人签字：\n签订日期：　　年　　月　　日"
    )
    return page.blocks


def _goals(page):
    page.heading("目标任务")
    parts = [("LEAD", "牵头任务{}项"), ("SUPPORT", "配合任务{}项")]
    told = [said for role, words in parts if (said := page.say(words, "commitment_tasks", role=role))]
    if not told and not page.says("commitment_projects") and not page.says("commitment_indicators"):
        page.text("方案中没有由本单位承担的任务。")
    page.text(f"承担{'、'.join(told)}。" if told else "")
    page.table("commitment_goals", "目标任务表")
    page.text(page.say("负责指标{}项。", "commitment_indicators"))
    page.table("commitment_targets", "指标表")
    if page.says("commitment_projects"):
        page.text(f"服务重点项目{page.put('commitment_projects')}个，年度计划投资{page.put('commitment_money')}万元。")
    page.table("commitment_register", "重点项目表")


def _duties(scope):
    yield "主要领导负总责，分管领导具体抓，落实到科室和人员；制定本单位实施方案，排出路线图和时间表。"
    yield "按方案规定的时限逐月报送进展，内容真实、数字有据；交办事项按期办结并报送结果。"
