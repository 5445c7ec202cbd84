"""The tree of numbered passages of one plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.reader.numbering import Mark
from tasks.reader.series import Placed
from tasks.reader.source import Source

_SENTENCE_END = "。;!?:"
_LONGEST_TITLE = 80
_NOTE = re.compile(r"[（(\[【][^（()）\]】]*(?:单位|部门|牵头|负责)[^\n]*$")


@dataclass(eq=False)
class Node:
    """A numbered passage: its number, where its own text stands (up to the next number), and what stands beneath it."""

    mark: Mark
    start: int
    end: int
    run: int
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def path(self) -> tuple["Node", ...]:
        return (*self.parent.path, self) if self.parent else (self,)

    def below(self) -> Iterator["Node"]:
        """Everything beneath, in order."""
        for child in self.children:
            yield child
            yield from child.below()

    def title(self, source: Source) -> str:
        """The heading: up to the end of its sentence, its line, or, where lines were lost, the next blank."""
        start, end = source.trimmed(self.start, self.end)
        text = source.plain[start : min(end, start + _LONGEST_TITLE)]
        stops = [place for place, character in enumerate(text) if character in "\n。" or character == " "]
        stop = stops[0] if stops else len(text)
        title = _NOTE.sub("", source.text[start : start + stop])
        return title.rstrip(_SENTENCE_END + "：；。")


def outline(accepted: list[Placed], end: int) -> list[Node]:
    """The top nodes of the tree that these numbers and depths make."""
    roots: list[Node] = []
    above: list[Node] = []
    for at, placed in enumerate(accepted):
        stop = accepted[at + 1].mark.start if at + 1 < len(accepted) else end
        above = above[: placed.depth]
        parent = above[-1] if above else None
        node = Node(placed.mark, placed.mark.end, stop, placed.run, parent)
        (parent.children if parent else roots).append(node)
        above.append(node)
    return roots


def every(roots: list[Node]) -> Iterator[Node]:
    """All nodes in order."""
    for root in roots:
        yield root
        yield from root.below()
