"""Plan documents: sent in, looked through, written as plans."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.moves import require
from kit.refusal import Conflict, Refusal
from tasks.actions.loads import discard_reading, load_reading, outlook
from tasks.actions.receiving import receive
from tasks.draft.edits import all_spans
from tasks.draft.faults import kept
from tasks.draft.names import parts_of
from tasks.draft.places import inside
from tasks.forms.loading import DocumentForm
from tasks.forms.names import NamesForm
from tasks.models import Plan, PlanReading
from tasks.permissions import can_load_plans
from units.models import Unit

ON_A_PAGE = 20
EVENTS = 15


def loader(request):
    require(can_load_plans(request.user))


def get_reading(request, pk):
    rows = PlanReading.objects.visible_to(request.user).select_related("by", "loaded_by")
    return get_object_or_404(rows, pk=pk)


def twin(request, mark):
    return PlanReading.objects.visible_to(request.user).light().select_related("by").filter(checksum=mark).first()


@require_http_methods(["GET", "HEAD", "POST"])
def plan_loads(request):
    """The documents sent in so far, and the form for the next; a known one is told, not read again."""
    loader(request)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    known = None
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        known = twin(request, values["mark"])
        if not known:
            return redirect("plan_load", receive(request.user, values["name"], values["text"], values["mark"]).pk)
    rows = PlanReading.objects.visible_to(request.user).light().select_related("by", "unit")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "known": known, "page_obj": page, "paginator": page.paginator}
    return render(request, "tasks/plan_loads.html", context, status=422 if form.errors else 200)


@require_POST
def plan_load_again(request, pk):
    """Read the same text once more, as a document of its own: what was corrected in the first stays there."""
    old = get_reading(request, pk)
    new = receive(request.user, old.name, old.text, old.checksum)
    messages.info(request, "已按原文重新识别，原来的核对稿还在列表里。")
    return redirect("plan_load", new.pk)


@require_POST
def plan_load_discard(request, pk):
    reading = get_reading(request, pk)
    discard_reading(reading, request.user)
    messages.success(request, f"已删去“{reading.name}”。")
    return redirect("plan_loads")


def townships(request):
    units = Unit.objects.visible_to(request.user).active().filter(peer_group=Unit.PeerGroup.TOWNSHIP)
    return list(units.values_list("name", flat=True))


def workbench(request, reading):
    found = outlook(reading, request.user)
    draft, by_place = reading.draft, {}
    for fault in found.faults:
        by_place.setdefault(fault.place, []).append(fault)
    return {
        "reading": reading,
        "draft": draft,
        "outlook": found,
        "matches": found.matches,
        "faults": by_place,
        "counts": counts(draft, found.matches),
        "problems": _problems(draft),
        "left": sum(not problem["checked"] for problem in draft["problems"]),
        "plans": [_plan(at, plan, found, by_place) for at, plan in enumerate(draft["plans"])],
    }


def _problems(draft):
    spans = all_spans(draft)
    rows = enumerate(draft["problems"])
    return [(at, problem | {"loose": not inside(problem["place"], spans)}) for at, problem in rows]


def _plan(at, plan, found, faults):
    return {
        "at": at,
        "plan": plan,
        "kind": dict(Plan.Kind.choices)[plan["kind"]],
        "known": found.known.get(at),
        "faults": faults.get(f"plan-{at}", ()),
        "total": len(kept(plan)),
    }


def counts(draft, matches):
    plans = [plan for plan in draft["plans"] if not plan["left_out"]]
    tasks = [task for plan in plans for task in kept(plan)]
    parts = [parts_of(task, matches) for task in tasks]
    units = {name for match in matches.values() for name in match.units}
    return {
        "plans": len(plans),
        "sections": sum(len(plan["sections"]) for plan in plans),
        "tasks": len(tasks),
        "units": len(units),
        "parts": sum(bool(part.lead) + len(part.supports) for part in parts),
        "unassigned": sum(not task["units"] for task in tasks),
        "unknown": sum(match.is_open for match in matches.values()),
    }


@require_safe
def plan_load(request, pk):
    reading = get_reading(request, pk)
    if reading.is_loaded:
        context = {"reading": reading, "events": past(request, reading)} | _result(request, reading)
        return render(request, "tasks/plan_load_done.html", context)
    context = workbench(request, reading)
    names = NamesForm(context["matches"], townships(request), reading.draft["choices"])
    return show(request, context | {"names": names})


def show(request, context, status=200):
    context |= {"events": past(request, context["reading"])} | unit_names(request)
    return render(request, "tasks/plan_load.html", context, status=status)


def past(request, reading):
    return Paginator(reading.events.newest(), EVENTS).get_page(request.GET.get("events"))


def unit_names(request):
    return {"unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials")}


def _result(request, reading):
    written = reading.written
    plans = Plan.objects.visible_to(request.user).filter(pk__in=written["into"]).select_related("office")
    return {
        "plans": plans,
        "made": set(written["plans"]),
        "units": Unit.objects.visible_to(request.user).filter(pk__in=written["units"]),
        "written": written,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan_load_check(request, pk):
    reading = get_reading(request, pk)
    if reading.is_loaded:
        messages.info(request, "这份文件已经写入。")
        return redirect("plan_load", pk)
    refused, status = "", 200
    if request.method == "POST":
        try:
            loaded = load_reading(reading, request.user, seen_version=_number(request.POST.get("seen")))
        except Refusal as refusal:
            refused, status = str(refusal), 409 if isinstance(refusal, Conflict) else 422
            reading = get_reading(request, pk)
        else:
            messages.success(request, f"已写入。{loaded}")
            return redirect("plan_load", pk)
    return render(
        request, "tasks/plan_load_check.html", workbench(request, reading) | {"refused": refused}, status=status
    )


def _number(text):
    return max(number_of(text or ""), 0)
