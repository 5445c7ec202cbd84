"""All rounds, one round's ranking with its groups, the poster, two editions side by side."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit.forms import number_of
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from supervision.actions.rounds.records import content_of
from supervision.actions.rounds.running import open_round
from supervision.dashboard.editions import compared
from supervision.dashboard.rounds import Board
from supervision.dashboard.wanted import wanted
from supervision.filters import RoundFilter
from supervision.forms.rounds import StartForm
from supervision.models import Round, RoundRecord, Scheme
from supervision.permissions import can_run_scheme
from supervision.tables.rounds import ROUNDS, ranking
from supervision.views.rounds.steps import steps_of
from units.views.typed import taken_in

EVENTS = 20


def round_of(request, pk):
    rows = Round.objects.visible_to(request.user).select_related("scheme__plan", "scheme__unit")
    return get_object_or_404(rows, pk=pk)


def startable(user):
    rows = Scheme.objects.visible_to(user).newest().select_related("plan", "unit")
    return [each for each in rows if can_run_scheme(user, each)]


@require_safe
def round_list(request):
    user = request.user
    require(user.is_authenticated and user.does_business)
    asked = RoundFilter(request.GET, Round.objects.visible_to(user), user=user)
    rows = asked.qs.select_related("scheme__plan", "scheme__unit").annotate(n=Count("subjects"))
    whole = request.GET.get("format") == "xlsx"
    table = Table(
        ROUNDS,
        rows.order_by("-month", "-pk"),
        params=request.GET,
        per_page=None if whole else 50,
        name="考评排名",
        empty="没有符合条件的考评。",
    )
    if whole:
        return exported(table, "考评")
    context = {"table": table, "filter": asked, "wanted": wanted(user), "may_start": bool(startable(user))}
    return render(request, "supervision/rounds/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request):
    schemes = startable(request.user)
    require(bool(schemes))
    rows = Scheme.objects.visible_to(request.user).filter(pk__in=[each.pk for each in schemes])
    form = StartForm(request.POST or None, schemes=rows, initial={"scheme": number_of(request.GET.get("scheme", ""))})
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            made = open_round(form.cleaned_data["scheme"], request.user, form.cleaned_data["month"])
            messages.success(request, f"{made}已试算，核对以后走下一步。")
            return redirect("round", made.pk)
    return render(request, "supervision/rounds/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def round_page(request, pk):
    row = round_of(request, pk)
    board = Board(request.user, row, request.GET.get("group", ""))
    table = table_of(board, request.GET)
    if request.GET.get("format") == "xlsx":
        require(board.reads_all)
        return exported(table, f"{row}_{board.group}")
    context = {
        "round": row,
        "board": board,
        "table": table,
        "ways_on": steps_of(request.user, row),
        "events": row.events.newest()[:EVENTS] if board.runs or request.user.sees_everything else (),
        "neighbours": neighbours(request.user, row),
    }
    return render(request, "supervision/rounds/round.html", context)


def table_of(board, params=None):
    scheme = board.round.scheme
    figures = any(line.subject.figures for line in board.lines)
    columns = ranking(board.items, figures=figures, classes=bool(scheme.classes), provisional=board.is_provisional)
    judged = ("rank", "change", "grade", "target")
    columns = [each for each in columns if not (board.is_waiting and each.name in judged)]
    return Table(
        columns,
        board.lines if board.reads_all else [],
        params=params,
        per_page=None,
        name=f"{board.round}{board.group}",
        css="marks",
        row_class=lambda line: "low" if line.subject.is_low and not board.is_waiting else "",
        empty="公示以后可以看到本组的排名。",
    )


def neighbours(user, row):
    rows = Round.objects.visible_to(user).filter(scheme__plan=row.scheme.plan_id, scheme__name=row.scheme.name)
    rows = rows.select_related("scheme")
    before = rows.filter(month__lt=row.month).order_by("-month", "-pk").first()
    return before, rows.filter(month__gt=row.month).order_by("month", "pk").first()


@require_safe
def round_print(request, pk):
    row = round_of(request, pk)
    require(Board(request.user, row).reads_all)
    edition = number_of(request.GET.get("edition", "") or str(row.edition))
    record = None
    if row.is_out:
        records = RoundRecord.objects.visible_to(request.user).filter(round=row)
        record = get_object_or_404(records, edition=edition)
    content = record.content if record else content_of(row)
    groups = [group | {"items": _heads(group)} for group in content["groups"]]
    context = {"round": row, "record": record, "content": content, "groups": groups}
    return render(request, "supervision/rounds/poster.html", context)


def _heads(group):
    """{number: (title, full)} of the items of a group, as printed."""
    found = {}
    for row in group["rows"]:
        for score in row["scores"]:
            found.setdefault(score["number"], (score["title"], score["full"]))
    heads = sorted(found)
    for row in group["rows"]:
        marks = {score["number"]: score["mark"] for score in row["scores"]}
        row["marks"] = [marks.get(number) for number in heads]
    return [found[number] for number in heads]


@require_safe
def round_editions(request, pk):
    row = round_of(request, pk)
    records = list(RoundRecord.objects.visible_to(request.user).filter(round=row).order_by("edition"))
    newest = row.edition
    first = number_of(request.GET.get("first", "") or str(max(newest - 1, 1)))
    second = number_of(request.GET.get("second", "") or str(newest))
    old, new, groups = compared(request.user, row, first, second) if records else (None, None, [])
    context = {"round": row, "records": records, "old": old, "new": new, "groups": groups}
    return render(request, "supervision/rounds/editions.html", context)
