"""The two lists of key projects side by side, and the columns of what became of the one on the way to the other."""

from django.utils.html import format_html

from kit.addresses import address_of
from kit.sheets import Head, SectionRow, Sheet, SumRow, table_sheet
from kit.tables import Column
from reports.dashboard.adjusted import ADDED, CAME, KINDS, LEFT, REVISED, WENT, together
from reports.tables.project_lists import show_code
from reports.tables.projects import money

TONES = {ADDED: "good", LEFT: "danger", CAME: "info", WENT: "info", REVISED: "warn"}
MEASURES = (("count", "个数"), ("total", "总投资"), ("year", "年度计划投资"))
HEADS = ("年初名单", *KINDS.values(), "现名单")


def _name(change):
    return format_html('<a href="{}">{}</a>', address_of("project", change.pk), change.name)


def _since(change):
    """A day where there is one; what holds from a month on has its first."""
    return change.since


def _why(change):
    return "；".join(part for part in (change.reason, change.paper) if part)


def _figure(side, measure):
    """Of something that was not there yet, or is no more, nothing is said."""

    def read(change):
        figures = getattr(change, side)
        return getattr(figures, measure) if figures.count else None

    return read


def _sum(side, measure, group, head):
    read = _figure(side, measure)
    return Column(
        f"{side}_{measure}",
        head,
        read,
        lambda change: money(read(change)),
        kind="number",
        width=11,
        group=group,
        css="num",
        sort=(f"{side}_{measure}",),
    )


CHANGES = (
    Column("code", "编号", lambda change: change.code, show_code, sort=("code",), width=8, css="w-1"),
    Column("name", "项目", lambda change: change.name, _name, sort=("name",), main=True, width=30),
    Column("kind", "变动", lambda change: change.word, tone=lambda change: TONES[change.kind], width=10, wrap=False),
    Column("klass", "类别", lambda change: change.klass_words, width=18, wrap=False),
    Column("since", "起始", _since, sort=("since",), kind="date", width=11),
    _sum("before", "total", "总投资（万元）", "调整前"),
    _sum("after", "total", "总投资（万元）", "调整后"),
    _sum("before", "year", "年度计划投资（万元）", "调整前"),
    _sum("after", "year", "年度计划投资（万元）", "调整后"),
    Column("why", "原因和依据", _why, width=36),
)


def sum_row(changes):
    before, after = together(each.before for each in changes), together(each.after for each in changes)
    return {
        "name": f"合计 {len(changes)} 项",
        "before_total": money(before.total),
        "after_total": money(after.total),
        "before_year": money(before.year),
        "after_year": money(after.year),
    }


def blocks(adjusted):
    return [(name, word, [(row, _across(row, name)) for row in adjusted.rows]) for name, word in MEASURES]


def _across(row, measure):
    return [getattr(figures, measure) for figures in (row.decided, *(row.kinds[kind] for kind in KINDS), row.now)]


def adjusted_sheets(adjusted, table, told):
    """Both on paper: the sums, and the changes as they are shown."""
    programme = adjusted.programme
    title, office = f"{programme.plan.year}年重点项目名单调整对照表", f"填报单位：{programme.plan.office.name}"
    of = f"名单截至{programme.listed.year}年{programme.listed.month}月　单位：个、万元"
    heads = [Head("类别", 12), *(Head(head, 13, "number") for head in HEADS)]
    yield Sheet("名单对照", title, heads, _sheet_rows(adjusted), left_note=office, right_note=of, foot=(EXPLAINED,))
    left = "　".join(filter(None, (office, told)))
    yield table_sheet(table, f"{title}（明细）", name="变动明细", left_note=left, right_note=of)


EXPLAINED = "年初名单＋增补＋数字调整－转出＋转入－调出＝现名单；数字调整不改变个数；打包项目计一个。"


def _sheet_rows(adjusted):
    for _, word, rows in blocks(adjusted):
        yield SectionRow(word)
        for row, figures in rows:
            values = [row.word, *figures]
            yield values if row.klass else SumRow(values)
