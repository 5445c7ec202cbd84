"""Accounts from a sheet: every row read and checked, all faults at once, nothing written."""

import copy
import difflib
from dataclasses import dataclass, field

from django import forms

from kit.sheets import find_header, read_workbook
from units.forms.accounts import AccountForm
from units.models import Unit, User

HEADS = {
    "username": "用户名",
    "name": "姓名",
    "unit": "所在单位",
    "role": "角色",
    "phone": "联系电话",
    "email": "电子邮箱",
}
ROLES = {label: value for value, label in User.Role.choices}
MOST = 2000
# The row that shows how; left in the sheet by mistake it means nobody.
EXAMPLE = "示例"


class SheetForm(forms.Form):
    """The file to read."""

    file = forms.FileField(
        label="Excel文件（.xlsx）", error_messages={"required": "请选择文件。", "empty": "文件是空的。"}
    )


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what to do."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass
class Row:
    """One row as read: its cells, the account it means, what would change."""

    number: int
    cells: dict
    state: str = "新建"
    changes: list = field(default_factory=list)
    faults: list = field(default_factory=list)


def read_sheet(stream):
    """Return the Rows of the first sheet; raises UnreadableSheet for a file that is none or lacks the heads."""
    sheets = read_workbook(stream, max_rows=MOST + 50)
    rows = sheets[0].rows if sheets else ()
    start, columns = find_header(rows, list(HEADS.values()))
    places = {name: columns[head] for name, head in HEADS.items()}
    found = [_cells(number, row, places) for number, row in enumerate(rows[start + 1 :], start + 2) if any(row)]
    return [row for row in found if not row.cells["username"].startswith(EXAMPLE)]


def _cells(number, row, places):
    texts = dict.fromkeys(HEADS, "")
    for name, place in places.items():
        value = row[place] if place < len(row) else None
        texts[name] = (
            ""
            if value is None
            else str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
        )
    return Row(number, texts)


def check(rows):
    """Check all rows against the accounts and units on record; fill in state, changes and faults."""
    units = {name: unit for unit in Unit.objects.active().prefetch_related("other_names") for name in _names(unit)}
    known = {user.username.lower(): user for user in User.objects.select_related("unit")}
    seen = {}
    for row in rows:
        _check_row(row, units, known)
        key = row.cells["username"].lower()
        if key in seen and key:
            row.faults.append(
                Fault(row.number, "用户名", row.cells["username"], f"与第{seen[key]}行重复，请删去一行。")
            )
        seen.setdefault(key, row.number)
    return rows


def _names(unit):
    return [unit.name, unit.full_name, *(each.name for each in unit.other_names.all())]


def _check_row(row, units, known):
    cells, user = row.cells, known.get(row.cells["username"].lower())
    role, unit = ROLES.get(cells["role"]), units.get(cells["unit"]) if cells["unit"] else None
    if role is None:
        row.faults.append(Fault(row.number, "角色", cells["role"], f"角色只能是：{'、'.join(ROLES)}。"))
    if cells["unit"] and unit is None:
        near = difflib.get_close_matches(cells["unit"], [name for name in units if name], n=3, cutoff=0.4)
        hint = f"相近的有：{'、'.join(near)}。" if near else ""
        row.faults.append(
            Fault(row.number, "所在单位", cells["unit"], f"没有这个单位。{hint}请改为单位名称或先建立单位。")
        )
    data = cells | {"role": role or User.Role.AUDITOR, "unit": unit.pk if unit else None}
    form = AccountForm(data, instance=copy.copy(user) if user else None)
    for name, sentences in form.errors.items():
        if name == "role" or (name == "unit" and cells["unit"]):
            continue
        row.faults.append(Fault(row.number, HEADS.get(name, ""), cells.get(name, ""), "".join(sentences)))
    if user and not row.faults:
        row.changes = _changes(user, cells, role, unit)
        row.state = "修改" if row.changes else "不变"
    if row.faults:
        row.state = "有误"


def _changes(user, cells, role, unit):
    pairs = [
        ("姓名", user.name, cells["name"]),
        ("所在单位", user.unit.name if user.unit else "", unit.name if unit else ""),
        ("角色", user.get_role_display(), User.Role(role).label),
        ("联系电话", user.phone, cells["phone"]),
        ("电子邮箱", user.email, cells["email"]),
    ]
    return [(word, old, new) for word, old, new in pairs if old != new]


def accounts_of(rows):
    """Return the Users to store for checked rows: new ones, and known ones with their changes."""
    units = {name: unit for unit in Unit.objects.active().prefetch_related("other_names") for name in _names(unit)}
    users = []
    for row in rows:
        if row.state == "不变":
            continue
        user = User.objects.filter(username__iexact=row.cells["username"]).first() or User(
            username=row.cells["username"]
        )
        user.name, user.role = row.cells["name"], ROLES[row.cells["role"]]
        user.unit = units[row.cells["unit"]] if row.cells["unit"] else None
        user.phone, user.email = row.cells["phone"], row.cells["email"]
        users.append(user)
    return users
