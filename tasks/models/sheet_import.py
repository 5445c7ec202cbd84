"""Sheets that people brought in: the file, how it was read, what it changed."""

from datetime import date, datetime, time
from math import isfinite

from django.db import models
from django.db.models import Q

from kit import clock, trace
from kit.intake import Layout
from kit.sheets import SheetRead, clean_text
from tasks.models.plan import Plan
from units.models import User


class SheetImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its author; for a plan's also that plan's office, for units and accounts every administrator."""
        if not user.is_authenticated or user.role not in (User.Role.OFFICE, User.Role.ADMIN):
            return self.none()
        shared = Q(plan=None) if user.role == User.Role.ADMIN else Q(plan__office=user.unit_id)
        return self.filter(Q(by=user.pk) | shared)

    def light(self):
        """Leave the file and its rows where they are: what a list shows."""
        return self.select_related("plan", "by__unit", "undone_by").defer("content", "rows", "effects")


class SheetImport(models.Model):
    """One sheet of one kind, uploaded by one person; the file is kept beside its rows, so both come and go together.

    ``rows`` are the sheets as read, ``layout`` how their columns are taken, ``counts`` {state: rows} when written,
    ``effects`` what was changed: [{row, label, new, key, before, after}], values as people read them.
    """

    class State(models.TextChoices):
        PREVIEWED = "PREVIEWED", "待确认"
        WRITTEN = "WRITTEN", "已写入"
        UNDONE = "UNDONE", "已撤销"

    MOVES = {State.PREVIEWED: {State.WRITTEN}, State.WRITTEN: {State.UNDONE}, State.UNDONE: set()}
    TONES = {State.PREVIEWED: "info", State.WRITTEN: "good", State.UNDONE: "muted"}

    kind = models.CharField("种类", max_length=20)
    kind_title = models.CharField("种类名称", max_length=40)
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="sheet_imports", verbose_name="方案"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="sheet_imports", verbose_name="导入人")
    at = models.DateTimeField("上传时间", default=clock.now)
    file_name = models.CharField("文件名", max_length=220)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验码", max_length=64)
    content = models.BinaryField("文件")
    rows = models.JSONField("各行", default=list)
    layout = models.JSONField("列的对应", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREVIEWED)
    counts = models.JSONField("行数", default=dict)
    effects = models.JSONField("变动", default=list)
    written_at = models.DateTimeField("写入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人")

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表格导入"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "-at"])]

    def __str__(self):
        return f"{self.kind_title}：{self.file_name}"

    @property
    def sheets(self):
        """The visible sheets as read."""
        return tuple(
            SheetRead(each["name"], tuple(map(tuple, each["rows"])), False, tuple(map(tuple, each["merged"])))
            for each in self.rows
        )

    @property
    def layout_now(self):
        return Layout.from_dict(self.layout)

    @property
    def tone(self):
        return self.TONES[self.state]

    @property
    def counts_words(self):
        """How many rows there are of each state: 新增3，修改1."""
        return "，".join(f"{word}{number}" for word, number in self.counts.items() if number) or "没有数据行"


def stored_rows(sheets):
    """Sheets as they are kept: text without characters a database refuses, days as 2015-10-31."""
    return [
        {
            "name": clean_text(sheet.name),
            "merged": sheet.merged,
            "rows": [[_stored(v) for v in row] for row in sheet.rows],
        }
        for sheet in sheets
        if not sheet.hidden
    ]


def _stored(value):
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


class SheetImportEvent(trace.Event):
    """What happened to an import: written, undone."""

    subject = trace.subject(SheetImport, "导入")
