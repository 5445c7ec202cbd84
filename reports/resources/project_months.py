"""Columns of lists of key projects that name a month or a quarter: which one, of what, planned or done."""

import re

from kit.intake import Field
from kit.intake.cells import AmountCell
from kit.intake.field import normal
from kit.numerals import arabic
from reports.resources.project_cells import StageCell
from tasks.models import Measure

MONTH = re.compile(r"(.*?)(?:(20\d{2})[年.\-/]?)?(?<!\d)(\d{1,2})月份?(.*)")
RUNS_ON = re.compile(r"[\d\-~至到、—和及]$")
DATED = re.compile(r"(20\d{2})-(\d{2})(?:-01.*)?")
PLANNED = re.compile(r"计划|安排|目标|力争|任务|拟")
DONE = re.compile(r"完成|实际|已|累计")
NO_AMOUNT = re.compile(r"形象|进度|节点|内容|%|占|比|率|说明|措施|问题|名称|单位|责任")
QUARTER = re.compile(r"(?:20\d{2}年)?第?([一二三四1234])季度?(?:目标|工作目标|阶段目标|节点|任务|安排)?")
STAGES = re.compile(r"阶段|目标|履约|节点|任务|进度|安排")
MONEY = re.compile(r"投资|资金")
MEASURES = {Measure.INVESTED: "万元", Measure.ARRIVED: "万元", Measure.LAND: "亩"}


def months_of(parts):
    """(year or None, month, what else the heads say) of a column's heads, or None where they name no single month."""
    for place in (len(parts) - 1, len(parts) - 2):
        if place < 0:
            continue
        text = arabic(normal(parts[place]).replace("元月", "1月"))
        found, dated = MONTH.fullmatch(text), DATED.fullmatch(" ".join(str(parts[place]).split())[:10])
        rest = "".join(parts[:place] + parts[place + 1 :])
        if dated:
            return int(dated[1]), int(dated[2]), rest
        if found and _is_month(found):
            year = found[2] or next(iter(re.findall(r"20\d{2}", rest)), None)
            return year and int(year), int(found[3]), rest + found[1] + found[4]
        if re.fullmatch(r"1[0-2]|[1-9]", text) and re.search(r"分?月", rest):
            return None, int(text), rest
    return None


def _is_month(found):
    """One month, no run of several and no end of one: 1-3月, 3月底."""
    before, after = RUNS_ON.search(found[1]), re.match(r"[\-~至到、—和及\d]|底|末", found[4])
    return 1 <= int(found[3]) <= 12 and not before and not after and not re.search(r"\d月", found[1] + found[4])


def measure_of(words, is_plan):
    """What a month's column counts by the words of its heads, or None where it is no plan."""
    said = normal(words)
    if NO_AMOUNT.search(re.sub(r"[(].*?[)]", "", said)):
        return None
    if DONE.search(said) and not PLANNED.search(said) and not is_plan:
        return None
    if re.search(r"交地|供地|征地|用地|土地", said):
        return Measure.LAND
    return Measure.ARRIVED if "到位" in said else Measure.INVESTED


def month_field(plan, measure, month):
    """The column of what is planned of one measure in one month."""

    def fits(parts):
        found = months_of(parts)
        if not found or found[1] != month.month or found[0] not in (None, month.year):
            return False
        return (found[0] is not None or month.year == plan.year) and measure_of(found[2], False) == measure

    head, group = f"{month.month}月", f"分月{'计划投资' if measure == Measure.INVESTED else Measure(measure).label[:4]}"
    unit = MEASURES[measure]
    is_ours = measure == Measure.INVESTED
    return Field(
        month_name(measure, month),
        head,
        AmountCell(),
        group=f"{group}（{unit}）",
        joined=True,
        fits=fits,
        summed=True,
        offered=is_ours,
        width=8,
        kind="number",
    )


def month_name(measure, month):
    return f"{measure}{month:%Y-%m}"


def quarter_field(number):
    def fits(parts):
        found = QUARTER.fullmatch(arabic(normal(parts[-1])) if "季" in parts[-1] else "")
        others = "".join(parts)
        return bool(found) and found[1] == str(number) and bool(STAGES.search(others)) and not MONEY.search(others)

    head = f"{'一二三四'[number - 1]}季度"
    return Field(f"q{number}", head, StageCell(80), group="履约阶段目标", joined=True, fits=fits, offered=False)
