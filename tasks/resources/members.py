"""Members of leading and working groups from a sheet: 领导小组成员 (annex 2 of a notice)."""

import re
from collections import Counter

from kit import names
from kit.intake import Field, Wrong
from kit.intake.cells import LineCell, NameCell
from tasks.actions.groups import keep_members, withdraw_member
from tasks.models import Group, GroupMember
from tasks.resources.plan_kind import PlanKind
from units.resources.cells import UnitCell

PARTS = ("post", "name", "unit", "title")


class Members(PlanKind):
    """Who steers a plan: post in the group, name, unit, title there."""

    key = "members"
    title = "领导小组成员"
    about = "领导小组和专项工作组的成员名单：小组职务、姓名、单位、单位职务。"
    order = 40
    columns = (
        Field("group", "小组", LineCell(80), "小组名称 领导小组 工作组 专项小组 组别", apart=True, width=26),
        Field(
            "post",
            "小组职务",
            NameCell(20),
            "组内职务 领导小组职务 小组任职 领导小组任职 成员类别",
            needed=True,
            apart=True,
            width=14,
            example="副组长",
        ),
        Field("name", "姓名", NameCell(40), "成员姓名 成员", key=True, width=12, example="张某某"),
        Field("unit", "单位", UnitCell(), "所在单位 工作单位 成员单位", width=18, example="县某某局"),
        Field("title", "单位职务", LineCell(80), "职务 现任职务 行政职务 职务名称", width=28, example="党组书记、局长"),
    )
    foot = (
        "说明：按小组、姓名对应，已有的修改，没有的新增，不在表中的不动。方案只有一个领导小组时，“小组”可以不填。示例行请删去。",
    )

    def prepare(self):
        self.fetch_units()
        self.groups = list(self.plan.groups.order_by("kind", "order"))
        self.members = list(GroupMember.objects.filter(group__plan=self.plan).select_related("unit", "group"))
        self.last = Counter()
        for member in self.members:
            self.last[member.group_id] = max(self.last[member.group_id], member.order)

    def on_record(self):
        return self.members

    def before_import(self, dataset, **kwargs):
        """How often a name stands in the sheet says whether another post is a change or a second one."""
        super().before_import(dataset, **kwargs)
        self.counted = Counter(names.key(row.cells["name"]) for row in self.rows)

    def find(self, row):
        row.about, name = self._group(row), names.key(row.values["name"])
        if not row.values.get("post"):
            raise Wrong("post", "请填写小组职务，例如组长、副组长、成员。")
        same = [each for each in self.members if each.group_id == row.about.pk and names.key(each.name) == name]
        exact = [each for each in same if names.key(each.post) == names.key(row.values["post"])]
        single = len(same) == 1 and getattr(self, "counted", {}).get(name, 1) == 1
        return next(iter(exact), same[0] if single else None)

    def _group(self, row):
        text = row.values.get("group")
        if text:
            found = [group for group in self.groups if names.key(text) in _callings(group)]
        else:
            found = [group for group in self.groups if group.kind == Group.Kind.LEADING]
        if len(found) == 1:
            return found[0]
        known = "、".join(group.name for group in self.groups)
        if not known:
            raise Wrong("group", "这个方案还没有领导小组，请系统管理员先在技术后台建立。")
        raise Wrong("group", f"请填写小组名称，这个方案有：{known}。")

    def identity(self, row):
        return row.about.pk, names.key(row.values["name"]), names.key(row.values["post"])

    def key_of(self, row):
        return {"group": row.about.name, "name": row.values["name"], "post": row.values["post"]}

    def recorded(self, member):
        return {"group": member.group.name} | {name: getattr(member, name) for name in PARTS}

    def wanted(self, row):
        return {name: value for name, value in row.values.items() if name in PARTS}

    def label(self, row):
        return f"{row.values['post']} {row.values['name']}"

    def write(self, rows, by, note):
        keep_members(self.plan, [self._member(row) for row in rows], by, note=note)

    def _member(self, row):
        member = row.original
        if member is None:
            self.last[row.about.pk] += 1
            member = GroupMember(group=row.about, order=self.last[row.about.pk])
        for name, value in row.wanted.items():
            setattr(member, name, value)
        return member

    def remove(self, member, by, note):
        withdraw_member(member, by, note=note)


def _callings(group):
    """What a sheet may call a group: its name, with or without the county's before it."""
    return names.key(group.name), names.key(re.sub(r"^.{1,6}?[县市区](?=.*(?:组|指挥部|委员会)$)", "", group.name))
