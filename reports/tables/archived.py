"""What a plan's archive package keeps of its key projects: the register and all it was made from, so that every sum can be made anew."""

from dataclasses import replace

from kit.sheets.book import Book
from kit.tables.declared import fields_of
from reports.actions.corrections import VERB as CORRECTED
from reports.dashboard.listed import Listed
from reports.models import Entry, PlaceRemark, Standing
from reports.tables import archive_rows as rows_of
from reports.tables import programme_sheets
from reports.tables.archive_sheets import DECIDED, WHOSE, Kept, book, money, said
from reports.tables.archived_tasks import ARCHIVED_TASKS
from tasks.models import (
    CauseRule,
    ClassChange,
    ClassRule,
    LightRules,
    Measure,
    Milestone,
    Project,
    ProjectPerson,
    Schedule,
    Task,
    TaskEvent,
)


def month(row):
    return f"{row.month:%Y-%m}"


SIDES = (("first", "首次计划"), ("planned", "计划"), ("actual", "完成"))


REGISTER = fields_of(
    Project,
    "编号=task.number name printed_number klass 所属行动=task.parent sector labels places owner 服务单位=service_unit",
    said("协助单位", lambda row: "、".join(map(str, row.task.supports)), 16),
    "建设规模和内容=content nature years total first_total before year_plan first_year_plan funding goal_words signed_on",
    "contract_sum contract_land investor listed_from:month stopped_from:month stopped_on stop_reason cause cause_month:month",
    "所属打包项目=package.code task.progress:percent task.status",
)
MONTHS = (
    said("编号", "project.task.number"),
    said("项目名称", "project.name", 28),
    said("月份", month, 9),
    said("当月类别", "klass", 10),
    *(
        money(word, lambda row, key=(measure, side): row.said.get(key), measure.label)
        for measure in Measure
        for side, word in SIDES
    ),
)
FILED = (
    said("月份", month, 9),
    said("编号", lambda row: row.content["number"], 8),
    said("项目名称", lambda row: row.project.name if row.project else row.content["title"], 28),
    said("填报单位", "unit", 14),
    said("职责", lambda row: "服务" if row.is_leading else "协助", 7),
    *(money(measure.label, lambda row, key=name: row.said[key]) for measure, name in rows_of.MEASURED),
    said("形象进度", lambda row: row.said["shape"], 30),
    said("完成的节点", "nodes", 22),
    said("受阻原因", lambda row: row.words("cause"), 10),
    *(
        said(head, lambda row, key=name: row.said[key], width)
        for name, head, width in (
            ("problems", "卡在哪里，需要谁", 28),
            ("next_steps", "下步，到哪一天", 28),
            ("odd_reason", "数据核对说明", 20),
        )
    ),
    said("审核通过", "accepted_at", 17, "moment"),
)
CORRECTIONS = fields_of(
    TaskEvent,
    "编号=subject.project.task.number subject.project.name 更正=changes_words 月份和原因=note 经办人=actor_name at",
)
CHECKED = (
    said("月份", month, 9),
    *(
        money(word, lambda row, key=measure, take=take: take(*row.sums[key]), measure.label)
        for measure in Measure
        for word, take in (
            ("入册", lambda register, reports: register),
            ("月报审定", lambda register, reports: reports),
            ("差额", lambda register, reports: register - reports),
        )
    ),
)
NODES = fields_of(
    Milestone,
    "编号=task.number task.project.name title kind stage due_on first_due_on done_on told_in:month weight goal unit person",
    "handed_in_on limit_workdays",
)
VERSIONS = fields_of(Schedule, WHOSE, "serial status reason by at", DECIDED)
VERSION = (
    said("编号", "schedule.project.task.number"),
    said("项目名称", "schedule.project.name", 28),
    said("第几版", "schedule.serial", 7, "number"),
)
VERSION_MONTHS = (
    *VERSION,
    said("月份", month, 9),
    *(money(measure.label, lambda row, key=measure: row.planned.get(key)) for measure in Measure),
)
VERSION_NODES = (
    *VERSION,
    said("节点", "step.title", 24),
    said("种类", lambda row: Milestone.Kind(row.step.kind).label, 8),
    said("时限", "step.due_on", 12, "date"),
    said("权重", "step.weight", 7, "number"),
    said("年度目标", "step.goal", 8),
    said("完成日期", "step.done_on", 12, "date"),
)
PLACES = fields_of(PlaceRemark, WHOSE, "月份=period.month:month 乡镇=unit_name text by at")
CLASSES = fields_of(ClassChange, WHOSE, "from_month:month klass reason paper by at")
PEOPLE = fields_of(ProjectPerson, WHOSE, "role name unit phone")
STANDINGS = fields_of(
    Standing,
    "月份=period.month:month task_number 项目名称=task_title 服务单位=lead_name progress:percent expected:percent light",
    "reason rules_version first_progress:percent first_light",
)
RULES = (
    said("设置", lambda row: row[0], 14),
    said("名称", lambda row: row[1], 24),
    said("内容", lambda row: row[2], 60),
)


