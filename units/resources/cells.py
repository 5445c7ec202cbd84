"""Unit names in the cells of a sheet, taken strictly: what nobody knows is an error that offers the nearest names."""

import re
from copy import copy

from kit import names
from kit.intake.cells import TextCell
from units.actions.loading import Directory

MARKS = re.compile(r"[、，,；;]+")
BETWEEN = re.compile(rf"{MARKS.pattern}|\n+")


def spellings(text):
    return [name for each in BETWEEN.split(text) if (name := names.tidy(each))]


class UnitCell(TextCell):
    """One unit by any of its spellings; an unknown name is an error that offers the nearest."""

    directory = None
    empty = None
    several = "这里只能填一个单位，请留下一个。"

    def bound(self, directory):
        cell = copy(self)
        cell.directory = directory
        return cell

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        return self.find(text) if text else None

    def find(self, name):
        if self.directory is None:
            self.directory = Directory.of_all()
        if unit := self.directory.get(name):
            return unit
        if len(parts := self._parts(name)) > 1:
            strange = "".join(map(self._strange, [part for part in parts if not self.directory.get(part)]))
            raise ValueError(f"“{'”“'.join(parts)}”是{len(parts)}个单位，{self.several}{strange}")
        raise ValueError(self._strange(name))

    def _parts(self, text):
        """The names in a cell: between marks; of what stands between them nobody knows, between blanks or line breaks."""
        return [part for each in MARKS.split(text) if each.strip() for part in self._apart(each)]

    def _apart(self, name):
        blanks = name.split()
        if self.directory.get(name) or len(blanks) < 2:
            return [name]
        return blanks if any(map(self.directory.get, blanks)) else spellings(name)

    def _strange(self, name):
        near = "、".join(self.directory.nearest(name))
        return f"没有名为“{names.tidy(name)}”的单位" + (f"，相近的有：{near}。" if near else "，请先建立这个单位。")


class UnitsCell(UnitCell):
    """Several units, each of them known; one unknown name refuses the cell."""

    empty = ()

    def clean(self, value, row=None, **kwargs):
        if self.directory is None:
            self.directory = Directory.of_all()
        units, problems = [], []
        for name in self._parts(TextCell.clean(self, value)):
            try:
                units.append(self.find(name))
            except ValueError as error:
                problems.append(str(error))
        if problems:
            raise ValueError("".join(problems))
        return units


class NamesCell(TextCell):
    empty = ()

    def clean(self, value, row=None, **kwargs):
        return spellings(super().clean(value))


def look_up_in(directory, fields):
    """One directory behind all cells of a sheet."""
    for field in fields.values():
        if isinstance(field.widget, UnitCell):
            field.widget = field.widget.bound(directory)
