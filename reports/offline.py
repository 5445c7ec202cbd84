"""The unit's offline form: one sheet for a month, drawn from plain values and read back into them."""

from dataclasses import dataclass, field

from kit.sheets import (
    Fault,
    Formula,
    Head,
    InputHead,
    Sheet,
    SheetRead,
    UnreadableSheet,
    sealed,
    unsealed,
    value_at,
)
from kit.sheets.read import HEAD_ROWS
from reports.comparison import Returned, ReturnedRow, key_of, mark_of_text, plain, tables_in
from reports.fields import ENTRY
from reports.line import NODE, OWN, field_of, form_fields

SCHEMA = "offline form 1"
WHAT = "离线填报表"
PLAN, NUMBER, TEXT = "方案", "编号", "任务内容"
STEP, DONE_ON = "节点", "完成日期"
ADVICE = (
    "填写说明：只填浅黄色单元格，其余已锁定；填好后保存为.xlsx，在月报页面“离线填报—上传填好的表”导入，核对后存为草稿，再在网页上提交。",
    "行可以排序、筛选，列可以移动；请不要改“方案”“编号”两列，不要填公式。附件在网页上传。",
)
NODES_ADVICE = ("填写说明：这个月做完的节点填完成日期，没有做完的留空；请不要改“方案”“编号”“节点”三列。",)
FOOT = "填报人：　　　　　　　　联系电话：　　　　　　　　审核人：　　　　　　　　（单位盖章）　　　　年　　月　　日"
FORMULA = "是公式，不能导入。请改成文字或数字（复制后“选择性粘贴—数值”）。"
NOBODY = "这一行填了内容，却没有写方案和编号，不知道是哪项任务。请补上，或删去这一行。"
NO_STEP = "表中没有这个节点。请照原表填；要增减节点，请在项目页面提出时间表。"
TWO_DAYS = "这个节点在表中出现了两次，日期不同。请只留一处。"
NO_PLAN = "表中没有这个方案。请照原表填：{plans}。"


@dataclass(frozen=True)
class Drawn:
    """One task as the form shows it. ``plan`` is the name in the sheet, ``seen`` says which values were drawn.

    ``steps`` are the nodes of a project: (name of the field, how the sheet calls it, its limit).
    """

    plan: str
    number: str
    text: str
    role: str
    last_progress: int | None
    last_text: str
    values: dict
    seen: str
    title: str = ""
    steps: tuple = ()


@dataclass(frozen=True)
class PlanName:
    shown: str
    year: int
    title: str


@dataclass
class Row(ReturnedRow):
    """One task as it came back; ``values`` are texts as a form takes them, ``seen`` is empty for a task not drawn.

    ``nodes`` are the same of its nodes, each from a place of its own: {field: [row, column, row of the heads, sheet]} are ``spots``.
    """

    year: int
    title: str
    plan: str
    number: str
    values: dict
    columns: dict
    seen: str = ""
    nodes: dict = field(default_factory=dict)
    spots: dict = field(default_factory=dict)

    def fault(self, name, sentence):
        if name in self.spots:
            return _fault_at(self.spots[name], DONE_ON, self.values[name], sentence)
        spot = (self.row, self.columns[name], self.head_row, self.sheet)
        return _fault_at(spot, field_of(name).label, self.values[name], sentence)


def _fault_at(spot, head, value, sentence):
    row, column, head_row, sheet = spot
    return Fault(sheet, row, head, value, sentence, column, head_row)


@dataclass(kw_only=True)
class Filled(Returned):
    row = Row
    unit: str
    # (plan's year, its title, number) of every task that was drawn.
    drawn: list = field(default_factory=list)
    # The labels of what is asked since it was drawn, and of what it has and is asked no more.
    lacking: list = field(default_factory=list)
    needless: list = field(default_factory=list)

    def __post_init__(self):
        self.drawn = [tuple(each) for each in self.drawn]


def asked_of(lines):
    """The fields a form asks: those of a line stand in it only where the unit has a project."""
    return form_fields() if any(OWN[0].name in line.values for line in lines) else ENTRY


def form_columns(last_group, asked=ENTRY):
    known = [
        Head(PLAN, 7),
        Head(NUMBER, 5),
        Head(TEXT, 32),
        Head("职责", 6),
        Head("上月进度", 7, "percent", group=last_group),
        Head("上月进展和打算", 22, group=last_group),
    ]
    return [*known, *(each.input_head("本月填写") for each in asked.values())]


