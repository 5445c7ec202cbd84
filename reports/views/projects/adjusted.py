"""The list of key projects as decided beside the list as it stands, with the rows behind each number."""

from django.shortcuts import render

from kit import clock
from kit.rates import grouped
from kit.sheets import file_response, workbook
from kit.tables import Table
from reports.dashboard.adjusted import KINDS, Adjusted
from reports.filters import ChangeFilter
from reports.tables.adjusted import CHANGES, EXPLAINED, HEADS, adjusted_sheets, blocks, sum_row
from reports.views.projects.figures import Links
from reports.views.projects.programme import of_programme


@of_programme
def project_changes(request, programme):
    asked, adjusted = ChangeFilter(request.GET, programme), Adjusted(programme)
    rows = adjusted.rows_of(asked.values.get("kind", ""), asked.values.get("klass", ""))
    table = Table(
        CHANGES,
        rows,
        params=request.GET,
        per_page=None,
        empty="名单和年初相同，没有这样的变动。",
        name="变动明细",
        sum_row=sum_row(rows) if rows else None,
    )
    if request.GET.get("format") == "xlsx":
        words = f"{programme.plan.year}年重点项目名单调整对照表-{clock.now():%Y%m%d%H%M}.xlsx"
        return file_response(workbook(adjusted_sheets(adjusted, table, asked.summary)), words)
    context = {
        "programme": programme,
        "filter": asked,
        "table": table,
        "heads": HEADS,
        "blocks": _drawn(programme, adjusted),
        "explained": EXPLAINED,
    }
    return render(request, "reports/project/changes.html", context)


def _drawn(programme, adjusted):
    """[(word, [(head, is the sum, [(figure, the address of what it counts)])])]."""
    return [
        (word, [(row.word, not row.klass, _cells(programme, row, figures)) for row, figures in rows])
        for _, word, rows in blocks(adjusted)
    ]


def _cells(programme, row, figures):
    links = Links(programme)
    asked = {"klass": row.klass} if row.klass else {}
    ways = ["", *(links.to("project_changes", kind=kind, **asked) for kind in KINDS), links.rows(**asked)]
    of = row.decided, *(row.kinds[kind] for kind in KINDS), row.now
    return [
        (grouped(figure) if each.count else "—", way if each.count else "")
        for each, figure, way in zip(of, figures, ways, strict=True)
    ]
