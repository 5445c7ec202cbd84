"""Drafts of forms: kept while somebody types, let go once the form is taken or nobody wants them."""

from django.db import transaction

from kit import clock
from kit.refusal import Conflict
from units.models import Typed
from units.models.typed import new_mark

ELSEWHERE = "这一页刚才在另一个窗口也填过，没有覆盖任何一份。"
GONE = "这一页刚才在另一个窗口已经提交，或者不要了草稿。本页的文字还在，没有存。"


@transaction.atomic
def keep_typed(by, place, values, seen="", first=None):
    """Keep ``values`` in place of those marked ``seen`` ("" is none); what another window kept since is a Conflict."""
    row = Typed.objects.select_for_update().filter(by=by, place=place).first()
    if row is None and seen:
        raise Conflict(GONE)
    if row is None:
        Typed.objects.stale().delete()
        row, made = Typed.objects.get_or_create(by=by, place=place, defaults={"values": values})
        seen = row.mark if made else seen
    if row.mark != seen and row.values != values:
        raise Conflict(ELSEWHERE, row)
    row.values, row.first, row.mark, row.at = values, first or {}, new_mark(), clock.now()
    row.save()
    return row


def drop_typed(by, place):
    Typed.objects.filter(by=by, place=place).delete()
