"""Papers to one unit begun in one press: the slip of a directive, the notice of an interview, the 责任书 of every unit of a plan."""

from django.db import transaction

from kit.moves import lock, require
from kit.refusal import Refusal
from supervision.actions.papers.drafting import start
from supervision.models import Paper
from supervision.permissions import can_direct, can_keep
from tasks.models import Plan, Responsibility, Task
from tasks.permissions import can_manage_plan
from units.models import Unit

Kind, Status = Paper.Kind, Paper.Status
LIVE = (Status.DRAFT, Status.SIGNING, Status.PRINTED)


@transaction.atomic
def start_slip(directive, by, word):
    """Begin the slip of this name (交办单, 督办通知, ...); one that is a draft still is gone on with."""
    row = lock(directive)
    require(can_direct(by, row))
    if row.number is None:
        raise Refusal("这件交办事项还没有下达，不能起草文书。")
    title = f"{word}：{row.title}"
    rows = Paper.objects.filter(directive=row, kind=Kind.SLIP, title=title, status__in=(Status.DRAFT, Status.SIGNING))
    return rows.first() or start(by, Kind.SLIP, title=title, issuer=row.issuer, addressee=row.unit_now, directive=row)


@transaction.atomic
def start_notices(occasion, by):
    """Begin the notice of an interview for each unit it names; those begun before are left. Return all."""
    row = lock(occasion)
    require(row.is_interview and can_keep(by, row))
    units = row.named_units()
    if not units:
        raise Refusal("还没有写明约谈哪个单位。")
    known = {
        each.addressee_id: each for each in Paper.objects.filter(occasion=row, kind=Kind.INTERVIEW, status__in=LIVE)
    }
    told = {"occasion": row, "issuer": row.unit or by.unit, "title": "约谈通知"}
    return [known.get(unit.pk) or start(by, Kind.INTERVIEW, addressee=unit, **told) for unit in units]


@transaction.atomic
def start_commitments(plan, by):
    """Begin a 责任书 for every unit that has a part in the plan and none yet; return how many there are now, and how many are new."""
    row = lock(plan)
    require(can_manage_plan(by, row))
    units = _units_of(row)
    if not units:
        raise Refusal("方案中还没有责任单位，没有责任书可起草。")
    papers = Paper.objects.filter(plans=row, kind=Kind.COMMITMENT, status__in=LIVE)
    known = set(papers.values_list("addressee", flat=True))
    missing = [unit for unit in units if unit.pk not in known]
    for unit in missing:
        start(by, Kind.COMMITMENT, plans=[row], addressee=unit, month=row.months[0], until=row.months[-1])
    return len(units), len(missing)


def _units_of(plan: Plan):
    tasks = Task.objects.in_force().filter(plan=plan)
    parts = Responsibility.objects.filter(task__in=tasks.values("pk")).owing()
    return list(Unit.objects.active().filter(pk__in=parts.values("unit")).order_by("order", "pk"))
