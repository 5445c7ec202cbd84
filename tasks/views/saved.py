"""Filters people keep under a name."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tasks.forms.saved import SavedFilterForm
from tasks.models import SavedFilter

# where one stands and what one does with a list is no part of what it shows
PASSING = ("page", "format", "csrfmiddlewaretoken")


@require_POST
def saved_filter_add(request):
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("task_list")
    kept = form.cleaned_data
    found, created = SavedFilter.objects.visible_to(request.user).update_or_create(
        user=request.user, path=kept["path"], name=kept["name"], defaults={"query": _lasting(kept["query"])}
    )
    messages.success(request, f"常用筛选“{found}”已{'保存' if created else '更新'}。")
    return redirect(found.url)


def _lasting(query):
    params = QueryDict(query.lstrip("?"), mutable=True)
    for name in PASSING:
        params.pop(name, None)
    return params.urlencode()


@require_POST
def saved_filter_remove(request, pk):
    found = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    found.delete()
    messages.success(request, f"常用筛选“{found}”已删除。")
    return redirect(found.path)
