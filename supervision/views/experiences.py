"""Cases of reform: the list, one case, offering one from a task, and the words on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of, told_on
from kit.moves import require
from kit.refusal import Unknown
from kit.sheets import exported
from kit.tables import Table
from supervision.actions import experiences as acts
from supervision.filters import ExperienceFilter
from supervision.forms.experiences import ExperienceForm, WordForm
from supervision.models import Experience
from supervision.permissions import can_choose_experience, can_offer_experience, can_take_back
from supervision.tables.experiences import COLUMNS
from tasks.models import Task
from units.models import User
from units.views.typed import taken_in

NAME, EVENTS = "改革经验", 20
# What may be pressed: the word of the answer.
DEEDS = {"choose": "已选用", "decline": "已告知推荐单位不选用", "take-back": "已撤回", "copy": "已登记学用"}


@require_safe
def experience_list(request):
    require(request.user.does_business)
    rows = Experience.objects.visible_to(request.user).with_copies().select_related("unit", "task__plan")
    asked = ExperienceFilter(request.GET, rows, user=request.user)
    empty = "没有符合条件的经验。" if asked.is_asked else "还没有推荐的经验。责任单位在任务页上按“推荐经验”。"
    table = Table(COLUMNS, asked.qs, params=request.GET, default_sort="-at", empty=empty, name=NAME)
    if request.GET.get("format") == "xlsx":
        return exported(table, NAME)
    return render(request, "supervision/experiences.html", {"filter": asked, "table": table})


@require_safe
def experience(request, pk):
    return _page(request, _get(request, pk), WordForm())


def _get(request, pk):
    rows = Experience.objects.visible_to(request.user).select_related("unit", "task__plan__office", "by")
    return get_object_or_404(rows, pk=pk)


def _page(request, case, form, status=200):
    user = request.user
    copies = list(case.copies.select_related("unit"))
    copied = any(each.unit_id == user.unit_id for each in copies)
    other = user.role in User.ACTING and user.unit_id and user.unit_id != case.unit_id
    context = {
        "experience": case,
        "form": form,
        "copies": copies,
        "events": case.events.newest()[:EVENTS],
        "may_choose": case.is_offered and can_choose_experience(user, case),
        "may_take_back": case.status in (case.Status.OFFERED, case.Status.CHOSEN) and can_take_back(user, case),
        "may_copy": case.status == case.Status.CHOSEN and other and not copied,
    }
    return render(request, "supervision/experience.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def experience_new(request, pk):
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), pk=pk)
    require(can_offer_experience(request.user, task))
    form = ExperienceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with taken_in(request, form):
            made = acts.offer(task, request.user, **form.cleaned_data)
            messages.success(request, f"已推荐，{task.plan.office}选用后全县看得到。")
            return redirect("experience", made.pk)
    context = {"form": form, "task": task}
    return render(request, "supervision/experience_new.html", context, status=422 if form.errors else 200)


@require_POST
def experience_deed(request, pk):
    case, form, verb = _get(request, pk), WordForm(request.POST), request.POST.get("verb", "")
    if verb not in DEEDS:
        raise Unknown("没有这样的办理。")
    if form.is_valid():
        with told_on(form):
            _do(case, request.user, verb, form.cleaned_data["text"], number_of(request.POST.get("version", "")))
            messages.success(request, f"{DEEDS[verb]}。")
            return redirect("experience", pk)
    return _page(request, case, form, status=422)


def _do(case, user, verb, text, seen):
    if verb == "copy":
        acts.copy(case, user, text=text)
    elif verb == "take-back":
        acts.take_back(case, user, reason=text, seen_version=seen)
    else:
        decide = acts.choose if verb == "choose" else acts.decline
        decide(case, user, note=text, seen_version=seen)
