"""A township's word on a project at its place."""

from django.db import transaction

from kit import clock
from kit.moves import lock, require
from kit.refusal import Conflict, Refusal
from kit.text import clean
from reports.models import PlaceRemark
from reports.permissions import can_say_at_place
from tasks.models import TaskEvent

VERB, TAKEN_BACK = "属地说明", "撤下属地说明"


@transaction.atomic
def say_at_place(project, period, by, text, *, seen):
    """Write, change or (with nothing) take back what ``by``'s township says of the month; ``seen`` is what stood on the page.

    The trace says that it was written, not the words: they are for those who read the project's entries. Return whether anything changed.
    """
    period = lock(period)
    require(can_say_at_place(by, project))
    if period.is_closed:
        raise Refusal(f"{period}已结账，不能再写。")
    if clock.now() < period.opens_at:
        raise Refusal(f"{period}还没有开始填报。")
    if project.stopped_from and project.stopped_from <= period.month:
        raise Refusal(f"{project}已调出，不用再写。")
    text = clean(text).strip()
    if len(text) > PlaceRemark.LIMIT:
        raise Refusal(f"属地说明不超过{PlaceRemark.LIMIT}字，现有{len(text)}字，请压缩。")
    row = PlaceRemark.objects.filter(project=project, period=period, unit=by.unit).first()
    was = row.text if row else ""
    if was not in (seen, text):
        raise Conflict(f"{row.by.name if row else '有人'}刚刚改过，现在是：{was or '（空）'}", row)
    if was == text:
        return False
    if text:
        told = {"unit_name": by.unit.name, "text": text, "by": by, "at": clock.now()}
        PlaceRemark.objects.update_or_create(project=project, period=period, unit=by.unit, defaults=told)
    else:
        row.delete()
    TaskEvent.write(project.task, by, VERB if text else TAKEN_BACK, note=f"{by.unit.name}，{period}")
    return True
