"""One subject's marks, one mark with its records, marking an item for all subjects, objections and their answers."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.moves import require
from kit.refusal import Refusal
from kit.storage import handed_out, keep_each
from supervision.actions.rounds import marking as marks
from supervision.actions.rounds import objections, publishing, selfscoring
from supervision.dashboard.marks import Own
from supervision.forms import rounds as asked
from supervision.models import Objection, Round, SchemeItem, Score, ScoreFile, Subject
from supervision.permissions import acts_for, can_mark, can_read_ranking, can_read_score, can_run_scheme, can_self_score
from units.views.typed import taken_in

WITH_ROUND = ("round__scheme__plan", "round__scheme__unit", "unit")


def subject_of(request, pk):
    return get_object_or_404(Subject.objects.visible_to(request.user).select_related(*WITH_ROUND), pk=pk)


def score_of(request, pk):
    """Of a round that is not announced only one's own, and what one marks: others' are not there."""
    subjects = Subject.objects.visible_to(request.user)
    rows = Score.objects.of(subjects.order_by().values("pk"))
    rows = rows.select_related(*(f"subject__{each}" for each in WITH_ROUND), "item__scorer", "hand_by")
    score = get_object_or_404(rows, pk=pk)
    if not can_read_score(request.user, score):
        raise Http404("not shown yet")
    return score


@require_safe
def subject_page(request, pk):
    subject = subject_of(request, pk)
    if not (can_read_ranking(request.user, subject.round) or acts_for(request.user, subject.unit)):
        raise Http404("not shown yet")
    own = Own(request.user, subject)
    return render(request, "supervision/rounds/subject.html", {"own": own, "subject": subject, "round": subject.round})


@require_http_methods(["GET", "HEAD", "POST"])
def score_page(request, pk):
    score = score_of(request, pk)
    row, user = score.subject.round, request.user
    own = Own(user, score.subject)
    marks_it = can_mark(user, score.item, row.scheme) and score.item.way != SchemeItem.Way.PANEL
    may_mark = marks_it and row.takes_marks
    may_correct = row.is_out and can_run_scheme(user, row.scheme)
    mark = objection = moves = None
    if may_mark or may_correct:
        mark = asked.OneMarkForm(request.POST if "mark" in request.POST else None, score=score)
    if own.may_object and score.pk not in own.waiting:
        objection = asked.ObjectionForm(request.POST if "wanted" in request.POST else None)
    if request.method == "POST":
        form = objection if "wanted" in request.POST else mark
        require(form is not None or can_self_score(user, score.subject))
        if may_correct and form is mark and form.is_valid():
            with taken_in(request, form):
                moves = publishing.preview(row, user, marks=_given(score, form))
        if (moves is None or _seen(request, moves)) and (done := _act(request, score, form, may_correct)) is not None:
            return done
    return _show(request, own, score, mark, objection, moves)


def _given(score, form):
    return [(score, form.cleaned_data["mark"], form.cleaned_data["reason"])]


def _seen(request, moves):
    """What a correction moves was looked at; the press that shows it, and one that would do something else, only show it."""
    return request.POST.get("moves") == publishing.mark_of(moves)


def _act(request, score, form, may_correct):
    if form is None:
        raise Refusal(f"{score.subject.round.standing}，不能办理。请按最新情况办理。")
    if not form.is_valid():
        if request.FILES:
            messages.warning(request, "附件没有收下，改好后请重新选择。")
        return None
    said, row = form.cleaned_data, score.subject.round
    with taken_in(request, form):
        if isinstance(form, asked.ObjectionForm):
            objections.object_to(score, request.user, **said)
            messages.success(request, "异议已提出，评分单位会在这里答复。")
            take_files(request, score)
        elif may_correct:
            reason = f"{score.subject.name}“{score.item.title}”：{said['reason']}"[:300]
            publishing.correct(row, request.user, reason=reason, marks=_given(score, form))
            messages.success(request, "已出更正版。")
        else:
            seen = number_of(request.POST.get("version", ""))
            marks.give_marks(row, request.user, score.item, [(score, said["mark"], said["reason"], seen)])
            messages.success(request, "已评定。")
        return redirect("score", score.pk)
    return None


def _show(request, own, score, mark, objection, moves=None):
    user = request.user
    shown = next(each for each in own.scores if each.pk == score.pk)
    context = {
        "own": own,
        "score": score,
        "saving": shown.saving,
        "round": own.round,
        "subject": own.subject,
        "mark": mark,
        "objection": objection,
        "moves": moves,
        "moves_mark": publishing.mark_of(moves or ()),
        "records": score.measured.get("records", ()),
        "files": ScoreFile.objects.visible_to(user).present().filter(score=score),
        "reads_self": acts_for(user, own.subject.unit)
        or can_mark(user, score.item, own.round.scheme)
        or user.sees_everything,
        "panel": score.panel.all(),
        "objections": [each for each in own.objections if each.score_id == score.pk],
        "may_answer": can_mark(user, score.item, own.round.scheme),
        "may_attach": can_self_score(user, own.subject) and score.pk in own.waiting,
    }
    errors = (mark and mark.errors) or (objection and objection.errors)
    return render(request, "supervision/rounds/score.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def marking(request, pk, item):
    rows = Round.objects.visible_to(request.user).select_related("scheme__plan", "scheme__unit")
    row = get_object_or_404(rows, pk=pk)
    item = get_object_or_404(SchemeItem.objects.of(row.scheme_id).select_related("scorer"), pk=item)
    require(can_mark(request.user, item, row.scheme))
    subjects = Subject.objects.visible_to(request.user).filter(round=row).order_by()
    scores = Score.objects.of(subjects.values("pk")).filter(item=item).select_related("subject", "hand_by")
    scores = list(
        scores.prefetch_related("panel", "files").order_by("subject__group_order", "subject__group", "subject__pk")
    )
    seats = list((item.params or {}).get("seats") or {}) if item.way == SchemeItem.Way.PANEL else []
    seat = request.GET.get("seat") if request.GET.get("seat") in seats else next(iter(seats), None)
    sent = request.POST if request.method == "POST" else None
    form = asked.PanelForm(sent, scores=scores, seat=seat) if seats else asked.MarksForm(sent, scores=scores)
    if sent is not None and form.is_valid():
        with taken_in(request, form):
            if seats:
                given = [(each, seat, mark, reason, seen) for each, mark, reason, seen in form.given]
                n = marks.give_panel_marks(row, request.user, item, given)
            else:
                n = marks.give_marks(row, request.user, item, list(form.given))
            messages.success(request, f"已存{n}个评分。" if n else "没有改动。")
            return redirect(request.get_full_path())
    context = {"round": row, "item": item, "form": form, "seats": seats, "seat": seat}
    return render(request, "supervision/rounds/marking.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_page(request, pk):
    subjects = Subject.objects.visible_to(request.user).order_by().values("pk")
    rows = Objection.objects.of(subjects).select_related("by", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    score = score_of(request, row.score_id)
    require(can_mark(request.user, score.item, score.subject.round.scheme))
    form = None
    if row.answer == Objection.Answer.WAITING:
        form = asked.AnswerForm(request.POST or None, score=score, initial={"mark": score.full})
    if request.method == "POST":
        if form is None:
            raise Refusal(f"这件异议已答复“{row.get_answer_display()}”，没有重复办理。")
        if form.is_valid():
            with taken_in(request, form):
                objections.answer_objection(row, request.user, **form.cleaned_data)
                messages.success(request, "已答复，提出的单位收到消息。")
                return redirect("score", score.pk)
    might = _asked_mark(request, score)
    total, rank = objections.what_if(score, might)
    context = {"objection": row, "score": score, "subject": score.subject, "round": score.subject.round, "form": form}
    context |= {"might": might, "total": total, "rank": rank, "records": score.measured.get("records", ())}
    return render(request, "supervision/rounds/objection.html", context, status=422 if form and form.errors else 200)


def _asked_mark(request, score):
    try:
        mark = Decimal(request.GET.get("mark", ""))
    except InvalidOperation:
        return score.full
    return mark if mark.is_finite() and 0 <= mark <= score.full else score.full


@require_safe
def score_file(request, pk):
    return handed_out(get_object_or_404(ScoreFile.objects.visible_to(request.user).present(), pk=pk))


@require_POST
def score_file_remove(request, pk):
    rows = ScoreFile.objects.visible_to(request.user).present().select_related("score__subject__round", "score__item")
    file = get_object_or_404(rows, pk=pk)
    selfscoring.remove(file, request.user)
    messages.success(request, f"已移除“{file.name}”。")
    return redirect("score", file.score_id)


@require_POST
def score_files(request, pk):
    score = score_of(request, pk)
    require(can_self_score(request.user, score.subject))
    take_files(request, score)
    return redirect("score", pk)


def take_files(request, score):
    """Keep the evidence sent along; of each that is not taken, say why."""
    sent = request.FILES.getlist("files")
    for name, why in keep_each(sent, lambda upload: selfscoring.attach(score, request.user, upload)):
        messages.error(request, f"“{name}”没有收下：{why}")
