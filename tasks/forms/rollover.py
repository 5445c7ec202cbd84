"""Year roll-over: the new plan's heading, what goes along, and each task's number and due date."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms

from kit.forms import DayField, InOrder, Text, Whole, number_of
from tasks.actions.carrying import CarriedProject, candidates, moved, proposed_class, staying
from tasks.actions.rollover import Carried, Choice, Heading, numbered
from tasks.models import Measure, Milestone, Plan, Project, ProjectClass, Task

KEEP, ANEW = "KEEP", "ANEW"
PARTS = ("responsibilities", "groups", "phases", "indicators", "reporting", "rules")


@dataclass
class Line:
    """One task of the old plan on the form: whether it goes along, until when, and what is wrong with the date."""

    task: Task
    picked: bool
    due_on: str
    error: str = ""

    @property
    def field(self):
        return f"due-{self.task.pk}"


@dataclass
class ProjectLine:
    """One key project on the form: whether it goes along, in which class; ``stays`` says why it cannot."""

    project: Project
    picked: bool
    klass: str
    stays: str

    @property
    def field(self):
        return f"class-{self.project.pk}"

    @property
    def carried(self):
        return CarriedProject(self.project, self.klass)

    @property
    def klass_name(self):
        return ProjectClass(self.klass).label

    @property
    def spent(self):
        return self.project.sums(Measure.INVESTED)[1]

    @property
    def has_started(self):
        return any(each.kind == Milestone.Kind.START and each.done_on for each in self.project.task.milestones.all())


class RollOverForm(InOrder, forms.Form):
    """Unfinished tasks and projects are picked to begin with; every task and section can be. Sections and tasks stand in rows."""

    classes = ProjectClass.choices

    year = Whole(label="年度", min_value=2000, max_value=2100)
    title = Text(label="名称", max_length=120)
    short_title = Text(label="简称", max_length=20, help_text="列表和图表用。")
    document_number = Text(label="文号", max_length=60, required=False, help_text="还没有印发的可留空。")
    issued_on = DayField(label="印发日期", required=False)
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")
    numbering = forms.ChoiceField(
        label="编号",
        choices=[(KEEP, "沿用原编号"), (ANEW, "按顺序重新编为1、2、3……")],
        widget=forms.RadioSelect,
        initial=KEEP,
    )
    responsibilities = forms.BooleanField(label="牵头、配合单位", required=False, initial=True)
    groups = forms.BooleanField(label="领导小组和工作组", required=False, initial=True)
    phases = forms.BooleanField(label="实施阶段（日期顺延）", required=False, initial=True)
    indicators = forms.BooleanField(label="指标（目标照抄，数据从头填）", required=False, initial=True)
    reporting = forms.BooleanField(label="报送规则", required=False, initial=True)
    rules = forms.BooleanField(label="亮灯规则", required=False, initial=True)

    def __init__(self, data=None, *, plan):
        super().__init__(data, initial=None if data else _proposed(plan))
        self.plan = plan
        self.tasks = list(
            plan.tasks.actions().in_force().with_people().prefetch_related("milestones").order_by("order", "pk")
        )
        self.sections = list(plan.sections.all())
        self.lines = {task.pk: self._line(task) for task in self.tasks}
        self.projects = [self._project_line(project) for project in candidates(plan)]
        ticked = {section.pk for section in self.sections}
        if self.is_bound:
            ticked &= set(map(number_of, self.data.getlist("section")))
        self.ticked = ticked

    def _line(self, task):
        if not self.is_bound:
            return Line(task, task.is_open, f"{moved(task.due_on, 1):%Y-%m-%d}")
        picked = str(task.pk) in self.data.getlist("pick")
        return Line(task, picked, self.data.get(f"due-{task.pk}", ""))

    def _project_line(self, project):
        stays, klass = staying(project), proposed_class(project).value
        if not self.is_bound:
            return ProjectLine(project, not stays, klass, stays)
        picked = not stays and str(project.pk) in self.data.getlist("project")
        return ProjectLine(project, picked, self.data.get(f"class-{project.pk}", klass), stays)

    @property
    def carried_projects(self):
        return [line for line in self.projects if line.picked]

    @property
    def carried_sums(self):
        """Of the projects that go along, a package once with the money of its parts: how many, before, this year, together."""
        lines = [line for line in self.carried_projects if not line.project.package_id]
        spent = sum((line.spent for line in lines), Decimal(0))
        invested = sum((line.project.invested or Decimal(0) for line in lines), Decimal(0))
        return {"count": len(lines), "before": invested - spent, "spent": spent, "invested": invested}

    @property
    def table(self):
        rows = [
            (each, each.pk in self.ticked, [line for line in self.lines.values() if line.task.section_id == each.pk])
            for each in self.sections
        ]
        loose = [line for line in self.lines.values() if line.task.section_id is None]
        return rows + ([(None, True, loose)] if loose else [])

    @property
    def parts(self):
        return [self[name] for name in PARTS]

    @property
    def carried_lines(self):
        return [line for line in self.lines.values() if line.picked and self._section_goes(line.task)]

    @property
    def dropped_lines(self):
        return [line for line in self.lines.values() if line.picked and not self._section_goes(line.task)]

    def _section_goes(self, task):
        return task.section_id is None or task.section_id in self.ticked

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year <= self.plan.year:
            raise forms.ValidationError(f"新方案的年度须晚于{self.plan.year}年。")
        return year

    def clean(self):
        values = super().clean()
        if Plan.objects.filter(year=values.get("year"), title=values.get("title")).exists():
            self.add_error("title", f"{values['year']}年已有名称相同的方案。")
        self._clean_lines(values.get("starts_on"))
        if any(line.klass not in ProjectClass for line in self.carried_projects):
            self.add_error(None, "有项目的类别不在可选之列。")
        return values

    def _clean_lines(self, first):
        days = {}
        for line in self.carried_lines:
            try:
                days[line.task.pk] = DayField().clean(line.due_on)
            except forms.ValidationError as error:
                line.error = "".join(error.messages)
                continue
            if first and days[line.task.pk] < first:
                line.error = f"不能早于新方案开始日期{first:%Y-%m-%d}。"
        self.days = days
        if any(line.error for line in self.lines.values()):
            raise forms.ValidationError("有任务的完成时限有误，请看下面标出的行。")

    @property
    def heading(self):
        values = self.cleaned_data
        return Heading(**{name: values[name] for name in Heading.__dataclass_fields__})

    @property
    def choice(self):
        tasks = [line.task for line in self.carried_lines]
        numbers = numbered(tasks, anew=self.cleaned_data["numbering"] == ANEW)
        carried = tuple(Carried(task, numbers[task.pk], self.days[task.pk]) for task in tasks)
        parts = {name: self.cleaned_data[name] for name in PARTS}
        projects = tuple(line.carried for line in self.carried_projects)
        return Choice(carried, frozenset(self.ticked), projects=projects, **parts)

    @property
    def sent(self):
        """(name, value) of everything typed, to be sent again with the one press that carries it out."""
        lines = [*self.lines.values(), *self.projects]
        names = [*self.fields, "section", "pick", "project", *(line.field for line in lines)]
        return [(name, value) for name in names for value in self.data.getlist(name)]


class TakeBackForm(forms.Form):
    """Why a roll-over is taken back; goes into the trace of both plans."""

    reason = Text(
        label="撤回原因",
        max_length=200,
        error_messages={"required": "请写明撤回的原因。"},
        widget=forms.TextInput(attrs={"placeholder": "记入操作记录"}),
    )


def _proposed(plan):
    year = plan.year + 1
    return {
        "year": year,
        "title": plan.title.replace(str(plan.year), str(year)),
        "short_title": plan.short_title,
        "starts_on": moved(plan.starts_on, 1),
        "ends_on": moved(plan.ends_on, 1),
    }
