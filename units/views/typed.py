"""Drafts of forms, for the script that keeps them; and what a form does with its draft once it is taken."""

from contextlib import contextmanager

from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.forms import told_on
from kit.moves import require
from kit.refusal import Conflict
from units.actions.typed import drop_typed, keep_typed
from units.forms.typed import TypedForm
from units.models import Typed


@contextmanager
def taken_in(request, form, field=None):
    """As ``told_on``; what the form's action takes is no draft any more."""
    with told_on(form, field):
        yield
        drop_typed(request.user, request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def typed(request):
    """Asked for, the draft of ``place``; sent, it is kept, or let go when there is nothing in it. A stale window gets 409."""
    require(request.user.does_business)
    if request.method != "POST":
        row = Typed.objects.visible_to(request.user).at_place(request.GET.get("place", "")).first()
        return JsonResponse(_told(row))
    form = TypedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "".join(sum(form.errors.values(), []))}, status=422)
    told = form.cleaned_data
    if not told["values"]:
        drop_typed(request.user, told["place"])
        return JsonResponse(_told(None))
    try:
        return JsonResponse(_told(keep_typed(request.user, **told)))
    except Conflict as conflict:
        return JsonResponse({"error": str(conflict)} | _told(conflict.current), status=409)


def _told(row):
    if row is None:
        return {"seen": "", "values": None, "saved_at": ""}
    return {"seen": row.mark, "values": row.values, "first": row.first, "saved_at": f"{clock.local(row.at):%H:%M}"}
