"""What a row of a list of key projects means: which project, what is on record of it, what the row wants."""

import re
from calendar import monthrange
from datetime import date

from kit.intake import Wrong
from kit.intake.cells import as_text
from kit.intake.source import KEEP
from kit.names import Named
from reports.resources.project_cells import MARKED
from reports.resources.project_months import MEASURES, month_name
from reports.resources.project_rows import class_said
from reports.resources.project_spans import WAYS, month_parts, span_in
from reports.resources.project_tables import PARTS, ProjectTables
from tasks.actions.classes import SECTORS
from tasks.models import Milestone, Project, ProjectClass, ProjectPerson

PLAIN = ("printed_number", "owner", "nature", "years", "funding", "goal_words", "signed_on", "investor")
FIGURES = ("total", "before", "year_plan", "contract_sum", "contract_land")
ROLES = {
    "leaders": ProjectPerson.Role.LEADER,
    "envoys": ProjectPerson.Role.ENVOY,
    "aides": ProjectPerson.Role.AIDE,
    "contacts": ProjectPerson.Role.OWNER,
}
QUARTERS = {"q1": 3, "q2": 6, "q3": 9, "q4": 12}
Kind, Stage = Milestone.Kind, Milestone.Stage
DAYS = {"start_on": (Kind.START, "开工"), "finish_on": (Kind.COMPLETE, "竣工")}


