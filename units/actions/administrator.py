"""The way in for whoever runs the server: the first administrator, and a new password when one is forgotten."""

from django.db import transaction

from units.models import AccountEvent, User
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
    password = _give_password(user)
    AccountEvent.write(user, None, "重置密码", note="在服务器上重置")
    return password


def _give_password(user):
    password = random_password()
    user.take_password(password, must_change=True)
    user.is_active = True
    user.save()
    return password
