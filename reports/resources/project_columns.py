"""The columns of lists of key projects, in the words counties head them with, and how their cells are read."""

import re

from kit.intake import Field
from kit.intake.cells import AmountCell, DayCell, TextCell, as_text
from kit.intake.field import normal
from kit.names import tidy
from kit.numerals import arabic
from kit.quantities import plain
from tasks.models import Measure
from tasks.resources.plan_kind import DeadlineCell
from tasks.resources.readings import MonthCell
from units.resources.cells import UnitCell, UnitsCell, spellings

MARKED = re.compile(r"^[★☆▲△●◆■※*]+\s*")
MONTH = re.compile(r"(.*?)(?:(20\d{2})[年.\-/]?)?(?<!\d)(\d{1,2})月份?(.*)")
RUNS_ON = re.compile(r"[\d\-~至到、—和及]$")
DATED = re.compile(r"(20\d{2})-(\d{2})(?:-01.*)?")
PLANNED = re.compile(r"计划|安排|目标|力争|任务|拟")
DONE = re.compile(r"完成|实际|已|累计")
NO_AMOUNT = re.compile(r"形象|进度|节点|内容|%|占|比|率|说明|措施|问题|名称|单位|责任")
QUARTER = re.compile(r"(?:20\d{2}年)?第?([一二三四1234])季度?(?:目标|工作目标|阶段目标|节点|任务|安排)?")
STAGES = re.compile(r"阶段|目标|履约|节点|任务|进度|安排")
MONEY = re.compile(r"投资|资金")
WHOLE_COUNTY = re.compile(r"(?:全[县市区]|县城|[县市]城区|各乡镇.*|相关乡镇|有关乡镇|多个乡镇)")
PLACE_TAILS = ("", "管委会", "人民政府", "镇", "乡", "街道", "办事处")
MEASURES = {Measure.INVESTED: "万元", Measure.ARRIVED: "万元", Measure.LAND: "亩"}


LEADS = re.compile(r"[(（]?(?:牵头|主办)[)）]?$")
ROLE = re.compile(r"[(（]?(?:牵头|主办|配合|协办|协助)(?:单位)?[)）]?$")


def apart(text):
    """The names of a cell as they are commonly set apart: 甲乡/乙镇 is 甲乡、乙镇."""
    return re.sub(r"\s*[/／|｜+＋&]\s*", "、", text)


class ProjectName(TextCell):
    """A project's name without the mark before it and the line breaks in it."""

    def clean(self, value, row=None, **kwargs):
        name = tidy(MARKED.sub("", as_text(value)))
        super().clean(name)
        return name


class PeopleCell(TextCell):
    """One or several names."""

    empty = ()

    def clean(self, value, row=None, **kwargs):
        people = [re.sub(r"[(（].*?[)）]$", "", name).strip() for name in spellings(super().clean(value))]
        if too_long := [name for name in people if len(name) > 40]:
            raise ValueError(f"“{too_long[0]}”不像人名，请只写姓名，几个人用顿号隔开。")
        return tuple(people)

    def is_blank(self, value):
        return plain(as_text(value)) in ("", "/", "-", "--", "无")


class PlacesCell(UnitsCell):
    """Townships, also by what people call them for short: 经开区 is 经开区管委会 where no other unit is called so."""

    def clean(self, value, row=None, **kwargs):
        text = TextCell.clean(self, value)
        return () if WHOLE_COUNTY.fullmatch(plain(text)) else tuple(dict.fromkeys(super().clean(apart(text))))

    def is_blank(self, value):
        return plain(as_text(value)) in ("", "/", "-", "--", "无")

    def find(self, name):
        if unit := self.directory and next(
            filter(None, (self.directory.get(name + tail) for tail in PLACE_TAILS)), None
        ):
            return unit
        if village := re.fullmatch(r"(.{2,6}?[乡镇])(.{1,12}[村组社区])", tidy(name)):
            return self.find(village[1])
        return super().find(name)


class LedCell(UnitsCell):
    """Units of which the first leads, or the one that is said to: 县城管局、县住建局（牵头）."""

    def clean(self, value, row=None, **kwargs):
        names = spellings(apart(TextCell.clean(self, value)))
        names = sorted(names, key=lambda name: not LEADS.search(name))
        return tuple(dict.fromkeys(super().clean("、".join(ROLE.sub("", name) for name in names))))

    def is_blank(self, value):
        return plain(as_text(value)) in ("", "/", "-", "--", "无")


class MonthEndCell(DeadlineCell):
    """A month in which something is planned, as the last day of it: 2015年3月, 2015.3, 3月底."""

    def clean(self, value, row=None, **kwargs):
        text = plain(as_text(value))
        if re.fullmatch(r"20\d{2}", text) or re.search(r"五[\"”]?(?:期间|规划|时期)|十[一二三四五]五", text):
            raise ValueError(f"“{as_text(value)}”没有写明月份，请写成2015年3月的样子，或选“这一格不导入”。")
        return super().clean(value)


