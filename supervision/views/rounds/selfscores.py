"""The unit's self-assessment: kept while it is typed, handed in once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit.forms import number_of
from kit.moves import require
from kit.storage import keep_each
from supervision.actions.rounds import selfscoring
from supervision.forms.rounds import SelfForm
from supervision.models import Round, Score, ScoreFile, Subject
from supervision.permissions import can_self_score
from units.views.typed import taken_in


@require_http_methods(["GET", "HEAD", "POST"])
def self_score(request, pk):
    rows = Subject.objects.visible_to(request.user).select_related("round__scheme__plan", "round__scheme__unit", "unit")
    subject = get_object_or_404(rows, pk=pk)
    require(can_self_score(request.user, subject))
    scores = Score.objects.of([subject]).filter(item__self_scored=True).select_related("item").order_by("item__number")
    scores = list(scores)
    form = SelfForm(request.POST if request.method == "POST" else None, scores=scores)
    if request.method == "POST" and form.is_valid() and (done := _keep(request, subject, form, scores)) is not None:
        return done
    files = {}
    for file in ScoreFile.objects.visible_to(request.user).present().filter(score__in=[each.pk for each in scores]):
        files.setdefault(file.score_id, []).append(file)
    for each in scores:
        each.shown_files = files.get(each.pk, ())
    drafting = subject.round.status == Round.Status.SELF and subject.self_at is None
    context = {"subject": subject, "round": subject.round, "form": form, "drafting": drafting}
    return render(request, "supervision/rounds/self.html", context, status=422 if form.errors else 200)


def _keep(request, subject, form, scores):
    with taken_in(request, form):
        seen = number_of(request.POST.get("version", ""))
        selfscoring.save_self(subject, request.user, form.said, seen_version=seen)
        refused = _take_files(request, scores)
        for sentence in refused:
            messages.error(request, sentence)
        if request.POST.get("press") == "hand_in" and not refused:
            selfscoring.hand_in_self(subject, request.user)
            messages.success(request, "自评已报送。")
            return redirect("subject", subject.pk)
        messages.success(request, "草稿已存，写完再报送。")
        return redirect("self_score", subject.pk)
    return None


def _take_files(request, scores):
    refused = []
    for score in scores:
        sent = request.FILES.getlist(f"files_{score.pk}")
        told = keep_each(sent, lambda upload, score=score: selfscoring.attach(score, request.user, upload))
        refused += [f"“{score.item.title}”的附件没有收下：{why}" for _, why in told]
    return refused
