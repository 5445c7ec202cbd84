"""A forgotten password, from the server's command line: a new one, shown once, to be changed, on record."""

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import PASSWORD


def test_a_new_password_is_shown_and_must_be_changed(reporter, capsys):
    call_command("reset_password", "MinZheng")
    shown = capsys.readouterr().out.split()[1]
    reporter.refresh_from_db()
    assert reporter.check_password(shown)
    assert reporter.must_change_password
    assert reporter.former_passwords.count() == 1
    assert reporter.events.get().verb == "重置密码"
    assert not reporter.check_password(PASSWORD)


@pytest.mark.django_db
def test_nobody_of_that_name(capsys):
    with pytest.raises(CommandError, match="没有用户名为“nobody”"):
        call_command("reset_password", "nobody")
