"""The rules of the offices' calendar, and what is noted of a duty by hand."""

import json

from django.conf import settings
from django.db import transaction

from kit import clock
from kit.moves import lock, require
from kit.refusal import Already, Refusal
from kit.trace import differences
from supervision.models import Rhythm, RhythmEvent, RhythmNote, doers_of
from supervision.notice import is_of_notice
from supervision.permissions import can_keep_rhythm, can_note_duty
from units.models import Unit

SHIPPED = settings.BASE_DIR / "fixtures" / "rhythm.json"
RULE = ("title", "clause", "source", "record", "length", "months", "due_day", "due_next", "who")


@transaction.atomic
def keep_rhythm(plan, by, *, units=(), rhythm=None, seen_version=None, **values):
    """Write a rule of the plan's calendar, a new one or ``rhythm`` changed; return it."""
    plan = lock(plan)
    require(not by or can_keep_rhythm(by, plan))
    before = {}
    if rhythm is not None:
        rhythm = lock(rhythm)
        before = _described(rhythm)
        if seen_version not in (None, rhythm.version):
            raise Refusal("这条规则刚刚有人改过，请按最新内容再改。")
    if plan.rhythms.filter(title=values["title"]).exclude(pk=rhythm and rhythm.pk).exists():
        raise Refusal(f"“{values['title']}”已在{plan.named}的日历里，请改那一条，或者换一个名称。")
    made = rhythm is None
    rhythm = rhythm or Rhythm(plan=plan, order=plan.rhythms.count() + 1, version=0)
    for name in RULE:
        setattr(rhythm, name, values.get(name, getattr(rhythm, name)))
    rhythm.version += 1
    rhythm.save()
    rhythm.units.set(units if rhythm.who == Rhythm.Who.NAMED else ())
    if changes := differences(before, _described(rhythm)):
        RhythmEvent.write(rhythm, by, "新增规则" if made else "修改规则", changes=changes)
    return rhythm


def _described(rhythm):
    who = "、".join(unit.name for unit in rhythm.units.all()) or rhythm.get_who_display()
    return {
        "事项": rhythm.title,
        "条款": rhythm.clause,
        "原文": rhythm.source,
        "记录": rhythm.record_words,
        "周期": rhythm.every,
        "期限": rhythm.due_words,
        "谁办": who,
    }


@transaction.atomic
def drop_rhythm(rhythm, by):
    plan = lock(rhythm.plan)
    require(can_keep_rhythm(by, plan))
    rhythm = lock(rhythm)
    if rhythm.notes.exists():
        raise Refusal(f"“{rhythm.title}”已有登记，不能删去；不再要办的，改它的月份。")
    RhythmEvent.write(rhythm, by, "删去", note=rhythm.source)
    rhythm.delete()
    return plan


@transaction.atomic
def lay_down(plan, by):
    """Give a plan the rules of the plan it follows, else those shipped for its kind; what it has by that title stays."""
    plan = lock(plan)
    require(not by or can_keep_rhythm(by, plan))
    known = set(plan.rhythms.values_list("title", flat=True))
    made = [
        keep_rhythm(plan, by, units=units, **values)
        for values, units in _followed(plan) or _shipped(plan)
        if values["title"] not in known
    ]
    if not made:
        raise Already(f"{plan.named}的日历里已经有这些规则，没有重复放入。")
    return made


def _followed(plan):
    rows = plan.follows.rhythms.prefetch_related("units") if plan.follows else ()
    return [({name: getattr(each, name) for name in RULE}, list(each.units.all())) for each in rows]


def _shipped(plan):
    shipped = json.loads(SHIPPED.read_text("utf-8")).get(plan.kind, ())
    if not shipped:
        raise Refusal("随系统提供的规则出自改革、法治、项目三类方案，这个方案不在其中，请逐条新增。")
    cited = set() if is_of_notice(plan) else {"clause", "source"}
    for values in shipped:
        units = filter(None, map(Unit.objects.named, values.get("units", ())))
        yield {name: values[name] for name in RULE if name in values and name not in cited}, list(units)


@transaction.atomic
def note_duty(rhythm, by, span, unit, *, text, done_on=None):
    """Say what the unit did of a period without a record here (``done_on``), or why it does not; the last word counts."""
    plan = lock(rhythm.plan)
    require(can_note_duty(by, plan, unit))
    rhythm = lock(rhythm)
    if span not in rhythm.spans or unit not in doers_of([rhythm], Unit.objects.taken_over())[rhythm.pk]:
        raise Refusal("这条规则刚刚改过，这一期没有这件事。")
    if done_on and not span.first <= done_on <= clock.today():
        raise Refusal(f"办理日期须在{span.first:%Y-%m-%d}以后，不晚于今天。")
    note = RhythmNote.objects.filter(rhythm=rhythm, month=span.month, unit=unit).first()
    before = _said(note) if note else {}
    note = note or RhythmNote(rhythm=rhythm, month=span.month, unit=unit)
    note.text, note.done_on, note.by, note.at = text, done_on, by, clock.now()
    changes = differences(before, _said(note))
    if not changes:
        raise Already(f"{unit}{span.month.month}月{rhythm.title}已经这样登记，没有重复登记。")
    note.save()
    about = f"{unit}，{span.month.year}年{span.month.month}月：{text}"
    RhythmEvent.write(rhythm, by, "登记已办" if done_on else "登记不办", note=about, changes=changes)
    return note


@transaction.atomic
def withdraw_note(note, by):
    plan = lock(note.rhythm.plan)
    require(can_note_duty(by, plan, note.unit))
    note = lock(note)
    RhythmEvent.write(
        note.rhythm, by, "撤回登记", note=f"{note.unit}，{note.month.year}年{note.month.month}月：{note.text}"
    )
    note.delete()


def _said(note):
    return {"办理日期": f"{note.done_on:%Y-%m-%d}" if note.done_on else "不办", "依据或原因": note.text}
