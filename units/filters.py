"""Filters of the lists of units and accounts."""

from django.db.models import Q

from kit import names
from kit.filters import ListFilter, WordsFilter, choice
from units.models import Unit, User


class AccountFilter(ListFilter):
    role = choice(User.Role.choices, "角色")
    active = choice([("1", "启用"), ("0", "停用")], "状态", "in_use")
    q = WordsFilter(method="having", max_length=40, label="关键词", help_text="姓名、用户名、单位或拼音首字母")

    def in_use(self, users, name, value):
        return users.filter(is_active=value == "1")

    def having(self, users, name, value):
        units = Unit.objects.search(value).values("pk")
        return users.filter(names.holds(value, "name", "username") | Q(unit__in=units))


class UnitFilter(ListFilter):
    group = choice(Unit.PeerGroup.choices, "同类组", field_name="peer_group")
    contacts = choice([("missing", "联系人不全"), ("complete", "联系人齐全")], "联系人", "by_contacts")
    q = WordsFilter(method="having", max_length=40, label="单位", help_text="中文、全拼或首字母")

    def by_contacts(self, units, name, value):
        return units.filter(pk__in=Unit.objects.contacts_complete(value == "complete").values("pk"))

    def having(self, units, name, value):
        return units.filter(pk__in=Unit.objects.search(value).values("pk"))
