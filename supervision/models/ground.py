"""What an interview was proposed from: a published result, and what became of it since."""

from django.db import models

from kit.decided import Decided
from kit.links import owned_by
from supervision.models.occasion import Occasion
from supervision.models.round import Subject


class Ground(Decided):
    """A low result in one edition of a round, on which a proposed interview rests.

    ``moved`` says what a correction made of it since; then the organiser is asked again, and notes what was decided.
    """

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="grounds", verbose_name="约谈")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="grounds", verbose_name="考评对象")
    edition = models.PositiveSmallIntegerField("第几版")
    words = models.CharField("当时的结果", max_length=120)
    moved = models.CharField("更正后", max_length=200, blank=True)
    asked_at = models.DateTimeField("提请重新研究时间", null=True, blank=True)

    objects = owned_by("occasion").as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "约谈依据"
        ordering = ["occasion", "subject__round__month"]
        constraints = [models.UniqueConstraint(fields=["occasion", "subject"], name="one_ground_per_subject")]

    def __str__(self):
        return self.words

    @property
    def waits(self):
        return self.asked_at is not None and self.decided_at is None
