"""The document reader: a plan document's text in, what it says out. Pure; knows neither units nor plans of ours."""

from tasks.reader.document import Document, PlanRead, Problem, SectionRead, TaskRead, as_dict
from tasks.reader.reading import read

__all__ = ["Document", "PlanRead", "Problem", "SectionRead", "TaskRead", "as_dict", "read"]
