"""The official sheets: plain values in, what the office signs out."""

from itertools import groupby

from kit.deadlines import month_words
from kit.sheets import Cell, Head, SectionRow, Sheet
from reports.fields import ENTRY
from reports.remarks import columns as remark_columns
from tasks.lights import chinese_day

SIGNATURES = ("填表人：", "审核人：", "负责人：")

BREAKDOWN_HEADS = (
    Head("编号", 7),
    Head("任务内容", 62),
    Head("牵头单位", 16, group="责任单位"),
    Head("配合单位", 24, group="责任单位"),
    Head("完成时限", 12, "date"),
    Head("时间节点", 26),
    Head("备注", 10),
)

PROGRESS_HEADS = (
    Head("编号", 6),
    Head("任务内容", 40),
    Head("牵头单位", 13, group="责任单位"),
    Head("配合单位", 15, group="责任单位"),
    Head("灯色", 8, group="推进情况"),
    Head("累计完成度", 11, "percent", group="推进情况"),
    Head("本月进展", 40, group="报送内容"),
)


def progress_heads():
    """What every field without a place of its own says stands beside the progress."""
    kinds = [(each, each.checks.get("kind", "text")) for each in ENTRY.further]
    further = [Head(each.label, each.width + 5, kind, "报送内容") for each, kind in kinds]
    return (*PROGRESS_HEADS, *further, Head("未审定单位", 14))


def _with_sections(lines, cells):
    for section, group in groupby(lines, key=lambda line: line.section):
        if section:
            yield SectionRow(section)
        for line in group:
            yield cells(line)


TRACE_HEADS = (
    Head("时间", 17, "datetime"),
    Head("类别", 7),
    Head("对象", 34),
    Head("经办人", 18),
    Head("事项", 16),
    Head("变动", 46),
    Head("说明", 40),
)


def trace_sheet(title, office, rows):
    """``rows`` are (moment, kind, subject, actor, verb, changes in words, note)."""
    return Sheet(name="操作记录", title=title, columns=TRACE_HEADS, rows=rows, left_note=f"主管办公室：{office}")


READING_HEADS = (
    Head("指标", 34),
    Head("目标", 22),
    Head("责任单位", 18),
    Head("累计方式", 14),
    Head("月份", 9),
    Head("数值", 14, "number"),
    Head("计量单位", 10),
    Head("数据来源", 26),
    Head("口径", 20),
    Head("填写时间", 17, "datetime"),
)


def readings_sheet(title, office, day, rows):
    notes = {"left_note": f"主管办公室：{office}", "right_note": f"统计截止：{chinese_day(day)}"}
    return Sheet(name="指标月度数据", title=title, columns=READING_HEADS, rows=rows, **notes)


def breakdown_sheet(title, office, day, lines):
    """``lines`` are dashboard.ledgers.Breakdown. Standards have a column where any are stated."""
    lines = list(lines)
    stated = any(line.standard for line in lines)
    standard = (Head("工作标准", 40),) if stated else ()
    return Sheet(
        name="任务分解表",
        title=title,
        columns=(*BREAKDOWN_HEADS[:2], *standard, *BREAKDOWN_HEADS[2:]),
        rows=_with_sections(lines, lambda line: _breakdown_cells(line, stated)),
        left_note=f"制表单位：{office}",
        right_note=f"制表日期：{chinese_day(day)}",
        foot=(SIGNATURES,),
    )


def _breakdown_cells(line, stated):
    standard = (line.standard,) if stated else ()
    units = (line.lead, line.supports)
    return (line.number, line.text, *standard, *units, line.due_on, line.milestones, line.origin)


def progress_sheet(title, office, day, lines, remarks=None):
    """``lines`` are dashboard.ledgers.Progress.

    ``remarks``, {number: (to the leading unit, to the others)}, adds the two columns in which the office corrects them.
    """
    further = () if remarks is None else remark_columns()
    return Sheet(
        name="月度进展汇总表",
        title=title,
        columns=(*progress_heads(), *further),
        rows=_with_sections(lines, lambda line: (*_progress_cells(line), *(remarks or {}).get(line.number, ()))),
        left_note=f"填报单位：{office}",
        right_note=f"统计截止：{chinese_day(day)}",
        foot=("说明：本表只列审核通过的报送内容；尚未报送、待审核或退回的单位列在“未审定单位”栏。", SIGNATURES),
    )


def _progress_cells(line):
    light = Cell(line.light.label, line.light.tone)
    return (
        line.number,
        line.text,
        line.lead,
        line.supports,
        light,
        line.progress,
        line.done,
        *line.further.values(),
        line.filed,
    )


def filing_sheet(title, office, day, months, rows, totals):
    """One row a unit, one column a month, counts and rates.

    ``rows`` are (name, group, tasks, [(word, tone) per month], due, on time, late, missing, lapsed, exempt, filed %,
    on time %).
    """
    heads = (
        Head("序号", 6, "number"),
        Head("责任单位", 18),
        Head("同类组", 12),
        Head("任务数", 7, "number"),
        *(Head(month_words(month, months), 7, group="各月报送情况") for month in months),
        Head("到期应报", 7, "number", group="合计"),
        Head("按时", 7, "number", group="合计"),
        Head("迟报", 7, "number", group="合计"),
        Head("缺报", 7, "number", group="合计"),
        Head("退回未重报", 8, "number", group="合计"),
        Head("免报", 7, "number", group="合计"),
        Head("报送率", 9, "percent", group="合计"),
        Head("按时率", 9, "percent", group="合计"),
    )
    return Sheet(
        name="报送情况统计表",
        title=title,
        columns=heads,
        rows=(_filing_cells(n, row) for n, row in enumerate(rows, 1)),
        left_note=f"统计单位：{office}",
        right_note=f"统计截止：{chinese_day(day)}",
        totals=(None, "合计", None, None, *(None for _ in months), *totals),
        foot=(
            "说明：按时、迟报以首次报送时间为准，退回重报不改变，退回后到期没有重报的单列；报送率、按时率以到期应报数为分母，免报和未到期的不计。",
            SIGNATURES,
        ),
    )


def _filing_cells(n, row):
    name, group, tasks, marks, *figures = row
    return (n, name, group, tasks, *(Cell(word, tone) for word, tone in marks), *figures)
