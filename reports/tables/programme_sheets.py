"""The official sheets of key projects: their columns as counties print them, of which an office takes those it wants."""

from kit.deadlines import month_words
from kit.sheets import Sheet, SumRow
from kit.tables import Column
from kit.tables.columns import choose
from reports.workbooks import SIGNATURES
from tasks.lights import chinese_day
from tasks.models import Milestone, ProjectClass, ProjectPerson

Kind, Role = Milestone.Kind, ProjectPerson.Role
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
COUNTED = (*"一二三四五六七八九十", "十一")


def _said(name, read, width=12, group="", head=None, *, optional=False):
    return Column(name, head or name, read, width=width, group=group, optional=optional)


def _sum(name, head, read, group="", *, optional=False, kind="number", width=11):
    """A column of money: ``read`` takes the Money of a line or of a sum."""
    return Column(name, head, lambda line: read(line.money), kind=kind, width=width, group=group, optional=optional)


def _project(name):
    return lambda line: getattr(line.project, name)


def _unit(line):
    return line.project.service_unit.name if line.project.service_unit else ""


def _units(line):
    supports = line.project.task.supports
    return "、".join(unit.name for unit in [line.project.service_unit, *supports] if unit)


def _places(line):
    return "、".join(place.name for place in line.project.places.all())


def _phones(role):
    return lambda line: "、".join(each.phone for each in line.people(role) if each.phone)


def _people(role):
    return lambda line: line.named(role)


def _owner(line):
    return "　".join(filter(None, (line.project.owner, line.named(Role.OWNER))))


def _day(kind):
    def read(line):
        node = line.day(kind)
        return f"{node.due_on.year}年{node.due_on.month}月" if node else ""

    return read


