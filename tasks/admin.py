"""The technical administration of plans and tasks: they are set up here; their course is the office's and the units'."""

from django import forms
from django.contrib import admin

from kit.administration import KeptAdmin, KeptInline, ReadOnlyAdmin, ReadOnlyInline
from kit.forms import InOrder
from tasks.actions.plans import REPORTING
from tasks.actions.setup import keep_parts, keep_plan, place_task
from tasks.models import Group, Indicator, LightRules, Milestone, Phase, Plan, Reading, Responsibility, Section, Task

NOTE = "技术管理"


def _fields_of(model):
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


class PeriodForm(InOrder, forms.ModelForm):
    pass


class PhaseInline(KeptInline):
    model = Phase
    form = PeriodForm


class GroupInline(KeptInline):
    model = Group
    fields = ("kind", "name", "order", "office", "led_by", "composition")
    readonly_fields = ("led_by",)
    autocomplete_fields = ("office",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("leads")

    @admin.display(description="牵头单位")
    def led_by(self, group):
        return "、".join(unit.name for unit in group.leads.all()) if group.pk else ""


class SectionInline(KeptInline):
    model = Section
    fields = ("number", "title", "order", "group")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A section belongs to a group of its own plan."""
        if db_field.name == "group":
            kwargs["queryset"] = Group.objects.filter(plan=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Plan)
class PlanAdmin(KeptAdmin):
    """Plans; how a running plan is reported on and judged is changed by its office."""

    form = PeriodForm
    list_display = ("short_title", "year", "kind", "document_number", "office", "starts_on", "ends_on")
    list_filter = ("year", "kind")
    list_select_related = ("office",)
    search_fields = ("title", "short_title", "document_number")
    autocomplete_fields = ("office",)
    inlines = (PhaseInline, GroupInline, SectionInline)

    def get_readonly_fields(self, request, obj=None):
        return ("rules", "follows", *REPORTING) if obj else ("rules", "follows")

    def save_model(self, request, obj, form, change):
        keep_plan(obj, request.user, note=NOTE)

    def save_formset(self, request, form, formset, change):
        keep_parts(form.instance, request.user, formset.save(commit=False), note=NOTE)


class ResponsibilityInline(ReadOnlyInline):
    model = Responsibility
    fields = ("unit", "role")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit")


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = ("title", "due_on", "done_on", "weight")


class TaskForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            self.fields["section"].queryset = Section.objects.filter(plan=self.instance.plan_id)


@admin.register(Task)
class TaskAdmin(KeptAdmin):
    """Tasks: where they stand in their plan may be put right; dates, units and progress have doors of their own."""

    form = TaskForm
    list_display = ("number", "short_title", "plan", "section", "due_on", "status", "progress")
    list_display_links = ("short_title",)
    list_filter = ("plan", "status", "origin")
    list_select_related = ("plan", "section")
    search_fields = ("number", "short_title", "text")
    inlines = (ResponsibilityInline, MilestoneInline)
    editable = ("section", "order")

    def has_add_permission(self, request):
        return False

    def get_fields(self, request, obj=None):
        return [name for name in _fields_of(Task) if name not in ("initials", "judged_from", "slow_from", "late_from")]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.get_fields(request, obj) if name not in self.editable]

    def save_model(self, request, obj, form, change):
        place_task(obj, request.user, section=obj.section, order=obj.order, note=NOTE)


class ReadingInline(ReadOnlyInline):
    model = Reading
    fields = ("month", "kind", "value", "source", "by", "at")


@admin.register(Indicator)
class IndicatorAdmin(KeptAdmin):
    """What plans promised; the figures are entered on pages of our own."""

    list_display = ("name", "plan", "target", "unit_of_measure", "unit", "order")
    list_filter = ("plan",)
    list_select_related = ("plan", "unit")
    search_fields = ("name",)
    autocomplete_fields = ("plan", "task", "unit", "statistics_unit")
    inlines = (ReadingInline,)

    def get_readonly_fields(self, request, obj=None):
        return ("plan",) if obj else ()

    def save_model(self, request, obj, form, change):
        keep_parts(obj.plan, request.user, [obj], note=NOTE)

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)


@admin.register(LightRules)
class LightRulesAdmin(ReadOnlyAdmin):
    """Versions of the rules; a new one is made by the plan's office."""

    list_display = ("plan", "version", "slow_after", "late_after", "basis", "from_day")
    list_select_related = ("plan",)
