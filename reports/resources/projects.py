"""Key projects from a county's workbook: 重点项目."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.functional import cached_property

from kit.intake import Wrong, told
from kit.intake.cells import AmountCell, as_text
from kit.intake.field import normal
from kit.intake.row import Skipped
from kit.intake.source import KEEP, cell_key, measure_key
from kit.names import Named
from kit.quantities import is_nothing
from kit.sheets import value_at
from reports.actions.listing import list_projects, settled
from reports.resources.project_cells import MARKED
from reports.resources.project_columns import columns
from reports.resources.project_months import MEASURES, measure_of, month_name, months_of
from reports.resources.project_rows import class_said, put_together
from reports.resources.project_spans import WAYS, month_parts, needs_way, not_read, span_in
from tasks.actions.assignment import assign
from tasks.actions.classes import SECTORS, set_up
from tasks.actions.listing import Listing, Person, Told
from tasks.actions.projects import remove_project, revise_project
from tasks.actions.schedules import Step
from tasks.models import Measure, Milestone, Project, ProjectClass, ProjectPerson
from tasks.resources.plan_kind import PlanKind

PLAIN = ("printed_number", "owner", "nature", "years", "funding", "goal_words", "signed_on", "investor")
FIGURES = ("total", "before", "year_plan", "contract_sum", "contract_land")
LAND = ("contract_land",)
ROLES = {
    "leaders": ProjectPerson.Role.LEADER,
    "envoys": ProjectPerson.Role.ENVOY,
    "aides": ProjectPerson.Role.AIDE,
    "contacts": ProjectPerson.Role.OWNER,
}
QUARTERS = {"q1": 3, "q2": 6, "q3": 9, "q4": 12}
Kind, Stage = Milestone.Kind, Milestone.Stage
DAYS = {"start_on": (Kind.START, "开工"), "finish_on": (Kind.COMPLETE, "竣工")}
REPORTS = re.compile(r"完成情况|进展情况|月报|旬报|通报|统计")
PLANS = re.compile(r"计划|目标|责任|安排")
COUNTED = re.compile(r"项目(?:个数|数量?)|^(?:个数|项数|数量)(?:[(（]|$)")
MONEY_UNITS = (("万元", "万元"), ("亿元", "亿元"), ("元", "元"))
PARTS, OWN, NOT = "parts", "own", "not"
CARD_ROWS = 8
LIKE = ("total", "owner", "places", "units")
DECIDED = "decided"


class Projects(PlanKind):
    """The list of key projects: what they are, who answers for them, what is planned of them month by month."""

    key = "projects"
    title = "重点项目"
    about = "重点项目名单和分月计划：一个工作簿里的几张表、几类项目一次读入，分类行、小计、合计与各行核对。"
    order = 35
    is_list = True
    widest = 120
    foot = ("说明：按编号、项目名称对应，已有的修改，没有的新增；空着的格不改动。金额以万元为单位，示例行请删去。",)

    def __init__(self, plan=None):
        self.columns = columns(plan)
        self.wholes = {}
        super().__init__(plan)

    def layouts(self, sheets):
        """In a table that plans, 8月 over 当月完成投资额 is what is to be done; in one that reports it is no plan.

        What is no list of projects is not read unless somebody wants it.
        """
        found = [self._with_targets(layout, sheets[layout.sheet]) for layout in super().layouts(sheets)]
        found = [self._without_sums_so_far(layout) for layout in found]
        return tuple(replace(each, taken=each.taken and self._is_list(each, sheets[each.sheet])) for each in found)

    def _without_sums_so_far(self, layout):
        """1-3月 beside 1-6月 is not read, and listed as such."""
        dropped = not_read(filter(None, layout.fields))
        return layout.with_fields("" if name in dropped else name for name in layout.fields) if dropped else layout

    def _is_list(self, layout, sheet):
        """A table that counts projects sums up others, and a card of one project has heads below each other."""
        calls = {call for field in self.fields.values() for call in field.calls}
        column = layout.columns.get("name", 0)
        below = [as_text(value_at(sheet.rows[row], column)) for row in layout.below(sheet.rows)[:CARD_ROWS]]
        is_card = any(normal(re.sub(r"[(（].*?[)）]", "", text)) in calls for text in below)
        return not is_card and not any(map(COUNTED.search, layout.heads))

    def _with_targets(self, layout, sheet):
        title = " ".join(as_text(v) for row in sheet.rows[layout.start : layout.top] for v in row) + sheet.name
        planned = [name for name in layout.fields if name.startswith(tuple(MEASURES))]
        if planned or REPORTS.search(title) or not PLANS.search(title):
            return layout
        fields, months = list(layout.fields), {month.month: month for month in self.plan.months}
        for column, head in enumerate(layout.heads):
            found = months_of(tuple(head.split("｜"))) if head else None
            measure = found and found[0] in (None, self.plan.year) and measure_of(found[2], True)
            if measure and not fields[column] and (month := months.get(found[1])):
                name = month_name(measure, month)
                fields[column] = name if name not in fields else ""
        return layout.with_fields(fields)

    def unfold(self, rows):
        self._ask_measures()
        rows = put_together(rows, self.fields)
        self.spreads = self._ask_spreads(rows)
        self.wholes = self._ask_parts(rows)
        left = {key for key, (answer, *_) in self.wholes.items() if answer == NOT}
        self.skipped += [
            Skipped(row.number, as_text(row.cells["name"])[:60], "按选择不导入的子项目", sheet=row.table.sheet.name)
            for row in rows
            if id(row) in left
        ]
        return [row for row in rows if id(row) not in left]

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

    def _ask_measures(self):
        """Money without a unit is read in the one the heads beside it name; where none does, it is asked about, once a table."""
        for table in self.tables:
            money = [name for name in table.layout.columns if self._measure(name) == "万元"]
            open_ = [name for name in money if not table.stated.of(table.layout.columns[name], "万元")]
            key, beside = measure_key(table.sheet, table.layout), table.stated.in_heads("钱")
            if open_ and len(beside) == 1:
                (unit,) = beside
                table.stated.assume(unit)
                heads = "、".join(self.field_title(name) for name in open_[:4])
                self.remarks.append(
                    f"工作表“{table.sheet.name}”有的金额列没有写单位（{heads}），按同表其他列的{unit}读。"
                )
            elif open_ or key in self.source.said:
                text = f"工作表“{table.sheet.name}”（第{table.layout.last + 1}行为表头）没有写明金额的单位，表中的数是按什么记的？"
                self.ask(key, text, MONEY_UNITS)

    def _ask_spreads(self, rows):
        """{(sheet, heads): how} of the tables that tell several months together and not one by one."""
        spans = {}
        for row in rows:
            for name in row.cells:
                if span_in(name) and not is_nothing(as_text(row.cells[name])) and needs_way(name, row.cells, self.plan):
                    spans.setdefault(self._table_of(row, name), {})[name] = None
        return {table: self._ask_spread(*table, names) for table, names in spans.items()}

    def _ask_spread(self, sheet, head, names):
        listed = "、".join(dict.fromkeys(span_in(name)[1].words for name in names))
        text = f"工作表“{sheet}”（第{head}行为表头）按{listed}写的计划是几个月合在一起的，怎么分到各月？"
        return self.ask(f"{sheet}!{head}!spread", text, WAYS)

    def _table_of(self, row, name):
        table, _ = row.origin.get(name, (row.table, row.number))
        return table.sheet.name, table.layout.last + 1

    def _measure(self, name):
        """What the numbers of a column are kept in; empty for a column without numbers."""
        if name.startswith(tuple(MEASURES)):
            return next(unit for measure, unit in MEASURES.items() if name.startswith(measure))
        field = self.fields.get(name)
        if not field or not isinstance(field.widget, AmountCell):
            return ""
        return "亩" if name in LAND else "万元"

    def _ask_parts(self, found):
        """Rows that look like parts of the one above: a package, projects of their own, or not to be taken."""
        by_whole, wholes = {}, {}
        rows = {(row.table.sheet.name, row.number): row for row in found}
        for row in rows.values():
            if row.whole:
                by_whole.setdefault((row.table.sheet.name, row.whole), []).append(row)
        for (sheet, number), parts in by_whole.items():
            whole = rows.get((sheet, number))
            if whole is None:
                continue
            listed = "、".join(f"第{part.number}行“{as_text(part.cells['name'])[:20]}”" for part in parts)
            text = f"工作表“{sheet}”第{number}行“{as_text(whole.cells['name'])[:30]}”下面像是它的子项目：{listed}。怎么导入？"
            options = (
                (PARTS, "打包项目：钱记在子项目上"),
                (OWN, "各自是单独的项目"),
                (NOT, "子项目不导入，只导入整个项目"),
            )
            answer = self.ask(f"{cell_key(sheet, number)}!parts", text, options)
            wholes |= {id(part): (answer, whole, parts) for part in parts}
        return wholes

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
            sentence = f"各月计划投资相加是{_plain(sum(found))}万元，年度计划投资是{_plain(year)}万元，请改成一致。"
            yield ("year_plan" if "year_plan" in row.places else "name"), sentence
        total, spent = after.get("total"), (after.get("before") or Decimal(0)) + year
        if total is not None and spent > total:
            row.notes.append(f"上年末累计加今年计划是{_plain(spent)}万元，多于总投资{_plain(total)}万元，请留意。")

    def _check_parts(self, row):
        parts = self._parts_of(row)
        for name in ("total", "year_plan") if parts else ():
            own = row.wanted.get(name)
            found = [self._part_figure(part, name) for part in parts]
            if own is None or not any(value is not None for value in found):
                continue
            total = sum((value for value in found if value is not None), Decimal(0))
            if total != own:
                yield name, f"整个项目写的是{_plain(own)}万元，各子项目相加是{_plain(total)}万元，请核对。"

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
        steps = [_step(each) for each in project.task.milestones.all()] if project else []
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


def _step(node):
    names_ = (
        "title",
        "due_on",
        "kind",
        "stage",
        "weight",
        "goal",
        "unit_id",
        "person",
        "handed_in_on",
        "limit_workdays",
        "done_on",
    )
    return Step(**{name: getattr(node, name) for name in names_}, key=node.pk)


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


def _plain(number):
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)
