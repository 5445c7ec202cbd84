"""Tasks in and out of spreadsheets, known by plan, year and number."""

from import_export.fields import Field

from kit import names
from kit.exchange import Choice, Day, Number, StrictResource, Text
from kit.names import Named
from tasks.actions.assignment import assign
from tasks.actions.setup import correct_task, enter_task
from tasks.models import Plan, Section, Task
from units.actions.loading import Directory
from units.resources import UnitCell, UnitsCell

SETTLED = ("text", "starts_on")


class TaskResource(StrictResource):
    """The tasks of all plans; ``assign`` is the door by which responsible units change."""

    title = "任务"
    fixed = ("status", "progress")
    assign = staticmethod(assign)

    plan = Field(None, "方案", Text())
    year = Field(None, "年度", Number())
    number = Field("number", "编号", Text())
    section = Field(None, "章节", Text())
    order = Field("order", "排序", Number())
    short_title = Field("short_title", "简称", Text())
    text = Field("text", "任务原文", Text())
    starts_on = Field("starts_on", "开始日期", Day())
    due_on = Field("due_on", "完成时限", Day())
    pace = Field("pace", "进度方式", Choice(Task.Pace.choices))
    lead = Field(None, "牵头单位", UnitCell())
    supports = Field(None, "配合单位", UnitsCell())
    reason = Field(None, "调整原因", Text())
    status = Field("status", "状态", Text())
    progress = Field("progress", "进度", Number())

    class Meta(StrictResource.Meta):
        model = Task
        import_id_fields = ("plan", "year", "number")
        fields = import_order = export_order = (
            "plan",
            "year",
            "number",
            "section",
            "order",
            "short_title",
            "text",
            "starts_on",
            "due_on",
            "pace",
            "lead",
            "supports",
            "reason",
            "status",
            "progress",
        )

    def get_queryset(self):
        return Task.objects.select_related("plan__rules", "section").prefetch_related("responsibilities__unit")

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.plans = {}
        self.fields["supports"].widget.directory = self.fields["lead"].widget.directory = Directory.of_all()

    def before_import_row(self, row, **kwargs):
        """Find the row's plan before anything else."""
        super().before_import_row(row, **kwargs)
        self.row_plan = self._plan(row)

    def _plan(self, row):
        name, year = self.fields["plan"].clean(row), self.fields["year"].clean(row)
        if (name, year) not in self.plans:
            plans, wanted = Plan.objects.filter(year=year).select_related("rules"), names.key(name)
            self.plans[name, year] = [plan for plan in plans if wanted in _callings(plan)]
        found = self.plans[name, year]
        if not found:
            raise self.refused(f"{year}年没有名为“{name}”的方案，请写方案的简称、名称或文号。", "plan", row)
        if len(found) > 1:
            raise self.refused("这个文号下有几个方案，请写方案的简称。", "plan", row)
        return found[0]

    def get_instance(self, instance_loader, row):
        number = self.fields["number"].clean(row)
        return self.get_queryset().filter(plan=self.row_plan, number=number).first()

    def init_instance(self, row=None):
        plan = self.row_plan
        return Task(plan=plan, starts_on=plan.starts_on, due_on=plan.ends_on, planned_due_on=plan.ends_on)

    def take(self, field, instance, row):
        """Empty cells keep dates and order; a text on record is never written over."""
        name = self.get_field_name(field)
        if name in ("plan", "year"):
            return
        if name in ("starts_on", "due_on", "order") and field.clean(row) is None:
            return
        if name in SETTLED and instance.pk and field.clean(row) != getattr(instance, name):
            raise ValueError("已有任务的原文和开始日期以文件为准，不能用导入修改。")
        if name == "section":
            instance.section = self._section(field.clean(row))
            return
        value = super().take(field, instance, row)
        if name in ("lead", "supports", "reason"):
            setattr(instance, f"wanted_{name}", value)

    def _section(self, text):
        if not text:
            return None
        sections = Named()
        for section in Section.objects.filter(plan=self.row_plan):
            sections |= {section.number: section, section.title: section, str(section): section}
        if text not in sections:
            raise ValueError("方案中没有这一章节，请写章节的序号或标题。")
        return sections[text]

    def dehydrate_plan(self, task):
        return task.plan.short_title if task.plan_id else ""

    def dehydrate_year(self, task):
        return task.plan.year if task.plan_id else None

    def dehydrate_section(self, task):
        return str(task.section or "")

    def dehydrate_lead(self, task):
        lead, _ = self._units(task)
        return lead.name if lead else ""

    def dehydrate_supports(self, task):
        _, supports = self._units(task)
        return "、".join(unit.name for unit in supports)

    def dehydrate_reason(self, task):
        return ""

    def dehydrate_status(self, task):
        return task.get_status_display()

    def _units(self, task):
        """The units the sheet wants, where it has the columns; else those on record."""
        lead, supports = (task.lead, task.supports) if task.pk else (None, [])
        return getattr(task, "wanted_lead", lead), getattr(task, "wanted_supports", supports)

    def keep(self, task, is_create, row, user, note):
        # A stored instance answers from its prefetch, so the wanted units are asked for before anything is written.
        lead, supports = self._units(task)
        if is_create:
            enter_task(task, lead, supports, user, note=note, assign=self.assign)
        else:
            reason = getattr(task, "wanted_reason", "")
            correct_task(task, user, units=(lead, supports), reason=reason, note=note, assign=self.assign)


def _callings(plan):
    return [names.key(each) for each in (plan.short_title, plan.title, plan.document_number)]