def form_sheet(unit, month, deadlines, lines):
    """``deadlines`` are lines like 改革创新年：10月31日 24:00截止."""
    last = 12 if month.month == 1 else month.month - 1
    asked = asked_of(lines)
    return Sheet(
        name=f"{month.month}月填报",
        title=f"{unit}{month.year}年{month.month}月任务进展填报表",
        columns=form_columns(f"上月（{last}月）报送", asked),
        rows=[_cells(line, asked) for line in lines],
        left_note=f"填报单位：{unit}　共{len(lines)}项任务",
        right_note="；".join(deadlines),
        foot=(FOOT,),
        freeze_columns=2,
    )


def nodes_sheet(unit, month, lines):
    """The nodes that the month may tell of, a row each: [sheet], or [] where the unit has none."""
    rows = [
        (line.plan, line.number, line.title, shown, due_on, line.values[name])
        for line in lines
        for name, shown, due_on in line.steps
    ]
    heads = [Head(PLAN, 10), Head(NUMBER, 8), Head("项目", 30), Head(STEP, 36), Head("时限", 12, "date")]
    done = InputHead(DONE_ON, 14, "date", hint="做完的填日期，例如2015-10-12。")
    title = f"{unit}{month.year}年{month.month}月重点项目节点完成情况"
    note = f"填报单位：{unit}　共{len(rows)}个节点"
    return [Sheet(f"{month.month}月节点", title, [*heads, done], rows, note, freeze_columns=2)] if rows else []


def _cells(line, asked):
    known = (line.plan, line.number, line.text, line.role, line.last_progress, line.last_text)
    return [*known, *(each.cell(line.values.get(name, each.blank)) for name, each in asked.items())]


def facts(unit, month, drawn_at, plans, lines):
    rows = [["unit", unit], ["month", f"{month:%Y-%m}"], ["drawn", drawn_at]]
    rows += [["field", name, each.label] for name, each in asked_of(lines).items()]
    rows += [["plan", each.shown, str(each.year), each.title] for each in plans]
    rows += [["entry", line.plan, line.number, line.seen, mark_of_text(line.text)] for line in lines]
    rows += [["node", line.plan, line.number, name, shown] for line in lines for name, shown, _ in line.steps]
    return sealed(SCHEMA, rows)


def read_form(sheets: tuple[SheetRead, ...]):
    """Raise ``BrokenSeal`` or ``UnreadableSheet`` for a workbook that is none."""
    known = unsealed(sheets, SCHEMA, WHAT)
    single = {row[0]: row[1] for row in known if row[0] in ("unit", "month", "drawn")}
    plans = {key_of(row[1]): (int(row[2]), row[3]) for row in known if row[0] == "plan"}
    entries = {(key_of(row[1]), key_of(row[2])): (row[3], row[4]) for row in known if row[0] == "entry"}
    drawn = [(*plans[plan], number) for plan, number in entries]
    filled = Filled(unit=single["unit"], month=single["month"], drawn_at=single["drawn"], drawn=drawn)
    # Its heads are those of the day it was drawn; a form from before they were kept has those that stand in it.
    shown = {key_of(cell) for sheet in sheets if not sheet.hidden for row in sheet.rows[:HEAD_ROWS] for cell in row}
    stand = {name: each.label for name, each in form_fields().items() if key_of(each.label) in shown}
    heads = {row[1]: row[2] for row in known if row[0] == "field"} or stand
    filled.lacking = [each.label for name, each in ENTRY.items() if name not in heads]
    filled.needless = [label for name, label in heads.items() if name not in form_fields()]
    heads = {name: label for name, label in heads.items() if name in form_fields()}
    for table in tables_in(sheets, [PLAN, NUMBER, *heads.values()]):
        _Reader(*table, heads, plans, entries, filled).read()
    if steps := {tuple(map(key_of, (*row[1:3], row[4]))): row[3] for row in known if row[0] == "node"}:
        _Nodes(sheets, steps, plans, entries, filled).read()
    return filled


