"""填报说明: what each role does here, in the words and with the limits that the checks themselves use."""

from contextlib import suppress
from functools import cache

from django.apps import apps
from django.conf import settings
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from kit.moves import require
from reports.actions.files import PER_ENTRY, limits
from reports.fields import ENTRY, REASON_LIMIT, TEXT_LIMIT
from reports.line import LINE
from tasks.lights import Light, band
from tasks.models import Plan
from units.models import User


@cache
def parts(role):
    """``<floor>/help/<role>.html``, those of the top floor first."""
    found = []
    for app in reversed(list(apps.get_app_configs())):
        with suppress(TemplateDoesNotExist):
            found.append(get_template(f"{app.label}/help/{role.lower()}.html"))
    return found


@require_safe
def help_page(request):
    found = parts(request.user.role)
    require(found)
    plans = Plan.objects.visible_to(request.user).running().select_related("office", "rules")
    context = {
        "parts": found,
        "files_rule": request.user.role in User.WITH_UNIT,
        "plans": plans,
        "rules": [(plan, _bands(plan)) for plan in plans if plan.rules],
        "fields": ENTRY.values(),
        "line": LINE.values(),
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
