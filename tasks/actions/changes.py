"""Changes of tasks (延期、调整、持续推进): the unit asks before the due date, the plan's office decides; first date and texts stay."""

from django.db import transaction

from kit import clock
from kit.moves import lock, move, require, require_said, require_status
from kit.refusal import Refusal
from kit.text import clean
from kit.trace import spare
from tasks.models import Task, TaskChange, TaskChangeEvent, TaskEvent
from tasks.permissions import can_ask_change, can_manage_task
from units.actions.notices import tell, tell_unit
from units.models import User

Kind, Status = TaskChange.Kind, TaskChange.Status
AGREED, DECLINED, WITHDRAWN = "同意", "不同意", "撤回申请"


@transaction.atomic
def ask_change(task, by, kind, *, reason, so_far, due_on=None, goal="", text=""):
    """Ask for more time, another text, or to go on towards a stage goal; one question waits at a time."""
    task = lock(task)
    require(can_ask_change(by, task))
    require_status(task, Task.Status.NOT_STARTED, Task.Status.ONGOING, otherwise="不用申请变更")
    if clock.today() > task.due_on:
        raise Refusal(f"已过完成时限{task.due_on:%Y-%m-%d}。延期、调整和持续推进须在到期以前申请。")
    if waiting := task.changes.waiting().first():
        raise Refusal(f"{waiting}正在等待审定，要改请先撤回。")
    told = {"reason": clean(reason).strip(), "so_far": clean(so_far).strip(), "goal": clean(goal).strip()}
    for name, word in (("reason", "申请原因"), ("so_far", "目前进展")):
        if not told[name]:
            raise Refusal(f"请写明{word}。")
    text = clean(text).strip() if kind == Kind.ADJUST else ""
    told |= {"text": text, "due_on": None if kind == Kind.ADJUST else due_on}
    _refuse(task, kind, told)
    change = TaskChange.objects.create(
        task=task,
        serial=task.changes.count() + 1,
        kind=kind,
        progress=task.progress,
        by=by,
        unit_name=by.unit.name,
        at=clock.now(),
        **told,
    )
    TaskChangeEvent.write(change, by, "申请", note=f"{change.wanted}：{change.reason}"[:500])
    TaskEvent.write(task, by, f"申请{change.get_kind_display()}", note=change.wanted)
    tell(
        User.objects.filter(is_active=True, unit=task.plan.office_id, role=User.Role.OFFICE),
        key=f"change:{change.pk}:{change.status}",
        title=f"{task.called}申请{change.wanted}，待审定",
        body=change.reason,
        url=_address(change),
    )
    return change


def _refuse(task, kind, told):
    """What cannot be asked, or not agreed any more."""
    if kind == Kind.ADJUST:
        if not told["text"] or told["text"] == task.text.strip():
            raise Refusal("请写明调整后的任务内容，须与现在的不同。")
        return
    day = told["due_on"]
    if day is None or day <= task.due_on:
        raise Refusal(
            f"{'新的时限' if kind == Kind.EXTEND else '复核日期'}须晚于现在的完成时限{task.due_on:%Y-%m-%d}。"
        )
    if day > task.plan.ends_on:
        raise Refusal(f"不能晚于方案的结束日期{task.plan.ends_on:%Y-%m-%d}。")
    if kind == Kind.CONTINUE and not told["goal"]:
        raise Refusal("持续推进须写明阶段目标。")


def _address(change):
    return f"/changes/{change.pk}/"


@transaction.atomic
def agree_change(change, by, *, note=""):
    """Make it so: the first date, the number of extensions and every text stay on record, and the light says so."""
    change, task = _taken(change, by, AGREED)
    _refuse(task, change.kind, {name: getattr(change, name) for name in ("text", "due_on", "goal")})
    before = {"old_due_on": task.due_on}
    if change.kind == Kind.ADJUST:
        before |= {"old_text": task.text, "old_points": task.points}
        changes = {"任务内容": [f"第{task.text_version}版", f"第{task.text_version + 1}版"]}
        # Its parts were cut from the text that was.
        task.text, task.points, task.text_version = change.text, [], task.text_version + 1
    else:
        changes = {"完成时限": [f"{task.due_on:%Y-%m-%d}", f"{change.due_on:%Y-%m-%d}"]}
        task.due_on = change.due_on
        task.extended += change.kind == Kind.EXTEND
        task.going_on = change.goal if change.kind == Kind.CONTINUE else ""
    _decide(change, by, Status.AGREED, note, **before)
    task.save()
    TaskChangeEvent.write(change, by, AGREED, note=note.strip(), changes=changes)
    TaskEvent.write(task, by, f"同意{change.get_kind_display()}", note=change.reason, changes=changes)
    _tell(change, task, "已同意", note)
    return change


@transaction.atomic
def decline_change(change, by, *, note):
    """Leave the task as it is, with a word why."""
    note = require_said(note, "请写明不同意的原因。")
    change, task = _taken(change, by, DECLINED)
    _decide(change, by, Status.DECLINED, note)
    TaskChangeEvent.write(change, by, DECLINED, note=note)
    TaskEvent.write(task, by, f"未同意{change.get_kind_display()}")
    _tell(change, task, "未同意", note)
    return change


@transaction.atomic
def withdraw_change(change, by):
    """The unit takes back what nobody has decided on."""
    lock(change.task)
    change = lock(change)
    require(can_ask_change(by, change.task))
    spare(change, change.status == Status.WITHDRAWN, WITHDRAWN)
    move(change, Status.WITHDRAWN)
    TaskChangeEvent.write(change, by, WITHDRAWN)
    TaskEvent.write(change.task, by, f"撤回{change.get_kind_display()}申请")
    return change


def _taken(change, by, verb):
    """The question with its task, both locked; a second press is told of the first."""
    task = lock(change.task)
    change = lock(change)
    require(can_manage_task(by, task))
    spare(change, not change.is_waiting, verb)
    require_status(change, Status.ASKED, otherwise="不用再审定")
    return change, task


def _decide(change, by, status, note, **before):
    move(change, status, decided_by=by, decided_at=clock.now(), decision=note.strip(), **before)


def _tell(change, task, word, note):
    if unit := Task.objects.prefetch_related("responsibilities__unit").get(pk=task.pk).lead:
        tell_unit(
            unit,
            key=f"change:{change.pk}:{change.status}",
            title=f"{task.called}的{change.get_kind_display()}申请{word}",
            body=note.strip(),
            url=_address(change),
        )
