"""Telling people: the in-app inbox always, mail when the server is configured for it."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from kit import clock
from reports.models import Notice
from units.models import User


def tell(people, *, key, title, body="", url=""):
    """Put one notice per person into the inbox, once per ``key``; return the people told for the first time."""
    people = list(people)
    known = set(Notice.objects.filter(key=key, user__in=people).values_list("user", flat=True))
    fresh = [person for person in people if person.pk not in known]
    Notice.objects.bulk_create(
        (Notice(user=person, key=key, title=title, body=body, url=url, at=clock.now()) for person in fresh),
        ignore_conflicts=True,
    )
    addresses = [person.email for person in fresh if person.email]
    if settings.EMAIL_HOST and addresses:
        transaction.on_commit(lambda: _mail(addresses, title, body))
    return fresh


def tell_unit(unit, **message):
    """Tell everyone who files or signs for ``unit``, or for the unit it was merged into."""
    return tell(User.objects.working_for([unit.answering() or unit]), **message)


def read(user, notice):
    """Mark one notice as read; the first time counts."""
    return Notice.objects.visible_to(user).unread().filter(pk=notice.pk).update(read_at=clock.now())


def look_over(user):
    """Note that the person has seen everything on the desk up to now."""
    User.objects.filter(pk=user.pk).update(seen_until=clock.now())


def read_all(user):
    """Mark the user's notices as read."""
    return Notice.objects.visible_to(user).unread().update(read_at=clock.now())


def _mail(addresses, title, body):
    """Send one message each; a mail server that is away loses no notice, the inbox has it."""
    messages = [EmailMessage(title, body or title, to=[address]) for address in addresses]
    try:
        get_connection().send_messages(messages)
    except (OSError, smtplib.SMTPException):
        return 0
    return len(messages)
