"""总结 of half a year or a year: of a plan, of a unit, of what a county leader follows; from the figures bulletins have."""

from supervision.dashboard.figures import drafting
from supervision.dashboard.figures.bulletins import always, whole
from supervision.dashboard.figures.figure import drafter
from supervision.dashboard.figures.page import Page
from supervision.models import Paper


@drafter(Paper.Kind.SUMMARY)
def summary(scope, about):
    """What was done, what was handed down and held, what is open and what comes next."""
    page = Page(scope, **always(scope, about))
    names = "、".join(f"“{each.short_title}”" for each in scope.plans)
    whose = f"{scope.unit}承担的" if scope.unit else f"{scope.leader.name}同志联系的" if scope.leader else ""
    page.text(f"现将{scope.months_words}{whose}{names}工作总结如下，数字截至{page.put('as_of')}。")
    if scope.leader:
        _followed(page)
        return page.blocks
    whole(page, "主要成效和不足", "下步打算")
    return page.blocks


def _followed(page):
    """A leader's projects; tasks have no leader of their own."""
    page.heading("联系项目情况")
    if not page.says("projects_count"):
        page.text("所列范围内没有联系的重点项目。")
    drafting.overall_projects(page)
    page.text(page.say("推进较好的项目：{}。", "projects_good"))
    page.text(page.say("落后较多的项目：{}。", "projects_lagging"))
    page.annex("projects_lit", "红黄灯项目情况表")
