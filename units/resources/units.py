"""Units with their contacts from a sheet: 单位和联系人."""

import re

from kit import names
from kit.intake import Field, Kind, Wrong
from kit.intake.cells import ChoiceCell, DayCell, LineCell, NameCell, NumberCell, TextCell, as_text
from kit.quantities import is_nothing
from kit.text import half_width
from units.actions.contacts import name_contacts
from units.actions.directory import keep_unit, spell_unit, withdraw_unit
from units.actions.loading import Directory
from units.models import Contact, Unit
from units.models.unit import PHONE
from units.permissions import can_manage_units
from units.resources.cells import NamesCell, UnitCell, look_up_in

SIGNING = ChoiceCell([(False, "不须审签"), (True, "须审签")], also={"是": True, "否": False})
# A name with a telephone number in one cell: 张某 副局长 0731-27610000.
BOTH = re.compile(r"^(\S{1,40})\s+(?:(\S.*?)\s+)?([0-9()（）+\-]{5,30})$")
# No number of a mobile telephone, of a service or of the place itself begins so and is so long.
LOST_NOUGHT = re.compile(r"(?!400|800)[2-9]\d{8,10}|10\d{8}")
SET_APART = re.compile(r"^(\S)\s+(\S)$")
PARTS = ("name", "title", "phone")
ATTRIBUTES = ("full_name", "peer_group", "order", "head_signs", "active_from", "active_to", "successor")
EXAMPLES = {
    Contact.Post.PRINCIPAL: ("张某某", "局长", "0731-27610001"),
    Contact.Post.DEPUTY: ("李某某", "副局长", "0731-27610002"),
    Contact.Post.LIAISON: ("王某某", "办公室主任", "0731-27610003"),
}
OTHER_WORDS = {
    Contact.Post.PRINCIPAL: ("主要负责人", "单位负责人", "主要领导及电话"),
    Contact.Post.DEPUTY: ("分管负责人", "分管领导及电话"),
    Contact.Post.LIAISON: ("联系人", "联络人", "专职联络员", "联系人及电话", "联络员及电话"),
}


class PhoneCell(TextCell):
    """A telephone number; one typed as a number has lost the nought it began with."""

    def is_blank(self, value):
        return is_nothing(as_text(value))

    def clean(self, value, row=None, **kwargs):
        text = half_width(super().clean(value))
        if isinstance(value, int | float) and LOST_NOUGHT.fullmatch(text):
            raise ValueError(f"“{text}”像是少了开头的0，请写成0731-27610000的样子。")
        if text and not re.fullmatch(PHONE.regex, text):
            raise ValueError(PHONE.message)
        return text


def _contact_fields(post, label):
    titles = (label, *OTHER_WORDS[post])

    def field(part, head, cell, ends, more="", **how):
        words = " ".join([*(title + end for title in titles for end in ends.split()), more])
        return Field(f"{post}_{part}", head, cell, words, group=label, joined=True, **how)

    name, title, phone = EXAMPLES[post]
    loose = "联系电话 电话 手机" if post == Contact.Post.LIAISON else ""
    ends = "电话 联系电话 手机 手机号码 手机号 办公电话 联系方式"
    return (
        field("name", "姓名", LineCell(90), "姓名", " ".join(titles), example=name, width=10),
        field("title", "职务", LineCell(60), "职务", example=title, width=12),
        field("phone", "联系电话", PhoneCell(30), ends, loose, example=phone, width=15),
    )


