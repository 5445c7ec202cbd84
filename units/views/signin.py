"""Signing in and out, changing the password, and keeping what was typed when a session or a page had ended."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from units.actions.signin import change_password, record_sign_in
from units.forms.signin import PasswordForm, SignInForm

KEPT_BYTES = 200_000
SECRET_WORDS = ("password", "csrfmiddlewaretoken")
SALT = "kept-form"


def fields_of(request):
    """Return the typed fields of a form that was not taken, as (name, value); no secrets, no files, within limits."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    pairs = [(name, value) for name, value in pairs if not any(word in name for word in SECRET_WORDS)]
    return pairs if sum(len(value.encode()) for _, value in pairs) <= KEPT_BYTES else []


def to_show(pairs):
    """Return the kept fields for a page: what a person typed is shown, keys and versions go along unseen."""
    return [{"name": name, "value": value, "shown": "\n" in value or len(value) > 20} for name, value in pairs]


def csrf_failure(request, reason=""):
    """Say in plain words that the page was open too long, with what was typed."""
    kept = to_show(fields_of(request))
    return render(request, "403_csrf.html", {"kept_action": request.path, "kept_fields": kept}, status=403)


def ask_to_sign_in(request):
    """Answer a form whose session had ended: sign in here, and what was typed is handed in again afterwards."""
    pairs = fields_of(request)
    context = {
        "form": SignInForm(request),
        "next": request.get_full_path(),
        "kept": signing.dumps(pairs, salt=SALT, compress=True),
        "kept_fields": to_show(pairs),
    }
    return render(request, "registration/login.html", context, status=401)


@method_decorator(login_not_required, name="dispatch")
class SignIn(views.LoginView):
    """The sign-in page; a form that met an ended session is shown again after signing in."""

    authentication_form = SignInForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        kept = self.request.POST.get("kept", "")
        pairs = self._kept(kept)
        frame = {"site_name": settings.SITE_NAME}  # LoginView would put the host's name there
        return (
            super().get_context_data(**kwargs) | frame | {"kept": kept if pairs else "", "kept_fields": to_show(pairs)}
        )

    def form_valid(self, form):
        user = form.get_user()
        login(self.request, user)
        self.request.session["signed_in"] = int(time.time())
        record_sign_in(user)
        pairs = self._kept(self.request.POST.get("kept", ""))
        if pairs and (action := self.get_redirect_url()):
            return render(
                self.request, "registration/again.html", {"kept_action": action, "kept_fields": to_show(pairs)}
            )
        return redirect(self.get_success_url())

    @staticmethod
    def _kept(text):
        """Return the fields this server kept, or nothing when there are none or somebody else wrote them."""
        try:
            return signing.loads(text, salt=SALT, max_age=3600) if text else []
        except signing.BadSignature:
            return []


sign_out = views.LogoutView.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    """Change one's own password; the session goes on."""
    form = PasswordForm(request.user, request.POST or None)
    forced = request.user.must_change_password
    if request.method == "POST" and form.is_valid():
        user = change_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect(_safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    status = 422 if form.errors else 200
    return render(request, "registration/password.html", {"form": form, "forced": forced}, status=status)


def _safe_next(request):
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and allowed else ""
