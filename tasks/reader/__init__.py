"""The document reader: a plan document's text in, what it says out. Pure; knows neither units nor plans of ours."""

from tasks.reader.document import Problem, Task
from tasks.reader.reading import read