class Units(Kind):
    """The directory of units with the three people each names."""

    key = "units"
    title = "单位和联系人"
    about = "责任单位的名称、类别、其他写法，以及主要领导、分管领导、联络员。"
    order = 10
    columns = (
        Field(
            "name",
            "单位",
            NameCell(60),
            "单位名称 名称 责任单位 部门单位 单位（部门） 部门",
            key=True,
            width=16,
            example="县某某局",
        ),
        Field("full_name", "全称", LineCell(120), "单位全称", width=24, example="某某县某某局"),
        Field("spellings", "其他写法", NamesCell(), "别名 简称 曾用名", width=16, example="某某局、县某局"),
        Field(
            "peer_group",
            "同类组",
            ChoiceCell(Unit.PeerGroup.choices),
            "类别 单位类别 单位性质",
            width=12,
            example="政府部门",
        ),
        Field("order", "排序", NumberCell(), "排序号 顺序号", width=7, kind="number", example=500),
        Field("head_signs", "月报审签", SIGNING, "月报须经单位负责人审签", width=10, example="不须审签"),
        *(field for post, label in Contact.Post.choices for field in _contact_fields(post, label)),
        Field("active_from", "启用日期", DayCell(), kind="date", offered=False),
        Field("active_to", "停用日期", DayCell(), kind="date", offered=False),
        Field("successor", "并入或更名为", UnitCell(), offered=False),
    )
    foot = (
        "说明：按单位名称对应，已有的修改，没有的新增；空着的格不改动系统中的内容。同类组、月报审签请从下拉列表选择。示例行请删去。",
    )

    @classmethod
    def may(cls, user, plan=None):
        return can_manage_units(user)

    def prepare(self):
        units = Unit.objects.select_related("successor").prefetch_related("other_names", "contacts")
        self.stored = list(units)
        self.directory = Directory.of(self.stored)
        look_up_in(self.directory, self.fields)
        self.claimed = {}

    def on_record(self):
        return [unit for unit in self.stored if unit.is_active]

    def identity(self, row):
        return row.original.pk if row.original else names.key(row.values["name"])

    def find(self, row):
        return self.directory.get(row.values["name"])

    def recorded(self, unit):
        values = {name: getattr(unit, name) for name in ("name", *ATTRIBUTES)}
        values["spellings"] = [each.name for each in unit.other_names.all()]
        named = {contact.post: contact for contact in unit.contacts.all()}
        for post in Contact.Post.values:
            values |= {f"{post}_{part}": getattr(named.get(post), part, "") for part in PARTS}
        return values

    def wanted(self, row):
        """A name and number in one cell say both; a unit under another of its spellings keeps its name."""
        wanted = dict(row.values)
        wanted["name"] = names.tidy(wanted["name"])
        if row.original:
            if names.key(wanted["name"]) != row.original.key:
                row.notes.append(f"“{wanted['name']}”是{row.original.name}的另一种写法。")
            wanted["name"] = row.original.name
        for post in Contact.Post.values:
            if both := BOTH.match(wanted.get(f"{post}_name", "")):
                name, title, phone = both.groups()
                wanted |= {f"{post}_name": name, f"{post}_phone": phone} | ({f"{post}_title": title} if title else {})
            elif said := wanted.get(f"{post}_name"):
                wanted[f"{post}_name"] = SET_APART.sub(r"\1\2", said)
            if len(wanted.get(f"{post}_name", "")) > 40:
                raise Wrong(f"{post}_name", "姓名不超过40字。")
        if "spellings" in wanted:
            spelled = {names.key(name): name for name in reversed(wanted["spellings"])}
            spelled.pop(names.key(wanted["name"]), None)
            wanted["spellings"] = [*reversed(spelled.values())]
        return wanted

    def check(self, row):
        yield from self._check_names(row)
        yield from self._check_contacts(row)
        yield from self._check_days(row)
        if row.original is None and (near := self.directory.nearest(row.values["name"])):
            row.notes.append(f"将新增单位；系统中名称相近的有：{'、'.join(near)}，请确认不是同一个。")

    def _check_names(self, row):
        own = self.identity(row)
        for field in ("name", "spellings"):
            for name in [row.wanted["name"]] if field == "name" else row.wanted.get("spellings", ()):
                other = self.directory.get(name)
                if other is not None and other != row.original:
                    yield field, f"“{name}”已是{other.name}的名称或写法，请核对。"
                if self.claimed.setdefault(names.key(name), own) != own:
                    yield field, f"“{name}”在表中属于两个单位，请核对。"
                if len(name) > 60:
                    yield field, "单位的写法不超过60字。"

    def _check_contacts(self, row):
        old = self.recorded(row.original) if row.original else {}
        for post, label in Contact.Post.choices:
            said = (row.wanted.get(f"{post}_{part}", old.get(f"{post}_{part}", "")) for part in PARTS)
            for part, sentence in Contact.lacking(label, *said):
                yield f"{post}_{part}", sentence

    def _check_days(self, row):
        first, last = (row.wanted.get(name, getattr(row.original, name, None)) for name in ("active_from", "active_to"))
        if first and last and last < first:
            yield "active_to", "停用日期不能早于启用日期。"
        if row.original and row.wanted.get("successor") == row.original:
            yield "successor", "单位不能并入自己。"

    def label(self, row):
        return row.wanted["name"]

    def create(self, row, by, note):
        self._keep(Unit(name=row.wanted["name"]), row.wanted, by, note)

    def change(self, row, by, note):
        self._keep(row.original, row.wanted, by, note)

    def _keep(self, unit, wanted, by, note):
        people = self._people(unit, wanted)
        for name in ATTRIBUTES:
            if name in wanted:
                setattr(unit, name, wanted[name])
        keep_unit(unit, by, note=note)
        if "spellings" in wanted:
            spell_unit(unit, wanted["spellings"], by, note=note)
        if people:
            name_contacts(unit, people, by, note=note)

    def _people(self, unit, wanted):
        """{post: (name, title, phone)} of the posts of which the sheet says something."""
        old = self.recorded(unit) if unit.pk else {}
        return {
            post: tuple(wanted.get(f"{post}_{part}", old.get(f"{post}_{part}", "")) for part in PARTS)
            for post in Contact.Post.values
            if any(f"{post}_{part}" in wanted for part in PARTS)
        }

    def remove(self, unit, by, note):
        withdraw_unit(unit, by, note=note)
