"""What a paper is drawn from: its first blocks, its figures computed anew, what moved since they were drawn."""

from supervision.dashboard.figures.comparing import compute, drafted, moved
from supervision.dashboard.figures.figure import BlockSpec
from supervision.dashboard.figures.scope import scope_of
from supervision.dashboard.summaries import Leader
from supervision.models import Block


def first_blocks(paper, part=None):
    """What the system writes for its kind, of ``part`` alone where one is given; of a kind nobody drafts, a paragraph to begin with."""
    scope = scope_of(paper)
    scope.unit = paper.addressee
    about = {name: getattr(paper, name) for name in ("directive", "occasion", "round", "addressee", "replaces")}
    about = {name: thing for name, thing in about.items() if thing is not None}
    about |= {"issuer": _issuers(paper), "title": paper.title}
    if part and part.name == "leader":
        scope.leader = Leader(part.value, part.label)
    elif part:
        about |= {part.name: part.value, "part": part.label}
    begun = [] if paper.replaces_id else [BlockSpec(Block.Kind.TEXT, "现将有关情况通报如下。")]
    return drafted(paper.kind, scope, **about) or begun


def _issuers(paper):
    return "、".join(str(unit) for unit in (paper.issuer, *paper.co_issuers.all()))


def recomputed(paper):
    """[(block, figures, content)] of what is another at the moment its figures are drawn as of."""
    blocks = list(paper.blocks.all())
    found = compute(paper, paper.as_of, blocks)
    pairs = [(block, found[block.pk]) for block in blocks]
    return [
        (block, new.figures, new.content)
        for block, new in pairs
        if (block.figures, block.content) != (new.figures, new.content)
    ]


def moves_of(paper, blocks=None):
    """What is another now than where it stands; ``blocks`` where they are at hand."""
    return moved(paper, blocks=blocks)