class StageCell(TextCell):
    """What a contract has to have reached by the end of a quarter, in words."""

    def clean(self, value, row=None, **kwargs):
        text = " ".join(super().clean(value).split())
        if re.fullmatch(r"[\d.,]+", plain(text)):
            raise ValueError("这里应为阶段目标的文字；按季度写的投资，请改为按月写。")
        return text

    def is_blank(self, value):
        return plain(as_text(value)) in ("", "/", "-", "--", "无")


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


def columns(plan):
    """The fields of a list of ``plan``'s projects."""
    year = plan.year if plan else 0
    months = plan.months if plan else []
    return (
        *_who_and_what(year),
        *_money(year),
        *(month_field(plan, measure, month) for measure in MEASURES for month in months),
        *_days_and_people(year),
        *(quarter_field(number) for number in (1, 2, 3, 4)),
        Field("month", "月份", MonthCell(months), ("计划月份",), apart=True, offered=False),
        Field(
            "month_plan",
            "当月计划投资",
            AmountCell(),
            ("月计划投资", "月计划投资额", "本月计划投资", "本月计划投资额", "当月计划投资额", "当月计划", "本月计划"),
            offered=False,
        ),
        Field("stage_unit", "履约责任单位", UnitCell(), offered=False),
    )


def _who_and_what(year):
    return (
        Field("code", "编号", TextCell(20), ("项目编号", "项目编码", "编码", "项目代码"), width=8),
        Field("printed_number", "序号", TextCell(20), ordinal=True, width=6, example="1"),
        Field(
            "name",
            "项目名称",
            ProjectName(120),
            (
                "重点项目名称",
                "建设项目名称",
                "工程名称",
                "项目名称(标段)",
                "签约项目名称",
                "招商项目名称",
                "合同项目名称",
            ),
            key=True,
            width=28,
            example="某某公路改扩建工程",
        ),
        Field("klass", "类别", TextCell(40), ("项目类别", "项目分类", "重点项目类别"), width=10, example="新开工"),
        Field("sector", "行业", TextCell(20), ("行业类别", "所属行业", "产业类别", "行业分类"), width=10),
        Field("labels", "标签", PeopleCell(120), ("重点级别", "省级或市级重点项目", "省市重点", "项目级别"), width=12),
        Field("nature", "建设性质", TextCell(20), ("项目性质", "性质"), width=8),
        Field(
            "places",
            "建设地点",
            PlacesCell(),
            (
                "项目建设地点",
                "建设地址",
                "项目地点",
                "所在乡镇",
                "所属乡镇",
                "项目所在地",
                "属地",
                "地点",
                "建设地点(乡镇)",
            ),
            width=12,
        ),
        Field(
            "content",
            "建设规模和内容",
            TextCell(2000),
            (
                "建设内容及规模",
                "建设规模及内容",
                "建设内容和规模",
                "主要建设内容及规模",
                "主要建设规模及内容",
                "项目建设规模和内容",
                "项目建设内容及规模",
                "主要建设内容",
                "建设内容",
                "建设规模",
                "项目内容",
                "规模及内容",
                "工程内容",
            ),
            width=36,
        ),
        Field(
            "years",
            "建设年限",
            TextCell(40),
            ("建设起止年限", "建设起止时间", "起止年限", "起止时间", "建设期限", "建设周期", "建设工期", "建设时间"),
            width=12,
        ),
        Field(
            "owner",
            "业主单位",
            TextCell(120),
            (
                "项目业主单位",
                "项目业主",
                "业主",
                "业主名称",
                "项目业主单位单位名称",
                "建设单位",
                "项目单位",
                "项目法人",
                "实施单位",
                "业主单位或筹办单位",
                "业主法人(责任)单位",
            ),
            width=20,
        ),
        Field("funding", "资金来源", TextCell(200), ("资金筹措", "资金来源及构成", "筹资渠道", "资金渠道"), width=16),
    )


