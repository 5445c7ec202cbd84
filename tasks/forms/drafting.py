"""What a person corrects of a draft: one task, the head of one plan."""

from django import forms
from django.utils.html import escape

from kit.forms import DayField, InOrder, Text, Whole, of_column
from kit.text import clean
from tasks.actions.loads import LIMITS
from tasks.draft.edits import foreign_words
from tasks.draft.names import LEAD, SUPPORT
from tasks.forms.units import SEPARATORS, UnitField, unit_input
from tasks.models import Plan
from units.models import Unit

FOREIGN = "“{words}”与源文件不一致。请从原文复制；纸质文件确实不同的，勾选下面一项再保存。"


def spelled(text, known):
    """Return the names in ``text``, one a line or in a list; a name that the draft knows whole is not cut at its marks.

    What is typed as initials becomes the name of the one unit it means.
    """
    names = []
    for line in clean(text).splitlines():
        line = line.strip()
        names += [line] if line in known else [part for part in SEPARATORS.split(line) if part]
    return list(dict.fromkeys(_expanded(name) for name in names))


def _expanded(name):
    if not name.isascii():
        return name
    found = list(Unit.objects.active().search(name)[:2])
    return found[0].name if len(found) == 1 else name


class TaskForm(forms.Form):
    """One task. Names nobody knows are taken as printed; they are settled once for the whole document."""

    number = Text(label="编号", max_length=LIMITS["task_number"])
    section = forms.ChoiceField(label="章节", required=False)
    short_title = Text(label="简称", max_length=LIMITS["task_short_title"], help_text="列表和图表用，8-20字为宜。")
    text = Text(
        label="任务原文", help_text="须与文件一致，只改识别错的地方。", widget=forms.Textarea(attrs={"rows": 6})
    )
    corrected = forms.BooleanField(label="按纸质件更正，与上传的文件不同", required=False)
    lead = Text(label="牵头单位", required=False, max_length=200, widget=unit_input())
    support = Text(
        label="配合单位",
        required=False,
        max_length=2000,
        help_text="一行一个，或用顿号隔开。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(label="完成时限", required=False, help_text="留空为方案结束日期。")
    seen = Whole(widget=forms.HiddenInput)

    def __init__(self, data=None, *, reading, plan, task, **kwargs):
        self.reading, self.task = reading, task
        super().__init__(data, initial=self._first(task), auto_id=f"id_{task['key']}_%s", **kwargs)
        choices = [("", "不属于章节")]
        choices += [(each["key"], f"{each['number']}{each['title']}") for each in plan["sections"]]
        self.fields["section"].choices = choices
        if task["deadline"]:
            self.fields["due_on"].help_text = f"文件写的是“{escape(task['deadline'])}”。留空为方案结束日期。"

    @staticmethod
    def _first(task):
        lead = [unit["name"] for unit in task["units"] if unit["role"] == LEAD]
        rest = [unit["name"] for unit in task["units"] if unit["role"] != LEAD]
        first = {name: task[name] for name in ("number", "section", "short_title", "text", "due_on", "corrected")}
        return first | {"lead": "、".join(lead), "support": "\n".join(rest), "seen": task["version"]}

    def clean(self):
        values = super().clean()
        foreign = foreign_words(values.get("text", ""), self.reading.text, self.task["text"])
        if foreign and not values.get("corrected"):
            self.add_error("text", FOREIGN.format(words=foreign[:30]))
        known = {unit["name"] for unit in self.task["units"]}
        leads, supports = spelled(values.get("lead") or "", known), spelled(values.get("support") or "", known)
        if len(leads) > 1:
            self.add_error("lead", "牵头单位只能有一个，其余请写在配合单位里。")
        if supports and not leads and "lead" not in self.errors:
            self.add_error("lead", "有配合单位时，请先选定一个牵头单位。")
        if leads and leads[0] in supports:
            self.add_error("support", f"{leads[0]}已是牵头单位，不能同时配合。")
        if any(len(name) > Unit._meta.get_field("name").max_length for name in [*leads, *supports]):
            self.add_error("support", "单位名称不能超过60个字。")
        values["units"] = [{"name": name, "role": LEAD} for name in leads]
        values["units"] += [{"name": name, "role": SUPPORT} for name in supports]
        return values

    @property
    def values(self):
        found = {name: self.cleaned_data[name] for name in ("number", "section", "short_title", "text", "units")}
        due_on = self.cleaned_data["due_on"]
        return found | {"corrected": self.cleaned_data["corrected"], "due_on": due_on.isoformat() if due_on else ""}


class DropForm(forms.Form):
    reason = Text(label="不列为任务的原因", required=False, max_length=200)


class HeadForm(InOrder, forms.ModelForm):
    """The head of a plan as the draft has it. Only read from; nothing is stored by the form."""

    office = UnitField(label="主管办公室", help_text="审核月报的办公室，默认为本单位。")
    year = Whole(label="年度", min_value=2000, max_value=2100)
    starts_on = DayField(
        label="开始日期",
        required=False,
        help_text="留空为第一个实施阶段的开始日，没有阶段的为印发日期；都没有的为写入当天。",
    )
    ends_on = DayField(label="结束日期", required=False, help_text="留空为当年12月31日。")
    left_out = forms.BooleanField(label="不导入这个方案", required=False)
    seen = Whole(widget=forms.HiddenInput)

    class Meta:
        model = Plan
        formfield_callback = of_column
        fields = [
            "title",
            "short_title",
            "kind",
            "year",
            "office",
            "document_number",
            "issued_on",
            "starts_on",
            "ends_on",
            "due_day",
            "due_hour",
            "grace_days",
            "stamped",
        ]

    def __init__(self, data=None, *, draft, plan, **kwargs):
        self.plan = plan
        first = {name: plan[name] for name in [*self.Meta.fields, "left_out"] if name in plan}
        first |= {"document_number": draft["document_number"], "issued_on": draft["issued_on"], "seen": plan["version"]}
        super().__init__(data, initial=first, **kwargs)
        for name in ("due_day", "due_hour", "grace_days"):
            self.fields[name].validators += Plan._meta.get_field(name).validators
        self.fields["document_number"].help_text = "同一份文件的各个方案共用。"
        for section in plan["sections"]:
            key = section["key"]
            self.fields[f"number-{key}"] = Text(
                label="序号", max_length=LIMITS["section_number"], initial=section["number"]
            )
            self.fields[f"title-{key}"] = Text(
                label="章节标题", required=False, max_length=LIMITS["section_title"], initial=section["title"]
            )

    def section_rows(self):
        return [(self[f"number-{each['key']}"], self[f"title-{each['key']}"]) for each in self.plan["sections"]]

    def _post_clean(self):
        """Nothing is put on a plan: the form only reads."""

    @property
    def values(self):
        """(head, sections, heading) that the action stores."""
        found = self.cleaned_data
        head = {name: found[name] for name in self.Meta.fields if name not in ("document_number", "issued_on")}
        head |= {name: _day(found[name]) or "" for name in ("starts_on", "ends_on")}
        head |= {"office": found["office"].name, "left_out": found["left_out"]}
        sections = {
            each["key"]: (found[f"number-{each['key']}"], found[f"title-{each['key']}"])
            for each in self.plan["sections"]
        }
        heading = {"document_number": found["document_number"], "issued_on": _day(found["issued_on"])}
        return head, sections, heading


def _day(value):
    return value.isoformat() if value else None
