"""Occasions on their way: the list, a new one, its schedule, the presses that lead it on, answers, words of later, files."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.forms import number_of
from kit.moves import require
from kit.refusal import Unknown
from kit.sheets import exported
from kit.storage import handed_out, keep_each
from kit.tables import Table
from supervision.actions.findings import attach_file, remove_file
from supervision.actions.occasions import (
    PLANNED_KINDS,
    add_word,
    announce_occasion,
    answer_occasion,
    arrange_occasion,
    drop_occasion,
    hold_occasion,
    plan_occasion,
    set_stops,
)
from supervision.filters import OccasionFilter
from supervision.forms.occasions import (
    STOP,
    AnnounceForm,
    AnswerForm,
    DropForm,
    NewForm,
    PeopleForm,
    StopFormSet,
    WordForm,
    plans_of,
)
from supervision.models import Occasion, OccasionFile
from supervision.permissions import acts_for_a_unit, can_arrange, can_keep
from supervision.tables.occasions import COLUMNS
from supervision.views.occasions import act_on, get_occasion, names_of
from tasks.models import Project
from units.views.typed import taken_in

Kind = Occasion.Kind


@require_safe
def occasion_list(request):
    require(request.user.does_business)
    rows = Occasion.objects.visible_to(request.user)
    asked = OccasionFilter(request.GET, rows, user=request.user)
    table = Table(
        COLUMNS,
        asked.qs.with_people(),
        params=request.GET,
        default_sort="-day",
        empty="没有符合条件的活动。" if request.GET else "还没有会议、督查、约谈。登记以后列在这里。",
        name="会议督查约谈",
    )
    if request.GET.get("format") == "xlsx":
        return exported(table, "会议督查约谈")
    may = plans_of(request.user) if acts_for_a_unit(request.user) else ()
    context = {"table": table, "filter": asked, "kinds": Kind.choices, "new": PLANNED_KINDS if may else ()}
    return render(request, "supervision/occasions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_new(request):
    kind = request.GET.get("kind", Kind.MEETING)
    if kind not in PLANNED_KINDS:
        raise Unknown("没有这个种类，因此没有显示任何内容。请核对后重选。")
    require(acts_for_a_unit(request.user) and plans_of(request.user))
    kind = Kind(kind)
    form = NewForm(request.POST or None, kind=kind, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        plan, named = values.pop("plan"), values.pop("named", None)
        with taken_in(request, form):
            occasion = plan_occasion(plan, request.user, kind, **values)
            if named:
                set_stops(occasion, request.user, [dict.fromkeys(STOP) | _met(named)])
            messages.success(request, f"{occasion}已登记。")
            return redirect("occasion", occasion.pk)
    context = {"form": form, "kind": kind, "unit_names": names_of(request.user)}
    return render(request, "supervision/occasion_new.html", context, status=422 if form.errors else 200)


def _met(unit):
    return {"unit": unit, "group": "", "people": "主要负责人"}


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_arrange(request, pk):
    occasion = get_occasion(request, pk)
    require(can_arrange(request.user, occasion))
    said = ("title", "level", "held_on", "place", "chair", "basis", "content")
    first = {name: getattr(occasion, name) for name in said}
    form = PeopleForm(request.POST or None, kind=Kind(occasion.kind), initial=first)
    act = partial(arrange_occasion, occasion, request.user, seen_version=number_of(request.POST.get("version", "")))
    return act_on(request, occasion, form, act, "安排约谈", "已安排，下一步发通知。", unit_names=names_of(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_stops(request, pk):
    occasion = get_occasion(request, pk)
    require(can_keep(request.user, occasion))
    projects = list(
        Project.objects.visible_to(request.user).running().filter(task__plan=occasion.plan).select_related("task")
    )
    stops = occasion.stops.select_related("project__task", "unit")
    first = [{name: getattr(stop, name) for name in STOP[1:]} | {"key": stop.pk} for stop in stops]
    for row in first:
        row["unit"] = row["unit"] and row["unit"].name
    rows = StopFormSet(request.POST or None, initial=first, projects=projects)
    if request.method == "POST" and rows.is_valid():
        with taken_in(request, rows):
            set_stops(occasion, request.user, rows.rows, seen_version=number_of(request.POST.get("version", "")))
            messages.success(request, "日程已保存。")
            return redirect("occasion", pk)
    context = {
        "occasion": occasion,
        "formset": rows,
        "unit_names": names_of(request.user),
        "project_names": [(str(each), each.name) for each in projects],
    }
    failed = rows.is_bound and rows.total_error_count()
    return render(request, "supervision/stops.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_announce(request, pk):
    occasion = get_occasion(request, pk)
    require(can_keep(request.user, occasion))
    names = "、".join(unit.name for unit in occasion.named_units())
    note = f"通知发给：{names}。" if names else ""
    form = AnnounceForm(request.POST or None, initial={"letter_number": occasion.letter_number})
    act = partial(announce_occasion, occasion, request.user)
    return act_on(request, occasion, form, act, "发通知", "通知已发出，可以打印。", note=note, asks=True)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_drop(request, pk):
    occasion = get_occasion(request, pk)
    proposed = occasion.status == Occasion.Status.PROPOSED
    require(can_arrange(request.user, occasion) if proposed else can_keep(request.user, occasion))
    form, heading = DropForm(request.POST or None), "不约谈" if proposed else "不再进行"
    return act_on(
        request, occasion, form, partial(drop_occasion, occasion, request.user), heading, "已记下，原因在经过里。"
    )


@require_POST
def occasion_hold(request, pk):
    occasion = get_occasion(request, pk)
    hold_occasion(occasion, request.user, seen_version=number_of(request.POST.get("version", "")))
    messages.success(request, "已记为开展，可以写记录和事项了。")
    return redirect("occasion", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_answer(request, pk):
    occasion = get_occasion(request, pk)
    heading = "书面报告" if occasion.is_interview else "反馈意见"
    form, act = AnswerForm(request.POST or None), partial(answer_occasion, occasion, request.user)
    return act_on(request, occasion, form, act, heading, "已提交。", note="只反馈一次，提交以后不再改动。")


@require_http_methods(["GET", "HEAD", "POST"])
def occasion_word(request, pk):
    occasion = get_occasion(request, pk)
    require(can_keep(request.user, occasion))
    form, act = WordForm(request.POST or None), partial(add_word, occasion, request.user)
    return act_on(request, occasion, form, act, "补充", "已补充，日期和姓名记在旁边。")


@require_POST
def occasion_files(request, pk):
    occasion = get_occasion(request, pk)
    require(can_keep(request.user, occasion))
    sent = request.FILES.getlist("files")
    refused = keep_each(sent, lambda upload: attach_file(occasion, request.user, upload))
    for _, why in refused:
        messages.error(request, why)
    if kept := len(sent) - len(refused):
        messages.success(request, f"已上传{kept}个文件。")
    return redirect("occasion", pk)


@require_safe
def occasion_file(request, pk):
    return handed_out(get_object_or_404(OccasionFile.objects.visible_to(request.user).present(), pk=pk))


@require_POST
def occasion_file_remove(request, pk):
    rows = OccasionFile.objects.visible_to(request.user).present().select_related("occasion")
    row = get_object_or_404(rows, pk=pk)
    remove_file(row, request.user)
    messages.success(request, f"已移除“{row.name}”。")
    return redirect("occasion", row.occasion_id)
