"""Dispatch meetings: decisions noted one by one, minutes settled, promises judged."""

from django.db import transaction
from django.db.models import F

from kit import clock
from kit.moves import change, lock, move, require, require_status
from kit.refusal import Already, Refusal
from kit.tables.declared import fields_of, words_of
from kit.trace import differences
from supervision.models import Item, Occasion, OccasionEvent
from supervision.permissions import can_dispatch, can_keep
from tasks.actions.schedule import tick_milestone
from tasks.permissions import can_manage_plan
from units.actions.notices import tell_unit

Status = Occasion.Status
HEAD = (
    *("title", "held_on", "ends_on", "place", "basis", "chair", "people", "ways", "content", "contact", "level"),
    *("notes", "conclusion"),
)
CONCLUDED = (Occasion.Kind.INSPECTION, Occasion.Kind.INTERVIEW)
# Of an interview these are not for the trace, which others read.
PRIVATE = ("people", "content", "notes", "conclusion")
AWAY = 10_000
SAID = fields_of(Item, "text unit due_on")


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
    meeting = lock(hold_meeting(plan, by, month, action=action, sector=sector))
    return add_item(meeting, by, text=text, unit=unit, due_on=due_on, project=project)


def add_item(occasion, by, *, text, unit=None, due_on=None, project=None, kind=Item.Kind.DECISION, **more):
    """Add a line to a locked occasion that is not settled; a second press adds none."""
    _require_open(occasion)
    if due_on and due_on < occasion.held_on:
        raise Refusal(f"时限{due_on:%Y-%m-%d}早于{occasion.called}日期{occasion.held_on:%Y-%m-%d}。")
    if occasion.items.filter(project=project, text=text, unit=unit, due_on=due_on, kind=kind).exists():
        raise Already(f"“{text[:40]}”已经记下，没有重复记录。")
    if occasion.status == Status.PLANNED:
        if occasion.held_on > clock.today():
            raise Refusal(f"{occasion}定在{occasion.held_on:%Y-%m-%d}，还没有到，先改日期。")
        move(occasion, Status.HELD)
    last = occasion.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = Item.objects.create(
        occasion=occasion, number=last + 1, project=project, kind=kind, text=text, unit=unit, due_on=due_on, **more
    )
    OccasionEvent.write(occasion, by, f"记下第{item.number}件", note=_told(occasion, text))
    return item


def _told(occasion, words):
    """What of an interview was said does not stand in the trace, which others read."""
    return "" if occasion.is_interview else words


@transaction.atomic
def revise_item(item, by, *, text, unit, due_on):
    occasion, item = _taken(item, by)
    if due_on and due_on < occasion.held_on:
        raise Refusal(f"时限{due_on:%Y-%m-%d}早于{occasion.called}日期{occasion.held_on:%Y-%m-%d}。")
    before = words_of(item, SAID)
    change(item, text=text, unit=unit, due_on=due_on)
    if changes := differences(before, words_of(item, SAID)):
        OccasionEvent.write(occasion, by, f"修改第{item.number}件", changes=_told(occasion, changes) or None)
    return item


@transaction.atomic
def drop_item(item, by):
    """Take a line away before its occasion is settled; those behind it move up."""
    occasion, item = _taken(item, by)
    number, text = item.number, item.text
    item.delete()
    behind = occasion.items.filter(number__gt=number)
    # By way of numbers nobody has: the database compares each line as it is written.
    behind.update(number=F("number") + AWAY)
    occasion.items.filter(number__gt=AWAY).update(number=F("number") - AWAY - 1)
    OccasionEvent.write(occasion, by, "删去", note=f"第{number}件{_told(occasion, f'：{text}')}")
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


