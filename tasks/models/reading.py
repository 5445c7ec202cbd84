"""Plan documents that were sent in: the text, what was read in it, what people made of it, and what was written of it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kit import clock, trace
from kit.records import StoredFile
from kit.statements import RowSet
from units.models import Unit, User


class PlanReadingQuerySet(RowSet):
    def visible_to(self, user):
        """A document is seen by who sent it in, the colleagues of that office, and the administrator, whose own all offices see."""
        if not user.is_authenticated or user.role not in User.BRINGERS:
            return self.none()
        if user.role == User.Role.ADMIN:
            return self
        return self.filter(Q(by=user.pk) | Q(unit=user.unit_id) | Q(unit=None))

    def light(self):
        return self.defer("text", "draft", "written")


class PlanReading(StoredFile):
    """One plan document between its arrival and the plans it becomes.

    ``text`` is what was sent in, for good. ``draft`` is what the reader said of it and people correct (tasks.draft says what
    is in it); ``version`` counts its changes. ``written`` names, by kind, the keys of the rows that writing it created.
    """

    TAKEN_WITH = ("by",)
    GONE = "这份文件刚刚已删去。"

    text = models.TextField("源文件文字")
    draft = models.JSONField("核对稿", encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField("版本", default=1)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人所在单位"
    )
    edited_at = models.DateTimeField("最近修改", default=clock.now)
    loaded_at = models.DateTimeField("写入时间", null=True, blank=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="写入人")
    written = models.JSONField("写入的内容", default=dict, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = PlanReadingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案文件识别"
        ordering = ["-at", "-pk"]

    @property
    def is_loaded(self):
        """The draft is closed until the load is taken back."""
        return self.loaded_at is not None

    @property
    def state(self):
        if self.is_loaded:
            return "已写入", "good"
        return ("已撤销", "muted") if self.undone_at else ("待核对", "info")


class PlanReadingEvent(trace.Event):
    """Sent in, corrected, written, taken back."""

    subject = trace.subject(PlanReading, "方案文件")
