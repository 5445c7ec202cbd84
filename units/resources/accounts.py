"""Accounts from a sheet: 账号."""

from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit import names, pinyin
from kit.intake import Field, Kind, Wrong
from kit.intake.cells import ChoiceCell, NameCell, TextCell
from kit.quantities import plain
from units.actions.accounts import Made, change_account, create_account, withdraw_account
from units.actions.loading import Directory
from units.models import Unit, User
from units.models.user import USERNAME
from units.permissions import can_manage_accounts
from units.resources.cells import UnitCell, look_up_in
from units.resources.units import PhoneCell

ATTRIBUTES = ("name", "unit", "role", "phone", "email")


class LatinCell(TextCell):
    """A name to sign in with: full-width letters and digits are letters and digits."""

    def clean(self, value, row=None, **kwargs):
        return plain(super().clean(value))


class MailCell(LatinCell):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value)
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError("请填写电子邮箱，例如 name@example.com。") from None
        return text


class Accounts(Kind):
    """Who may sign in, with which role; passwords are made by the system and shown once."""

    key = "accounts"
    title = "账号"
    about = "登录账号的姓名、所在单位、角色和联系方式；新账号的密码由系统生成，只显示一次。"
    order = 20
    columns = (
        Field("username", "用户名", LatinCell(30), "登录名 账号 账户 登录账号", key=True, made=True, example="mouju01"),
        Field("name", "姓名", NameCell(40), "人员姓名 使用人", width=12, example="张某某"),
        Field("unit", "所在单位", UnitCell(), "单位 工作单位 责任单位", width=18, example="县某某局"),
        Field("role", "角色", ChoiceCell(User.Role.choices), "权限", width=14, example="填报人"),
        Field("phone", "联系电话", PhoneCell(30), "电话 手机 手机号码 联系方式", width=16, example="0731-27610000"),
        Field("email", "电子邮箱", MailCell(254), "邮箱 邮件地址", width=24),
    )
    foot = (
        "说明：按用户名对应，已有的修改，没有的新建；空着的格不改动；没有用户名的，按姓名的拼音拟一个。填报人、单位负责人、办公室人员须填所在单位。角色请从下拉列表选择。示例行请删去。",
    )

    @classmethod
    def may(cls, user, plan=None):
        return can_manage_accounts(user)

    def prepare(self):
        units = Unit.objects.prefetch_related("other_names")
        look_up_in(Directory.of(units), self.fields)
        self.stored = {user.username.lower(): user for user in User.objects.select_related("unit")}
        self.handed, self.proposed, self.unnamed = [], set(), {}

    def on_record(self):
        return list(self.stored.values())

    def make_keys(self, row):
        """Without a name to sign in with a row means the account of that person, or a new one named by pinyin."""
        if row.values.get("username"):
            return
        name = row.values.get("name")
        if not name or "unit" in row.unread:
            raise Wrong("username", "请填写用户名；也可以填姓名和所在单位，由系统拟一个。")
        same = self._same(name, row.values.get("unit"))
        if len(same) > 1:
            told = "、".join(f"{user.username}（{user.unit or '没有单位'}）" for user in same)
            raise Wrong("username", f"叫“{name}”的账号有{len(same)}个：{told}，请填写用户名。")
        first = self.unnamed.setdefault((names.key(name), row.values.get("unit")), row.number)
        if first != row.number:
            raise Wrong("name", f"第{first}行也是“{name}”；若是两个人，请分别填写用户名。")
        row.values["username"] = same[0].username if same else self._proposal(name)
        words = "是已有的账号" if same else "用户名按拼音拟为"
        row.notes.append(f"没有填用户名：{name}{words}{row.values['username']}。")

    def _same(self, name, unit):
        people = [user for user in self.stored.values() if names.key(user.name) == names.key(name)]
        return [user for user in people if unit is None or user.unit_id == unit.pk]

    def _proposal(self, name):
        stem = pinyin.full(name)[:26]
        stem = stem if len(stem) > 1 else f"user{stem}"
        names_ = (f"{stem}{number if number > 1 else ''}" for number in count(1))
        found = next(each for each in names_ if each not in self.stored and each not in self.proposed)
        self.proposed.add(found)
        return found

    def find(self, row):
        return self.stored.get(row.values["username"].lower())

    def recorded(self, user):
        return {name: getattr(user, name) for name in ("username", *ATTRIBUTES)}

    def wanted(self, row):
        """The name to sign in with is no matter of capitals."""
        return row.values | ({"username": row.original.username} if row.original else {})

    def check(self, row):
        if row.original is None:
            yield from self._check_new(row)
        role, unit = (
            row.wanted.get(name, getattr(row.original, name, None) if row.original else None)
            for name in ("role", "unit")
        )
        if role in User.WITH_UNIT and unit is None:
            yield "unit", f"{User.Role(role).label}须填所在单位。"
        moved = row.original is None or row.original.unit_id != (unit.pk if unit else None)
        if unit and moved and not unit.is_active:
            yield "unit", f"{unit}已停用，请填现在的单位。"

    def _check_new(self, row):
        if not USERNAME.regex.match(row.values["username"]):
            yield "username", USERNAME.message
        for name, head in (("name", "姓名"), ("role", "角色")):
            if name not in row.values:
                yield name, f"新账号须填{head}。"

    def label(self, row):
        name = row.wanted.get("name") or (row.original.name if row.original else "")
        return f"{row.wanted['username']} {name}".strip()

    def create(self, row, by, note):
        user = User(**{name: value for name, value in row.wanted.items() if name in ("username", *ATTRIBUTES)})
        self.handed.append(Made(user, create_account(user, by, note=note)))

    def change(self, row, by, note):
        for name in ATTRIBUTES:
            if name in row.wanted:
                setattr(row.original, name, row.wanted[name])
        change_account(row.original, by, note=note)

    def remove(self, user, by, note):
        withdraw_account(user, by, note=note)
