"""Sheets that come in: the heads found by their words, every row compared with what is on record, all faults at once."""

from kit.intake.field import Field
from kit.intake.heads import Layout, layout_at, layout_of
from kit.intake.kind import Kind, told
from kit.intake.result import Result
from kit.intake.row import Row, Skipped, State, Wrong
from kit.intake.template import filled, template

__all__ = [
    "Field",
    "Kind",
    "Layout",
    "Result",
    "Row",
    "Skipped",
    "State",
    "Wrong",
    "filled",
    "layout_at",
    "layout_of",
    "template",
    "told",
]
