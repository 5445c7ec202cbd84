from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit.refusal import Conflict, Refusal
from portal.actions.loading import losses, undo_load
from portal.forms.loading import UndoForm
from tasks.actions.loads import changes_since
from tasks.views.loading import get_reading


@require_http_methods(["GET", "HEAD", "POST"])
def plan_load_undo(request, pk):
    reading = get_reading(request, pk)
    if not reading.is_loaded:
        messages.info(request, "这份文件没有写入，或已经撤销。")
        return redirect("plan_load", pk)
    form = UndoForm(request.POST if request.method == "POST" else None, initial={"seen": reading.version})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            undo_load(reading, request.user, reason=form.cleaned_data["reason"], seen_version=form.cleaned_data["seen"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 422
        else:
            messages.success(request, "已撤销导入。核对稿还在，可以修改后重新写入。")
            return redirect("plan_load", pk)
    elif form.is_bound:
        status = 422
    context = {"reading": reading, "form": form, "losses": losses(reading), "changes": changes_since(reading)}
    return render(request, "portal/plan_load_undo.html", context, status=status)
