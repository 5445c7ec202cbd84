"""What a plan document says, as plain values: the reader's answer, and the working copy of it that people correct.

A task keeps this one shape from here to its row: ``dataclasses.asdict`` puts it into JSON, people change it there, and the
loader takes it as it is.
"""

from dataclasses import dataclass, field

from tasks.reader.source import Span


@dataclass
class Unit:
    """A unit as printed; its role is LEAD, SUPPORT, or DUTY where the document tells neither."""

    name: str
    role: str


@dataclass
class Task:
    """One task as printed.

    ``text`` is its own text without number and notes, ``section`` the key of its heading, ``leaders`` are the persons who
    oversee it; without ``lead_stated`` the first unit leads by convention. ``deadline`` is as written, ``due_on`` its last
    day, ``span`` where it stands in the source. People say why it is no task (``dropped``), or that it differs on paper.
    """

    number: str
    text: str
    span: Span
    units: list[Unit] = field(default_factory=list)
    leaders: tuple[str, ...] = ()
    lead_stated: bool = False
    deadline: str = ""
    due_on: str = ""
    points: tuple[str, ...] = ()
    section: str = ""
    key: str = ""
    short_title: str = ""
    dropped: str = ""
    corrected: bool = False
    version: int = 1

    def names(self, *roles: str) -> list[str]:
        return [unit.name for unit in self.units if not roles or unit.role in roles]


@dataclass
class Section:
    key: str
    number: str
    title: str
    above: list[str]


@dataclass
class Phase:
    title: str
    starts_on: str
    ends_on: str
    duties: str


@dataclass
class Group:
    kind: str
    name: str
    leads: list[str]


@dataclass
class Aside:
    """A numbered passage that is no task: principles, safeguards, steps. Kept apart, never dropped."""

    number: str
    title: str
    line: int
    span: Span


@dataclass
class Plan:
    kind: str
    title: str
    year: int | None
    sections: list[Section]
    tasks: list[Task]
    phases: list[Phase]
    groups: list[Group]
    asides: list[Aside]


@dataclass
class Problem:
    line: int
    text: str
    reason: str
    place: int
    checked: str = ""


@dataclass
class Document:
    title: str
    document_number: str
    issued_on: str | None
    plans: list[Plan]
    problems: list[Problem]
