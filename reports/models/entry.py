"""Entries: one unit's part in one task for one month."""

import datetime
from itertools import takewhile

from django.db import models
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kit.statements import Exists, RowSet, Subquery, at_once
from reports.fields import ENTRY, LIGHTS
from reports.line import LINE, NODE, OWN, asked_of
from reports.models.report import MonthlyReport
from reports.models.standing import Correction, Standing
from tasks.models import Project, Responsibility, Task
from units.models import Unit, User


class EntryQuerySet(RowSet):
    @at_once
    def visible_to(self, user):
        """A unit sees its own; office, leaders, inspectors, co-responsible units and whom a project concerns see what has been filed."""
        if not user.is_authenticated or not user.does_business:
            return self.none()
        filed = Q(report__status__in=[MonthlyReport.Status.SUBMITTED, MonthlyReport.Status.ACCEPTED])
        if user.sees_everything:
            return self.filter(filed)
        if not user.unit_id:
            return self.none()
        own = user.units
        shared = Exists(Responsibility.objects.filter(task=OuterRef("task"), unit__in=own))
        concerned = Q(task__in=Project.objects.concerning(own).values("pk"))
        allowed = Q(report__unit__in=own) | (filed & (Q(shared) | concerned))
        if user.role == User.Role.OFFICE:
            allowed |= filed & Q(report__period__plan__office=user.unit_id)
        return self.filter(allowed)

    def as_corrected(self):
        """``stands``: the progress, or what the office corrected it to after its month was closed."""
        later = Correction.objects.filter(
            standing__task=OuterRef("task"),
            standing__period=OuterRef("report__period"),
            at__gte=OuterRef("report__decided_at"),
        )
        corrected = Subquery(later.order_by("-at", "-pk").values("progress")[:1])
        lead = Case(When(role=Responsibility.Role.LEAD, then=corrected))
        return self.annotate(stands=Coalesce(lead, "progress"))

    def accepted(self):
        return self.filter(report__status=MonthlyReport.Status.ACCEPTED)

    def _of_earlier_months(self, entries):
        """The same unit's, of the same tasks; ``entries`` are one unit's of one month.

        What a unit merged into this one filed counts as its own; where both filed, the unit's own comes last.
        """
        units = {entry.report.unit_id for entry in entries}
        return self.filter(
            task__in=[entry.task_id for entry in entries],
            report__unit__in=Unit.objects.behind(units).values("pk"),
            report__period__month__lt=entries[0].report.period.month,
        ).order_by("report__period__month", F("report__unit__active_to").asc(nulls_last=True))

    def previous(self, entries):
        """{task id: what the unit last filed about it before}, for entries of one unit and month."""
        entries = list(entries)
        if not entries:
            return {}
        filed = [MonthlyReport.Status.ACCEPTED, MonthlyReport.Status.SUBMITTED]
        earlier = self._of_earlier_months(entries).filter(report__status__in=filed)
        # Keys first: the texts of a whole year are not read for the sake of the last month.
        latest = dict(earlier.values_list("task_id", "pk"))
        rows = self.model.objects.filter(pk__in=latest.values())
        rows = rows.select_related("report__period__plan__office", "report__unit").defer("report__period__summary")
        return {entry.task_id: entry for entry in rows}

    def accepted_before(self, entries):
        """{task id: progress this unit last had accepted before}, for entries of one unit and month."""
        entries = list(entries)
        if not entries:
            return {}
        rows = self._of_earlier_months(entries).filter(report__status=MonthlyReport.Status.ACCEPTED)
        return dict(rows.as_corrected().values_list("task_id", "stands"))

    def leading_progress(self, tasks, until=None):
        """{task id: (progress, month)} as last accepted from the leading units or corrected, up to ``until``."""
        rows = self.accepted().filter(task__in=tasks, role=Responsibility.Role.LEAD).exclude(progress=None)
        if until:
            rows = rows.filter(report__period__month__lte=until)
        rows = rows.as_corrected().order_by("report__period__month")
        found = {task: (at, month) for task, at, month in rows.values_list("task", "stands", "report__period__month")}
        figures = Correction.objects.figures(tasks, until)
        last = {task: (progress, month) for task, progress, month in figures}
        return found | {task: at for task, at in last.items() if task not in found or at[1] > found[task][1]}

    def in_order(self):
        return self.order_by("task__order", "task_id")


