"""A directive drafted, corrected, issued; and what a leader orders."""

from django.db import transaction

from kit import clock
from kit.moves import lock, lock_rows, move_all, require, require_said, require_seen, require_status
from kit.refusal import Already, Refusal
from kit.trace import differences
from reports.models import Workday
from supervision import limits
from supervision.actions.directives.telling import tell_issued, tell_issuer
from supervision.models import Batch, Directive, DirectiveEvent, Item, Point, Serial
from supervision.permissions import can_direct, can_hand_down, can_order
from units.models import Unit, User

Status, Kind = Directive.Status, Directive.Kind
INSPECTORATE = "县委督查室"
MOST_UNITS = 300
# What a draft says in one column each; units, points, helpers and co-issuers are rows.
COLUMNS = ("kind", "task", "entry", "report", "item", "ordered_by", "title", "source_text", "cause", "level", "due_on")


@transaction.atomic
def draft(by, *, title, units=(), points=(), helpers=(), co_issuers=(), **told):
    """Put down what is to be handed down; return its directives: one for each unit, one without where none is named.

    ``points`` are (text, day or None); ``told`` are further of COLUMNS.
    """
    _require_source(by, told.get("task"), told.get("item"))
    return _draft(by, by.unit, title=title, units=units, points=points, helpers=helpers, co_issuers=co_issuers, **told)


@transaction.atomic
def order(by, *, text, title, unit=None, due_on=None, task=None, entry=None, report=None):
    """What a leader orders (批示) becomes a directive of the inspectorate, issued at once where unit and day are named; return it."""
    require(can_order(by))
    issuer = inspectorate()
    text = require_said(text, "请写明批示的内容。")
    rows = _draft(
        by,
        issuer,
        kind=Kind.ORDER,
        title=title,
        source_text=text,
        units=[unit] if unit else [],
        points=[(text[: Point.TEXT], None)],
        due_on=due_on,
        task=task,
        entry=entry,
        report=report,
        ordered_by=by,
    )
    if unit and due_on:
        rows = _issue(rows, by)
    tell_issuer(rows[0], f"{by.name}批示：{rows[0].title}", text)
    return rows[0]


def inspectorate():
    unit = Unit.objects.active().named(INSPECTORATE)
    if unit is None:
        staff = User.objects.filter(role=User.Role.INSPECTOR, is_active=True, unit__isnull=False)
        unit = Unit.objects.active().filter(pk__in=staff.values("unit")).first()
    if unit is None:
        raise Refusal(
            f"还没有“{INSPECTORATE}”这个单位，也没有所在单位明确的督查账号，批示不能发出。请系统管理员先建立。"
        )
    return unit


def _require_source(by, task, item):
    require(can_hand_down(by, task, item))
    if item is None:
        return
    lock_rows(Item.objects.filter(pk=item.pk))
    if known := Directive.objects.filter(item=item).exclude(status=Status.WITHDRAWN).first():
        raise Already(f"{item}已转为{known}，没有重复交办。")


def _draft(by, issuer, *, title, units, points, helpers=(), co_issuers=(), kind=Kind.DUTY, **told):
    units = _answering(units)
    batch = Batch.objects.create(size=len(units)) if len(units) > 1 else None
    if told.get("entry") and not told.get("task"):
        told["task"] = told["entry"].task
    common = {"issuer": issuer, "kind": kind, "title": title, "batch": batch, "by": by, "year": clock.today().year}
    common |= {"series": Directive.SERIES.get(kind, "交办")} | told
    rows = Directive.objects.bulk_create(
        Directive(unit=unit, stands_for_batch=batch is not None and not place, **common)
        for place, unit in enumerate(units)
    )
    _write_rows(rows, points, helpers, co_issuers)
    DirectiveEvent.objects.bulk_create(DirectiveEvent.made(row, by, "拟办") for row in rows)
    return rows


def _answering(units):
    """Each once; a draft may still want its unit."""
    units = list(dict.fromkeys(units)) or [None]
    if len(units) > MOST_UNITS:
        raise Refusal(f"一次最多交办给{MOST_UNITS}个单位，现有{len(units)}个。")
    return units


def _write_rows(rows, points, helpers, co_issuers):
    Point.objects.bulk_create(
        Point(directive=row, number=number, text=text, due_on=due_on)
        for row in rows
        for number, (text, due_on) in enumerate(points, 1)
    )
    for through, units in ((Directive.helpers.through, helpers), (Directive.co_issuers.through, co_issuers)):
        units = list(dict.fromkeys(units))
        through.objects.bulk_create(through(directive=row, unit=unit) for row in rows for unit in units)


@transaction.atomic
def revise(directive, by, *, units, points, helpers=(), co_issuers=(), seen_version=None, **told):
    """Correct a draft, all of it; return its directives. After issue nothing of its text changes."""
    rows = _taken(directive, by, seen_version)
    before, units = described(rows), _answering(units)
    if [row.unit for row in rows] != units:
        rows = _other_units(rows, units)
    if "kind" in told:
        told["series"] = Directive.SERIES.get(told["kind"], "交办")
    for row in rows:
        for name, value in told.items():
            setattr(row, name, value)
        row.version += 1
    Directive.objects.bulk_update(rows, [*told, "version"])
    Point.objects.filter(directive__in=rows).delete()
    for through in (Directive.helpers.through, Directive.co_issuers.through):
        through.objects.filter(directive__in=rows).delete()
    _write_rows(rows, points, helpers, co_issuers)
    if changes := differences(before, described(rows)):
        DirectiveEvent.objects.bulk_create(DirectiveEvent.made(row, by, "修改", changes=changes) for row in rows)
    return rows


