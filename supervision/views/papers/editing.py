"""A paper begun and written: the short form, the editor, one paragraph saved."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock, deadlines
from kit.forms import number_of, told_on
from kit.moves import require
from kit.refusal import Conflict
from supervision.actions.papers import drafting
from supervision.dashboard.drawing import moves_of
from supervision.dashboard.figures.parts import writable
from supervision.dashboard.papers import Checks, letterhead_of
from supervision.forms.papers.drafts import HeadForm, StartForm
from supervision.models import Block, Directive, Occasion, Paper, Round
from supervision.papers.tokens import keys_of, pieces, plain
from supervision.permissions import can_draft_papers, can_write_paper
from tasks.models import Plan
from tasks.permissions import can_manage_plan
from units.middleware import wants_data
from units.models import Unit, User

Kind = Paper.Kind
HEAD = ("title", "main_to", "copy_to", "direction", "copy_number", "secrecy", "urgency")
# What a paper may be about besides plans, by its name in the address.
ABOUT = {
    "directive": (Directive, Kind.SLIP),
    "occasion": (Occasion, Kind.INTERVIEW),
    "round": (Round, Kind.RANKING),
}


def issuers_of(user, *others):
    known = Unit.objects.visible_to(user).active().filter(letterheads__isnull=False).distinct()
    return list(dict.fromkeys([*filter(None, (user.unit, *others)), *known]))


def _about(request):
    """({name: thing}, kind) of what the address names."""
    for name, (model, kind) in ABOUT.items():
        if key := request.GET.get(name):
            asked = request.GET.get("kind")
            kind = asked if name == "round" and asked == Kind.MEDIA else kind
            return {name: get_object_or_404(model.objects.visible_to(request.user), pk=number_of(key))}, kind
    return {}, ""


def _plans(user):
    rows = list(Plan.objects.visible_to(user).select_related("office").current_first())
    own = [plan for plan in rows if plan.office_id == user.unit_id]
    return rows, own if user.role == User.Role.OFFICE else rows[:1]


@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request):
    user = request.user
    require(can_draft_papers(user))
    about, kind = _about(request)
    plans, own = _plans(user)
    last = deadlines.previous_month(clock.today().replace(day=1))
    initial = {
        "kind": kind or request.GET.get("kind", Kind.BULLETIN),
        "plans": request.GET.getlist("plan") or [str(plan.pk) for plan in own if plan.covers(last)],
        "month": request.GET.get("month") or f"{last:%Y-%m}",
        "until": request.GET.get("until"),
        "part": request.GET.get("part"),
        "issuer": str(user.unit_id),
    }
    choices = {"plans": plans, "issuers": issuers_of(user), "parts": () if about else writable(plans)}
    form = StartForm(request.POST or None, user=user, kind=kind, initial=initial, **choices)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        with told_on(form):
            row = drafting.start(user, told.pop("kind"), **told, **about)
            return redirect("paper_edit", row.pk)
    names = Unit.objects.visible_to(user).active().values_list("name", "initials")
    context = {
        "form": form,
        "unit_names": names,
        "about": next(iter(about.values()), None),
        "own_plans": [plan for plan in own if can_manage_plan(user, plan)],
    }
    return render(request, "supervision/papers/new.html", context, status=422 if form.errors else 200)


def draft_of(request, pk):
    rows = Paper.objects.visible_to(request.user).with_parts().prefetch_related("plans", "co_issuers")
    row = get_object_or_404(rows, pk=pk)
    require(can_write_paper(request.user, row))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def paper_edit(request, pk):
    row = draft_of(request, pk)
    if not row.is_draft:
        messages.warning(request, f"{row.standing}，内容不再改动。")
        return redirect("paper", pk)
    initial = {name: getattr(row, name) for name in HEAD}
    initial |= {"issuer": str(row.issuer_id), "addressee": row.addressee and row.addressee.name}
    initial["co_issuers"] = "、".join(unit.name for unit in row.co_issuers.all())
    form = HeadForm(request.POST or None, issuers=issuers_of(request.user, row.issuer), initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            seen = number_of(request.POST.get("version", ""))
            drafting.revise(row, request.user, seen_version=seen, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("paper_edit", pk)
    return _editor(request, row, form)


def _editor(request, row, form, told=None):
    """``told``: (block, text typed, sentence) of what was not saved without script."""
    blocks = list(Block.objects.of([row]))
    context = {
        "paper": row,
        "form": form,
        "lines": [Line(each, told if told and told[0].pk == each.pk else None) for each in blocks],
        "checks": Checks(row, blocks),
        "moves": moves_of(row, blocks),
        "letterhead": letterhead_of(row),
        "last": row.events.newest().first(),
        "unit_names": Unit.objects.visible_to(request.user).active().values_list("name", "initials"),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    wrong = form.errors or told
    return render(request, "supervision/papers/editor.html", context, status=422 if wrong else 200)


class Line:
    """A block in the editor: its text in pieces, the figures that may stand in it and do not."""

    def __init__(self, block, told=None):
        self.block, self.told = block, told
        self.text = told[1] if told else block.text
        self.pieces = [(text, key, block.figures.get(key)) for text, key in pieces(self.text, block.figures)]
        spare = set(block.figures) - set(keys_of(self.text)) if block.kind == Block.Kind.TEXT else ()
        self.spare = [(key, each) for key, each in block.figures.items() if key in spare]

    @property
    def theirs(self):
        return plain(self.block.text, self.block.figures)


@require_POST
def paper_blocks(request, pk):
    row, kind = draft_of(request, pk), request.POST.get("kind")
    made = drafting.add_block(row, request.user, kind=kind if kind == Block.Kind.HEADING else Block.Kind.TEXT)
    return redirect(f"{reverse('paper_edit', args=[pk])}#b{made.pk}")


@require_POST
def paper_block(request, pk, block):
    """Saved by itself every few seconds, or by a press; a press may also move it, drop it, or put one behind it."""
    row = draft_of(request, pk)
    part, act = get_object_or_404(Block.objects.of([row]), pk=block), request.POST.get("act", "save")
    text, seen = request.POST.get("text", part.text), number_of(request.POST.get("version", ""))
    try:
        part = drafting.write_block(row, request.user, part, text=text, seen_version=seen)
    except Conflict as conflict:
        return _quarrel(request, row, conflict, text)
    if wants_data(request):
        return JsonResponse(_saved(request, row, part))
    if act == "insert":
        asked = {"at": request.POST.get("at", ""), "version": part.version}
        return redirect(f"{reverse('paper_insert', args=[pk, part.pk])}?{urlencode(asked)}")
    target = _act(row, request.user, part, act)
    return redirect(f"{reverse('paper_edit', args=[pk])}#b{target}")


def _act(row, user, part, act):
    if act in ("up", "down"):
        drafting.move_block(row, user, part, up=act == "up")
    elif act == "drop":
        drafting.drop_block(row, user, part, seen_version=part.version)
    elif act in ("after", "heading"):
        kind = Block.Kind.HEADING if act == "heading" else Block.Kind.TEXT
        return drafting.add_block(row, user, kind=kind, after=part).pk
    return part.pk


def _saved(request, row, part):
    blocks = list(Block.objects.of([row]))
    checks = render_to_string(
        "supervision/papers/part/checks.html", {"checks": Checks(row, blocks), "paper": row}, request
    )
    return {"version": part.version, "saved_at": f"{clock.now():%H:%M:%S}", "checks": checks}


def _quarrel(request, row, conflict, text):
    """Both texts stay: the one on record and the one typed."""
    if wants_data(request):
        line = Line(conflict.current, (conflict.current, text, str(conflict)))
        html = render_to_string("supervision/papers/part/quarrel.html", {"line": line}, request)
        return JsonResponse({"error": str(conflict), "html": html, "version": conflict.current.version}, status=409)
    form = HeadForm(issuers=issuers_of(request.user, row.issuer), initial={"title": row.title})
    return _editor(request, row, form, (conflict.current, text, str(conflict)))
