"""任务台账: all tasks with their lights and this month's reports."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import clock
from kit.sheets import exported
from kit.tables import Table
from reports.dashboard.problems import problems_of
from reports.filters import TABS, LedgerFilter
from reports.tables.ledger import month_column, month_marks, problems_column
from tasks.models import SavedFilter
from tasks.permissions import can_manage_task, can_propose_task
from tasks.tables import task_columns
from units.models import Unit, User

ROWS = 100


@require_safe
def task_list(request):
    asked = LedgerFilter(request.GET, user=request.user)
    kept = {}
    table = _table(request, asked, kept)
    if request.GET.get("format") == "xlsx":
        kept.update(month_marks(None, asked.periods, request.user))
        return _sheet(asked, table)
    kept.update(month_marks(table.rows, asked.periods, request.user))
    return render(request, "reports/ledger.html", _context(request, asked, table))


def _table(request, asked, kept):
    plans, months = asked.shown_plans, [period.month for period in asked.periods]
    month, said = max(months, default=None), {}
    lags = asked.chosen_tab in ("red", "yellow") or asked.values.get("light") in ("RED", "YELLOW")
    beside = (month_column(month, kept), problems_column(said, optional=not lags))
    columns = task_columns(clock.today(), several_plans=len(plans) > 1, month=beside)

    def fetch(tasks):
        asked.fetch(tasks)
        if month and any(column.name == "problems" for column in table.columns):
            said.update(problems_of([task.pk for task in tasks], request.user, month))

    choosing = asked.chosen_tab == "unassigned" and request.user.role == User.Role.OFFICE
    table = Table(
        columns,
        asked.rows,
        params=request.GET,
        default_sort="number",
        per_page=ROWS,
        empty="没有符合条件的任务。可以清除筛选条件，或换一个常用视图。",
        name="任务台账",
        section=_section if len(plans) == 1 and asked.sections else None,
        select=(lambda task: task.pk if can_manage_task(request.user, task) else None) if choosing else None,
        count=asked.counts[asked.chosen_tab],
        fetch=fetch,
        css="stack ledger",
    )
    return table


def _section(task):
    return str(task.section) if task.section else "其他任务"


def _context(request, asked, table):
    tabs = [(name, *TABS[name], number) for name, number in asked.counts.items() if _shows(asked, name, number)]
    return {
        "filter": asked,
        "table": table,
        "tabs": tabs,
        "chosen": asked.chosen_tab,
        "chosen_word": TABS[asked.chosen_tab][0],
        "plan": asked.shown_plans[0] if len(asked.shown_plans) == 1 else None,
        "saved": SavedFilter.objects.visible_to(request.user).filter(path=request.path),
        "unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials"),
        "choosing": table.select is not None and bool(table.rows),
        "proposing": [plan for plan in asked.plans if can_propose_task(request.user, plan)],
    }


def _shows(asked, name, number):
    """本单位 and 待受理 stand there only while they hold something, or when one looks at them."""
    return name not in ("mine", "proposed") or number or asked.chosen_tab == name


def _sheet(asked, table):
    tab = TABS[asked.chosen_tab][0]
    years = {plan.year for plan in asked.shown_plans}
    plan = "、".join(plan.named if len(years) > 1 else str(plan) for plan in asked.shown_plans)
    year = "" if len(years) > 1 else f"{next(iter(years), clock.today().year)}年"
    title = f"{year}{plan}任务台账" + (f"（{tab}）" if asked.chosen_tab != "all" else "")
    offices = "、".join(dict.fromkeys(plan.office.name for plan in asked.shown_plans))
    left_note = f"主管办公室：{offices}" + (f"　{asked.summary}" if asked.summary else "")
    return exported(table, title, "统计时间", name="任务台账", left_note=left_note)
