"""Who is told what about a directive."""

from units.actions.notices import deliver, notice_to, tell
from units.models import User


def address(directive):
    return f"/directives/{directive.pk}/"


def tell_them(directive, title, body=""):
    """Whoever acts for the answering unit, or the unit it was merged into."""
    _tell(User.objects.acting_for([directive.unit.answering() or directive.unit]), directive, title, body)


def tell_issuer(directive, title, body=""):
    _tell(User.objects.acting_for([directive.issuer.answering() or directive.issuer]), directive, title, body)


def tell_orderer(directive, title, body=""):
    """The leader who ordered it, if one did."""
    if directive.ordered_by:
        _tell([directive.ordered_by], directive, title, body)


def _tell(people, directive, title, body):
    key = f"directive:{directive.pk}:{directive.version}"
    tell(people, key=key, title=title, body=body, url=address(directive), private=True)


def tell_issued(directives):
    """Many at once: every answering unit, every helper, every co-issuer; the same things read and written however many there are."""
    parts = {}
    for directive in directives:
        due = f"请在{directive.sign_by:%Y-%m-%d}前签收，{directive.due_on:%Y-%m-%d}前办结。"
        parts.setdefault((directive.unit.answering() or directive.unit).pk, []).append((directive, "交办给本单位", due))
        for unit in directive.helpers.all():
            parts.setdefault(unit.pk, []).append((directive, "请协助办理", f"承办单位：{directive.unit}。"))
        for unit in directive.co_issuers.all():
            parts.setdefault(unit.pk, []).append((directive, "联合交办", f"承办单位：{directive.unit}。"))
    people = list(User.objects.acting_for(parts).select_related("unit"))
    deliver(
        notice_to(
            person,
            f"directive:{directive.pk}:{directive.version}",
            f"{word}：{directive}",
            body,
            address(directive),
            private=True,
        )
        for person in people
        for directive, word, body in parts[person.unit_id]
    )
