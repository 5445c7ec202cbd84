"""填报说明: what each role does here, in the words and with the limits that the checks themselves use."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.actions.files import PER_ENTRY, limits
from reports.fields import ENTRY, REASON_LIMIT, TEXT_LIMIT
from tasks.lights import Light, band
from tasks.models import Plan
from units.models import User

# Which part each role reads first; the rest of the parts follow below for those who do the work of several.
PARTS = {
    User.Role.REPORTER: "reporter",
    User.Role.HEAD: "head",
    User.Role.OFFICE: "office",
    User.Role.LEADER: "leader",
    User.Role.INSPECTOR: "inspector",
    User.Role.ADMIN: "admin",
    User.Role.AUDITOR: "auditor",
}
FILING = ("reporter", "head", "office")


@require_safe
def help_page(request):
    """The page of the person's own role."""
    part = PARTS.get(request.user.role)
    if part is None:
        raise PermissionDenied
    plans = Plan.objects.visible_to(request.user).running().select_related("office", "rules")
    context = {
        "part": f"portal/help/{part}.html",
        "files_rule": part in FILING,
        "plans": plans,
        "rules": [(plan, _bands(plan)) for plan in plans if plan.rules],
        "fields": ENTRY.values(),
        "text_limit": TEXT_LIMIT,
        "reason_limit": REASON_LIMIT,
        "limits": limits(),
        "per_entry": PER_ENTRY,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "password_days": settings.PASSWORD_DAYS,
    }
    return render(request, "portal/help.html", context)


def _bands(plan):
    rules = plan.rules.as_rules
    return [(light, band(light, rules)) for light in (Light.GREEN, Light.YELLOW, Light.RED)]
