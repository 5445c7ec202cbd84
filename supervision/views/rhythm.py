"""The offices' calendar: one page of the year, its list, one duty, the file for other calendars."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock, ics
from kit.forms import number_of
from kit.moves import require
from kit.refusal import Unknown
from kit.sheets import exported
from kit.tables import Table
from supervision.actions.rhythms import note_duty, withdraw_note
from supervision.dashboard.rhythm import Calendar, plans_of, rate_of, rhythms_of
from supervision.filters import CalendarFilter, DutyFilter
from supervision.forms.rhythm import DutyForm
from supervision.permissions import can_keep_rhythm, can_note_duty
from supervision.rhythm import State
from supervision.tables.rhythm import DUTIES
from tasks.models import Plan
from units.views.typed import taken_in

SHOWN, SOON = 8, datetime.timedelta(days=31)


def _asked(request, filter_class):
    require(request.user.does_business)
    asked = filter_class(request.GET, rhythms_of(request.user), plans_of(request.user))
    return asked, Calendar(request.user, asked.qs, asked.units)


@require_safe
def rhythm(request):
    asked, calendar = _asked(request, CalendarFilter)
    missed, waiting = calendar.of_state(State.MISSED), calendar.of_state(State.WAITING, clock.today() + SOON)
    offices = Plan.objects.visible_to(request.user).filter(office=request.user.unit_id).current_first()
    context = {
        "filter": asked,
        "calendar": calendar,
        "year": asked.shown_year,
        "rate": rate_of(calendar.duties),
        "missed": missed[:SHOWN],
        "waiting": waiting[:SHOWN],
        "missed_count": sum(len(box.names(State.MISSED)) for _, box in missed),
        "keeps": [plan for plan in offices if can_keep_rhythm(request.user, plan)],
    }
    return render(request, "supervision/rhythm.html", context)


@require_safe
def duty_list(request):
    asked, calendar = _asked(request, DutyFilter)
    table = Table(
        DUTIES,
        asked.of_duties(calendar.duties),
        params=request.GET,
        empty="没有符合条件的事项。",
        name="办公室日历清单",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, f"{asked.shown_year}年办公室日历")
    return render(request, "supervision/duties.html", {"filter": asked, "table": table, "year": asked.shown_year})


@require_safe
def rhythm_ics(request):
    asked, calendar = _asked(request, CalendarFilter)
    name = f"{asked.shown_year}年办公室日历"
    days = [
        ics.Day(
            f"rhythm-{line.rhythm.pk}-{box.span.month:%Y%m}@{request.get_host()}",
            box.span.due,
            f"{line.rhythm.plan.named}：{line.rhythm.title}",
            f"{box.words}\n{line.rhythm.clause} {line.rhythm.source}".strip(),
            request.build_absolute_uri(reverse("duty", args=[line.rhythm.pk, box.span.number])),
        )
        for line in calendar.lines
        for box in line.boxes
        if box.duties
    ]
    response = HttpResponse(ics.calendar(name, days, clock.now()), content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.ics")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request, pk, number):
    rows = rhythms_of(request.user)
    found = get_object_or_404(rows, pk=pk)
    calendar = Calendar(request.user, [found])
    line = calendar.lines[0]
    box = next((each for each in line.boxes if each.span.number == number), None)
    if box is None:
        raise Http404("no such period")
    may = {each.unit.pk for each in box.duties if can_note_duty(request.user, found.plan, each.unit)}
    form, chosen = DutyForm(), None
    if request.method == "POST":
        chosen = _duty_of(box, request.POST.get("unit", ""), may)
        if "withdraw" in request.POST and chosen.note:
            withdraw_note(chosen.note, request.user)
            messages.success(request, f"{chosen.unit}的登记已撤回。")
            return redirect(request.path)
        form = DutyForm(request.POST)
        if form.is_valid():
            with taken_in(request, form):
                note_duty(found, request.user, box.span, chosen.unit, **form.cleaned_data)
                messages.success(request, f"{chosen.unit}{box.span.month.month}月{found.title}已登记。")
                return redirect(request.path)
    context = {
        "rhythm": found,
        "box": box,
        "chosen": chosen,
        "rows": [(each, each.unit.pk in may, _opens(request.user, found.plan, each)) for each in box.duties],
        "may": may,
        "form": form,
        "events": found.events.newest()[:20],
        "keeps": can_keep_rhythm(request.user, found.plan),
    }
    return render(request, "supervision/duty.html", context, status=422 if form.errors else 200)


def _duty_of(box, key, may):
    chosen = next((each for each in box.duties if each.unit.pk == number_of(key)), None)
    if chosen is None:
        raise Unknown("这件事没有这个单位。")
    require(chosen.unit.pk in may)
    return chosen


def _opens(user, plan, duty):
    """Those who see everything, the unit itself and the plan's office open the records."""
    return user.sees_everything or user.unit_id in (duty.unit.pk, plan.office_id)
