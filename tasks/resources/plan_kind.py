"""What sheets of one plan share: its office brings them in, its tasks are named by number."""

import re
import unicodedata

from django.utils.functional import cached_property

from kit.intake import Kind, Wrong
from kit.intake.cells import DayCell, as_text
from tasks.models import Plan
from tasks.permissions import can_manage_plan
from tasks.reader.deadlines import due_on, is_lasting
from units.actions.loading import Directory
from units.resources.cells import look_up_in

BANNER = re.compile(r"^(\d{4})年(.+)$")


def plain_number(text):
    """A task's number without what is written around it: 第45项, （45）, 45. are all 45."""
    bare = unicodedata.normalize("NFKC", str(text)).replace(" ", "")
    return re.sub(r"^第(.+)[项条号]$", r"\1", bare).strip("().、．")


class DeadlineCell(DayCell):
    """A day, or a deadline as plans write it: 10月底前, 三季度; the plan's year where none is named, its end for 长期坚持."""

    def __init__(self, plan=None):
        super().__init__()
        self.plan = plan

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value)
        except ValueError:
            return self._in_words(as_text(value))

    def _in_words(self, text):
        if re.fullmatch(r"20\d{2}\.1", text):
            raise ValueError(f"“{text}”是1月还是10月？请写成{text[:4]}年1月或{text[:4]}年10月。")
        if day := due_on(text, self.plan and self.plan.year):
            return day
        if self.plan and is_lasting(text):
            return self.plan.ends_on
        raise ValueError("看不出是哪一天，请写成2015-10-31的样子。")


class PlanKind(Kind):
    """A kind of sheet that belongs to one plan."""

    needs_plan = True

    def __init__(self, plan=None):
        super().__init__(plan)
        for field in self.fields.values():
            if isinstance(field.widget, DeadlineCell):
                field.widget = DeadlineCell(plan)

    @classmethod
    def may(cls, user, plan=None):
        return plan is not None and can_manage_plan(user, plan)

    def fetch_units(self):
        self.directory = Directory.of_all()
        look_up_in(self.directory, self.fields)

    def fetch_tasks(self, tasks):
        self.tasks = list(tasks)
        self.by_number = {plain_number(task.number): task for task in reversed(self.tasks)}
        self.by_number |= {task.number: task for task in self.tasks}

    def task_of(self, row, name="number"):
        number = row.values[name]
        return self.by_number.get(number) or self.by_number.get(plain_number(number))

    def must_have_task(self, row, name="number"):
        if task := self.task_of(row, name):
            return task
        raise Wrong(name, f"方案中没有编号为“{row.values[name]}”的任务，请核对编号。")

    @cached_property
    def _others(self):
        plans = Plan.objects.exclude(pk=self.plan.pk).values_list("year", "short_title")
        return {f"{year}年{title}" for year, title in plans}

    def belongs(self, row):
        if BANNER.match(row.section) and row.section in self._others:
            return f"属于{row.section}，不是本方案"
        return ""
