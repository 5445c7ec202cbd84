"""A directive put down, corrected and issued; what a leader orders."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kit.forms import number_of
from kit.moves import require
from reports.models import Entry, MonthlyReport
from supervision.actions.directives import drafting
from supervision.forms.directives import DirectiveForm, OrderForm, proposed_day
from supervision.models import Directive, Item
from supervision.permissions import can_direct, can_hand_down, can_order
from supervision.views.occasions import names_of
from tasks.models import Task
from units.models import Unit
from units.views.typed import taken_in

Kind = Directive.Kind
SHOWN = 10


class Source:
    """What a directive begins from, as the address names it: a line of a meeting, an entry, a task, a report, a unit."""

    def __init__(self, request):
        user, asked = request.user, request.GET
        self.item = _found(
            Item.objects.visible_to(user).select_related("occasion", "unit", "project__task"), asked, "item"
        )
        entries = Entry.objects.visible_to(user).select_related("report__unit", "report__period__plan", "task__plan")
        self.entry = _found(entries, asked, "entry")
        reports = MonthlyReport.objects.visible_to(user).select_related("unit", "period__plan")
        self.report = _found(reports, asked, "report")
        tasks = Task.objects.visible_to(user).in_force().with_people()
        self.task = _found(tasks, asked, "task")
        self.unit = _found(Unit.objects.visible_to(user).active(), asked, "unit")
        if self.item and self.item.project:
            self.task = tasks.filter(pk=self.item.project_id).first()
        if self.entry:
            self.task = self.entry.task
        self.user = user

    @property
    def told(self):
        return {name: getattr(self, name) for name in ("item", "entry", "report", "task")}

    @property
    def initial(self):
        kind, text, unit, title, due = Kind.DUTY, "", self.unit, "", None
        if self.task:
            kind, unit, title = Kind.TASK, unit or self.task.lead, self.task.short_title
        if self.report:
            kind, unit = Kind.PROBLEM, self.report.unit
            text = f"{self.report}"
        if self.entry:
            kind, text, unit = Kind.PROBLEM, self.entry.problems, self.entry.report.unit
        if self.item:
            kind = Kind.FINDING if self.item.kind == Item.Kind.FINDING else Kind.DECISION
            kind = Kind.MENDING if self.item.occasion.is_interview else kind
            text, unit, title, due = self.item.text, self.item.unit or unit, self.item.text, self.item.due_on
        return {
            "kind": kind,
            "title": _titled(title),
            "source_text": text,
            "units": unit.name if unit else "",
            "due_on": due or proposed_day(kind),
            "cause": self.task.project.cause if self.task and self.task.is_project else "",
        }

    @property
    def under_way(self):
        return under_way(self.user, self.task, self.unit or (self.report and self.report.unit))

    @property
    def near(self):
        units = [self.unit, self.report and self.report.unit]
        if self.task:
            units += [self.task.lead, *self.task.supports]
        return list(dict.fromkeys(unit for unit in units if unit))[:5]


def _found(rows, asked, name):
    key = asked.get(name)
    return get_object_or_404(rows, pk=number_of(key)) if key else None


def _titled(text):
    return " ".join(text.split())[: Directive.TITLE]


def under_way(user, task, unit):
    if task is None and unit is None:
        return []
    rows = Directive.objects.visible_to(user).about(task=task, unit=None if task else unit)
    return list(rows.with_parts()[:SHOWN])


@require_http_methods(["GET", "HEAD", "POST"])
def directive_new(request):
    source = Source(request)
    require(can_hand_down(request.user, source.task, source.item))
    initial = source.initial
    first = [(initial["source_text"][:500] or initial["title"], "")] if source.item or source.entry else []
    form = DirectiveForm(request.POST or None, points=first, initial=initial)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            rows = drafting.draft(request.user, **source.told, **form.cleaned_data)
            messages.success(request, "已存为拟办，核对后下达。")
            return redirect("directive", rows[0].pk)
    return _form(request, form, {"source": source, "under_way": source.under_way})


@require_http_methods(["GET", "HEAD", "POST"])
def directive_edit(request, pk):
    row = get_object_or_404(Directive.objects.visible_to(request.user).with_parts(), pk=pk)
    require(can_direct(request.user, row))
    if row.number:
        messages.warning(request, "下达后内容不再改动。")
        return redirect("directive", pk)
    initial = {
        name: getattr(row, name) for name in ("title", "kind", "due_on", "cause", "level", "source_text", "ordered_by")
    }
    paper = Directive.objects.visible_to(request.user).filter(batch=row.batch_id).select_related("unit")
    units = [each.unit for each in paper.order_by("pk")] if row.batch_id else [row.unit]
    initial["units"] = "、".join(unit.name for unit in units if unit)
    for name in ("helpers", "co_issuers"):
        initial[name] = "、".join(unit.name for unit in getattr(row, name).all())
    points = [(point.text, f"{point.due_on or ''}") for point in row.points.all()]
    form = DirectiveForm(request.POST or None, points=points, initial=initial)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            seen = number_of(request.POST.get("version", ""))
            rows = drafting.revise(row, request.user, seen_version=seen, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("directive", rows[0].pk)
    return _form(request, form, {"directive": row, "under_way": under_way(request.user, row.task, row.unit)})


def _form(request, form, context):
    names = names_of(request.user)
    context |= {"form": form, "unit_names": names, "columns": ("level", "cause")}
    return render(request, "supervision/directive_form.html", context, status=422 if form.errors else 200)


@require_POST
def directive_issue(request, pk):
    row = get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)
    rows = drafting.issue(row, request.user, seen_version=number_of(request.POST.get("version", "")))
    more = f"，共{len(rows)}个单位" if len(rows) > 1 else ""
    messages.success(request, f"已下达{rows[0].code}{more}。")
    return redirect("directive", rows[0].pk)


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request):
    require(can_order(request.user))
    source = Source(request)
    about = source.entry or source.task or source.report or source.unit
    initial = {"who": str(source.near[0].pk) if source.near else OrderForm.LEFT, "within": "5"}
    form = OrderForm(request.POST or None, units=source.near, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        title = f"{about}" if about else told["text"]
        with taken_in(request, form):
            row = drafting.order(
                request.user,
                text=told["text"],
                title=_titled(title),
                unit=told["unit"],
                due_on=told["due_on"],
                task=source.task,
                entry=source.entry,
                report=source.report,
            )
            messages.success(request, _sent(row))
            return redirect("directive", row.pk)
    names = names_of(request.user)
    context = {"form": form, "about": about, "source": source, "under_way": source.under_way, "unit_names": names}
    return render(request, "supervision/order.html", context, status=422 if form.errors else 200)


def _sent(row):
    if row.number:
        return f"已发出，{row.unit}和{row.issuer}都已收到；办结时告诉您。"
    return f"已发出，由{row.issuer}定承办单位和期限后下达；办结时告诉您。"
