"""The steps of a round as presses of its office: each says what it asks for and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kit.forms import number_of
from kit.moves import require
from kit.refusal import Refusal
from supervision.actions.rounds import publishing, running
from supervision.forms import rounds as asked
from supervision.models import Round
from supervision.permissions import can_run_scheme
from units.views.typed import taken_in

Status = Round.Status


@dataclass(frozen=True)
class Step:
    """``to`` is the status it leads to, where it leads to one; ``states`` those it is pressed in besides coming next."""

    word: str
    act: Callable[..., object]
    form: type[forms.Form]
    hint: str
    to: str = ""
    states: tuple[str, ...] = ()
    preview: Callable[..., list] | None = None

    def fits(self, round_):
        return round_.status in self.states or bool(self.to) and round_.next_status == self.to


STEPS = {
    "compute": Step(
        "重新试算", running.compute, asked.PressForm,
        "按现在的记录重新取数，人工评定和自评都保留。", states=running.MOVING,
    ),
    "ask-self": Step(
        "请单位自评", running.ask_self, asked.DueForm,
        "各单位收到消息，到期前写自评分、依据和佐证。已在自评的，改期限。", Status.SELF, (Status.SELF,),
    ),
    "ask-marks": Step(
        "请评分单位评分", running.ask_marks, asked.DueForm,
        "评分单位收到消息，逐项评定。已在评分的，改期限。", Status.MARKING, (Status.MARKING,),
    ),
    "show": Step(
        "公示", running.show, asked.UntilForm,
        "考评对象都看得到全部得分和名次，到期前可以提异议。", Status.NOTICE,
    ),
    "publish": Step(
        "公布", publishing.publish, asked.PressForm,
        "第1版从此冻结，办法不再改动；连续靠后的按规则拟议约谈。", Status.PUBLISHED,
    ),
    "correct": Step(
        "出更正版", publishing.correct, asked.CorrectForm,
        "公布以后成立的异议一并改入；原版保留，两版并列可查；由原版拟议的约谈重新提请研究。", states=Round.OUT,
        preview=publishing.preview,
    ),
    "drop": Step(
        "删去", running.drop, asked.DropForm, "只有试算可以删去。", states=(Status.TRIAL,),
    ),
}  # fmt: skip


def steps_of(user, round_):
    if not can_run_scheme(user, round_.scheme):
        return []
    fitting = [(key, step) for key, step in STEPS.items() if step.fits(round_)]
    return sorted(fitting, key=lambda each: not (each[1].to and each[1].to == round_.next_status))


@require_http_methods(["GET", "HEAD", "POST"])
def round_step(request, pk, step):
    rows = Round.objects.visible_to(request.user).select_related("scheme__plan", "scheme__unit")
    row = get_object_or_404(rows, pk=pk)
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404("no such step")
    require(can_run_scheme(request.user, row.scheme))
    posted, shows = request.method == "POST", request.POST.get("press") == "preview"
    form = chosen.form(initial=request.POST.dict()) if shows else chosen.form(request.POST if posted else None)
    if posted and not shows and form.is_valid():
        seen = {"seen_version": number_of(request.POST.get("version", ""))}
        seen |= {"seen_moves": request.POST.get("moves", "")} if chosen.preview else {}
        with taken_in(request, form):
            done = chosen.act(row, request.user, **seen, **form.cleaned_data)
            messages.success(request, f"{done or row}：{chosen.word}，已办。")
            return redirect("round", row.pk) if done else redirect("round_list")
    context = {"round": row, "step": chosen, "form": form}
    if chosen.preview:
        context |= _previewed(chosen, row, request)
    return render(request, "supervision/rounds/step.html", context, status=422 if form.errors else 200)


def _previewed(chosen, row, request):
    """What would move now, by what is ticked; or why nothing can."""
    try:
        moves = chosen.preview(row, request.user, again=bool(request.POST.get("again")))
    except Refusal as refusal:
        return {"refused": str(refusal)}
    return {"moves": moves, "moves_mark": publishing.mark_of(moves), "taken_up": publishing.granted(row)}
