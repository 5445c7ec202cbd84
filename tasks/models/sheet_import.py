"""Sheets that people brought in: the file, and what it changed."""

from datetime import date, datetime, time
from math import isfinite

from django.db import models
from django.db.models import Q

from kit import clock, trace
from kit.records import StoredFile
from kit.sheets import clean_text
from kit.statements import RowSet
from tasks.models.plan import Plan
from units.models import User


class SheetImportQuerySet(RowSet):
    def visible_to(self, user):
        """Its author; for a plan's also that plan's office, for units and accounts every administrator."""
        if not user.is_authenticated or user.role not in User.BRINGERS:
            return self.none()
        shared = Q(plan=None) if user.role == User.Role.ADMIN else Q(plan__office=user.unit_id)
        return self.filter(Q(by=user.pk) | shared)

    def light(self):
        return self.select_related("plan", "by__unit", "undone_by").defer("content", "effects")


class SheetImport(StoredFile):
    """One sheet of one kind, written by one person; the file is kept in the row, so both come and go together.

    ``counts`` are {state: rows}; ``effects`` what was changed: [{row, label, new, key, before, after}], values as people read them.
    """

    kind = models.CharField("种类", max_length=20)
    kind_title = models.CharField("种类名称", max_length=40)
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="sheet_imports", verbose_name="方案"
    )
    content = models.BinaryField("文件")
    counts = models.JSONField("行数", default=dict)
    effects = models.JSONField("变动", default=list)
    written_at = models.DateTimeField("写入时间", default=clock.now)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人")

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表格导入"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "-at"])]

    def __str__(self):
        return f"{self.kind_title}：{self.name}"

    @property
    def state(self):
        return ("已撤销", "muted") if self.undone_at else ("已写入", "good")

    @property
    def counts_words(self):
        return "，".join(f"{word}{number}" for word, number in self.counts.items() if number) or "没有数据行"


def stored_sheets(sheets):
    """Sheets as they are kept: text without characters a database refuses, days as 2015-10-31."""
    return [
        {
            "name": clean_text(sheet.name),
            "merged": sheet.merged,
            "hidden_rows": sheet.hidden_rows,
            "hidden_columns": sheet.hidden_columns,
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
    """Written, undone."""

    subject = trace.subject(SheetImport, "导入")
