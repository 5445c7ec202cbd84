"""Who is told what about a directive."""

from units.actions.notices import deliver, notice_to
from units.models import User


def told(person, directive, title, body="", *, key=""):
    """A notice of it, once per ``key``, else per version; what it is about is nothing for the robot of a group."""
    key = f"directive:{directive.pk}:{key or directive.version}"
    return notice_to(person, key, title, body, f"/directives/{directive.pk}/", private=True)


def tell_them(directive, title, body=""):
    _tell(User.objects.acting_for([directive.unit_now]), directive, title, body)


def tell_issuer(directive, title, body=""):
    _tell(User.objects.acting_for([directive.issuer.answering() or directive.issuer]), directive, title, body)


def tell_orderer(directive, title, body=""):
    if directive.ordered_by:
        _tell([directive.ordered_by], directive, title, body)


def _tell(people, directive, title, body):
    deliver(told(person, directive, title, body) for person in people)


def tell_issued(directives):
    """Many at once: every answering unit, every helper, every co-issuer; the same things read and written however many there are."""
    parts = {}
    for directive in directives:
        due = f"请在{directive.sign_by:%Y-%m-%d}前签收，{directive.due_on:%Y-%m-%d}前办结。"
        beside = f"承办单位：{directive.unit}。"
        for units, word, body in (
            ([directive.unit], "交办给本单位", due),
            (directive.helpers.all(), "请协助办理", beside),
            (directive.co_issuers.all(), "联合交办", beside),
        ):
            for unit in units:
                parts.setdefault((unit.answering() or unit).pk, []).append((directive, word, body))
    people = list(User.objects.acting_for(parts).select_related("unit"))
    deliver(
        told(person, directive, f"{word}：{directive}", body)
        for person in people
        for directive, word, body in parts[person.unit_id]
    )
