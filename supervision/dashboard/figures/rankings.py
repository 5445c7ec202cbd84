"""Drafts of ranking bulletins, and of their media version without reasons."""

from supervision.dashboard.figures.figure import drafter
from supervision.dashboard.figures.page import Page
from supervision.dashboard.figures.rounds import groups_of, record_of
from supervision.models import Paper

Kind = Paper.Kind


@drafter(Kind.RANKING)
def ranking(scope, about):
    page, found = _begun(scope, about)
    for place, group in enumerate(found):
        page.heading(group["name"])
        with page.about(group=place):
            _told(page, group)
            page.table("round_ranking", f"{group['name']}得分排名表")
    if found:
        page.heading("结果运用")
        page.text(about["round"].scheme.consequence)
    return page.blocks


def _told(page, group):
    if group["outside"]:
        page.text(f"{page.put('round_subjects')}个对象不参加排名，只列得分。")
        return
    if not _is_ranked(group):
        page.text(f"{page.put('round_subjects')}个对象家数不足，不排名，只列得分。")
        return
    page.text(
        f"共{page.put('round_subjects')}个对象。居前的：{page.put('round_first')}。",
        f"名次上升最多的：{page.put('round_moved')}。" if page.figure("round_moved").records else "",
        f"靠后的：{page.put('round_low')}。",
        f"主要失分：{page.put('round_low_why')}。" if page.figure("round_low_why").records else "",
    )


def _is_ranked(group):
    return not group["outside"] and any(row["rank"] for row in group["rows"])


@drafter(Kind.MEDIA)
def media(scope, about):
    page, found = _begun(scope, about)
    for place, group in enumerate(found):
        if _is_ranked(group):
            page.heading(group["name"])
            with page.about(group=place):
                page.table("round_places", f"{group['name']}名次表")
    return page.blocks


def _begun(scope, about):
    round_ = about.get("round")
    if round_ is None:
        page = Page(scope)
        page.text("请先选定一次已公布的考评，再起草排名通报。")
        return page, []
    page = Page(scope, round=round_.pk)
    if record_of(scope, round_.pk) is None:
        page.text(f"{round_}还没有公布，公布后再起草排名通报。")
        return page, []
    basis = round_.scheme.basis
    page.text(f"根据{basis}，" if basis else "", f"现将{round_}结果通报如下。")
    return page, groups_of(scope, round_.pk)
