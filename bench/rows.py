"""Units, people, plans and tasks in bulk, for measuring: no trace, no actions, only rows that are true to the rules."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from bench.words import text, title
from kit import clock, deadlines, pinyin
from tasks.models import LightRules, Plan, Responsibility, Section, Task
from units.models import Unit, User

BATCH = 2000
PLANS = (("REFORM", "改革创新年"), ("LAW", "法治建设年"), ("BREAKTHROUGH", "项目突破年"))
SECTIONS = 8
GROUPS = ("GOVERNMENT", "PARTY", "MASS", "TOWNSHIP", "VERTICAL", "INSTITUTION")


@dataclass(frozen=True)
class Size:
    """How much to make."""

    units: int
    tasks: int
    months: int
    entries: int | None = None

    @property
    def parts(self):
        """How many responsibilities: what the entries ask for, at least one a task, at most every unit."""
        asked = self.tasks * 3 // 2 if self.entries is None else -(-self.entries // self.months)
        return min(max(asked, self.tasks), self.tasks * self.units)

    def units_of(self, number):
        """Their indices, the leading one first."""
        count = self.parts // self.tasks + (number < self.parts % self.tasks)
        return [(number * 7 + step) % self.units for step in range(count)]


def months_back(count):
    """First days, the last one the clock's own."""
    months = [clock.today().replace(day=1)]
    while len(months) < count:
        months.insert(0, deadlines.previous_month(months[0]))
    return months


def make_units(count):
    """示例0001局 and so on."""
    width = max(3, len(str(count)))
    names = [f"示例{number:0{width}d}局" for number in range(1, count + 1)]
    rows = (
        Unit(
            name=name,
            full_name=f"县{name}",
            peer_group=GROUPS[number % len(GROUPS)],
            order=number,
            pinyin=pinyin.full(name),
            initials=pinyin.initials(name),
        )
        for number, name in enumerate(names, 1)
    )
    return Unit.objects.bulk_create(rows, batch_size=BATCH)


def make_plans(months):
    """[(plan, its sections)]."""
    made = []
    for order, (kind, short_title) in enumerate(PLANS, 1):
        office = Unit.objects.create(name=f"示例办公室{order}", peer_group="LEADING_OFFICE", order=order)
        plan = Plan.objects.create(
            year=months[-1].year,
            kind=kind,
            title=f"{months[-1].year}年“{short_title}”实施方案（测量用）",
            short_title=short_title,
            office=office,
            starts_on=months[0],
            ends_on=deadlines.last_day(deadlines.next_month(months[-1])),
        )
        plan.rules = LightRules.objects.create(plan=plan, version=1)
        plan.save(update_fields=["rules"])
        sections = Section.objects.bulk_create(
            Section(plan=plan, number=f"（{n}）", title=f"第{n}部分", order=n) for n in range(1, SECTIONS + 1)
        )
        made.append((plan, sections))
    return made


def make_tasks(size, plans, units):
    """Dealt out to the plans in turn."""
    rows = []
    for number in range(size.tasks):
        plan, sections = plans[number % len(plans)]
        task = Task(
            plan=plan,
            section=sections[number // len(plans) % SECTIONS],
            number=str(number // len(plans) + 1),
            order=number,
            short_title=title(number),
            initials=pinyin.initials(title(number))[:60],
            text=text(number),
            starts_on=plan.starts_on,
            due_on=plan.ends_on - datetime.timedelta(days=number % 40),
        )
        task.planned_due_on = task.due_on
        task.settle_light()
        rows.append(task)
    tasks = Task.objects.bulk_create(rows, batch_size=BATCH)
    Responsibility.objects.bulk_create(_parts(size, tasks, units), batch_size=BATCH)
    return tasks


def _parts(size, tasks, units):
    for number, task in enumerate(tasks):
        for order, index in enumerate(size.units_of(number), 1):
            role = Responsibility.Role.LEAD if order == 1 else Responsibility.Role.SUPPORT
            yield Responsibility(task=task, unit=units[index], role=role, order=order)


def make_people(units, plans, password):
    """One reporter a unit, three staff an office, a leader, an inspector, an administrator, an auditor."""
    encoded, now = make_password(password), clock.now()
    width = max(3, len(str(len(units))))
    people = [(f"unit{n:0{width}d}", User.Role.REPORTER, unit) for n, unit in enumerate(units, 1)]
    people += [(f"office{n}", User.Role.OFFICE, plan.office) for n, (plan, _) in enumerate(plans * 3, 1)]
    people += [(role.lower(), role, None) for role in User.Role if role not in User.WITH_UNIT]
    rows = (
        User(
            username=username,
            name=f"示例{username}",
            role=role,
            unit=unit,
            password=encoded,
            must_change_password=False,
            password_set_at=now,
            created_at=now,
        )
        for username, role, unit in people
    )
    return User.objects.bulk_create(rows, batch_size=BATCH)
