"""Which passages are tasks, which are headings, and which are neither."""

import re
from collections.abc import Callable, Iterator

from tasks.reader.grammar import DUTY, Roles
from tasks.reader.names import looks_like_unit
from tasks.reader.notes import Note, notes_in
from tasks.reader.numbers import Edge, Node, every
from tasks.reader.passages import Passage, paragraphs, passage_of, tail
from tasks.reader.source import Source

_TASK_TITLE = re.compile(r"任务|重点工作|主要工作|工作重点|重点内容|主要内容|工作内容|主要举措|重点举措|任务分工")
_NO_TASK_TITLE = re.compile(r"目标任务|任务要求|保障|步骤|要求$|指导思想|总体要求|基本原则|工作目标")
_CLOSING = re.compile(r"自(?:发布|印发|公布|颁布|下发)之日起|由[^。，]{2,20}负责解释|本[^。，]{2,6}有效期")
# Headings of what is no task, though its numbers may run on: principles, safeguards, demands, steps, working groups.
_WITH = "(?:[和与及、].{1,8})?$"
_GROUP = re.compile(r"[\u4e00-\u9fff、“”]{1,14}组(?:$|[（(：:，,])")
_APART = re.compile(
    rf"^(?:指导思想|总体(?:要求|思路|安排)|基本(?:原则|要求|思路)|(?:几点|有关|相关|具体)?工作(?:原则|要求|步骤)){_WITH}|"
    r"^(?:建立|健全|完善|明确)?工作机制$|^(?:工作|方法|具体)?(?:实施|方法)?步骤(?:安排|方法|和.{1,8})?$|^(?:时间|阶段)(?:安排|步骤)|"
    rf"^(?:(?:强化|落实|健全|完善|加强)?(?:工作|组织|各项)?保障(?:措施|机制)?|(?:几点|有关|相关|具体)?要求){_WITH}|"
    r"^(?:切实)?(?:加强|强化|精心|严密|统筹)?组织(?:领导|实施|保障)|^(?:强化|狠抓|抓好|确保|推动|加强)?(?:工作|督促|责任)?落实$|^严明(?:工作)?纪律|"
    r"^(?:加强|强化|严格|实施|做好)?(?:督查|督导|考核|督促)(?:检查|考核|督办|评估|问效|落实|奖惩|通报)?$|^(?:加强|强化|严格)监督检查$|"
    r"^(?:专项)?工作组(?:组成|及职责)?$|职责分工$"
)
_SUBJECT = re.compile(r"由?([\u4e00-\u9fff、（）()]{2,24}?)(?:负责|牵头)")
_SUBJECT_UNIT = re.compile(
    r"(?:局|委|办|部|厅|处|科|院|中心|公司|政府|办事处|管委会|大队|支队|联社|站|所|办公室|单位|部门)$"
)
_TITLE_LENGTH = 45
# Of so many passages in a run of numbers must units be named for all of them to be tasks.
_ENOUGH = 0.3
UNDERSTOOD = "没有“责任单位”字样，按标题或句首的单位名称理解，请核对。"
HEADING = "标题后写有单位，其下各项又各有责任单位，标题的单位没有放进任务，请核对。"
BESIDE = "与任务并列，但没有写明责任单位，没有作为任务，请核对。"
NO_UNIT = "没有写明责任单位，待分解。"

Doubt = tuple[int, int, str]


def choose(source: Source, roots: list[Node], beside_table: bool) -> tuple[list[Passage], list[Doubt]]:
    """The task passages of one plan in order, and doubts; beside a table of tasks only what names units is one."""
    choice = _Choice(source, roots)
    choice.walk(beside_table)
    return sorted(choice.tasks, key=lambda passage: passage.start), choice.doubts


def unnumbered(source: Source, start: int, end: int) -> Iterator[Passage]:
    for begun, ended in paragraphs(source, start, tail(source, start, end)):
        notes = notes_in(source, begun, ended)
        if any(note.roles.units and not note.own_paragraph for note in notes):
            yield Passage(source, None, *source.trimmed(begun, ended), notes)


