"""How a directive ends without being done, and how one that ended comes back."""

from django.db import transaction

from kit import clock
from kit.moves import move, require_said, require_seen, require_status
from kit.refusal import Refusal
from kit.trace import spare
from reports.models import Workday
from supervision.actions.directives.checking import AGAIN, drop_pleas, taken
from supervision.actions.directives.drafting import lock_paper, require_day
from supervision.actions.directives.telling import tell_orderer, tell_them
from supervision.models import Directive, DirectiveEvent, Point

Status = Directive.Status
REBOUND = "反弹"


@transaction.atomic
def withdraw(directive, by, *, reason, seen_version=None):
    """It is asked of nobody any more (撤销); a draft goes with all of its paper."""
    return _out(directive, by, Status.WITHDRAWN, "撤销", require_said(reason, "请写明撤销的原因。"), seen_version)


@transaction.atomic
def hand_over(directive, by, *, to, letter, reason="", seen_version=None):
    """Somebody else follows it from here (移交): to whom, by which letter."""
    to, letter = require_said(to, "请写明移交给谁。"), require_said(letter, "请写明移交文号。")
    note = "；".join(filter(None, (f"移交{to}，{letter}", reason.strip())))
    return _out(directive, by, Status.MOVED_ON, "移交", note, seen_version, moved_to=to, letter=letter)


def _out(directive, by, status, verb, note, seen_version, **values):
    paper = lock_paper(directive)
    row = taken(directive, by)
    spare(row, row.status == status, verb)
    require_seen(row, seen_version)
    # Once issued, each of a paper's directives goes its own way.
    rows = list(paper.with_parts()) if row.is_draft else [row]
    for each in rows:
        changes = drop_pleas(each, by, verb)
        move(each, status, **values)
        DirectiveEvent.write(each, by, verb, note=note, changes=changes)
    row = next(each for each in rows if each.pk == row.pk)
    if row.number:
        tell_them(row, f"{verb}：{row}", note)
        tell_orderer(row, f"您批示的事项已{verb}：{row}", note)
    return row


@transaction.atomic
def reopen(directive, by, *, reason, due_on, points=None, seen_version=None):
    """It came back (反弹): the ``points`` named (numbers; None is all), and those never accepted, are wanted again by a new day.

    The first closing stays on record.
    """
    row = taken(directive, by)
    spare(row, row.status == Status.ONGOING and row.due_on == due_on, REBOUND)
    require_seen(row, seen_version)
    require_status(row, Status.CLOSED, Status.CONTINUING, otherwise="不用重新办理")
    reason = require_said(reason, "请写明反弹的情况。")
    require_day(due_on, clock.today(), Workday.test(), "新期限")
    now = clock.now()
    again = _again(row, points)
    for point in again:
        point.accepted_at, point.wanting, point.wanted_at, point.due_on = None, reason, now, None
    Point.objects.bulk_update(again, ["accepted_at", "wanting", "wanted_at", "due_on"])
    changes = {"办结期限": [f"{row.due_on:%Y-%m-%d}", f"{due_on:%Y-%m-%d}"]}
    changes |= {f"{point}": ["", "重新办理"] for point in again}
    values = {"due_on": due_on, "closed_at": None, "conclusion": ""}
    move(row, Status.ONGOING, rebounds=row.rebounds + 1, **AGAIN, **values)
    DirectiveEvent.write(row, by, REBOUND, note=reason, changes=changes)
    tell_them(row, f"重新办理：{row}", f"{reason}\n新期限{due_on:%Y-%m-%d}。")
    tell_orderer(row, f"您批示的事项重新办理：{row}", reason)
    return row


def _again(row, numbers):
    points = list(row.points.all())
    if strange := sorted(set(numbers or ()) - {each.number for each in points}):
        raise Refusal(f"没有第{strange[0]}点。")
    again = [each for each in points if each.is_open or numbers is None or each.number in numbers]
    if not again:
        raise Refusal("请勾选反弹的是哪几点。")
    return again