def _rules(plan):
    """What sums, lights and dispatches of this plan followed."""
    for each in plan.sectors.select_related("lead"):
        yield "行业牵头单位", each.name, str(each.lead or "")
    for each in ClassRule.objects.filter(plan=plan).select_related("action", "also"):
        also = f"，{each.also.number}同时调度" if each.also else ""
        yield "类别", each.get_klass_display(), f"{each.action.number}{also}，{each.get_rhythm_display()}报送"
    for each in CauseRule.objects.filter(plan=plan).select_related("action"):
        yield "受阻原因归口", each.get_cause_display(), each.action.number
    for each in LightRules.objects.filter(plan=plan).order_by("version"):
        yield "亮灯规则", f"第{each.version}版（{each.from_day}起）", each.programme_words


def _of(model, project="project__"):
    """The rows of a table that belong to projects of the plan, in the order of the list."""
    order = f"{project}task__order", *model._meta.ordering[1:], "pk"
    return lambda plan, _: model.objects.filter(**{f"{project}task__plan": plan}).order_by(*order)


def _nodes(plan, _):
    rows = Milestone.objects.filter(task__plan=plan, task__kind=Task.Kind.PROJECT)
    return rows.order_by("task__order", "due_on", "pk")


def _standings(plan, periods):
    rows = Standing.objects.filter(period__in=periods, task__kind=Task.Kind.PROJECT)
    return rows.order_by("period__month", "task__order", "pk")


def _corrections(plan, _):
    rows = TaskEvent.objects.filter(subject__plan=plan, subject__kind=Task.Kind.PROJECT, verb=CORRECTED)
    return rows.order_by("at", "pk")


def _versions(rows):
    """Every month or node of every version, by ``rows`` of the versions."""
    versions = _of(Schedule)
    return lambda plan, _: rows(versions(plan, _).select_related("project__task").iterator(chunk_size=rows_of.CHUNK))


def _completion(plan, periods):
    """The official list as of the end of each month."""
    for period in periods:
        listed = Listed(plan, period.month, Project.objects.all(), Entry.objects.all())
        yield replace(programme_sheets.list_sheet(listed, "completion"), name=f"{period.month:%Y年%m月}")


def _count(plan):
    return {"重点项目": plan.tasks.projects().count()}


def _waiting(plan):
    waiting = list(Schedule.objects.waiting().filter(project__task__plan=plan).select_related("project__task"))
    if waiting:
        named = "、".join(each.project.code for each in waiting[:10])
        yield f"{len(waiting)}个重点项目的计划表待审定：{named}{'等' if len(waiting) > 10 else ''}。"


YUAN = "单位：万元、亩"
REGISTER_SHEETS = (
    Kept("名册", REGISTER, lambda plan, _: rows_of.projects(plan), "打包项目计一个，投资在各子项目的逐月数中"),
    Kept("逐月数", MONTHS, lambda plan, _: rows_of.months(plan), YUAN),
    Kept("逐月填报", FILED, rows_of.filed, f"已审定的月报原样，{YUAN}"),
    Kept("更正", CORRECTIONS, _corrections, "结账后更正入册的数字"),
    Kept("核对", CHECKED, rows_of.checked, f"入册数与服务单位已审定月报之和，差额见“更正”，{YUAN}"),
    Kept("节点", NODES, _nodes),
    Kept("计划版本", VERSIONS, _of(Schedule), "首次计划在“逐月数”中"),
    Kept("计划版本逐月", VERSION_MONTHS, _versions(rows_of.version_months), YUAN),
    Kept("计划版本节点", VERSION_NODES, _versions(rows_of.version_nodes)),
    Kept("类别变更", CLASSES, _of(ClassChange), "每个项目的第一行是列入时的类别"),
    Kept("责任人", PEOPLE, _of(ProjectPerson)),
    Kept("属地说明", PLACES, _of(PlaceRemark), "乡镇、园区对建在本地的项目所写，不是必须", optional=True),
    Kept("月末亮灯", STANDINGS, _standings),
    Kept("规则", RULES, lambda plan, _: _rules(plan)),
)
BOOKS = (
    *ARCHIVED_TASKS,
    book(
        10,
        "重点项目台账",
        *(replace(each, called=f"重点项目{each.name}") for each in REGISTER_SHEETS),
        counts=_count,
        open=_waiting,
    ),
    Book(20, "重点项目计划完成情况一览表", _count, _completion),
)
