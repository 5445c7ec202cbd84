"""Plans from a document given as plain values: all of it or nothing; what is already there is left as it is."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from kit import clock
from kit.names import Named
from kit.refusal import Refusal
from tasks.actions.assignment import assign
from tasks.actions.schedule import change_rules
from tasks.models import Group, GroupLead, Indicator, Phase, Plan, PlanEvent, Responsibility, Section, Task
from units.actions.loading import Directory

LEAD = Responsibility.Role.LEAD
DEFAULT_RULES = {"slow_after": 10, "late_after": 30, "basis": "POINTS"}
TITLE_LIMIT = 20
REPORTING = ("due_day", "due_hour", "grace_days", "stamped")


@dataclass
class Loaded:
    made: dict = field(default_factory=lambda: {name: [] for name in ("方案", "章节", "任务", "指标")})
    different: list = field(default_factory=list)

    @property
    def changed_nothing(self):
        return not any(self.made.values())

    def __str__(self):
        if self.changed_nothing:
            return "库中已有，没有变化。"
        return "新增" + "，".join(f"{len(rows)}个{name}" for name, rows in self.made.items() if rows) + "。"


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
        _load_tasks(plan, values, directory, loaded, max(plan.starts_on, begins_on(document, values)))
        _load_indicators(plan, values, directory, loaded)
        if loaded.made["任务"]:
            PlanEvent.write(plan, by, "导入方案", note=f"{document.get('document_number', '')} {loaded}".strip())
    return loaded


def _check(document, directory):
    faults = []
    for plan in document["plans"]:
        title = plan["title"]
        if not Plan.objects.titled(plan.get("year"), title):
            if plan.get("office") and plan.get("year"):
                directory.find(plan["office"], f"《{title}》主管办公室")
            else:
                faults.append(f"《{title}》缺少主管办公室或年度，请指定（--office、--year）。")
        numbers = Counter(task["number"] for task in plan["tasks"])
        faults += [f"《{title}》编号“{each}”出现多次。" for each, count in sorted(numbers.items()) if count > 1]
        parts = [(Plan, "title", title), *((Task, "number", task["number"]) for task in plan["tasks"])]
        parts += [(Section, name, row[name]) for row in plan.get("sections", ()) for name in ("number", "title")]
        faults += filter(None, (_too_long(model._meta.get_field(name), said) for model, name, said in parts))
        for where, name in _names(plan):
            directory.find(name, where)
    if faults:
        raise Refusal("\n".join(faults))
    directory.refuse_unknown()


def _too_long(column, said):
    return len(said) > column.max_length and f"{column.verbose_name}“{said[:20]}……”超过{column.max_length}个字。"


def _names(plan):
    for task in plan["tasks"]:
        yield from ((f"任务{task['number']}", unit["name"]) for unit in task.get("units", ()))
    for group in plan.get("groups", ()):
        yield from ((group["name"], name) for name in filter(None, [*group.get("leads", ()), group.get("office")]))
    for indicator in plan.get("indicators", ()):
        for name in ("unit", "statistics_unit"):
            if indicator.get(name):
                yield f"指标“{indicator['name']}”", indicator[name]


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
    if plan := Plan.objects.titled(year, values["title"]):
        return plan
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
    loaded.made["方案"].append(plan)
    for order, row in enumerate(values.get("phases", ()), 1):
        Phase.objects.create(plan=plan, order=order, **row)
    for order, row in enumerate(values.get("groups", ()), 1):
        own = {name: row[name] for name in ("kind", "name", "composition") if name in row}
        group = Group.objects.create(plan=plan, order=order, office=directory.get(row.get("office")), **own)
        GroupLead.objects.bulk_create(
            GroupLead(group=group, unit=directory.get(name), order=n) for n, name in enumerate(row["leads"], 1)
        )
    return change_rules(plan, None, **DEFAULT_RULES)


def _load_sections(plan, values, loaded):
    sections = {}
    for order, row in enumerate(values.get("sections", ()), 1):
        usual = {"title": row["title"], "order": order}
        section, created = Section.objects.get_or_create(plan=plan, number=row["number"], defaults=usual)
        sections[row.get("key", row["number"])] = section
        loaded.made["章节"] += [section] if created else []
    return sections


def _load_tasks(plan, values, directory, loaded, begins):
    sections, known = _load_sections(plan, values, loaded), {task.number: task for task in plan.tasks.all()}
    for order, row in enumerate(values["tasks"], 1):
        old = known.get(row["number"])
        if old is None:
            known[row["number"]] = _load_task(plan, row, order, sections, directory, begins)
            loaded.made["任务"].append(known[row["number"]])
        elif old.text != row["text"]:
            loaded.different.append(old)
    for row in values["tasks"]:
        if row.get("overlaps"):
            known[row["number"]].overlaps.add(*(known[number] for number in row["overlaps"]))


def _load_task(plan, row, order, sections, directory, begins):
    due_on = _day(row.get("due_on")) or plan.ends_on
    task = Task.objects.create(
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
    units = [(directory.get(each["name"]), each.get("role")) for each in row.get("units", ())]
    if units:
        lead = next((unit for unit, role in units if role == LEAD), units[0][0])
        assign(task, lead, [unit for unit, _ in units if unit != lead], None)
    return task


def _load_indicators(plan, values, directory, loaded):
    tasks = {task.number: task for task in plan.tasks.all()}
    known = Named({indicator.name: indicator for indicator in plan.indicators.all()})
    for order, row in enumerate(values.get("indicators", ()), 1):
        if known.get(row["name"]) is None:
            own = {name: row[name] for name in ("name", "target", "unit_of_measure", "direction", "cumulation")}
            own |= {name: row[name] for name in ("official", "derived", "reach") if name in row}
            parts = {name: directory.get(row.get(name)) for name in ("unit", "statistics_unit")}
            parts["task"] = tasks.get(row.get("task"))
            known[row["name"]] = Indicator.objects.create(
                plan=plan, order=order, source=row.get("source", ""), **own, **parts
            )
            loaded.made["指标"].append(known[row["name"]])
