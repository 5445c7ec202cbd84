"""A workbook of key projects as it is drawn: its tables, its rows put together, what it leaves open."""

import re
from dataclasses import replace

from kit.intake.cells import AmountCell, as_text
from kit.intake.field import normal
from kit.intake.row import Skipped
from kit.intake.source import cell_key, measure_key
from kit.quantities import is_nothing
from kit.sheets import value_at
from reports.resources.project_columns import columns
from reports.resources.project_months import MEASURES, measure_of, month_name, months_of
from reports.resources.project_rows import put_together
from reports.resources.project_spans import WAYS, needs_way, not_read, span_in
from tasks.resources.plan_kind import PlanKind

LAND = ("contract_land",)
REPORTS = re.compile(r"完成情况|进展情况|月报|旬报|通报|统计")
PLANS = re.compile(r"计划|目标|责任|安排")
COUNTED = re.compile(r"项目(?:个数|数量?)|^(?:个数|项数|数量)(?:[(（]|$)")
MONEY_UNITS = (("万元", "万元"), ("亿元", "亿元"), ("元", "元"))
PARTS, OWN, NOT = "parts", "own", "not"
CARD_ROWS = 8


class ProjectTables(PlanKind):
    """Where the tables of a county's list stand, and what has to be asked about them."""

    is_list = True
    widest = 120

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
