"""What the office does with a round: opens it, computes it, leads it from step to step until it is shown."""

from django.db import transaction

from kit import clock
from kit.deadlines import add_workdays, months_later
from kit.moves import change, lock, move, require, require_said, require_status
from kit.refusal import Already, Refusal
from reports.models import Workday
from supervision.actions.rounds.results import hands_of, settle, store, waiting
from supervision.actions.rounds.telling import tell_units
from supervision.actions.schemes import lock_scheme, require_sound
from supervision.dashboard.calculation import calculate
from supervision.models import Objection, Round, RoundEvent, SchemeItem, Subject
from supervision.permissions import can_run_scheme
from units.models import Unit

Status = Round.Status
# While these last, what the records say may be read again.
MOVING = (Status.TRIAL, Status.SELF, Status.MARKING)


@transaction.atomic
def open_round(scheme, by, month):
    scheme = lock(scheme)
    require(can_run_scheme(by, scheme))
    until = months_later(month, scheme.months - 1)
    if month not in scheme.plan.months or until not in scheme.plan.months:
        raise Refusal(f"{month.year}年{month.month}月到{until.year}年{until.month}月不全在方案年度内。")
    require_sound(scheme)
    same = Round.objects.filter(scheme__plan=scheme.plan, scheme__name=scheme.name, month=month, until=until)
    if known := same.select_related("scheme").first():
        raise Already(f"{known}已经发起，没有重复发起。")
    if scheme.months > 1 and until > clock.today().replace(day=1):
        raise Refusal(f"要到{until.year}年{until.month}月才满一期，现在还不能考评。")
    round_ = Round.objects.create(scheme=scheme, month=month, until=until, as_of=clock.now(), by=by)
    RoundEvent.write(round_, by, "发起")
    store(round_, calculate(scheme, month, until, round_.as_of))
    return round_


@transaction.atomic
def compute(round_, by, *, seen_version=None):
    """Read the records again as they are now; marks given by hand and self-scores stay."""
    row = taken(round_, by, seen_version)
    require_status(row, *MOVING, otherwise="数字不再重算，有误的出更正版")
    row.as_of = clock.now()
    moved = store(row, calculate(row.scheme, row.month, row.until, row.as_of, hands_of(row)))
    settle(row)
    change(row, as_of=row.as_of)
    RoundEvent.write(row, by, "重新试算", note=f"{moved}个得分有变动" if moved else "没有变动")
    return row


@transaction.atomic
def drop(round_, by, *, reason, seen_version=None):
    row = taken(round_, by, seen_version)
    require_status(row, Status.TRIAL, otherwise="不能删去")
    RoundEvent.write(row, by, "删去", note=require_said(reason, "请写明为什么删去。"))
    row.delete()


@transaction.atomic
def ask_self(round_, by, *, due, seen_version=None):
    """Every subject scores itself until a day (自评); again, it has another day."""
    row = taken(round_, by, seen_version)
    if not _other_day(row, by, Status.SELF, "self_due", due):
        require_next(row, Status.SELF)
        if not SchemeItem.objects.filter(scheme=row.scheme, self_scored=True).exists():
            raise Refusal("这份办法没有要单位自评的项目，不用自评这一步。")
        use_scheme(row, by)
        move(row, Status.SELF, self_due=due)
        RoundEvent.write(row, by, "请自评", note=f"{due:%Y-%m-%d}前")
    tell_units(row, units_of(row), f"请自评：{row}", f"请在{due:%Y-%m-%d}前报送自评。", key=f"self:{due}")
    return row


@transaction.atomic
def ask_marks(round_, by, *, due, seen_version=None):
    """The scoring units mark until a day (评分); again, they have another day."""
    row = taken(round_, by, seen_version)
    if not _other_day(row, by, Status.MARKING, "marking_due", due):
        require_next(row, Status.MARKING)
        use_scheme(row, by)
        waits = row.status == Status.SELF
        absent = Subject.objects.filter(round=row, self_at=None).count() if waits else 0
        move(row, Status.MARKING, marking_due=due)
        RoundEvent.write(row, by, "请评分", note=f"{due:%Y-%m-%d}前" + f"；{absent}家没有报送自评" * bool(absent))
    scorers = Unit.objects.filter(scored_items__scheme=row.scheme).distinct()
    body = f"请在{due:%Y-%m-%d}前评定本单位负责的项目。"
    tell_units(row, [*scorers], f"请评分：{row}", body, key=f"marking:{due}")
    return row


def _other_day(row, by, status, field, due):
    """Whether the step is under way already and has now another day."""
    word = f"{status.label}期限"
    _require_day(due, word)
    if row.status != status:
        return False
    old = getattr(row, field)
    change(row, **{field: due})
    RoundEvent.write(row, by, f"改{word}", changes={word: [f"{old:%Y-%m-%d}", f"{due:%Y-%m-%d}"]})
    return True


@transaction.atomic
def show(round_, by, *, until=None, seen_version=None):
    """Every subject sees all marks and ranks and may object until a day (公示)."""
    row = taken(round_, by, seen_version)
    require_next(row, Status.NOTICE)
    require_marked(row)
    until = until or add_workdays(clock.today(), row.scheme.objection_workdays, Workday.test())
    _require_day(until, "异议期限")
    use_scheme(row, by)
    move(row, Status.NOTICE, objections_until=until)
    RoundEvent.write(row, by, "公示", note=f"异议到{until:%Y-%m-%d}")
    tell_units(row, units_of(row), f"公示：{row}", f"有异议的，请在{until:%Y-%m-%d}前提出。", key="notice")
    return row


def taken(round_, by, seen_version=None):
    row = lock(round_, seen_version=seen_version)
    require(can_run_scheme(by, row.scheme))
    return row


def require_next(row, status):
    if status != row.next_status:
        word = row.next_status.label if row.next_status else "更正"
        raise Refusal(f"{row.standing}，按办法下一步是“{word}”，不是“{status.label}”。")


def require_marked(row):
    if told := waiting(row):
        n = sum(told.values())
        names = "、".join(list(told)[:5])
        raise Refusal(f"还有{n}个得分没有评定（{names}），评完才能继续。")


def require_answered(row):
    n = Objection.objects.filter(score__subject__round=row, answer=Objection.Answer.WAITING).count()
    if n:
        raise Refusal(f"还有{n}件异议没有答复，答复以后再办。")


def use_scheme(row, by):
    """By what others are asked or told, nobody writes any more: a further version does."""
    row.scheme = lock_scheme(row.scheme, by)


def units_of(row):
    return list(Unit.objects.filter(pk__in=Subject.objects.filter(round=row).values("unit")))


def _require_day(day, word):
    if day < clock.today():
        raise Refusal(f"{word}{day:%Y-%m-%d}已经过去，请写今天或以后的日期。")
