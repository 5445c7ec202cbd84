"""The breakdown of a plan's tasks from a sheet: 任务分解 (annex 1 of a notice)."""

import re
from difflib import SequenceMatcher

from django.db.models import Prefetch

from kit import names
from kit.intake import Field, Wrong, told
from kit.intake.cells import ChoiceCell, LineCell, TextCell
from kit.names import Named
from reports.actions.assignment import assign_tasks
from tasks.actions.breakdown import add_task, remove_task, state_standard
from tasks.actions.schedule import reschedule
from tasks.models import Responsibility, Section, Task
from tasks.reader.grammar import LEAD, SUPPORT, said
from tasks.reader.source import bare
from tasks.resources.plan_kind import DeadlineCell, PlanKind, plain_number
from units.resources.cells import UnitCell, UnitsCell

NOBODY = ("待分解", "无", "—", "-", "/", "——", "－")
PIECES = re.compile(r"[^、，,；;：:。（）()]+")
ROLE = re.compile(r"(?:牵头|配合|负责|主办|协办|参与).*$", re.S)
TITLE_LIMIT = 20
# Below this likeness two texts under one number are two tasks, not two wordings of one.
ALIKE = 0.4
PIECE = 400
NO_SUCH_NUMBER = "方案中没有这个编号；新增任务须写任务内容。"
NO_TEXT_COLUMN = "方案中没有这个编号，表中也没有认出“任务内容”一列：请核对编号，或在“列的对应”中选出这一列。"


class LeadCell(UnitCell):
    """A word for nobody is nobody."""

    several = "只能有一个牵头：请在“牵头单位”留下一个，其余写到“配合单位”。"

    def clean(self, value, row=None, **kwargs):
        return None if TextCell().clean(value) in NOBODY else super().clean(value)


class SupportsCell(UnitsCell):
    def clean(self, value, row=None, **kwargs):
        text = TextCell().clean(value)
        return () if text in NOBODY else super().clean(text)


class PartsCell(UnitCell):
    """Leading and supporting units in one cell, as documents write it; the first leads where nothing is said."""

    empty = (None, ())

    def clean(self, value, row=None, **kwargs):
        text = TextCell().clean(value)
        if text in NOBODY:
            return self.empty
        text = PIECES.sub(self._closed, text)
        roles = said(text)
        units, problems = {}, []
        for role, name in roles.units:
            try:
                units.setdefault(self.find(name.strip()), role)
            except ValueError as error:
                problems.append(str(error))
        if problems or not units:
            raise ValueError("".join(problems) or "看不出是哪些单位，请用顿号隔开。")
        return _parted(units)

    def _closed(self, found):
        known = self.directory and self.directory.get(ROLE.sub("", found.group()))
        return names.tidy(found.group()) if known else found.group()

    def render(self, value, obj=None, **kwargs):
        return value


def _parted(units):
    """(lead, supports): who is said to lead, else the first who is not said to support."""
    leads = [unit for unit, role in units.items() if role == LEAD]
    others = [unit for unit, role in units.items() if role != SUPPORT]
    lead = next(iter([*leads, *others, *units]))
    return lead, tuple(unit for unit in units if unit != lead)


