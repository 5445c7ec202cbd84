"""Occasions on their way: planned, told to whom they name, held or not, and answered."""

from django.db import transaction
from django.db.models import F

from kit import clock
from kit.moves import change, lock, move, require, require_status
from kit.refusal import Already, Refusal
from supervision.models import Addition, Answer, Occasion, OccasionEvent, Serial, Stop
from supervision.permissions import can_answer_occasion, can_arrange, can_keep, can_organise
from units.actions.notices import tell_unit

Kind, Status = Occasion.Kind, Occasion.Status
MOST_STOPS = 200
# The word in the numbers of notices.
SERIES = {Kind.INSPECTION: "督查", Kind.INTERVIEW: "约"}
PLANNED_KINDS = (Kind.MEETING, Kind.INSPECTION, Kind.INTERVIEW, Kind.ACTIVITY)


@transaction.atomic
def plan_occasion(plan, by, kind, *, month, span=1, co_organisers=(), talkers=(), **values):
    plan = lock(plan)
    require(kind in PLANNED_KINDS and can_organise(by, plan))
    _require_period(plan, month, values["held_on"], values.get("ends_on"))
    same = Occasion.objects.filter(plan=plan, kind=kind, unit=by.unit, title=values["title"], held_on=values["held_on"])
    if same.exists():
        raise Already(f"“{values['title']}”已经登记，没有重复登记。")
    occasion = Occasion.objects.create(kind=kind, plan=plan, month=month, span=span, unit=by.unit, by=by, **values)
    occasion.co_organisers.set(unit for unit in co_organisers if unit != by.unit)
    occasion.talkers.set(talkers)
    OccasionEvent.write(occasion, by, "安排", note=occasion.get_kind_display())
    return occasion


def _require_period(plan, month, held_on, ends_on):
    if month not in plan.months:
        raise Refusal(f"{month.year}年{month.month}月不在方案年度内。")
    if ends_on and ends_on < held_on:
        raise Refusal(f"结束日期{ends_on:%Y-%m-%d}早于开始日期{held_on:%Y-%m-%d}。")


@transaction.atomic
def arrange_occasion(occasion, by, *, seen_version=None, co_organisers=(), talkers=(), **values):
    """Say when what was proposed is held, where and by whom; who arranges it for others joins its organisers."""
    occasion = lock(occasion, seen_version=seen_version)
    require(can_arrange(by, occasion))
    _require_period(occasion.plan, occasion.month, values["held_on"], values.get("ends_on"))
    move(occasion, Status.PLANNED, **values)
    joint = {*co_organisers, by.unit} - {occasion.unit}
    occasion.co_organisers.set(joint)
    occasion.talkers.set(talkers)
    OccasionEvent.write(occasion, by, "安排", note=f"{occasion.held_on:%Y-%m-%d}")
    return occasion


@transaction.atomic
def set_stops(occasion, by, rows, *, seen_version=None):
    """``rows`` of {key of a line there is or None, group, day, hour, project, unit, people} replace the schedule, in their order."""
    occasion = lock(occasion, seen_version=seen_version)
    require(can_keep(by, occasion))
    require_status(occasion, Status.PLANNED, Status.HELD, otherwise="日程不再改动")
    for row in rows:
        if row["day"] and not occasion.held_on <= row["day"] <= occasion.last_on:
            raise Refusal(f"{row['day']:%Y-%m-%d}不在{occasion.called}的日期内。")
    before, known = occasion.stops.count(), {stop.pk: stop for stop in occasion.stops.all()}
    kept = [known.get(row.pop("key")) or Stop(occasion=occasion) for row in rows]
    occasion.stops.exclude(pk__in=[stop.pk for stop in kept if stop.pk]).delete()
    # A number is free again once the line that had it has moved out of the way.
    Stop.objects.filter(occasion=occasion).update(number=F("number") + MOST_STOPS)
    for number, (stop, row) in enumerate(zip(kept, rows, strict=True), 1):
        for name, value in {"number": number, **row}.items():
            setattr(stop, name, value)
        stop.save()
    change(occasion)
    OccasionEvent.write(occasion, by, "修改日程", changes={"站点": [f"{before}个", f"{len(rows)}个"]})
    return occasion


