"""What signing in and changing one's own password leave behind."""

from django.db import transaction

from kit import clock
from units.models import AccountEvent, FormerPassword


@transaction.atomic
def record_sign_in(user):
    """Put a sign-in on record; only the auditor reads these."""
    AccountEvent.write(user, user, "登录")


@transaction.atomic
def change_password(user, password):
    """Give ``user`` the password of their own choice; the old one is kept as a hash so that it cannot come back soon."""
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password, at=clock.now())
    user.set_password(password)
    user.must_change_password, user.password_set_at = False, clock.now()
    user.save(update_fields=["password", "must_change_password", "password_set_at"])
    AccountEvent.write(user, user, "修改密码")
    return user
