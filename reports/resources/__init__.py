"""Kinds of sheet of what is reported on."""

from reports.resources.breakdown import Breakdown

KINDS = (Breakdown,)
