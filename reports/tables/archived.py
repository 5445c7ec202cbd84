"""What a plan's archive package keeps of its key projects: the register and all it was made from, so that every sum can be made anew."""

from dataclasses import replace

from kit.sheets.book import Book
from reports.actions.corrections import VERB as CORRECTED
from reports.dashboard.listed import Listed
from reports.models import Entry, PlaceRemark, Standing
from reports.tables import archive_rows as rows_of
from reports.tables import programme_sheets
from reports.tables.archive_columns import DECIDED, WRITTEN, kept, money, month, said, whose
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

SIDES = (("first", "首次计划"), ("planned", "计划"), ("actual", "完成"))


def _names(relation):
    return lambda row: "、".join(str(each) for each in getattr(row, relation).all())


REGISTER = (
    *whose(""),
    said("文件序号", "printed_number", 8),
    said("类别", "get_klass_display", 9),
    said("所属行动", "task.parent", 22),
    said("行业", "sector", 9),
    said("标签", _names("labels")),
    said("建设地点", _names("places"), 14),
    said("业主单位", "owner", 18),
    said("服务单位", "service_unit", 14),
    said("协助单位", lambda row: "、".join(map(str, row.task.supports)), 16),
    said("建设规模和内容", "content", 40),
    said("建设性质", "nature", 9),
    said("建设年限", "years", 11),
    money("总投资（万元）", "total"),
    money("年初名单总投资（万元）", "first_total"),
    money("上年末累计投资（万元）", "before"),
    money("年度计划投资（万元）", "year_plan"),
    money("年初名单计划投资（万元）", "first_year_plan"),
    said("资金来源", "funding", 16),
    said("年度目标", "goal_words", 22),
    said("签约日期", "signed_on", 12, "date"),
    money("合同金额（万元）", "contract_sum"),
    money("合同用地（亩）", "contract_land"),
    said("投资方", "investor", 18),
    month("列入月份", "listed_from"),
    month("调出月份", "stopped_from"),
    said("调出日期", "stopped_on", 12, "date"),
    said("调出原因", "stop_reason", 20),
    said("受阻原因", "get_cause_display", 10),
    month("受阻原因所报月份", "cause_month"),
    said("所属打包项目", lambda row: row.package.code if row.package_id else "", 10),
    said("进度", "task.progress", 8, "percent"),
    said("状态", "task.get_status_display", 9),
)
MONTHS = (
    *whose(),
    month("月份", "month"),
    said("当月类别", "klass", 10),
    *(
        money(word, lambda row, key=(measure, side): row.said.get(key), measure.label)
        for measure in Measure
        for side, word in SIDES
    ),
)
FILED = (
    month("月份", "month"),
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
CORRECTIONS = (
    *whose("subject.project."),
    said("更正", "changes_words", 36),
    said("月份和原因", "note", 36),
    said("经办人", "actor_name", 16),
    said("时间", "at", 17, "moment"),
)
CHECKED = (
    month("月份", "month"),
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
NODES = (
    *whose("task.project."),
    said("节点", "title", 24),
    said("种类", "get_kind_display", 8),
    said("阶段", "get_stage_display", 10),
    said("时限", "due_on", 12, "date"),
    said("首次时限", "first_due_on", 12, "date"),
    said("完成日期", "done_on", 12, "date"),
    month("报告完成的月份", "told_in"),
    said("权重", "weight", 7, "number"),
    said("年度目标", "goal", 8),
    said("责任（审批）单位", "unit", 16),
    said("责任人", "person", 10),
    said("报审日期", "handed_in_on", 12, "date"),
    said("审批时限（工作日）", "limit_workdays", 9, "number"),
)
VERSIONS = (
    *whose(),
    said("第几版", "serial", 7, "number"),
    said("状态", "get_status_display", 9),
    said("调整原因", "reason", 26),
    said("提出人", "by", 12),
    said("提出时间", "at", 17, "moment"),
    *DECIDED,
)
VERSION = (*whose("schedule.project."), said("第几版", "schedule.serial", 7, "number"))
VERSION_MONTHS = (
    *VERSION,
    month("月份", "month"),
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
PLACES = (
    *whose(),
    month("月份", "period.month"),
    said("乡镇", "unit_name", 14),
    said("属地说明", "text", 50),
    *WRITTEN,
)
CLASSES = (
    *whose(),
    month("起始月份", "from_month"),
    said("类别", "get_klass_display", 10),
    said("原因", "reason", 30),
    said("依据文件", "paper", 24),
    said("经办人", "by", 12),
    said("时间", "at", 17, "moment"),
)
PEOPLE = (
    *whose(),
    said("职责", "get_role_display", 10),
    said("姓名", "name", 12),
    said("单位", "unit", 18),
    said("电话", "phone", 16),
)
STANDINGS = (
    month("月份", "period.month"),
    said("编号", "task_number", 8),
    said("项目名称", "task_title", 28),
    said("服务单位", "lead_name", 16),
    said("进度", "progress", 8, "percent"),
    said("应达进度", "expected", 9, "percent"),
    said("灯色", "get_light_display", 8),
    said("理由", "reason", 50),
    said("规则版本", "rules_version", 9, "number"),
    said("结账时进度", "first_progress", 10, "percent"),
    said("结账时灯色", "get_first_light_display", 10),
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


def _of(model, plan, project="project__"):
    """The rows of a table that belong to projects of the plan, in the order of the list."""
    rows = model.objects.filter(**{f"{project}task__plan": plan}).select_related(f"{project}task")
    return rows.order_by(f"{project}task__order", *model._meta.ordering[1:], "pk")


def _read(rows):
    return rows.iterator(chunk_size=rows_of.CHUNK)


def _nodes(plan):
    rows = Milestone.objects.filter(task__plan=plan, task__kind=Task.Kind.PROJECT)
    return _read(rows.select_related("task__project__task", "unit").order_by("task__order", "due_on", "pk"))


def _standings(plan, periods):
    rows = Standing.objects.filter(period__in=periods, task__kind=Task.Kind.PROJECT).select_related("period")
    return _read(rows.order_by("period__month", "task__order", "pk"))


def _corrections(plan):
    rows = TaskEvent.objects.filter(subject__plan=plan, subject__kind=Task.Kind.PROJECT, verb=CORRECTED)
    return _read(rows.select_related("subject__project__task").order_by("at", "pk"))


def _register(plan, periods):
    """(name, columns, rows, note) of each sheet of the register."""
    months, versions = "单位：万元、亩", _of(Schedule, plan).select_related("by", "decided_by")
    yield "名册", REGISTER, rows_of.projects(plan), "打包项目计一个，投资在各子项目的逐月数中"
    yield "逐月数", MONTHS, rows_of.months(plan), months
    yield "逐月填报", FILED, rows_of.filed(plan, periods), f"已审定的月报原样，{months}"
    yield "更正", CORRECTIONS, _corrections(plan), "结账后更正入册的数字"
    yield "核对", CHECKED, rows_of.checked(plan, periods), f"入册数与服务单位已审定月报之和，差额见“更正”，{months}"
    yield "节点", NODES, _nodes(plan), ""
    yield "计划版本", VERSIONS, _read(versions), "首次计划在“逐月数”中"
    yield "计划版本逐月", VERSION_MONTHS, rows_of.version_months(_read(versions)), months
    yield "计划版本节点", VERSION_NODES, rows_of.version_nodes(_read(versions)), ""
    yield "类别变更", CLASSES, _read(_of(ClassChange, plan).select_related("by")), "每个项目的第一行是列入时的类别"
    yield "责任人", PEOPLE, _read(_of(ProjectPerson, plan).select_related("unit")), ""
    remarks = _of(PlaceRemark, plan).select_related("period", "by")
    if remarks.exists():
        yield "属地说明", PLACES, _read(remarks), "乡镇、园区对建在本地的项目所写，不是必须"
    yield "月末亮灯", STANDINGS, _standings(plan, periods), ""
    yield "规则", RULES, _rules(plan), ""


def _register_sheets(plan, periods):
    for name, columns, rows, note in _register(plan, periods):
        yield kept(plan, f"重点项目{name}", name, columns, rows, note)


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


BOOKS = (
    *ARCHIVED_TASKS,
    Book(10, "重点项目台账", _count, _register_sheets, _waiting),
    Book(20, "重点项目计划完成情况一览表", _count, _completion),
)
