"""Telling people: the in-app inbox always, mail when the server is configured for it."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kit import clock
from units.actions import mail, posts
from units.models import Mail, Notice, Post, User

# What a post says of a notice whose title is not for everybody.
PRIVATE, NAMED = "有新消息，请登录查看", 5


def tell(people, *, key, title, body="", url="", private=False):
    """One notice per person, once per ``key``; return the people told for the first time.

    ``private``: not everybody may read the title, so it goes to the inbox and by mail, not to the robot of a group.
    """
    return [notice.user for notice in deliver(notice_to(person, key, title, body, url, private) for person in people)]


def notice_to(person, key, title, body="", url="", private=False):
    """Return a notice not delivered yet; its title is one line, as a mail's subject must be."""
    title = " ".join(title.split())[: Notice._meta.get_field("title").max_length]
    notice = Notice(user=person, key=key, title=title, body=body, url=url, at=clock.now())
    notice.private = private
    return notice


def digest(lines, *, key, title, url):
    """Tell whoever works for these units all their lines at once; ``lines`` are {unit's key: [line]}, ``title`` names their number."""
    people = User.objects.working_for(lines).select_related("unit")
    told = ((person, lines[person.unit_id]) for person in people)
    notices = (notice_to(person, key, title.format(len(own)), "\n".join(own), url) for person, own in told)
    return [notice.user for notice in deliver(notices)]


def last_told(word):
    at = Notice.objects.filter(key__startswith=word).aggregate(at=Max("at"))["at"]
    return at and clock.local(at).date()


@transaction.atomic
def deliver(notices):
    """Each person's once per key, with mail waiting beside them; return those that are new."""
    notices = list(notices)
    keys, people = {notice.key for notice in notices}, {notice.user_id for notice in notices}
    known = set(Notice.objects.filter(key__in=keys, user__in=people).values_list("user", "key"))
    fresh = [notice for notice in notices if (notice.user_id, notice.key) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    reachable = {notice.user_id for notice in fresh if notice.user.email}
    if settings.EMAIL_HOST and reachable:
        _queue(keys, reachable)
    if fresh and posts.is_on():
        _queue_posts(fresh)
    return fresh


def tell_unit(unit, **message):
    return tell(User.objects.working_for([unit.answering() or unit]), **message)


def read(user, notice):
    return Notice.objects.visible_to(user).unread().filter(pk=notice.pk).update(read_at=clock.now())


def look_over(user):
    """Everything on the desk up to now has been seen."""
    User.objects.filter(pk=user.pk).update(seen_until=clock.now())


def read_all(user):
    return Notice.objects.visible_to(user).unread().update(read_at=clock.now())


def _queue(keys, people):
    """One notice has one mail, whichever process comes first."""
    notices = Notice.objects.filter(key__in=keys, user__in=people, mail=None).select_related("user").order_by("pk")
    Mail.objects.bulk_create(
        (Mail(notice=notice, address=notice.user.email) for notice in notices), ignore_conflicts=True
    )
    transaction.on_commit(mail.wake)


def _queue_posts(fresh):
    """What several are told alike is one post, whichever process comes first: it hangs on the first of their notices."""
    known = {(notice.user_id, notice.key): notice for notice in fresh}
    rows = Notice.objects.filter(key__in={key for _, key in known}, user__in={user for user, _ in known})
    alike = {}
    for row in rows.select_related("user__unit").order_by("pk"):
        if notice := known.get((row.user_id, row.key)):
            text = PRIVATE if notice.private else row.title
            alike.setdefault((row.key, text), []).append(row)
    Post.objects.bulk_create(
        (Post(notice=told[0], text=text, people=_units_of(told)) for (_, text), told in alike.items()),
        ignore_conflicts=True,
    )
    transaction.on_commit(posts.wake)


def _units_of(notices):
    """县民政局、县人社局等12个单位; people without a unit are named by their role."""
    names = list(dict.fromkeys(str(each.user.unit or each.user.get_role_display()) for each in notices))
    shown = "、".join(name[:20] for name in names[:NAMED])
    return f"{shown}等{len(names)}个单位" if len(names) > NAMED else shown
