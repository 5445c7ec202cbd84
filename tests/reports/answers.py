"""What each page, list and sheet says of a month's reports and tasks, held beside plain SQL: one question, one answer."""

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from kit import clock
from reports import dashboard
from tasks.lights import Light

WITH_UNIT = "status IN ('DUE', 'DRAFT', 'SIGNING', 'RETURNED')"
LAPSED = f"{WITH_UNIT} AND return_due_at IS NOT NULL AND return_due_at <= %s"
FILED = f"status <> 'EXEMPT' AND first_submitted_at IS NOT NULL AND NOT ({LAPSED})"
SQL = {
    "owed": "status <> 'EXEMPT'",
    "filed": FILED,
    "on_time": f"{FILED} AND NOT is_late",
    "late": f"{FILED} AND is_late",
    "unfiled": "status <> 'EXEMPT' AND first_submitted_at IS NULL",
    "missing": "status <> 'EXEMPT' AND first_submitted_at IS NULL AND due_at <= %s",
    "returned": f"{WITH_UNIT} AND return_due_at IS NOT NULL",
    "lapsed": LAPSED,
    "waiting": "status = 'SUBMITTED'",
    "accepted": "status = 'ACCEPTED'",
    "exempt": "status = 'EXEMPT'",
}
# Tasks are the plan's own: key projects stand beside them and count in none of these.
IN_FORCE = "kind = 'ACTION' AND status NOT IN ('PROPOSED', 'DECLINED', 'WITHDRAWN')"
FROZEN = "FROM reports_standing WHERE period_id = %s AND task_id IN (SELECT id FROM tasks_task WHERE kind = 'ACTION')"


