"""Drafts of bulletins and of reports upward: of one plan, of several, of one unit, section or action."""

from supervision.dashboard.figures import drafting
from supervision.dashboard.figures.figure import drafter
from supervision.dashboard.figures.page import Page
from supervision.models import Paper

Kind = Paper.Kind
ABOUT = ("plan", "section", "unit", "action", "cause")


def always(scope, about):
    """What every figure of the draft is asked with: what the paper is about, of several plans nothing."""
    found = {name: about[name] for name in ABOUT if about.get(name)}
    if scope.unit:
        found["unit"] = scope.unit.pk
    if scope.leader:
        found["leader"] = scope.leader.pk
    return found


@drafter(Kind.BULLETIN)
def bulletin(scope, about):
    page = Page(scope, **always(scope, about))
    opening(page, about)
    whole(page, "推进情况", "下步要求")
    return page.blocks


def whole(page, named, demands):
    """Everything there is to tell of the months, under what who is named and what is demanded are headed by."""
    overall(page)
    page.heading(named)
    drafting.named(page)
    page.heading("报送和审核情况")
    drafting.filing(page)
    page.heading("交办和督查情况")
    drafting.handed_down(page)
    drafting.held(page)
    page.heading("存在问题和变更")
    drafting.problems(page)
    page.heading(demands)
    drafting.demands(page)
    drafting.annexes(page)


def opening(page, about):
    scope = page.scope
    basis = "、".join(dict.fromkeys(each.document_number for each in scope.plans if each.document_number))
    who = about.get("issuer") or "、".join(dict.fromkeys(str(each.office) for each in scope.plans))
    names = "、".join(f"“{each.short_title}”" for each in scope.plans) + about.get("part", "")
    page.text(
        f"根据{basis}要求，" if basis else "",
        f"{who}对{names}{scope.months_words}工作推进情况进行了汇总，数字截至{page.put('as_of')}。现通报如下。",
    )


def overall(page):
    """Of one plan in a piece; of several all together, then plan by plan."""
    page.heading("总体情况")
    drafting.overall_tasks(page)
    if len(page.scope.plans) == 1 or page.always:
        if page.says("tasks_total") and not {"section", "unit"} & set(page.always):
            page.table("tasks_by_section", "分章节任务情况", rows=2)
        drafting.overall_projects(page)
        if not {"section", "unit", "action"} & set(page.always):
            page.table("tasks_by_unit", "分单位任务情况", rows=2)
        return
    page.table("tasks_by_plan", "任务情况")
    page.table("reports_by_plan", "报送情况")
    for plan in page.scope.plans:
        page.heading(plan.short_title, level=2)
        with page.about(plan=plan.pk):
            drafting.overall_tasks(page)
            drafting.overall_projects(page)
            drafting.named(page)


@drafter(Kind.REPORT)
def report(scope, about):
    """Upward: how it stands, what holds it up, what only leaders can settle."""
    page = Page(scope, **always(scope, about))
    names = "、".join(f"“{each.short_title}”" for each in scope.plans) + about.get("part", "")
    page.text(f"现将{names}{scope.months_words}推进情况报告如下，数字截至{page.put('as_of')}。")
    overall(page)
    page.heading("主要问题")
    drafting.lagging(page)
    drafting.problems(page)
    page.heading("交办和督查情况")
    drafting.handed_down(page)
    drafting.held(page)
    page.heading("请县领导协调的事项")
    if page.says("directives_up"):
        page.text(f"需县级领导或主要领导定的交办事项{page.put('directives_up')}件：{page.put('directives_up_named')}。")
    page.annex("tasks_slow", "红黄灯任务情况表")
    page.annex("projects_lit", "红黄灯项目情况表")
    return page.blocks