class _Choice:
    def __init__(self, source: Source, roots: list[Node]):
        self._source = source
        self._roots = roots
        self._passages = {node: passage_of(source, node) for node in every(roots)}
        self._titles = {node: node.title(source) for node in self._passages}
        self.tasks: list[Passage] = []
        self.doubts: list[Doubt] = []
        for siblings in [roots, *(node.children for node in self._passages)]:
            self._silence_groups(siblings)
        self._lift_notes()
        runs: dict[tuple[str, int], list[bool]] = {}
        self._parents: dict[tuple[str, int], set[Node | None]] = {}
        for node, passage in self._passages.items():
            runs.setdefault(node.run, []).append(passage.noted)
            self._parents.setdefault(node.run, set()).add(node.parent)
        # What belongs to a run of numbers of which enough name units is a task, named unit or not.
        self._runs = {run for run, noted in runs.items() if any(noted) and sum(noted) >= _ENOUGH * len(noted)}
        self._told = self._holding(lambda node: self._passages[node].noted)
        self._held = self._holding(lambda node: node.run in self._runs)

    def _holding(self, wanted: Callable[[Node], bool]) -> set[Node]:
        found: set[Node] = set()
        for node in reversed(self._passages):
            if wanted(node) or any(child in found for child in node.children):
                found.add(node)
        return found

    def _silence_groups(self, siblings: list[Node]) -> None:
        """Working groups that a plan lists name their members like units of a task, and are none."""
        groups = [node for node in siblings if _GROUP.match(self._titles[node])]
        if len(groups) > 1 and 2 * len(groups) > len(siblings):
            for node in groups:
                self._passages[node].notes = []

    def _lift_notes(self) -> None:
        """Notes that stand beneath a heading and speak for all of it.

        Numbered lines may say nothing else; and a note after the last of several points without notes does when it is a
        paragraph of its own, or when the points follow one another within a paragraph.
        """
        told = self._holding(lambda node: self._passages[node].noted)
        for node, heading in self._passages.items():
            bare = [child for child in node.children if self._says_only_who(child)]
            if bare and len(bare) < len(node.children) and not heading.noted:
                for child in bare:
                    heading.notes += self._passages[child].notes
                    self._passages[child].notes = []
                    node.children.remove(child)
            *others, last = node.children or [node]
            if others and not heading.noted and not any(child in told for child in others):
                self._lift(node, self._passages[last], last.mark.edge == Edge.SENTENCE)

    def _says_only_who(self, node: Node) -> bool:
        passage = self._passages[node]
        return bool(passage.notes) and not node.children and not passage.text.strip("；;。")

    def _lift(self, node: Node, last: Passage, anywhere: bool) -> None:
        at = next((at for at, n in enumerate(last.notes) if n.roles.units and (n.own_paragraph or anywhere)), None)
        if at is not None:
            closing: list[Note] = last.notes[at:]
            last.notes, last.end = last.notes[:at], min(note.start for note in closing)
            self._passages[node].notes += closing
            reason = f"责任单位写在最后一点之后，按整个“{node.mark.printed}”的责任单位理解，请核对。"
            self.doubts.append((closing[0].start, closing[0].end, reason))

    def walk(self, beside_table: bool) -> None:
        for root in self._roots:
            if root in self._told or root in self._held:
                self._walk(root)
        if not beside_table:
            if not self._told:
                self._take_subjects()
            self._add_titled()

    def _walk(self, node: Node) -> None:
        passage = self._passages[node]
        noted_below = any(child in self._told for child in node.children)
        belongs = node.run in self._runs
        if not passage.noted and (_CLOSING.search(passage.text) or (not noted_below and self._stands_apart(node))):
            return
        if passage.noted and not noted_below and self._runs_on(node):
            self._hand_down(node)
        elif passage.noted and not node.children and (measures := passage.measures):
            self.tasks += measures
        elif passage.noted and self._heads_tasks(node):
            self._doubt(passage, HEADING)
        elif passage.noted or (belongs and not noted_below):
            self._take(node, [] if noted_below else node.children)
            if not passage.noted:
                self._doubt(passage, NO_UNIT)
        if noted_below or (not passage.noted and not belongs):
            self._walk_below(node, noted_below)

    def _walk_below(self, node: Node, noted: bool) -> None:
        for child in node.children:
            if child in self._told or child in self._held:
                self._walk(child)
            elif noted and not self._stands_apart(child):
                self._doubt(self._passages[child], BESIDE)

    def _stands_apart(self, node: Node) -> bool:
        return any(_APART.search(self._titles[above]) or _GROUP.match(self._titles[above]) for above in node.path)

    def _heads_tasks(self, node: Node) -> bool:
        text = self._passages[node].text
        headed = node.mark.style in ("han", "part", "han_bracket") and len(text) <= _TITLE_LENGTH and "。" not in text
        return headed and bool(node.children) and all(self._passages[child].noted for child in node.children)

    def _runs_on(self, node: Node) -> bool:
        """Do the numbers beneath run on from or into another heading? Then they number tasks and not points."""
        runs = {child.run for child in node.children if child.mark.style == "arabic"}
        return any(len(self._parents[run]) > 1 for run in runs)

    def _hand_down(self, node: Node) -> None:
        for child in node.children:
            self._passages[child].handed = self._passages[node].roles
            self._take(child, child.children)
        reason = f"责任单位写在标题“{node.mark.printed}”后，按其下每一项的责任单位理解，请核对。"
        self._doubt(self._passages[node], reason)

    def _take(self, node: Node, points: list[Node]) -> None:
        self._passages[node].points = [self._passages[point] for point in points]
        self.tasks.append(self._passages[node])

    def _doubt(self, passage: Passage, reason: str) -> None:
        self.doubts.append((passage.start, passage.end, reason))

    def _take_subjects(self) -> None:
        for node, title in self._titles.items():
            above = self._titles[node.parent] if node.parent else ""
            if not node.children and (unit := _unit(title) or (above if _unit(above) == above else "")):
                self._passages[node].handed = Roles(units=[(DUTY, unit)])
                self._take(node, [])
        for first in self.tasks[:1]:
            self._doubt(first, UNDERSTOOD)

    def _add_titled(self) -> None:
        titled = [root for root in self._roots if self._has_task_title(root)]
        if any(root in self._told for root in titled):
            return
        before = len(self.tasks)
        for root in titled:
            for child in root.children:
                self._take_titled(child)
        if not self.tasks and self._plain_list():
            for root in self._roots:
                self._take(root, [])
        fresh = [passage for passage in self.tasks if not passage.roles.units]
        if fresh and len(self.tasks) > before:
            self._doubt(fresh[0], f"这一部分的{len(fresh)}项任务都没有写明责任单位，待分解。")

    def _has_task_title(self, node: Node) -> bool:
        title = self._titles[node]
        return bool(_TASK_TITLE.search(title)) and not _NO_TASK_TITLE.search(title) and len(title) <= 20

    def _plain_list(self) -> bool:
        alike = all(root.mark.style == "arabic" and not root.children for root in self._roots)
        return alike and len(self._roots) >= 2 and len({root.run for root in self._roots}) == 1

    def _take_titled(self, node: Node) -> None:
        passage = self._passages[node]
        if node.children and passage.end - passage.start <= _TITLE_LENGTH:
            for child in node.children:
                self._take_titled(child)
        else:
            self._take(node, node.children)


def _unit(title: str) -> str:
    spoken = _SUBJECT.match(title)
    name = spoken.group(1) if spoken else title
    return name if looks_like_unit(name) and _SUBJECT_UNIT.search(name) else ""
