"""Signing in and out, changing the password, and keeping what was typed when a session or a page had ended."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from units.actions.signin import change_password, record_failure, record_sign_in
from units.backends import client_address
from units.forms.signin import PasswordForm, SignInForm
from units.views.kept import Kept


def csrf_failure(request, reason=""):
    """The page was open too long; what was typed on a page of ours can be sent again."""
    kept = Kept.of(request) if _from_our_page(request) else None
    return render(request, "403_csrf.html", {"kept": kept}, status=403)


def _from_our_page(request):
    """A strange site's form must never be sent again."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    ours = {request.get_host(), *map(_host, settings.CSRF_TRUSTED_ORIGINS)}
    return _host(came_from) in ours


def _host(address):
    return address.partition("://")[2].partition("/")[0]


def ask_to_sign_in(request):
    context = {"form": SignInForm(request), "next": request.get_full_path(), "kept": Kept.of(request)}
    return render(request, "registration/login.html", context, status=401)


def ask_for_password(request):
    context = {"form": PasswordForm(request.user), "forced": True, "kept": Kept.of(request)}
    return render(request, "registration/password.html", context, status=403)


@method_decorator(login_not_required, name="dispatch")
class SignIn(views.LoginView):
    """The sign-in page; a form that met an ended session is shown again after signing in."""

    authentication_form = SignInForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        # Signed in meanwhile, in another window.
        if request.user.is_authenticated and (kept := Kept.carried(request)):
            return kept.again(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        frame = {"site_name": settings.SITE_NAME}  # LoginView would put the host's name there
        return super().get_context_data(**kwargs) | frame | {"kept": Kept.carried(self.request)}

    def form_valid(self, form):
        user = form.get_user()
        login(self.request, user)
        self.request.session["signed_in"] = int(time.time())
        record_sign_in(user)
        if kept := Kept.carried(self.request):
            return kept.again(self.request)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        if "username" in form.cleaned_data and "password" in form.cleaned_data:
            locked = getattr(self.request, "axes_locked_out", False)
            record_failure(form.cleaned_data["username"], client_address(self.request), locked=locked)
        return super().form_invalid(form)


def locked_out(request, response, credentials):
    context = {"minutes": settings.AXES_COOLOFF_TIME.seconds // 60, "kept": Kept.carried(request)}
    return render(request, "registration/locked.html", context, status=429)


sign_out = views.LogoutView.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    """The session goes on."""
    form, kept = PasswordForm(request.user, request.POST or None), Kept.carried(request)
    forced = request.user.must_change_password
    if request.method == "POST" and form.is_valid():
        user = change_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        if kept:
            return kept.again(request)
        return redirect(_safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    status = 422 if form.errors else 200
    context = {"form": form, "forced": forced, "kept": kept}
    return render(request, "registration/password.html", context, status=status)


def _safe_next(request):
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and allowed else ""
