"""What the plan's office writes of a key project: put on the list, corrected, people, class, off the list and back."""

import re

from django import forms
from django.db.models import Q

from kit.deadlines import month_words
from kit.forms import Code, DayField, MonthField, RowField, Text, of_column
from tasks.forms.units import UnitField, UnitsField
from tasks.models import Label, Project, ProjectClass, ProjectPerson

REASON = 200
APART = re.compile(r"[、，,;；]+")


def reason(label, **more):
    return Text(label=label, max_length=REASON, **more)


def paper():
    return Text(
        label="依据文件", required=False, max_length=120, help_text="文号或会议纪要，例如：株县政办发〔2015〕6号。"
    )


class LabelsField(Text):
    """Labels in one box: 三个十、市重点."""

    def clean(self, value):
        words = [word.strip() for word in APART.split(super().clean(value)) if word.strip()]
        if long := [word for word in words if len(word) > Label._meta.get_field("name").max_length]:
            raise forms.ValidationError(f"标签“{long[0][:20]}……”超过20字。")
        return list(dict.fromkeys(words))


class ProjectForm(forms.ModelForm):
    """What the register says of a project. Only read from; the action writes it."""

    content = Text(label="建设规模和内容", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = UnitField(label="服务单位", required=False, help_text="每月由它报送；留空表示还没有明确。")
    supports = UnitsField(
        label="配合单位",
        required=False,
        max_length=300,
        widget=forms.TextInput,
        help_text="几个单位用顿号隔开；配合单位不用报送。",
    )
    spots = UnitsField(
        label="建设地点",
        required=False,
        max_length=300,
        widget=forms.TextInput,
        help_text="乡镇，几个用顿号隔开。",
    )
    package = RowField(
        Project.objects.none(),
        label="所属打包项目",
        required=False,
        empty_label="单独计数",
        help_text="打包项目计一个，钱和月报在各子项目。",
    )
    marks = LabelsField(label="标签", required=False, max_length=200, help_text="例如：三个十、市重点。")

    class Meta:
        model = Project
        formfield_callback = of_column
        fields = Project.OWN

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = plan.sectors.all()
        holders = Project.objects.able_to_hold(plan).exclude(pk=self.instance.pk).order_by()
        held = Project.objects.filter(Q(pk__in=holders.values("pk")) | Q(pk=self.instance.package_id))
        self.fields["package"].queryset = held.select_related("task").order_by("task__order")
        self.initial["package"] = self.instance.package_id

    @property
    def told(self):
        """Its values by the names of the register."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean(self):
        values = super().clean()
        if values.get("supports") and not values.get("lead") and "lead" not in self.errors:
            self.add_error("lead", "有配合单位时，请先写明服务单位。")
        elif values.get("lead") in (values.get("supports") or ()):
            self.add_error("supports", f"{values['lead']}已是服务单位，不能同时配合。")
        return values


class ListingForm(ProjectForm):
    """The same with what only the listing decides."""

    klass = forms.ChoiceField(label="类别", choices=ProjectClass.choices, widget=forms.RadioSelect)
    code = Code(label="项目编号", required=False, max_length=20, help_text="留空自动编号；编定后不再改。")
    month = MonthField(label="列入月份", required=False, help_text="留空为方案的第一个月；从这个月起报送。")
    added = forms.BooleanField(label="年中增补（不在年初名单内）", required=False)
    reason = reason("增补原因", required=False, help_text="年中增补须写明。")
    paper = paper()

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, plan=plan, **kwargs)
        self.plan = plan

    def clean_month(self):
        month = self.cleaned_data["month"]
        if month and month not in self.plan.months:
            raise forms.ValidationError("列入月份须在方案年度内。")
        return month

    def clean(self):
        values = super().clean()
        if values.get("added") and not values.get("reason"):
            self.add_error("reason", "年中增补项目须写明原因。")
        return values


class RevisionForm(ProjectForm):
    note = reason("修改原因", required=False, help_text="改总投资、年度计划投资或所属打包项目必须写明，记入经过。")

    def clean(self):
        values = super().clean()
        moved = [self.fields[name].label for name in ("total", "year_plan", "package") if name in self.changed_data]
        if moved and not values.get("note"):
            self.add_error("note", f"修改{'、'.join(moved)}须写明原因。")
        return values


class PersonForm(forms.Form):
    """Somebody who answers for a project; a row without a name is nobody."""

    role = forms.ChoiceField(label="职责", choices=ProjectPerson.Role.choices)
    name = Text(label="姓名", max_length=40)
    unit = UnitField(label="单位", required=False)
    phone = Code(label="电话", required=False, max_length=40)


PersonFormSet = forms.formset_factory(PersonForm, extra=2, can_delete=True, max_num=40)


class ClassForm(forms.Form):
    """Another class from a month on."""

    klass = forms.ChoiceField(label="新的类别", choices=ProjectClass.choices, widget=forms.RadioSelect)
    month = forms.ChoiceField(label="从哪个月起", help_text="以前的月份保持原来的类别。")
    reason = reason("变更原因")
    paper = paper()

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(f"{month:%Y-%m}", month_words(month, months)) for month in months]
        self.months = {f"{month:%Y-%m}": month for month in months}

    def clean_month(self):
        return self.months[self.cleaned_data["month"]]


class StopForm(forms.Form):
    """Off the list from a day."""

    on = DayField(label="调出日期", help_text="从当月起不再报送；以前的月份不变。")
    reason = reason("调出原因")
    paper = paper()


class ResumeForm(forms.Form):
    reason = reason("恢复原因")
