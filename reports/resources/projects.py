"""Key projects from a county's workbook: 重点项目."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.functional import cached_property

from kit.intake import told
from kit.intake.source import KEEP
from kit.names import Named
from kit.rates import written
from reports.actions.listing import list_projects, settled
from reports.resources.project_meaning import DAYS, FIGURES, PLAIN, QUARTERS, ROLES, ProjectMeaning
from reports.resources.project_months import MEASURES, month_name
from reports.resources.project_tables import PARTS
from tasks.actions.assignment import assign
from tasks.actions.classes import set_up
from tasks.actions.listing import Listing, Person, Told
from tasks.actions.projects import remove_project, revise_project
from tasks.actions.schedules import Step, steps_of
from tasks.models import Measure, Milestone, ProjectClass

Kind, Stage = Milestone.Kind, Milestone.Stage
LIKE = ("total", "owner", "places", "units")
DECIDED = "decided"


class Projects(ProjectMeaning):
    """The list of key projects: what they are, who answers for them, what is planned of them month by month."""

    key = "projects"
    title = "重点项目"
    about = "重点项目名单和分月计划：一个工作簿里的几张表、几类项目一次读入，分类行、小计、合计与各行核对。"
    order = 35
    foot = ("说明：按编号、项目名称对应，已有的修改，没有的新增；空着的格不改动。金额以万元为单位，示例行请删去。",)

    def check(self, row):
        yield from self._check_months(row)
        yield from self._check_parts(row)
        yield from self._check_likeness(row)
        for name in ("units", "helpers"):
            for unit in row.wanted.get(name, ()):
                if not unit.is_active and unit not in self._units_before(row):
                    yield name, f"{unit}已停用，请填现在的单位。"
        if row.original is None and self.stored:
            self._ask_since()

    def _units_before(self, row):
        return [row.original.task.lead, *row.original.task.supports] if row.original else []

    def _check_months(self, row):
        """The months of a year add up to its plan."""
        before = self.recorded(row.original) if row.original else {}
        after = before | row.wanted
        months = [after.get(month_name(Measure.INVESTED, month)) for month in self.plan.months]
        year, found = after.get("year_plan"), [value for value in months if value is not None]
        said = any(name.startswith((Measure.INVESTED, "year_plan")) for name in row.wanted)
        if not (said and found) or year is None or self._parts_of(row):
            return
        if sum(found) != year:
            sentence = f"各月计划投资相加是{written(sum(found))}万元，年度计划投资是{written(year)}万元，请改成一致。"
            yield ("year_plan" if "year_plan" in row.places else "name"), sentence
        total, spent = after.get("total"), (after.get("before") or Decimal(0)) + year
        if total is not None and spent > total:
            row.notes.append(f"上年末累计加今年计划是{written(spent)}万元，多于总投资{written(total)}万元，请留意。")

    def _check_parts(self, row):
        parts = self._parts_of(row)
        for name in ("total", "year_plan") if parts else ():
            own = row.wanted.get(name)
            found = [self._part_figure(part, name) for part in parts]
            if own is None or not any(value is not None for value in found):
                continue
            total = sum((value for value in found if value is not None), Decimal(0))
            if total != own:
                yield name, f"整个项目写的是{written(own)}万元，各子项目相加是{written(total)}万元，请核对。"

    def _part_figure(self, part, name):
        try:
            value = self.fields[name].widget.clean(part.cells.get(name))
            if value is None:
                return None
            return part.table.stated.measured(
                value, part.places.get(name, part.table.layout.columns[name]), "万元"
            ).within("万元")
        except (ValueError, KeyError):
            return None

    def _check_likeness(self, row):
        """Of one name and unlike in everything else: is it the project on record?"""
        if row.original is None or row.values.get("code"):
            return
        before = self.recorded(row.original)
        compared = [name for name in LIKE if row.wanted.get(name) and before.get(name)]
        unlike = [name for name in compared if row.wanted[name] != before[name]]
        if len(unlike) < 3 or self.source.answer(row.table.sheet.name, row.number, row.places["name"] + 1) == KEEP:
            return
        heads = "、".join(self.field_title(name) for name in unlike)
        sentence = (
            f"与系统中{row.original.code}同名，{heads}都不同：是同一个项目的选“照表中的读”，不是的请在名称中区分。"
        )
        row.asks.append(("name", sentence))
        yield "name", sentence

    def _ask_since(self):
        months = [(f"{month:%Y-%m}", f"年中增补，从{month.month}月起列入") for month in self.plan.months]
        return self.ask("since", "系统中已有重点项目，表中新的项目怎么列入？", [(DECIDED, "年初名单（补录）"), *months])

    def label(self, row):
        return f"{row.original.code} {row.original.name}" if row.original else row.values["name"]

    @cached_property
    def _sectors(self):
        return Named({sector.name: sector for sector in self.plan.sectors.all()})

    def write(self, rows, by, note):
        """The first list of a plan brings its sectors and its classes' actions along, as the notice has them."""
        if not self.plan.class_rules.exists():
            set_up(self.plan, by)
        changed = []
        for row in rows:
            if row.original is not None:
                with told(row):
                    changed.append(revise_project(row.original, by, self._told(row), note=note))
        settled(self.plan, changed, by)
        if fresh := [row for row in rows if row.original is None]:
            self._list(fresh, by, note)

    def _list(self, rows, by, note):
        since = self._ask_since() if self.stored else DECIDED
        listings, row_of = {}, {}
        for row in rows:
            answer, whole, _ = self.wholes.get(id(row), (None, None, ()))
            package = listings.get(id(whole)) or whole.original if answer == PARTS else None
            klass = next(value for value, word in ProjectClass.choices if word == row.wanted["klass"])
            with told(row):
                said = self._told(row)
            each = listings[id(row)] = Listing(klass, said, row.wanted.get("code", ""), package)
            row_of[each] = row
        list_projects(
            self.plan,
            by,
            list(row_of),
            month=None if since == DECIDED else date.fromisoformat(f"{since}-01"),
            as_decided=since == DECIDED,
            reason="" if since == DECIDED else note,
            naming=lambda listing: told(row_of[listing]),
        )

    def _told(self, row):
        """What the register is told: only what the sheet says, the rest as it stands."""
        wanted, project = row.wanted, row.original
        values = {name: wanted[name] for name in (*PLAIN, *FIGURES, "name") if name in wanted}
        if "sector" in wanted:
            values["sector"] = self._sectors.get(wanted["sector"] or "")
        found = Told(values, content=wanted.get("content"))
        if "units" in wanted or "helpers" in wanted:
            before = self.recorded(project) if project else {"units": (), "helpers": ()}
            found.units = [*wanted.get("units", before["units"]), *wanted.get("helpers", before["helpers"])]
            found.units = list(dict.fromkeys(found.units))
        for name in ("places", "labels"):
            if name in wanted:
                setattr(found, name, list(wanted[name]))
        if set(ROLES) & set(wanted):
            found.people = self._people(wanted, project)
        found.amounts = self._amounts(wanted, project)
        if {*DAYS, *QUARTERS, "stage_unit"} & set(wanted):
            found.nodes = self._nodes(row)
        return found

    def _people(self, wanted, project):
        known = {(person.role, person.name): person for person in (project.people.all() if project else ())}
        before = self.recorded(project) if project else {}
        found = []
        for name, role in ROLES.items():
            for person in wanted.get(name, before.get(name, ())):
                old = known.get((role, person))
                found.append(Person(role, person, old.unit if old else None, old.phone if old else ""))
        return found

    def _amounts(self, wanted, project):
        before = self.recorded(project) if project else {}
        found = {}
        for measure in MEASURES:
            by_name = {month_name(measure, month): month for month in self.plan.months}
            if not any(name in wanted for name in by_name):
                continue
            values = {month: (before | wanted).get(name) for name, month in by_name.items()}
            found[measure] = {month: value for month, value in values.items() if value is not None}
        return found or None

    def _nodes(self, row):
        """The nodes on record with what the sheet says of the project's own days and its contract's quarters."""
        wanted, project = row.wanted, row.original
        steps = steps_of(project) if project else []
        for name, (kind, title) in DAYS.items():
            if name in wanted:
                steps = _with(
                    steps, lambda step, kind=kind: step.kind == kind, wanted[name], Step(title, wanted[name], kind)
                )
        for name in QUARTERS:
            if name in wanted:
                end = self._quarter_end(name)
                new = Step(wanted[name], end, stage=Stage.CONTRACT) if wanted[name] else None
                steps = _with(
                    steps,
                    lambda s, end=end: s.stage == Stage.CONTRACT and s.kind == Kind.STEP and s.due_on == end,
                    end,
                    new,
                )
        if "stage_unit" in wanted:
            unit = wanted["stage_unit"].pk if wanted["stage_unit"] else None
            steps = [replace(step, unit_id=unit) if step.stage == Stage.CONTRACT else step for step in steps]
        return [self._begun(step, row) for step in self._with_goal(steps, row)]

    def _begun(self, step, row):
        """A continued project has started when its list says so."""
        klass = row.wanted.get("klass") or ProjectClass(row.original.klass).label
        is_past = step.kind == Kind.START and step.due_on < self.plan.starts_on
        begun = is_past and klass == ProjectClass.CONTINUED.label and not step.done_on
        return replace(step, done_on=step.due_on) if begun else step

    def _with_goal(self, steps, row):
        """The year's goal is the node its words name; none is made a goal without words."""
        if any(step.goal for step in steps):
            return steps
        words = row.wanted.get("goal_words") or (row.original.goal_words if row.original else "")
        kind = Kind.COMPLETE if re.search(r"竣工|建成", words) else Kind.START if "开工" in words else None
        return [replace(s, goal=s.kind == kind and self.plan.starts_on <= s.due_on <= self.plan.ends_on) for s in steps]

    def release(self, projects, by, note):
        """Let the units go first, so that this month's obligations follow."""
        for project in projects:
            assign(project.task, None, [], by, note=note)
        settled(self.plan, projects, by)

    def remove(self, project, by, note):
        remove_project(project, by, note=note)


def _with(steps, is_it, said, new):
    """The steps with the one asked for moved, made, or taken out where nothing is said any more."""
    found = next((step for step in steps if is_it(step)), None)
    if found is None:
        return [*steps, new] if said and new else steps
    if not said or new is None:
        return [step for step in steps if step is not found]
    return [
        replace(step, due_on=new.due_on, title=step.title if step.kind != Kind.STEP else new.title)
        if step is found
        else step
        for step in steps
    ]
