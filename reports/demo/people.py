"""The people of the demonstration year: one account a unit, offices, leaders; contacts. Every name is invented."""

from dataclasses import dataclass

from kit import clock
from units.models import AccountEvent, Contact, Unit, User
from units.passwords import random_password

Role = User.Role
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦成达恩方刚和惠佳康兰明宁平庆荣顺泰文祥晓毅永志中"
# 示 or 例 in the middle: nobody can take such a name for a real person's.
MARKS = "示例"


@dataclass(frozen=True)
class Shown:
    """An account whose password is shown once to whoever built the year."""

    username: str
    password: str
    label: str


def invented_name(chance):
    return chance.choice(SURNAMES) + chance.choice(MARKS) + chance.choice(GIVEN)


class Cast:
    def __init__(self, script):
        self.script = script
        self.users = {}
        self.shown = []

    def hire(self):
        """Those of the script first, then a reporter for every other unit that reports."""
        units = {unit.name: unit for unit in Unit.objects.all()}
        passwords = {}
        for row in self.script["accounts"]:
            password = passwords.setdefault(row["username"], random_password())
            user = self._make(row["username"], row["role"], units.get(row.get("unit")), row.get("name"), password)
            place = f"（{user.unit.name}）" if user.unit else ""
            self.shown.append(Shown(user.username, password, f"{user.get_role_display()}{place}{row.get('note', '')}"))
        taken = {user.username for user in self.users.values()}
        for unit in units.values():
            if (unit.name, Role.REPORTER) not in self.users and unit.peer_group != Unit.PeerGroup.LEADING_OFFICE:
                username = next(name for name in _usernames(unit) if name not in taken)
                taken.add(username)
                self._make(username, Role.REPORTER, unit, None, None)

    def _make(self, username, role, unit, name, password):
        name = name or invented_name(self.script.chance("account", username))
        user = User(username=username, role=role, unit=unit, name=name, must_change_password=False)
        user.created_at = clock.now()
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save()
        AccountEvent.write(user, self.users.get((None, Role.ADMIN)), "建立账号")
        self.users.setdefault((unit.name if unit else None, role), user)
        return user

    def reporter(self, unit):
        return self.users[unit.name, Role.REPORTER]

    def head(self, unit):
        return self.users.get((unit.name, Role.HEAD))

    def office(self, plan):
        return self.users[plan.office.name, Role.OFFICE]

    def leader(self):
        return self.users[None, Role.LEADER]

    def freshen_passwords(self):
        """They count from now: they were made and shown at this moment."""
        User.objects.update(password_set_at=clock.now())

    def name_contacts(self):
        missing = self.script["contacts_missing"]
        titles = {"PRINCIPAL": "主要负责人", "DEPUTY": "分管负责人", "LIAISON": "办公室主任"}
        Contact.objects.bulk_create(
            Contact(
                unit=unit,
                post=post,
                name=invented_name(self.script.chance("contact", unit.name, post)),
                title=title,
                phone=f"0731-0000{self.script.chance('phone', unit.name, post).randint(1000, 9999)}",
            )
            for unit in Unit.objects.all()
            for post, title in titles.items()
            if post not in missing.get(unit.name, ())
        )


def _usernames(unit):
    stem = unit.initials[1:] if unit.initials.startswith("x") and len(unit.initials) > 3 else unit.initials
    yield stem
    for number in range(2, 100):
        yield f"{stem}{number}"
