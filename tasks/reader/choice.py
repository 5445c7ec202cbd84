"""Which passages are tasks, which are headings, and which are neither."""

import re
from collections.abc import Callable, Iterator

from tasks.reader.grammar import DUTY, Roles
from tasks.reader.names import looks_like_unit
from tasks.reader.notes import Note, notes_in
from tasks.reader.numbers import Edge
from tasks.reader.passages import Passage, every, paragraphs, tail
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
_TITLE_LENGTH, _SHORT_TITLE = 45, 20
# Of so many passages in a run of numbers must units be named for all of them to be tasks.
_ENOUGH = 0.3
UNDERSTOOD = "没有“责任单位”字样，按标题或句首的单位名称理解，请核对。"
HEADING = "标题后写有单位，其下各项又各有责任单位，标题的单位没有放进任务，请核对。"
BESIDE = "与任务并列，但没有写明责任单位，没有作为任务，请核对。"
NO_UNIT = "没有写明责任单位，待分解。"

Doubt = tuple[int, int, str]


def choose(source: Source, roots: list[Passage], beside_table: bool) -> tuple[list[Passage], list[Doubt]]:
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
    def __init__(self, source: Source, roots: list[Passage]):
        self._source = source
        self._roots = roots
        self._all = list(every(roots))
        self.tasks: list[Passage] = []
        self.doubts: list[Doubt] = []
        for siblings in [roots, *(passage.children for passage in self._all)]:
            _silence_groups(siblings)
        self._lift_notes()
        alike: dict[tuple[str, int], list[Passage]] = {}
        for passage in self._all:
            alike.setdefault(passage.run, []).append(passage)
        noted = {run: sum(passage.noted for passage in passages) for run, passages in alike.items()}
        # What belongs to a run of numbers of which enough name units is a task, named unit or not.
        self._runs = {run for run, many in noted.items() if many and many >= _ENOUGH * len(alike[run])}
        self._parted = {run for run, passages in alike.items() if len({each.parent for each in passages}) > 1}
        self._told = self._holding(lambda passage: passage.noted)
        self._held = self._holding(lambda passage: passage.run in self._runs)

    def _holding(self, wanted: Callable[[Passage], bool]) -> set[Passage]:
        found: set[Passage] = set()
        for passage in reversed(self._all):
            if wanted(passage) or any(child in found for child in passage.children):
                found.add(passage)
        return found

    def _lift_notes(self) -> None:
        """Notes that stand beneath a heading and speak for all of it.

        Numbered lines may say nothing else; and a note after the last of several points without notes does when it is a
        paragraph of its own, or when the points follow one another within a paragraph.
        """
        told = self._holding(lambda passage: passage.noted)
        for heading in self._all:
            bare = [child for child in heading.children if _says_only_who(child)]
            if bare and len(bare) < len(heading.children) and not heading.noted:
                heading.notes += [note for child in bare for note in child.notes]
                for child in bare:
                    child.notes = []
                    heading.children.remove(child)
            *others, last = heading.children or [heading]
            if others and not heading.noted and not any(child in told for child in others):
                self._lift(heading, last)

    def _lift(self, heading: Passage, last: Passage) -> None:
        anywhere = last.mark.edge == Edge.SENTENCE
        at = next((at for at, n in enumerate(last.notes) if n.roles.units and (n.own_paragraph or anywhere)), None)
        if at is not None:
            closing: list[Note] = last.notes[at:]
            last.notes, last.end = last.notes[:at], min(note.start for note in closing)
            heading.notes += closing
            reason = f"责任单位写在最后一点之后，按整个“{heading.number}”的责任单位理解，请核对。"
            self.doubts.append((closing[0].start, closing[0].end, reason))

    def walk(self, beside_table: bool) -> None:
        for root in self._roots:
            if root in self._told or root in self._held:
                self._walk(root)
        if not beside_table:
            if not self._told:
                self._take_subjects()
            self._add_titled()

    def _walk(self, passage: Passage) -> None:
        noted_below = any(child in self._told for child in passage.children)
        belongs = passage.run in self._runs
        if not passage.noted and (_CLOSING.search(passage.text) or (not noted_below and _stands_apart(passage))):
            return
        if passage.noted and not noted_below and self._runs_on(passage):
            self._hand_down(passage)
        elif passage.noted and not passage.children and (measures := passage.measures):
            self.tasks += measures
        elif passage.noted and _heads_tasks(passage):
            self._doubt(passage, HEADING)
        elif passage.noted or (belongs and not noted_below):
            self._take(passage, [] if noted_below else passage.children)
            if not passage.noted:
                self._doubt(passage, NO_UNIT)
        if noted_below or (not passage.noted and not belongs):
            self._walk_below(passage, noted_below)

    def _walk_below(self, passage: Passage, noted: bool) -> None:
        for child in passage.children:
            if child in self._told or child in self._held:
                self._walk(child)
            elif noted and not _stands_apart(child):
                self._doubt(child, BESIDE)

    def _runs_on(self, passage: Passage) -> bool:
        """Do the numbers beneath run on from or into another heading? Then they number tasks and not points."""
        return any(child.run in self._parted for child in passage.children if child.run[0] == "arabic")

    def _hand_down(self, passage: Passage) -> None:
        for child in passage.children:
            child.handed = passage.roles
            self._take(child, child.children)
        reason = f"责任单位写在标题“{passage.number}”后，按其下每一项的责任单位理解，请核对。"
        self._doubt(passage, reason)

    def _take(self, passage: Passage, points: list[Passage]) -> None:
        passage.points = points
        self.tasks.append(passage)

    def _doubt(self, passage: Passage, reason: str) -> None:
        self.doubts.append((passage.start, passage.end, reason))

    def _take_subjects(self) -> None:
        for passage in self._all:
            above = passage.parent.title if passage.parent else ""
            unit = _unit(passage.title) or (above if _unit(above) == above else "")
            if unit and not passage.children:
                passage.handed = Roles(units=[(DUTY, unit)])
                self._take(passage, [])
        for first in self.tasks[:1]:
            self._doubt(first, UNDERSTOOD)

    def _add_titled(self) -> None:
        titled = [root for root in self._roots if _TASK_TITLE.search(root.title) and len(root.title) <= _SHORT_TITLE]
        titled = [root for root in titled if not _NO_TASK_TITLE.search(root.title)]
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

    def _plain_list(self) -> bool:
        alike = all(root.run[0] == "arabic" and not root.children for root in self._roots)
        return alike and len(self._roots) >= 2 and len({root.run for root in self._roots}) == 1

    def _take_titled(self, passage: Passage) -> None:
        if passage.children and passage.end - passage.start <= _TITLE_LENGTH:
            for child in passage.children:
                self._take_titled(child)
        else:
            self._take(passage, passage.children)


def _silence_groups(siblings: list[Passage]) -> None:
    """Working groups that a plan lists name their members like units of a task, and are none."""
    groups = [passage for passage in siblings if _GROUP.match(passage.title)]
    if len(groups) > 1 and 2 * len(groups) > len(siblings):
        for passage in groups:
            passage.notes = []


def _says_only_who(passage: Passage) -> bool:
    return bool(passage.notes) and not passage.children and not passage.text.strip("；;。")


def _stands_apart(passage: Passage) -> bool:
    return any(_APART.search(above.title) or _GROUP.match(above.title) for above in passage.path)


def _heads_tasks(passage: Passage) -> bool:
    text = passage.text
    headed = passage.run[0] in ("han", "part", "han_bracket") and len(text) <= _TITLE_LENGTH and "。" not in text
    return headed and bool(passage.children) and all(child.noted for child in passage.children)


def _unit(title: str) -> str:
    spoken = _SUBJECT.match(title)
    name = spoken.group(1) if spoken else title
    return name if looks_like_unit(name) and _SUBJECT_UNIT.search(name) else ""
