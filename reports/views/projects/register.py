"""重点项目: the list with its strip of figures, as of the last month that is over."""

from django.core.paginator import Paginator
from django.shortcuts import render

from kit.charts import curve, months
from kit.rates import grouped
from kit.sheets import exported
from kit.tables import Table
from reports.dashboard import charted
from reports.dashboard.stand import summed
from reports.filters import PROJECT_TABS, MapFilter, ProjectFilter
from reports.tables.projects import WORDS, Beside, money, project_columns, sum_row
from reports.views.projects import drawings
from reports.views.projects.figures import figures
from reports.views.projects.programme import of_programme
from tasks.permissions import can_manage_plan

# A county's list stands on one page; one longer than that is cut.
WHOLE, PAGE = 200, 100


@of_programme
def project_list(request, programme):
    asked = ProjectFilter(request.GET, programme)
    table = _table(request, programme, asked)
    if request.GET.get("format") == "xlsx":
        return _sheet(programme, asked, table)
    return render(request, "reports/project/list.html", _context(request, programme, asked, table))


def _table(request, programme, asked):
    beside, rows = Beside.empty(), asked.rows
    columns = project_columns(beside, programme.until)

    def fetch(stands):
        in_words = any(column.name == "reason" for column in table.columns)
        programme.register.look([each.pk for each in stands if in_words or each.is_judged])
        beside.fetch(stands, wants_words=any(column.name in WORDS for column in table.columns))

    table = Table(
        columns,
        rows,
        params=request.GET,
        default_sort="light",
        per_page=None if len(rows) <= WHOLE else PAGE,
        empty="没有符合条件的项目。可以清除筛选条件，或换一个常用视图。",
        name="重点项目",
        sum_row=sum_row(summed(rows), _told(programme, asked, len(rows)), f"到{programme.month.month}月末"),
        fetch=fetch,
        css="stack register",
    )
    if WORDS & {column.name for column in table.columns if column.total}:
        table.sum_row.update((name, money(value)) for name, value in table.totals.items())
    return table


def _told(programme, asked, count):
    """What the sums are of, where they are not of all."""
    pages = "，各页合计" if count > WHOLE else ""
    if asked.chosen_tab == "all" and not asked.asked_for:
        return f"下列全部，万元{pages}"
    return f"筛出的全部，万元{pages}；全部项目 {len(programme.running)} 个"


def _context(request, programme, asked, table):
    return _asked(request, programme, asked) | {
        "table": table,
        "figures": figures(programme),
        "may_manage": can_manage_plan(request.user, programme.plan),
    }


def _asked(request, programme, asked):
    """What list and charts say alike: the tabs, what is asked for, where else it is shown."""
    found = asked.by_tab
    return {
        "programme": programme,
        "filter": asked,
        "tabs": [
            (name, *PROJECT_TABS[name], len(found[name]))
            for name in PROJECT_TABS
            if name not in ("mine", "stopped") or found[name] or asked.chosen_tab == name
        ],
        "chosen": asked.chosen_tab,
        "chips": [(words, _without(request, name)) for name, words in asked.asked_for],
    }


@of_programme
def project_map(request, programme):
    """The same projects as charts: how far each class came, money by month, every project's months."""
    asked = MapFilter(request.GET, programme)
    rows = sorted(asked.rows, key=lambda stand: stand.severity)
    page, course = Paginator(rows, PAGE).get_page(request.GET.get("page")), charted.curve(programme, rows)
    context = _asked(request, programme, asked) | {
        "count": len(rows),
        "page": page,
        "by_money": bool(asked.values.get("show")),
        "curve": course,
        "curve_drawn": curve.drawn(course, title="累计投资：计划与完成"),
        "curve_table": months.table(course.labels, months.lines_of(course), caption="逐月计划和完成"),
        "year_differs": _differs(sum(course.plan) - summed(rows).year),
        "funnel": drawings.funnel_of(rows, request.GET),
        "lights": drawings.lights_of(rows),
        "heat": drawings.heat_of(programme, list(page), by_money=bool(asked.values.get("show"))),
    }
    return render(request, "reports/project/map.html", context)


def _differs(gap):
    """The months of a plan need not be its year's: then the curve ends elsewhere, and says so."""
    return f"按月计划的合计比年度计划{'少' if gap < 0 else '多'} {grouped(abs(gap))}" if gap else ""


def _without(request, name):
    query = request.GET.copy()
    for each in (name, "page"):
        query.pop(each, None)
    return f"?{query.urlencode()}"


def _sheet(programme, asked, table):
    title = f"{programme.plan.year}年重点项目一览表"
    note = "　".join(word for word in (f"单位：万元　数据到{programme.month_words}末", asked.summary) if word)
    return exported(table, title, name="重点项目", left_note=note)
