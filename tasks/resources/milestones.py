"""Milestones from a sheet: 节点."""

from kit import clock, names
from kit.intake import Field, told
from kit.intake.cells import DayCell, LineCell, NumberCell, TextCell
from tasks.actions.schedule import set_milestones
from tasks.resources.plan_kind import DeadlineCell, PlanKind

PARTS = ("title", "due_on", "done_on", "weight")


class Milestones(PlanKind):
    """The steps of the tasks of one plan."""

    key = "milestones"
    title = "节点"
    about = "各项任务的时间节点（路线图、时间表）：时限、完成日期、权重。"
    order = 50
    columns = (
        Field("number", "编号", LineCell(20), "任务编号 任务序号 序号", key=True, width=8, example="43"),
        Field("task", "任务", TextCell(), "任务名称 任务简称 工作任务", width=30, example="任务简称（供核对）"),
        Field(
            "title",
            "节点",
            LineCell(80),
            "节点名称 工作节点 关键节点 时间节点 阶段任务 阶段目标 工作内容",
            key=True,
            width=34,
            example="完成方案起草",
        ),
        Field(
            "due_on",
            "时限",
            DeadlineCell(),
            "完成时限 计划完成时间 完成时间 时间要求 时间",
            kind="date",
            example="2015-06-30",
        ),
        Field("done_on", "完成日期", DayCell(), "实际完成时间 实际完成日期", kind="date"),
        Field("weight", "权重", NumberCell(), width=7, kind="number", example=1),
    )
    foot = ("说明：按任务编号和节点名称对应，已有的修改，没有的新增；空着的格不改动。示例行请删去。",)

    def prepare(self):
        self.fetch_tasks(
            self.plan.tasks.actions().in_force().prefetch_related("milestones").select_related("plan__rules")
        )
        steps = [step for task in self.tasks for step in task.milestones.all()]
        self.by_title = {(step.task_id, names.key(step.title)): step for step in steps}

    def on_record(self):
        return [step for task in self.tasks for step in task.milestones.all()]

    def find(self, row):
        row.about = self.must_have_task(row)
        return self.by_title.get(self.identity(row))

    def recorded(self, step):
        task = next(task for task in self.tasks if task.pk == step.task_id)
        return {"number": task.number, "task": task.short_title} | {name: getattr(step, name) for name in PARTS}

    def wanted(self, row):
        """The task's title stands in the sheet for the reader; it changes nothing."""
        return {name: value for name, value in row.values.items() if name in PARTS}

    def identity(self, row):
        return row.about.pk, names.key(row.values["title"])

    def check(self, row):
        task, day = row.about, row.wanted.get("due_on")
        if row.original is None and day is None:
            yield "due_on", "新的节点须填时限。"
        if day and not task.starts_on <= day <= task.due_on:
            yield "due_on", f"节点时限须在{task.starts_on:%Y-%m-%d}至{task.due_on:%Y-%m-%d}之间。"
        if row.wanted.get("done_on") and row.wanted["done_on"] > clock.today():
            yield "done_on", "完成日期不能晚于今天。"
        if "weight" in row.wanted and not 1 <= row.wanted["weight"] <= 100:
            yield "weight", "权重在1到100之间。"

    def label(self, row):
        return f"{row.about.number} {row.values['title']}"

    def write(self, rows, by, note):
        by_task = {}
        for row in rows:
            by_task.setdefault(row.about.pk, []).append(row)
        for found in by_task.values():
            with told(found[0]):
                self._write_task(found[0].about, found, by, note)

    def _write_task(self, task, rows, by, note):
        steps = [{name: getattr(step, name) for name in PARTS} for step in task.milestones.order_by("due_on", "pk")]
        for row in rows:
            known = next((step for step in steps if names.key(step["title"]) == names.key(row.values["title"])), None)
            if known is None:
                known = {"title": row.values["title"], "done_on": None, "weight": 1}
                steps.append(known)
            known |= row.wanted
        self._set(task, steps, by, note)

    def _set(self, task, steps, by, note):
        set_milestones(task, [tuple(step[name] for name in PARTS) for step in steps], by, note=note)

    def remove(self, step, by, note):
        task = next(task for task in self.tasks if task.pk == step.task_id)
        steps = task.milestones.exclude(title=step.title).order_by("due_on", "pk")
        self._set(task, [{name: getattr(each, name) for name in PARTS} for each in steps], by, note)
