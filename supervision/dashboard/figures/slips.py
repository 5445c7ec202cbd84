"""Papers of one matter to one unit: the slips of a directive and the notice of an interview."""

from kit import clock
from kit.addresses import address_of
from reports.models import Workday
from supervision.dashboard.figures.figure import NOTHING, BlockSpec, Figure, drafter, source
from supervision.dashboard.figures.page import Page
from supervision.dashboard.figures.scope import EYES
from supervision.interviewing import REPORTED_WITHIN
from supervision.models import Directive, Paper, Plea

SLIP, NOTICE, URGING, EXTENSION, CLOSING = "交办单", "督办通知", "催办通知", "延期审批意见", "销号单"


def day_words(day):
    return f"{day.year}年{day.month}月{day.day}日" if day else "　"


COUNTS = {"refusals": "退回次数", "extensions": "延期次数", "rebounds": "反弹次数"}


def _row(directive):
    return Directive.objects.visible_to(EYES).filter(pk=directive).first()


@source("directive_stands", "交办事项的期限情况", "directive")
def stands(scope, directive=None):
    """As the page of the matter has it, on the day of the moment."""
    if (row := _row(directive)) is None:
        return Figure(NOTHING, "没有这件交办事项")
    words = row.finishing(scope.day).words(Workday.test())
    return Figure(words, f"期限{day_words(row.day)}，按工作日计算", (), address_of("directive", row.pk))


@source("directive_count", "交办事项的次数", "directive", "of")
def count(scope, directive=None, of=""):
    if (row := _row(directive)) is None:
        return Figure(NOTHING, "没有这件交办事项")
    number = getattr(row, of)
    return Figure(str(number), COUNTS[of], (), address_of("directive", row.pk), number, label=COUNTS[of])


@drafter(Paper.Kind.SLIP)
def slip(scope, about):
    """Which slip it is its title says; without a directive there is nothing to draft."""
    row = about.get("directive")
    if row is None:
        return []
    page = Page(scope, directive=row.pk)
    word = about.get("title", "").partition("：")[0]
    opening = {NOTICE: _notice, URGING: _urging, EXTENSION: _extension, CLOSING: _closing}.get(word, _slip)
    opening(page, row)
    if word != EXTENSION:
        _points(page, row, answers=word not in (SLIP, ""))
    if word in (SLIP, NOTICE, URGING, ""):
        page.text(f"不能按期办结的，请在期限以前向{row.issuer}说明理由和目前进展，申请延期。")
    return page.blocks


def _slip(page, row):
    basis = f"根据{row.ordered_by.name}同志批示，" if row.ordered_by else ""
    origin = f"（来源：{row.get_kind_display()}）"
    page.text(
        f"{basis}现将“{row.title}”{origin}交你单位办理，请于{day_words(row.sign_by)}前签收，",
        f"{day_words(row.first_due_on)}前办结，结果报{row.issuer}。",
    )
    page.text(f"原文：{row.source_text}" if row.source_text else "")


def _notice(page, row):
    page.text(
        f"{row.code}“{row.title}”由你单位承办，期限{day_words(row.due_on)}，{page.put('directive_stands')}。",
        f"请对照要求抓紧办理，于期限前将结果报{row.issuer}。",
    )


def _urging(page, row):
    urged = row.events.filter(verb="催办").newest().first()
    page.text(
        f"{row.code}“{row.title}”期限{day_words(row.due_on)}，{page.put('directive_stands')}。",
        f"{urged.note}。" if urged and urged.note else "",
        f"接此通知后，请立即办理并将进展报{row.issuer}。",
    )


def _extension(page, row):
    plea = row.pleas.filter(kind=Plea.Kind.EXTENSION).order_by("-at", "-pk").first()
    if plea is None:
        page.text(f"{row.code}“{row.title}”没有延期申请。")
        return
    asked = clock.local(plea.at).date()
    page.text(
        f"你单位{day_words(asked)}就{row.code}“{row.title}”提出延期到{day_words(plea.until)}的申请收悉"
        f"（申请时期限{day_words(plea.due_then)}）。"
    )
    page.text(f"申请理由：{plea.reason}" if plea.reason else "", f"目前进展：{plea.progress}" if plea.progress else "")
    opinions = {
        Plea.Answer.GRANTED: f"经研究，同意延期，新的期限为{day_words(row.due_on)}。",
        Plea.Answer.DENIED: f"经研究，不同意延期，仍按{day_words(plea.due_then)}办结。",
    }
    page.text(opinions.get(plea.answer, "申请正在研究。"), plea.note)


def _closing(page, row):
    closed = row.closed_at and clock.local(row.closed_at).date()
    page.text(f"{row.code}“{row.title}”已于{day_words(closed)}核查销号，{page.put('directive_stands')}。")
    page.text(f"核查情况：{row.conclusion}" if row.conclusion else "")
    told = [page.say(f"{words[:2]}{{}}次", "directive_count", of=key) for key, words in COUNTS.items()]
    page.text(f"办理期间{'、'.join(filter(None, told))}。" if any(told) else "")


def _points(page, row, *, answers):
    page.text("办理要求：" if row.points.all() else "")
    for each in row.points.all():
        until = f"（{day_words(each.due_on)}前）" if each.due_on else ""
        page.text(f"{each.number}.{each.text.rstrip('。')}{until}。", _answered(each) if answers else "")


def _answered(point):
    told = f"答复：{point.answer.rstrip('。')}。" if point.answer else ""
    return told + (f"还要：{point.wanting.rstrip('。')}。" if point.is_open and point.wanting else "")


@drafter(Paper.Kind.INTERVIEW)
def notice(scope, about):
    """When and where; what it is about stays between those who talk: the unit's people and overseers read this."""
    row = about.get("occasion")
    if row is None:
        return []
    page = Page(scope)
    why = f"因{row.basis}，" if row.basis else ""
    level = row.get_level_display() if row.level else "约谈"
    page.text(f"{why}经研究，决定对你单位进行{level}。请按下列安排准时参加，不得委托他人。")
    page.blocks.append(BlockSpec("TABLE", "", content=_arrangements(row, scope.unit)))
    limit = Figure(
        str(REPORTED_WITHIN),
        "约谈后书面报告的工作日数",
        (),
        address_of("occasion", row.pk),
        REPORTED_WITHIN,
        "报告期限",
    )
    figures = {"interview_days": limit.plain("", {})}
    told = f"约谈后⟦interview_days⟧个工作日内，请将整改措施和完成时限以书面形式报送{row.unit or '组织单位'}。"
    page.blocks.append(BlockSpec("TEXT", told, figures))
    return page.blocks


def _arrangements(row, unit):
    stops = [each for each in row.stops.all() if unit is None or each.answering == unit]
    hour = next((f" {each.hour:%H:%M}" for each in stops if each.hour), "")
    people = "、".join(f"{each.answering or ''}{each.people}" for each in stops)
    pairs = (
        ("被约谈人", people or str(unit or "")),
        ("约谈人", row.chair),
        ("时间", day_words(row.held_on) + hour),
        ("地点", row.place),
        ("联系人和电话", row.contact),
    )
    return {"heads": [["事项", "安排"]], "rows": [list(each) for each in pairs], "sum": None, "wide": False}
