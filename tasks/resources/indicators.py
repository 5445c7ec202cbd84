"""Indicators from a sheet: 指标."""

from django.db.models import OuterRef

from kit.intake import Field, Wrong
from kit.intake.cells import AmountCell, ChoiceCell, LineCell, NumberCell
from kit.names import Named
from kit.quantities import LEAST, MOST, Measure
from kit.statements import Exists
from tasks.actions.indicators import keep_indicator, withdraw_indicator
from tasks.models import Indicator, Reading, SourceKind
from tasks.resources.plan_kind import PlanKind
from units.resources.cells import UnitCell

BOUNDS = {LEAST: Indicator.Direction.AT_LEAST, MOST: Indicator.Direction.AT_MOST}
PARTS = (
    *("name", "target", "unit_of_measure", "direction", "cumulation", "unit", "task"),
    *("official", "derived", "statistics_unit", "reach", "source", "order"),
)


class RuleCell(ChoiceCell):
    """How the register makes the figure; an empty cell is not at all."""

    def __init__(self):
        super().__init__([("", ""), *Indicator._meta.get_field("derived").choices])


class Indicators(PlanKind):
    """The numbers a plan promised."""

    key = "indicators"
    title = "指标"
    about = "方案承诺的数字：目标、计量单位、累计方式、责任单位。"
    order = 60
    columns = (
        Field("name", "指标", LineCell(60), "指标名称 目标名称 考核指标", key=True, width=24, example="固定资产投资"),
        Field(
            "target",
            "目标",
            AmountCell(),
            "目标值 年度目标 目标任务 年度目标值 计划数",
            width=12,
            kind="number",
            example=100,
        ),
        Field("unit_of_measure", "计量单位", LineCell(10), "单位", width=10, example="亿元"),
        Field("direction", "方向", ChoiceCell(Indicator.Direction.choices), width=10, example="不低于"),
        Field("cumulation", "累计方式", ChoiceCell(Indicator.Cumulation.choices), width=13, example="各月相加"),
        Field("unit", "责任单位", UnitCell(), "牵头单位 责任部门 牵头部门", width=16, example="县某某局"),
        Field("task", "所属任务编号", LineCell(20), "所属任务 任务编号", width=10, example="43"),
        Field("official", "正式口径", ChoiceCell(SourceKind.choices), "官方口径", width=13, example="统计部门"),
        Field("derived", "由项目汇总", RuleCell(), "项目汇总规则", width=14),
        Field("statistics_unit", "统计数填报单位", UnitCell(), width=16),
        Field("reach", "统计口径说明", LineCell(80), "口径说明", width=24),
        Field("source", "文件原文", LineCell(200), "依据 文件依据", width=36, example="固定资产投资达到100亿元以上"),
        Field("order", "排序", NumberCell(), width=7, kind="number"),
    )
    foot = (
        "说明：按指标名称对应，已有的修改，没有的新增；空着的格不改动。方向、累计方式请从下拉列表选择。示例行请删去。",
    )

    def prepare(self):
        self.fetch_units()
        self.fetch_tasks(self.plan.tasks.actions().in_force())
        has_figures = Exists(Reading.objects.filter(indicator=OuterRef("pk")))
        indicators = self.plan.indicators.select_related("unit", "task", "plan", "statistics_unit")
        self.stored = list(indicators.annotate(has_figures=has_figures))
        self.by_name = Named({indicator.name: indicator for indicator in self.stored})
        self.last = max((indicator.order for indicator in self.stored), default=0)

    def on_record(self):
        return self.stored

    def find(self, row):
        if "task" in row.values:
            row.values["task"] = self.must_have_task(row, "task").number
        return self.by_name.get(row.values["name"])

    def recorded(self, indicator):
        values = {name: getattr(indicator, name) for name in PARTS}
        return values | {"task": indicator.task.number if indicator.task else ""}

    def wanted(self, row):
        """A goal said in one cell is taken apart, and converted where its measure is not the one the row is kept in."""
        self._keep_measure(row)
        wanted = dict(row.values)
        if "target" not in wanted:
            return wanted
        goal = wanted["target"]
        if measure := self._measure(row, goal):
            wanted["unit_of_measure"] = measure
        wanted["target"] = self.figure(row, "target", measure)
        if goal.bound:
            wanted["direction"] = self._direction(row, goal)
        return wanted

    def _keep_measure(self, row):
        """An indicator with figures stays in the measure they are in; what the row says is the measure of its goal."""
        said, goal = row.values.get("unit_of_measure"), row.values.get("target")
        kept = row.original.unit_of_measure if row.original and row.original.has_figures else ""
        if not (said and kept) or Measure.of(said) == Measure.of(kept):
            return
        if goal is None or Measure.of(said).kind != Measure.of(kept).kind:
            raise Wrong("unit_of_measure", f"已有月度数据按“{kept}”记，计量单位不能改为“{said}”。")
        if not goal.measure:
            row.values["target"] = goal._replace(measure=said, text=goal.text + said)
        del row.values["unit_of_measure"]

    def _measure(self, row, goal):
        """What the goal is kept in: as the row says, as it was, as the cell or the table says."""
        said = row.values.get("unit_of_measure") or (row.original.unit_of_measure if row.original else "")
        own = goal.measure if goal.measure and Measure.of(goal.measure).kind else ""
        return said or own or self.stated.of(row.places["target"], "")

    def _direction(self, row, goal):
        direction, said = BOUNDS[goal.bound], row.values.get("direction")
        if said and said != direction:
            words = f"“{goal.text}”是{direction.label}，“方向”一列写的是{Indicator.Direction(said).label}"
            raise Wrong("direction", f"{words}，请改成一致。")
        return direction

    def check(self, row):
        if row.original is None and "target" not in row.unread:
            for name, head in (("target", "目标"), ("unit_of_measure", "计量单位")):
                if row.wanted.get(name) in (None, ""):
                    yield name, f"新的指标须填{head}。"
        if len(row.wanted.get("unit_of_measure", "")) > 10:
            yield "unit_of_measure", "计量单位不超过10字。"
        if fault := self._fault_of_rule(row):
            yield "derived", fault
        if row.wanted.get("order", 0) > 32_767:
            yield "order", "排序不超过32767。"

    def _fault_of_rule(self, row):
        kept = row.original or Indicator()
        said = {name: row.wanted.get(name, getattr(kept, name)) for name in ("derived", "unit_of_measure")}
        return Indicator(**said).why_not_derived if said["derived"] and said["unit_of_measure"] else ""

    def label(self, row):
        return row.values["name"]

    def create(self, row, by, note):
        self.last += 1
        self._keep(Indicator(plan=self.plan, order=self.last), row.wanted, by, note)

    def change(self, row, by, note):
        self._keep(row.original, row.wanted, by, note)

    def _keep(self, indicator, wanted, by, note):
        for name, value in wanted.items():
            setattr(indicator, name, self.by_number.get(value) if name == "task" else value)
        keep_indicator(indicator, by, note=note)

    def remove(self, indicator, by, note):
        withdraw_indicator(indicator, by, note=note)
