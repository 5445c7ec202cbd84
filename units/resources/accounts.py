"""Accounts from a sheet: 账号."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit.exchange import Choice, Text
from kit.intake import Field, Kind
from units.actions.accounts import Made, change_account, create_account, withdraw_account
from units.actions.loading import Directory
from units.models import Unit, User
from units.models.user import USERNAME
from units.permissions import can_manage_accounts
from units.resources.cells import UnitCell, with_units
from units.resources.units import PhoneCell

ATTRIBUTES = ("name", "unit", "role", "phone", "email")


class MailCell(Text):
    """An address for e-mail."""

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
    fields = (
        Field("username", "用户名", Text(30), ("登录名", "账号", "账户", "登录账号"), key=True, example="mouju01"),
        Field("name", "姓名", Text(40), ("人员姓名", "使用人"), width=12, example="张某某"),
        Field("unit", "所在单位", UnitCell(), ("单位", "工作单位", "责任单位"), width=18, example="县某某局"),
        Field("role", "角色", Choice(User.Role.choices), ("权限",), width=14, example="填报人"),
        Field(
            "phone",
            "联系电话",
            PhoneCell(30),
            ("电话", "手机", "手机号码", "联系方式"),
            width=16,
            example="0731-27610000",
        ),
        Field("email", "电子邮箱", MailCell(254), ("邮箱", "邮件地址"), width=24),
    )
    foot = (
        "说明：按用户名对应，已有的修改，没有的新建；空着的格不改动。填报人、单位负责人、办公室人员须填所在单位。角色请从下拉列表选择。示例行请删去。",
    )

    @classmethod
    def may(cls, user, plan=None):
        return can_manage_accounts(user)

    def prepare(self):
        units = Unit.objects.prefetch_related("other_names")
        self.fields = with_units(type(self).fields, Directory.of(units))
        self.stored = {user.username.lower(): user for user in User.objects.select_related("unit")}
        self.handed = []

    def on_record(self):
        return list(self.stored.values())

    def find(self, line):
        return self.stored.get(line.values["username"].lower())

    def recorded(self, user):
        return {name: getattr(user, name) for name in ("username", *ATTRIBUTES)}

    def wanted(self, line):
        """The name to sign in with is no matter of capitals."""
        return line.values | ({"username": line.thing.username} if line.thing else {})

    def check(self, line):
        if line.thing is None:
            yield from self._check_new(line)
        role, unit = (
            line.wanted.get(name, getattr(line.thing, name, None) if line.thing else None) for name in ("role", "unit")
        )
        if role in User.WITH_UNIT and unit is None:
            yield "unit", f"{User.Role(role).label}须填所在单位。"
        moved = line.thing is None or line.thing.unit_id != (unit.pk if unit else None)
        if unit and moved and not unit.is_active:
            yield "unit", f"{unit}已停用，请填现在的单位。"

    def _check_new(self, line):
        if not USERNAME.regex.match(line.values["username"]):
            yield "username", USERNAME.message
        for name, head in (("name", "姓名"), ("role", "角色")):
            if name not in line.values:
                yield name, f"新账号须填{head}。"

    def label(self, line):
        name = line.wanted.get("name") or (line.thing.name if line.thing else "")
        return f"{line.wanted['username']} {name}".strip()

    def create(self, line, by, note):
        user = User(**{name: value for name, value in line.wanted.items() if name in ("username", *ATTRIBUTES)})
        self.handed.append(Made(user, create_account(user, by, note=note)))

    def change(self, line, by, note):
        for name in ATTRIBUTES:
            if name in line.wanted:
                setattr(line.thing, name, line.wanted[name])
        change_account(line.thing, by, note=note)

    def remove(self, user, by, note):
        withdraw_account(user, by, note=note)
