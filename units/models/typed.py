"""What people have typed into forms and not handed in yet."""

import datetime
import uuid

from django.db import models

from kit import clock
from kit.statements import RowSet
from units.models.user import User

KEPT = datetime.timedelta(days=30)


def new_mark():
    return uuid.uuid4().hex


class TypedQuerySet(RowSet):
    def visible_to(self, user):
        return self.filter(by=user.pk) if user.is_authenticated else self.none()

    def at_place(self, place):
        return self.filter(place=place)

    def stale(self):
        return self.filter(at__lt=clock.now() - KEPT)


class Typed(models.Model):
    """The draft of one form at one address (``place``), {name: [values]}; it goes once the form is taken.

    ``first`` is what the form held before anything was typed: what is on record by another's hand since, is seen from it. ``mark`` is new with each saving: whoever saw another one saw another text.
    """

    PLACE, LETTERS = 200, 60_000

    by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="填写人")
    place = models.CharField("页面", max_length=PLACE)
    values = models.JSONField("内容")
    first = models.JSONField("填写以前", default=dict)
    mark = models.CharField("记号", max_length=32, default=new_mark)
    at = models.DateTimeField("保存时间", default=clock.now)

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["by", "place"], name="one_draft_per_form")]

    def __str__(self):
        return self.place
