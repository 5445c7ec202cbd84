"""Telling people: the in-app inbox always, mail when the server is configured for it."""

from django.conf import settings
from django.db import transaction

from kit import clock
from reports.actions.mail import wake
from reports.models import Mail, Notice
from units.models import User


@transaction.atomic
def tell(people, *, key, title, body="", url=""):
    """Put one notice per person into the inbox, once per ``key``; return the people told for the first time."""
    people = list(people)
    # One line without breaks, as a mail's subject must be.
    title = " ".join(title.split())[: Notice._meta.get_field("title").max_length]
    known = set(Notice.objects.filter(key=key, user__in=people).values_list("user", flat=True))
    fresh = [person for person in people if person.pk not in known]
    Notice.objects.bulk_create(
        (Notice(user=person, key=key, title=title, body=body, url=url, at=clock.now()) for person in fresh),
        ignore_conflicts=True,
    )
    reachable = [person for person in fresh if person.email]
    if settings.EMAIL_HOST and reachable:
        _queue(reachable, key)
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


def _queue(people, key):
    """Let a mail wait for everyone told; one notice has one, whichever process comes first."""
    notices = Notice.objects.filter(key=key, user__in=people).select_related("user").order_by("pk")
    Mail.objects.bulk_create(
        (Mail(notice=notice, address=notice.user.email) for notice in notices), ignore_conflicts=True
    )
    transaction.on_commit(wake)
