"""What rounds ask of a person: self-scores, marks, answers to objections."""

from dataclasses import dataclass

from django.db.models import Q

from kit import clock
from supervision.dashboard.rounds import Board
from supervision.models import Objection, Round, Subject
from supervision.permissions import can_mark, can_self_score

Status = Round.Status


@dataclass(frozen=True)
class Wanted:
    """What a round asks of a person, until when, and where."""

    title: str
    says: str
    due: object
    address: str
    act: str
    tone: str


def wanted(user):
    """[Wanted] of self-scores, marks and objections that wait for this person's unit; the most urgent first."""
    objected = Objection.objects.waiting().of(Subject.objects.visible_to(user).order_by().values("pk"))
    asking = Q(status__in=(Status.SELF, Status.MARKING)) | Q(pk__in=objected.values("score__subject__round"))
    rows = list(Round.objects.visible_to(user).filter(asking).select_related("scheme__unit"))
    if not rows:
        return []
    found = [*_self_scores(user, [row for row in rows if row.status == Status.SELF])]
    for row in rows:
        found += _marks(user, row) if row.status == Status.MARKING else ()
    found += _objections(user, objected)
    return sorted(found, key=lambda each: (each.due is None, each.due or clock.today()))


def _self_scores(user, rows):
    of_key = {row.pk: row for row in rows}
    subjects = Subject.objects.visible_to(user).filter(round__in=of_key, self_at=None).select_related("unit")
    for each in subjects if rows else ():
        if can_self_score(user, each):
            row, address = of_key[each.round_id], f"/assessment/subjects/{each.pk}/self/"
            yield _wanted(row, f"{each.name}自评", row.self_due, address, "去自评")


def _marks(user, row):
    for item, left, n in Board(user, row).to_mark:
        if left:
            address = f"/assessment/rounds/{row.pk}/marking/{item.pk}/"
            yield _wanted(row, f"“{item.title}”还有{left}/{n}个没有评", row.marking_due, address, "去评分")


def _objections(user, rows):
    rows = rows.select_related("score__subject", "score__item__scorer", "score__subject__round__scheme__unit")
    for each in rows:
        row = each.score.subject.round
        if can_mark(user, each.score.item, row.scheme):
            says = f"{each.score.subject.name}对“{each.score.item.title}”有异议"
            yield _wanted(row, says, row.objections_until, f"/assessment/objections/{each.pk}/", "去答复")


def _wanted(row, says, due, address, act):
    late = due is not None and due < clock.today()
    return Wanted(str(row), says, due, address, act, "danger" if late else "warn")
