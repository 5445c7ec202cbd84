"""What rounds ask of a person: self-scores, marks, answers to objections."""

from dataclasses import dataclass

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
    rows = Round.objects.visible_to(user).filter(status__in=(*Round.ASKING, *Round.OUT)).select_related("scheme__unit")
    found = []
    for row in rows.filter(status=Status.SELF):
        for each in Subject.objects.visible_to(user).filter(round=row, self_at=None).select_related("unit"):
            if can_self_score(user, each):
                address = f"/assessment/subjects/{each.pk}/self/"
                found.append(_wanted(row, f"{each.name}自评", row.self_due, address, "去自评"))
    for row in rows.filter(status=Status.MARKING):
        for item, left, n in Board(user, row).to_mark:
            if left:
                address = f"/assessment/rounds/{row.pk}/marking/{item.pk}/"
                says = f"“{item.title}”还有{left}/{n}个没有评"
                found.append(_wanted(row, says, row.marking_due, address, "去评分"))
    subjects = Subject.objects.visible_to(user).order_by().values("pk")
    waiting = Objection.objects.of(subjects).filter(answer=Objection.Answer.WAITING)
    waiting = waiting.select_related("score__subject", "score__item__scorer", "score__subject__round__scheme__unit")
    for each in waiting:
        row = each.score.subject.round
        if can_mark(user, each.score.item, row.scheme):
            says = f"{each.score.subject.name}对“{each.score.item.title}”有异议"
            found.append(_wanted(row, says, row.objections_until, f"/assessment/objections/{each.pk}/", "去答复"))
    return sorted(found, key=lambda each: (each.due is None, each.due or clock.today()))


def _wanted(row, says, due, address, act):
    late = due is not None and due < clock.today()
    return Wanted(str(row), says, due, address, act, "danger" if late else "warn")
