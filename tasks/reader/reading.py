"""From a text to what it says: the whole way, one step after the other."""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os.path import commonprefix

from tasks.reader.cells import loose_in
from tasks.reader.choice import NO_UNIT, choose, unnumbered
from tasks.reader.deadlines import due_on, in_prose
from tasks.reader.document import Aside, Document, Plan, Problem, Section, Task, Unit
from tasks.reader.grammar import DUTY, LEAD, SUPPORT, Roles
from tasks.reader.heads import Piece, head_of, kind_of, year_of
from tasks.reader.mending import mended
from tasks.reader.names import first_leads
from tasks.reader.numbers import series, value_of
from tasks.reader.passages import Passage, every, passages_in
from tasks.reader.phases import groups_in, phases_in
from tasks.reader.source import Source, Span, bare, plain
from tasks.reader.tables import Headings, Row, Table, rows_of, tables_in

Found = Row | Passage
# What a person could still look through; a document of 250 pages has less.
MOST_TEXT = 500_000
_SHOWN = 60
_LONGEST_NAME, _LONGEST_ROW = 30, 150
_FIRST_WORDS = 15
_POINT = re.compile(r"(?:^|(?<=[。;:,!\n ]))([一二三四五六七八九十]{1,3})[是要](?=[^否非])")
RUN_TOGETHER = "表格的这一行没有编号，文字很长，可能是几项连在了一起，请核对。"
NO_UNITS_IN_TABLE = "表格里没有责任单位一栏，没有作为任务，请核对。"
NOTHING = "没有找到任务：没有写明责任单位的条目，也没有标题为任务的部分。"
DRAWN_TABLE = "这里像是用线条画的表格，没有读取，请另行核对其中的任务。"
NO_TITLE = "标题中提到的方案，在正文中找不到单独成行的标题，全文按一个方案读取。"


