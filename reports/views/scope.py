"""What the overview pages share: who may look, which plans and which month."""

from django.core.exceptions import PermissionDenied

from reports.forms.scope import ScopeForm
from reports.permissions import can_see_overview


def read_scope(request):
    """Return (context of the plan and month menus, Scope); 403 for those without an overview."""
    if not can_see_overview(request.user):
        raise PermissionDenied
    form = ScopeForm(request.GET, request.user)
    scope = form.scope()
    return {"form": form, "scope": scope, "months": form.months}, scope
