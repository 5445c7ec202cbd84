from django.urls import reverse
from django.utils.html import format_html, format_html_join

from kit.tables import Column
from units.models import Contact


def _account(user):
    return format_html('<a href="{}">{}</a>', reverse("account", args=[user.pk]), user.name)


ACCOUNTS = (
    Column("name", "姓名", lambda user: user.name, _account, sort=("name",), main=True, width=14),
    Column("username", "用户名", lambda user: user.username, sort=("username",), width=18),
    Column("unit", "所在单位", lambda user: user.unit.name if user.unit else "", sort=("unit__order",), width=20),
    Column("role", "角色", lambda user: user.get_role_display(), sort=("role",), width=14),
    Column("phone", "联系电话", lambda user: user.phone, width=18),
    Column(
        "active",
        "状态",
        lambda user: "启用" if user.is_active else "停用",
        tone=lambda user: "good" if user.is_active else "muted",
        sort=("is_active",),
        width=8,
    ),
    Column("first", "首次登录", lambda user: "须改密码" if user.must_change_password else "", width=12),
)


def _unit(unit):
    return format_html('<a href="{}">{}</a>', reverse("unit", args=[unit.pk]), unit.name)


def _contact(unit, post, *, phone):
    found = next((each for each in unit.contacts.all() if each.post == post), None)
    if found is None:
        return ""
    return f"{found.name} {found.phone}" if phone else found.name


def _unbroken(words):
    """A narrow column breaks between name and number, not in them."""
    return format_html_join(" ", '<span class="nowrap">{}</span>', ((word,) for word in words.split(" ")))


def _lacking(unit):
    named = {each.post for each in unit.contacts.all()}
    return "、".join(label for post, label in Contact.Post.choices if post not in named)


def unit_columns(*, phones):
    """Telephone numbers only for those who work with all units."""
    posts = tuple(
        Column(
            post.lower(),
            label,
            lambda unit, post=post: _contact(unit, post, phone=phones),
            lambda unit, post=post: _unbroken(_contact(unit, post, phone=phones)),
            width=24,
        )
        for post, label in Contact.Post.choices
    )
    return (
        Column("name", "单位", lambda unit: unit.name, _unit, sort=("order",), main=True, width=18),
        Column("full", "全称", lambda unit: unit.full_name, width=34),
        Column(
            "group", "同类组", lambda unit: unit.get_peer_group_display(), sort=("peer_group",), wrap=False, width=12
        ),
        *(posts if phones else ()),
        Column("lacking", "未报联系人", _lacking, tone=lambda unit: "warn" if _lacking(unit) else "", width=22),
        Column("signs", "月报审签", lambda unit: "须审签" if unit.head_signs else "", width=10),
    )
