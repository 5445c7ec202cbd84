"""Password rules of the county: kinds of characters, no recent one again."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

KINDS = (str.islower, str.isupper, str.isdigit)
# Without the letters and digits that look alike on paper.
LETTERS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")


def random_password():
    """One that keeps the rules and can be read out: Kmwt-vrnq-4827."""
    small, large, digits = LETTERS
    first = secrets.choice(large) + "".join(secrets.choice(small) for _ in range(3))
    second = "".join(secrets.choice(small) for _ in range(4))
    return f"{first}-{second}-{''.join(secrets.choice(digits) for _ in range(4))}"


def kinds_in(password):
    other = any(not char.isascii() or not char.isalnum() for char in password)
    return sum(any(kind(char) for char in password if char.isascii()) for kind in KINDS) + other


class KindsValidator:
    """At least PASSWORD_KINDS of the four."""

    def validate(self, password, user=None):
        if len(password) > 128:
            raise ValidationError("密码最长128位。", code="password_too_long")
        if kinds_in(password) < settings.PASSWORD_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self):
        return f"密码须含小写字母、大写字母、数字、符号中的{settings.PASSWORD_KINDS}种。"


class HistoryValidator:
    """None of the last PASSWORD_HISTORY passwords of this person."""

    def validate(self, password, user=None):
        if user is None or not user.pk:
            return
        former = [row.password for row in user.former_passwords.all()[: settings.PASSWORD_HISTORY]]
        if any(check_password(password, each) for each in [user.password, *former] if each):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self):
        return f"不能与最近{settings.PASSWORD_HISTORY}次用过的密码相同。"
