"""Plans from a document given as plain values: all of it or nothing; what is already there is left as it is."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from kit import clock
from kit.names import Named
from kit.refusal import Refusal
from tasks.actions.assignment import assign
from tasks.actions.schedule import change_rules
from tasks.models import Group, GroupLead, Indicator, Phase, Plan, PlanEvent, Responsibility, Section, Task
from units.actions.loading import Directory, Tally

Role = Responsibility.Role
DEFAULT_RULES = {"slow_after": 10, "late_after": 30, "basis": "POINTS"}
TITLE_LIMIT = 20
KINDS = ("方案", "章节", "任务", "指标")
REPORTING = ("due_day", "due_hour", "grace_days", "stamped")


@dataclass
class Loaded:
    """What a load did: a Tally and the rows made of each kind, and tasks whose text on record differs from the document's."""

    tallies: dict = field(default_factory=lambda: {name: Tally() for name in KINDS})
    made: dict = field(default_factory=lambda: {name: [] for name in KINDS})
    different: list = field(default_factory=list)

    def take(self, kind, row, created):
        """Count ``row`` as one of ``kind``; return whether it was made now."""
        if created:
            self.made[kind].append(row)
        return self.tallies[kind].count(created)

    @property
    def changed_nothing(self):
        return not any(tally.new for tally in self.tallies.values())

    def __str__(self):
        if self.changed_nothing:
            return "库中已有，没有变化。"
        return "新增" + "，".join(f"{tally.new}个{name}" for name, tally in self.tallies.items() if tally.new) + "。"


@transaction.atomic
def load_document(document, by=None):
    """Load ``document``: a draft (tasks.draft), or what fixtures/notice-2015-4.json holds; there sections have no keys.

    Plans are known by year and title, sections and tasks by number, units by any of their names. An unknown unit, a
    missing office or a number used twice stops everything, with all faults in one Refusal.
    """
    directory = Directory.of_all()
    _check(document, directory)
    loaded = Loaded()
    for values in document["plans"]:
        plan = _load_plan(document, values, directory, loaded)
        sections = _load_sections(plan, values, loaded)
        _load_tasks(plan, values, sections, directory, loaded, begins_on(document, values))
        _load_indicators(plan, values, directory, loaded)
        if loaded.tallies["任务"].new:
            PlanEvent.write(plan, by, "导入方案", note=f"{document.get('document_number', '')} {loaded}".strip())
    return loaded


def _check(document, directory):
    faults = []
    for plan in document["plans"]:
        title = plan["title"]
        known = Plan.objects.titled(plan.get("year"), title)
        if not known and not (plan.get("office") and plan.get("year")):
            faults.append(f"《{title}》缺少主管办公室或年度，请指定（--office、--year）。")
        elif not known:
            directory.find(plan["office"], f"《{title}》主管办公室")
        faults += _too_long(plan)
        numbers = [task["number"] for task in plan["tasks"]]
        faults += [
            f"《{title}》编号“{each}”出现多次。" for each in sorted({n for n in numbers if numbers.count(n) > 1})
        ]
        for where, name in _names(plan):
            directory.find(name, where)
    if faults:
        raise Refusal("\n".join(faults))
    directory.refuse_unknown()


def _too_long(plan):
    """Return what would not fit its column, in words."""
    parts = [(Plan, "title", plan["title"])]
    parts += [(Task, "number", task["number"]) for task in plan["tasks"]]
    for section in plan.get("sections", ()):
        parts += [(Section, "number", section["number"]), (Section, "title", section["title"])]
    limits = [(model._meta.get_field(name), value) for model, name, value in parts]
    return [
        f"{field.verbose_name}“{value[:20]}……”超过{field.max_length}个字。"
        for field, value in limits
        if len(value) > field.max_length
    ]


def _names(plan):
    """Yield (where, unit name) for every unit a plan names."""
    for task in plan["tasks"]:
        for unit in task.get("units", ()):
            yield f"任务{task['number']}", unit["name"]
    for group in plan.get("groups", ()):
        for name in [*group.get("leads", ()), *filter(None, [group.get("office")])]:
            yield group["name"], name
    for indicator in plan.get("indicators", ()):
        if indicator.get("unit"):
            yield f"指标“{indicator['name']}”", indicator["unit"]


def _day(said):
    return datetime.date.fromisoformat(said) if isinstance(said, str) and said else said or None


def begins_on(document, values):
    """The first day of a plan: as said, else of its first phase, else the day of issue: nothing lags before it was asked.

    A plan issued before its year runs from 1 January; without any day, it runs from today.
    """
    first = datetime.date(int(values["year"]), 1, 1)
    phases = [_day(phase["starts_on"]) for phase in values.get("phases", ())]
    said = _day(values.get("starts_on")) or min(phases, default=None)
    day = said or _day(document.get("issued_on")) or clock.today()
    return day if said or day.year == first.year else first


