"""Owner's word: links made, opened once, answered, and the problem confirmed."""

import datetime
import secrets

from django.db import transaction

from kit import clock, deadlines
from kit.moves import lock, lock_rows, move, move_all, require
from kit.records import checksum
from kit.refusal import Already, Refusal
from supervision.models import OwnerWord, OwnerWordEvent, WrongLink
from supervision.permissions import can_confirm_word
from tasks.models import Plan
from tasks.permissions import can_manage_plan
from units.actions.notices import tell_unit

Status = OwnerWord.Status
GONE = "这个链接已经用过、已经过期或者不存在，需要的话请向项目的主管办公室要新的。"
DAYS = 30
SPAN = datetime.timedelta(minutes=15)
WRONG_AT_MOST = 20


@transaction.atomic
def make_links(projects, quarter, by):
    """Return (word, token) for each project; a link that was not used yet ends, an answered one is left out."""
    plans = Plan.objects.filter(pk__in={project.task.plan_id for project in projects})
    lock_rows(plans)
    for plan in plans:
        require(can_manage_plan(by, plan))
    live = OwnerWord.objects.live().of(projects).filter(quarter=quarter)
    lock_rows(live)
    live = {word.project_id: word for word in live.select_related("project__task__plan")}
    unused = [word for word in live.values() if word.status == Status.SENT]
    move_all(unused, Status.VOID)
    OwnerWord.objects.bulk_update(unused, ["status"])
    OwnerWordEvent.objects.bulk_create(OwnerWordEvent.made(word, by, "作废", note="另发新链接") for word in unused)
    used = live.keys() - {word.project_id for word in unused}
    return _make([project for project in projects if project.pk not in used], quarter, by)


def _make(projects, quarter, by):
    tokens = [secrets.token_urlsafe(24) for _ in projects]
    ends = deadlines.instant(clock.today() + datetime.timedelta(days=DAYS), 24)
    words = OwnerWord.objects.bulk_create(
        OwnerWord(project=project, quarter=quarter, token_hash=checksum(token.encode()), expires_at=ends, by=by)
        for project, token in zip(projects, tokens, strict=True)
    )
    OwnerWordEvent.objects.bulk_create(OwnerWordEvent.made(word, by, "发出链接") for word in words)
    return list(zip(words, tokens, strict=True))


def is_shut_out(address):
    recent = WrongLink.objects.filter(address=address, at__gt=clock.now() - SPAN)
    return recent.count() >= WRONG_AT_MOST


def word_of(token, address):
    """Return the word a link opens, or None where it opens nothing (any more)."""
    word = OwnerWord.objects.of_token(token).select_related("project__task").first()
    if word is None:
        WrongLink.objects.filter(at__lt=clock.now() - SPAN).delete()
        WrongLink.objects.create(address=address)
    return word if word and word.is_open else None


@transaction.atomic
def answer_word(word, **said):
    """Write what the owner said, once; a problem is told to whom has to confirm it."""
    word = lock(word)
    if not word.is_open:
        raise Refusal(GONE)
    move(word, Status.ANSWERED, answered_at=clock.now(), **said)
    OwnerWordEvent.write(word, None, "业主填写", note=word.problem)
    unit = word.confirming_unit
    if word.problem and unit:
        tell_unit(
            unit, key=f"word:{word.pk}", title=f"{word}提出问题，请核实", body=word.problem, url=f"/words/{word.pk}/"
        )
    return word


@transaction.atomic
def confirm_word(word, by, note):
    word = lock(word)
    require(can_confirm_word(by, word))
    if word.status == Status.CONFIRMED:
        raise Already(f"{word}已由{word.confirmed_by}核实，没有重复办理。")
    if not word.problem:
        raise Refusal("业主没有提出问题，不用核实。")
    move(word, Status.CONFIRMED, confirmation=note, confirmed_by=by)
    OwnerWordEvent.write(word, by, "核实", note=note)
    return word
