"""Sheets that come in: templates, upload with preview, correction of the mapping, writing, undoing."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.floors import gathered
from kit.forms import unknown
from kit.intake import State, filled, template
from kit.moves import require
from kit.refusal import Refusal
from kit.sheets import UnreadableSheet, file_response, marked_copy, read_workbook
from kit.tables import Table
from portal.tables.imports import IMPORTS
from tasks.actions import sheet_imports as verbs
from tasks.forms.sheet_import import AnswersForm, LayoutForm, SheetFileForm
from tasks.models import Plan, SheetImport
from units.models import Upload, User

MOST_FAULTS = 200
ROWS = 100


def kinds():
    return {kind.key: kind for kind in gathered("resources", "KINDS")}


def _own_plans(request):
    if request.user.role != User.Role.OFFICE:
        return Plan.objects.visible_to(request.user).none()
    return Plan.objects.visible_to(request.user).of_office(request.user.unit_id).select_related("office")


def _offered(request, plans):
    return [
        kind
        for kind in kinds().values()
        if any(kind.may(request.user, plan) for plan in (plans if kind.needs_plan else [None]))
    ]


def _kind(request, key):
    kind, plans = kinds().get(key), list(_own_plans(request))
    if kind is None:
        raise Http404("no such kind")
    require(kind in _offered(request, plans))
    return kind, plans


def _uploads(request):
    return Upload.objects.visible_to(request.user).filter(kind__startswith=verbs.SHEET)


@require_safe
def import_list(request):
    plans = list(_own_plans(request))
    offered = _offered(request, plans)
    past = SheetImport.objects.visible_to(request.user).light()
    require(offered or past.exists())
    waiting = _uploads(request).filter(taken_at=None)
    table = Table(IMPORTS, past, params=request.GET, empty="还没有导入过表格。", name="导入记录")
    plan = _plan_asked(request, plans)
    return render(
        request,
        "portal/imports.html",
        {"kinds": offered, "plans": plans, "plan": plan, "table": table, "waiting": waiting.defer("content", "data")},
    )


def _plan_asked(request, plans):
    asked = [plan for plan in plans if str(plan.pk) == request.GET.get("plan")]
    if request.GET.get("plan") and not asked:
        raise unknown(("方案", request.GET["plan"]))
    return next(iter([*asked, *plans]), None)


@require_safe
def import_template(request, kind):
    """With ``?filled=1`` the sheet of what is on record."""
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
    kind, plans = _kind(request, kind)
    choices = _own_plans(request) if kind.needs_plan else None
    plan = _plan_asked(request, plans)
    form = SheetFileForm(request.POST or None, request.FILES or None, plans=choices, initial={"plan": plan})
    if request.method == "POST":
        form = SheetFileForm(request.POST, request.FILES, plans=choices)
        if form.is_valid() and (made := _received(request, kind(form.cleaned_data.get("plan")), form)):
            return redirect("import_waiting", made.pk)
    context = {"kind": kind, "form": form, "plan": plan if kind.needs_plan else None}
    return render(request, "portal/import_new.html", context, status=422 if form.errors else 200)


def _received(request, kind, form):
    """None, with the reason on the form, when the file cannot be read."""
    file = form.cleaned_data["file"]
    try:
        sheets = read_workbook(file, as_seen=True, max_columns=kind.widest)
        file.seek(0)
        return verbs.receive(kind, form.checked, file.read(), sheets, request.user)
    except UnreadableSheet as why:
        form.add_error("file", str(why))
        return None


def _waiting(request, pk):
    """Return (the upload, its kind); 404 for another's, for one of another use, for a kind or a plan there is no longer."""
    upload = get_object_or_404(_uploads(request).defer("content"), pk=pk)
    if upload.data["kind"] not in kinds():
        raise Http404("no such kind")
    plans = Plan.objects.visible_to(request.user).select_related("office")
    plan = upload.data["plan"] and get_object_or_404(plans, pk=upload.data["plan"])
    return upload, kinds()[upload.data["kind"]](plan)


def _managed(found, kind, user):
    require(kind.may(user, kind.plan))
    return found, kind


@require_safe
def import_waiting(request, pk):
    """One that was taken is on record."""
    upload, kind = _waiting(request, pk)
    if upload.taken_at:
        messages.info(request, upload.taken_words)
        return redirect("import_list")
    return _preview(request, upload, kind)