def _other_units(rows, units):
    """Keep the first row and let the others be made anew: a draft has no number and nobody has seen it."""
    first, *others = rows
    if others:
        DirectiveEvent.objects.bulk_create(DirectiveEvent.made(row, None, "改为不办") for row in others)
        Directive.objects.filter(pk__in=[row.pk for row in others]).delete()
    batch = first.batch
    if len(units) > 1:
        batch = batch or Batch.objects.create(size=len(units))
        Batch.objects.filter(pk=batch.pk).update(size=len(units))
    else:
        batch = None
    first.unit, first.batch, first.stands_for_batch = units[0], batch, batch is not None
    first.save(update_fields=["unit", "batch", "stands_for_batch"])
    kept = {each.name: getattr(first, each.name) for each in Directive._meta.concrete_fields if not each.primary_key}
    kept |= {"stands_for_batch": False}
    more = Directive.objects.bulk_create(Directive(**kept | {"unit": unit}) for unit in units[1:])
    DirectiveEvent.objects.bulk_create(DirectiveEvent.made(row, first.by, "拟办") for row in more)
    return [first, *more]


def described(rows):
    first = rows[0]
    return {
        "事由": first.title,
        "承办单位": "、".join(str(row.unit) for row in rows if row.unit),
        "办结期限": f"{first.due_on:%Y-%m-%d}" if first.due_on else "",
        "要求": "；".join(f"{point.number}. {point.text}" for point in first.points.all()),
        "协助单位": "、".join(map(str, first.helpers.all())),
        "联合交办": "、".join(map(str, first.co_issuers.all())),
        "谁能定": first.get_level_display(),
        "原因": first.get_cause_display(),
    }


def lock_paper(directive):
    """Lock every directive of the same paper, always in the same order; return a queryset of them."""
    batch = directive.batch_id
    rows = Directive.objects.filter(batch=batch) if batch else Directive.objects.filter(pk=directive.pk)
    lock_rows(rows)
    return rows


def _taken(directive, by, seen_version):
    rows = lock_paper(directive)
    row = lock(directive)
    require(can_direct(by, row))
    if row.number:
        raise Already(f"{row}已下达，没有重复办理。")
    require_seen(row, seen_version)
    require_status(row, Status.DRAFT, otherwise="内容不再改动")
    return list(rows.with_parts().order_by("pk"))


@transaction.atomic
def issue(directive, by, *, seen_version=None):
    """Hand it down with a number, a batch as one paper with one; return the directives that wait to be signed."""
    return _issue(_taken(directive, by, seen_version), by)


def _issue(rows, by):
    is_workday, today, now = Workday.test(), clock.today(), clock.now()
    rows = list(Directive.objects.filter(pk__in=[row.pk for row in rows]).with_parts().order_by("-stands_for_batch", "pk").prefetch_related("points", "helpers", "co_issuers"))  # fmt: skip
    _require_whole(rows, today, is_workday)
    first = rows[0]
    number = Serial.next(first.issuer, first.series, today.year)
    for row in rows:
        row.year, row.number, row.first_due_on = today.year, number, row.due_on
    sign_by = limits.sign_by(today, first.due_on, is_workday)
    move_all(rows, Status.SENT, sent_at=now, sign_by=sign_by)
    Directive.objects.bulk_update(
        rows, ["status", "version", "year", "number", "first_due_on", "sent_at", "sign_by"], batch_size=100
    )
    DirectiveEvent.objects.bulk_create(
        DirectiveEvent.made(row, by, "下达", note=f"{row.due_on:%Y-%m-%d}前办结") for row in rows
    )
    tell_issued(rows)
    return rows


def _require_whole(rows, today, is_workday):
    if lacking := [row for row in rows if row.unit is None]:
        raise Refusal(f"“{lacking[0].title}”还没有承办单位，不能下达。")
    for row in rows:
        require_living(row.unit)
    first = rows[0]
    points = list(first.points.all())
    if not points:
        raise Refusal("还没有写要求，至少写一点，承办单位才知道要做什么。")
    require_day(first.due_on, today, is_workday)
    for point in points:
        if point.due_on:
            require_day(point.due_on, today, is_workday, f"第{point.number}点的期限")
            if fault := limits.fault_of_part(point.due_on, first.due_on):
                raise Refusal(f"第{point.number}点：{fault}")


def require_living(unit):
    if not unit.is_active:
        successor = unit.answering()
        more = f"，由{successor}承接，请改为{successor}" if successor else ""
        raise Refusal(f"{unit}已停用{more}。")


def require_day(day, today, is_workday, word="办结期限"):
    if day is None:
        raise Refusal(f"请写明{word}。")
    if fault := limits.fault_of(day, today, is_workday, word):
        raise Refusal(fault)
