"""The rows of a workbook put together: a row for each project, whatever sheet, table or month it came from."""

import re

from kit import names
from kit.intake.cells import as_text
from kit.quantities import is_nothing, plain
from reports.resources.project_cells import MARKED
from reports.resources.project_months import month_name
from reports.resources.project_spans import span_name, span_said
from tasks.models import Measure, ProjectClass

CONTRACT = ("signed_on", "contract_sum", "contract_land", "investor", "q1", "q2", "q3", "q4")
APART = ("month", "month_plan")
CLASSES = (
    (ProjectClass.NEW, re.compile(r"新开工|拟开工|计划开工|年内开工")),
    (ProjectClass.CONTINUED, re.compile(r"续建|在建|结转")),
    (ProjectClass.PREPARED, re.compile(r"前期推进|推进前期")),
    (ProjectClass.STUDIED, re.compile(r"前期研究|研究论证")),
    (ProjectClass.CONTRACTED, re.compile(r"履约|招商")),
)


def class_said(text):
    """The one class a text names, or None: 重点续建项目 does, 在建和新开工项目 does not."""
    found = [klass for klass, words in CLASSES if words.search(plain(text))]
    return found[0] if len(found) == 1 else None


def put_together(rows, fields):
    """One row a project: months below each other become columns, and what another table says of it is added.

    Two tables that say two things of one project are a fault that names both places.
    """
    found = {}
    for row in rows:
        _unfold_month(row, fields)
        key = names.key(MARKED.sub("", as_text(row.cells.get("name"))))
        first = found.get(key)
        if first is None or not key:
            found[key or id(row)] = row
        elif first.table == row.table and not _goes_on(first, row):
            found[id(row)] = row
        else:
            _add(first, row, fields)
    return list(found.values())


def _unfold_month(row, fields):
    """A row of a project and a month says its plan in the column of that month."""
    columns = row.table.layout.columns
    if "month" not in columns:
        return
    source = "month_plan" if "month_plan" in columns else "year_plan"
    value, said = row.cells.get(source), row.cells.get("month")
    row.part = as_text(said)
    if span := span_said(as_text(said)):
        _put_month(row, span_name(Measure.INVESTED, span), value, source)
        return
    try:
        month = fields["month"].widget.clean(said) if as_text(said) else None
    except ValueError as error:
        row.clashes.append(("month", str(error)))
        return
    if month is None:
        return
    _put_month(row, month_name(Measure.INVESTED, month), value, source)


def _put_month(row, name, value, source):
    row.cells |= {name: value, source: None, "month": None}
    row.places[name] = row.table.layout.columns.get(source, -1)


def _goes_on(first, row):
    """Do two rows of one table speak of two months of one project?"""
    mine, theirs = ({name for name in each.places if name.startswith(Measure.INVESTED)} for each in (first, row))
    return bool(mine and theirs) and not mine & theirs


def _add(first, row, fields):
    """Take what another row says of the project; its group is the project's where the first stood in none."""
    is_contract = any(name in row.table.layout.columns for name in CONTRACT)
    for name, value in row.cells.items():
        if name in ("printed_number", *APART) or is_nothing(as_text(value)):
            continue
        before = first.cells.get(name)
        target = "stage_unit" if name == "units" and is_contract and not is_nothing(as_text(before)) else name
        before = first.cells.get(target)
        if is_nothing(as_text(before)):
            first.cells[target] = value
            first.origin[target] = (row.table, row.number)
            first.places[target] = row.places.get(name, row.table.layout.columns.get(name, -1))
        elif not _same(before, value):
            here = f"工作表“{first.table.sheet.name}”第{first.number}行写的是“{as_text(before)[:40]}”"
            there = f"工作表“{row.table.sheet.name}”第{row.number}行写的是“{as_text(value)[:40]}”"
            first.clashes.append(
                (
                    target,
                    f"同一个项目{fields[target].title}有两种写法：{here}，{there}。请改成一致；是两个项目的，请在名称中区分。",
                )
            )
    first.path = first.path or row.path
    first.clashes += row.clashes
    first.notes += [note for note in row.notes if note not in first.notes]
    if first.table != row.table:
        first.notes.append(f"工作表“{row.table.sheet.name}”第{row.number}行是同一个项目，已合在一起。")


def _same(one, other):
    if names.key(as_text(one)) == names.key(as_text(other)):
        return True
    try:
        return float(plain(one).replace(",", "")) == float(plain(other).replace(",", ""))
    except ValueError:
        return False
