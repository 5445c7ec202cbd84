"""Sheets that come in: the heads found by their words, every row compared with what is on record, all faults at once."""

from kit.intake.field import Field
from kit.intake.heads import Layout, heads_at, layout_at, layout_of
from kit.intake.kind import Kind, told
from kit.intake.line import Line, Skipped, State, Wrong
from kit.intake.reading import Reading, read
from kit.intake.template import filled, template

__all__ = [
    "Field",
    "Kind",
    "Layout",
    "Line",
    "Reading",
    "Skipped",
    "State",
    "Wrong",
    "filled",
    "heads_at",
    "layout_at",
    "layout_of",
    "read",
    "template",
    "told",
]