@transaction.atomic
def revise_occasion(occasion, by, *, seen_version=None, **values):
    occasion = lock(occasion, seen_version=seen_version)
    require(can_keep(by, occasion))
    _require_open(occasion)
    before = _head(occasion)
    for name in HEAD:
        setattr(occasion, name, values.get(name, getattr(occasion, name)))
    if occasion.ends_on and occasion.ends_on < occasion.held_on:
        raise Refusal(f"结束日期{occasion.ends_on:%Y-%m-%d}早于开始日期{occasion.held_on:%Y-%m-%d}。")
    if occasion.took_place and occasion.held_on > clock.today():
        raise Refusal("已经开展的，日期不能晚于今天。")
    if stop := occasion.stops.exclude(day=None).exclude(day__range=(occasion.held_on, occasion.last_on)).first():
        raise Refusal(f"日程里第{stop.number}站定在{stop.day:%Y-%m-%d}，不在新的日期内，请先在日程里改期或清空日期。")
    change(occasion, **{name: getattr(occasion, name) for name in HEAD})
    if changes := differences(before, _head(occasion)):
        OccasionEvent.write(occasion, by, "修改", changes=changes)
    return occasion


def _head(occasion):
    """{label: value} for the trace; of an interview's words only that they changed."""
    hidden = PRIVATE if occasion.is_interview else ()
    labels = {name: str(Occasion._meta.get_field(name).verbose_name) for name in HEAD}
    values = {labels[name]: str(getattr(occasion, name) or "") for name in HEAD}
    return values | {labels[name]: f"{len(values[labels[name]])}字" for name in hidden}


@transaction.atomic
def settle_occasion(occasion, by, *, seen_version=None):
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    if occasion.status == Status.SETTLED:
        raise Already(f"{occasion}已定结论，没有重复办理。")
    lock(occasion, seen_version=seen_version)
    if occasion.kind in CONCLUDED and not occasion.conclusion:
        raise Refusal("还没有写结论，写好保存以后再定。")
    _tick(occasion, by)
    move(occasion, Status.SETTLED, settled_on=clock.today())
    OccasionEvent.write(occasion, by, "定结论", note=f"共{occasion.items.count()}件")
    _tell_named(occasion)
    given = {}
    for item in occasion.items.select_related("unit").exclude(unit=None):
        given.setdefault(item.unit, []).append(item)
    for unit, items in given.items():
        tell_unit(
            unit,
            key=f"occasion:{occasion.pk}",
            title=f"{occasion}：有{len(items)}件事由{unit.name}办理",
            body=_told(occasion, "\n".join(told_line(item) for item in items)),
            url=f"/occasions/{occasion.pk}/",
            private=occasion.is_interview,
        )
    return occasion


def _tick(occasion, by):
    """A decision that a step is done ticks it on the day of the meeting."""
    for item in occasion.items.exclude(milestone=None).select_related("milestone__task__plan"):
        if not can_manage_plan(by, item.milestone.task.plan):
            raise Refusal(f"第{item.number}件完成改革方案的步骤，由方案主管办公室定结论。")
        tick_milestone(item.milestone, by, done_on=occasion.held_on, note=f"{occasion}第{item.number}件")


def _tell_named(occasion):
    """An inspection's conclusion goes to whom it inspected, who may answer it once."""
    if occasion.kind != Occasion.Kind.INSPECTION:
        return
    for unit in occasion.named_units():
        tell_unit(
            unit,
            key=f"conclusion:{occasion.pk}",
            title=f"{occasion}的督查结论已定",
            body=f"{occasion.conclusion}\n有不同意见的，可以反馈一次。",
            url=f"/occasions/{occasion.pk}/",
        )


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
        raise Already(f"{item}已认定为“{item.kept_words}”，没有重复办理。")
    old = item.kept_words
    change(item, kept=kept, kept_by=by, kept_at=clock.now())
    word = item.kept_words
    changes = {f"第{item.number}件": [old, word]}
    OccasionEvent.write(occasion, by, f"认定{word}", note=_told(occasion, item.text), changes=changes)
    return item
