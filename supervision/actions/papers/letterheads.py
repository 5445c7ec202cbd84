"""How a unit heads and numbers its papers."""

from django.db import transaction

from kit.moves import require
from kit.trace import differences
from supervision.models import Letterhead
from supervision.permissions import can_keep_letterheads
from units.models import UnitEvent


@transaction.atomic
def keep_letterhead(unit, kind, by, *, masthead, series, numbering):
    """Set it, or set it otherwise: papers that are out keep theirs, and a series goes on counting where it stood."""
    require(can_keep_letterheads(by, unit))
    row = Letterhead.objects.select_for_update().filter(unit=unit, kind=kind).first() or Letterhead(
        unit=unit, kind=kind
    )
    before = _described(row) if row.pk else {}
    row.masthead, row.series, row.numbering = masthead, series, numbering
    row.save()
    if changes := differences(before, _described(row)):
        UnitEvent.write(unit, by, f"{row.get_kind_display()}抬头", changes=changes)
    return row


def _described(row):
    return {"发文机关标志": row.masthead, "刊名或机关代字": row.series, "编号方式": row.get_numbering_display()}
