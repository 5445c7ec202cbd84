"""Sheets that come in: the heads found by their words, every row compared with what is on record, all faults at once."""

from kit.intake.field import Field
from kit.intake.heads import Layout, layout_at
from kit.intake.kind import Kind, told
from kit.intake.row import Row, State, Wrong
from kit.intake.source import Source
from kit.intake.template import filled, template
