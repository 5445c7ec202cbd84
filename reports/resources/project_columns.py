"""The columns of lists of key projects, in the words counties head them with."""

from kit.intake import Field
from kit.intake.cells import AmountCell, DayCell, LineCell, TextCell
from reports.resources.project_cells import LedCell, MonthEndCell, PeopleCell, PlacesCell, ProjectName
from reports.resources.project_months import MEASURES, month_field, quarter_field
from reports.resources.project_spans import SPANS, span_field
from tasks.resources.readings import MonthCell
from units.resources.cells import UnitCell

# Other headings that real tables give a column, the most telling first.
WORDS = {
    "code": "项目编号 项目编码 编码 项目代码",
    "printed_number": "",
    "name": "重点项目名称 建设项目名称 工程名称 项目名称(标段) 签约项目名称 招商项目名称 合同项目名称",
    "klass": "项目类别 项目分类 重点项目类别",
    "sector": "行业类别 所属行业 产业类别 行业分类",
    "labels": "重点级别 省级或市级重点项目 省市重点 项目级别",
    "nature": "项目性质 性质",
    "places": "项目建设地点 建设地址 项目地点 所在乡镇 所属乡镇 项目所在地 属地 地点 建设地点(乡镇)",
    "content": (
        "建设内容及规模 建设规模及内容 建设内容和规模 主要建设内容及规模 主要建设规模及内容 "
        "项目建设规模和内容 项目建设内容及规模 主要建设内容 建设内容 建设规模 项目内容 规模及内容 工程内容"
    ),
    "years": "建设起止年限 建设起止时间 起止年限 起止时间 建设期限 建设周期 建设工期 建设时间",
    "owner": "项目业主单位 项目业主 业主 业主名称 项目业主单位单位名称 建设单位 项目单位 项目法人 实施单位 业主单位或筹办单位 业主法人(责任)单位",
    "funding": "资金筹措 资金来源及构成 筹资渠道 资金渠道",
    "total": "总投资 项目总投资 总投资额 项目总投资额 投资总额 计划总投资 估算总投资 概算总投资 估算投资 投资估算 项目预估总投资 投资规模",
    "before": (
        "上年末累计投资 至年底累计完成投资 截至年底累计完成投资 截止年底累计完成投资 到年底累计完成投资 "
        "年底累计完成投资 年底前累计完成投资 至年底累计完成投资额 至年底完成投资 截至年底已完成投资 "
        "至年末累计完成投资 至上年底累计完成投资 截至上年底累计完成投资 至上年末累计完成投资 "
        "开工至上年底累计完成投资 开工至上一年度底累计完成投资 开工至上年度底累计完成投资 上年累计完成投资 "
        "上年底累计完成投资 上年累计 累计完成投资 开工累计完成投资 累计投资 已累计完成投资"
    ),
    "year_plan": (
        "年度计划投资 年计划投资 年度投资计划 年投资计划 年度计划投资额 年计划投资额 年工作计划投资 "
        "年度工作计划投资 本年计划投资 本年度计划投资 当年计划投资 今年计划投资 年计划完成投资 "
        "年度计划完成投资 年度计划 计划投资 计划投资额 年计划 投资计划"
    ),
    "goal_words": (
        "年目标 年度工作目标 年工作目标 年度建设目标 年建设目标 年度形象进度目标 年形象进度目标 年形象进度 "
        "年度主要建设内容 年主要建设内容 年工作主要建设内容 年建设内容 年度建设内容 工作目标 全年目标 "
        "年度目标任务"
    ),
    "start_on": "计划开工时间 开工时间 预计开工时间 开工日期 计划开工日期 计划开工",
    "finish_on": "计划竣工时间 竣工时间 预计竣工时间 竣工日期 计划完工时间 计划建成时间 竣工投产时间 完工时间",
    "units": (
        "服务责任单位 服务单位单位名称 服务责任单位单位名称 责任单位 责任单位责任单位 责任单位单位名称 "
        "牵头责任单位 牵头单位 挂钩责任单位单位名称 挂钩责任单位 市或县挂钩责任单位单位名称 服务部门 "
        "责任部门 主管单位 主管部门 包保单位"
    ),
    "helpers": "配合责任单位 配合单位 协办单位 协助责任单位",
    "leaders": (
        "联系县级领导 联系领导 联系县领导 挂钩领导 挂点领导 项目挂点领导 市或县挂钩领导 挂钩县领导 "
        "挂钩领导县领导 责任领导 包联领导 包保领导 县领导"
    ),
    "envoys": "项目特派员 服务特派员",
    "aides": "项目协办员",
    "contacts": "项目业主单位联系人 业主单位联系人 业主联系人姓名 项目业主单位负责人",
    "signed_on": "签约日期 合同签订时间 签订合同时间 签订时间",
    "contract_sum": "合同金额 合同投资额 合同总额 合同投资总额 合同资金 签约金额 签约总投资",
    "contract_land": "合同用地 合同用地面积 项目用地 用地 需用地 用地规模",
    "investor": "投资商 投资单位 投资主体 客商名称 投资企业",
    "month": "计划月份",
    "month_plan": "月计划投资 月计划投资额 本月计划投资 本月计划投资额 当月计划投资额 当月计划 本月计划",
}


