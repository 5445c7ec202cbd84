"""Schemes: written item by item and group by group until a round was published by them; then a further version follows."""

from django.db import transaction

from kit import clock
from kit.moves import change, lock, require
from kit.refusal import Already, Refusal
from kit.trace import differences
from supervision import scoring
from supervision.dashboard.metrics import METRICS
from supervision.dashboard.soundness import doubts, item_faults
from supervision.models.scheme import FullMark, PeerGroup, Scheme, SchemeEvent, SchemeItem
from supervision.permissions import can_run_scheme, can_write_schemes

HEAD = [
    "name",
    "purpose",
    "subjects",
    "months",
    "minimum",
    "low_count",
    "streak",
    "steps",
    "objection_workdays",
    "classes",
    "consequence",
    "basis",
]
ITEM = [
    "dimension",
    "title",
    "standard",
    "full",
    "way",
    "params",
    "metric",
    "scorer",
    "is_target",
    "self_scored",
    "missing",
    "basic",
    "task",
]


@transaction.atomic
def begin_scheme(plan, by, *, verb="制定", **values):
    """Write a scheme of the plan, by its office or a 督查室; ``by`` None is the system."""
    plan = lock(plan)
    require(not by or can_write_schemes(by, plan))
    _require_name(plan, values["name"])
    scheme = Scheme(plan=plan, unit=by.unit if by else plan.office, by=by, **values)
    scheme.save()
    SchemeEvent.write(scheme, by, verb)
    return scheme


def _require_name(plan, name, chain=()):
    if plan.schemes.filter(name=name).exclude(pk__in=chain).exists():
        raise Refusal(f"{plan.named}已有“{name}”，请另取名称，或者在那一份上改。")


def taken(scheme, by, seen_version=None):
    scheme = lock(scheme)
    require(not by or can_run_scheme(by, scheme))
    if seen_version not in (None, scheme.version):
        raise Refusal("这份考评办法刚刚有人改过，请按最新内容再改。")
    if scheme.is_locked:
        raise Refusal(f"{scheme}已经用过，不能再改；要改的请另立一版。")
    return scheme


def written(scheme, by, verb, note="", changes=None):
    change(scheme)
    SchemeEvent.write(scheme, by, verb, note=note, changes=changes)


@transaction.atomic
def change_scheme(scheme, by, *, seen_version=None, **values):
    scheme = taken(scheme, by, seen_version)
    if values.get("name", scheme.name) != scheme.name:
        if scheme.follows_id:
            raise Refusal("后一版沿用前一版的名称，不能改名。")
        _require_name(scheme.plan, values["name"], [scheme.pk])
    before = _described(scheme)
    for name, value in values.items():
        setattr(scheme, name, value)
    changes = differences(before, _described(scheme))
    if not changes:
        raise Already("没有改动。")
    scheme.save()
    written(scheme, by, "修改", changes=changes)
    return scheme


def _described(scheme):
    words = {Scheme._meta.get_field(name).verbose_name: getattr(scheme, name) for name in HEAD}
    return {word: value if isinstance(value, str | int) else str(value) for word, value in words.items()}


@transaction.atomic
def write_item(scheme, by, *, item=None, fulls=None, seen_version=None, **values):
    """Write an item, a new one last or ``item`` changed. ``fulls`` are {group key: full mark}; none of it: the same for all groups."""
    scheme = taken(scheme, by, seen_version)
    made = item is None
    before = {} if made else item_words(item)
    item = put_item(scheme, None if made else lock(item), fulls, **values)
    changes = {} if made else differences(before, item_words(item))
    written(scheme, by, "新增项目" if made else "修改项目", str(item), changes)
    return item


def put_item(scheme, item=None, fulls=None, **values):
    """As ``write_item``, inside an action on the locked scheme."""
    item = item or SchemeItem(scheme=scheme, number=scheme.items.count() + 1)
    for name, value in values.items():
        setattr(item, name, value)
    if found := item_faults(item, scheme):
        raise Refusal(next(iter(found.values())))
    item.save()
    if fulls is not None:
        _set_fulls(item, fulls)
    return item


def _set_fulls(item, fulls):
    item.full_marks.all().delete()
    FullMark.objects.bulk_create(FullMark(item=item, group_id=group, full=full) for group, full in fulls.items())


def item_words(item):
    own = "、".join(f"{each.group.name}{scoring.said(each.full)}" for each in item.full_marks.select_related("group"))
    return {
        "类别": item.dimension,
        "项目": item.title,
        "评分标准": item.standard,
        "满分": scoring.said(item.full),
        "分组满分": own,
        "计分": scoring.told(item.way, item.full, item.params),
        "取数": METRICS[item.metric].label if item.metric in METRICS else item.metric,
        "评分单位": str(item.scorer or ""),
    }


