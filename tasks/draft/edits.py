"""Changes to a draft: a task put in its place, taken apart, put together; each works on the plain values in place."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kit.text import clean
from tasks.draft.places import paragraph_at
from tasks.draft.titles import short_title
from tasks.reader import Task

_MARK = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]{1,4}[条项]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．)）]|[①-⑳])\s*"
)
_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？\n]*")


def find_task(draft: dict[str, Any], key: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    return next(((plan, task) for plan in draft["plans"] for task in plan["tasks"] if task["key"] == key), None)


def all_spans(draft: dict[str, Any]) -> list[tuple[int, int]]:
    return [
        (task["span"][0], task["span"][1])
        for plan in draft["plans"]
        for task in plan["tasks"]
        if not task["dropped"] and task["span"][1] > task["span"][0]
    ]


def plan_around(draft: dict[str, Any], place: int) -> dict[str, Any]:
    begun = [plan for plan in draft["plans"] if min(_starts(plan), default=0) <= place]
    return begun[-1] if begun else draft["plans"][0]


def _starts(plan: dict[str, Any]) -> list[int]:
    return [part["span"][0] for part in (*plan["tasks"], *plan["asides"])]


def add_passage(draft: dict[str, Any], plan: dict[str, Any], source: str, span: Sequence[int]) -> dict[str, Any]:
    start, end = span
    written = source[start:end].strip()
    mark = _MARK.match(written)
    task = _task(draft, mark.group().strip().rstrip("、.．") if mark else "", written[mark.end() if mark else 0 :])
    before = [each for each in plan["tasks"] if each["span"][0] <= start]
    task |= {"span": [start, end], "section": before[-1]["section"] if before else ""}
    plan["tasks"].insert(len(before), task)
    return task


def problem_span(draft: dict[str, Any], source: str, problem: dict[str, Any]) -> tuple[int, int]:
    return paragraph_at(source, problem["place"], all_spans(draft))


def sentences_of(text: str) -> list[str]:
    return [found.group() for found in _SENTENCE.finditer(text) if found.group().strip()]


def split_task(draft: dict[str, Any], plan: dict[str, Any], task: dict[str, Any], at: int) -> dict[str, Any]:
    sentences = sentences_of(task["text"])
    taken = {each["number"] for each in plan["tasks"]}
    number = next(name for name in (f"{task['number']}-{n}" for n in range(2, 1000)) if name not in taken)
    other = _task(draft, number, "".join(sentences[at:]).strip())
    other |= {name: task[name] for name in ("section", "lead_stated", "deadline", "due_on")}
    other |= {"units": [dict(unit) for unit in task["units"]], "span": [task["span"][1]] * 2}
    other["points"] = [point for point in task["points"] if point in other["text"]]
    task["text"] = "".join(sentences[:at]).strip()
    task["points"] = [point for point in task["points"] if point in task["text"]]
    task["short_title"] = short_title(task["text"])
    plan["tasks"].insert(plan["tasks"].index(task) + 1, other)
    return other


def task_before(plan: dict[str, Any], task: dict[str, Any]) -> dict[str, Any] | None:
    before = [each for each in plan["tasks"][: plan["tasks"].index(task)] if not each["dropped"]]
    return before[-1] if before else None


def merge_task(into: dict[str, Any], task: dict[str, Any]) -> None:
    into["text"] = f"{into['text']}\n{task['text']}"
    into["points"] = [*into["points"], *task["points"]]
    known = {unit["name"] for unit in into["units"]}
    into["units"] += [unit | {"role": "SUPPORT"} for unit in task["units"] if unit["name"] not in known]
    into["due_on"] = max(into["due_on"], task["due_on"])
    if task["span"][1] > task["span"][0]:
        into["span"] = [min(into["span"][0], task["span"][0]), max(into["span"][1], task["span"][1])]
    task["dropped"] = f"并入第{into['number']}项"


def foreign_words(text: str, source: str, known: str = "") -> str:
    """The first sentence of ``text`` that stands neither in the source nor in ``known``; blanks do not count."""
    there = ["".join(clean(each).split()) for each in (source, known)]
    for sentence in sentences_of(text):
        bare = "".join(sentence.split()).rstrip("。；;！？")
        if bare and not any(bare in each for each in there):
            return sentence.strip()
    return ""


def _task(draft: dict[str, Any], number: str, text: str) -> dict[str, Any]:
    key, draft["next"] = f"t{draft['next']}", draft["next"] + 1
    return asdict(Task(number, text, (0, 0), key=key, short_title=short_title(text)))
