"""What is done with a paper: sent, signed, sent back, withdrawn, corrected; each verb at its own door."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST

from kit import uploads
from kit.forms import number_of, told_on
from kit.moves import require
from kit.refusal import Refusal
from supervision.actions.papers import drafting, signing
from supervision.dashboard.drawing import moves_of
from supervision.dashboard.papers import Checks, mark_of
from supervision.forms.papers.deeds import ScanForm, WordForm
from supervision.models import Block, Paper
from supervision.permissions import acts_for, can_cosign_paper, can_sign_paper, can_write_paper

Status = Paper.Status


@dataclass(frozen=True)
class Deed:
    """A verb: what it is called, who may, in which state, what is asked in words, what is done, where it leads."""

    word: str
    may: Callable[..., bool]
    status: str
    act: Callable[..., object]
    asks: str = ""
    hint: str = ""
    leads: str = "paper"


def _signs(user, row):
    return can_sign_paper(user, row) or can_cosign_paper(user, row)


def _ends(user, row):
    return can_write_paper(user, row) or can_sign_paper(user, row)


DEEDS = {
    "send": Deed("送签发", can_write_paper, Status.DRAFT, signing.send),
    "discard": Deed("删去草稿", can_write_paper, Status.DRAFT, drafting.discard, hint="草稿删去后不能恢复。", leads="list"),
    "draw": Deed("重新取数", can_write_paper, Status.DRAFT, drafting.draw_again, leads="edit"),
    "take-back": Deed("撤回送签", can_write_paper, Status.SIGNING, signing.take_back, leads="edit"),
    "cosign": Deed("会签", can_cosign_paper, Status.SIGNING, signing.cosign),
    "send-back": Deed("退回修改", _signs, Status.SIGNING, signing.send_back, "哪里要改"),
    "withdraw": Deed(
        "撤回", _ends, Status.PRINTED, signing.withdraw, "为什么撤回",
        "撤回以后其他人只看到已撤回和原因；编号不再使用。只是有误的，请用更正。",
    ),
    "correct": Deed(
        "更正", can_write_paper, Status.PRINTED, signing.correct, "哪里有误",
        "起草一份更正，签发后替换这一份；这一份保留，注明已更正。", leads="new",
    ),
}  # fmt: skip
SEES_VERSION = ("send", "take-back", "cosign", "send-back", "withdraw")


def deeds_of(user, row):
    return [(name, each.word) for name, each in DEEDS.items() if row.status == each.status and each.may(user, row)]


class Signing:
    """What a head is shown before signing: who signs when, what moved, typed digits, what is lacking."""

    def __init__(self, user, row):
        self.user, self.row = user, row
        self.signs = row.status == Status.SIGNING and can_sign_paper(user, row)
        self.cosigns = row.status == Status.SIGNING and can_cosign_paper(user, row)

    @property
    def is_open(self):
        return self.signs or self.cosigns

    @cached_property
    def joint(self):
        """Nothing is asked of a paper that one unit issues alone."""
        return list(self.row.joint.select_related("unit", "signed_by")) if self.row.co_issuers.all() else []

    @property
    def waiting(self):
        """Co-issuers whose head has still to sign; ``mine`` of them this person signs for."""
        return [each for each in self.joint if each.signed_at is None]

    @property
    def mine(self):
        return [each for each in self.waiting if self.cosigns and acts_for(self.user, each.unit)]

    @cached_property
    def checks(self):
        return Checks(self.row, list(Block.objects.of([self.row])))

    @cached_property
    def moves(self):
        return moves_of(self.row)

    @property
    def mark(self):
        return mark_of(self.moves)


def _row(request, pk):
    rows = Paper.objects.visible_to(request.user).with_parts().prefetch_related("co_issuers")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_deed(request, pk, verb):
    if verb not in DEEDS:
        raise Http404("no such verb")
    chosen, row = DEEDS[verb], _row(request, pk)
    require(chosen.may(request.user, row))
    form = WordForm(request.POST or None, label=chosen.asks) if chosen.asks else None
    if request.method == "POST" and (form is None or form.is_valid()):
        seen = {"seen_version": number_of(request.POST.get("version", ""))} if verb in SEES_VERSION else {}
        said = {"word": form.cleaned_data["word"]} if form else {}
        if form is None:
            return _led(request, chosen, row, chosen.act(row, request.user, **said, **seen))
        with told_on(form):
            return _led(request, chosen, row, chosen.act(row, request.user, **said, **seen))
    context = {"paper": row, "form": form, "verb": verb, "deed": chosen}
    return render(request, "supervision/papers/deed.html", context, status=422 if form and form.errors else 200)


def _led(request, chosen, row, done):
    messages.success(request, f"已{chosen.word}。")
    if chosen.leads == "list":
        return redirect("paper_list")
    if chosen.leads == "new":
        return redirect("paper_edit", done.pk)
    return redirect("paper_edit" if chosen.leads == "edit" else "paper", row.pk)


@require_POST
def paper_sign(request, pk):
    row = _row(request, pk)
    seen, moves = number_of(request.POST.get("version", "")), request.POST.get("moves", "")
    try:
        row = signing.sign(row, request.user, seen_version=seen, seen_moves=moves)
        messages.success(request, f"已签发，编号{row.code}。")
    except Refusal as why:
        messages.error(request, str(why))
    return redirect("paper", pk)


@require_POST
def paper_scan(request, pk):
    row = _row(request, pk)
    require(can_write_paper(request.user, row))
    form = ScanForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            told = form.cleaned_data
            signing.attach_scan(row, request.user, told["file"], agreed_on=told["agreed_on"])
            messages.success(request, "扫描件已存。")
        else:
            raise Refusal("".join(message for found in form.errors.values() for message in found))
    except (Refusal, uploads.Refused) as why:
        messages.error(request, str(why))
    return redirect("paper", pk)
