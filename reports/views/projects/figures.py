"""The strip of figures above the list: what each says, and what it leads to."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from kit.charts import bars
from kit.rates import grouped, rounded
from tasks.lights import Light
from tasks.models import ProjectClass

WORDS = {Light.RED: "红", Light.YELLOW: "黄"}


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    small: str
    note: str
    href: str
    tone: str = ""
    track: str = ""


def hundred_millions(money):
    """亿元 of an amount in 万元, with two decimals."""
    return f"{rounded(money / 10000, 2)}"


def figures(programme):
    links = Links(programme)
    return [
        money(programme, links.rows()),
        lights(programme, links.rows(tab="lit")),
        _rate("新开工开工率", programme.started, "已开工 / 在册新开工项目", links.rows(tab=ProjectClass.NEW)),
        _rate("续建竣工", programme.completed, _to_complete(programme), links.rows(tab=ProjectClass.CONTINUED)),
        _rate("招商履约率", programme.fulfilled, _fulfilling(programme), links.rows(tab=ProjectClass.CONTRACTED)),
        approvals(programme, links.to("project_approvals")),
    ]


class Links:
    """Addresses that keep the plan, and the month where it is not the newest."""

    def __init__(self, programme):
        month = {} if programme.month == programme.newest else {"month": f"{programme.month:%Y-%m}"}
        self.base = {"plan": programme.plan.pk} | month

    def to(self, name, **more):
        return f"{reverse(name)}?{urlencode(self.base | more)}"

    def rows(self, **more):
        return self.to("project_list", **more)


def money(programme, href):
    sums, tone = programme.sums, _money_tone(programme)
    label, small = "年度投资", f"/ {hundred_millions(sums.year)} 亿元"
    if sums.year:
        words = f"落后计划 {-sums.ahead} 个百分点" if sums.ahead < 0 else "不落后于计划"
        label, small = f"{label}，{words}", f"{small} · {sums.share}%"
    share = f"（{sums.due_share}%）" if sums.year else ""
    note = f"到{programme.month.month}月末应完成 {hundred_millions(sums.due)} 亿元{share}"
    if gone := programme.stopped_money:
        note += f"；已调出项目另完成 {grouped(gone)} 万元"
    track = bars.track(sums.share, sums.due_share, tone or "done", wide=True) if sums.year else ""
    return Figure(label, hundred_millions(sums.done), small, note, href, "", track)


def _money_tone(programme):
    behind = -(programme.sums.ahead or 0)
    rules = programme.rules
    return "danger" if behind > rules.late_after else "warn" if behind > 0 else "good"


def lights(programme, href):
    sums, since = programme.sums, programme.since
    moved = " ".join(f"{WORDS[light]}{number:+d}" for light, number in since.items() if number)
    note = f"较上月末 {moved}" if moved else "与上月末持平" if since else "按年计划测算"
    return Figure("红灯 · 黄灯", str(sums.red), f"个 · 黄 {sums.yellow} 个", note, href, "danger" if sums.red else "")


def _rate(label, rate, note, href):
    if not rate.whole:
        return Figure(label, "—", "", "没有这类项目", href)
    return Figure(label, str(rate.part), f"/ {rate.whole} 个 · {rate.percent}%", note, href)


def _to_complete(programme):
    return f"到{programme.month.month}月末应竣工 {programme.to_be_completed} 个"


def _fulfilling(programme):
    return f"完成{'、'.join(programme.fulfilling)}之一的算履约" if programme.fulfilling else "还没有设定履约节点"


def approvals(programme, href):
    rows = programme.overdue_approvals
    if not rows:
        waiting = len(programme.approvals)
        return Figure("审批超时限", "0", "项", f"在审 {waiting} 项" if waiting else "没有在审的事项", href)
    units = len({each.unit_name for each in rows})
    note = f"{units}个审批单位，最长已办{max(each.waited for each in rows)}个工作日"
    return Figure("审批超时限", str(len(rows)), "项", note, href, "danger")
