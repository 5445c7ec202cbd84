"""The dispatch meeting: run from the screen, project by project, printed as a list."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.moves import require
from kit.refusal import Unknown
from supervision.actions.meetings import judge_item, note_decision
from supervision.dashboard.halls import halls_of
from supervision.forms.agenda import AgendaForm, DecisionForm, JudgingForm
from supervision.models import Item, Occasion
from supervision.permissions import can_dispatch, can_read_dispatch
from supervision.views.occasions import names_of
from tasks.models import Plan
from units.views.typed import taken_in

RECENT = 30


@require_safe
def dispatch_list(request):
    require(request.user.does_business)
    meetings = Occasion.objects.visible_to(request.user).meetings().with_scope()
    context = {
        "halls": halls_of(request.user, clock.today().replace(day=1)),
        "meetings": meetings.order_by("-held_on", "-pk")[:RECENT],
    }
    return render(request, "supervision/dispatch_list.html", context)


def asked_agenda(request, pk):
    """Return the agenda an address asks for: 404 where its plan is not there for this person, 403 where they do not dispatch it."""
    plans = Plan.objects.visible_to(request.user).select_related("office", "rules")
    plan = get_object_or_404(plans, pk=pk)
    form = AgendaForm(request.GET, request.user, plan)
    agenda = form.agenda()
    require(can_read_dispatch(request.user, plan, agenda.action, agenda.sector))
    return agenda, form.cleaned_data


def address_of(agenda, project=None, name="dispatch"):
    scope = {"month": f"{agenda.month:%Y-%m}"}
    if agenda.action:
        scope["action"] = agenda.action.pk
    if agenda.sector:
        scope["sector"] = agenda.sector.pk
    if project:
        scope["project"] = project
    return f"{reverse(name, args=[agenda.plan.pk])}?{urlencode(scope)}"


def numbers_of(agenda):
    return f"{address_of(agenda)}&show=numbers"


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request, pk):
    agenda, values = asked_agenda(request, pk)
    asked, numbers = values.get("project"), bool(values.get("show"))
    place = None if numbers else agenda.place_of(asked)
    if asked and place is None:
        raise Unknown("这个项目不在本次调度的范围内，或者已经调出。")
    may = can_dispatch(request.user, agenda.plan, agenda.action, agenda.sector)
    line = agenda.lines[place] if place is not None else None
    if request.method == "POST" and "item" in request.POST:
        return _judge(request, agenda, line)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            with taken_in(request, form):
                _note(request, agenda, line, form.cleaned_data)
                return redirect(numbers_of(agenda) if numbers else address_of(agenda, line and line.pk))
    return _show(request, agenda, place, form if may else None, numbers)


def _note(request, agenda, line, decision):
    scope = {"action": agenda.action, "sector": agenda.sector}
    project = agenda.project_of(line) if line else None
    item = note_decision(agenda.plan, request.user, agenda.month, project=project, **scope, **decision)
    messages.success(request, f"第{item.number}件已记下。")


def _judge(request, agenda, line):
    form = JudgingForm(request.POST)
    if not form.is_valid():
        raise Unknown("没有这样的认定。")
    items = Item.objects.visible_to(request.user).select_related("occasion")
    item = get_object_or_404(items, pk=form.cleaned_data["item"])
    item = judge_item(item, request.user, form.cleaned_data["kept"])
    messages.success(request, f"已认定“{item.get_kept_display()}”。")
    return redirect(address_of(agenda, line and line.pk))


def _show(request, agenda, place, form, numbers):
    lines, line = agenda.lines, agenda.lines[place] if place is not None else None
    settled = agenda.meeting is not None and not agenda.meeting.is_open
    context = {
        "agenda": agenda,
        "sums": agenda.sums,
        "lines": lines,
        "place": place,
        "line": line,
        "focus": agenda.focus(line) if line else None,
        "decided": agenda.decided(line and line.pk),
        "numbers": numbers,
        "here": numbers_of(agenda) if numbers else address_of(agenda, line and line.pk),
        "numbers_at": numbers_of(agenda),
        "before": lines[place - 1] if place else None,
        "after": next(iter(lines[0 if place is None else place + 1 :]), None),
        "form": None if settled else form,
        "may": form is not None,
        "settled": settled,
        "scope": address_of(agenda),
        "printed": address_of(agenda, name="dispatch_print"),
        "unit_names": names_of(request.user) if form else (),
    }
    return render(request, "supervision/dispatch.html", context, status=422 if form and form.errors else 200)


@require_safe
def dispatch_print(request, pk):
    agenda, _ = asked_agenda(request, pk)
    context = {"agenda": agenda, "sums": agenda.sums, "lines": agenda.lines, "back": address_of(agenda)}
    context["sheet"] = address_of(agenda, name="dispatch_sheet")
    return render(request, "supervision/dispatch_print.html", context)
