"""Telling people: once per occasion in the inbox; without a mail server, there alone."""

import pytest

from units.actions.notices import read_all, tell
from units.models import Mail, Notice


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


def test_without_a_host_there_is_no_mail(reachable):
    tell([reachable], key="open:1", title="开始填报")
    assert not Mail.objects.exists()
