"""The list of papers, and how units head theirs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kit.forms import number_of, told_on
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from supervision.actions.papers.letterheads import keep_letterhead
from supervision.filters import PaperFilter
from supervision.forms.papers.deeds import LetterheadForm
from supervision.models import Letterhead, Paper
from supervision.permissions import can_draft_papers, can_keep_letterheads
from supervision.tables.papers import COLUMNS
from units.models import Unit, User

NAME = "通报文书"


@require_safe
def paper_list(request):
    user, wants_sheet = request.user, request.GET.get("format") == "xlsx"
    require(user.role in User.UNIT_READERS)
    asked = PaperFilter(request.GET, Paper.objects.visible_to(user), user=user)
    empty = "没有符合条件的文书。" if asked.is_asked else "还没有文书。办公室起草、负责人签发后，印发的都列在这里。"
    rows = asked.qs.with_parts()
    table = Table(COLUMNS, rows, params=request.GET, default_sort="-at", empty=empty, name=NAME)
    if wants_sheet:
        return exported(table, NAME)
    context = {"table": table, "filter": asked, "may_draft": can_draft_papers(user)}
    return render(request, "supervision/papers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead_list(request):
    user, key = request.user, number_of(request.GET.get("unit", ""))
    unit = get_object_or_404(Unit.objects.visible_to(user), pk=key) if key > 0 else user.unit
    if unit is None:
        unit = Unit.objects.visible_to(user).active().filter(letterheads__isnull=False).first()
    require(can_keep_letterheads(user, unit))
    rows = list(Letterhead.objects.of(unit)) if unit else []
    form = LetterheadForm(request.POST or None, initial=_proposed(request.GET.get("kind"), unit, rows))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        with told_on(form):
            row = keep_letterhead(told.pop("unit"), told.pop("kind"), user, **told)
            messages.success(request, "已设好，以后签发的文书按此编号。")
            return redirect(f"{reverse('letterhead_list')}?unit={row.unit_id}")
    names = Unit.objects.visible_to(user).active().values_list("name", "initials")
    context = {"unit": unit, "rows": rows, "form": form, "unit_names": names}
    return render(request, "supervision/papers/letterheads.html", context, status=422 if form.errors else 200)


def _proposed(kind, unit, rows):
    kind = kind if kind in Paper.Kind.values else Paper.Kind.BULLETIN
    row = next((each for each in rows if each.kind == kind), None)
    word = Paper.Kind(kind).label
    told = {"unit": unit.name if unit else "", "kind": kind, "masthead": word, "series": word, "numbering": "ISSUE"}
    if row:
        told |= {"masthead": row.masthead, "series": row.series, "numbering": row.numbering}
    return told