@transaction.atomic
def announce_occasion(occasion, by, letter_number=""):
    """Send the notice: every named unit is told once, and sees the occasion from now on."""
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    if occasion.announced_on:
        raise Already(f"{occasion}的通知{occasion.announced_on:%Y-%m-%d}已经发出，没有重复发出。")
    require_status(occasion, Status.PLANNED, otherwise="不用再发通知")
    units = occasion.named_units()
    if not units:
        raise Refusal("还没有列入单位或项目，先排好日程再发通知。")
    today = clock.today()
    if not letter_number and occasion.unit:
        series = SERIES.get(occasion.kind, "函")
        letter_number = f"{series}〔{today.year}〕{Serial.next(occasion.unit, series, today.year)}号"
    change(occasion, announced_on=today, letter_number=letter_number)
    OccasionEvent.write(occasion, by, "发出通知", note="、".join(unit.name for unit in units))
    for unit in units:
        title = f"{occasion.called}通知：{occasion}，{occasion.held_on.month}月{occasion.held_on.day}日"
        _tell(occasion, unit, f"announce:{occasion.pk}", title, "" if occasion.is_interview else occasion.content)
    return occasion


@transaction.atomic
def hold_occasion(occasion, by, *, seen_version=None):
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    if occasion.took_place:
        raise Already(f"{occasion}已开展，没有重复办理。")
    lock(occasion, seen_version=seen_version)
    if occasion.held_on > clock.today():
        raise Refusal(f"{occasion.held_on:%Y-%m-%d}还没有到，先改日期。")
    move(occasion, Status.HELD)
    OccasionEvent.write(occasion, by, occasion.status_words)
    return occasion


@transaction.atomic
def drop_occasion(occasion, by, reason):
    occasion = lock(occasion)
    require(can_arrange(by, occasion) if occasion.status == Status.PROPOSED else can_keep(by, occasion))
    if occasion.status == Status.DROPPED:
        raise Already(f"{occasion}已记为未开展，没有重复办理。")
    told = occasion.announced_on is not None
    move(occasion, Status.DROPPED, drop_reason=reason)
    OccasionEvent.write(occasion, by, "未开展", note=reason)
    for unit in occasion.named_units() if told else ():
        _tell(occasion, unit, f"drop:{occasion.pk}", f"{occasion}不再进行", reason)
    return occasion


@transaction.atomic
def answer_occasion(occasion, by, text):
    """Say what the named unit answers, once: to an inspection's conclusion, or its written report after an interview."""
    occasion = lock(occasion)
    require(can_answer_occasion(by, occasion))
    if occasion.is_interview:
        require_status(occasion, *Occasion.TOLD, otherwise="还不用报告")
    else:
        require_status(occasion, Status.SETTLED, otherwise="结论还没有定")
    unit = next(unit for unit in occasion.named_units() if (unit.answering() or unit).pk == by.unit_id)
    if (given := occasion.answers.filter(unit=unit).select_related("by").first()) is not None:
        raise Already(f"{unit}已由{given.by}于{clock.local(given.at):%Y-%m-%d}反馈，只反馈一次。")
    answer = Answer.objects.create(occasion=occasion, unit=unit, text=text, by=by)
    OccasionEvent.write(occasion, by, "书面报告" if occasion.is_interview else "反馈意见")
    if occasion.unit:
        _tell(occasion, occasion.unit, f"answer:{answer.pk}", f"{unit}对{occasion}有反馈")
    return answer


@transaction.atomic
def add_word(occasion, by, text):
    occasion = lock(occasion)
    require(can_keep(by, occasion))
    require_status(occasion, Status.SETTLED, otherwise="直接修改内容就行，不用补充")
    if occasion.additions.filter(text=text).exists():
        raise Already("这句话已经补充过，没有重复记录。")
    word = Addition.objects.create(occasion=occasion, text=text, by=by)
    OccasionEvent.write(occasion, by, "补充", note="" if occasion.is_interview else text)
    return word


def _tell(occasion, unit, key, title, body=""):
    url, private = f"/occasions/{occasion.pk}/", occasion.is_interview
    tell_unit(unit, key=key, title=title, body=body, url=url, private=private)