def asked(sql, *params):
    """Return the rows plain SQL gives; a moment is told as the database keeps it."""
    told = [connection.ops.adapt_datetimefield_value(each) if hasattr(each, "hour") else each for each in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()


def counted(period, condition):
    moments = [clock.now()] * condition.count("%s")
    sql = f"SELECT count(*) FROM reports_monthlyreport WHERE period_id = %s AND {condition}"  # noqa: S608
    return asked(sql, period.pk, *moments)[0][0]


def half_up(number, places="0.1"):
    return Decimal(number).quantize(Decimal(places), ROUND_HALF_UP)


def rows_of(answer):
    """Return the rows of a sheet as {head: value}, from its heads down to its sums or notes."""
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(n for n, line in enumerate(lines) if "责任单位" in line or "编号" in line)
    over, under = lines[first], (lines[first + 1 :] or [[None] * len(lines[first])])[0]
    deep = any(low and not high for high, low in zip(over, under, strict=True))
    heads = [low or high for high, low in zip(over, under, strict=True)] if deep else over
    begin = first + 1 + deep
    rows = [dict(zip(heads, line, strict=True)) for line in lines[begin:]]
    return [row for row in rows if sum(value is not None for value in row.values()) > 2]


class County:
    """Who asks: the plan's office in one client, the county's leader in another.

    ``sheets`` asks each list of reports for its sheet too: a third of the time, and the same rows whatever the plan.
    """

    def __init__(self, plan, office, leader, records=None, *, sheets=True):
        self.plan, self.office, self.leader = plan, self._enter(office), self._enter(leader)
        self.records, self.sheets = {} if records is None else records, sheets

    @staticmethod
    def _enter(user):
        client = Client()
        client.force_login(user, backend="units.backends.PersonBackend")
        return client

    def record(self, unit):
        """A unit's year as the leader reads it, who sees every plan's: asked once for all of them."""
        if unit.pk not in self.records:
            self.records[unit.pk] = self.leader.get(f"/units/{unit.pk}/record/").context["plans"]
        return next(plan for plan, _, _ in self.records[unit.pk] if plan.plan == self.plan)

    def figures(self, period):
        """Return {fact: {where: what it says}}."""
        query = {"plan": self.plan.pk, "month": f"{period.month:%Y-%m}"}
        pages = {name: self.office.get(f"/{name}/", query).context["filing"] for name in ("dashboard", "overview")}
        pages["leader"] = self.leader.get("/overview/", query).context["filing"]
        pages["period"] = self.office.get(f"/periods/{period.pk}/").context["period"]
        listed = self.office.get("/periods/").context["table"].rows
        pages["periods"] = next(row for row in listed if row.pk == period.pk)
        tabs = self.office.get("/review/", query).context["counts"]
        said = {
            fact: {where: getattr(page, fact) for where, page in pages.items() if hasattr(page, fact)} for fact in SQL
        }
        for fact in SQL:
            if fact != "owed":
                said[fact] |= self._lists(fact, query, period)
            if fact in tabs:
                said[fact]["queue"] = tabs[fact]
        return said

    def _lists(self, fact, query, period):
        narrowed = query | {"state": fact}
        said = {
            "rows": self.office.get("/filing/rows/", narrowed).context["table"].count,
            "period rows": self.office.get(f"/periods/{period.pk}/", {"state": fact}).context["table"].count,
        }
        if self.sheets:
            said["rows.xlsx"] = len(rows_of(self.office.get("/filing/rows/", narrowed | {"format": "xlsx"})))
        return said


def agree_on_reports(county, period):
    """Compare every place with plain SQL, and the parts with their sum."""
    found = county.figures(period)
    truth = {fact: counted(period, condition) for fact, condition in SQL.items()}
    assert {fact: {where: n for where, n in said.items() if n != truth[fact]} for fact, said in found.items()} == {
        fact: {} for fact in SQL
    }
    assert truth["owed"] == truth["filed"] + truth["lapsed"] + truth["unfiled"]
    assert truth["filed"] == truth["on_time"] + truth["late"]
    assert truth["owed"] + truth["exempt"] == period.reports.count()
    return truth


def agree_on_units(county):
    """The list of units, its sheet, the official sheet, the heat map and each record say the same of a unit's year."""
    query = {"plan": county.plan.pk}
    table = county.office.get("/filing/", query).context["table"]
    sheet = {row["责任单位"]: row for row in rows_of(county.office.get("/filing/", query | {"format": "xlsx"}))}
    official = {row["责任单位"]: row for row in rows_of(county.office.get("/exports/filing.xlsx", query))}
    heat = {row.unit_id: row for row in dashboard.heat(county.office.get("/dashboard/", query).context["scope"])}
    for unit in table.rows:
        counts = (unit.due, unit.on_time, unit.late, unit.missing, unit.lapsed)
        assert counts[0] == sum(counts[1:])
        parts = asked(
            "SELECT count(*) FROM tasks_responsibility r JOIN tasks_task t ON t.id = r.task_id"  # noqa: S608
            f" WHERE t.plan_id = %s AND r.unit_id = %s AND t.{IN_FORCE}",
            county.plan.pk,
            unit.pk,
        )[0][0]
        mine = county.record(unit)
        assert (unit.tasks, len(mine.tasks)) == (parts, parts), unit
        assert mine.counts[:5] == counts, unit
        for row in (sheet[unit.name], official[unit.name]):
            assert tuple(row[head] for head in ("到期应报", "按时", "迟报", "缺报", "退回未重报")) == counts, unit
            share = half_up(Decimal(100 * unit.on_time) / unit.due) if unit.due else None
            assert (row["按时率"] is None) == (share is None)
            assert share is None or half_up(str(row["按时率"])) == share, unit
        if unit.pk in heat:
            assert (heat[unit.pk].rate, heat[unit.pk].tasks) == (mine.counts[-1], parts), unit


def agree_on_tasks(county, period):
    """Numbers, means and lights of tasks: pages, the ledger's sheet, frozen standings, plain SQL."""
    query = {"plan": county.plan.pk, "month": f"{period.month:%Y-%m}"}
    totals = county.leader.get("/overview/", query).context["totals"]
    assert totals.lights == county.office.get("/dashboard/", query).context["totals"].lights
    if period.is_closed:
        ((n, done, due),) = asked(f"SELECT count(*), sum(progress), sum(expected) {FROZEN}", period.pk)
        lights = dict(asked(f"SELECT light, count(*) {FROZEN} GROUP BY 1", period.pk))
        assert county.office.get("/standings/", query).context["table"].count == n
    else:
        ((n, done),) = asked(
            f"SELECT count(*), sum(progress) FROM tasks_task WHERE plan_id = %s AND {IN_FORCE}",  # noqa: S608
            county.plan.pk,
        )
        ledger = county.office.get("/tasks/", {"plan": county.plan.pk})
        assert ledger.context["table"].count == n
        rows = rows_of(county.office.get("/tasks/", {"plan": county.plan.pk, "format": "xlsx"}))
        assert (len(rows), sum(row["进度"] for row in rows)) == (n, done)
        due = sum(row["时间进度"] for row in rows)
        words = [row["灯色"] for row in rows]
        lights = {each.value: words.count(each.label) for each in Light}
    assert totals.total == n
    assert (totals.progress, totals.expected) == (half_up(Decimal(done) / n), half_up(Decimal(due) / n))
    assert totals.behind == max(totals.expected - totals.progress, 0)
    assert {light: k for light, k in lights.items() if k} == totals.lights
