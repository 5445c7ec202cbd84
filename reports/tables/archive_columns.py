"""How the sheets of an archive package are drawn: plain columns, plain rows, every project by its code and its name."""

from operator import attrgetter

from kit.sheets import Sheet
from kit.tables import Column


def said(head, read, width=12, kind="text", group=""):
    """``read`` is a function of the row, or the dotted name of what it says."""
    return Column(head, head, _way(read) if isinstance(read, str) else read, kind=kind, width=width, group=group)


def _way(path):
    def read(row, get=attrgetter(path)):
        value = get(row)
        return value() if callable(value) else value

    return read


def money(head, read, group=""):
    return said(head, read, 12, "number", group)


def month(head, name, group=""):
    """The first day of a month as 2015-10."""
    read = attrgetter(name)
    return said(head, lambda row: f"{read(row):%Y-%m}" if read(row) else "", 9, group=group)


def whose(project="project."):
    """The two columns by which the rows of all sheets go together."""
    return said("编号", f"{project}task.number", 8), said("项目名称", f"{project}name", 28)


# Who wrote a line and when; who decided what was asked.
WRITTEN = (said("填写人", "by", 12), said("时间", "at", 17, "moment"))
DECIDED = (
    said("审定人", "decided_by", 12),
    said("审定时间", "decided_at", 17, "moment"),
    said("审定意见", "decision", 22),
)


def kept(plan, called, name, columns, rows, note=""):
    """One sheet of an archive: its rows as plain as they are on record."""
    return Sheet(
        name=name,
        title=f"{plan.year}年{plan}{called}",
        columns=columns,
        rows=([column.read(row) for column in columns] for row in rows),
        left_note=f"主管办公室：{plan.office}",
        right_note=note,
        freeze_columns=2,
    )
