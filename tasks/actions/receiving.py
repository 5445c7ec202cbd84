"""A plan document arrives: it is read, and everything is kept before anybody works on it."""

import dataclasses
import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kit import clock
from kit.refusal import Refusal
from tasks.actions.reading import loadable
from tasks.draft.addressees import addressee, due_day, parts_of_plans
from tasks.draft.places import place_of
from tasks.draft.titles import plan_title, short_title
from tasks.models import Plan, PlanReading, PlanReadingEvent
from tasks.permissions import can_load_plans
from tasks.reader import read
from tasks.reader.files import Unreadable, content_of
from units.actions.loading import Directory

MOST_CHARACTERS = 150_000
PASTED = "粘贴的文字"
OFFICE_NOT_SAID = "没有读到这个方案的月报报送给谁，主管办公室先填为{office}，请核对。"
ONLY_FIRST_LEADS = "文件写了{n}个牵头单位，第一个列为牵头，其余列为配合，请核对。"


def text_of(name, content):
    """Return the text of a file that was sent, as the reader will see it. Raise ``Unreadable``."""
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


def checksum(content):
    """Return the mark by which the same document is known again."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def receive(by, name, text, mark):
    """Read ``text`` and keep it: the document called ``name``, known again by ``mark``, with a draft to be corrected."""
    if not can_load_plans(by):
        raise PermissionDenied
    if not text.strip():
        raise Refusal("没有可以识别的文字。")
    document = read(text)
    now = clock.now()
    reading = PlanReading.objects.create(
        name=name,
        checksum=mark,
        text=text,
        found=dataclasses.asdict(document),
        draft=draft_of(document, text, by.unit.name if by.unit else "", _active_units()),
        by=by,
        unit=by.unit,
        at=now,
        edited_at=now,
    )
    tasks = sum(len(plan.tasks) for plan in document.plans)
    note = f"{name}：{len(document.plans)}个方案，{tasks}项任务，{len(reading.draft['problems'])}处待核对"
    PlanReadingEvent.write(reading, by, "识别方案文件", note=note)
    return reading


def _active_units():
    units = Directory.of_all().units.items()
    return {spelling: unit.name for spelling, unit in units if unit.is_active}


def draft_of(document, text, office="", units=None):
    """Return the draft (tasks.draft) that people start from.

    A plan's office is the unit it says to report to, of ``units`` {spelling: name}; else ``office``.
    """
    values = loadable(document)
    keys = iter(range(1, 100_000))
    plans = [
        _plan(plan, read_plan, office, keys) for plan, read_plan in zip(values["plans"], document.plans, strict=True)
    ]
    draft = {name: values[name] for name in ("title", "document_number", "issued_on")}
    problems = [_problem(problem, text) for problem in document.problems] + list(_double_leads(plans, document))
    problems += _settle_reporting(plans, text, units or {})
    return draft | {
        "plans": plans,
        "problems": sorted(problems, key=lambda problem: problem["place"]),
        "choices": {},
        "names_version": 1,
        "next": next(keys),
    }


def _settle_reporting(plans, text, units):
    """Give each plan the office and the day of the month its text names; of several plans, tell those without office."""
    problems = []
    for plan, part in zip(plans, parts_of_plans(plans, text), strict=True):
        plan["due_day"] = due_day(part)
        if named := addressee(part, units):
            plan["office"] = named
        elif plan["office"] and len(plans) > 1:
            place = max(text.find(plan["title"]), 0)
            line, reason = text.count("\n", 0, place) + 1, OFFICE_NOT_SAID.format(office=plan["office"])
            problems.append({"line": line, "text": plan["title"], "reason": reason, "place": place, "checked": ""})
    return problems


def _problem(problem, text):
    place = place_of(text, problem.line, problem.text)
    return {"line": problem.line, "text": problem.text, "reason": problem.reason, "place": place, "checked": ""}


def _double_leads(plans, document):
    """A task has one lead here; where the document names several, a person looks at it."""
    for plan, read_plan in zip(plans, document.plans, strict=True):
        for task, read_task in zip(plan["tasks"], read_plan.tasks, strict=True):
            if len(read_task.lead) > 1:
                reason = ONLY_FIRST_LEADS.format(n=len(read_task.lead))
                shown = f"{task['number']} {task['text'][:50]}"
                yield {
                    "line": read_task.line,
                    "text": shown,
                    "reason": reason,
                    "place": task["span"][0],
                    "checked": "",
                }


def _plan(plan, read_plan, office, keys):
    usual = {name: Plan._meta.get_field(name).default for name in ("due_hour", "grace_days", "stamped")}
    sections = _sections(plan, read_plan)
    by_number = {section["number"]: section["key"] for section in reversed(sections)}
    return usual | {
        "kind": plan["kind"],
        "title": plan["title"],
        "short_title": plan_title(plan["title"]),
        "year": plan["year"],
        "office": office,
        "starts_on": "",
        "ends_on": "",
        "due_day": None,
        "left_out": False,
        "version": 1,
        "sections": sections,
        "tasks": [
            _task(task, read_task, by_number, f"t{next(keys)}")
            for task, read_task in zip(plan["tasks"], read_plan.tasks, strict=True)
        ],
        "phases": plan["phases"],
        "groups": plan["groups"],
        "asides": [dataclasses.asdict(aside) for aside in read_plan.asides],
    }


def _sections(plan, read_plan):
    paths = list(dict.fromkeys(section.path or (section.number,) for section in read_plan.sections))
    keys = {path: f"s{at}" for at, path in enumerate(paths)}
    return [
        {
            "key": keys[path],
            "number": section["number"],
            "title": section["title"],
            "above": [keys[path[:depth]] for depth in range(1, len(path)) if path[:depth] in keys],
        }
        for path, section in zip(paths, plan["sections"], strict=True)
    ]


def _task(task, read_task, by_number, key):
    return {
        "key": key,
        "number": task["number"],
        "section": by_number.get(task["section"], ""),
        "short_title": short_title(task["text"]),
        "text": task["text"],
        "points": task["points"],
        "units": task["units"],
        "lead_stated": read_task.lead_stated and bool(read_task.lead),
        "deadline": read_task.deadline,
        "due_on": task["due_on"] or "",
        "span": list(read_task.span),
        "dropped": "",
        "corrected": False,
        "version": 1,
    }
