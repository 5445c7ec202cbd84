"""Filters people keep under a name of their own."""

from django.db import models

from kit import clock
from kit.statements import RowSet
from units.models import User


class SavedFilterQuerySet(RowSet):
    def visible_to(self, user):
        return self.filter(user=user.pk) if user.is_authenticated else self.none()


class SavedFilter(models.Model):
    """A list's address (path and query) one person named."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=30)
    path = models.CharField(max_length=100)
    query = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "path", "name"], name="one_filter_name_per_list")]

    def __str__(self):
        return self.name

    @property
    def url(self):
        return f"{self.path}?{self.query}"
