"""From a text to what it says: the whole way, one step after the other."""

import bisect
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tasks.reader.boxes import without_boxes
from tasks.reader.document import Aside, Document, PlanRead, Problem, SectionRead, TaskRead
from tasks.reader.flattened import flattened_in
from tasks.reader.grids import Grid, grids_in, tasks_of
from tasks.reader.heads import Head, Piece, head_of, kind_of, year_of
from tasks.reader.mending import Mended, without_gaps, without_pages, without_site
from tasks.reader.names import first_leads, looks_like_unit
from tasks.reader.notes import notes_in
from tasks.reader.outline import Node, every, outline
from tasks.reader.passages import Passage, paragraphs, tail
from tasks.reader.phases import groups_in, phases_in
from tasks.reader.selection import NO_UNIT, Chosen, choose
from tasks.reader.series import marks_of
from tasks.reader.source import Source, plain
from tasks.reader.stacks import without_stacks
from tasks.reader.tasks import Draft, from_grid, from_passage, from_row, settled, under_headings
from tasks.reader.wrapping import unwrap

# What a person could still look through; a document of 250 pages has less.
MOST_TEXT = 500_000
_SHOWN = 60
_LONGEST_NAME = 30
_FIRST_WORDS = 15
NO_UNITS_IN_TABLE = "表格里没有责任单位一栏，没有作为任务，请核对。"


