"""Accounts: made, changed, reset, switched off and on. The administrator's verbs."""

from dataclasses import dataclass

from axes.utils import reset
from django.db import transaction

from kit.moves import change, lock, require
from kit.refusal import Refusal
from kit.trace import differences
from units.models import AccountEvent, User
from units.passwords import random_password
from units.permissions import can_manage_accounts

WORDS = {"name": "姓名", "unit": "所在单位", "role": "角色", "phone": "联系电话", "email": "电子邮箱"}


def shown(user):
    values = {word: str(getattr(user, name) or "") for name, word in WORDS.items()}
    return values | {"角色": user.get_role_display()}


def check(user):
    """Refuse an account that could do nothing or everything by mistake."""
    if user.role in User.WITH_UNIT and user.unit_id is None:
        raise Refusal(f"{user.get_role_display()}须有所在单位。")


def _others_in_charge(user):
    return User.objects.filter(role=User.Role.ADMIN, is_active=True).exclude(pk=user.pk).exists()


@transaction.atomic
def create_account(user, by, *, note=""):
    """Return its random password, to be changed at the first sign-in."""
    require(can_manage_accounts(by))
    check(user)
    password = random_password()
    user.take_password(password, must_change=True)
    user.save()
    AccountEvent.write(user, by, "建立账号", note=note, changes=differences({}, shown(user)))
    return password


@transaction.atomic
def change_account(user, by, *, note=""):
    """Nobody takes their own role away."""
    require(can_manage_accounts(by))
    check(user)
    stored = lock(user)
    if stored.role == User.Role.ADMIN and user.role != User.Role.ADMIN:
        if stored.pk == by.pk:
            raise Refusal("不能改变自己的角色，请由另一位系统管理员办理。")
        if not _others_in_charge(stored):
            raise Refusal("这是最后一位系统管理员，不能改变角色。")
    user.save(update_fields=list(WORDS))
    if changes := differences(shown(stored), shown(user)):
        verb = "调动单位" if "所在单位" in changes else "修改账号"
        AccountEvent.write(user, by, verb, note=note, changes=changes)
    return user


@transaction.atomic
def reset_password(user, by):
    """Return a new random password; the old one ends at once, and with it every session."""
    require(can_manage_accounts(by))
    user = lock(user)
    password = random_password()
    user.save(update_fields=user.take_password(password, must_change=True))
    AccountEvent.write(user, by, "重置密码")
    reset(username=user.username.lower())  # whoever forgot it has mostly locked the account as well
    return password


@transaction.atomic
def switch_account(user, by, *, active):
    """Its sessions end at once."""
    require(can_manage_accounts(by))
    user = lock(user)
    if not active and user.pk == by.pk:
        raise Refusal("不能停用自己的账号。")
    if not active and user.role == User.Role.ADMIN and not _others_in_charge(user):
        raise Refusal("这是最后一位系统管理员，不能停用。")
    if user.is_active != active:
        change(user, is_active=active)
        AccountEvent.write(user, by, "启用账号" if active else "停用账号")
    return user


@dataclass(frozen=True)
class Made:
    """An account as it is handed over: with its password when it was made now."""

    user: User
    password: str


@transaction.atomic
def withdraw_account(user, by, *, note=""):
    """One that was used is switched off instead; its events stay."""
    require(can_manage_accounts(by))
    user = lock(user)
    if user.last_login or not user.must_change_password:
        raise Refusal("这个账号已经登录过，不能撤销，可以停用。")
    AccountEvent.write(
        user, by, "撤销账号", note=note, changes=differences(shown(user), dict.fromkeys(shown(user), ""))
    )
    user.delete()
