"""The way in for whoever runs the server: the first administrator, and a new password when one is forgotten."""

from django.db import transaction

from kit import clock
from units.models import AccountEvent, FormerPassword, User
from units.passwords import random_password

FIRST = "admin"


@transaction.atomic
def make_first_administrator():
    """Return it with the password that is shown this once."""
    user = User(username=FIRST, name="系统管理员", role=User.Role.ADMIN)
    password = _give_password(user)
    AccountEvent.write(user, None, "建立账号", note="首次启动")
    return user, password


@transaction.atomic
def renew_password(user):
    """Return a random one, to be changed at the next sign-in. Done on the server itself."""
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password)
    password = _give_password(user)
    AccountEvent.write(user, None, "重置密码", note="在服务器上重置")
    return password


def _give_password(user):
    password = random_password()
    user.set_password(password)
    user.must_change_password, user.password_set_at, user.is_active = True, clock.now(), True
    user.save()
    return password
