"""Correcting a draft, part by part: each saves at once, tells who was faster, and leaves its trace."""

from django.db import transaction

from kit import clock
from kit.refusal import Conflict, Refusal
from kit.trace import differences
from tasks.actions.loads import lock_reading
from tasks.draft.edits import (
    add_passage,
    find_task,
    merge_task,
    plan_around,
    problem_span,
    sentences_of,
    split_task,
    task_before,
)
from tasks.draft.names import LEAD, MANY, NEW, UNIT
from tasks.models import PlanReadingEvent

FASTER = "{who}刚才改过这一处。您填的内容还在，请对照后再保存一次。"
GONE = "这一项已经不在核对稿里。"
HEAD_WORDS = {
    "title": "名称",
    "short_title": "简称",
    "kind": "类别",
    "year": "年度",
    "office": "主管办公室",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "due_day": "每月报送截止日",
    "due_hour": "截止钟点",
    "grace_days": "补报天数",
    "stamped": "盖章纸质件",
    "left_out": "不导入",
}
TASK_WORDS = {"number": "编号", "section": "章节", "short_title": "简称", "text": "原文", "due_on": "完成时限"}


def _opened(reading, by, key, seen):
    reading = lock_reading(reading, by)
    found = find_task(reading.draft, key)
    if found is None:
        raise Refusal(GONE)
    _require_seen(found[1], seen)
    return reading, *found


def _require_seen(part, seen):
    if part["version"] != seen:
        raise Conflict(FASTER.format(who=part.get("edited") or "有人"), part)


def _keep(reading, by, verb, *touched, note="", changes=None):
    for part in touched:
        part["version"] += 1
        part["edited"] = f"{by.signature}（{clock.local(clock.now()):%H:%M}）"
    reading.version += 1
    reading.edited_at = clock.now()
    reading.save(update_fields=["draft", "version", "edited_at"])
    PlanReadingEvent.write(reading, by, verb, note=note, changes=changes)
    return reading


def units_words(task):
    lead = "、".join(unit["name"] for unit in task["units"] if unit["role"] == LEAD)
    rest = "、".join(unit["name"] for unit in task["units"] if unit["role"] != LEAD)
    return "；".join(filter(None, [lead and f"牵头：{lead}", rest and f"配合：{rest}"]))


@transaction.atomic
def save_task(reading, by, key, values, *, seen):
    reading, _, task = _opened(reading, by, key, seen)
    before = _task_shown(task)
    task["lead_stated"] = task["lead_stated"] or values["units"] != task["units"]
    task.update(values)
    if changes := differences(before, _task_shown(task)):
        _keep(reading, by, "修改任务", task, note=f"第{task['number']}项", changes=changes)
    return reading


def _task_shown(task):
    return {word: task[name] for name, word in TASK_WORDS.items()} | {"责任单位": units_words(task)}


@transaction.atomic
def save_head(reading, by, at, values, sections, *, heading, seen):
    reading = lock_reading(reading, by)
    plan = reading.draft["plans"][at]
    _require_seen(plan, seen)
    before = _head_shown(reading.draft, plan)
    plan.update(values)
    reading.draft.update(heading)
    for section in plan["sections"]:
        section["number"], section["title"] = sections[section["key"]]
    if changes := differences(before, _head_shown(reading.draft, plan)):
        _keep(reading, by, "修改方案信息", plan, note=plan["title"][:40], changes=changes)
    return reading


def _head_shown(draft, plan):
    shown = {word: str(plan[name]) for name, word in HEAD_WORDS.items()}
    sections = {f"章节{section['key']}": f"{section['number']}{section['title']}" for section in plan["sections"]}
    return shown | sections | {"文号": draft["document_number"], "印发日期": draft["issued_on"] or ""}


@transaction.atomic
def drop_task(reading, by, key, *, seen, reason):
    reading, _, task = _opened(reading, by, key, seen)
    if not reason.strip():
        raise Refusal("请写明不列为任务的原因。")
    task["dropped"] = reason.strip()
    return _keep(reading, by, "不列为任务", task, note=f"第{task['number']}项：{reason.strip()}")


@transaction.atomic
def restore_task(reading, by, key, *, seen):
    reading, _, task = _opened(reading, by, key, seen)
    task["dropped"] = ""
    return _keep(reading, by, "恢复为任务", task, note=f"第{task['number']}项")


@transaction.atomic
def take_aside(reading, by, at, place):
    reading = lock_reading(reading, by)
    plan = reading.draft["plans"][at]
    aside = next((each for each in plan["asides"] if each["span"][0] == place), None)
    if aside is None:
        raise Refusal("这一段已经列为任务。")
    plan["asides"].remove(aside)
    return _take(reading, by, plan, aside["span"])


@transaction.atomic
def take_problem(reading, by, at):
    reading = lock_reading(reading, by)
    problem = reading.draft["problems"][at]
    if problem["checked"]:
        raise Refusal("这一处已经核对过。")
    problem["checked"] = f"{by.signature}列为任务"
    span = problem_span(reading.draft, reading.text, problem)
    return _take(reading, by, plan_around(reading.draft, span[0]), span)


def _take(reading, by, plan, span):
    task = add_passage(reading.draft, plan, reading.text, span)
    _keep(reading, by, "列为任务", note=task["short_title"])
    return task["key"]


@transaction.atomic
def check_problem(reading, by, at, *, checked):
    reading = lock_reading(reading, by)
    problem = reading.draft["problems"][at]
    problem["checked"] = by.signature if checked else ""
    verb = "核对问题" if checked else "重新列为问题"
    return _keep(reading, by, verb, note=f"第{problem['line']}行：{problem['reason']}")


@transaction.atomic
def split(reading, by, key, at, *, seen):
    """Cut after the sentence ``at``; return the key of the new task."""
    reading, plan, task = _opened(reading, by, key, seen)
    if not 0 < at < len(sentences_of(task["text"])):
        raise Refusal("请选定从哪一句拆开。")
    other = split_task(reading.draft, plan, task, at)
    _keep(reading, by, "拆分任务", task, note=f"第{task['number']}项拆出第{other['number']}项")
    return other["key"]


@transaction.atomic
def merge(reading, by, key, *, seen):
    reading, plan, task = _opened(reading, by, key, seen)
    into = task_before(plan, task)
    if into is None or task["dropped"]:
        raise Refusal("前面没有可以并入的任务。")
    merge_task(into, task)
    _keep(reading, by, "合并任务", task, into, note=f"第{task['number']}项并入第{into['number']}项")
    return into["key"]


@transaction.atomic
def choose_names(reading, by, choices, *, seen):
    """Store what unknown names stand for; {name: None} opens a name again."""
    reading = lock_reading(reading, by)
    draft = reading.draft
    if draft["names_version"] != seen:
        raise Conflict(FASTER.format(who=draft.get("names_edited") or "有人"), draft["choices"])
    before = draft["choices"]
    draft["choices"] = {name: choice for name, choice in (before | choices).items() if choice}
    shown = [
        {name: choice_words(each.get(name)) for name in [*before, *choices]} for each in (before, draft["choices"])
    ]
    if changes := differences(*shown):
        draft["names_version"] += 1
        draft["names_edited"] = by.signature
        _keep(reading, by, "对照单位名称", changes=changes)
    return reading


def choice_words(choice):
    if not choice:
        return ""
    if choice["way"] == UNIT:
        return f"对应{choice['unit']}{'，记为其他写法' if choice['remember'] else ''}"
    if choice["way"] == MANY:
        return f"展开为{'、'.join(choice['units'])}"
    return "新建单位" if choice["way"] == NEW else "留作文字"
