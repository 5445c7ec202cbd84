"""Places of the menu."""

from kit import clock
from kit.menu import Place
from supervision.dashboard.directives import conditions
from supervision.models import Directive
from units.models import User


def _waiting(user):
    """What a unit has to sign or answer; what an issuer has to check."""
    rows, latest = Directive.objects.visible_to(user), clock.today()
    if user.role in User.FILERS:
        return rows.of_unit(user.unit_id).filter(status__in=Directive.WITH_UNIT).count()
    return rows.filter(conditions(user, latest)["check"]).count() if user.role in User.ACTING else 0


PLACES = (
    Place(83, "交办事项", "directive_list", "flag", User.BUSINESS, waiting=_waiting),
    Place(85, "调度会", "dispatch_list", "megaphone", User.BUSINESS),
    Place(87, "会议督查约谈", "occasion_list", "eye", User.BUSINESS),
    Place(90, "走访", "visit_list", "person", User.OVERLOOKERS),
    Place(95, "业主反映", "word_list", "comment", User.OVERLOOKERS),
    Place(97, "办公室日历", "rhythm", "calendar", User.OVERLOOKERS),
)
