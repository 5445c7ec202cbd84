"""Saving one entry: for the script that saves while people type, and as a plain form."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from kit import clock
from kit.refusal import Conflict
from reports.actions.writing import carry_forward, save_entry
from reports.dashboard.month import line_of, with_task
from reports.forms.entry import EntryForm, seen_of
from reports.models import Entry
from units.middleware import wants_data


def keep(form, user):
    """What somebody else saved in other fields since stands too; the same field changed by both is a Conflict."""
    if not form.changes:
        return form.entry
    try:
        return save_entry(form.entry, user, form.changes, seen_version=form.seen[0])
    except Conflict as conflict:
        if not _are_last_months(conflict.current, form.contested(conflict.current), user):
            raise
        return save_entry(conflict.current, user, form.typed, seen_version=conflict.current.version)


def _are_last_months(entry, names, user):
    """The person's own 本月无变化 or 带入本月 wrote these: what is typed meanwhile is no quarrel with it."""
    if not names:
        return True
    last = Entry.objects.previous([entry]).get(entry.task_id)
    own = last is not None and entry.edited_by_id == user.pk
    return own and all(getattr(entry, name) == getattr(last, name) for name in names)


def entry_of(request, pk):
    rows = with_task(Entry.objects.visible_to(request.user)).select_related("report__period__plan", "report__unit")
    return get_object_or_404(rows, pk=pk)


def place_of(entry):
    return f"{reverse('month_page', args=[f'{entry.report.period.month:%Y-%m}'])}#e{entry.pk}"


@require_POST
def entry_save(request, pk):
    """A stale page gets 409 with both texts."""
    entry = entry_of(request, pk)
    form = EntryForm(entry, request.POST)
    try:
        fresh = keep(form, request.user)
    except Conflict as conflict:
        if not wants_data(request):
            raise
        return JsonResponse(conflict_answer(conflict, form), status=409)
    if not wants_data(request):
        return redirect(place_of(entry))
    return JsonResponse(_answer(fresh, entry, form))


@require_POST
def entry_carry(request, pk):
    entry = entry_of(request, pk)
    form = EntryForm(entry, request.POST)
    version = form.seen[0] if form.was_sent else entry.version
    fresh = carry_forward(entry, request.user, seen_version=version)
    if not wants_data(request):
        return redirect(place_of(entry))
    return JsonResponse(_answer(fresh, entry, EntryForm(fresh)))


def _answer(fresh, entry, form):
    fresh.task, fresh.report.unit = entry.task, entry.report.unit
    line = line_of(fresh)
    problems = {}
    for problem in line.problems:
        problems.setdefault(problem.field, []).append(problem.sentence)
    return {
        "seen": seen_of(fresh),
        "take": form.to_take(fresh) if form.was_sent else fresh.asked.plain_of(fresh),
        "version": fresh.version,
        "saved_at": f"{clock.local(fresh.edited_at):%H:%M:%S}" if fresh.edited_at else "",
        "errors": {name: [str(each) for each in found] for name, found in form.errors.items()},
        "problems": problems,
        "state": {"key": line.state.key, "word": line.state.word, "tone": line.state.tone},
        "near_copy": line.near_copy,
        "sums": line.past.sums() if line.past else [],
        "odd": line.past.odd() if line.past else [],
        "falls": line.falls,
        "judged": {"tone": line.judged.light.tone, "word": line.judged.light.label, "reason": line.judged.reason},
    }


def sides(form, current):
    """[(Field, mine, theirs, theirs as typed)] for the fields that both changed."""
    both = [(current.asked[name], form.typed[name], getattr(current, name)) for name in form.contested(current)]
    return [
        (each, each.words(mine), each.words(theirs), "" if theirs is None else each.plain(theirs))
        for each, mine, theirs in both
    ]


def conflict_context(conflict, form):
    current = conflict.current
    return {
        "sentence": str(conflict),
        "current": current,
        "who": current.edited_by.name if current.edited_by else "另一个窗口",
        "sides": sides(form, current),
    }


def conflict_answer(conflict, form):
    """For the script: a box with both texts, and the version that a deliberate choice is based on."""
    html = render_to_string(
        "reports/part/conflict.html", {"conflict": conflict_context(conflict, form), "scripted": True}
    )
    current = conflict.current
    return {"error": str(conflict), "html": html, "seen": seen_of(current), "take": form.to_take(current)}