@transaction.atomic
def drop_item(item, by):
    scheme = taken(item.scheme, by)
    item = lock(item)
    if item.scores.exists():
        raise Refusal(f"第{item.number}项已在一次试算里有得分，不能删去；请先删去那次试算。")
    note = str(item)
    item.full_marks.all().delete()
    item.delete()
    for number, each in enumerate(scheme.items.order_by("number"), 1):
        if each.number != number:
            each.number = number
            each.save(update_fields=["number"])
    written(scheme, by, "删去项目", note)
    return scheme


@transaction.atomic
def write_group(scheme, by, *, name, units, group=None, is_outside=False, seen_version=None):
    """Write who is compared with one another; a unit stands in one group only."""
    scheme = taken(scheme, by, seen_version)
    others = scheme.groups.exclude(pk=group and group.pk)
    if others.filter(name=name).exists():
        raise Refusal(f"已有“{name}”组，请另取组名。")
    for other in others.prefetch_related("units"):
        if twice := [unit.name for unit in other.units.all() if unit in units]:
            raise Refusal(f"{'、'.join(twice)}已在“{other.name}”组，一个单位只能在一个组。")
    made = group is None
    before = {} if made else _members(group)
    group = put_group(scheme, None if made else lock(group), name=name, units=units, is_outside=is_outside)
    changes = {} if made else differences(before, _members(group))
    written(scheme, by, "新增考评组" if made else "修改考评组", name, changes)
    return group


def put_group(scheme, group=None, *, name, units, is_outside=False):
    """As ``write_group``, inside an action on the locked scheme, of units that stand in no other group."""
    group = group or PeerGroup(scheme=scheme, order=scheme.groups.count() + 1)
    group.name, group.is_outside = name, is_outside
    group.save()
    group.units.set(units)
    return group


def _members(group):
    units = "、".join(unit.name for unit in group.units.order_by("order", "pk"))
    return {"组名": group.name, "不参加排名": "是" if group.is_outside else "否", "单位": units}


@transaction.atomic
def drop_group(group, by):
    scheme = taken(group.scheme, by)
    group = lock(group)
    note = group.name
    group.full_marks.all().delete()
    group.delete()
    written(scheme, by, "删去考评组", note)
    return scheme


@transaction.atomic
def drop_scheme(scheme, by):
    scheme = taken(scheme, by)
    if scheme.rounds.exists():
        raise Refusal(f"{scheme}已有考评，不能删去。")
    SchemeEvent.write(scheme, by, "删去")
    plan = scheme.plan
    scheme.delete()
    return plan


@transaction.atomic
def next_version(scheme, by):
    """Begin the next version of a scheme that was used: the same, to be changed."""
    scheme = lock(scheme)
    require(can_run_scheme(by, scheme))
    if not scheme.is_locked:
        raise Refusal(f"{scheme}还没有用过，可以直接改。")
    if newer := Scheme.objects.filter(follows=scheme).first():
        raise Already(f"已有{newer}，没有重复另立。")
    values = {name: getattr(scheme, name) for name in HEAD}
    made = Scheme(plan=scheme.plan, unit=scheme.unit, by=by, follows=scheme, serial=scheme.serial + 1, **values)
    made.save()
    groups = {}
    for group in scheme.groups.order_by("order", "pk"):
        copy = PeerGroup.objects.create(scheme=made, name=group.name, order=group.order, is_outside=group.is_outside)
        copy.units.set(group.units.all())
        groups[group.pk] = copy.pk
    for item in scheme.items.prefetch_related("full_marks"):
        values = {name: getattr(item, name) for name in ITEM}
        copy = SchemeItem.objects.create(scheme=made, number=item.number, **values)
        _set_fulls(copy, {groups[each.group_id]: each.full for each in item.full_marks.all()})
    SchemeEvent.write(made, by, "另立一版", note=str(scheme))
    return made


def require_sound(scheme):
    if stops := [each.sentence for each in doubts(scheme) if each.stops]:
        raise Refusal(f"{scheme}还不能用：{stops[0]}")


@transaction.atomic
def lock_scheme(scheme, by):
    """Once a round was published by it a scheme stays as it is."""
    scheme = lock(scheme)
    if not scheme.is_locked:
        scheme.locked_at = clock.now()
        scheme.save(update_fields=["locked_at"])
        SchemeEvent.write(scheme, by, "启用")
    return scheme
