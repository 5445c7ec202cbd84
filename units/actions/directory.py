"""The directory of units as the administrator keeps it: made, renamed, regrouped, respelled."""

from django.db import transaction

from kit import names
from kit.moves import lock, require
from kit.refusal import Refusal
from kit.trace import differences
from units.models import Unit, UnitEvent, UnitName
from units.permissions import can_manage_units

WORDS = ("name", "full_name", "order", "pinyin", "initials", "active_from", "active_to", "successor")


@transaction.atomic
def keep_unit(unit, by, *, note=""):
    """Store a new or changed unit; reports already filed keep the name they were filed under."""
    require(can_manage_units(by))
    stored = lock(unit) if unit.pk else None
    unit.name = names.tidy(unit.name)
    for _, sentence in faults_of(unit):
        raise Refusal(sentence)
    before = shown(stored) if stored else {}
    if stored and stored.name != unit.name:
        _spell_anew(unit, stored)
    unit.save()
    if not stored:
        UnitEvent.write(unit, by, "建立单位", note=note)
    elif changes := differences(before, shown(unit)):
        UnitEvent.write(unit, by, "修改单位", note=note, changes=changes)
    return unit


def faults_of(unit):
    """Yield (field, sentence) of what keeps ``unit`` from being stored."""
    if Unit.objects.of_name(unit.name).exclude(pk=unit.pk).exists():
        yield "name", f"已有名为“{unit.name}”的单位。"
    others = UnitName.objects.of_name(unit.name).exclude(unit=unit.pk).exclude(unit=unit.successor_id)
    if other := others.select_related("unit").first():
        yield "name", f"“{unit.name}”已是{other.unit.name}的其他写法，不能再作单位名称。"
    if unit.successor_id and unit.successor_id == unit.pk:
        yield "successor", "单位不能并入自己。"
    if unit.active_from and unit.active_to and unit.active_to < unit.active_from:
        yield "active_to", "停用日期不能早于启用日期。"


@transaction.atomic
def spell_unit(unit, spellings, by, *, note=""):
    require(can_manage_units(by))
    wanted = {names.key(name): names.tidy(name) for name in reversed(spellings)}
    stored = {each.key: each.name for each in unit.other_names.all()}
    if set(wanted) == set(stored):
        return unit
    taken = Unit.objects.of_name(*wanted).exclude(successor=unit).first()
    if taken or UnitName.objects.of_name(*wanted).exclude(unit=unit).exists():
        raise Refusal("其他写法与别的单位的名称或写法相同，请核对。")
    UnitName.objects.filter(unit=unit).exclude(key__in=wanted).delete()
    new = [name for key, name in reversed(wanted.items()) if key not in stored]
    UnitName.objects.bulk_create(UnitName(unit=unit, name=name) for name in new)
    kept = [name for key, name in stored.items() if key in wanted]
    changes = {"其他写法": ["、".join(stored.values()), "、".join([*kept, *new])]}
    UnitEvent.write(unit, by, "修改其他写法", note=note, changes=changes)
    return unit


@transaction.atomic
def withdraw_unit(unit, by, *, note=""):
    """Only one that nobody has used yet; its events stay."""
    require(can_manage_units(by))
    unit = lock(unit)
    UnitEvent.write(unit, by, "撤销单位", note=note, changes={"名称": [unit.name, ""]})
    unit.delete()


def _spell_anew(unit, stored):
    for field in ("pinyin", "initials"):
        if getattr(unit, field) == getattr(stored, field):
            setattr(unit, field, "")


def shown(unit):
    values = {unit._meta.get_field(name).verbose_name: str(getattr(unit, name) or "") for name in WORDS}
    signs = "须审签" if unit.head_signs else "不须审签"
    return values | {"同类组": unit.get_peer_group_display(), "月报审签": signs}
