"""One subject's marks in a round: what was lost first, how each came about, what would have saved it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property

from kit.rates import percent, written
from supervision.models import Objection, Round, Score, Subject
from supervision.permissions import acts_for, can_read_ranking, can_self_score
from supervision.saving import saved


@dataclass
class Own:
    user: object
    subject: Subject

    @cached_property
    def round(self):
        return self.subject.round

    @cached_property
    def shows_rank(self):
        """Where others stand is known once it is announced."""
        return can_read_ranking(self.user, self.round)

    @cached_property
    def scores(self):
        rows = Score.objects.of([self.subject]).select_related("item__scorer").order_by("item__number")
        rows = sorted(rows, key=lambda score: (-(score.lost or 0), score.item.number))
        for score in rows:
            score.saving = saved(score.item.way, score.full, score.item.params, score.measured, score.mark)
        return rows

    @property
    def full(self):
        return sum(score.full for score in self.scores if not score.item.is_extra)

    @property
    def converted(self):
        """适用75分得64.88分，折算为86.51分; nothing where every item applies."""
        counted = [score for score in self.scores if not score.item.is_extra and score.mark is not None]
        full, got = sum(score.full for score in counted), sum(score.mark for score in counted)
        if full == self.full or self.subject.total is None:
            return ""
        return f"适用的{written(full)}分得{written(got)}分，折算为{written(self.subject.total)}分"

    @property
    def lost(self):
        return sum(score.lost or 0 for score in self.scores if not score.item.is_extra)

    @property
    def worst(self):
        """投资率、节点占63%: the two that cost most."""
        costly = [score for score in self.scores if score.lost and not score.item.is_extra][:2]
        if not costly or not self.lost:
            return ""
        share = percent(sum(score.lost for score in costly), self.lost)
        return f"{'、'.join(score.item.title for score in costly)}占{share}%"

    @cached_property
    def peers(self):
        """The group as ranked: (how many, the first's name and total)."""
        rows = Subject.objects.visible_to(self.user).filter(round=self.round, group=self.subject.group)
        rows = list(rows.order_by("rank", "pk").values_list("name", "total", "rank"))
        first = next(((name, total) for name, total, rank in rows if rank == 1), None)
        return len(rows), first

    @cached_property
    def previous(self):
        """The same subject in the published round before, if this person reads it."""
        row, subject = self.round, self.subject
        rows = Subject.objects.visible_to(self.user).filter(
            round__status__in=Round.OUT, round__scheme__plan=row.scheme.plan_id, round__scheme__name=row.scheme.name,
            round__month__lt=row.month, unit=subject.unit_id, project=subject.project_id,
        )  # fmt: skip
        if not subject.project_id:
            rows = rows.filter(Q(name=subject.name) | Q(unit=subject.unit_id))
        return rows.select_related("round__scheme").order_by("-round__month").first()

    @cached_property
    def objections(self):
        rows = Objection.objects.of([self.subject]).select_related("score__item", "by", "decided_by")
        return list(rows.order_by("-at", "-pk"))

    @cached_property
    def may_object(self):
        return self.round.takes_objections and can_self_score(self.user, self.subject)

    @property
    def may_self(self):
        return self.subject.self_at is None and can_self_score(self.user, self.subject)

    @property
    def reads_self(self):
        """What was said in a dispute is for the unit, the office and the overseers."""
        own, office = self.subject.unit, self.round.scheme.unit
        return self.user.sees_everything or acts_for(self.user, own) or acts_for(self.user, office)

    @cached_property
    def waiting(self):
        """The scores an objection of which is not answered yet."""
        return {each.score_id for each in self.objections if each.answer == Objection.Answer.WAITING}
