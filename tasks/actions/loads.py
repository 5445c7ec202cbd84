"""Writing a corrected document as plans, all or nothing, and taking back what that wrote.

The way back that also asks about reports, and clears what was opened for them, is portal.actions.loading.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError, Q

from kit import clock
from kit.moves import lock, require
from kit.names import key
from kit.refusal import Conflict, Refusal
from kit.trace import spare
from tasks.actions.loading import load_document
from tasks.draft.faults import Fault, faults_of, kept
from tasks.draft.names import NEW, UNIT, match_names, parts_of
from tasks.draft.output import settled
from tasks.models import (
    Group,
    Indicator,
    Phase,
    Plan,
    PlanEvent,
    PlanReadingEvent,
    Project,
    Reading,
    Section,
    Task,
    TaskEvent,
)
from tasks.permissions import can_add_to_plan, can_load_plans
from units.actions.loading import Directory, add_units, drop_units
from units.models import Unit

# What a plan goes through without anybody's work being lost with it.
OPENED = "开启报送期"
LOAD, UNDO = "写入方案", "撤销导入"
SHOWN = 5
OTHERS_PLAN = "《{plan}》已由{office}录入，只有该办公室或系统管理员能往里增加任务；请在方案信息里勾选“不导入这个方案”。"


def _limit(model, name):
    return model._meta.get_field(name).max_length


LIMITS = {
    "title": _limit(Plan, "title"),
    "phase": _limit(Phase, "title"),
    "group": _limit(Group, "name"),
    "section_number": _limit(Section, "number"),
    "section_title": _limit(Section, "title"),
    "task_number": _limit(Task, "number"),
    "task_short_title": _limit(Task, "short_title"),
    "also_named": _limit(Task, "also_named"),
}


def lock_reading(reading, by, *, seen_version=None, loaded=False, verb=""):
    """Return ``reading`` as it is now, locked; 403 for others, a Refusal in the wrong state, a Conflict when it moved on.

    Where ``verb`` has brought it there already, that is told.
    """
    require(can_load_plans(by))
    fresh = lock(reading)
    spare(fresh, fresh.is_loaded != loaded, verb)
    if fresh.is_loaded and not loaded:
        raise Refusal("这份文件已经写入方案，不能再改。需要改的，先撤销导入。")
    if loaded and not fresh.is_loaded:
        raise Refusal("这份文件没有写入，或已经撤销。")
    if seen_version is not None and fresh.version != seen_version:
        raise Conflict("您打开这一页以后，核对稿又有改动，请重新核对再写入。", fresh)
    return fresh


@transaction.atomic
def discard_reading(reading, by):
    """Its text and draft go, its events stay."""
    reading = lock_reading(reading, by)
    PlanReadingEvent.write(reading, by, "删去文件", note=reading.name)
    reading.delete()


@dataclass
class Outlook:
    matches: dict
    faults: list
    known: dict = field(default_factory=dict)
    missing: int = 0
    unassigned: int = 0
    different: list = field(default_factory=list)
    assumed: list = field(default_factory=list)

    @property
    def new_units(self):
        return {name: match.group for name, match in self.matches.items() if match.way == NEW}

    @property
    def spellings(self):
        return {name: match.units[0] for name, match in self.matches.items() if match.way == UNIT and match.remark}


def outlook(reading, by):
    draft = reading.draft
    matches = match_names(draft, Directory.of_all())
    found = Outlook(matches, faults_of(draft, matches, LIMITS))
    plans = [plan for plan in draft["plans"] if not plan["left_out"]]
    stored = Plan.objects.filter(year__in={plan["year"] or 0 for plan in plans}).select_related("office")
    wanted = {(plan["year"], key(plan["title"])) for plan in plans}
    known = {at: plan for plan in stored if (at := (plan.year, key(plan.title))) in wanted}
    texts = {}
    for plan_id, number, text in Task.objects.filter(plan__in=known.values()).values_list("plan_id", "number", "text"):
        texts.setdefault(plan_id, {})[number] = text
    for at, plan in enumerate(draft["plans"]):
        stored = known.get((plan["year"], key(plan["title"])))
        if plan["left_out"]:
            continue
        missing = _compare(found, plan, texts.get(stored.pk, {}) if stored else {})
        if stored:
            found.known[at] = stored
            found.faults = [fault for fault in found.faults if (fault.place, fault.field) != (f"plan-{at}", "office")]
            if missing and not can_add_to_plan(by, stored):
                sentence = OTHERS_PLAN.format(plan=stored, office=stored.office)
                found.faults.append(Fault(f"plan-{at}", "title", sentence, "方案"))
    return found


def _compare(found, plan, texts):
    missing = [task for task in kept(plan) if task["number"] not in texts]
    found.missing += len(missing)
    found.assumed += [task for task in missing if parts_of(task, found.matches).lead_assumed]
    found.unassigned += sum(not task["units"] for task in missing)
    known = [task for task in kept(plan) if task["number"] in texts]
    found.different += [(task, texts[task["number"]]) for task in known if texts[task["number"]] != task["text"]]
    return len(missing)


@transaction.atomic
def load_reading(reading, by, *, seen_version=None):
    reading = lock_reading(reading, by, seen_version=seen_version, verb=LOAD)
    found = outlook(reading, by)
    if found.faults:
        raise Refusal("\n".join(f"{fault.where}：{fault.sentence}" for fault in found.faults))
    if not found.missing:
        raise Refusal("这些任务库里都已有，没有可写入的。")
    note = f"随《{reading.name}》导入"
    units, names = add_units(found.new_units, found.spellings, by, note=note)
    loaded = load_document(settled(reading.draft, found.matches), by)
    reading.loaded_at, reading.loaded_by, reading.undone_at = clock.now(), by, None
    reading.version += 1
    reading.written = written_by(loaded, units, names)
    reading.save(update_fields=["loaded_at", "loaded_by", "undone_at", "version", "written"])
    made = f"{loaded}" + (f"新建单位{len(units)}个。" if units else "")
    PlanReadingEvent.write(reading, by, LOAD, note=made)
    return loaded


def written_by(loaded, units, names):
    """The keys of what was made, and the last events that making it left: what comes after is people's work."""
    keys = {kind: [row.pk for row in rows] for kind, rows in loaded.made.items()}
    tasks = TaskEvent.objects.filter(subject__in=keys["任务"]).order_by("-pk").values_list("pk", flat=True)
    plans = PlanEvent.objects.order_by("-pk").values_list("pk", flat=True)
    return {
        "plans": keys["方案"],
        "sections": keys["章节"],
        "tasks": keys["任务"],
        "indicators": keys["指标"],
        "into": sorted({task.plan_id for task in loaded.made["任务"]}),
        "units": [unit.pk for unit in units],
        "names": [name.pk for name in names],
        "task_event": tasks.first() or 0,
        "plan_event": plans.first() or 0,
    }


