"""Items of schemes from a sheet: 考评项目, as counties print their assessment (指标类别, 指标名称, 分值, 评估内容和办法)."""

from kit import names
from kit.intake import Field, Wrong
from kit.intake.cells import FigureCell, LineCell, TextCell
from kit.quantities import plain
from supervision.actions.schemes import drop_item, write_item
from supervision.measured import as_mark, as_number
from supervision.models.scheme import Scheme, SchemeItem
from tasks.resources.plan_kind import PlanKind
from units.resources.cells import UnitCell

PARTS = ("dimension", "standard", "full", "scorer")


class MarkCell(FigureCell):
    """A full mark, with or without 分 behind it."""

    def clean(self, value, row=None, **kwargs):
        if self.is_blank(value):
            return None
        number = as_number(plain(super().clean(value)).removesuffix("分"))
        if number is None or not 0 < number <= 1000 or as_mark(number) != number:
            raise ValueError("满分应是大于0、最多两位小数的数，例如15或7.5。")
        return as_mark(number)

    def render(self, value, obj=None, **kwargs):
        return value and value.normalize()


class SchemeItems(PlanKind):
    """The items of the schemes of one plan that were not used yet. What is new is marked by hand until its way is chosen on its page."""

    key = "scheme_items"
    title = "考评项目"
    about = "排名和考核办法的项目：类别、项目、评分标准、满分、评分单位。怎样计分在考评办法页上选。"
    order = 65
    columns = (
        Field("scheme", "考评办法", LineCell(60), "办法 考核办法", key=True, made=True, width=20, example="年度考核"),
        Field("dimension", "类别", LineCell(30), "指标类别 一级指标 考核类别", width=14, example="基础工作"),
        Field(
            "title",
            "项目",
            LineCell(60),
            "指标名称 考评项目 考核项目 二级指标 扣分内容 考核内容 评价内容",
            key=True,
            width=24,
            example="组织领导",
        ),
        Field(
            "standard",
            "评分标准",
            TextCell(2000),
            "评估内容和办法 考核标准 扣分标准 评分办法 工作要求和标准",
            width=50,
            example="有方案、有时间表。",
        ),
        Field("full", "满分", MarkCell(), "分值 标准分 分数", width=8, kind="number", example=10),
        Field("scorer", "评分单位", UnitCell(), "评分责任单位 考核单位", width=18),
    )
    foot = ("说明：按考评办法和项目对应，已有的修改，没有的新增；空着的格不改动。示例行请删去。",)

    def prepare(self):
        self.fetch_units()
        schemes = Scheme.objects.filter(plan=self.plan, locked_at=None).select_related("plan", "unit")
        self.schemes = {names.key(each.name): each for each in schemes}
        rows = SchemeItem.objects.filter(scheme__in=self.schemes.values()).select_related("scorer", "scheme")
        self.items = {(item.scheme_id, names.key(item.title)): item for item in rows.order_by("scheme", "number")}

    def on_record(self):
        return self.items.values()

    def make_keys(self, row):
        """Where one scheme alone can be written, it need not be named."""
        if not row.values.get("scheme"):
            if len(self.schemes) != 1:
                raise Wrong("scheme", "请写明是哪一份考评办法。")
            row.values["scheme"] = next(iter(self.schemes.values())).name

    def find(self, row):
        row.about = self.schemes.get(names.key(row.values["scheme"]))
        if row.about is None:
            raise Wrong("scheme", f"没有名为“{row.values['scheme']}”、还可以改的考评办法，请先建立或者另立一版。")
        return self.items.get(self.identity(row))

    def identity(self, row):
        return row.about.pk if row.about else row.values["scheme"], names.key(row.values["title"])

    def recorded(self, item):
        return {"scheme": item.scheme.name, "title": item.title} | {name: getattr(item, name) for name in PARTS}

    def wanted(self, row):
        return {name: value for name, value in row.values.items() if name in PARTS}

    def check(self, row):
        if row.original is None and row.wanted.get("full") is None:
            yield "full", "新的项目须填满分。"

    def label(self, row):
        return row.values["title"]

    def create(self, row, by, note):
        values = {"title": row.values["title"], "way": SchemeItem.Way.HAND, "params": {}} | row.wanted
        write_item(row.about, by, **values)

    def change(self, row, by, note):
        write_item(row.about, by, item=row.original, **row.wanted)

    def remove(self, item, by, note):
        drop_item(item, by)
