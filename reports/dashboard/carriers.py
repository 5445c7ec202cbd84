"""What of this floor meets a duty of the offices' calendar."""

from kit import clock
from kit.addresses import address_of
from kit.carriers import Carrier, Met
from reports.models import Period


def _closed_months(plans):
    """The office has gathered a month once it is closed."""
    rows = Period.objects.of(plans).closed().values_list("pk", "plan", "plan__office", "month", "closed_at")
    for pk, plan, office, month, at in rows:
        yield Met(plan, office, month, clock.local(at).date(), f"{month.month}月结账", address_of("period", pk))


CARRIERS = (Carrier(10, "PERIOD", "月报汇总（月份结账）", _closed_months),)
