"""The technical administration at /admin/: the administrator's alone, entered by the house's own sign-in page."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator


class TechnicalAdministration(AdminSite):
    """Signing in, signing out and passwords stay with the pages of our own, which keep their trace."""

    site_title = site_header = "技术管理"
    index_title = "维护项目"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Let the administrator in; tell everybody else who is signed in that this is not for them."""
        if request.user.is_authenticated and not super().has_permission(request):
            raise PermissionDenied
        return super().has_permission(request)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        """Hand the press of the button on to our own page, as the POST it was."""
        return redirect("logout", preserve_request=True)

    def password_change(self, request, extra_context=None):
        return redirect("password")

    def password_change_done(self, request, extra_context=None):
        return redirect("password")
