"""A plan document arrives: it is read, and everything is kept before anybody works on it."""

import dataclasses
from collections import Counter

from django.db import transaction

from kit import clock
from kit.moves import require
from kit.refusal import Refusal
from tasks.draft.addressees import addressee, due_day, parts_of_plans
from tasks.draft.names import LEAD, SUPPORT
from tasks.draft.titles import plan_title, short_title
from tasks.models import Plan, PlanReading, PlanReadingEvent
from tasks.permissions import can_load_plans
from tasks.reader import Problem, read
from tasks.reader.files import Unreadable, content_of
from units.actions.loading import Directory

MOST_CHARACTERS = 150_000
PASTED = "粘贴的文字"
OFFICE_NOT_SAID = "没有读到这个方案的月报报送给谁，主管办公室先填为{office}，请核对。"
ONLY_FIRST_LEADS = "文件写了{n}个牵头单位，第一个列为牵头，其余列为配合，请核对。"


def text_of(name, content):
    found = content_of(name, content)
    return plain(found if isinstance(found, str) else "\n".join(found))


def plain(text):
    """Return ``text`` as the reader counts its places; empty or endless text is Unreadable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").lstrip("\ufeff")
    if not text.strip():
        raise Unreadable("文件里没有文字。扫描件请先识别为文字，再上传或粘贴。")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"文字超过{MOST_CHARACTERS // 10000}万字，请只留方案部分，或拆成几个文件。")
    return text


@transaction.atomic
def receive(by, name, text, mark):
    """Read ``text`` and keep it: the document called ``name``, known again by ``mark``, with a draft to be corrected."""
    require(can_load_plans(by))
    if not text.strip():
        raise Refusal("没有可以识别的文字。")
    units = Directory.of_all().units.items()
    active = {spelling: unit.name for spelling, unit in units if unit.is_active}
    draft, now = draft_of(text, by.unit.name if by.unit else "", active), clock.now()
    reading = PlanReading.objects.create(
        name=name,
        size=len(text.encode()),
        checksum=mark,
        text=text,
        draft=draft,
        by=by,
        unit=by.unit,
        at=now,
        edited_at=now,
    )
    tasks = sum(len(plan["tasks"]) for plan in draft["plans"])
    note = f"{name}：{len(draft['plans'])}个方案，{tasks}项任务，{len(draft['problems'])}处待核对"
    PlanReadingEvent.write(reading, by, "识别方案文件", note=note)
    return reading


def draft_of(text, office="", units=None):
    """Return the draft (tasks.draft) of ``text`` that people start from.

    A plan's office is the unit it says to report to, of ``units`` {spelling: name}; else ``office``.
    """
    draft = dataclasses.asdict(read(text)) | {"choices": {}, "names_version": 1}
    draft["next"] = 1 + sum(len(plan["tasks"]) for plan in draft["plans"])
    usual = {name: Plan._meta.get_field(name).default for name in ("due_hour", "grace_days", "stamped")}
    usual |= {"office": office, "starts_on": "", "ends_on": "", "left_out": False, "version": 1}
    for plan, part in zip(draft["plans"], parts_of_plans(draft["plans"], text), strict=True):
        plan |= usual | {"short_title": plan_title(plan["title"]), "due_day": due_day(part)}
        _tell_numbers_apart(plan)
        for task in plan["tasks"]:
            _settle(draft, task)
        if named := addressee(part, units or {}):
            plan["office"] = named
        elif office and len(draft["plans"]) > 1:
            _ask(draft, max(text.find(plan["title"]), 0), plan["title"], OFFICE_NOT_SAID.format(office=office))
    for problem in draft["problems"]:
        problem["line"] = text.count("\n", 0, problem["place"]) + 1
    draft["problems"].sort(key=lambda problem: problem["place"])
    return draft


def _settle(draft, task):
    """Give a task its short title and exactly one lead: the first of several, the first unit where none is told."""
    leads = [unit for unit in task["units"] if unit["role"] == LEAD]
    if len(leads) > 1:
        shown = f"{task['number']} {task['text'][:50]}"
        _ask(draft, task["span"][0], shown, ONLY_FIRST_LEADS.format(n=len(leads)))
    first = next(iter([*leads, *task["units"]]), None)
    for unit in task["units"]:
        unit["role"] = LEAD if unit is first else SUPPORT
    task["short_title"] = short_title(task["text"])


def _ask(draft, place, shown, reason):
    draft["problems"].append(dataclasses.asdict(Problem(1, shown, reason, place)))


def _tell_numbers_apart(plan):
    """A number that returns under another heading carries that heading's before it."""
    numbers = {section["key"]: section["number"] for section in plan["sections"]}
    doubled = _doubled(numbers.values())
    for section in plan["sections"]:
        if section["number"] in doubled:
            above = "".join(numbers[key] for key in section["above"])
            section["number"] = f"{above}{section['number']}"
    names = {section["key"]: section["number"] for section in plan["sections"]}
    doubled = _doubled(task["number"] for task in plan["tasks"])
    for task in plan["tasks"]:
        if task["number"] in doubled:
            task["number"] = f"{names.get(task['section'], '')}{task['number']}"


def _doubled(numbers):
    return {number for number, count in Counter(numbers).items() if count > 1}
