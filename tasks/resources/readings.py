"""Monthly figures of indicators from a sheet: one row a figure, or one row an indicator with a column a month."""

import re
from datetime import date

from kit import clock
from kit.intake import Field, Row, Wrong
from kit.intake.cells import AmountCell, ChoiceCell, LineCell, TextCell
from kit.names import Named
from kit.numerals import arabic
from kit.quantities import Measure, plain
from tasks.actions.readings import record_reading, withdraw_reading
from tasks.models import Reading, SourceKind
from tasks.resources.plan_kind import PlanKind

MONTH = re.compile(r"^(?:(\d{4})[年\-/.])?\s*(\d{1,2})(?:月份?)?(?:[\-/.]\d{1,2})?$")


class MonthCell(TextCell):
    """A month: 2015年10月, 2015-10, 10月; its first day."""

    empty = None

    def __init__(self, months):
        super().__init__()
        self.months = months

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, date):
            return date(value.year, value.month, 1)
        text = arabic(plain(super().clean(value)))
        if isinstance(value, float) and text.endswith(".1"):
            raise ValueError(f"“{text}”是1月还是10月？请写成{text[:4]}年1月或{text[:4]}年10月。")
        match = MONTH.match(text)
        if not match or not 1 <= int(match[2]) <= 12:
            raise ValueError("不是月份，请写成2015年10月的样子。")
        year, month = match[1] and int(match[1]), int(match[2])
        found = [each for each in self.months if each.month == month and (year is None or each.year == year)]
        if len(found) != 1:
            raise ValueError("这个月份不在方案期间内，请写明年份，例如2015年10月。")
        return found[0]

    def render(self, value, obj=None, **kwargs):
        return f"{value.year}年{value.month}月" if value else ""


class Readings(PlanKind):
    """The figures of a plan's indicators, month by month."""

    key = "readings"
    title = "指标月度数据"
    about = "各项指标逐月的数值和来源；也可以每月一列，导入“指标进度”页面导出的表。"
    order = 70
    columns = (
        Field("name", "指标", LineCell(60), "指标名称 考核指标", key=True, width=30, example="固定资产投资"),
        Field("month", "月份", MonthCell(()), "统计月份 时间", apart=True, width=14, example="2015年10月"),
        Field(
            "value", "数值", AmountCell(), "当月数 本月数 完成数 实际数 本月完成", width=14, kind="number", example=8.5
        ),
        Field("measure", "计量单位", LineCell(20), "单位", offered=False),
        Field(
            "kind", "口径", ChoiceCell(SourceKind.choices), "来源类别 数据口径 正式口径", width=14, example="统计部门"
        ),
        Field("source", "数据来源", LineCell(80), "来源 数据出处", width=30, example="县某某局10月月报"),
    )
    foot = (
        "说明：按指标名称、月份和口径对应，只填各月自己的数，累计由系统计算；没有口径一列的按正式口径（由项目汇总的按责任单位上报）。"
        "新填或改动的数须写数据来源。示例行请删去。",
    )

    def __init__(self, plan=None):
        super().__init__(plan)
        months = plan.months if plan else []
        self.fields["month"].widget = MonthCell(months)
        self.fields |= {field.name: field for field in map(_month_field, months)}

    def prepare(self):
        self.indicators = Named({each.name: each for each in self.plan.indicators.select_related("plan")})
        readings = Reading.objects.filter(indicator__plan=self.plan).select_related("indicator__plan")
        self.stored = list(readings.order_by("indicator__order", "month", "kind"))
        self.by_month = {(each.indicator_id, each.month, each.kind): each for each in self.stored}

    def on_record(self):
        return self.stored

    def unfold(self, rows):
        """A row with a column a month is as many rows as it has figures."""
        columns, found = self.layout.columns, []
        months = self.fields["month"].widget
        wide = {name: months.render(_month_of(name)) for name in columns if name.startswith("m2")}
        for row in rows:
            base = {name: value for name, value in row.cells.items() if name not in wide}
            if not wide:
                found.append(row)
            for name, month in wide.items():
                if not self.fields["value"].widget.is_blank(row.cells.get(name)):
                    cells = base | {"month": month, "value": row.cells[name]}
                    places = {"value": columns[name], "month": columns[name]}
                    found.append(Row(row.number, cells, row.section, month, notes=list(row.notes), places=places))
        return found

    def find(self, row):
        row.about = self.indicators.get(row.values["name"])
        if row.about is None:
            raise Wrong("name", f"方案中没有名为“{row.values['name']}”的指标，请核对名称或先导入指标。")
        for name in ("month", "value"):
            if row.values.get(name) is None:
                raise Wrong(name, f"请填写{self.field_title(name)}。")
        if row.about.is_computed(self._kind(row)):
            raise Wrong("kind", "“项目汇总”的数由重点项目台账计算，不用导入。")
        return self.by_month.get(self.identity(row))

    def identity(self, row):
        return row.about.pk, row.values["month"], self._kind(row)

    def _kind(self, row):
        """The source the row names; else the official one, or the unit's where the register computes that."""
        official = row.about.official
        return row.values.get("kind") or (SourceKind.UNIT if row.about.is_computed(official) else official)

    def key_of(self, row):
        return {name: self.words(name, value) for name, value in self._key(row).items()}

    def _key(self, row):
        return {name: row.values[name] for name in ("name", "month", "kind") if name in row.values}

    def recall(self, row):
        row.about = self.indicators.get(row.values["name"])
        return self.by_month.get(self.identity(row)) if row.about else None

    def recorded(self, reading):
        values = {name: getattr(reading, name) for name in ("month", "value", "kind", "source")}
        return {"name": reading.indicator.name} | values

    def wanted(self, row):
        wanted = {name: row.values[name] for name in ("kind", "source") if name in row.values}
        return {"value": self._value(row)} | wanted

    def _value(self, row):
        """The figure in its indicator's measure; the row may say the one it is written in."""
        value, said = row.values["value"], row.values.get("measure", "")
        if value.bound:
            raise Wrong("value", f"“{value.text}”不是实际完成的数，请填一个数。")
        if not value.measure and Measure.of(said).is_known:
            row.values["value"] = value._replace(measure=said, text=value.text + said)
        return self.figure(row, "value", row.about.unit_of_measure)

    def check(self, row):
        if row.values["month"] > clock.today():
            yield "month", "只能填已经开始的月份。"
        differs = row.original is None or row.original.value != row.wanted["value"]
        if differs and not row.wanted.get("source"):
            yield "source", "新填或改动的数须写数据来源，请在表中加“数据来源”一列。"

    def label(self, row):
        return f"{row.values['name']} {self.words('month', row.values['month'])}"

    def create(self, row, by, note):
        source = row.wanted.get("source") or row.original.source
        value = row.wanted.get("value", row.original.value if row.original else None)
        record_reading(row.about, row.values["month"], by, value=value, source=source, kind=self._kind(row), note=note)

    change = create

    def remove(self, reading, by, note):
        withdraw_reading(reading, by, note=note)


def _month_field(month):
    year = f"{month.year}年"
    numeral = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][month.month - 1]
    names = [
        f"{number}月{end}"
        for number in (month.month, numeral)
        for end in ("", "份", "数", "完成", "完成数", "完成情况")
    ]
    words = (*names[1:], f"{year}{month.month}月", f"{year}各月{month.month}月", f"{month:%Y-%m-%d}", f"{month:%Y-%m}")
    return Field(f"m{month:%Y-%m}", f"{month.month}月", TextCell(), " ".join(words), offered=False)


def _month_of(name):
    return date.fromisoformat(f"{name[1:]}-01")
