"""The paragraphs of bulletins, each said only where there is something to say."""

from supervision.dashboard.figures import directives, projects
from supervision.models import Occasion

Kind = Occasion.Kind


def overall_tasks(page):
    if not page.says("tasks_total"):
        page.text("所列范围内没有在执行的任务。")
        return
    page.text(
        f"截至{page.put('until')}，{page.put('tasks_total')}项任务平均进度{page.put('tasks_progress')}，",
        f"应达进度{page.put('tasks_expected')}，与序时相比{page.put('tasks_gap')}。",
        _lights(page),
        f"红灯任务比上月{page.put('tasks_moved', light='RED')}。" if page.scope.tasks_before else "",
        page.say("已超过完成时限的{}项。", "tasks_overdue"),
    )


def _lights(page):
    words = {"BLUE": "已办结", "GREEN": "绿灯", "YELLOW": "黄灯", "RED": "红灯", "GREY": "暂不评灯"}
    told = [f"{word}{page.put('tasks_light', light=light)}项" for light, word in words.items()]
    return "其中" + "、".join(told) + "。"


def overall_projects(page):
    if not page.says("projects_count"):
        return
    scale = projects.scale_of(page.scope, **page.always_of("projects_money"))
    word = "亿元" if scale == "YI" else "万元"
    page.text(
        f"截至{page.put('projects_until')}，{page.put('projects_count')}个重点项目累计完成投资",
        f"{page.put('projects_money', measure='done', scale=scale)}{word}，占年计划",
        f"{page.put('projects_money', measure='year', scale=scale)}{word}的{page.put('projects_share')}，",
        f"与应完成进度相比{page.put('projects_lag')}。" if page.says("projects_share") else "没有年计划可比。",
        _rates(page),
        f"亮红灯{page.put('projects_count', light='RED')}个、黄灯{page.put('projects_count', light='YELLOW')}个。",
    )
    page.table("projects_by_class", "分类别项目情况")
    if page.says("projects_statistics", scale=scale):
        said, gap = (page.put(name, scale=scale) for name in ("projects_statistics", "projects_statistics_gap"))
        page.text(f"注：统计部门同期数为{said}{word}，与项目汇总相差{gap}{word}，统计范围不同。")


RATES = {
    "started": "{whole}个新开工项目已开工{part}个，开工率{rate}",
    "completed": "应竣工的{whole}个续建项目已竣工{part}个",
    "fulfilled": "{whole}个招商履约项目已履约{part}个，履约率{rate}",
}


def _rates(page):
    """Of a whole plan; a choice of projects has none of its own."""
    if set(page.always) - {"plan"}:
        return ""
    told = []
    for rate, words in RATES.items():
        if page.says("projects_rate_whole", rate=rate):
            names = {"whole": "projects_rate_whole", "part": "projects_rate_part", "rate": "projects_rate"}
            told.append(words.format(**{name: page.put(key, rate=rate) for name, key in names.items()}))
    return "；".join(told) + "。" if told else ""


def named(page):
    page.text(page.say("推进较好的任务：{}。", "tasks_good"))
    page.text(page.say("推进较好的项目：{}。", "projects_good"))
    page.text(page.say("平均进度居前的单位：{}。", "units_best") if _several(page) else "")
    lagging(page)
    page.text(page.say("平均进度落后较多的单位：{}。", "units_last") if _several(page) else "")


def lagging(page):
    page.text(page.say("落后较多的任务：{}。", "tasks_lagging"))
    page.text(page.say("落后较多的项目：{}。", "projects_lagging"))


def _several(page):
    """Units are compared where there are several to compare."""
    return not {"unit", "section", "action"} & set(page.always) and len({each.lead for each in page.scope.tasks}) > 1


def filing(page):
    if not page.says("reports_count", fact="owed"):
        return
    page.text(
        f"应报月报{page.put('reports_count', fact='owed')}份，按时报送{page.put('reports_count', fact='on_time')}份",
        page.say("、迟报{}份", "reports_count", fact="late"),
        page.say("，按时率{}", "reports_on_time") + "。",
        _missing(page),
    )
    if "unit" in page.always:
        return
    waiting = f"尚有{page.put('review_waiting')}份待审核，最久的已{page.put('review_longest')}天。"
    page.text(
        page.say("办公室审核平均用时{}天。", "review_days"),
        waiting if page.says("review_waiting") else "",
    )


def _missing(page):
    told = f"未报送的单位：{page.put('reports_missing_named', fact='missing')}。"
    told += f"迟报的单位：{page.put('reports_missing_named', fact='late')}。"
    if page.says("reports_count", fact="lapsed"):
        told += f"退回后未重报的单位：{page.put('reports_missing_named', fact='lapsed')}。"
    return told


def handed_down(page):
    if not page.says("directives_issued"):
        return
    columns = [f"{word}{page.put('directives_column', column=name)}件" for name, word in directives.COLUMNS.items()]
    page.text(
        f"今年以来交办{page.put('directives_issued')}件（按承办单位计）：{'，'.join(columns)}",
        page.say("；销号率{}", "directives_rate") + "。",
        page.say("本期新交办{}件。", "directives_new"),
        f"逾期{page.put('directives_late')}件：{page.put('directives_late_named')}。"
        if page.says("directives_late")
        else "",
    )
    if not set(page.always) - {"plan"}:
        page.table("directives_by_unit", "分单位交办情况", rows=2)


HELD = {Kind.MEETING: "召开会议", Kind.INSPECTION: "开展督查", Kind.VISIT: "县领导现场走访", Kind.INTERVIEW: "约谈"}


def held(page):
    told = [page.say(f"{word}{{}}次", "occasions_held", kind=kind.value) for kind, word in HELD.items()]
    page.text(
        f"本期{'、'.join(filter(None, told))}。" if any(told) else "",
        page.say("议定事项{}件。", "items_settled"),
        f"发现问题{page.put('items_found')}个，整改率{page.put('items_mended')}。" if page.says("items_found") else "",
    )
    page.text(page.say("发现的主要问题：{}。", "items_found_named"))


def problems(page):
    page.text(
        f"受阻的项目{page.put('projects_stuck')}个：{page.put('projects_stuck_named')}。"
        if page.says("projects_stuck")
        else "",
        page.say("审批超时限{}项。", "approvals_over"),
        page.say("五个一有空缺的项目{}个。", "projects_gaps"),
    )
    page.text(
        f"同意任务变更{page.put('changes_agreed')}件：{page.put('changes_named')}。"
        if page.says("changes_agreed")
        else ""
    )


def demands(page):
    overdue = "逾期的交办事项，由承办单位逐件说明原因，抓紧办结。"
    page.text(
        f"{page.put('tasks_due_next_month')}到期的任务：{page.put('tasks_due_next')}，请责任单位抓紧办结。"
        if page.says("tasks_due_next")
        else "",
        overdue if page.says("directives_late") else "",
        "亮红灯的，由牵头单位分析原因，排出赶超计划。" if page.says("tasks_light", light="RED") else "",
        page.say("下月月报请于{}报送。", "filing_next"),
    )


def annexes(page):
    page.annex("tasks_slow", "红黄灯任务情况表")
    page.annex("projects_lit", "红黄灯项目情况表")
    if "unit" not in page.always:
        page.annex("reports_not_on_time", "未按时报送情况表")
