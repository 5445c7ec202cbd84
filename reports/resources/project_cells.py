"""The cells of lists of key projects: names, people, places, units of which one leads, days that are only months, stages in words."""

import re

from kit.intake.cells import TextCell, as_text
from kit.names import tidy
from kit.quantities import plain
from tasks.resources.plan_kind import DeadlineCell
from units.resources.cells import UnitsCell, spellings

MARKED = re.compile(r"^[★☆▲△●◆■※*]+\s*")
WHOLE_COUNTY = re.compile(r"(?:全[县市区]|县城|[县市]城区|各乡镇.*|相关乡镇|有关乡镇|多个乡镇)")
PLACE_TAILS = ("", "管委会", "人民政府", "镇", "乡", "街道", "办事处")
LEADS = re.compile(r"[(（]?(?:牵头|主办)[)）]?$")
ROLE = re.compile(r"[(（]?(?:牵头|主办|配合|协办|协助)(?:单位)?[)）]?$")


def apart(text):
    """The names of a cell as they are commonly set apart: 甲乡/乙镇 is 甲乡、乙镇."""
    return re.sub(r"\s*[/／|｜+＋&]\s*", "、", text)


class DashedCell(TextCell):
    """A dash, or the word for nothing, is nothing."""

    def is_blank(self, value):
        return plain(as_text(value)) in ("", "/", "-", "--", "无")


class ProjectName(TextCell):
    """A project's name without the mark before it and the line breaks in it."""

    def clean(self, value, row=None, **kwargs):
        name = tidy(MARKED.sub("", as_text(value)))
        super().clean(name)
        return name


class PeopleCell(DashedCell):
    """One or several names."""

    empty = ()

    def clean(self, value, row=None, **kwargs):
        people = [re.sub(r"[(（].*?[)）]$", "", name).strip() for name in spellings(super().clean(value))]
        if too_long := [name for name in people if len(name) > 40]:
            raise ValueError(f"“{too_long[0]}”不像人名，请只写姓名，几个人用顿号隔开。")
        return tuple(people)


class PlacesCell(DashedCell, UnitsCell):
    """Townships, also by what people call them for short: 经开区 is 经开区管委会 where no other unit is called so."""

    def clean(self, value, row=None, **kwargs):
        text = TextCell.clean(self, value)
        return () if WHOLE_COUNTY.fullmatch(plain(text)) else tuple(dict.fromkeys(super().clean(apart(text))))

    def find(self, name):
        if unit := self.directory and next(
            filter(None, (self.directory.get(name + tail) for tail in PLACE_TAILS)), None
        ):
            return unit
        if village := re.fullmatch(r"(.{2,6}?[乡镇])(.{1,12}[村组社区])", tidy(name)):
            return self.find(village[1])
        return super().find(name)


class LedCell(DashedCell, UnitsCell):
    """Units of which the first leads, or the one that is said to: 县城管局、县住建局（牵头）."""

    def clean(self, value, row=None, **kwargs):
        names = spellings(apart(TextCell.clean(self, value)))
        names = sorted(names, key=lambda name: not LEADS.search(name))
        return tuple(dict.fromkeys(super().clean("、".join(ROLE.sub("", name) for name in names))))


class MonthEndCell(DeadlineCell):
    """A month in which something is planned, as the last day of it: 2015年3月, 2015.3, 3月底."""

    def clean(self, value, row=None, **kwargs):
        text = plain(as_text(value))
        if re.fullmatch(r"20\d{2}", text) or re.search(r"五[\"”]?(?:期间|规划|时期)|十[一二三四五]五", text):
            raise ValueError(f"“{as_text(value)}”没有写明月份，请写成2015年3月的样子，或选“这一格不导入”。")
        return super().clean(value)


class StageCell(DashedCell):
    """What a contract has to have reached by the end of a quarter, in words."""

    def clean(self, value, row=None, **kwargs):
        text = " ".join(super().clean(value).split())
        if re.fullmatch(r"[\d.,]+", plain(text)):
            raise ValueError("这里应为阶段目标的文字；按季度写的投资，请在表头写明“投资”。")
        return text
