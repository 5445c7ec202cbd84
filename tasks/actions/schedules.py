"""A project's plan by month and its nodes: written with the register, or proposed by the service unit and accepted."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from kit import clock
from kit.moves import lock, move, require, require_said
from kit.rates import written
from kit.refusal import Refusal
from kit.trace import spare
from tasks.actions.turning import settle
from tasks.models import Amount, Measure, Milestone, Project, Schedule, ScheduleEvent, Task, TaskEvent
from tasks.permissions import can_decide_schedule, can_propose_schedule, can_withdraw_schedule
from units.actions.notices import tell
from units.models import User

Kind, Stage = Milestone.Kind, Milestone.Stage
PREPARING = (
    "项目建议书批复",
    "选址意见书",
    "用地预审",
    "环评批复",
    "可研批复",
    "初步设计批复",
    "用地规划许可",
    "林地使用审批",
    "农用地转用报批",
    "施工图审查",
    "招标核准",
    "工程规划许可",
    "施工许可",
)
BUILDING = ("征地拆迁完成", "开工", "基础完成", "主体完成", "设备安装", "竣工", "投产")
CONTRACT = ("签订合同", "公司注册", "项目立项", "取得用地", "开工", "竣工", "投产")
PRESETS = {Stage.PREPARE: PREPARING, Stage.BUILD: BUILDING, Stage.CONTRACT: CONTRACT}
DAYS = {"开工": Kind.START, "竣工": Kind.COMPLETE, "投产": Kind.COMMISSION, "达产": Kind.CAPACITY}


@dataclass(frozen=True)
class Step:
    """One node as it is asked for: ``key`` is the milestone's own where it stands on record, else None."""

    title: str
    due_on: datetime.date
    kind: str = Kind.STEP
    stage: str = ""
    weight: int = 1
    goal: bool = False
    unit_id: int | None = None
    person: str = ""
    handed_in_on: datetime.date | None = None
    limit_workdays: int | None = None
    done_on: datetime.date | None = None
    key: int | None = None


def preset(stage, days):
    """Return the Steps of a preset, one for each of ``days``; the days of the project itself keep their kind."""
    return [
        Step(title, day, DAYS.get(title, Kind.STEP), stage) for title, day in zip(PRESETS[stage], days, strict=False)
    ]


def planned(project):
    found = {}
    for row in project.amounts.all():
        if row.planned is not None:
            found.setdefault(row.measure, {})[row.month] = row.planned
    return found


def steps_of(project):
    """The Steps of a project's nodes as they stand."""
    names = [name for name in Step.__dataclass_fields__ if name != "key"]
    rows = project.task.milestones.all()
    return [Step(**{name: getattr(each, name) for name in names}, key=each.pk) for each in rows]


def put_amounts(plans):
    """Write the plan by month, ``plans`` are (project, {measure: {month: planned}}); the first one is also what was first planned."""
    stored = {}
    for row in Amount.objects.filter(project__in=[project.pk for project, _ in plans]):
        stored.setdefault(row.project_id, {})[row.measure, row.month] = row
    touched = []
    for project, amounts in plans:
        rows = stored.get(project.pk, {})
        touched += _planned(project, amounts, rows, is_first=all(row.first is None for row in rows.values()))
    Amount.objects.bulk_create([row for row in touched if row.pk is None])
    Amount.objects.bulk_update([row for row in touched if row.pk is not None], ["planned", "first"], batch_size=500)


def _planned(project, amounts, rows, *, is_first):
    touched = []
    for measure, months in amounts.items():
        for (kind, month), row in rows.items():
            if kind == measure and month not in months:
                row.planned = None
                touched.append(row)
        for month, value in months.items():
            row = rows.get((measure, month)) or Amount(project=project, measure=Measure(measure), month=month)
            row.planned = value
            touched.append(row)
    if is_first:
        for row in touched:
            row.first = row.planned
    return touched


def put_nodes(timetables):
    """Make the nodes of projects what is said, ``timetables`` are (project, Steps).

    A node that stands keeps the limit it first had, and what was said of it done.
    """
    stored = {}
    for node in Milestone.objects.filter(task__in=[project.pk for project, _ in timetables]):
        stored.setdefault(node.task_id, {})[node.pk] = node
    fresh, gone = [], []
    for project, steps in timetables:
        known = stored.get(project.pk, {})
        refuse_nodes(steps)
        _refuse_told(known, steps)
        gone += known.keys() - {step.key for step in steps}
        fresh += [
            Milestone(task_id=project.pk, first_due_on=step.due_on, **_of_step(step))
            for step in steps
            if step.key not in known
        ]
    if stored:
        Milestone.objects.filter(pk__in=gone).delete()
        # The one goal moves from one node to another: taken from all first.
        Milestone.objects.filter(task__in=stored, goal=True).update(goal=False)
    for project, steps in timetables:
        _put_known(stored.get(project.pk, {}), steps)
    Milestone.objects.bulk_create(fresh)


def _of_step(step):
    return {name: value for name, value in asdict(step).items() if name != "key"}


def _put_known(known, steps):
    for step in steps:
        if step.key in known:
            values = _of_step(step)
            if step.done_on is None or known[step.key].told_in:
                # A report may have said so after the timetable was written.
                del values["done_on"]
            Milestone.objects.filter(pk=step.key).update(**values)


def refuse_nodes(steps):
    """One goal a year, one day of a kind."""
    if sum(step.goal for step in steps) > 1:
        raise Refusal("年度目标只能是一个节点。")
    kinds = [step.kind for step in steps if step.kind != Kind.STEP]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise Refusal(f"“{Kind(kind).label}”只能有一个节点。")


