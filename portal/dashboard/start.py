"""How far a new county is: units, accounts, plan documents, the first month; what is done and who does what comes next."""

from dataclasses import dataclass

from django.db.models import OuterRef

from kit.statements import Exists
from reports.models import Period
from tasks.models import Plan, PlanReading, Responsibility
from units.models import Unit, User


@dataclass(frozen=True)
class Step:
    """One step of the way: whose it is, what is there, what is still wanted, where it is done."""

    title: str
    whose: str
    found: str
    wanted: tuple[str, ...]
    doors: tuple[tuple[str, str], ...] = ()

    @property
    def is_done(self):
        return not self.wanted


ADMIN, OFFICE = "系统管理员", "主管办公室"


def steps(user):
    plans = list(Plan.objects.visible_to(user).select_related("office").annotate(opened=_opened()))
    return [_units(user), _accounts(user, plans), _documents(user, plans), _months(plans)]


def _opened():
    return Exists(Period.objects.filter(plan=OuterRef("pk")))


def _units(user):
    count = Unit.objects.visible_to(user).active().count()
    return Step(
        "单位",
        ADMIN,
        f"已有{count}个责任单位。" if count else "",
        ()
        if count
        else (
            "录入各责任单位和主管办公室：逐个新建，或用表格一次导入。方案文件里提到的新单位，导入文件时也可以随手建立。",
        ),
        (("unit_new", "新建单位"), ("unit_list", "责任单位")),
    )


def _accounts(user, plans):
    """Each plan's office and each unit with tasks needs somebody who can sign in."""
    people = User.objects.visible_to(user).filter(is_active=True, role__in=User.BUSINESS)
    count, offices = people.count(), set(people.filter(role=User.Role.OFFICE).values_list("unit", flat=True))
    filers = people.filter(role__in=User.WITH_UNIT, unit=OuterRef("pk"))
    busy = Responsibility.objects.filter(unit=OuterRef("pk"))
    silent = Unit.objects.visible_to(user).active().filter(Exists(busy), ~Exists(filers)).count()
    wanted = []
    if not offices:
        wanted.append("给主管办公室的经办人建账号（角色“办公室人员”），由他们审核月报。")
    wanted += [f"{office}是方案的主管办公室，还没有“办公室人员”账号。" for office in _without(plans, offices)]
    if silent:
        wanted.append(f"{silent}个有任务的单位还没有填报账号。")
    elif not people.filter(role__in=User.FILERS).exists():
        wanted.append("给各责任单位建填报人账号：逐个新建，或用表格一次导入。")
    doors = (("account_new", "新建账号"), ("account_list", "账号管理"))
    return Step("账号", ADMIN, f"已有{count}个业务账号。" if count else "", tuple(wanted), doors)


def _without(plans, offices):
    return list(dict.fromkeys(plan.office.name for plan in plans if plan.office_id not in offices))


def _documents(user, plans):
    waiting = PlanReading.objects.visible_to(user).filter(loaded_at=None).count()
    found = [f"已有{len(plans)}个方案。"] if plans else []
    found += [f"{waiting}份文件还在核对。"] if waiting else []
    wanted = () if plans else ("上传方案文件（Word 或粘贴文字），核对以后写入。办公室人员和系统管理员都可以做。",)
    return Step("方案文件", f"{OFFICE}或{ADMIN}", "".join(found), wanted, (("plan_loads", "导入方案文件"),))


def _months(plans):
    opened = [plan for plan in plans if plan.opened]
    found = f"{len(opened)}个方案已开启报送期。" if opened else ""
    wanted = [f"{plan.year}年{plan}：请{plan.office}在“报送期”开启当月。" for plan in plans if not plan.opened]
    if not plans:
        wanted = ["方案写入以后，由主管办公室开启当月，各单位即有待填的月报；系统管理员不代办。"]
    return Step("开启报送期", OFFICE, found, tuple(wanted))
