"""What stands against a scheme before it is used: what must be mended first, and what its office is only told."""

from dataclasses import dataclass
from decimal import Decimal

from supervision import scoring
from supervision.dashboard.metrics import METRICS
from supervision.forbidden import named
from supervision.models.round import Round
from supervision.models.scheme import SchemeItem
from supervision.scoring import said

WHOLE = Decimal(100)
PEOPLE = (SchemeItem.Way.HAND, SchemeItem.Way.PANEL)


@dataclass(frozen=True)
class Doubt:
    """``stops`` says whether a round may begin by the scheme as it is; ``item`` and ``group`` are which it is about."""

    sentence: str
    stops: bool = True
    item: int | None = None
    group: int | None = None


def doubts(scheme):
    """[Doubt] of a scheme, what stops first."""
    items = list(scheme.items.prefetch_related("full_marks").order_by("number"))
    groups = list(scheme.groups.prefetch_related("units").order_by("order", "pk"))
    found = [*_sums(items, groups), *_members(scheme, groups), *_steps(scheme, items)]
    for item in items:
        found += [
            Doubt(f"第{item.number}项{item.title}：{each}", item=item.pk)
            for each in item_faults(item, scheme, groups).values()
        ]
        found += [Doubt(f"第{item.number}项{item.title}：{told}", False, item.pk) for told in warnings(item)]
    return sorted(found, key=lambda each: not each.stops)


def item_faults(item, scheme, groups=()):
    """{field: sentence} about one item alone; of the params of its way as ``params.<name>``."""
    found = {f"params.{name}": told for name, told in scoring.faults(item.way, item.full, item.params).items()}
    if told := _metric_fault(item, scheme):
        found["metric"] = told
    if item.missing == SchemeItem.Missing.BASIC and (item.basic is None or item.basic > item.full):
        found["basic"] = f"不适用时给基本分的，请写明基本分，不超过满分{said(item.full)}分。"
    own = {each.group_id for each in item.full_marks.all()} if item.pk else set()
    if own and (lacking := [group.name for group in groups if group.pk not in own]):
        found["full"] = f"没有给“{'、'.join(lacking)}”组定满分；这一组不评的写0。"
    return found


def _metric_fault(item, scheme):
    metric = METRICS.get(item.metric)
    if not item.metric:
        return ""
    if metric is None:
        return f"没有“{item.metric}”这种取数，请重选。"
    if scheme.subjects not in metric.fits:
        return f"“{metric.label}”不能用来评{scheme.get_subjects_display()}，请重选取数。"
    if item.way in PEOPLE:
        return f"“{item.get_way_display()}”由人评定，不能再选取数。"
    other = set(item.params.get("each", ())) - set(metric.events) if item.way == SchemeItem.Way.EVENTS else ()
    events = "、".join(metric.events) or "（没有可扣分的情形）"
    return f"“{metric.label}”里没有“{'、'.join(sorted(other))}”，可写的是{events}。" if other else ""


def warnings(item):
    """What the rules of 2024 forbid to count, by name; the office decides."""
    return [f"写到“{word}”，按2024年减负规定，{told}。" for word, told in named(f"{item.title}。{item.standard}")]


def _sums(items, groups):
    counted = [item for item in items if not item.is_extra]
    whole = sum((item.full for item in counted), Decimal(0))
    if not items:
        yield Doubt("还没有考评项目。")
    elif whole != WHOLE:
        word = "差" if whole < WHOLE else "多"
        yield Doubt(f"各项满分合计{said(whole)}，不是100，{word}{said(abs(WHOLE - whole))}分。")
    for group in groups:
        own = sum((full_of(item, group) for item in counted), Decimal(0))
        if own > WHOLE >= whole:
            yield Doubt(f"“{group.name}”组的满分合计{said(own)}，超过100。", group=group.pk)
        elif own < whole and counted:
            yield Doubt(f"“{group.name}”组的满分合计{said(own)}，得分按{said(whole)}折算。", False, group=group.pk)


def full_of(item, group):
    return next((each.full for each in item.full_marks.all() if each.group_id == group.pk), item.full)


def _members(scheme, groups):
    if not groups:
        yield Doubt("还没有考评组。")
    seen = {}
    for group in groups:
        units = list(group.units.all())
        for unit in units:
            if other := seen.get(unit.pk):
                yield Doubt(f"{unit}既在“{other}”组，又在“{group.name}”组。", group=group.pk)
            seen[unit.pk] = group.name
        if scheme.subjects != scheme.Subjects.UNIT or group.is_outside:
            continue
        if not units:
            yield Doubt(f"“{group.name}”组里没有单位。", group=group.pk)
        elif len(units) < scheme.minimum:
            told = f"“{group.name}”组只有{len(units)}家，少于成组最少{scheme.minimum}家：只列得分，不排名次。"
            yield Doubt(told, False, group=group.pk)
        elif scheme.low_count >= len(units):
            told = f"“{group.name}”组{len(units)}家，末{scheme.low_count}名为靠后，除第1名外都会列入。"
            yield Doubt(told, False, group=group.pk)


def _steps(scheme, items):
    if Round.Status.SELF in scheme.steps and items and not any(item.self_scored for item in items):
        yield Doubt("步骤里有自评，但没有一项要单位自评。", False)
    by_hand = [item for item in items if not item.metric]
    if by_hand and Round.Status.MARKING not in scheme.steps:
        titles = "、".join(item.title for item in by_hand[:3])
        yield Doubt(f"“{titles}”要人评分，但步骤里没有评分。")