class ProjectMeaning(ProjectTables):
    """Rows read against the register."""

    def prepare(self):
        self.fetch_units()
        fetched = Project.objects.filter(task__plan=self.plan).with_people().select_related("task__plan")
        fetched = fetched.prefetch_related("labels", "amounts", "task__milestones__unit", "classes")
        self.stored = list(fetched)
        self.by_code = {project.code: project for project in self.stored}
        self.by_name = Named({project.name: project for project in self.stored})
        names = [sector.name for sector in self.plan.sectors.all()] or SECTORS
        self.sectors = Named({name: name for name in names})

    def on_record(self):
        return self.stored

    def find(self, row):
        named, code = self.by_name.get(row.values["name"]), row.values.get("code")
        if not code or self._is_ours_by_name(named, code):
            return named
        coded = self.by_code.get(code)
        if named and named is not coded:
            raise Wrong("code", f"系统中“{named.name}”的编号是{named.code}，表中写的是{code}，请核对。")
        return coded

    def _is_ours_by_name(self, named, code):
        return named is not None and named.code == code

    def recorded(self, project):
        task = project.task
        values = {name: getattr(project, name) for name in (*PLAIN, *FIGURES, "name")}
        values |= {name: tuple(p.name for p in project.people.all() if p.role == role) for name, role in ROLES.items()}
        values |= {month_name(row.measure, row.month): row.planned for row in project.amounts.all()}
        values |= {name: None for name in self.fields if name.startswith(tuple(MEASURES)) and name not in values}
        steps = list(task.milestones.all())
        for name, (kind, _) in DAYS.items():
            values[name] = next((step.due_on for step in steps if step.kind == kind), None)
        stages = {step.due_on: step for step in steps if step.stage == Stage.CONTRACT and step.kind == Kind.STEP}
        for name in QUARTERS:
            step = stages.get(self._quarter_end(name))
            values[name] = step.title if step else ""
        return values | {
            "code": project.code,
            "klass": ProjectClass(project.klass).label,
            "sector": project.sector.name if project.sector else "",
            "labels": tuple(label.name for label in project.labels.all()),
            "places": tuple(project.places.all()),
            "content": project.content,
            "units": (task.lead,) if task.lead else (),
            "helpers": tuple(task.supports),
            "stage_unit": next((step.unit for step in stages.values() if step.unit), None),
        }

    def _quarter_end(self, name):
        month = QUARTERS[name]
        return date(self.plan.year, month, monthrange(self.plan.year, month)[1])

    def wanted(self, row):
        wanted = {name: value for name, value in row.values.items() if name not in ("klass", "month", "month_plan")}
        for name in list(wanted):
            if measure := self._measure(name):
                wanted[name] = self._figure(row, name, measure)
        self._settle_spans(row, wanted)
        self._settle_units(row, wanted)
        self._settle_package(row, wanted)
        self._settle_places(row, wanted)
        if sector := self._sector(row):
            wanted["sector"] = sector
        if klass := self._class(row):
            wanted["klass"] = ProjectClass(klass).label
        if row.original:
            wanted.pop("code", None)
            self._keep_class(row, wanted)
        self._note_mark(row, wanted)
        return {name: value for name, value in wanted.items() if name in self.fields}

    def _figure(self, row, name, measure):
        value = row.values[name]
        if value.bound:
            raise Wrong(name, f"“{value.text}”不是确定的数，请填一个数，或选“这一格不导入”。")
        number = self.figure(row, name, measure)
        if number < 0:
            raise Wrong(name, "不能小于0，请核对。")
        return number

    def _settle_spans(self, row, wanted):
        """Spread what is told of several months together, as was said."""
        for name in [name for name in wanted if span_in(name)]:
            way = self.spreads.get(self._table_of(row, name))
            try:
                parts = month_parts(name, wanted.pop(name), wanted, self.plan, way)
            except ValueError as error:
                raise Wrong(name, str(error)) from None
            wanted |= parts
            if parts:
                row.notes.append(f"{self.field_title(name)}{dict(WAYS)[way]}。")

    def _settle_units(self, row, wanted):
        """Of two units in a cell the first leads; who helps stands in a column of its own or behind the first."""
        units, helpers = wanted.get("units"), wanted.get("helpers")
        if units is None and helpers is None:
            return
        if not units and row.original is None and helpers:
            raise Wrong("helpers", "有协助单位时，请先写明一个服务单位。")
        if units:
            wanted["units"], more = units[:1], units[1:]
            if more or helpers:
                wanted["helpers"] = tuple(dict.fromkeys(u for u in (*more, *(helpers or ())) if u not in units[:1]))
            if more:
                row.notes.append(f"服务单位有{len(units)}个：{units[0]}牵头，{'、'.join(map(str, more))}协助。")
        elif row.original is not None:
            wanted["helpers"] = tuple(unit for unit in helpers if unit != row.original.task.lead)

    def _settle_package(self, row, wanted):
        """A package's money is its parts'; its own months are not kept beside theirs."""
        answer, whole, _ = self.wholes.get(id(row), (None, None, ()))
        if answer == PARTS:
            unit = whole.wanted.get("units") or whole.values.get("units")
            if unit and not wanted.get("units"):
                wanted["units"] = tuple(unit[:1])
        parts = self._parts_of(row)
        if parts:
            for name in [name for name in wanted if name.startswith(tuple(MEASURES))]:
                del wanted[name]

    def _parts_of(self, row):
        found = [parts for answer, whole, parts in self.wholes.values() if whole is row and answer == PARTS]
        return found[0] if found else []

    def _settle_places(self, row, wanted):
        """Where no column names the place, a group that bears a unit's name does."""
        if "places" in row.table.layout.columns or "places" in wanted:
            return
        for title in reversed(row.path):
            bare = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]+", "", title).strip()
            if unit := self.directory.get(bare):
                if unit.is_township:
                    wanted["places"] = (unit,)
                return

    def _sector(self, row):
        if said := row.values.get("sector"):
            if said not in self.sectors:
                raise Wrong("sector", f"没有名为“{said}”的行业，现有：{'、'.join(self.sectors.values())}。")
            return self.sectors[said]
        found = [
            sector
            for title in row.path
            for sector in self.sectors.values()
            if re.fullmatch(
                rf"(?:.*[、)）.])?{re.escape(sector)}(?:类|领域)?(?:建设)?(?:重点)?(?:项目|工程)?", title.strip()
            )
        ]
        return found[-1] if found else ""

    def _class(self, row):
        """The class a row has by its cell, its groups from the innermost out, its kind, the table's title, the sheet's name; else it is asked."""
        answer, whole, _ = self.wholes.get(id(row), (None, None, ()))
        if answer == PARTS:
            return self._class(whole)
        said = as_text(row.cells.get("klass"))
        texts = [said] if said else [*reversed(row.path), as_text(row.cells.get("nature"))]
        texts += [] if said else [row.table.title, row.table.sheet.name]
        for text in filter(None, texts):
            if klass := class_said(text):
                return klass
        if row.original:
            return None
        open_ = next(filter(None, [said, *reversed(row.path), self._stage(row), row.table.title, row.table.sheet.name]))
        text = f"“{open_[:40]}”的项目是哪一类？"
        return self.ask(f"class!{open_[:60]}", text, ProjectClass.choices)

    def _stage(self, row):
        """A kind that says how far a project is (竣工, 前期工作); 新建 and 扩建 say nothing of it."""
        text = as_text(row.cells.get("nature"))
        return text if re.search(r"竣工|投产|前期|签约|报批|开工", text) else ""

    def _keep_class(self, row, wanted):
        """Another class is a decision of its own, with its month and its paper."""
        now = ProjectClass(row.original.klass).label
        if wanted.get("klass") in (None, now):
            wanted.pop("klass", None)
            return
        sentence = f"系统中是“{now}”，表中是“{wanted['klass']}”：变更类别请在项目页上写明月份和依据；其他内容要照常导入、类别不变的，选“照表中的读”。"
        del wanted["klass"]
        if self.source.answer(row.table.sheet.name, row.number) != KEEP:
            row.asks.append(("klass", sentence))
            self._tell("klass", sentence)

    def _note_mark(self, row, wanted):
        mark = MARKED.match(as_text(row.cells.get("name")))
        if not mark:
            return
        sign = mark.group().strip()
        legend = " ".join(skipped.text for skipped in self.skipped)
        level = re.search(rf"{re.escape(sign[0])}[^，。；;]{{0,10}}?([省市县])级?重点", legend)
        if level and "labels" not in wanted:
            label = f"{level[1]}重点"
            before = self.recorded(row.original)["labels"] if row.original else ()
            wanted["labels"] = tuple(dict.fromkeys((*before, label)))
        row.notes.append(f"名称前的“{sign}”不作名称{'，记为标签' + label if level and 'labels' in wanted else ''}。")
