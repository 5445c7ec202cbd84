"""What: plans with their sections, groups and rules; numbered tasks; milestones; indicators."""

from tasks.models.indicator import Indicator, Reading
from tasks.models.plan import Group, GroupLead, GroupMember, LightRules, Phase, Plan, PlanEvent, Section
from tasks.models.reading import PlanReading, PlanReadingEvent
from tasks.models.responsibility import Responsibility
from tasks.models.saved import SavedFilter
from tasks.models.sheet_import import SheetImport, SheetImportEvent
from tasks.models.task import Milestone, Task, TaskEvent
