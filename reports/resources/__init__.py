"""Kinds of sheet of what is reported on."""

from reports.resources.breakdown import Breakdown
from reports.resources.projects import Projects

KINDS = (Breakdown, Projects)