def read(content: str | Sequence[str]) -> Document:
    """Read a plan document: its whole text, or its paragraphs in order (rows of tables with tabs between the cells)."""
    text = content if isinstance(content, str) else "\n".join(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    end = (text.rfind("\n", 0, MOST_TEXT) + 1 or MOST_TEXT) if len(text) > MOST_TEXT else len(text)
    reader = _Reader(Source(text), mended(text[:end]))
    document = reader.document()
    if end < len(text):
        reason = f"全文超过{MOST_TEXT // 10_000}万字，从这里起没有读取，请拆分后分次导入。"
        shown = " ".join(text[end : end + _SHOWN].split())
        document.problems.append(Problem(reader.original.line(end), shown, reason, end))
    return document


@dataclass
class _Reader:
    original: Source
    source: Source
    problems: list[Problem] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)

    def document(self) -> Document:
        source = self.source
        end = len(source.text)
        tables = tables_in(source, 0, end)
        tables += loose_in(_without(source, tables), 0, end)
        read_tables = [(table, rows) for table in tables if (rows := rows_of(table))]
        marks, _ = series(source, 0, end)
        body = marks[0][0].start if marks else min([end, 600, *(table.start for table in tables)])
        head = head_of(_without(source, tables), body)
        plans = [self._plan(piece, head.issued_on, read_tables) for piece in head.pieces]
        for at, task in enumerate((task for plan in plans for task in plan.tasks), 1):
            task.key = f"t{at}"
        self.problems += [Problem(1, name, NO_TITLE, 0) for name in head.unfound]
        if drawn := re.search("[│┃]", source.text):
            self._problem(drawn.start(), drawn.start() + _SHOWN, DRAWN_TABLE)
        self.problems.sort(key=lambda problem: problem.line)
        return Document(head.title, head.number, head.issued_on, plans, self.problems)

    def _problem(self, start: int, end: int, reason: str) -> None:
        place, _ = self.source.original(start, start + 1)
        shown = " ".join(self.source.text[start:end].split())[:_SHOWN]
        self.problems.append(Problem(self.original.line(place), shown, reason, place))

    def _plan(self, piece: Piece, issued_on: str | None, all_tables: list[tuple[Table, list[Row]]]) -> Plan:
        source, start, end = self.source, piece.start, piece.end
        year = year_of(piece.title) or year_of(issued_on or "")
        tables = [(table, rows) for table, rows in all_tables if start <= table.start < end]
        prose = _without(source, [table for table, _ in tables])
        roots, oddities = passages_in(prose, start, end)
        for place, reason in oddities:
            self._problem(place, min(place + _SHOWN, end), reason)
        passages, doubts = choose(prose, roots, beside_table=bool(tables))
        rows = self._beside(passages, tables)
        listed = {bare(row.text)[:_FIRST_WORDS] for row in rows}
        passages = [passage for passage in passages if bare(passage.text)[:_FIRST_WORDS] not in listed]
        if passages and rows:
            reason = f"正文有{len(passages)}项、表格有{len(rows)}项任务，都已列出，请核对有没有重复。"
            self._problem(*min(row.span for row in rows), reason)
        if not roots and not rows:
            passages += unnumbered(source, start, end)
        found = sorted([*rows, *passages], key=lambda each: each.span)
        self._report(found, doubts, piece)
        sections, tasks = self._settled(found, piece, year)
        asides = [
            Aside(passage.number, passage.title, self.original.line(span[0]), span)
            for passage, end in _asides(prose, roots, [each.span for each in found])
            if (span := self.source.original(passage.span[0], end))
        ]
        phases, groups = phases_in(source, list(every(roots)), year), groups_in(source, start, end)
        return Plan(kind_of(piece.title), piece.title, year, sections, tasks, phases, groups, asides)

    def _beside(self, passages: list[Passage], tables: list[tuple[Table, list[Row]]]) -> list[Row]:
        rows: list[Row] = []
        for table, read_rows in tables:
            if passages and not any(row.roles.units for row in read_rows):
                self._problem(table.start, table.start + _SHOWN, NO_UNITS_IN_TABLE)
            else:
                rows += read_rows
        return rows

    def _report(self, found: list[Found], doubts: list[tuple[int, int, str]], piece: Piece) -> None:
        for doubt in doubts:
            self._problem(*doubt)
        unsaid = [note for each in found if isinstance(each, Passage) for note in each.notes if note.unsaid]
        if unsaid:
            reason = f"有{len(unsaid)}处括号内只列单位、未写“责任单位”字样，按责任单位理解，请核对。"
            self._problem(unsaid[0].start, unsaid[0].end, reason)
        for each in found:
            self._report_one(each)
        if not found:
            self._problem(piece.start, piece.start + _SHOWN, NOTHING)

    def _report_one(self, found: Found) -> None:
        roles, span = found.roles, found.span
        if isinstance(found, Row) and not roles.units:
            self._problem(*span, NO_UNIT)
        if isinstance(found, Row) and not found.number and len(found.text) > _LONGEST_ROW:
            self._problem(*span, RUN_TOGETHER)
        if isinstance(found, Passage) and not found.closing_deadline:
            start, end = found.leftover
            if start < end:
                self._problem(start, end, "这段文字没有编号，也不是责任单位，没有放进任何任务。")
        for name in dict.fromkeys(roles.strange):
            if name not in self.strange:
                self.strange.add(name)
                self._problem(*span, f"“{name[:_LONGEST_NAME]}”不像单位名称，请核对。")
        for label in dict.fromkeys(roles.unknown):
            self._problem(*span, f"不认识“{label}：”，其中的单位按配合单位理解，其他内容没有采用，请核对。")

    def _settled(self, found: list[Found], piece: Piece, year: int | None) -> tuple[list[Section], list[Task]]:
        """The sections, and the tasks with their leads.

        Where the document tells leads from others, only what it tells holds. Where it states that the unit named first
        leads, that holds from the task on where it is stated. Where it never tells, the first leads by convention.
        """
        before = self.source.text[piece.start : found[0].span[0]] if found else ""
        roles = [each.roles for each in found]
        stated = next((at for at, each in enumerate(roles) if each.first_leads), len(roles))
        stated = 0 if stated == len(roles) and first_leads(before) else stated
        tells = stated < len(roles) or any(role != DUTY for each in roles for role, _ in each.units)
        tasks, taken = [], set(map(id, found))
        for at, each in enumerate(found):
            span = self.source.original(*self.source.trimmed(*each.span))
            tasks.append(_task(each, roles[at], span, year, at >= stated, tells))
        return _sections([_headings(each, taken) for each in found], tasks), tasks


