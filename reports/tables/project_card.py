"""One key project's 台账 as a workbook: what it is, its nodes as columns, its months."""

from kit.deadlines import month_words
from kit.sheets import Sheet, SumRow
from kit.tables import Column


def card_sheets(project):
    title, plan = f"{project.name}台账", project.task.plan
    number = f"编号：{project.code}"
    held_up = f"需协调解决问题：{project.get_cause_display()}"
    yield Sheet("基本情况", title, _pairs(), _facts(project), left_note=number, foot=(held_up,), landscape=False)
    nodes = list(project.task.milestones.all())
    if nodes:
        heads = [Column("what", "节点", lambda row: row[0], width=12)]
        heads += [Column(f"n{place}", each.title, lambda row: row[0], width=13) for place, each in enumerate(nodes)]
        rows = [
            ("完成时限", *(each.due_on.isoformat() for each in nodes)),
            ("完成进度", *(f"{each.done_on.isoformat()}完成" if each.done_on else "未完成" for each in nodes)),
            ("责任单位", *(each.unit.name if each.unit else "" for each in nodes)),
            ("责任人", *(each.person for each in nodes)),
        ]
        yield Sheet("节点", title, heads, rows, left_note=number)
    yield Sheet(
        "逐月",
        title,
        MONTHS,
        _months(project, plan.months),
        left_note=number,
        right_note="单位：万元、亩",
    )


def _pairs():
    return (Column("what", "项目", lambda row: row[0], width=22), Column("said", "内容", lambda row: row[1], width=60))


def _facts(project):
    people = "；".join(
        f"{each.get_role_display()}：{each.name}{f'（{each.phone}）' if each.phone else ''}"
        for each in project.people.all()
    )
    units = "、".join(unit.name for unit in [project.service_unit, *project.task.supports] if unit)
    return [
        ("项目名称", project.name),
        ("类别", project.get_klass_display()),
        ("行业", str(project.sector or "")),
        ("标签", "、".join(each.name for each in project.labels.all())),
        ("建设地点", "、".join(each.name for each in project.places.all())),
        ("业主单位", project.owner),
        ("建设规模和内容", project.content),
        ("建设性质", project.nature),
        ("建设年限", project.years),
        ("项目总投资（万元）", project.total),
        ("上年末累计投资（万元）", project.before),
        ("本年计划投资（万元）", project.year_plan),
        ("开工以来累计投资（万元）", project.invested),
        ("资金来源", project.funding),
        ("年度目标", project.goal_words),
        ("服务责任单位", units),
        ("责任人", people),
    ]


MONTHS = (
    Column("month", "月份", lambda row: row[0], width=10),
    *(
        Column(f"{measure}-{side}", word, lambda row: row[0], kind="number", width=11, group=group)
        for measure, group in (("INVESTED", "投资"), ("ARRIVED", "资金到位"), ("LAND", "交地"))
        for side, word in (("planned", "计划"), ("actual", "完成"))
    ),
)


def _months(project, months):
    found = {}
    for row in project.carried:
        for side in ("planned", "actual"):
            if (value := getattr(row, side)) is not None:
                key = (row.month, f"{row.measure}-{side}")
                found[key] = found.get(key, 0) + value
    names = [column.name for column in MONTHS[1:]]
    for month in months:
        yield (month_words(month, months), *(found.get((month, name)) for name in names))
    sums = [[found[(month, name)] for month in months if (month, name) in found] for name in names]
    yield SumRow(["合计", *(sum(values) if values else None for values in sums)])
