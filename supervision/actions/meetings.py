"""Dispatch meetings: decisions noted one by one, minutes settled, promises judged."""

from django.db import transaction

from kit import clock
from kit.moves import lock, move, require, require_status
from kit.refusal import Already, Refusal
from kit.trace import differences
from supervision.models import Item, Occasion, OccasionEvent
from supervision.permissions import can_dispatch, can_keep
from units.actions.notices import tell_unit

Status = Occasion.Status
HEAD = ("held_on", "place", "people", "notes")


@transaction.atomic
def hold_meeting(plan, by, month, *, action=None, sector=None):
    """Return the month's meeting of this dispatch, begun today where there was none."""
    plan = lock(plan)
    require(can_dispatch(by, plan, action, sector))
    if month not in plan.months:
        raise Refusal(f"{month.year}年{month.month}月不在方案年度内。")
    meeting = Occasion.objects.of_scope(plan, action, sector).filter(month=month).with_scope().first()
    if meeting is None:
        meeting = Occasion.objects.create(
            kind=Occasion.Kind.MEETING,
            plan=plan,
            action=action,
            sector=sector,
            month=month,
            held_on=clock.today(),
            unit=by.unit,
            status=Status.HELD,
            by=by,
        )
        OccasionEvent.write(meeting, by, "召开")
    return meeting


@transaction.atomic
def note_decision(plan, by, month, *, text, unit, due_on, project=None, action=None, sector=None):
    """Write one decision of the month's meeting under the next number; return the Item."""
    meeting = lock(hold_meeting(plan, by, month, action=action, sector=sector))
    return add_item(meeting, by, text=text, unit=unit, due_on=due_on, project=project)


def add_item(occasion, by, *, text, unit=None, due_on=None, project=None, kind=Item.Kind.DECISION):
    """Add a line to a locked occasion that is not settled; a second press adds none."""
    _require_open(occasion)
    if due_on and due_on < occasion.held_on:
        raise Refusal(f"时限{due_on:%Y-%m-%d}早于{occasion.called}日期{occasion.held_on:%Y-%m-%d}。")
    if occasion.items.filter(project=project, text=text, unit=unit, due_on=due_on).exists():
        raise Already(f"“{text[:40]}”已经记下，没有重复记录。")
    if occasion.status == Status.PLANNED:
        move(occasion, Status.HELD)
    last = occasion.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = Item.objects.create(
        occasion=occasion, number=last + 1, project=project, kind=kind, text=text, unit=unit, due_on=due_on
    )
    OccasionEvent.write(occasion, by, f"记下第{item.number}件", note=text)
    return item


@transaction.atomic
def revise_item(item, by, *, text, unit, due_on):
    """Correct a line before its occasion is settled."""
    occasion, item = _taken(item, by)
    if due_on and due_on < occasion.held_on:
        raise Refusal(f"时限{due_on:%Y-%m-%d}早于{occasion.called}日期{occasion.held_on:%Y-%m-%d}。")
    before = _described(item)
    item.text, item.unit, item.due_on = text, unit, due_on
    item.save(update_fields=["text", "unit", "due_on"])
    if changes := differences(before, _described(item)):
        OccasionEvent.write(occasion, by, f"修改第{item.number}件", changes=changes)
    return item


@transaction.atomic
def drop_item(item, by):
    """Take a line away before its occasion is settled; those behind it move up."""
    occasion, item = _taken(item, by)
    number, text = item.number, item.text
    item.delete()
    for later in occasion.items.filter(number__gt=number).order_by("number"):
        Item.objects.filter(pk=later.pk).update(number=later.number - 1)
    OccasionEvent.write(occasion, by, "删去", note=f"第{number}件：{text}")
    return occasion


def _taken(item, by):
    occasion = lock(item.occasion)
    require(can_keep(by, occasion))
    _require_open(occasion)
    fresh = occasion.items.filter(pk=item.pk).select_related("unit").first()
    if fresh is None:
        raise Refusal("这一件刚刚已删去。")
    return occasion, fresh


def _require_open(occasion):
    require_status(occasion, Status.PLANNED, Status.HELD, otherwise="内容不再改动")


def _described(item):
    return {
        "内容": item.text,
        "办理单位": str(item.unit or ""),
        "时限": f"{item.due_on:%Y-%m-%d}" if item.due_on else "",
    }


@transaction.atomic
def revise_occasion(occasion, by, *, seen_version=None, **values):
    """Correct day, place, people and notes before it is settled."""
    occasion = lock(occasion, seen_version=seen_version)
    require(can_keep(by, occasion))
    _require_open(occasion)
    labels = {name: str(Occasion._meta.get_field(name).verbose_name) for name in HEAD}
    before = {labels[name]: str(getattr(occasion, name)) for name in HEAD}
    for name in HEAD:
        setattr(occasion, name, values.get(name, getattr(occasion, name)))
    occasion.version += 1
    occasion.save(update_fields=[*HEAD, "version"])
    after = {labels[name]: str(getattr(occasion, name)) for name in HEAD}
    if changes := differences(before, after):
        OccasionEvent.write(occasion, by, "修改", changes=changes)
    return occasion


@transaction.atomic
def settle_occasion(occasion, by, *, seen_version=None):
    """Freeze what was settled (定结论) and tell every unit what it has to do."""
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    if occasion.status == Status.SETTLED:
        raise Already(f"{occasion}已定结论，没有重复办理。")
    lock(occasion, seen_version=seen_version)
    move(occasion, Status.SETTLED)
    OccasionEvent.write(occasion, by, "定结论", note=f"共{occasion.items.count()}件")
    given = {}
    for item in occasion.items.select_related("unit").exclude(unit=None):
        given.setdefault(item.unit, []).append(item)
    for unit, items in given.items():
        tell_unit(
            unit,
            key=f"occasion:{occasion.pk}",
            title=f"{occasion}：有{len(items)}件事由{unit.name}办理",
            body="\n".join(told_line(item) for item in items),
            url=f"/occasions/{occasion.pk}/",
        )
    return occasion


def told_line(item):
    due = f"（{item.due_on:%Y-%m-%d}前）" if item.due_on else ""
    return f"{item.number}. {item.text}{due}"


@transaction.atomic
def judge_item(item, by, kept):
    """Say whether what was promised was kept; the last word counts, every one is on record."""
    occasion = lock(item.occasion)
    require(can_keep(by, occasion))
    item = Item.objects.select_related("unit").get(pk=item.pk)
    if item.kept == kept:
        raise Already(f"{item}已认定为“{item.get_kept_display()}”，没有重复办理。")
    old = item.get_kept_display()
    item.kept, item.kept_by, item.kept_at = kept, by, clock.now()
    item.save(update_fields=["kept", "kept_by", "kept_at"])
    word = item.get_kept_display()
    changes = {f"第{item.number}件": [old, word]}
    OccasionEvent.write(occasion, by, f"认定{word}", note=item.text, changes=changes)
    return item
