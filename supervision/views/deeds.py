"""The verbs on a directive that ask for words or a day, each with its form; the issuer's word on what was asked; the slips."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.forms import number_of
from kit.moves import require
from reports.models import Workday
from supervision import limits
from supervision.actions.directives import checking, ending, pleas
from supervision.actions.directives.answering import reach_goal
from supervision.dashboard.directives import Page
from supervision.forms import deeds as asked
from supervision.models import Directive, Plea
from supervision.permissions import can_answer, can_direct, can_remark
from supervision.tables.directives import slip_of
from supervision.views.directives import directive_of
from supervision.views.occasions import names_of
from units.views.typed import taken_in

Status = Directive.Status


@dataclass(frozen=True)
class Deed:
    """A verb: what it is called, who may, in which states, what is asked, what is done; whether the version seen goes along."""

    word: str
    may: Callable[..., bool]
    states: tuple[str, ...]
    form: type[forms.Form]
    act: Callable[..., object]
    hint: str = ""
    sees_version: bool = True


DEEDS = {
    "object": Deed(
        "提出异议", can_answer, (Status.SENT,), asked.ReasonForm, pleas.object_to,
        "不归本单位办的，下达后3个工作日内说明理由，由交办单位决定；不采纳的，1个工作日内签收。", False,
    ),
    "extend": Deed(
        "申请延期", can_answer, (Status.ONGOING,), asked.ExtensionForm, pleas.ask_extension,
        "须在期限以前申请，由交办单位决定；首次期限和延期次数一直保留。", False,
    ),
    "continue": Deed(
        "申请持续推进", can_answer, (Status.ONGOING, Status.CHECKING), asked.ContinuingForm, pleas.ask_continuing,
        "今年办不完、已有阶段成果的，定一个阶段目标和复核日期。持续推进不算已销号。", False,
    ),
    "goal": Deed("阶段目标完成", can_answer, (Status.CONTINUING,), asked.GoalForm, reach_goal),
    "review": Deed("复核", can_direct, (Status.CONTINUING,), asked.ReviewForm, checking.review),
    "remark": Deed("提意见", can_remark, (*Directive.OPEN, Status.CLOSED), asked.RemarkForm, checking.remark, "", False),
    "withdraw": Deed(
        "撤销", can_direct, (Status.DRAFT, *Directive.OPEN), asked.ReasonForm, ending.withdraw,
        "撤销以后不再办理，也不进销号率；编号不再使用。",
    ),
    "hand-over": Deed(
        "移交", can_direct, (Status.DRAFT, *Directive.OPEN), asked.HandOverForm, ending.hand_over,
        "移交以后由接收的单位跟踪，不进销号率。",
    ),
    "reopen": Deed(
        "反弹，重新办理", can_direct, (Status.CLOSED, Status.CONTINUING), asked.ReopenForm, ending.reopen,
        "勾选的要求重新答复，其余的保留；第一次销号的时间保留。",
    ),
}  # fmt: skip
PAPERS = {
    "slip": "交办单",
    "notice": "督办通知",
    "urging": "催办通知",
    "extension": "延期审批意见",
    "closing": "销号单",
}


def deeds_of(user, directive):
    return [
        (name, each.word)
        for name, each in DEEDS.items()
        if directive.status in each.states and each.may(user, directive)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request, pk, verb):
    if verb not in DEEDS:
        raise Http404("no such verb")
    chosen, row = DEEDS[verb], directive_of(request, pk)
    require(chosen.may(request.user, row))
    form = chosen.form(request.POST or None, directive=row, initial=_proposed(row))
    if request.method == "POST" and form.is_valid():
        seen = {"seen_version": number_of(request.POST.get("version", ""))} if chosen.sees_version else {}
        with taken_in(request, form):
            chosen.act(row, request.user, **form.cleaned_data, **seen)
            messages.success(request, f"已{chosen.word}。")
            return redirect("directive", pk)
    return _show(request, row, form, chosen.word, chosen.hint)


def _proposed(row):
    """Days proposed by rule skip rest days."""
    day = limits.proposed(clock.today(), 5, Workday.test())
    later = limits.proposed(max(clock.today(), row.due_on or clock.today()), 5, Workday.test())
    return {"due_on": day, "until": later, "review_on": limits.proposed(clock.today(), 20, Workday.test())}


def _show(request, row, form, word, hint, plea=None):
    names = names_of(request.user) if plea else ()
    context = {"directive": row, "form": form, "word": word, "hint": hint, "plea": plea, "unit_names": names}
    return render(request, "supervision/deed.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plea(request, pk):
    row = directive_of(request, pk)
    require(can_direct(request.user, row))
    key = number_of(request.POST.get("plea", ""))
    waiting = next((each for each in row.pleas.all() if each.pk == key or (key < 0 and each.is_waiting)), None)
    if waiting is None:
        messages.warning(request, "没有等您决定的申请。")
        return redirect("directive", pk)
    objects = waiting.kind == Plea.Kind.OBJECTION
    form = asked.PleaForm(request.POST or None, is_objection=objects, initial={"due_on": row.due_on})
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            pleas.decide(waiting, request.user, **form.cleaned_data)
            messages.success(request, f"已决定，{row.unit}已收到消息。")
            return redirect("directive", pk)
    return _show(request, row, form, f"决定{waiting}", "", waiting)


@require_safe
def paper(request, pk, kind):
    row = directive_of(request, pk)
    is_workday = Workday.test()
    page = Page(request.user, row, is_workday)
    if kind not in dict(papers_of(row, page.pleas)):
        raise Http404("nothing to print")
    extension = next((each for each in reversed(page.pleas) if each.kind == Plea.Kind.EXTENSION), None)
    context = {
        "directive": row,
        "page": page,
        "kind": kind,
        "word": PAPERS[kind],
        "colour": slip_of(row, is_workday, page.today),
        "extension": extension,
        "urged": row.events.filter(verb=checking.URGED).newest().first(),
        "day": clock.today(),
    }
    return render(request, "supervision/directive_paper.html", context)


def papers_of(directive, pleas_of):
    if directive.number is None:
        return []
    found = ["slip", "notice"] + ["urging"] * directive.is_open
    found += ["extension"] * any(each.kind == Plea.Kind.EXTENSION for each in pleas_of)
    found += ["closing"] * (directive.status == Status.CLOSED)
    return [(kind, PAPERS[kind]) for kind in found]
