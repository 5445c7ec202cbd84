"""A paper's figures drawn again, and what is another than it says: old, new, and what happened since."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import cached_property

from kit import clock
from supervision.dashboard.figures.figure import DRAFTERS, SOURCES, TABLES
from supervision.dashboard.figures.happened import happened_since
from supervision.dashboard.figures.scope import scope_of


@dataclass(frozen=True)
class Redrawn:
    """What a block's figures and table are now."""

    figures: dict
    content: dict = field(default_factory=dict)


class Moved(NamedTuple):
    """One figure that is another now; ``why`` are (words, address) of what happened since it was drawn."""

    block: object
    key: str
    label: str
    old: str
    new: str
    address: str
    why: tuple = ()


def drafted(kind, scope, **about):
    """The blocks of a paper of this kind; of a kind nobody drafts, none."""
    return DRAFTERS[kind](scope, about) if kind in DRAFTERS else []


def compute(paper, moment=None, blocks=None):
    """{block's key: Redrawn} of every block, as of ``moment`` (now): what has no source of ours stays as it is."""
    blocks = paper.blocks.all() if blocks is None else blocks
    drawing = _Drawing(paper, moment or clock.now())
    return {block.pk: drawing.of(block) for block in blocks}


class _Drawing:
    """A figure that stands in several blocks is drawn once; of a paper without figures nothing is asked."""

    def __init__(self, paper, moment):
        self.paper, self.moment, self.known = paper, moment, {}

    @cached_property
    def scope(self):
        return scope_of(self.paper, self.moment)

    def of(self, block):
        if block.source in TABLES:
            drawn = TABLES[block.source].of(self.scope, **block.content.get("params", {}))
            return Redrawn(drawn.figures, drawn.content)
        return Redrawn({key: self._figure(key, each) for key, each in block.figures.items()}, block.content)

    def _figure(self, key, figure):
        source, params = figure.get("source"), figure.get("params", {})
        if source not in SOURCES:
            return figure
        if key not in self.known:
            self.known[key] = SOURCES[source].of(self.scope, **params).plain(source, params)
        return self.known[key]


def moved(paper, moment=None, blocks=None):
    """[Moved] in the order of the paper; a figure that stands in it twice is told once."""
    moment = moment or clock.now()
    blocks = list(paper.blocks.all()) if blocks is None else blocks
    redrawn, found, told = compute(paper, moment, blocks), [], set()
    for block in blocks:
        new = redrawn[block.pk].figures
        for key in [*block.figures, *(each for each in new if each not in block.figures)]:
            if key not in told and (pair := _differ(block.figures.get(key), new.get(key))):
                told.add(key)
                found.append(_moved(block, key, *pair))
    return happened_since(paper, found, moment)


def _differ(old, new):
    """The moment itself is another whenever a paper is drawn; that moves nothing."""
    if (new or old or {}).get("source") == "as_of":
        return None
    shown = [each["value"] if each else "" for each in (old, new)]
    return (old, new) if shown[0] != shown[1] else None


def _moved(block, key, old, new):
    said = new or old
    values = [each["value"] if each else "" for each in (old, new)]
    why = rows_between(old["records"] if old else (), new["records"] if new else ())
    return Moved(block, key, said["label"], *values, said["address"], why)


def rows_between(old, new):
    """((words, address)) of the rows that came, went or say something else."""
    before, after = ({(name, address): figure for name, figure, address in rows} for rows in (old, new))
    found = []
    for row in dict.fromkeys([*before, *after]):
        pair = before.get(row), after.get(row)
        if pair[0] != pair[1]:
            found.append((_words(row[0], *pair), row[1]))
    return tuple(found)


def _words(name, old, new):
    if old is None:
        return f"增加：{name}（{new}）"
    return f"减少：{name}（{old}）" if new is None else f"{name}：{old}→{new}"