def changes_since(reading):
    """Return the sentences that tell what people did to the plans since they were written and would lose."""
    written, told = reading.written, []
    events = TaskEvent.objects.filter(subject__in=written["tasks"], pk__gt=written["task_event"])
    for event in events.select_related("subject").order_by("pk")[: SHOWN + 1]:
        told.append(f"第{event.subject.number}项：{_when(event)}")
    plans = PlanEvent.objects.filter(subject__in=written["plans"], pk__gt=written["plan_event"])
    for event in plans.exclude(verb=OPENED).select_related("subject").order_by("pk")[: SHOWN + 1]:
        told.append(f"{event.subject}：{_when(event)}")
    readings = Reading.objects.filter(indicator__in=written.get("indicators", ())).select_related("indicator")
    told += [f"指标数据：{reading}" for reading in readings[: SHOWN + 1]]
    later = Task.objects.actions().filter(plan__in=written["plans"]).exclude(pk__in=written["tasks"])
    told += [f"后来增加的任务：第{task.number}项 {task.short_title}" for task in later[: SHOWN + 1]]
    listed = Project.objects.filter(Q(task__plan__in=written["plans"]) | Q(task__parent__in=written["tasks"]))
    told += [f"列入的重点项目：{project}" for project in listed.select_related("task")[: SHOWN + 1]]
    return told[:SHOWN] + (["等"] if len(told) > SHOWN else [])


def _when(event):
    return f"{event.actor_name}于{clock.local(event.at):%m月%d日 %H:%M}“{event.verb}”"


@transaction.atomic
def unload(reading, by, *, reason, seen_version=None):
    """Take back what writing ``reading`` made: tasks, sections, plans, and units nothing else refers to. The trace stays.

    Refused when people's later work would be lost. The draft is open again: it can be corrected and written anew.
    """
    reading = lock_reading(reading, by, seen_version=seen_version, loaded=True, verb=UNDO)
    if not reason.strip():
        raise Refusal("请写明撤销的原因。")
    if told := changes_since(reading):
        raise Refusal("写入以后又有改动，撤销会使这些改动丢失，不能撤销：" + "；".join(told) + "。")
    written = reading.written
    _tell(written, by, reason)
    try:
        _remove(written)
    except ProtectedError as error:
        raise Refusal("这些任务已有别的记录引用，不能撤销导入。") from error
    # A place of a project is a row between the two that a unit would take along.
    places = list(Unit.objects.filter(pk__in=written["units"]).exclude(projects_here=None).distinct())
    free = set(written["units"]) - {unit.pk for unit in places}
    kept_units = [*places, *drop_units(free, written["names"], by, note=f"撤销导入《{reading.name}》")]
    counts = f"{len(written['plans'])}个方案，{len(written['tasks'])}项任务"
    note = f"{reason.strip()}（撤去{counts}" + (f"，保留在用的单位{len(kept_units)}个" if kept_units else "") + "）"
    reading.loaded_at, reading.loaded_by, reading.undone_at, reading.written = None, None, clock.now(), {}
    reading.version += 1
    reading.save(update_fields=["loaded_at", "loaded_by", "undone_at", "written", "version"])
    PlanReadingEvent.write(reading, by, UNDO, note=note)
    return reading


def _tell(written, by, reason):
    now = clock.now()
    for plan in Plan.objects.filter(pk__in=written["into"]):
        PlanEvent.write(plan, by, "撤销导入", note=reason.strip())
    tasks = Task.objects.filter(pk__in=written["tasks"])
    TaskEvent.objects.bulk_create(TaskEvent.made(task, by, "撤销导入", note=reason.strip(), at=now) for task in tasks)


def _remove(written):
    Indicator.objects.filter(pk__in=written.get("indicators", ())).delete()
    Task.objects.filter(pk__in=written["tasks"]).delete()
    sections = Section.objects.filter(pk__in=written["sections"], tasks=None)
    sections.delete()
    plans = Plan.objects.filter(pk__in=written["plans"])
    plans.update(rules=None)
    plans.delete()
