"""Lists beside that of key projects: approvals that wait, what lacks of 五个一, a county leader's own."""

from collections import Counter

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.charts.bars import track
from kit.moves import require
from kit.sheets import exported
from kit.tables import Table
from reports.dashboard.led import LedProjects
from reports.permissions import can_lead_projects
from reports.tables.project_lists import APPROVALS, GAPS
from reports.views.projects.figures import Links, hundred_millions
from reports.views.projects.programme import of_programme


@of_programme
def project_approvals(request, programme):
    table = Table(
        APPROVALS,
        programme.approvals,
        params=request.GET,
        empty="没有报审后尚未办结的事项。报审日期和时限在项目页的节点里填写。",
        name="待办审批",
    )
    over = Counter(each.unit_name or "未写明" for each in programme.overdue_approvals)
    context = {
        "title": "审批等候",
        "about": "报审以后尚未办结的事项，按工作日历计算已等的工作日；超过审批单位时限的在前。",
        "note": "、".join(f"{unit} {count} 项" for unit, count in over.most_common()),
        "note_head": "超时限的审批单位",
    }
    return _shown(request, programme, table, context)


@of_programme
def project_gaps(request, programme):
    table = Table(GAPS, programme.gaps, params=request.GET, empty="应配齐的项目都已配齐。", name="五个一空缺")
    missing = Counter(word for each in programme.gaps for word in each.missing)
    context = {
        "title": "五个一空缺",
        "about": "一个项目、一名领导、一个单位、一名特派员、一套时间表；只查三个十、新开工、续建、招商履约项目。",
        "note": "、".join(f"{word} {count} 个" for word, count in missing.most_common()),
        "note_head": "空缺",
    }
    return _shown(request, programme, table, context)


@require_safe
def project_mine(request):
    require(can_lead_projects(request.user))
    return _mine(request)


@of_programme
def _mine(request, programme):
    led, links = LedProjects(programme), Links(programme)
    context = {
        "programme": programme,
        "led": led,
        "rows": links.rows(tab="mine"),
        "chart": links.to("project_map", tab="mine"),
        "tracks": [(each, _track(each.stand)) for each in led.projects],
        "done": hundred_millions(led.sums.done),
        "year": hundred_millions(led.sums.year),
    }
    return render(request, "reports/project/mine.html", context)


def _track(stand):
    return track(stand.share, stand.due_share, stand.light.tone, wide=True) if stand.year else ""


def _shown(request, programme, table, context):
    if request.GET.get("format") == "xlsx":
        return exported(table, f"{programme.plan.year}年重点项目{context['title']}", left_note=context["about"])
    context |= {"programme": programme, "table": table}
    return render(request, "reports/project/rows.html", context)