def _field(name, head, widget, **more):
    return Field(name, head, widget, WORDS[name], **more)


def columns(plan):
    """The fields of a list of ``plan``'s projects."""
    year = plan.year if plan else 0
    months = plan.months if plan else []
    return (
        *_who_and_what(),
        *_money(year),
        *(month_field(plan, measure, month) for measure in MEASURES for month in months),
        *(span_field(plan, measure, span) for measure in MEASURES for span in (SPANS if plan else ())),
        *_days(),
        *_people(),
        *_contract(),
        *(quarter_field(number) for number in (1, 2, 3, 4)),
        _field("month", "月份", MonthCell(months), apart=True, offered=False),
        _field("month_plan", "当月计划投资", AmountCell(), offered=False),
        Field("stage_unit", "履约责任单位", UnitCell(), offered=False),
    )


def _who_and_what():
    return (
        _field("code", "编号", LineCell(20), width=8),
        _field("printed_number", "序号", LineCell(20), ordinal=True, width=6, example="1"),
        _field("name", "项目名称", ProjectName(120), key=True, width=28, example="某某公路改扩建工程"),
        _field("klass", "类别", LineCell(40), width=10, example="新开工"),
        _field("sector", "行业", LineCell(20), width=10),
        _field("labels", "标签", PeopleCell(120), width=12),
        _field("nature", "建设性质", LineCell(20), width=8),
        _field("places", "建设地点", PlacesCell(), width=12),
        _field("content", "建设规模和内容", TextCell(2000), width=36),
        _field("years", "建设年限", LineCell(40), width=12),
        _field("owner", "业主单位", LineCell(120), width=20),
        _field("funding", "资金来源", LineCell(200), width=16),
    )


def _money(year):
    return (
        _field("total", "总投资（万元）", AmountCell(), summed=True, kind="number"),
        _field(
            "before", "上年末累计投资（万元）", AmountCell(), year=year - 1 if year else 0, summed=True, kind="number"
        ),
        _field("year_plan", "年度计划投资（万元）", AmountCell(), year=year, summed=True, kind="number"),
        _field("goal_words", "年度目标", LineCell(300), year=year, width=20),
    )


def _days():
    return (
        _field("start_on", "拟开工时间", MonthEndCell(), kind="date"),
        _field("finish_on", "拟竣工时间", MonthEndCell(), kind="date"),
    )


def _people():
    return (
        _field("units", "服务单位", LedCell(), width=16),
        _field("helpers", "协助单位", LedCell(), width=14),
        _field("leaders", "县级领导", PeopleCell(120)),
        _field("envoys", "特派员", PeopleCell(120)),
        _field("aides", "协办员", PeopleCell(200)),
        _field("contacts", "业主联系人", PeopleCell(120), offered=False),
    )


def _contract():
    return (
        _field("signed_on", "签约时间", DayCell(), offered=False, kind="date"),
        _field("contract_sum", "合同总投资", AmountCell(), summed=True, offered=False),
        _field("contract_land", "用地面积", AmountCell(), summed=True, offered=False),
        _field("investor", "投资方", LineCell(120), offered=False),
    )
