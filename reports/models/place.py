"""What a township says of the key projects built at its place."""

from django.db import models
from django.db.models import Q

from kit.statements import RowSet, at_once
from reports.models.period import Period
from tasks.models import Project
from units.models import Unit, User


class PlaceRemarkQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """As the filed entries of the project, at once: its own, whoever serves or is concerned with the project, office, leaders, inspectors."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        if user.sees_everything:
            return self
        if not user.unit_id:
            return self.none()
        own = user.units
        allowed = Q(unit__in=own) | Q(project__in=Project.objects.near(own).values("pk"))
        if user.role == User.Role.OFFICE:
            allowed |= Q(period__plan__office=user.unit_id)
        return self.filter(allowed)


class PlaceRemark(models.Model):
    """A township's remark (属地说明) on a project at its place for one month. Nobody owes it, and no figure follows from it."""

    LIMIT = 200

    project = models.ForeignKey(Project, models.CASCADE, related_name="place_remarks", verbose_name="项目")
    period = models.ForeignKey(Period, models.PROTECT, related_name="place_remarks", verbose_name="报送期")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="乡镇")
    unit_name = models.CharField("乡镇名称", max_length=60)
    text = models.TextField("属地说明")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间")

    objects = PlaceRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "属地说明"
        ordering = ["-period__month", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "period", "unit"], name="one_remark_per_place_and_month")
        ]

    def __str__(self):
        return f"{self.unit_name}{self.period.month:%Y年%m月}"