def _without(source: Source, tables: list[Table]) -> Source:
    return source.blanked((table.start, table.end) for table in tables)


def _headings(found: Found, taken: set[int]) -> Headings:
    if isinstance(found, Row):
        return found.headings
    return tuple((above.number, above.title) for above in found.path[:-1] if id(above) not in taken)


def _task(found: Found, roles: Roles, span: Span, year: int | None, first: bool, tells: bool) -> Task:
    names, text = roles.names(), found.text
    deadlines = roles.deadlines or in_prose(text)
    days = [day.isoformat() for each in deadlines if (day := due_on(each, year))]
    leads = roles.names(LEAD) or (names[:1] if first else roles.names(DUTY) if roles.names(SUPPORT) else [])
    task = Task(found.number, text, span, leaders=tuple(roles.leaders), lead_stated=bool(leads))
    task.deadline, task.due_on = deadlines[0].strip() if deadlines else "", max(days, default="")
    task.points = found.printed_points if isinstance(found, Passage) and found.points else _points(text)
    leads = leads if tells else names[:1]
    for role, name in roles.units:
        other = SUPPORT if leads or role == SUPPORT else DUTY
        task.units.append(Unit(name, LEAD if name in leads else other))
    return task


def _points(text: str) -> tuple[str, ...]:
    """一是, 二是, 三是 ... as printed, each from its number to the next; none unless there are at least two in sequence."""
    starts: list[int] = []
    for found in _POINT.finditer(plain(text)):
        if value_of(found.group(1)) == len(starts) + 1:
            starts.append(found.start())
    ends = [*starts[1:], len(text)]
    parts = (text[start:end].strip() for start, end in zip(starts, ends, strict=bool(starts)))
    return tuple(parts) if len(starts) > 1 else ()


def _sections(headings: list[Headings], tasks: list[Task]) -> list[Section]:
    """The headings the tasks stand under; what stands above all tasks alike divides nothing and is no section."""
    paths = [tuple(number or title for number, title in each) for each in headings]
    shared = len(commonprefix(paths))
    sections: dict[tuple[str, ...], Section] = {}
    for own, path, task in zip(headings, paths, tasks, strict=True):
        above: list[str] = []
        for depth in range(shared + 1, len(path) + 1):
            section = Section(f"s{len(sections)}", *own[depth - 1], list(above))
            above.append(sections.setdefault(path[shared:depth], section).key)
        task.section = above[-1] if above else ""
    return list(sections.values())


def _asides(prose: Source, passages: list[Passage], spans: list[Span]) -> Iterator[tuple[Passage, int]]:
    """The passages without tasks, and where each ends: one whose words all stand before a table ends there."""
    for passage in passages:
        place, end = passage.span[0], prose.trimmed(passage.start, passage.last)[1]
        at = bisect.bisect_left(spans, (place, 0))
        following = spans[at][0] if at < len(spans) else len(prose.text)
        inside = following < passage.last
        if inside and (following < end or end <= passage.start + len(passage.title)):
            yield from _asides(prose, passage.children, spans) if following > place else ()
        elif not (at and place < spans[at - 1][1]):
            yield passage, end if inside else passage.last
