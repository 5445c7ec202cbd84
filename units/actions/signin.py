"""What signing in, failing to, and changing one's own password leave behind; ending a lock."""

from axes.utils import reset
from django.conf import settings
from django.db import transaction

from kit import clock
from kit.moves import require
from units.models import AccountEvent, User
from units.permissions import can_manage_accounts

FAILED, LOCKED = "登录失败", "暂停登录"


@transaction.atomic
def record_sign_in(user):
    AccountEvent.write(user, user, "登录")


@transaction.atomic
def record_failure(username, address, *, locked):
    """Of a flood no more than what leads to a lock, and the lock once."""
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        return
    verb = LOCKED if locked else FAILED
    recent = user.events.filter(verb=verb, at__gt=clock.now() - settings.AXES_COOLOFF_TIME)
    if recent.count() < (1 if locked else settings.AXES_FAILURE_LIMIT):
        AccountEvent.write(user, None, verb, note=f"来自 {address}" if address else "")


@transaction.atomic
def unlock(by, *, user=None, address=""):
    """An account, or everybody at an address."""
    require(can_manage_accounts(by))
    if user:
        reset(username=user.username.lower())
        AccountEvent.write(user, by, "解除暂停登录")
    else:
        reset(ip=address)
        AccountEvent.write(by, by, "解除暂停登录", note=f"来自 {address} 的登录")


@transaction.atomic
def change_password(user, password):
    user.save(update_fields=user.take_password(password, must_change=False))
    AccountEvent.write(user, user, "修改密码")
    return user