class Breakdown(PlanKind):
    key = "breakdown"
    title = "任务分解"
    about = "方案的任务、工作要求和标准、牵头和配合单位、完成时限；已有的任务按编号分解，没有的新增。"
    order = 30
    columns = (
        Field("number", "编号", LineCell(20), "任务编号 项目编号 序号", key=True, width=8, example="1"),
        Field("section", "章节", LineCell(140), "所属章节 类别 任务类别 专项", width=18, offered=False),
        Field(
            "text",
            "任务内容",
            TextCell(20_000),
            (
                "任务原文 工作任务 工作内容 重点任务 改革任务 主要任务 目标任务 任务名称 工作项目 任务 项目名称 "
                "事项 工作事项 任务事项 改革事项 具体任务 具体工作 具体内容 主要内容 主要工作 重点工作 工作要点 "
                "任务分解 内容"
            ),
            width=46,
            several=True,
            example="提高依法执政水平。（示例）",
        ),
        Field("short_title", "任务简称", LineCell(40), "简称", width=20, offered=False),
        Field(
            "standard",
            "工作要求和标准",
            TextCell(5000),
            (
                "工作要求 工作标准 标准 任务要求 目标要求 具体要求 工作目标 工作目标及任务要求 完成标准 工作措施 "
                "具体措施 标准要求 质量要求 达标要求 考核标准 验收标准 预期目标 预期成果 成果形式 要求"
            ),
            width=46,
            several=True,
            example="常委会专题研究法治工作不少于3次。",
        ),
        Field(
            "lead",
            "牵头单位",
            LeadCell(),
            "牵头部门 主办单位 主责单位 牵头责任单位 牵头",
            group="责任单位",
            width=16,
            example="县某某局",
        ),
        Field(
            "supports",
            "配合单位",
            SupportsCell(),
            "配合部门 协办单位 协助单位 参与单位 联动单位 配合责任单位 配合",
            group="责任单位",
            width=24,
            several=True,
            example="县某甲局、县某乙局",
        ),
        Field(
            "units",
            "责任单位",
            PartsCell(),
            "责任部门 责任主体 落实单位 承办单位 责任单位及配合单位",
            several=True,
            offered=False,
        ),
        Field(
            "due_on",
            "完成时限",
            DeadlineCell(),
            "时限 完成时间 办结时限 完成期限 时间要求 时限要求 截止时间 时间节点 完成日期",
            width=12,
            kind="date",
            example="2015-12-31",
        ),
        Field("pace", "进度方式", ChoiceCell(Task.Pace.choices), width=12, offered=False),
    )
    foot = (
        "说明：按编号对应，已有的任务只调整要求、责任单位和时限，任务原文以文件为准；没有的编号新增为任务。空着的格不改动。示例行请删去。",
        ("填表人：", "审核人：", "负责人："),
    )

    def prepare(self):
        self.fetch_units()
        self.fetch_tasks(
            self.plan.tasks.actions()
            .in_force()
            .select_related("section", "plan__rules")
            .prefetch_related(Prefetch("responsibilities", Responsibility.objects.select_related("unit")), "milestones")
        )
        self.sections = Named()
        for section in Section.objects.filter(plan=self.plan):
            self.sections |= dict.fromkeys((section.number, section.title, str(section)), section)
        self.added = Task.Origin.ADDED if self.tasks else Task.Origin.DOCUMENT

    def on_record(self):
        return self.tasks

    def find(self, row):
        return self.task_of(row)

    def identity(self, row):
        return row.original.pk if row.original else plain_number(row.values["number"])

    def recorded(self, task):
        return {
            "number": task.number,
            "section": str(task.section or ""),
            "text": task.text,
            "short_title": task.short_title,
            "standard": task.standard,
            "lead": task.lead,
            "supports": task.supports,
            "due_on": task.due_on,
            "pace": task.pace,
        }

    def wanted(self, row):
        """Leave out what is not changed here: a known task's text, title and section. The units are said together."""
        wanted = {name: row.values[name] for name in ("standard", "due_on", "pace") if name in row.values}
        if row.original is None:
            wanted = row.values | {"section": self._section(row)}
            wanted.pop("units", None)
            wanted["short_title"] = wanted.get("short_title") or wanted.get("text", "")[:TITLE_LIMIT]
            wanted["number"] = row.values["number"]
        elif "text" in row.values:
            self._compare_text(row)
        return wanted | self._parts(row)

    def _section(self, row):
        said = row.values.get("section")
        if said and said not in self.sections:
            raise Wrong("section", "方案中没有这一章节，请写章节的序号或标题。")
        return str(self.sections.get(said or row.section, ""))

    def _compare_text(self, row):
        """Another wording is told, another task is an error: most likely the numbers do not match the plan's."""
        said, task = row.values["text"], row.original
        here, there = bare(said), bare(task.text)
        if here == there or here in there or task.short_title in said:
            return
        if SequenceMatcher(None, here[:PIECE], there[:PIECE], autojunk=False).ratio() < ALIKE:
            raise Wrong("text", f"编号{task.number}在方案中是“{task.short_title}”，与表中的任务不符，请核对编号。")
        row.notes.append("任务内容与方案原文不同，以方案原文为准，不改动。")

    def _parts(self, row):
        """Of two columns the one that says no role supports."""
        said = row.values
        if "lead" in row.unread:
            return {}
        named = [name for name in ("lead", "supports", "units") if said.get(name) not in (None, (), [], (None, ()))]
        if not named:
            return {}
        lead, supports = said.get("lead"), list(said.get("supports") or ())
        if "units" in named:
            first, others = said["units"]
            lead = lead or first
            supports += [unit for unit in (first, *others) if unit != lead and unit not in supports]
        elif lead is None and row.original is not None:
            lead = row.original.lead
        if lead is None:
            raise Wrong("supports", "有配合单位时，请先写明一个牵头单位。")
        return {"lead": lead, "supports": supports}

    def check(self, row):
        yield from self._check_units(row)
        due, task = row.wanted.get("due_on"), row.original
        starts = task.starts_on if task else self.plan.starts_on
        if due and due < starts:
            yield "due_on", f"完成时限不能早于开始日期{starts:%Y-%m-%d}。"
        if task and due and any(step.due_on > due for step in task.milestones.all()):
            yield "due_on", "有节点晚于新的完成时限，请先调整节点。"
        if task is None and not row.wanted.get("text"):
            yield "text", NO_SUCH_NUMBER if "text" in row.cells else NO_TEXT_COLUMN

    def _check_units(self, row):
        lead, supports = row.wanted.get("lead"), row.wanted.get("supports", [])
        place = {name: name if name in row.values else "units" for name in ("lead", "supports")}
        if lead in supports or len(set(supports)) < len(supports):
            yield place["supports"], "同一个单位只能出现一次：要么牵头，要么配合。"
        before = {row.original.lead, *row.original.supports} if row.original else set()
        for unit in [*filter(None, [lead]), *supports]:
            if unit not in before and not unit.is_active:
                yield place["lead" if unit == lead else "supports"], f"{unit}已停用，请填现在的单位。"

    def label(self, row):
        title = row.original.short_title if row.original else row.wanted.get("short_title", "")
        return f"{row.values['number']} {title}"

    def write(self, rows, by, note):
        """Row by row, but the months are settled once for all tasks whose units change."""
        parts = []
        for row in rows:
            with told(row):
                task = self._added(row, by, note) if row.original is None else self._changed(row, by, note)
            before = (task.lead, task.supports) if row.original else (None, [])
            after = (row.wanted.get("lead", before[0]), list(row.wanted.get("supports", before[1])))
            if after != before:
                parts.append((task, *after))
        assign_tasks(parts, by, note=note)

    def _added(self, row, by, note):
        wanted = row.wanted
        task = Task(
            plan=self.plan,
            section=self.sections.get(wanted["section"]),
            number=wanted["number"],
            short_title=wanted["short_title"],
            text=wanted["text"],
            standard=wanted.get("standard", ""),
            starts_on=self.plan.starts_on,
            due_on=wanted.get("due_on") or self.plan.ends_on,
            pace=wanted.get("pace", Task.Pace.EVEN),
            origin=self.added,
        )
        return add_task(task, by, note=note)

    def _changed(self, row, by, note):
        task, wanted = row.original, row.wanted
        if "standard" in wanted:
            state_standard(task, by, wanted["standard"], note=note)
        due_on, pace = (wanted.get(name, getattr(task, name)) for name in ("due_on", "pace"))
        if (due_on, pace) != (task.due_on, task.pace):
            reschedule(task, by, due_on=due_on, pace=pace, note=note)
        return task

    def release(self, tasks, by, note):
        """So that this month's obligations follow."""
        assign_tasks([(task, None, []) for task in tasks], by, note=note)

    def remove(self, task, by, note):
        remove_task(task, by, note=note)