def progress_then(tasks, month):
    """{task id: progress accepted for months up to ``month``} of the tasks that a later month has moved since."""
    moved = [task.pk for task in tasks if task.progress_month and task.progress_month > month]
    known = Entry.objects.leading_progress(moved, month) if moved else {}
    return {key: known.get(key, (0, None))[0] for key in moved}


def carried_on(standing):
    """The standings of later months that took this one's figure over: nothing was accepted for them."""
    later = Standing.objects.filter(task=standing.task_id, period__month__gt=standing.period.month)
    own = Entry.objects.accepted().filter(task=standing.task_id, role=Responsibility.Role.LEAD).exclude(progress=None)
    months = set(own.values_list("report__period__month", flat=True))
    rows = later.select_related("period").order_by("period__month")
    return list(takewhile(lambda row: row.progress == standing.progress and row.period.month not in months, rows))


class Entry(models.Model):
    """One unit's part in one task for one month: the working copy that autosave writes and a submission freezes.

    What the unit writes are the columns of ``reports.fields``, of a key project those of ``reports.line`` and the days of its nodes
    ({key: day}), which are read as fields too; everything else is set by the actions.
    """

    report = models.ForeignKey(MonthlyReport, models.CASCADE, related_name="entries", verbose_name="月报")
    task = models.ForeignKey(Task, models.PROTECT, related_name="entries", verbose_name="任务")
    role = models.CharField("职责", max_length=8, choices=Responsibility.Role.choices)
    redo = models.BooleanField("须重报", default=False)
    office_light = models.CharField("审核灯色", max_length=6, choices=LIGHTS, blank=True)
    office_remark = models.TextField("审核意见", blank=True)
    nodes = models.JSONField("本月完成的节点", default=dict, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    edited_at = models.DateTimeField("最近保存", null=True, blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填写人")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务进展"
        ordering = ["report", "task_id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "task"], name="one_entry_per_report_and_task"),
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__lte=100), name="claimed_progress_at_most_100"
            ),
        ]
        indexes = [models.Index(fields=["task", "report"])]

    def __str__(self):
        return f"{self.task} {self.report}"

    def __getattr__(self, name):
        if not name.startswith(NODE) or "nodes" not in self.__dict__:
            raise AttributeError(name)
        day = self.nodes.get(name.removeprefix(NODE))
        return datetime.date.fromisoformat(day) if day else None

    @cached_property
    def open_nodes(self):
        """(key, title) of the project's nodes that this month may tell of; reads the task's milestones."""
        rows = self.task.milestones.all() if self.task.is_project else ()
        return tuple((str(each.pk), each.title) for each in rows if each.done_on is None or str(each.pk) in self.nodes)

    @property
    def asked(self):
        """The fields its unit is asked: those of a task, or of a project's line."""
        return asked_of(self.open_nodes) if self.task.is_project else ENTRY

    @property
    def figures(self):
        """What an accepted line writes into the register, as plain values."""
        return LINE.plain_of(self) | {"nodes": self.nodes}

    @property
    def said(self):
        """What was done, in words: what two months are compared by."""
        return self.shape or self.done

    @property
    def is_untouched(self):
        return not self.version

    @property
    def must_redo(self):
        """A return named this entry, and since then neither its text nor its files have been touched."""
        since = self.report.decided_at
        if not self.redo or since is None:
            return self.redo
        moments = [self.edited_at, *(each.at for each in self.attachments.all())]
        return not any(moment and moment > since for moment in moments)

    def content_now(self):
        present = [each for each in self.attachments.all() if each.removed_at is None]
        return {
            "task": self.task_id,
            "number": self.task.number,
            "title": self.task.short_title,
            "section": str(self.task.section) if self.task.section else "",
            "role": self.role,
            **self.asked.plain_of(self),
            **({"nodes": dict(self.open_nodes)} if self.task.is_project else {}),
            "files": [
                {"id": each.pk, "name": each.name, "sha256": each.checksum, "size": each.size} for each in present
            ],
        }


for _field in (*ENTRY.values(), *OWN):
    Entry.add_to_class(_field.name, _field.column())
