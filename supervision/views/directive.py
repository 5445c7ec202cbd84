"""One directive: what is asked and answered, who is next; the unit answers here and the issuer checks here."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.moves import require, require_seen
from kit.refusal import Refusal
from kit.storage import handed_out, keep_each
from reports.models import Workday
from supervision.actions.directives import answering, checking, files
from supervision.dashboard.directives import Page
from supervision.forms.deeds import AnswerForm, CheckForm
from supervision.models import Directive, DirectiveFile
from supervision.permissions import can_hand_in, can_remark
from supervision.views.deeds import deeds_of, papers_of
from supervision.views.directive_drafts import under_way
from supervision.views.directives import directive_of
from units.views.typed import taken_in

Status = Directive.Status
EVENTS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def directive(request, pk):
    page = Page(request.user, directive_of(request, pk), Workday.test())
    row = page.directive
    answer = check = None
    sent = request.POST if request.method == "POST" else None
    if page.answers and row.status == Status.ONGOING:
        answer = AnswerForm(sent if sent and "check" not in sent else None, points=page.open_points)
    if page.directs and row.status == Status.CHECKING:
        check = CheckForm(sent if sent and "check" in sent else None, points=page.open_points)
    if sent is not None:
        if "check" in sent:
            require(page.directs)
        else:
            require(page.answers)
        if (done := _act(request, page, answer, check)) is not None:
            return done
        # What was answered is kept though the next step was refused: nobody else changed it.
        for point in page.points:
            point.refresh_from_db()
    return _show(request, page, answer, check)


def _act(request, page, answer, check):
    """A press that did something leads on; what was refused comes back with all that was typed."""
    row, seen = page.directive, number_of(request.POST.get("version", ""))
    form = check if "check" in request.POST else answer
    if form is None:
        require_seen(row, seen)
        raise Refusal(f"{row.standing}，不能办理。请按最新情况办理。")
    # A file is an act of its own: whatever becomes of the words, nobody chooses it twice.
    refused = [] if form is check else _take_files(request, form)
    if form.is_valid():
        with taken_in(request, form):
            if form is check:
                return _check(request, row, form, seen)
            return _answer(request, row, form, refused)
    for sentence in refused:
        form.add_error(None, sentence)
    return None


def _answer(request, row, form, refused):
    written = answering.answer(row, request.user, form.answers, seen=form.seen)
    press = request.POST.get("press")
    if not refused and press == "hand_in":
        answering.hand_in(row, request.user)
        messages.success(request, f"已报送{row.issuer}核查。")
    elif not refused and press == "ask_head":
        answering.ask_head(row, request.user)
        messages.success(request, "已送单位负责人审签。")
    else:
        for sentence in refused:
            messages.error(request, sentence)
        if written or not refused:
            messages.success(request, "答复已保存，交办单位可以看到；全部答完后再报送核查。")
    return redirect("directive", row.pk)


def _take_files(request, form):
    refused = []
    for point in form.points:
        sent = request.FILES.getlist(f"files_{point.number}")
        told = keep_each(sent, lambda upload, point=point: files.attach(point, request.user, upload))
        refused += [f"第{point.number}点的附件没有收下：{why}" for _, why in told]
    return refused


def _check(request, row, form, seen):
    told = form.cleaned_data
    if told["wanting"]:
        checking.refuse(
            row, request.user, wanting=told["wanting"], due_on=told["due_on"], note=told["how"], seen_version=seen
        )
        messages.success(request, f"已退回，{len(told['wanting'])}点还要补，其余的通过并保留。")
    else:
        checking.close(row, request.user, how=told["how"], seen_version=seen)
        messages.success(request, f"{row}已销号。")
    return redirect("directive", row.pk)


def _show(request, page, answer, check):
    row, user = page.directive, request.user
    files_of = {}
    for file in DirectiveFile.objects.visible_to(user).present().filter(point__in=page.points):
        files_of.setdefault(file.point_id, []).append(file)
    for point in page.points:
        point.shown_files = files_of.get(point.pk, ())
    form = answer if answer is not None and answer.is_bound else check
    context = {
        "directive": row,
        "page": page,
        "answer": answer,
        "check": check,
        "form": form,
        "events": row.events.newest()[:EVENTS],
        "deeds": deeds_of(user, row),
        "papers": papers_of(row, page.pleas),
        "may_hand_in": can_hand_in(user, row),
        "may_remark": row.number and can_remark(user, row),
        "under_way": [each for each in under_way(user, row.task, row.unit) if each.pk != row.pk]
        if row.is_draft
        else (),
        "sizes": row.batch.size if row.batch else 1,
    }
    return render(request, "supervision/directive.html", context, status=422 if form and form.errors else 200)


@require_POST
def directive_sign(request, pk):
    row = directive_of(request, pk)
    answering.sign(row, request.user, seen_version=number_of(request.POST.get("version", "")))
    messages.success(request, f"已签收，请在{row.due_on:%m-%d}前办结。")
    return redirect("directive", pk)


@require_safe
def directive_file(request, pk):
    return handed_out(get_object_or_404(DirectiveFile.objects.visible_to(request.user).present(), pk=pk))


@require_POST
def directive_file_remove(request, pk):
    rows = DirectiveFile.objects.visible_to(request.user).select_related("point__directive")
    file = get_object_or_404(rows, pk=pk)
    files.remove(file, request.user)
    return redirect("directive", file.point.directive_id)
