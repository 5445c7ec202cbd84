"""What an inspection finds at its stops, what was closed of it and looked at again, and the files of occasions."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require
from kit.refusal import Already, Refusal
from kit.storage import keep_file
from supervision.actions.directives.ending import reopen
from supervision.actions.directives.telling import tell_issuer
from supervision.actions.meetings import add_item
from supervision.models import Directive, Item, OccasionEvent, OccasionFile
from supervision.permissions import can_direct, can_keep

PER_ITEM = 10
PER_OCCASION = 30


@transaction.atomic
def note_finding(occasion, by, *, key, stop, text, kind, cause="", milestone=None, unit=None, due_on=None):
    """Write one finding under its ``key``; what a bad line sends again is the item that is there."""
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    if (known := Item.objects.filter(key=key).select_related("occasion").first()) is not None:
        require(known.occasion_id == occasion.pk)
        return known
    if stop is not None and stop.occasion_id != occasion.pk:
        raise Refusal("这一站不在本次督查的日程里。")
    project = stop.project if stop else None
    unit = unit or (stop.answering if stop and kind == Item.Kind.FINDING else None)
    more = {"key": key, "stop": stop, "cause": cause, "milestone": milestone}
    return add_item(occasion, by, text=text, kind=kind, project=project, unit=unit, due_on=due_on, **more)


@transaction.atomic
def look_again(item, by, *, is_back, note="", due_on=None, points=None):
    """Say of what was closed whether it stayed so (回头看); what came back reopens its directive, wanted by ``due_on``.

    ``points`` are the numbers of those that came back, None all of them.
    """
    occasion = lock(item.occasion)
    require(can_keep(by, occasion))
    item = Item.objects.select_related("occasion").get(pk=item.pk)
    if not Item.objects.to_look_at_again().filter(pk=item.pk).exists():
        raise Refusal(f"第{item.number}件现在是“{item.kept_words}”，整改以后才回头看。")
    if (
        item.looked_at
        and clock.local(item.looked_at).date() == clock.today()
        and is_back == (item.kept == Item.Kept.BACK)
    ):
        raise Already(f"第{item.number}件今天已经看过，没有重复记录。")
    old = item.kept_words
    kept = Item.Kept.BACK if is_back else Item.Kept.KEPT
    change(item, kept=kept, looked_at=clock.now(), looked_by=by)
    changes = {f"第{item.number}件": [old, item.kept_words]} if old != item.kept_words else None
    OccasionEvent.write(occasion, by, "回头看", note=f"第{item.number}件：{note or item.kept_words}", changes=changes)
    if is_back:
        _bring_back(item, by, note or item.kept_words, due_on, points)
    return item


def _bring_back(item, by, note, due_on, points):
    """The issuer's own people reopen it with the same press; whoever else looked tells the issuer."""
    for directive in Directive.objects.ended_of([item]).select_related("issuer"):
        if can_direct(by, directive):
            reopen(directive, by, reason=f"回头看：{note}", due_on=due_on, points=points)
        else:
            tell_issuer(directive, f"回头看发现反弹，请定是否重新办理：{directive}", note)


def attach_file(occasion, by, upload, item=None):
    row = OccasionFile(occasion=occasion, item=item, by=by, at=clock.now())
    return keep_file(row, upload, _record)


@transaction.atomic
def _record(row):
    occasion = lock(row.occasion)
    require(can_keep(row.by, occasion))
    if not occasion.is_open:
        raise Refusal(f"{occasion.standing}，不再收文件。")
    files = occasion.files.present().filter(item=row.item)
    most, whose = (PER_ITEM, "每件") if row.item else (PER_OCCASION, "每次活动")
    if files.count() >= most:
        raise Refusal(f"{whose}最多{most}个文件。")
    files.require_new(row, Already)
    row.save()
    OccasionEvent.write(occasion, row.by, "上传文件", note="" if occasion.is_interview else row.name)


@transaction.atomic
def remove_file(row, by):
    occasion = lock(row.occasion)
    require(can_keep(by, occasion))
    if not occasion.is_open:
        raise Refusal(f"{occasion.standing}，文件不再移除。")
    row.remove()
    OccasionEvent.write(occasion, by, "移除文件", note="" if occasion.is_interview else row.name)
