"""Sheets that come in: the heads found by their words, every row compared with what is on record, all faults at once."""

from kit.intake.field import Field
from kit.intake.heads import Layout, layout_at, layout_of
from kit.intake.kind import Kind, told
from kit.intake.row import Row, State, Wrong
from kit.intake.source import Question, Source, Table, cell_key
from kit.intake.tables import layouts_of
from kit.intake.template import filled, template