class _Reader:
    def __init__(self, sheet, head, places, heads, plans, entries, filled):
        self.sheet, self.head, self.places, self.heads = sheet, head, places, heads
        self.plans, self.entries, self.filled = plans, entries, filled
        self.text_place = self._text_place()

    def _text_place(self):
        heads = self.sheet.rows[max(0, self.head - 1) : self.head + 1]
        return next((place for row in heads for place, text in enumerate(row) if key_of(text) == TEXT), None)

    def read(self):
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], self.head + 2):
            raw = {name: value_at(cells, self.places[label]) for name, label in self.heads.items()}
            plan, task = (value_at(cells, self.places[head]) for head in (PLAN, NUMBER))
            if plain(task):
                self._row(number, cells, plan, task, raw)
            elif any(plain(value) for value in raw.values()):
                self._fault(number, NUMBER, "", NOBODY)

    def _fault(self, row, head, value, sentence):
        column = self.places[head] + 1
        self.filled.faults.append(Fault(self.sheet.name, row, head, plain(value), sentence, column, self.head + 1))

    def _row(self, number, cells, plan, task, raw):
        if key_of(plan) not in self.plans:
            shown = "、".join(dict.fromkeys(title for title in self.plans))
            self._fault(number, PLAN, plan, NO_PLAN.format(plans=shown))
            return
        seen, text_mark = self.entries.get((key_of(plan), key_of(task)), ("", ""))
        if seen and not self._is_same_text(cells, text_mark):
            sentence = "编号和任务内容对不上，可能排序时没有选中整行。请对照原表核对这一行。"
            self._fault(number, NUMBER, task, sentence)
            return
        year, title = self.plans[key_of(plan)]
        values = {name: self._value(number, name, value) for name, value in raw.items()}
        columns = {name: self.places[label] + 1 for name, label in self.heads.items()}
        row = Row(self.sheet.name, number, self.head + 1, year, title, plain(plan), key_of(task), values, columns, seen)
        self.filled.rows.append(row)

    def _is_same_text(self, cells, mark):
        if self.text_place is None:
            return True
        return mark_of_text(value_at(cells, self.text_place)) == mark

    def _value(self, row, name, value):
        try:
            return _typed(name, value)
        except ValueError as error:
            self._fault(row, self.heads[name], value, str(error))
            return ""


class _Nodes:
    """The rows of nodes, laid to the rows of their projects; a project of nodes alone is a row of its own."""

    def __init__(self, sheets, steps, plans, entries, filled):
        self.sheets, self.steps, self.plans, self.entries, self.filled = sheets, steps, plans, entries, filled
        # {(plan, number): {name: (text, spot)}}, and how the sheet writes the plan.
        self.found, self.names = {}, {}

    def read(self):
        try:
            tables = tables_in(self.sheets, [PLAN, NUMBER, STEP, DONE_ON])
        except UnreadableSheet:
            return
        for sheet, head, places in tables:
            for number, cells in enumerate(sheet.rows[head + 1 :], head + 2):
                told = [value_at(cells, places[name]) for name in (PLAN, NUMBER, STEP)]
                value = value_at(cells, places[DONE_ON])
                self._row(told, value, [number, places[DONE_ON] + 1, head + 1, sheet.name])
        for key, told in self.found.items():
            self._lay(key, told)

    def _row(self, told, value, spot):
        plan, number, step = map(key_of, told)
        name = self.steps.get((plan, number, step))
        try:
            if name is None and plain(value):
                raise ValueError(NO_STEP)
            text = _typed(name, value) if name else ""
            day, _ = self.found.get((plan, number), {}).get(name, ("", None))
            if day and text and day != text:
                raise ValueError(TWO_DAYS)
        except ValueError as error:
            self.filled.faults.append(_fault_at(spot, DONE_ON, plain(value), str(error)))
            return
        if name and not day:
            self.names[plan] = plain(told[0])
            self.found.setdefault((plan, number), {})[name] = (text, spot)

    def _lay(self, key, told):
        rows = [row for row in self.filled.rows if (key_of(row.plan), row.number) == key]
        if not rows and any(text for text, _ in told.values()):
            _, (number, _, head_row, sheet) = next(iter(told.values()))
            (year, title), seen = self.plans[key[0]], self.entries[key][0]
            rows = [Row(sheet, number, head_row, year, title, self.names[key[0]], key[1], {}, {}, seen)]
            self.filled.rows += rows
        for row in rows:
            row.nodes = {name: text for name, (text, _) in told.items()}
            row.spots = {name: spot for name, (_, spot) in told.items()}


def is_node(name):
    return name.startswith(NODE)


def _typed(name, value):
    if isinstance(value, Formula):
        raise ValueError(FORMULA)
    return field_of(name).typed(plain(value), value)