def _load_plan(document, values, directory, loaded):
    year, reporting = int(values["year"]), values.get("reporting") or values
    plan = known = Plan.objects.titled(year, values["title"])
    if known is None:
        plan = Plan.objects.create(
            year=year,
            title=values["title"],
            kind=values.get("kind") or Plan.Kind.OTHER,
            short_title=(values.get("short_title") or values["title"])[:TITLE_LIMIT],
            document_number=document.get("document_number", ""),
            issued_on=_day(document.get("issued_on")),
            office=directory.get(values.get("office")),
            starts_on=begins_on(document, values),
            ends_on=_day(values.get("ends_on")) or datetime.date(year, 12, 31),
            **{name: reporting[name] for name in REPORTING if name in reporting},
            reporting_source=reporting.get("source", ""),
        )
    if loaded.take("方案", plan, known is None):
        plan = change_rules(plan, None, **DEFAULT_RULES)
        _load_frame(plan, values, directory)
    return plan


def _load_frame(plan, values, directory):
    """Write phases and groups with their leads of a new plan."""
    Phase.objects.bulk_create(
        Phase(
            plan=plan,
            order=order,
            title=phase["title"],
            starts_on=phase["starts_on"],
            ends_on=phase["ends_on"],
            duties=phase.get("duties", ""),
        )
        for order, phase in enumerate(values.get("phases", ()), 1)
    )
    for order, row in enumerate(values.get("groups", ()), 1):
        group = Group.objects.create(
            plan=plan,
            kind=row["kind"],
            name=row["name"],
            order=order,
            office=directory.get(row.get("office")),
            composition=row.get("composition", ""),
        )
        GroupLead.objects.bulk_create(
            GroupLead(group=group, unit=directory.get(name), order=n) for n, name in enumerate(row["leads"], 1)
        )


def _load_sections(plan, values, loaded):
    sections = {}
    for order, row in enumerate(values.get("sections", ()), 1):
        section, created = Section.objects.get_or_create(
            plan=plan, number=row["number"], defaults={"title": row["title"], "order": order}
        )
        sections[row.get("key", row["number"])] = section
        loaded.take("章节", section, created)
    return sections


def _load_tasks(plan, values, sections, directory, loaded, begins):
    known, begins = {task.number: task for task in plan.tasks.all()}, max(plan.starts_on, begins)
    for order, row in enumerate(values["tasks"], 1):
        old = known.get(row["number"])
        if old is None:
            known[row["number"]] = _load_task(plan, row, order, sections, directory, begins)
        if loaded.take("任务", known[row["number"]], old is None):
            continue
        if old.text != row["text"]:
            loaded.different.append(old)
    for row in values["tasks"]:
        if row.get("overlaps"):
            known[row["number"]].overlaps.add(*(known[number] for number in row["overlaps"]))


def _load_task(plan, row, order, sections, directory, begins):
    due_on = _day(row.get("due_on")) or plan.ends_on
    task = Task(
        plan=plan,
        section=sections.get(row.get("section")),
        number=row["number"],
        order=order,
        short_title=row.get("short_title") or row["text"][:TITLE_LIMIT],
        text=row["text"],
        points=row.get("points", []),
        also_named=row.get("also_named", ""),
        starts_on=min(begins, due_on),
        due_on=due_on,
        pace=row.get("pace") or Task.Pace.EVEN,
    )
    task.save()
    units = [(directory.get(each["name"]), each.get("role")) for each in row.get("units", ())]
    if units:
        lead = next((unit for unit, role in units if role == Role.LEAD), units[0][0])
        assign(task, lead, [unit for unit, _ in units if unit != lead], None)
    return task


def _load_indicators(plan, values, directory, loaded):
    tasks = {task.number: task for task in plan.tasks.all()}
    known = Named({indicator.name: indicator for indicator in plan.indicators.all()})
    for order, row in enumerate(values.get("indicators", ()), 1):
        old = known.get(row["name"])
        indicator = old or Indicator.objects.create(
            plan=plan,
            name=row["name"],
            target=row["target"],
            unit_of_measure=row["unit_of_measure"],
            direction=row["direction"],
            cumulation=row["cumulation"],
            task=tasks.get(row.get("task")),
            unit=directory.get(row.get("unit")),
            source=row.get("source", ""),
            order=order,
        )
        known[row["name"]] = indicator
        loaded.take("指标", indicator, old is None)
