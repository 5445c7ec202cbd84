"""Telling people: once per occasion in the inbox, by mail when a host is named, and a mail server that is away harms nothing."""

import pytest

from reports.actions.notices import read_all, tell
from reports.models import Notice


@pytest.fixture
def reachable(reporter):
    reporter.email = "liu@example.org"
    reporter.save()
    return reporter


def test_the_same_occasion_is_told_once(reporter, head):
    assert tell([reporter, head], key="open:1", title="开始填报") == [reporter, head]
    assert tell([reporter, head], key="open:1", title="开始填报") == []
    assert Notice.objects.count() == 2


def test_everyone_reads_their_own(reporter, head):
    tell([reporter, head], key="open:1", title="开始填报")
    assert Notice.objects.visible_to(reporter).count() == 1
    assert read_all(reporter) == 1
    assert Notice.objects.visible_to(head).unread().count() == 1


def test_without_a_host_there_is_no_mail(reachable, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell([reachable], key="open:1", title="开始填报")
    assert mailoutbox == []


def test_with_a_host_each_gets_a_mail_of_their_own(
    reachable, head, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        tell([reachable, head], key="open:1", title="开始填报", body="按时报送截止：10月31日 24:00")
    (mail,) = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (["liu@example.org"], "开始填报", "按时报送截止：10月31日 24:00")


def test_a_mail_server_that_is_away_loses_no_notice(reachable, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        tell([reachable], key="open:1", title="开始填报")
    assert Notice.objects.get().title == "开始填报"