def _quarter(number):
    def read(line):
        return "；".join(each.title for each in line.nodes if (each.due_on.month + 2) // 3 == number)

    return read


def _nodes_left(month):
    def read(line):
        left = [each for each in line.nodes if each.due_on >= month and each.done_on is None]
        return "；".join(f"{each.due_on.month}月{each.title}" for each in left)

    return read


CODE = _said("code", lambda line: line.project.code, 8, head="编号", optional=True)
NUMBER = Column("number", "序号", lambda line: line.number, kind="number", width=6)
NAME = _said("name", lambda line: line.name, 26, head="项目名称")


def arrangement(listed):
    """附件3: what is built, its money by month, who answers."""
    year, group = listed.plan.year, f"{listed.plan.year}年分月计划投资"
    months = [
        _sum(
            f"m{month:%Y%m}", month_words(month, listed.plan.months), lambda money, m=month: money.planned.get(m), group
        )
        for month in listed.plan.months
        if month.year == year or month in listed.sums.planned
    ]
    return (
        NUMBER,
        NAME,
        _said("nature", _project("nature"), 9, head="建设性质"),
        _said("places", _places, 12, head="建设地点"),
        _said("content", _project("content"), 34, head="建设内容及规模"),
        _said("years", _project("years"), 11, head="建设年限"),
        _sum("total", "总投资", lambda money: money.total),
        _sum("before", f"至{year - 1}年底累计完成投资", lambda money: money.before),
        _sum("year", f"{year}年计划投资", lambda money: money.year),
        *months,
        _said("start", _day(Kind.START), 10, head="拟开工时间"),
        _said("complete", _day(Kind.COMPLETE), 10, head="拟竣工时间"),
        _said("goal", _project("goal_words"), 16, head="年度目标"),
        _said("funding", _project("funding"), 14, head="资金来源"),
        _said("owner", _project("owner"), 16, head="项目业主单位"),
        _said("unit", _units, 14, head="服务责任单位"),
        _said("envoy", _people(Role.ENVOY), 10, head="项目特派员"),
        _said("aide", _people(Role.AIDE), 10, head="项目协办员"),
        _said("leader", _people(Role.LEADER), 10, head="联系县级领导"),
        _said("note", lambda line: "", 8, head="备注"),
        CODE,
        _said("sector", lambda line: str(line.project.sector or ""), 9, head="行业", optional=True),
        _said(
            "labels",
            lambda line: "、".join(each.name for each in line.project.labels.all()),
            10,
            head="标签",
            optional=True,
        ),
    )


def contracts(listed):
    """附件4: contracts and the stages to be reached quarter by quarter."""
    return (
        NUMBER,
        NAME,
        Column("signed", "签约时间", lambda line: line.project.signed_on, kind="date", width=12),
        _sum("contract", "合同总投资", lambda money: money.contract),
        _said("investor", _project("investor"), 20, head="投资方"),
        _sum("contract_land", "用地面积", lambda money: money.contract_land),
        *(_said(f"q{n}", _quarter(n), 18, "履约阶段目标", word) for n, word in enumerate(QUARTERS, 1)),
        _said("unit", _unit, 14, head="牵头责任单位"),
        _said(
            "supports",
            lambda line: "、".join(unit.name for unit in line.project.task.supports),
            14,
            head="配合责任单位",
        ),
        _said("leader", _people(Role.LEADER), 11, head="责任领导"),
        _said("envoy", _people(Role.ENVOY), 11, head="责任人"),
        _said("note", lambda line: "", 8, head="备注"),
        CODE,
    )


def _until(listed):
    month = listed.month.month
    return "1月" if month == 1 else f"1-{month}月"


def completion(listed):
    """重点项目完成情况一览表: what was done up to the month against the year's plan."""
    year, until = listed.plan.year, _until(listed)
    group = f"{year}年实际完成情况"
    return (
        NUMBER,
        NAME,
        _sum("total", "总投资(万元)", lambda money: money.total),
        _sum("before", "开工至上一年度底累计完成投资", lambda money: money.before),
        _sum("year", f"{year}年计划投资(万元)", lambda money: money.year),
        _sum("done", f"{until}实际完成投资(万元)", lambda money: money.done, group),
        _sum("share", "完成投资占年计划%", lambda money: money.share, group, kind="percent"),
        _said("shape", lambda line: line.shape, 30, group, f"{until}实际形象进度"),
        _said("owner", _owner, 20, head="建设单位及责任人"),
        _said("unit", _unit, 14, head="服务责任单位"),
        _said("leader", _people(Role.LEADER), 11, head="挂点领导"),
        CODE,
        _sum("due", f"{until}计划投资(万元)", lambda money: money.due, optional=True),
        _sum("arrived", "资金到位(万元)", lambda money: money.arrived, optional=True),
        _sum("land", "交地(亩)", lambda money: money.land, optional=True),
        _said("envoy", _people(Role.ENVOY), 10, head="特派员", optional=True),
        _said("places", _places, 12, head="建设地点", optional=True),
        Column(
            "light",
            "灯色",
            lambda line: line.project.judgement(listed.day).light.label,
            tone=lambda line: line.project.judgement(listed.day).light.tone,
            width=8,
            optional=True,
        ),
    )


def _left_words(listed):
    left = sum(month > listed.month for month in listed.plan.months if month.year == listed.plan.year)
    return f"{f'后{COUNTED[left - 1]}个月' if left else ''}项目进度关键节点的安排"


def duties(listed):
    """目标责任制表: the year's goal, the nodes still to come, who answers with telephone."""
    year, until = listed.plan.year, _until(listed)
    owner, unit = "项目业主单位", "服务责任单位"
    return (
        NUMBER,
        NAME,
        _said("nature", _project("nature"), 9, head="项目性质"),
        _said("content", _project("content"), 32, head="建设内容及规模"),
        _said("years", _project("years"), 12, head="建设起止时间"),
        _sum("total", "总投资（万元）", lambda money: money.total),
        _sum("before", f"至{year - 1}年底累计完成投资（万元）", lambda money: money.before),
        _sum("year", f"{year}年计划投资（万元）", lambda money: money.year),
        _sum("done", f"{year}年{until}完成投资（万元）", lambda money: money.done),
        _said("nodes", _nodes_left(listed.month), 30, head=_left_words(listed)),
        _said("goal", _project("goal_words"), 16, head="年度目标"),
        _said("owner", _project("owner"), 16, owner, "业主名称"),
        _said("owner_person", _people(Role.OWNER), 9, owner, "联系人"),
        _said("owner_phone", _phones(Role.OWNER), 13, owner, "电话"),
        _said("unit", _unit, 14, unit, "单位名称"),
        _said("envoy", _people(Role.ENVOY), 9, unit, "特派员"),
        _said("aide", _people(Role.AIDE), 9, unit, "协办员"),
        _said("envoy_phone", _phones(Role.ENVOY), 13, unit, "电话"),
        _said("leader", _people(Role.LEADER), 10, head="挂钩县级领导"),
        CODE,
    )


def summary(listed, head):
    """Several projects a row: ``head`` is 行业 or 乡镇."""
    until = _until(listed)
    return (
        Column("name", head, lambda block: block.head, width=18),
        Column("count", "项目个数（项）", lambda block: block.count, kind="number", width=15),
        _sum("total", "总投资(万元)", lambda money: money.total, width=14),
        _sum("before", "开工至上一年度底累计完成投资", lambda money: money.before, width=16),
        _sum("year", "年度计划投资(万元)", lambda money: money.year, width=14),
        _sum("due", f"{until}计划投资(万元)", lambda money: money.due, width=16),
        _sum("done", f"{until}完成投资(万元)", lambda money: money.done, width=16),
        _sum("share", "完成投资占年计划(%)", lambda money: money.share, kind="percent", width=16),
    )


# name: (columns, classes listed, the sheet's name, its title after the plan's year)
LISTS = {
    "arrangement": (arrangement, tuple(ProjectClass), "重点建设项目工作安排", "重点建设项目工作安排表"),
    "contracts": (contracts, (ProjectClass.CONTRACTED,), "项目履约落地责任表", "项目履约落地责任表"),
    "completion": (completion, tuple(ProjectClass), "重点项目完成情况一览表", "重点项目计划完成情况一览表"),
    "duties": (duties, tuple(ProjectClass), "重点项目目标责任制表", "重点项目目标责任制表"),
}
SUMMARIES = {"sectors": "行业", "townships": "乡镇"}


def list_sheet(listed, name, params=None):
    make, classes, called, title = LISTS[name]
    columns = choose(make(listed), params)
    return Sheet(
        name=called,
        title=f"{listed.plan.year}年{_up_to(listed, name)}{title}",
        columns=columns,
        rows=_rows(listed.blocks(classes), columns),
        left_note=f"填报单位：{listed.plan.office.name}",
        right_note=f"{_as_of(listed)}　单位：万元{'、亩' if name == 'contracts' else ''}",
        foot=(SIGNATURES,),
        freeze_columns=2,
    )


def _up_to(listed, name):
    return _until(listed) if name == "completion" else ""


def _as_of(listed):
    return f"统计截止：{chinese_day(listed.day)}"


def _rows(blocks, columns):
    """A row of sums for each head, its word in the widest column of text before the first figure."""
    texts = [place for place, column in enumerate(columns) if column.name == "name"]
    label = texts[0] if texts else 0
    for block in blocks:
        if not block.lines and block.rank and not block.count:
            continue
        values = [column.read(block) if _is_sum(column) else None for column in columns]
        values[label] = block.head
        yield SumRow(values)
        for line in block.lines:
            yield [column.read(line) for column in columns]


def _is_sum(column):
    return column.name in SUMS or column.name.startswith("m2")


SUMS = {"total", "before", "year", "due", "done", "share", "arrived", "land", "contract", "contract_land"}


def summary_sheet(listed, name):
    head = SUMMARIES[name]
    columns = summary(listed, head)
    blocks = listed.by_sector() if name == "sectors" else listed.by_township()
    shared = "一个项目跨几个乡镇的，各乡镇都列，合计只计一次。" if name == "townships" else ""
    stopped = f"已调出{len(listed.stopped)}个项目不计入。" if listed.stopped else ""
    return Sheet(
        name=f"分{head}汇总表",
        title=f"{listed.plan.year}年{_until(listed)}重点项目分{head}完成情况汇总表",
        columns=columns,
        rows=[[column.read(block) for column in columns] for block in blocks],
        left_note=f"填报单位：{listed.plan.office.name}",
        right_note=f"{_as_of(listed)}　单位：万元",
        totals=("合计", len(listed.lines), *(column.read(_All(listed.sums)) for column in columns[2:])),
        foot=tuple(filter(None, (f"说明：{shared}{stopped}" if shared or stopped else "", SIGNATURES))),
    )


class _All:
    def __init__(self, money):
        self.money = money
