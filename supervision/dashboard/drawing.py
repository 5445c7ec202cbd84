"""What a paper is drawn from: its first blocks, its figures computed anew, what moved since they were drawn."""

from dataclasses import dataclass, field

from supervision.models import Block


@dataclass(frozen=True)
class Spec:
    """A block to be made."""

    kind: str
    text: str
    figures: dict = field(default_factory=dict)
    source: str = ""
    content: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One figure that is another now than when it was drawn, and the page with its rows."""

    block: Block
    key: str
    label: str
    old: str
    new: str
    address: str


def first_blocks(paper):
    return [Spec(Block.Kind.TEXT, "现将有关情况通报如下。")]


def recomputed(paper):
    """[(block, figures, content)] of what is another now."""
    return []


def moves_of(paper):
    return []
