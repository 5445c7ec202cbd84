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
from tasks.reader.grammar import DUTY, LEAD, SUPPORT
from tasks.reader.heads import Piece, head_of, kind_of, year_of
from tasks.reader.mending import mended
from tasks.reader.names import first_leads
from tasks.reader.numbers import Node, every, numbered, value_of
from tasks.reader.passages import Passage
from tasks.reader.phases import groups_in, phases_in
from tasks.reader.source import Source, Span, bare, plain
from tasks.reader.tables import Row, Table, rows_of, tables_in

# What a person could still look through; a document of 250 pages has less.
MOST_TEXT = 500_000
_SHOWN = 60
_LONGEST_NAME = 30
_FIRST_WORDS = 15
_POINT = re.compile(r"(?:^|(?<=[。;:,!\n ]))([一二三四五六七八九十]{1,3})[是要](?=[^否非])")
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
        roots, _ = numbered(source, 0, end)
        body = roots[0].mark.start if roots else min([end, 600, *(table.start for table in tables)])
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
        roots, oddities = numbered(prose, start, end)
        for place, reason in oddities:
            self._problem(place, min(place + _SHOWN, end), reason)
        passages, doubts = choose(prose, roots, beside_table=bool(tables))
        rows = self._beside(passages, tables)
        listed = {bare(row.text)[:_FIRST_WORDS] for row in rows}
        passages = [passage for passage in passages if bare(passage.text)[:_FIRST_WORDS] not in listed]
        if passages and rows:
            reason = f"正文有{len(passages)}项、表格有{len(rows)}项任务，都已列出，请核对有没有重复。"
            first = min(rows, key=lambda row: row.start)
            self._problem(first.start, first.end, reason)
        if not roots and not rows:
            passages += unnumbered(source, start, end)
        rows = sorted([*rows, *map(_row_of, passages)], key=lambda row: (row.start, row.end))
        self._report(rows, doubts, piece)
        sections, tasks = self._settled(rows, piece, year)
        asides = [
            Aside(node.mark.printed, node.title(source), self.original.line(span[0]), span)
            for node, end in _asides(prose, roots, rows)
            if (span := self.source.original(node.mark.start, end))
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

    def _report(self, rows: list[Row], doubts: list[tuple[int, int, str]], piece: Piece) -> None:
        for doubt in doubts:
            self._problem(*doubt)
        unsaid = [note for row in rows if row.passage for note in row.passage.notes if note.unsaid]
        if unsaid:
            reason = f"有{len(unsaid)}处括号内只列单位、未写“责任单位”字样，按责任单位理解，请核对。"
            self._problem(unsaid[0].start, unsaid[0].end, reason)
        for row in rows:
            self._report_row(row)
        if not rows:
            self._problem(piece.start, piece.start + _SHOWN, NOTHING)

    def _report_row(self, row: Row) -> None:
        span = row.start, row.end
        if row.passage is None and not row.roles.units:
            self._problem(*span, NO_UNIT)
        if row.passage and not row.passage.closing_deadline:
            start, end = row.passage.leftover
            if start < end:
                self._problem(start, end, "这段文字没有编号，也不是责任单位，没有放进任何任务。")
        for name in dict.fromkeys(row.roles.strange):
            if name not in self.strange:
                self.strange.add(name)
                self._problem(*span, f"“{name[:_LONGEST_NAME]}”不像单位名称，请核对。")
        for label in dict.fromkeys(row.roles.unknown):
            self._problem(*span, f"不认识“{label}：”，其中的单位按配合单位理解，其他内容没有采用，请核对。")

    def _settled(self, rows: list[Row], piece: Piece, year: int | None) -> tuple[list[Section], list[Task]]:
        """The sections, and the tasks with their leads.

        Where the document tells leads from others, only what it tells holds. Where it states that the unit named first
        leads, that holds from the task on where it is stated. Where it never tells, the first leads by convention.
        """
        before = self.source.text[piece.start : rows[0].start] if rows else ""
        stated = next((at for at, row in enumerate(rows) if row.roles.first_leads), len(rows))
        stated = 0 if stated == len(rows) and first_leads(before) else stated
        tells = stated < len(rows) or any(role != DUTY for row in rows for role, _ in row.roles.units)
        nodes, tasks = {row.node for row in rows if row.node}, []
        for at, row in enumerate(rows):
            above = [node for node in row.above if node not in nodes]
            row.headings = row.headings or tuple((node.mark.printed, node.title(self.source)) for node in above)
            span = self.source.original(*self.source.trimmed(row.start, row.end))
            tasks.append(_task(row, span, year, at >= stated, tells))
        return _sections(rows, tasks), tasks


def _without(source: Source, tables: list[Table]) -> Source:
    return source.blanked((table.start, table.end) for table in tables)


def _row_of(passage: Passage) -> Row:
    node, source = passage.node, passage.source
    end = max([passage.end, *(point.end for point in passage.points)])
    if node is None or passage.start > source.trimmed(node.start, passage.end)[0]:
        above = node.path if node else ()
        return Row("", passage.text, passage.roles, (), passage.start, end, above=above, passage=passage)
    # A point with its number and everything beneath it, as written.
    spans = [
        (p.node.mark.start, max([p.end, *(below.end for below in p.node.below())])) for p in passage.points if p.node
    ]
    points = tuple(source.written(*span) for span in spans)
    start, number = node.mark.start, node.mark.printed
    return Row(number, passage.text, passage.roles, (), start, end, node, node.path[:-1], points, passage)


def _task(row: Row, span: Span, year: int | None, first: bool, tells: bool) -> Task:
    roles, names = row.roles, row.roles.names()
    deadlines = roles.deadlines or in_prose(row.text)
    days = [day.isoformat() for each in deadlines if (day := due_on(each, year))]
    leads = roles.names(LEAD) or (names[:1] if first else roles.names(DUTY) if roles.names(SUPPORT) else [])
    task = Task(row.number, row.text, span, leaders=tuple(roles.leaders), lead_stated=bool(leads))
    task.deadline, task.due_on = deadlines[0].strip() if deadlines else "", max(days, default="")
    task.points = row.points or _points(row.text)
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


def _sections(rows: list[Row], tasks: list[Task]) -> list[Section]:
    """The headings the tasks stand under; what stands above all tasks alike divides nothing and is no section."""
    paths = [tuple(number or title for number, title in row.headings) for row in rows]
    shared = len(commonprefix(paths))
    sections: dict[tuple[str, ...], Section] = {}
    for row, path, task in zip(rows, paths, tasks, strict=True):
        above: list[str] = []
        for depth in range(shared + 1, len(path) + 1):
            section = Section(f"s{len(sections)}", *row.headings[depth - 1], list(above))
            above.append(sections.setdefault(path[shared:depth], section).key)
        task.section = above[-1] if above else ""
    return list(sections.values())


def _asides(prose: Source, nodes: list[Node], rows: list[Row]) -> Iterator[tuple[Node, int]]:
    """The passages without tasks, and where each ends: one whose words all stand before a table ends there."""
    starts = [row.start for row in rows]
    for node in nodes:
        place, end = node.mark.start, prose.trimmed(node.start, node.last)[1]
        first = bisect.bisect_left(starts, place)
        inside = first < len(starts) and starts[first] < node.last
        if inside and (starts[first] < end or end <= node.start + len(node.title(prose))):
            yield from _asides(prose, node.children, rows) if starts[first] > place else ()
        elif not (first and place < rows[first - 1].end):
            yield node, end if inside else node.last
