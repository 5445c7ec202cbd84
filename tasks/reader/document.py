"""What a plan document says, as plain values: the reader's answer, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something a person must look at: the line it stands on (from 1), its text and why it could not be placed."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class SectionRead:
    """A heading that divides the tasks of a plan; ``path`` names the headings above it and itself."""

    number: str
    title: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number with its unit of measure and the clause it stands in; ``direction`` is AT_LEAST or AT_MOST."""

    value: str
    measure: str
    direction: str
    phrase: str


@dataclass(frozen=True)
class TaskRead:
    """One task as printed.

    ``text`` is the task's own text without number and unit note; ``units`` all units in order; ``lead`` and
    ``support`` as the document says, or, with ``lead_stated`` false, by the convention that the first unit leads;
    ``deadline`` as written, ``due_on`` its last day; ``span`` where it stands in the source text.
    """

    number: str
    section: str | None
    text: str
    units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    lead_stated: bool = True
    leaders: tuple[str, ...] = ()
    deadline: str = ""
    due_on: date | None = None
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    parent: str | None = None
    path: tuple[str, ...] = ()
    line: int = 1
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class PhaseRead:
    """A stage of the plan with its first and last day and what is done in it."""

    title: str
    starts_on: date
    ends_on: date
    duties: str


@dataclass(frozen=True)
class GroupRead:
    """A leading or working group that the plan sets up, with the units that lead it."""

    kind: str
    name: str
    leads: tuple[str, ...]


@dataclass(frozen=True)
class Aside:
    """A numbered passage that is not a task: principles, safeguards, steps. Kept apart, never dropped."""

    number: str
    title: str
    line: int
    span: tuple[int, int]


@dataclass(frozen=True)
class PlanRead:
    """One plan of the document. ``standing_units`` take part in every task though not every task names them."""

    kind: str
    title: str
    year: int | None
    sections: tuple[SectionRead, ...]
    tasks: tuple[TaskRead, ...]
    phases: tuple[PhaseRead, ...] = ()
    groups: tuple[GroupRead, ...] = ()
    standing_units: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole document: what it is called, its plans, and what is left for a person."""

    title: str
    document_number: str
    issued_on: date | None
    plans: tuple[PlanRead, ...]
    problems: tuple[Problem, ...]


def as_dict(document: Document) -> dict[str, Any]:
    """The document as plain lists and dictionaries, ready for JSON."""
    return {
        "title": document.title,
        "document_number": document.document_number,
        "plans": [_plan(plan) for plan in document.plans],
        "problems": [
            {"line": problem.line, "text": problem.text, "reason": problem.reason} for problem in document.problems
        ],
    }


def _plan(plan: PlanRead) -> dict[str, Any]:
    return {
        "kind": plan.kind,
        "title": plan.title,
        "sections": [{"number": section.number, "title": section.title} for section in plan.sections],
        "tasks": [_task(task) for task in plan.tasks],
    }


def _task(task: TaskRead) -> dict[str, Any]:
    return {
        "number": task.number,
        "section": task.section,
        "text": task.text,
        "units": list(task.units),
        "lead": list(task.lead),
        "support": list(task.support),
        "deadline": task.deadline,
        "points": list(task.points),
    }