def _money(year):
    return (
        Field(
            "total",
            "总投资（万元）",
            AmountCell(),
            (
                "总投资",
                "项目总投资",
                "总投资额",
                "项目总投资额",
                "投资总额",
                "计划总投资",
                "估算总投资",
                "概算总投资",
                "估算投资",
                "投资估算",
                "项目预估总投资",
                "投资规模",
            ),
            summed=True,
            kind="number",
        ),
        Field(
            "before",
            "上年末累计投资（万元）",
            AmountCell(),
            (
                "上年末累计投资",
                "至年底累计完成投资",
                "截至年底累计完成投资",
                "截止年底累计完成投资",
                "到年底累计完成投资",
                "年底累计完成投资",
                "年底前累计完成投资",
                "至年底累计完成投资额",
                "至年底完成投资",
                "截至年底已完成投资",
                "至年末累计完成投资",
                "至上年底累计完成投资",
                "截至上年底累计完成投资",
                "至上年末累计完成投资",
                "开工至上年底累计完成投资",
                "开工至上一年度底累计完成投资",
                "开工至上年度底累计完成投资",
                "上年累计完成投资",
                "上年底累计完成投资",
                "上年累计",
                "累计完成投资",
                "开工累计完成投资",
                "累计投资",
                "已累计完成投资",
            ),
            year=year - 1 if year else 0,
            summed=True,
            kind="number",
        ),
        Field(
            "year_plan",
            "年度计划投资（万元）",
            AmountCell(),
            (
                "年度计划投资",
                "年计划投资",
                "年度投资计划",
                "年投资计划",
                "年度计划投资额",
                "年计划投资额",
                "年工作计划投资",
                "年度工作计划投资",
                "本年计划投资",
                "本年度计划投资",
                "当年计划投资",
                "今年计划投资",
                "年计划完成投资",
                "年度计划完成投资",
                "年度计划",
                "计划投资",
                "计划投资额",
                "年计划",
                "投资计划",
            ),
            year=year,
            summed=True,
            kind="number",
        ),
        Field(
            "goal_words",
            "年度目标",
            TextCell(300),
            (
                "年目标",
                "年度工作目标",
                "年工作目标",
                "年度建设目标",
                "年建设目标",
                "年度形象进度目标",
                "年形象进度目标",
                "年形象进度",
                "年度主要建设内容",
                "年主要建设内容",
                "年工作主要建设内容",
                "年建设内容",
                "年度建设内容",
                "工作目标",
                "全年目标",
                "年度目标任务",
            ),
            year=year,
            width=20,
        ),
    )


def _days_and_people(year):
    return (
        Field(
            "start_on",
            "拟开工时间",
            MonthEndCell(),
            ("计划开工时间", "开工时间", "预计开工时间", "开工日期", "计划开工日期", "计划开工"),
            kind="date",
        ),
        Field(
            "finish_on",
            "拟竣工时间",
            MonthEndCell(),
            (
                "计划竣工时间",
                "竣工时间",
                "预计竣工时间",
                "竣工日期",
                "计划完工时间",
                "计划建成时间",
                "竣工投产时间",
                "完工时间",
            ),
            kind="date",
        ),
        Field(
            "units",
            "服务单位",
            LedCell(),
            (
                "服务责任单位",
                "服务单位单位名称",
                "服务责任单位单位名称",
                "责任单位",
                "责任单位责任单位",
                "责任单位单位名称",
                "牵头责任单位",
                "牵头单位",
                "挂钩责任单位单位名称",
                "挂钩责任单位",
                "市或县挂钩责任单位单位名称",
                "服务部门",
                "责任部门",
                "主管单位",
                "主管部门",
                "包保单位",
            ),
            width=16,
        ),
        Field("helpers", "协助单位", LedCell(), ("配合责任单位", "配合单位", "协办单位", "协助责任单位"), width=14),
        Field(
            "leaders",
            "县级领导",
            PeopleCell(120),
            (
                "联系县级领导",
                "联系领导",
                "联系县领导",
                "挂钩领导",
                "挂点领导",
                "项目挂点领导",
                "市或县挂钩领导",
                "挂钩县领导",
                "挂钩领导县领导",
                "责任领导",
                "包联领导",
                "包保领导",
                "县领导",
            ),
        ),
        Field("envoys", "特派员", PeopleCell(120), ("项目特派员", "服务特派员")),
        Field("aides", "协办员", PeopleCell(200), ("项目协办员",)),
        Field(
            "contacts",
            "业主联系人",
            PeopleCell(120),
            ("项目业主单位联系人", "业主单位联系人", "业主联系人姓名", "项目业主单位负责人"),
            offered=False,
        ),
        Field(
            "signed_on",
            "签约时间",
            DayCell(),
            ("签约日期", "合同签订时间", "签订合同时间", "签订时间"),
            offered=False,
            kind="date",
        ),
        Field(
            "contract_sum",
            "合同总投资",
            AmountCell(),
            ("合同金额", "合同投资额", "合同总额", "合同投资总额", "合同资金", "签约金额", "签约总投资"),
            summed=True,
            offered=False,
        ),
        Field(
            "contract_land",
            "用地面积",
            AmountCell(),
            ("合同用地", "合同用地面积", "项目用地", "用地", "需用地", "用地规模"),
            summed=True,
            offered=False,
        ),
        Field(
            "investor",
            "投资方",
            TextCell(120),
            ("投资商", "投资单位", "投资主体", "客商名称", "投资企业"),
            offered=False,
        ),
    )
