"""Units renamed, merged and abolished: the directory's part. What follows for tasks and reports has its door above."""

import datetime

from django.db import transaction

from kit import clock, names
from kit.moves import lock, require, require_said
from kit.refusal import Refusal
from kit.trace import differences
from units.actions.directory import keep_unit, shown
from units.models import AccountEvent, Contact, Unit, UnitEvent, UnitName, User
from units.permissions import can_manage_units

DAY = datetime.timedelta(days=1)


def _require(by, effective_on, reason):
    require(can_manage_units(by))
    require_said(reason, "请写明依据（文号或原因）。")
    if effective_on > clock.today():
        raise Refusal("生效日期还没有到，请在生效当天或以后办理。")


def words_of(effective_on, reason):
    """How the trace of every thing touched names the change."""
    return f"{reason.strip()}，{effective_on:%Y-%m-%d}起"


@transaction.atomic
def rename_unit(unit, by, *, name, full_name, effective_on, reason, keep_name=True):
    """The old name stays a spelling of it where wanted. Reports filed keep the old name."""
    _require(by, effective_on, reason)
    unit = lock(unit)
    _refuse_abolished(unit)
    name = names.tidy(name)
    if name == unit.name:
        raise Refusal("新名称与原名称相同。")
    _refuse_taken(name, unit)
    note, old = words_of(effective_on, reason), unit.name
    UnitName.objects.of_name(name).filter(unit=unit).delete()
    unit.name, unit.full_name, unit.pinyin, unit.initials = name, full_name, "", ""
    unit = keep_unit(unit, by, note=f"更名：{note}")
    if keep_name and names.key(old) != unit.key:
        UnitName.objects.create(unit=unit, name=old)
        UnitEvent.write(unit, by, "保留原名称为其他写法", note=note, changes={"其他写法": ["", old]})
    return unit


def _refuse_taken(name, unit):
    if Unit.objects.of_name(name).exclude(pk=unit.pk).exists():
        raise Refusal(f"已有名为“{name}”的单位，请改用合并。")


def _refuse_abolished(unit):
    if unit.active_to:
        raise Refusal(f"{unit.name}已于{unit.active_to:%Y-%m-%d}停用。")


@transaction.atomic
def merge_units(units, successor, by, *, effective_on, reason, keep_names=True, keep_contacts=True):
    """Abolish ``units`` from ``effective_on`` in favour of ``successor``, on record or new; return the successor.

    Accounts move; the old names and spellings become the successor's, and contacts it lacks, where wanted.
    """
    _require(by, effective_on, reason)
    units = list(
        Unit.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in units]).order_by("order")
    )
    if successor.pk:
        successor = lock(successor)
    _refuse_merger(units, successor, effective_on)
    note = words_of(effective_on, reason)
    successor = _receive(units, successor, by, effective_on, note)
    for unit in units:
        _abolish(unit, successor, by, effective_on, note)
        _move_accounts(unit, successor, by, note)
        _move_names(unit, successor, by, note, keep_names)
        if keep_contacts:
            _lend_contacts(unit, successor, by, note)
    return successor


def _refuse_merger(units, successor, effective_on):
    if not units:
        raise Refusal("请选择被并入、撤销的单位。")
    if successor.pk in {unit.pk for unit in units}:
        raise Refusal("承接单位不能同时是被撤销的单位。")
    for unit in [*units, *([successor] if successor.pk else [])]:
        _refuse_abolished(unit)
        if unit.active_from and unit.active_from >= effective_on and unit != successor:
            raise Refusal(f"{unit.name}{unit.active_from:%Y-%m-%d}才启用，生效日期须晚于这一天。")


def _receive(units, successor, by, effective_on, note):
    """Return the successor as it is on record; a new one begins on the effective day."""
    if successor.pk:
        return successor
    if Unit.objects.of_name(successor.name).exists():
        raise Refusal(f"已有名为“{successor.name}”的单位，请在承接单位中直接选它。")
    # One of the merged may have been called so; the name passes to the new unit.
    UnitName.objects.of_name(successor.name).filter(unit__in=units).delete()
    successor.active_from = effective_on
    return keep_unit(successor, by, note=note)


def _abolish(unit, successor, by, effective_on, note):
    before = shown(unit)
    unit.active_to, unit.successor = effective_on - DAY, successor
    unit.save(update_fields=["active_to", "successor"])
    UnitEvent.write(unit, by, "撤销并入", note=note, changes=differences(before, shown(unit)))
    UnitEvent.write(successor, by, "承接", note=note, changes={"承接单位": ["", unit.name]})


def _move_accounts(unit, successor, by, note):
    for user in User.objects.select_for_update(of=("self",)).filter(unit=unit).order_by("pk"):
        user.unit = successor
        user.save(update_fields=["unit"])
        AccountEvent.write(user, by, "调动单位", note=note, changes={"所在单位": [unit.name, successor.name]})


def _move_names(unit, successor, by, note, keep_names):
    moved = list(UnitName.objects.filter(unit=unit).values_list("name", flat=True))
    if not keep_names:
        return
    UnitName.objects.filter(unit=unit).update(unit=successor)
    UnitName.objects.get_or_create(key=names.key(unit.name), defaults={"name": unit.name, "unit": successor})
    told = "、".join([unit.name, *moved])
    UnitEvent.write(successor, by, "增加其他写法", note=note, changes={"其他写法": ["", told]})


def _lend_contacts(unit, successor, by, note):
    named = set(successor.contacts.values_list("post", flat=True))
    lent = [each for each in unit.contacts.all() if each.post not in named]
    Contact.objects.bulk_create(
        Contact(unit=successor, post=each.post, name=each.name, title=each.title, phone=each.phone) for each in lent
    )
    if lent:
        changes = {each.get_post_display(): ["", f"{each.name} {each.phone}"] for each in lent}
        UnitEvent.write(successor, by, "沿用原单位联系人", note=f"{unit.name}。{note}", changes=changes)