def _mapping_forms(upload, kind, source):
    return [
        LayoutForm(
            sheets=source.sheets, layout=layout, fields=kind.fields, optional=kind.is_list, prefix=_prefix(place)
        )
        for place, layout in enumerate(source.layouts)
    ]


def _prefix(place):
    return f"table{place}" if place else None


def _preview(request, upload, kind, forms=None, status=200):
    source = verbs.source_of(upload)
    result = kind.preview(source)
    rows = _shown_rows(request, result)
    answers = AnswersForm(result=result)
    context = {
        "upload": upload,
        "kind": kind,
        "result": result,
        "forms": forms or _mapping_forms(upload, kind, source),
        "counts": [(state, number, state.tone, state.name) for state, number in result.counts.items()],
        "faults": [(told, answers.of(told.key) if told.ways else None) for told in result.told[:MOST_FAULTS]],
        "questions": [(question, answers.of(question.key)) for question in result.questions],
        "rows": rows,
        "page_obj": rows,
        "state": request.GET.get("state", ""),
        "may": kind.may(request.user, kind.plan),
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
    """Take the columns of one table otherwise and look again."""
    upload, kind = _managed(*_waiting(request, pk), request.user)
    source = verbs.source_of(upload)
    place = _table_asked(request, source)
    forms = _mapping_forms(upload, kind, source)
    forms[place] = form = LayoutForm(
        request.POST,
        sheets=source.sheets,
        layout=source.layouts[place],
        fields=kind.fields,
        optional=kind.is_list,
        prefix=_prefix(place),
    )
    if not form.is_valid():
        return _preview(request, upload, kind, forms, status=422)
    verbs.read_as(upload, kind, form.wanted, request.user, place=place)
    messages.info(request, "已按改过的对应关系重新核对。")
    return redirect("import_waiting", pk)


def _table_asked(request, source):
    asked = request.POST.get("table", "0")
    if not (asked.isdecimal() and int(asked) < len(source.layouts)):
        raise Http404("no such table")
    return int(asked)


@require_POST
def import_answers(request, pk):
    upload, kind = _managed(*_waiting(request, pk), request.user)
    if request.POST.get("clear"):
        verbs.answer(upload, kind, dict.fromkeys(upload.data["said"], ""), request.user)
        return redirect("import_waiting", pk)
    form = AnswersForm(request.POST, result=kind.preview(verbs.source_of(upload)))
    if not form.is_valid():
        raise Refusal("选项与核对的结果对不上，请重新打开这一页再选。")
    verbs.answer(upload, kind, form.said, request.user)
    messages.info(request, "已按所选重新核对。")
    return redirect("import_waiting", pk)


@require_POST
def import_write(request, pk):
    """Passwords that were made are shown this once."""
    upload, kind = _managed(*_waiting(request, pk), request.user)
    try:
        found, handed = verbs.write_import(upload, kind, request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("import_waiting", pk)
    messages.success(request, f"导入完成：{found.counts_words}。")
    if handed:
        return render(request, "units/passwords.html", {"made": handed, "heading": "批量导入的账号"})
    return redirect("import_page", found.pk)


@require_safe
def import_marked(request, pk):
    upload, kind = _waiting(request, pk)
    faults = kind.preview(verbs.source_of(upload)).faults
    try:
        content = marked_copy(BytesIO(upload.content), faults)
    except UnreadableSheet as why:
        raise Refusal(str(why)) from why
    return file_response(content, f"{upload.name.removesuffix('.xlsx')}-问题标注.xlsx")


def _import(request, pk):
    """Return (the import, its kind); 404 outside, also for a kind there is no longer."""
    rows = SheetImport.objects.visible_to(request.user).select_related("plan__office", "by__unit", "undone_by")
    found = get_object_or_404(rows.defer("content"), pk=pk)
    if found.kind not in kinds():
        raise Http404("no such kind")
    return found, kinds()[found.kind](found.plan)


@require_safe
def import_page(request, pk):
    found, kind = _import(request, pk)
    context = {
        "found": found,
        "can_undo": not found.undone_at and kind.may(request.user, found.plan),
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


@require_POST
def import_undo(request, pk):
    found, kind = _managed(*_import(request, pk), request.user)
    try:
        verbs.undo_import(found, kind, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销这次导入，改动过的内容恢复原值，新增的已移除。")
    return redirect("import_page", pk)
