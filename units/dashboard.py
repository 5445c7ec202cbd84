"""Who cannot sign in at this moment, because a password was mistyped too often."""

import datetime
import time
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.db.models.functions import Lower

from units.models import User


@dataclass(frozen=True)
class Locked:
    """An account locked at some address, or (without one) an address from which nobody may try for now."""

    address: str
    failures: int
    until: datetime.datetime
    user: User | None = None


def locked(by):
    since = datetime.datetime.fromtimestamp(time.time(), datetime.UTC) - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(attempt_time__gte=since).order_by()
    counts = {"failures": Sum("failures_since_start"), "last": Max("attempt_time")}
    pairs = list(recent.values_list("username", "ip_address").annotate(**counts))
    found = [*_addresses(pairs)]
    full = [pair for pair in pairs if pair[2] >= settings.AXES_FAILURE_LIMIT]
    if full:
        users = User.objects.visible_to(by).annotate(low=Lower("username")).filter(low__in={pair[0] for pair in full})
        users = {user.low: user for user in users.select_related("unit")}
        found += [_locked(*pair[1:], users[pair[0]]) for pair in full if pair[0] in users]
    return found


def _addresses(pairs):
    for address in sorted({pair[1] for pair in pairs if pair[1]}):
        at_address = [pair for pair in pairs if pair[1] == address]
        failures = sum(pair[2] for pair in at_address)
        if failures >= settings.SIGNIN_FAILURES_PER_ADDRESS:
            yield _locked(address, failures, max(pair[3] for pair in at_address))


def _locked(address, failures, last, user=None):
    return Locked(address or "", failures, last + settings.AXES_COOLOFF_TIME, user)
