"""What keeps a draft from being written: each fault at its place, all at once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tasks.draft.names import Match, parts_of

YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Fault:
    """``place`` is a task's key, "plan-N" or "names"; ``field`` the form field beside which it is told."""

    place: str
    field: str
    sentence: str
    where: str = ""


def kept(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [task for task in plan["tasks"] if not task["dropped"]]


def faults_of(draft: dict[str, Any], matches: dict[str, Match], limits: dict[str, int]) -> list[Fault]:
    faults = []
    opened = [match for match in matches.values() if match.is_open]
    if opened:
        shown = "、".join(match.name for match in opened[:5]) + ("等" if len(opened) > 5 else "")
        faults.append(Fault("names", "", f"还有{len(opened)}个单位名称没有对应：{shown}。", "单位对照"))
    plans = [(at, plan) for at, plan in enumerate(draft["plans"]) if not plan["left_out"]]
    if not any(kept(plan) for _, plan in plans):
        faults.append(Fault("plan-0", "", "没有可写入的任务：请把识别为说明的段落列为任务，或检查源文件。", "任务"))
    for at, plan in plans:
        faults += _of_plan(at, plan, limits)
        faults += _of_sections(at, plan, limits)
        faults += _of_tasks(plan, matches, limits)
    return faults


def _of_plan(at: int, plan: dict[str, Any], limits: dict[str, int]) -> Iterator[Fault]:
    place, where = f"plan-{at}", plan["short_title"] or plan["title"][:20]
    if not plan["title"]:
        yield Fault(place, "title", "请填写方案名称。", "方案")
    if len(plan["title"]) > limits["title"]:
        yield Fault(place, "title", f"名称超过{limits['title']}个字。", where)
    if plan["year"] not in YEARS:
        yield Fault(place, "year", "文件没有写明年度，请填写。", where)
    if not plan["office"]:
        yield Fault(place, "office", "请填写主管办公室。", where)
    if plan["starts_on"] and plan["ends_on"] and plan["ends_on"] < plan["starts_on"]:
        yield Fault(place, "ends_on", "结束日期不能早于开始日期。", where)
    for phase in plan["phases"]:
        if len(phase["title"]) > limits["phase"]:
            yield Fault(place, "", f"实施阶段“{phase['title'][:20]}……”超过{limits['phase']}个字。", where)


def _of_sections(at: int, plan: dict[str, Any], limits: dict[str, int]) -> Iterator[Fault]:
    place, numbers = f"plan-{at}", Counter(section["number"] for section in plan["sections"])
    for section in plan["sections"]:
        name = f"section-{section['key']}"
        if numbers[section["number"]] > 1:
            yield Fault(place, name, f"章节序号“{section['number']}”出现多次。", "章节")
        if not section["number"] or len(section["number"]) > limits["section_number"]:
            yield Fault(place, name, f"章节序号须为1至{limits['section_number']}个字。", "章节")
        if len(section["title"]) > limits["section_title"]:
            yield Fault(place, name, f"章节标题“{section['title'][:20]}……”超过{limits['section_title']}个字。", "章节")


def _of_tasks(plan: dict[str, Any], matches: dict[str, Match], limits: dict[str, int]) -> Iterator[Fault]:
    tasks = kept(plan)
    numbers = Counter(task["number"] for task in tasks)
    begins = plan["starts_on"] or (date(plan["year"], 1, 1).isoformat() if plan["year"] in YEARS else "")
    for task in tasks:
        where, sentences = f"第{task['number']}项", []
        if not task["number"]:
            where = "无编号的任务"
            sentences.append(("number", "请填写编号。"))
        elif numbers[task["number"]] > 1:
            sentences.append(("number", f"编号“{task['number']}”出现多次，请改为不同的编号。"))
        for name in ("number", "short_title"):
            if len(task[name]) > limits[f"task_{name}"]:
                sentences.append((name, f"超过{limits[f'task_{name}']}个字，请缩短。"))
        sentences += _of_task(task, matches, begins, limits)
        yield from (Fault(task["key"], field, sentence, where) for field, sentence in sentences)


def _of_task(
    task: dict[str, Any], matches: dict[str, Match], begins: str, limits: dict[str, int]
) -> Iterator[tuple[str, str]]:
    if not task["text"].strip():
        yield "text", "任务原文是空的。"
    if not task["short_title"].strip():
        yield "short_title", "请填写简称。"
    if task["due_on"] and begins and task["due_on"] < begins:
        yield "due_on", f"完成时限早于方案开始日期{begins}。"
    parts = parts_of(task, matches)
    if parts.supports and not parts.lead and not any(matches[unit["name"]].is_open for unit in task["units"]):
        yield "lead", "有配合单位，没有牵头单位，请选定一个牵头单位。"
    if len("、".join(parts.also_named)) > limits["also_named"]:
        yield "support", f"留作文字的责任方超过{limits['also_named']}个字。"
