"""Correcting what was read of a document: each part by its own form, in place or on a page of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kit.forms import number_of
from kit.refusal import Conflict, Refusal
from tasks.actions import drafting
from tasks.draft.edits import find_task, sentences_of, task_before
from tasks.draft.names import names_in
from tasks.forms.drafting import DropForm, HeadForm, TaskForm
from tasks.forms.names import NamesForm
from tasks.views.loading import get_reading, show, townships, unit_names, workbench


def _draft(request, pk):
    reading = get_reading(request, pk)
    if reading.is_loaded:
        raise Refusal("这份文件已经写入方案，不能再改。需要改的，先撤销导入。")
    return reading


def _place(reading, anchor=""):
    return reverse("plan_load", args=[reading.pk]) + (f"#{anchor}" if anchor else "")


def _task(reading, key):
    found = find_task(reading.draft, key)
    if found is None:
        raise Http404("no such task")
    return found


def _number(request, name):
    return max(number_of(request.POST.get(name, "")), 0)


def _seen(request):
    return _number(request, "seen")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_task(request, pk, key):
    reading = _draft(request, pk)
    plan, task = _task(reading, key)
    if request.htmx and "row" in request.GET:
        return render(request, "tasks/part/draft_saved.html", workbench(request, reading) | {"key": key})
    form = TaskForm(request.POST if request.method == "POST" else None, reading=reading, plan=plan, task=task)
    conflict, status = None, 200
    if form.is_bound and form.is_valid():
        try:
            names = set(names_in(reading.draft))
            reading = drafting.save_task(reading, request.user, key, form.values, seen=form.cleaned_data["seen"])
        except Conflict as why:
            conflict, status = _conflict(why, form, TaskForm(reading=reading, plan=plan, task=why.current)), 409
        else:
            return _saved(request, reading, key, names)
    elif form.is_bound:
        status = 422
    context = {
        "reading": reading,
        "plan": plan,
        "task": task,
        "form": form,
        "conflict": conflict,
        **unit_names(request),
    }
    context["before"] = task_before(plan, task)
    template = "tasks/part/draft_task.html" if request.htmx else "tasks/draft_task.html"
    return render(request, template, context, status=status)


def _conflict(why, form, theirs):
    fields = [(field, theirs[field.name]) for field in form if not field.is_hidden and field.name in form.cleaned_data]
    pairs = [(field.label, _words(field), _words(stored)) for field, stored in fields]
    differing = [
        {"label": label, "own": own, "stored": stored} for label, own, stored in pairs if own.split() != stored.split()
    ]
    form.data = form.data.copy()
    form.data["seen"] = why.current["version"]
    return {"sentence": str(why), "rows": differing}


def _words(field):
    value = field.value()
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = {str(key): label for key, label in getattr(field.field, "choices", ())}
    return str(choices.get(str(value), "" if value is None else value))


def _saved(request, reading, key, names):
    if not request.htmx:
        messages.success(request, "已保存。")
        return redirect(_place(reading, key))
    context = workbench(request, reading) | {"key": key, "said": "已保存"}
    if names != set(context["matches"]):
        choices = reading.draft["choices"]
        context["names"] = NamesForm(context["matches"], townships(request), choices)
    return render(request, "tasks/part/draft_saved.html", context)


def _done(request, reading, anchor, said, verb, *args, **words):
    try:
        place = verb(reading, request.user, *args, **words)
        messages.success(request, said)
        anchor = place if isinstance(place, str) else anchor
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_place(reading, anchor))


@require_POST
def draft_drop(request, pk, key):
    reading, form = _draft(request, pk), DropForm(request.POST)
    _task(reading, key)
    if not form.is_valid():
        raise Refusal("".join(form.errors["reason"]))
    words = {"seen": _seen(request), "reason": form.cleaned_data["reason"]}
    return _done(request, reading, key, "已移出任务，可以随时恢复。", drafting.drop_task, key, **words)


@require_POST
def draft_restore(request, pk, key):
    reading = _draft(request, pk)
    _task(reading, key)
    return _done(request, reading, key, "已恢复为任务。", drafting.restore_task, key, seen=_seen(request))


@require_POST
def draft_merge(request, pk, key):
    reading = _draft(request, pk)
    _task(reading, key)
    return _done(request, reading, key, "已合并。", drafting.merge, key, seen=_seen(request))


@require_http_methods(["GET", "HEAD", "POST"])
def draft_split(request, pk, key):
    reading = _draft(request, pk)
    _, task = _task(reading, key)
    if request.method == "POST":
        said, at = "已拆成两项，请核对编号、简称和责任单位。", _number(request, "at")
        return _done(request, reading, key, said, drafting.split, key, at, seen=_seen(request))
    sentences = list(enumerate(sentences_of(task["text"])))
    return render(request, "tasks/draft_split.html", {"reading": reading, "task": task, "sentences": sentences})


@require_POST
def draft_take(request, pk):
    reading = _draft(request, pk)
    problem, (at, _, place) = request.POST.get("problem", ""), request.POST.get("aside", "").partition("-")
    if _is_index(problem, reading.draft["problems"]):
        verb, args = drafting.take_problem, (int(problem),)
    elif _is_index(at, reading.draft["plans"]) and place.isdecimal() and len(place) < 9:
        verb, args = drafting.take_aside, (int(at), int(place))
    else:
        messages.error(request, "请选择要列为任务的段落。")
        return redirect(_place(reading, "problems"))
    return _done(request, reading, "problems", "已列为任务，请补全编号和责任单位。", verb, *args)


def _is_index(text, rows):
    return text.isdecimal() and len(text) < 6 and int(text) < len(rows)


@require_POST
def draft_problem(request, pk):
    reading = _draft(request, pk)
    at, checked = request.POST.get("problem", ""), request.POST.get("checked") == "1"
    if not _is_index(at, reading.draft["problems"]):
        raise Http404("no such problem")
    reading = drafting.check_problem(reading, request.user, int(at), checked=checked)
    if request.htmx:
        return render(request, "tasks/part/draft_problems.html", workbench(request, reading) | {"swapped": True})
    return redirect(_place(reading, "problems"))


@require_http_methods(["GET", "HEAD", "POST"])
def draft_plan(request, pk, at):
    reading = _draft(request, pk)
    if at >= len(reading.draft["plans"]):
        raise Http404("no such plan")
    draft, plan = reading.draft, reading.draft["plans"][at]
    form = HeadForm(request.POST if request.method == "POST" else None, draft=draft, plan=plan)
    conflict, status = None, 200
    if form.is_bound and form.is_valid():
        head, sections, heading = form.values
        try:
            drafting.save_head(
                reading, request.user, at, head, sections, heading=heading, seen=form.cleaned_data["seen"]
            )
        except Conflict as why:
            conflict, status = _conflict(why, form, HeadForm(draft=draft, plan=why.current)), 409
        else:
            messages.success(request, "方案信息已保存。")
            return redirect(_place(reading, f"plan-{at}"))
    elif form.is_bound:
        status = 422
    context = {"reading": reading, "plan": plan, "at": at, "form": form, "conflict": conflict, **unit_names(request)}
    return render(request, "tasks/draft_plan.html", context, status=status)


@require_POST
def draft_names(request, pk):
    """What the unknown names stand for, all in one form; what is wrong with a row is told beside it, and nothing is lost."""
    reading = _draft(request, pk)
    context = workbench(request, reading)
    form = NamesForm(context["matches"], townships(request), reading.draft["choices"], request.POST)
    if not form.is_valid():
        return show(request, context | {"names": form}, 422)
    try:
        drafting.choose_names(reading, request.user, form.choices, seen=_seen(request))
    except Conflict as why:
        messages.error(request, str(why))
        _tell_stored(form, why.current)
        return show(request, workbench(request, get_reading(request, pk)) | {"names": form}, 409)
    messages.success(request, "单位对照已保存。")
    return redirect(_place(reading, "names"))


def _tell_stored(form, stored):
    for row in form.rows:
        theirs = drafting.choice_words(stored.get(row.name))
        if theirs != drafting.choice_words(row.choice):
            row.error = f"已保存的是“{theirs or '未选择'}”；再保存一次，以您现在选的为准。"
