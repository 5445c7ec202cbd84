"""The inbox: unread first; reading is a press, not a visit."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kit.forms import number_of
from units.actions.notices import read, read_all
from units.models import Notice

ROWS = 30


@require_safe
def inbox(request):
    unread_first = Case(When(read_at=None, then=Value(0)), default=Value(1))
    notices = Notice.objects.visible_to(request.user).order_by(unread_first, "-at", "-pk")
    page = Paginator(notices, ROWS).get_page(request.GET.get("page"))
    return render(request, "portal/inbox.html", {"page_obj": page})


@require_POST
def inbox_read(request):
    key = request.POST.get("notice", "")
    if not key:
        messages.success(request, f"已全部标为已读（{read_all(request.user)}条）。")
        return redirect("inbox")
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=number_of(key))
    read(request.user, notice)
    if "go" in request.POST and url_has_allowed_host_and_scheme(notice.url, None):
        return redirect(notice.url)
    return redirect("inbox")
