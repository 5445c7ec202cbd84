"""What: plans with their sections, groups and rules; numbered tasks; milestones; key projects; indicators."""

from tasks.models.amount import Amount, Measure
from tasks.models.change import TaskChange, TaskChangeEvent
from tasks.models.indicator import Indicator, IndicatorPart, Reading, SourceKind
from tasks.models.milestone import Milestone
from tasks.models.plan import Group, GroupLead, GroupMember, LightRules, Phase, Plan, PlanEvent, Section
from tasks.models.project import ProgrammeParts, Project
from tasks.models.reading import PlanReading, PlanReadingEvent
from tasks.models.register import (
    Cause,
    CauseRule,
    ClassChange,
    ClassRule,
    Label,
    ProjectClass,
    ProjectPerson,
    Sector,
    driven_by,
)
from tasks.models.responsibility import Responsibility
from tasks.models.saved import SavedFilter
from tasks.models.schedule import Schedule, ScheduleEvent
from tasks.models.sheet_import import SheetImport, SheetImportEvent
from tasks.models.task import Task, TaskEvent
