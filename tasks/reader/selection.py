"""Which passages are tasks, which are headings, and which are neither."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.reader.apart import heads_no_task, is_group
from tasks.reader.notes import Note
from tasks.reader.numbering import Edge
from tasks.reader.outline import Node, every
from tasks.reader.passages import Passage, measures, passage_of
from tasks.reader.source import Source
from tasks.reader.subjects import subjects_in

_TASK_TITLE = re.compile(r"任务|重点工作|主要工作|工作重点|重点内容|主要内容|工作内容|主要举措|重点举措|任务分工")
_NO_TASK_TITLE = re.compile(r"目标任务|任务要求|保障|步骤|要求$|指导思想|总体要求|基本原则|工作目标")
_CLOSING = re.compile(r"自(?:发布|印发|公布|颁布|下发)之日起|由[^。，]{2,20}负责解释|本[^。，]{2,6}有效期")
_TITLE_LENGTH = 45
_HABIT = 2
# Of so many passages in a run of numbers must units be named for all of them to be tasks.
_ENOUGH = 0.3
UNDERSTOOD = "没有“责任单位”字样，按标题或句首的单位名称理解，请核对。"
HEADING = "标题后写有单位，其下各项又各有责任单位，标题的单位没有放进任务，请核对。"
BESIDE = "与任务并列，但没有写明责任单位，没有作为任务，请核对。"
NO_UNIT = "没有写明责任单位，待分解。"


@dataclass
class Chosen:
    """The task passages in order, the passages under a task that are points of it, and doubts: place and reason."""

    tasks: list[Passage] = field(default_factory=list)
    points: dict[Passage, list[Passage]] = field(default_factory=dict)
    doubts: list[tuple[int, int, str]] = field(default_factory=list)


class Choice:
    """Looks at the tree of one plan and says which of its passages are tasks."""

    def __init__(self, source: Source, roots: list[Node]):
        self._source = source
        self._roots = roots
        self._passages = {node: passage_of(source, node) for node in every(roots)}
        self._chosen = Chosen()
        self._silence_groups()
        self._told = self._holding(lambda node: self._passages[node].noted)
        self._lift_labels()
        self._lift_closing_notes()
        self._task_runs = self._runs_of_tasks()
        self._run_parents = self._parents_of_runs()
        self._told = self._holding(lambda node: self._passages[node].noted)
        self._held = self._holding(lambda node: (node.mark.style, node.run) in self._task_runs)

    def _silence_groups(self) -> None:
        """Working groups that a plan lists name their members like units of a task, and are none."""
        for siblings in [self._roots, *(node.children for node in self._passages)]:
            groups = [node for node in siblings if is_group(node.title(self._source))]
            if len(groups) > 1 and 2 * len(groups) > len(siblings):
                for node in groups:
                    self._passages[node].notes = []

    def choose(self, beside_table: bool = False) -> Chosen:
        for root in self._roots:
            if root in self._told or root in self._held:
                self._walk(root)
        if not self._told and not beside_table:
            self._take_subjects()
        if not beside_table:
            self._add_titled()
        self._chosen.tasks.sort(key=lambda passage: passage.start)
        return self._chosen

    def _holding(self, wanted: Callable[[Node], bool]) -> set[Node]:
        """The nodes that are wanted or hold one that is."""
        found: set[Node] = set()
        for node in reversed(self._passages):
            if wanted(node) or any(child in found for child in node.children):
                found.add(node)
        return found

    def _parents_of_runs(self) -> dict[tuple[str, int], set[Node | None]]:
        parents: dict[tuple[str, int], set[Node | None]] = {}
        for node in self._passages:
            parents.setdefault((node.mark.style, node.run), set()).add(node.parent)
        return parents

    def _lift_closing_notes(self) -> None:
        """A note after the last of several points without notes speaks for all of them.

        It does when it is a paragraph of its own, when the points follow one another within one paragraph, or when
        that is how the document does it everywhere.
        """
        groups = [node for node in every(self._roots) if len(node.children) > 1 and not self._passages[node].noted]
        closed = [node for node in groups if self._noted_at_end_only(node)]
        habit = len(closed) >= _HABIT and not any(
            self._passages[child].noted for node in groups if node not in closed for child in node.children
        )
        for node in closed:
            last = node.children[-1]
            closing = self._closing(self._passages[last], habit or last.mark.edge == Edge.SENTENCE)
            if closing:
                self._lift(node, self._passages[last], closing)

    def _noted_at_end_only(self, node: Node) -> bool:
        *others, last = node.children
        return self._passages[last].noted and not any(child in self._told for child in others)

    def _closing(self, last: Passage, inline: bool) -> list[Note]:
        """The notes that name units, and the deadlines that follow them."""
        named = [at for at, note in enumerate(last.notes) if note.roles.units and (note.own_paragraph or inline)]
        return last.notes[named[0] :] if named else []

    def _lift_labels(self) -> None:
        """Numbered lines that say nothing but who is responsible belong to the heading above them."""
        for node in every(self._roots):
            bare = [self._passages[child] for child in node.children if self._says_only_who(child)]
            if bare and len(bare) < len(node.children) and not self._passages[node].noted:
                self._passages[node].notes += [note for passage in bare for note in passage.notes]
                for passage in bare:
                    passage.notes = []
                    node.children.remove(passage.node)

    def _says_only_who(self, node: Node) -> bool:
        passage = self._passages[node]
        return bool(passage.notes) and not node.children and not passage.text.strip("；;。")

    def _lift(self, node: Node, last: Passage, closing: list[Note]) -> None:
        last.notes = [note for note in last.notes if note not in closing]
        last.end = min(note.start for note in closing)
        heading = self._passages[node]
        heading.notes += closing
        reason = f"责任单位写在最后一点之后，按整个“{node.mark.printed}”的责任单位理解，请核对。"
        self._chosen.doubts.append((closing[0].start, closing[0].end, reason))

    def _runs_of_tasks(self) -> set[tuple[str, int]]:
        """The runs of numbers of which enough name units: what belongs to one is a task, named unit or not."""
        counts: dict[tuple[str, int], list[bool]] = {}
        for node, passage in self._passages.items():
            counts.setdefault((node.mark.style, node.run), []).append(passage.noted)
        return {run for run, noted in counts.items() if sum(noted) >= _ENOUGH * len(noted) and any(noted)}

    def _walk(self, node: Node) -> None:
        passage = self._passages[node]
        noted_below = any(child in self._told for child in node.children)
        belongs = (node.mark.style, node.run) in self._task_runs
        if not passage.noted and (_CLOSING.search(passage.text) or (not noted_below and self._stands_apart(node))):
            return
        if passage.noted and not noted_below and self._runs_on(node):
            self._hand_down(node)
        elif passage.noted and (parts := measures(passage)) and not node.children:
            self._chosen.tasks += parts
        elif passage.noted and self._heads_tasks(node):
            self._doubt(passage, HEADING)
        elif passage.noted or (belongs and not noted_below):
            self._take(passage, points=not noted_below)
        if noted_below or (not passage.noted and not belongs):
            for child in node.children:
                if child in self._told or child in self._held:
                    self._walk(child)
                elif noted_below and not self._stands_apart(child):
                    self._doubt(self._passages[child], BESIDE)

    def _stands_apart(self, node: Node) -> bool:
        """Is it, or something above it, headed as what is no task?"""
        return any(heads_no_task(above.title(self._source)) for above in node.path)

    def _heads_tasks(self, node: Node) -> bool:
        """Is it a heading and no more, all beneath which name their own units?"""
        title_only = len(self._passages[node].text) <= _TITLE_LENGTH and "。" not in self._passages[node].text
        headed = node.mark.style in ("han", "part", "han_bracket") and bool(node.children)
        return title_only and headed and all(self._passages[child].noted for child in node.children)

    def _runs_on(self, node: Node) -> bool:
        """Do the numbers beneath run on from or into another heading? Then they number tasks and not points."""
        runs = {(child.mark.style, child.run) for child in node.children if child.mark.style == "arabic"}
        return any(len(self._run_parents[run]) > 1 for run in runs)

    def _hand_down(self, node: Node) -> None:
        """Units named at a heading hold for each task beneath it."""
        heading = self._passages[node]
        for child in node.children:
            passage = self._passages[child]
            passage.handed = heading.roles
            self._take_silently(child)
        reason = f"责任单位写在标题“{node.mark.printed}”后，按其下每一项的责任单位理解，请核对。"
        self._chosen.doubts.append((heading.start, heading.end, reason))

    def _take(self, passage: Passage, points: bool) -> None:
        self._chosen.tasks.append(passage)
        node = passage.node
        if node and points:
            self._chosen.points[passage] = [self._passages[child] for child in node.children]
        if not passage.noted:
            self._doubt(passage, NO_UNIT)

    def _doubt(self, passage: Passage, reason: str) -> None:
        self._chosen.doubts.append((passage.start, passage.end, reason))

    def _take_subjects(self) -> None:
        """Where no note names a unit, headings and sentences may; that is told, for it is understood and not said."""
        for node, roles in subjects_in(self._source, list(self._passages)).items():
            self._passages[node].handed = roles
            self._chosen.tasks.append(self._passages[node])
        for first in self._chosen.tasks[:1]:
            self._doubt(first, UNDERSTOOD)

    def _add_titled(self) -> None:
        """Where the passages under a heading such as 主要任务 name no units, they are tasks all the same."""
        titled = [root for root in self._roots if self._has_task_title(root)]
        if any(root in self._told for root in titled):
            return
        before = len(self._chosen.tasks)
        for root in titled:
            for child in root.children:
                self._take_titled(child)
        if len(self._chosen.tasks) == before and not before and self._plain_list():
            for root in self._roots:
                self._take_silently(root)
        fresh = [passage for passage in self._chosen.tasks if not passage.roles.units]
        if fresh and len(self._chosen.tasks) > before:
            self._doubt(fresh[0], f"这一部分的{len(fresh)}项任务都没有写明责任单位，待分解。")

    def _has_task_title(self, node: Node) -> bool:
        title = node.title(self._source)
        return bool(_TASK_TITLE.search(title)) and not _NO_TASK_TITLE.search(title) and len(title) <= 20

    def _plain_list(self) -> bool:
        """Nothing but one run of numbered paragraphs in digits."""
        return len(self._roots) >= 2 and all(
            root.mark.style == "arabic" and not root.children and root.run == self._roots[0].run for root in self._roots
        )

    def _take_titled(self, node: Node) -> None:
        passage = self._passages[node]
        if node.children and passage.end - passage.start <= _TITLE_LENGTH:
            for child in node.children:
                self._take_titled(child)
        else:
            self._take_silently(node)

    def _take_silently(self, node: Node) -> None:
        passage = self._passages[node]
        self._chosen.tasks.append(passage)
        self._chosen.points[passage] = [self._passages[child] for child in node.children]


def choose(source: Source, roots: list[Node], beside_table: bool = False) -> Chosen:
    """The tasks among the passages of one plan; beside a table of tasks only those that name units."""
    return Choice(source, roots).choose(beside_table)
