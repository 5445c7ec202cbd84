"""Inspections: the year's plan of all offices, what is found typed on the spot, the notice, and looking again (回头看)."""

import uuid
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock, uploads
from kit.forms import told_on
from kit.moves import require
from kit.refusal import Already
from kit.storage import keep_each
from reports.models import Workday
from supervision import limits
from supervision.actions.findings import PER_ITEM, attach_file, look_again, note_finding
from supervision.dashboard.findings import said_at
from supervision.dashboard.inspections import Year, to_look_at
from supervision.dashboard.occasions import Card
from supervision.dashboard.schemes import open_steps
from supervision.forms.findings import LookForm, NoteForm
from supervision.forms.inspections import YearForm
from supervision.models import Directive, Item, Occasion
from supervision.permissions import can_direct, can_keep, can_see_burdens
from supervision.views.occasions import get_occasion, names_of
from units.actions.uploads import drop_uploads, keep_beside
from units.middleware import wants_data
from units.models import Upload
from units.views.typed import taken_in

PAGE = 50


@require_safe
def inspection_year(request):
    require(request.user.does_business)
    asked = YearForm(request.GET)
    asked.is_valid()
    year = asked.cleaned_data.get("year") or clock.today().year
    plan = Year(request.user, year)
    context = {
        "plan": plan,
        "page_obj": Paginator(plan.rows.with_people(), PAGE).get_page(request.GET.get("page")),
        "repeated": plan.repeated,
        "year": year,
        "reads_burdens": can_see_burdens(request.user),
        "years": range(year + 1, year - 3, -1),
    }
    return render(request, "supervision/inspections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_note(request, pk):
    occasion = get_occasion(request, pk)
    require(can_keep(request.user, occasion))
    steps = open_steps(request.user, occasion.plan) if occasion.kind == Occasion.Kind.MEETING else None
    first = {"key": uuid.uuid4(), "stop": request.GET.get("stop")}
    form = NoteForm(request.POST or None, occasion=occasion, steps=steps, initial=first)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            item = note_finding(occasion, request.user, **{"stop": None} | form.cleaned_data)
            return _noted(request, occasion, item)
    if form.errors and wants_data(request):
        sentences = [sentence for errors in form.errors.values() for sentence in errors]
        return JsonResponse({"error": "".join(sentences)}, status=422)
    if form.errors:
        _let_wait(request, form)
    items = (
        Item.objects.visible_to(request.user)
        .filter(occasion=occasion)
        .select_related("stop__project__task", "stop__unit")
    )
    context = {
        "occasion": occasion,
        "form": form,
        "waiting": _waiting(request, form) if form.errors else (),
        "said": said_at(request.user, occasion),
        "items": items,
        "unit_names": names_of(request.user),
        "open": occasion.is_open,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "supervision/note.html", context, status=422 if form.errors else 200)


def _noted(request, occasion, item):
    if wants_data(request):
        line = render_to_string("supervision/part/noted.html", {"item": item}, request)
        return JsonResponse({"number": item.number, "line": line, "files": reverse("item_files", args=[item.pk])})
    waiting = Upload.objects.visible_to(request.user).filter(kind=_purpose(item.key))
    refused = _take_files(item, request, [each.as_sent for each in waiting])
    drop_uploads(request.user, _purpose(item.key))
    messages.success(request, f"第{item.number}件已记下。")
    for sentence in refused:
        messages.error(request, sentence)
    stop = f"?stop={item.stop_id}" if item.stop_id else ""
    return redirect(f"{reverse('occasion_note', args=[occasion.pk])}{stop}")


def _purpose(key):
    return f"note {key.hex}"


def _waiting(request, form):
    key = form.cleaned_data.get("key")
    return Upload.objects.visible_to(request.user).filter(kind=_purpose(key)).defer("content") if key else ()


def _let_wait(request, form):
    key = form.cleaned_data.get("key")
    for upload in request.FILES.getlist("files")[:PER_ITEM] if key else ():
        try:
            checked = uploads.check(upload, max_bytes=settings.UPLOAD_MAX_BYTES)
            keep_beside(request.user, _purpose(key), name=checked.name, content=upload.read())
        except uploads.Refused as why:
            form.add_error(None, str(why))


def _take_files(item, request, waiting=()):
    """Return the sentences of what is not kept; one that is there already is no fault."""

    def keep(upload):
        with suppress(Already):
            attach_file(item.occasion, request.user, upload, item)

    return [why for _, why in keep_each([*waiting, *request.FILES.getlist("files")], keep)]


@require_POST
def item_files(request, pk):
    items = Item.objects.visible_to(request.user).select_related("occasion__plan", "occasion__unit")
    item = get_object_or_404(items, pk=pk)
    require(can_keep(request.user, item.occasion))
    refused = _take_files(item, request)
    if wants_data(request):
        return JsonResponse({"error": "".join(refused)}, status=422) if refused else JsonResponse({"kept": True})
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("occasion", item.occasion_id)


@require_safe
def occasion_notice(request, pk):
    occasion = get_occasion(request, pk)
    kinds = (Occasion.Kind.INSPECTION, Occasion.Kind.INTERVIEW)
    require(occasion.kind in kinds)
    card = Card(request.user, occasion)
    context = {
        "occasion": occasion,
        "card": card,
        "units": occasion.named_units(),
        "day": occasion.announced_on or clock.today(),
    }
    name = "interview_notice" if occasion.is_interview else "inspection_notice"
    return render(request, f"supervision/{name}.html", context)


@require_safe
def look_back(request):
    require(request.user.does_business)
    items = list(to_look_at(request.user)[:200])
    handed = {row.item_id: row for row in Directive.objects.visible_to(request.user).issued().filter(item__in=items)}
    lines = [(item, handed.get(item.pk), can_keep(request.user, item.occasion)) for item in items]
    return render(request, "supervision/look_back.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def item_look(request, pk):
    items = Item.objects.visible_to(request.user).to_look_at_again().select_related("occasion__plan", "occasion__unit")
    item = get_object_or_404(items, pk=pk)
    require(can_keep(request.user, item.occasion))
    ended = Directive.objects.visible_to(request.user).ended_of([item]).select_related("issuer", "unit").first()
    reopened = ended if ended and can_direct(request.user, ended) else None
    day = limits.proposed(clock.today(), 5, Workday.test())
    form = LookForm(request.POST or None, reopened=reopened, initial={"due_on": day})
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            look_again(item, request.user, **form.cleaned_data)
            more = f"，{reopened.code}重新办理" if reopened and form.cleaned_data["is_back"] else ""
            messages.success(request, f"第{item.number}件的回头看已记下{more}。")
            return redirect("look_back")
    context = {"form": form, "occasion": item.occasion, "heading": "回头看", "note": f"第{item.number}件：{item.text}"}
    return render(request, "supervision/occasion_act.html", context, status=422 if form.errors else 200)
