"""A scheme that asks all there is to ask of every unit, for measuring what a round costs."""

from supervision.actions.schemes import begin_scheme, write_group, write_item
from supervision.dashboard.metrics import METRICS
from supervision.scoring import shares_of
from units.models import Unit


def make_scheme(plan, count):
    """``count`` items over the metrics that fit units, again from the first where they are fewer; all units in one group."""
    scheme = begin_scheme(plan, None, name=f"测量用{count}项")
    write_group(scheme, None, name="全部", units=list(Unit.objects.active()))
    keys = [metric.key for metric in METRICS.values() if "UNIT" in metric.fits]
    for number, full in enumerate(shares_of(100, count)):
        key = keys[number % len(keys)]
        write_item(scheme, None, title=METRICS[key].label, full=full, way="SHARE", metric=key, params={})
    return scheme
