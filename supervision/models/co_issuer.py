"""Who issues a paper together with its issuer; the head of each signs (会签) before the issuer's does."""

from django.db import models

from kit.statements import RowSet
from units.models import Unit, User


class CoIssuerQuerySet(RowSet):
    def waiting(self):
        return self.filter(signed_at=None)


class CoIssuer(models.Model):
    paper = models.ForeignKey("supervision.Paper", models.CASCADE, related_name="joint", verbose_name="文书")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="联合制发单位")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会签人")
    signed_at = models.DateTimeField("会签时间", null=True, blank=True)

    objects = CoIssuerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联合制发"
        ordering = ["unit__order", "unit"]
        constraints = [models.UniqueConstraint(fields=["paper", "unit"], name="one_place_per_co_issuer")]

    def __str__(self):
        return f"{self.unit}"

    @property
    def heads(self):
        """Who may sign for it: the heads of the unit, or of the one that took it over."""
        unit = self.unit.answering()
        return User.objects.acting_for([unit] if unit else []).filter(role=User.Role.HEAD)
