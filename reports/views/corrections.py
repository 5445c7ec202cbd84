"""更正: the office corrects what stood when a month was closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from kit.forms import told_on
from kit.moves import require
from reports.actions.corrections import correct, correct_project
from reports.forms.periods import CorrectionForm, FiguresForm
from reports.models import Standing
from reports.models.entry import carried_on
from reports.permissions import can_manage_period
from reports.views.periods import show_reasoned


@require_http_methods(["GET", "HEAD", "POST"])
def standing_correct(request, pk):
    rows = Standing.objects.visible_to(request.user).select_related("period__plan__office", "task")
    standing = get_object_or_404(rows, pk=pk)
    period = standing.period
    require(can_manage_period(request.user, period))
    data = request.POST if request.method == "POST" else None
    if standing.task.is_project:
        return _correct_figures(request, standing, data)
    form = CorrectionForm(data, initial={"seen": standing.progress}, carried=carried_on(standing))
    if form.is_bound and form.is_valid():
        with told_on(form):
            corrected = correct(standing, request.user, **form.cleaned_data)
            names = "、".join(str(each.period) for each in corrected)
            messages.success(request, f"已更正{names}第{standing.task_number}项，原来的数字留在记录里。")
            return redirect(
                f"{reverse('standing_list')}?{urlencode({'plan': period.plan_id, 'month': f'{period.month:%Y-%m}'})}"
            )
    return show_reasoned(request, period, form, "更正月末进度", note=_note(standing))


def _correct_figures(request, standing, data):
    rows = standing.task.project.amounts.filter(month=standing.period.month)
    form = FiguresForm(data, initial=dict(rows.values_list("measure", "actual")))
    if form.is_bound and form.is_valid():
        with told_on(form):
            correct_project(standing, request.user, figures=form.figures, reason=form.cleaned_data["reason"])
            messages.success(request, f"已更正{standing.period}{standing.task_number}的数字，原来的数字留在记录里。")
            return redirect("project", standing.task_id)
    note = (
        f"{standing.task_number} {standing.task_title}当月结账时为进度{standing.progress}%、{standing.get_light_display()}："
        f"{standing.reason}。改后的数字入册，这个月和以后已结账月份的灯色重新判定，更正前后都留在记录里。"
    )
    return show_reasoned(request, standing.period, form, "更正项目数字", note=note)


def _note(standing):
    return (
        f"第{standing.task_number}项 {standing.task_title}（{standing.lead_name or '待分解'}）现为"
        f"进度{standing.progress}%、{standing.get_light_display()}：{standing.reason}。"
        "灯色按当月的亮灯规则和应达进度重新判定；更正前后都留在记录里，任务页、月末亮灯、汇总表和归档包都会注明。"
        "任务现在的进度只在以后月份没有审核通过的月报时随之变动；另有审核通过的进度的月份不变。"
    )
