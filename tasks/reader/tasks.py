"""Tasks put together: from a passage, a row or a table, then settled against the others of their plan."""

from dataclasses import dataclass, replace

from tasks.reader.deadlines import as_written, due_on, in_prose
from tasks.reader.document import TaskRead
from tasks.reader.figures import figures_in
from tasks.reader.grids import GridTask
from tasks.reader.labels import DUTY, LEAD, SUPPORT
from tasks.reader.outline import Node
from tasks.reader.passages import Passage
from tasks.reader.points import points_in
from tasks.reader.roles import Roles
from tasks.reader.rows import Row
from tasks.reader.source import Source

Headings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Draft:
    """A task whose lead and section are still open: they depend on the other tasks of its plan."""

    task: TaskRead
    roles: Roles
    above: tuple[Node, ...] = ()
    headings: Headings = ()
    passage: Passage | None = None
    node: Node | None = None


def from_passage(passage: Passage, points: list[Passage], year: int | None) -> Draft:
    """A task that is a numbered passage, or an unnumbered measure under one."""
    source, node = passage.source, passage.node
    numbered = (
        node is not None
        and node.start <= passage.start
        and passage.source.text[node.start : passage.start].strip() == ""
    )
    start = node.mark.start if node and numbered else passage.start
    number = node.mark.printed if node and numbered else ""
    text = passage.text
    parts = tuple(_point(source, point.node, point.end) for point in points if point.node)
    end = max([passage.end, *(point.end for point in points)])
    task = _task(number, text, passage.roles, year, source.line(start), (start, end))
    task = replace(task, points=parts or points_in(text))
    above = (node.path[:-1] if numbered else node.path) if node else ()
    return Draft(task, passage.roles, above, (), passage, node if numbered else None)


def _point(source: Source, node: Node, end: int) -> str:
    """A point with its number and everything beneath it, as written."""
    end = max([end, *(child.end for child in node.below())])
    return source.text[slice(*source.trimmed(node.mark.start, end))]


def from_row(source: Source, node: Node, row: Row, year: int | None) -> Draft:
    """A task that is a row of a flattened table."""
    span = source.trimmed(node.mark.start, node.end)
    task = _task(node.mark.printed, row.text, row.roles, year, source.line(span[0]), span)
    return Draft(task, row.roles, node.path[:-1], node=node)


def from_grid(found: GridTask, source: Source, year: int | None) -> Draft:
    """A task that is a row of a table."""
    span = source.trimmed(found.start, found.end)
    task = _task(found.number, found.text, found.roles, year, source.line(span[0]), span)
    return Draft(task, found.roles, headings=found.sections)


def _task(number: str, text: str, roles: Roles, year: int | None, line: int, span: tuple[int, int]) -> TaskRead:
    written = roles.deadlines or in_prose(text)
    days = [day for each in written if (day := due_on(each, year))]
    return TaskRead(
        number=number,
        section=None,
        text=text,
        units=tuple(roles.names()),
        leaders=tuple(roles.leaders),
        deadline=as_written(written),
        due_on=max(days) if days else None,
        figures=figures_in(text),
        line=line,
        span=span,
    )


def under_headings(source: Source, drafts: list[Draft]) -> list[Draft]:
    """The drafts with the headings above them: what stands above and is not a task itself."""
    nodes = {draft.node for draft in drafts if draft.node}
    return [
        replace(
            draft,
            headings=tuple((node.mark.printed, node.title(source)) for node in draft.above if node not in nodes),
        )
        if draft.above
        else draft
        for draft in drafts
    ]


def settled(drafts: list[Draft], stated_from: int | None) -> tuple[TaskRead, ...]:
    """The tasks with section and lead.

    Where the document tells leads from others, only what it tells holds. Where it states that the unit named first
    leads, that holds from the task on where it is stated. Where it never tells, the first leads by convention.
    """
    dropped = _shared_depth([draft.headings for draft in drafts])
    tells = any(role != DUTY for draft in drafts for role, _ in draft.roles.units)
    nodes = {draft.node for draft in drafts if draft.node}
    tasks = []
    for at, draft in enumerate(drafts):
        path = tuple(number for number, _ in draft.headings[dropped:])
        first = stated_from is not None and at >= stated_from
        task = _with_roles(draft, first, tells or stated_from is not None)
        parent = _parent(draft, nodes)
        tasks.append(replace(task, path=path, section=path[-1] if path else None, parent=parent))
    return tuple(tasks)


def _shared_depth(headings: list[Headings]) -> int:
    """How many headings stand above all tasks alike: they divide nothing and are no sections."""
    depth = 0
    while headings and all(len(each) > depth for each in headings) and len({each[depth] for each in headings}) == 1:
        depth += 1
    return depth


def _with_roles(draft: Draft, first: bool, tells: bool) -> TaskRead:
    lead, others, duty = (draft.roles.names(role) for role in (LEAD, SUPPORT, DUTY))
    names = draft.roles.names()
    if lead:
        return replace(draft.task, lead=tuple(lead), support=tuple(name for name in names if name not in lead))
    if first:
        return replace(draft.task, lead=tuple(names[:1]), support=tuple(names[1:]))
    if others:
        return replace(draft.task, lead=tuple(duty), support=tuple(others))
    if tells:
        return draft.task
    return replace(draft.task, lead=tuple(names[:1]), support=tuple(names[1:]), lead_stated=False)


def _parent(draft: Draft, nodes: set[Node]) -> str | None:
    """The number of the task this one is nested in."""
    above = draft.node.path[:-1] if draft.node else ()
    return next((node.mark.printed for node in reversed(above) if node in nodes), None)
