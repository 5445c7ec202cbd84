"""Schemes that ask all there is to ask of every unit, and their rounds, for measuring what these cost."""

from itertools import count

from kit import clock
from kit.deadlines import months_later
from supervision.actions.rounds.running import open_round
from supervision.actions.schemes import begin_scheme, write_group, write_item
from supervision.dashboard.metrics import METRICS
from supervision.scoring import shares_of
from units.models import Unit, User


def make_scheme(plan, size, name=""):
    """``size`` items over the metrics that fit units, again from the first where they are fewer; all units in one group."""
    scheme = begin_scheme(plan, None, name=name or f"测量用{size}项")
    write_group(scheme, None, name="全部", units=list(Unit.objects.active()))
    keys = [metric.key for metric in METRICS.values() if "UNIT" in metric.fits]
    for number, full in enumerate(shares_of(100, size)):
        key = keys[number % len(keys)]
        write_item(scheme, None, title=METRICS[key].label, full=full, way="SHARE", metric=key, params={})
    return scheme


def make_rounds(scheme, size, wanted):
    """``wanted`` rounds as an office opens them, of every span that is over; of further schemes like ``scheme`` where those do not do."""
    plan, today = scheme.plan, clock.today().replace(day=1)
    by = User.objects.filter(role=User.Role.OFFICE, unit=plan.office).order_by("pk").first()
    over = [month for month in plan.months if months_later(month, scheme.months - 1) < today]
    for number in count(2):
        for month in over[:wanted]:
            open_round(scheme, by, month)
        wanted -= len(over)
        if wanted <= 0 or not over:
            break
        scheme = make_scheme(plan, size, f"测量用{size}项之{number}")