def read(content: str | Sequence[str]) -> Document:
    """Read a plan document: its whole text, or its paragraphs in order (rows of tables with tabs between the cells)."""
    text = content if isinstance(content, str) else "\n".join(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    source = Source(text)
    if len(text) > MOST_TEXT:
        text = text[: text.rfind("\n", 0, MOST_TEXT) + 1 or MOST_TEXT]
    whole = unwrap(without_gaps(without_boxes(without_stacks(without_pages(without_site(Mended(text)))))))
    document = _read(Source(whole.text))
    document = _placed(document, whole, source) if whole.changed else document
    return document if len(text) == len(source.text) else _told_of_rest(document, source, len(text))


def _told_of_rest(document: Document, source: Source, end: int) -> Document:
    """The document with the problem that the text from ``end`` on was too much to read."""
    shown = " ".join(source.text[end : end + _SHOWN].split())
    rest = Problem(source.line(end), shown, f"全文超过{MOST_TEXT // 10_000}万字，从这里起没有读取，请拆分后分次导入。")
    return replace(document, problems=(*document.problems, rest))


def _placed(document: Document, whole: Mended, source: Source) -> Document:
    """The document with lines and spans as in the text before its lines were joined."""

    def back(part: TaskRead | Aside) -> Any:
        start, end = whole.original(part.span[0]), whole.original(part.span[1] - 1) + 1
        return replace(part, span=(start, end), line=source.line(start))

    joined = Source(whole.text)
    plans = tuple(
        replace(plan, tasks=tuple(map(back, plan.tasks)), asides=tuple(map(back, plan.asides)))
        for plan in document.plans
    )
    problems = tuple(
        replace(problem, line=source.line(whole.original(joined.start(problem.line)))) for problem in document.problems
    )
    return replace(document, plans=plans, problems=problems)


def _read(source: Source) -> Document:
    first = marks_of(source, 0, len(source.text)).accepted
    head = head_of(source, first[0].mark.start if first else min(len(source.text), 600))
    reader = _Reader(source, head)
    plans = tuple(reader.plan(piece) for piece in head.pieces)
    for name in head.unfound:
        reader.problems.append(Problem(1, name, "标题中提到的方案，在正文中找不到单独成行的标题，全文按一个方案读取。"))
    problems = sorted(reader.problems, key=lambda problem: problem.line)
    return Document(head.title, head.number, head.issued_on, plans, tuple(problems))


class _Reader:
    """Reads the plans of one document and gathers what a person must look at."""

    def __init__(self, source: Source, head: Head):
        self._source = source
        self._head = head
        self.problems: list[Problem] = []
        self._strange: set[str] = set()

    def plan(self, piece: Piece) -> PlanRead:
        source = self._source
        year = year_of(piece.title) or (self._head.issued_on.year if self._head.issued_on else None)
        grids = grids_in(source, piece.start, piece.end)
        rows = [(grid, [from_grid(task, source, year) for task in tasks_of(grid)]) for grid in grids]
        prose = source.without((grid.start, grid.end) for grid, tasks in rows if tasks)
        flattened = None if any(tasks for _, tasks in rows) else flattened_in(source, piece.start, piece.end)
        body_end = flattened.start if flattened else piece.end
        series = marks_of(prose, piece.start, body_end)
        roots = outline(series.accepted, body_end)
        for oddity in series.oddities:
            self._problem(oddity.place, min(oddity.place + _SHOWN, body_end), oddity.reason)
        drafts = [from_row(source, node, row, year) for node, row in flattened.rows] if flattened else []
        chosen = choose(prose, roots, beside_table=bool(drafts) or any(tasks for _, tasks in rows))
        drafts += self._beside(chosen, rows)
        if not roots and not drafts:
            chosen.tasks += self._unnumbered(piece.start, body_end)
        drafts += [from_passage(passage, chosen.points.get(passage, []), year) for passage in chosen.tasks]
        drafts.sort(key=lambda draft: draft.task.span)
        drafts = under_headings(source, drafts)
        self._report(chosen, drafts, piece)
        return self._finish(piece, year, roots, drafts, body_end)

    def _beside(self, chosen: Chosen, rows: list[tuple[Grid, list[Draft]]]) -> list[Draft]:
        """The rows of tables that are tasks beside those of the text; a passage that a row repeats is taken out there.

        A table that names no units is none of tasks where the text holds some.
        """
        drafts: list[Draft] = []
        for grid, tasks in rows:
            if chosen.tasks and tasks and not any(draft.roles.units for draft in tasks):
                self._problem(grid.start, grid.start + _SHOWN, NO_UNITS_IN_TABLE)
            else:
                drafts += tasks
        listed = {_first_words(draft.task.text) for draft in drafts}
        chosen.tasks = [passage for passage in chosen.tasks if _first_words(passage.text) not in listed]
        if chosen.tasks and drafts:
            reason = f"正文有{len(chosen.tasks)}项、表格有{len(drafts)}项任务，都已列出，请核对有没有重复。"
            self._problem(*drafts[0].task.span, reason)
        return drafts

    def _unnumbered(self, start: int, end: int) -> list[Passage]:
        """A text without any number: each paragraph that names who is responsible is a task."""
        found = []
        for begun, ended in paragraphs(self._source, start, tail(self._source, start, end)):
            notes = notes_in(self._source, begun, ended)
            if any(note.roles.units and not note.own_paragraph for note in notes):
                found.append(Passage(self._source, None, *self._source.trimmed(begun, ended), notes))
        return found

    def _report(self, chosen: Chosen, drafts: list[Draft], piece: Piece) -> None:
        for start, end, reason in chosen.doubts:
            self._problem(start, end, reason)
        for passage in chosen.tasks:
            self._report_passage(passage)
        unsaid = [note for passage in chosen.tasks for note in passage.notes if note.unsaid]
        if unsaid:
            reason = f"有{len(unsaid)}处括号内只列单位、未写“责任单位”字样，按责任单位理解，请核对。"
            self._problem(unsaid[0].start, unsaid[0].end, reason)
        for draft in drafts:
            if not draft.roles.units and draft.passage is None:
                self._problem(*draft.task.span, NO_UNIT)
            self._report_names(draft)
            for label in dict.fromkeys(draft.roles.unknown):
                self._problem(
                    *draft.task.span, f"不认识“{label}：”，其中的单位按配合单位理解，其他内容没有采用，请核对。"
                )
        if not drafts:
            self._problem(
                piece.start, piece.start + _SHOWN, "没有找到任务：没有写明责任单位的条目，也没有标题为任务的部分。"
            )

    def _report_names(self, draft: Draft) -> None:
        """Names that look like no unit, each once; those of spoken notes are told with their note."""
        told = {name for note in (draft.passage.notes if draft.passage else ()) for name in note.strange}
        for name in draft.roles.names():
            if not looks_like_unit(name) and name not in self._strange | told:
                self._strange.add(name)
                self._problem(*draft.task.span, f"“{name[:_LONGEST_NAME]}”不像单位名称，请核对。")

    def _report_passage(self, passage: Passage) -> None:
        for note in passage.notes:
            if note.strange:
                self._problem(note.start, note.end, f"“{'、'.join(note.strange)}”不像单位名称，请核对。")
        start, end = passage.leftover
        if end > start and not passage.closing_deadline:
            self._problem(start, end, "这段文字没有编号，也不是责任单位，没有放进任何任务。")

    def _problem(self, start: int, end: int, reason: str) -> None:
        shown = " ".join(self._source.text[start:end].split())
        self.problems.append(Problem(self._source.line(start), shown[:_SHOWN], reason))

    def _finish(
        self, piece: Piece, year: int | None, roots: list[Node], drafts: list[Draft], body_end: int
    ) -> PlanRead:
        source = self._source
        stated = [at for at, draft in enumerate(drafts) if draft.roles.first_leads]
        if not stated and first_leads(source.text[piece.start : drafts[0].task.span[0]] if drafts else ""):
            stated = [0]
        tasks = settled(drafts, stated[0] if stated else None)
        standing = dict.fromkeys(name for draft in drafts for name in draft.roles.standing)
        return PlanRead(
            kind=kind_of(piece.title),
            title=piece.title,
            year=year,
            sections=_sections(tasks, drafts),
            tasks=tasks,
            phases=phases_in(source, list(every(roots)), year),
            groups=groups_in(source, piece.start, body_end),
            standing_units=tuple(standing),
            asides=_asides(source, roots, tasks),
        )


def _first_words(text: str) -> str:
    return "".join(plain(text).split())[:_FIRST_WORDS]


def _sections(tasks: tuple[TaskRead, ...], drafts: list[Draft]) -> tuple[SectionRead, ...]:
    """The headings the tasks stand under, in order of appearance, each with the headings above it first."""
    found: dict[tuple[tuple[str, str], ...], SectionRead] = {}
    for task, draft in zip(tasks, drafts, strict=True):
        shown = draft.headings[len(draft.headings) - len(task.path) :]
        for depth in range(1, len(shown) + 1):
            path = shown[:depth]
            found.setdefault(path, SectionRead(*path[-1], tuple(number for number, _ in path)))
    return tuple(found.values())


def _asides(source: Source, roots: list[Node], tasks: tuple[TaskRead, ...]) -> tuple[Aside, ...]:
    """The passages that hold no task and stand in none, each with everything beneath it."""
    starts = sorted(task.span[0] for task in tasks)
    ends = {task.span[0]: task.span[1] for task in tasks}
    found: list[Aside] = []

    def look(nodes: list[Node]) -> None:
        for node in nodes:
            place, end = node.mark.start, max([node.end, *(below.end for below in node.below())])
            first = bisect.bisect_left(starts, place)
            if first < len(starts) and starts[first] < end:
                look(node.children if starts[first] > place else [])
            elif not (first and place < ends[starts[first - 1]]):
                found.append(Aside(node.mark.printed, node.title(source), source.line(place), (place, end)))

    look(roots)
    return tuple(found)
