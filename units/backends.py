"""Who is behind a session, and when guessing is stopped."""

import unicodedata

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import OuterRef, Sum

from kit.statements import Exists
from units.models import Unit, User


class PersonBackend(ModelBackend):
    """Fetches the unit along with the person, because every page's frame names both; and whether others were merged into it."""

    def get_user(self, user_id):
        merged = Unit.objects.filter(successor=OuterRef("unit"))
        user = User.objects.select_related("unit").annotate(took_over=Exists(merged)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def client_address(request):
    """The trusted proxy's header when one is configured, never a header of the client's."""
    header = settings.TRUSTED_PROXY_HEADER
    told = request.headers.get(header, "") if header else ""
    return told.rpartition(",")[2].strip() or request.META.get(
        "REMOTE_ADDR", ""
    )  # the last one is the proxy's own word


def counted_name(request, credentials=None):
    """As sign-in compares names, whatever their case or width."""
    typed = (credentials or request.POST).get("username") or ""
    return unicodedata.normalize("NFKC", typed).strip().lower()[:255]


class AddressHandler(AxesDatabaseHandler):
    """Beside a name at its address, counts an address over all names: guessing at many accounts is stopped too."""

    def get_failures(self, request, credentials=None):
        at_address = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
        )
        failures = at_address.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
        if failures >= settings.SIGNIN_FAILURES_PER_ADDRESS:
            return settings.AXES_FAILURE_LIMIT
        return super().get_failures(request, credentials)
