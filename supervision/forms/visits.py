"""A visit as it is typed on a phone: day, project, what was settled."""

from django import forms

from kit import clock
from kit.forms import Asked, Box, DayField, MonthField, RowField, Text
from supervision.models import Item
from tasks.models import Project
from units.models import User


class VisitMonth(Asked):
    month = MonthField(required=False, label="月份")


class VisitForm(forms.Form):
    """A leader types their own; an office names the leader it types for. Projects the leader answers for stand first."""

    leader = forms.ModelChoiceField(User.objects.none(), label="走访的领导", empty_label="请选择")
    project = RowField(Project.objects.none(), label="项目")
    held_on = DayField(label="日期")
    settled = Text(
        label="定了什么",
        max_length=2000,
        help_text="一行一件，写明谁办、哪天前。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    people = Text(label="同行人员", required=False, max_length=300)
    notes = Box("现场情况", 2000, required=False)

    def __init__(self, data, *, user, projects):
        super().__init__(data, initial={"held_on": clock.today()})
        if user.role == User.Role.LEADER:
            del self.fields["leader"]
        else:
            self.fields["leader"].queryset = User.objects.filter(role=User.Role.LEADER, is_active=True)
        field, own = self.fields["project"], set(projects.of_leader(user).values_list("pk", flat=True))
        field.queryset = projects
        shown = [(each.pk, str(each)) for each in projects]
        groups = [("我联系的项目", [pair for pair in shown if pair[0] in own])]
        groups.append(("其他项目" if own else "项目", [pair for pair in shown if pair[0] not in own]))
        field.choices = [("", "请选择"), *(group for group in groups if group[1])]

    def clean_settled(self):
        lines = [line.strip() for line in self.cleaned_data["settled"].splitlines() if line.strip()]
        if long := next((line for line in lines if len(line) > Item.TEXT), None):
            raise forms.ValidationError(f"每件不超过{Item.TEXT}字，“{long[:20]}……”有{len(long)}字。")
        return list(dict.fromkeys(lines))
