"""Sheets that come in: templates, upload with preview, correction of the mapping, writing, undoing."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.floors import gathered
from kit.forms import unknown
from kit.intake import State, filled, template
from kit.refusal import Refusal
from kit.sheets import UnreadableSheet, file_response, marked_copy, read_workbook
from kit.tables import Table
from portal.tables.imports import IMPORTS
from tasks.actions import sheet_imports as verbs
from tasks.forms.sheet_import import LayoutForm, SheetFileForm
from tasks.models import Plan, SheetImport
from units.models import User

MOST_FAULTS = 200
ROWS = 100


def kinds():
    """Every kind of sheet there is, by its key."""
    return {kind.key: kind for kind in gathered("resources", "KINDS")}


def _own_plans(request):
    """The plans whose office the person works for."""
    if request.user.role != User.Role.OFFICE:
        return Plan.objects.visible_to(request.user).none()
    return Plan.objects.visible_to(request.user).of_office(request.user.unit_id).select_related("office")


def _offered(request, plans):
    """The kinds the person may bring in."""
    return [
        kind
        for kind in kinds().values()
        if any(kind.may(request.user, plan) for plan in (plans if kind.needs_plan else [None]))
    ]


def _kind(request, key):
    """Return (the kind, the person's plans); 404 for a kind that is none, 403 for those who may not."""
    kind, plans = kinds().get(key), list(_own_plans(request))
    if kind is None:
        raise Http404("no such kind")
    if kind not in _offered(request, plans):
        raise PermissionDenied
    return kind, plans


@require_safe
def import_list(request):
    """What can be brought in, and what was."""
    plans = list(_own_plans(request))
    offered = _offered(request, plans)
    past = SheetImport.objects.visible_to(request.user).light()
    if not offered and not past.exists():
        raise PermissionDenied
    table = Table(IMPORTS, past, params=request.GET, empty="还没有导入过表格。", name="导入记录")
    plan = _plan_asked(request, plans)
    return render(request, "portal/imports.html", {"kinds": offered, "plans": plans, "plan": plan, "table": table})


def _plan_asked(request, plans):
    asked = [plan for plan in plans if str(plan.pk) == request.GET.get("plan")]
    if request.GET.get("plan") and not asked:
        raise unknown(("方案", request.GET["plan"]))
    return next(iter([*asked, *plans]), None)


@require_safe
def import_template(request, kind):
    """A sheet to fill in; with ``?filled=1`` the one of what is on record."""
    kind, plans = _kind(request, kind)
    plan = _plan_asked(request, plans) if kind.needs_plan else None
    about = f"{plan.title.removesuffix('实施方案')}{kind.title}表" if plan else f"{kind.title}表"
    day = f"{clock.today():%Y-%m-%d}"
    notes = {"left_note": f"填报单位：{plan.office if plan else ''}", "right_note": f"填报日期：{day}"}
    if request.GET.get("filled"):
        return file_response(filled(kind(plan), title=about, **notes), f"{about}-{day}.xlsx")
    return file_response(template(kind(plan), title=about, **notes), f"{kind.title}导入模板.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request, kind):
    """Upload a file; what it would do is shown before anything is written."""
    kind, plans = _kind(request, kind)
    choices = _own_plans(request) if kind.needs_plan else None
    plan = _plan_asked(request, plans)
    form = SheetFileForm(request.POST or None, request.FILES or None, plans=choices, initial={"plan": plan})
    if request.method == "POST":
        form = SheetFileForm(request.POST, request.FILES, plans=choices)
        if form.is_valid() and (made := _received(request, kind(form.cleaned_data.get("plan")), form)):
            return redirect("import_page", made.pk)
    context = {"kind": kind, "form": form, "plan": plan if kind.needs_plan else None}
    return render(request, "portal/import_new.html", context, status=422 if form.errors else 200)


def _received(request, kind, form):
    """Read and keep the file; None, with the reason on the form, when it cannot be read."""
    file = form.cleaned_data["file"]
    try:
        sheets = read_workbook(file, as_seen=True)
        file.seek(0)
        return verbs.receive(kind, form.checked, file.read(), sheets, request.user)
    except UnreadableSheet as why:
        form.add_error("file", str(why))
        return None


def _import(request, pk):
    """Return (the import, its kind); 404 outside, also for a kind there is no longer."""
    rows = SheetImport.objects.visible_to(request.user).select_related("plan__office", "by__unit", "undone_by")
    rows = rows.defer("content")
    found = get_object_or_404(rows, pk=pk)
    if found.kind not in kinds():
        raise Http404("no such kind")
    return found, kinds()[found.kind](found.plan)


def _managed(request, pk):
    """As above for those who may act on it; 403 for others."""
    found, kind = _import(request, pk)
    if not kind.may(request.user, found.plan):
        raise PermissionDenied
    return found, kind


@require_safe
def import_page(request, pk):
    """The preview of an import that waits; the record of one that was written."""
    found, kind = _import(request, pk)
    if found.state == SheetImport.State.PREVIEWED:
        return _preview(request, found, kind)
    context = {
        "found": found,
        "can_undo": found.state == SheetImport.State.WRITTEN and kind.may(request.user, found.plan),
        "effects": _effects(request, found, kind),
        "events": found.events.newest(),
    }
    return render(request, "portal/import_past.html", context)


def _effects(request, found, kind):
    page = Paginator(found.effects, ROWS).get_page(request.GET.get("page"))
    for effect in page:
        names = effect["after"]
        effect["changes"] = [
            (kind.field_title(name), effect["before"].get(name, ""), text)
            for name, text in names.items()
            if text or effect["before"].get(name)
        ]
    return page


def _preview(request, found, kind, form=None, status=200):
    result = kind.preview(found.sheets, found.layout_now)
    rows = _shown_rows(request, result)
    context = {
        "found": found,
        "kind": kind,
        "result": result,
        "form": form or LayoutForm(sheets=found.sheets, layout=found.layout_now, fields=kind.fields),
        "counts": [(state, number, state.tone, state.name) for state, number in result.counts.items()],
        "faults": result.told[:MOST_FAULTS],
        "rows": rows,
        "page_obj": rows,
        "state": request.GET.get("state", ""),
        "may": kind.may(request.user, found.plan),
    }
    return render(request, "portal/import_preview.html", context, status=status)


def _shown_rows(request, result):
    """The rows of the state asked for; all of them otherwise, what changes first."""
    asked = request.GET.get("state", "")
    order = [State.WRONG, State.NEW, State.CHANGED, State.SAME]
    rows = sorted(result.rows, key=lambda row: order.index(row.state))
    if asked in State.__members__:
        rows = [row for row in rows if row.state == State[asked]]
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


@require_POST
def import_mapping(request, pk):
    """Take the columns otherwise and look again."""
    found, kind = _managed(request, pk)
    if found.state != SheetImport.State.PREVIEWED:
        raise Refusal(f"这次导入{found.get_state_display()}，不能再改列的对应。")
    form = LayoutForm(request.POST, sheets=found.sheets, layout=found.layout_now, fields=kind.fields)
    if not form.is_valid():
        return _preview(request, found, kind, form, status=422)
    verbs.read_as(found, kind, form.wanted, request.user)
    messages.info(request, "已按改过的对应关系重新核对。")
    return redirect("import_page", pk)


@require_POST
def import_write(request, pk):
    """Write what was seen; passwords that were made are shown this once."""
    found, kind = _managed(request, pk)
    try:
        found, handed = verbs.write_import(found, kind, request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("import_page", pk)
    messages.success(request, f"导入完成：{found.counts_words}。")
    if handed:
        return render(request, "units/passwords.html", {"made": handed, "heading": "批量导入的账号"})
    return redirect("import_page", pk)


@require_POST
def import_undo(request, pk):
    """Take back what was written, as long as nothing was built on it."""
    found, kind = _managed(request, pk)
    try:
        verbs.undo_import(found, kind, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销这次导入，改动过的内容恢复原值，新增的已移除。")
    return redirect("import_page", pk)


@require_safe
def import_marked(request, pk):
    """The uploaded file with its faulty cells marked."""
    found, kind = _import(request, pk)
    result = kind.preview(found.sheets, found.layout_now)
    try:
        content = marked_copy(BytesIO(found.content), result.faults)
    except UnreadableSheet as why:
        raise Refusal(str(why)) from why
    return file_response(content, f"{found.file_name.removesuffix('.xlsx')}-问题标注.xlsx")