def _refuse_told(known, steps):
    kept = {step.key for step in steps}
    if gone := [f"“{node.title}”" for key, node in known.items() if node.told_in and key not in kept]:
        raise Refusal(f"节点{'、'.join(gone)}已由月报报告完成，不能去掉。")


def content_of(amounts, steps):
    """A timetable as plain values, as a Schedule keeps it."""
    months = {m: {f"{month:%Y-%m}": str(value) for month, value in of.items()} for m, of in amounts.items()}
    return {"amounts": months, "nodes": [asdict(step) for step in steps]}


def amounts_in(content):
    """{measure: {month: planned}} of a kept timetable."""
    return {
        measure: {datetime.date.fromisoformat(f"{month}-01"): Decimal(value) for month, value in months.items()}
        for measure, months in content["amounts"].items()
    }


def steps_in(content):
    return [Step(**{name: _day(name, value) for name, value in node.items()}) for node in content["nodes"]]


def _day(name, value):
    return datetime.date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value


@transaction.atomic
def propose_schedule(project, by, amounts, steps, *, reason=""):
    """Propose a timetable; one that changes an accepted one needs a reason. What waited before is withdrawn with it.

    The service unit is told of one that was proposed in its place, and whose waited is told that it no longer does.
    """
    task = lock(project.task)
    project = Project.objects.select_related("task__plan", "task__parent").get(pk=task.pk)
    require(can_propose_schedule(by, project))
    refuse_nodes(steps)
    _refuse_told({each.pk: each for each in task.milestones.all()}, steps)
    _refuse_sum(project, amounts)
    accepted = project.schedules.filter(status=Schedule.Status.ACCEPTED).exists() or project.amounts.exists()
    if accepted and not reason.strip():
        raise Refusal("调整计划须写明原因。")
    for waiting in project.schedules.waiting():
        move(waiting, Schedule.Status.WITHDRAWN)
        ScheduleEvent.write(waiting, by, "撤回", note="另行提出")
        if waiting.by.unit_id != by.unit_id:
            _tell(waiting, [waiting.by], "已撤回", f"{by.unit}另行提出了一版。")
    schedule = Schedule.objects.create(
        project=project,
        serial=project.schedules.count() + 1,
        content=content_of(amounts, steps),
        reason=reason.strip(),
        by=by,
        at=clock.now(),
    )
    ScheduleEvent.write(schedule, by, "提出计划表", note=reason.strip())
    _tell_deciders(schedule)
    if (unit := project.service_unit) and unit.pk != by.unit_id:
        _tell(schedule, _working_for(unit), f"由{by.unit}代为提出，待审定", schedule.reason)
    return schedule


def _tell_deciders(schedule):
    """The unit that leads the action, and the plan's office that decides for it."""
    task = schedule.project.task
    leads = User.objects.filter(is_active=True, unit=task.parent.lead, role__in=User.WITH_UNIT)
    offices = User.objects.filter(is_active=True, unit=task.plan.office_id, role=User.Role.OFFICE)
    tell(
        (leads | offices).order_by("pk"),
        key=f"schedule:{schedule.pk}:{schedule.status}",
        title=f"{schedule.project}的计划表待审定",
        body=schedule.reason,
        url=f"/projects/{schedule.project_id}/schedules/{schedule.serial}/",
    )


def _refuse_sum(project, amounts):
    months = amounts.get(Measure.INVESTED)
    if months and project.year_plan is not None and sum(months.values()) != project.year_plan:
        total = sum(months.values())
        raise Refusal(
            f"各月计划投资合计{written(total)}万元，年度计划投资{written(project.year_plan)}万元，请核对后使两者一致。"
        )


@transaction.atomic
def accept_schedule(schedule, by, *, note=""):
    """Accept a timetable: it becomes what the register says; the first plan stays beside it."""
    schedule = _taken(schedule, by, Schedule.Status.ACCEPTED, note)
    project, content = schedule.project, schedule.content
    put_amounts([(project, amounts_in(content))])
    put_nodes([(project, steps_in(content))])
    settle([project])
    ScheduleEvent.write(schedule, by, "审定计划表", note=note.strip())
    TaskEvent.write(Task.objects.get(pk=project.pk), by, "审定计划表", note=schedule.reason)
    _tell(schedule, _working_for(schedule.project.service_unit), "已审定", note)
    return schedule


@transaction.atomic
def decline_schedule(schedule, by, *, note):
    note = require_said(note, "请写明不采纳的原因。")
    schedule = _taken(schedule, by, Schedule.Status.DECLINED, note)
    ScheduleEvent.write(schedule, by, "未采纳计划表", note=note)
    _tell(schedule, _working_for(schedule.project.service_unit), "未采纳", note)
    return schedule


@transaction.atomic
def withdraw_schedule(schedule, by):
    """The unit that proposed it takes back what nobody has decided on."""
    schedule = lock(schedule)
    require(can_withdraw_schedule(by, schedule))
    spare(schedule, schedule.status == Schedule.Status.WITHDRAWN, "撤回")
    move(schedule, Schedule.Status.WITHDRAWN)
    ScheduleEvent.write(schedule, by, "撤回")
    return schedule


def _taken(schedule, by, status, note):
    schedule = lock(schedule)
    lock(schedule.project.task)
    require(can_decide_schedule(by, schedule.project))
    spare(schedule, schedule.status == status, "审定计划表", "未采纳计划表")
    move(schedule, status, decided_by=by, decided_at=clock.now(), decision=note.strip())
    return schedule


def _working_for(unit):
    return User.objects.working_for([unit.answering() or unit]) if unit else ()


def _tell(schedule, people, word, note):
    tell(
        people,
        key=f"schedule:{schedule.pk}:{schedule.status}",
        title=f"{schedule.project}的计划表{word}",
        body=note.strip(),
        url=f"/projects/{schedule.project_id}/",
    )
