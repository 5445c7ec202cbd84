"""What stands between a request and its view: idle time, forced password change, no caching, refusals in plain words."""

import datetime
import logging
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kit import clock
from kit.refusal import Already, Conflict, Refusal, Unknown
from kit.storage import DISK_FULL, is_disk_full
from units.views.kept import Kept
from units.views.signin import ask_for_password, ask_to_sign_in

log = logging.getLogger(__name__)

RENEW_SECONDS = 60
OPEN_DOORS = ("password", "logout")


def password_expired(user):
    if user.must_change_password:
        return True
    limit = datetime.timedelta(days=settings.PASSWORD_DAYS)
    return bool(settings.PASSWORD_DAYS and user.password_set_at and clock.now() - user.password_set_at > limit)


def wants_data(request):
    return bool(request.headers.get("HX-Request")) or "application/json" in request.headers.get("Accept", "")


class KeepingLoginMiddleware(LoginRequiredMiddleware):
    """Every page is private; a form that meets an ended session is kept and handed in again after signing in."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and not wants_data(request):
            return ask_to_sign_in(request)
        return super().handle_no_permission(request, view_func)


class GateMiddleware:
    """Behind the login: keep an active session alive, lead to the password page when it must be changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.end_old(request)
            self.renew(request.session)
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        elif wants_data(request) and self.leads_to_login(response):
            return JsonResponse({"error": "登录已到时。", "login": response.url}, status=401)
        return response

    @staticmethod
    def end_old(request):
        """One older than a working day, however busy it was."""
        began = request.session.setdefault("signed_in", int(time.time()))
        if time.time() - began > settings.SESSION_LONGEST_HOURS * 3600:
            logout(request)

    @staticmethod
    def leads_to_login(response):
        return response.status_code == 302 and response.url.split("?")[0] == resolve_url(settings.LOGIN_URL)

    @staticmethod
    def renew(session):
        """Start the idle time anew, writing at most once a minute."""
        if time.time() - session.get("renewed", 0) > RENEW_SECONDS:
            session["renewed"] = int(time.time())

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or request.resolver_match.url_name in OPEN_DOORS:
            return None
        if not password_expired(request.user):
            return None
        if wants_data(request):
            return JsonResponse({"error": "请先修改密码。", "location": reverse("password")}, status=403)
        return ask_for_password(request) if request.method == "POST" else redirect("password")

    def process_exception(self, request, exception):
        """Tell a Refusal: as data to a script, beside what was typed, else as a message on the page one came from."""
        if isinstance(exception, PermissionDenied) and wants_data(request):
            return JsonResponse({"error": "现在登录的账号不能办理这一步，请换用有权限的账号。"}, status=403)
        if isinstance(exception, Already):
            return self.told_already(request, str(exception))
        if is_disk_full(exception):
            log.error("no room is left: %s", exception)
            exception = Refusal(DISK_FULL)
        if not isinstance(exception, Refusal):
            return None
        status = 409 if isinstance(exception, Conflict) else 400
        if wants_data(request):
            return JsonResponse({"error": str(exception)}, status=status)
        if isinstance(exception, Unknown):
            handed_out = request.GET.get("format") == "xlsx" or request.path.endswith(".xlsx")
            context = {"sentence": str(exception), "whole": request.path}
            return render(request, "refused.html", context, status=400 if handed_out else 200)
        back = self.same_site(request) if request.method == "POST" else ""
        if back and not Kept.of(request).has_text:
            messages.error(request, str(exception))
            return redirect(back)
        return render(request, "refused.html", {"sentence": str(exception), "back": back}, status=status)

    def told_already(self, request, sentence):
        if wants_data(request):
            return JsonResponse({"error": sentence}, status=409)
        messages.info(request, sentence)
        return redirect(self.same_site(request) or settings.LOGIN_REDIRECT_URL)

    @staticmethod
    def same_site(request):
        prefix = f"{request.scheme}://{request.get_host()}"
        referer = request.headers.get("Referer", "")
        path = referer[len(prefix) :] if referer.startswith(prefix + "/") else ""
        return path if url_has_allowed_host_and_scheme(path, None) else ""
