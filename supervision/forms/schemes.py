"""A scheme as it is typed: its head, an item with the params of its way, a group."""

from decimal import Decimal

from django import forms
from django.core.validators import MinValueValidator

from kit.forms import Box, Number, Text, Whole
from kit.rates import written
from supervision.actions.presets import presets
from supervision.dashboard.metrics import METRICS
from supervision.dashboard.soundness import item_faults
from supervision.models.round import Round
from supervision.models.scheme import Scheme, SchemeItem
from supervision.scoring import said
from supervision.ways import Bands
from tasks.forms.units import UnitField, UnitsField

Way = SchemeItem.Way
RHYTHMS = [(1, "每月"), (3, "每季"), (6, "每半年"), (12, "每年")]


class PairsField(Text):
    """Lines of a word and a number: 迟报 0.5. The value is [[word, number as text], ...]."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False, **kwargs)

    def to_python(self, value):
        lines = [line.split() for line in super().to_python(value).splitlines() if line.strip()]
        if wrong := next((line for line in lines if len(line) != 2), None):
            raise forms.ValidationError(f"“{' '.join(wrong)[:20]}”应写成两部分，中间空一格，每行一个。")
        if len({line[0] for line in lines}) < len(lines):
            raise forms.ValidationError("同一个词写了两遍。")
        return lines

    def validate(self, value):
        """Whether something must be there is the way's to say."""

    def run_validators(self, value):
        """What is too long was told by its lines."""

    def prepare_value(self, value):
        return "\n".join(" ".join(map(str, line)) for line in value) if isinstance(value, list) else value


class SchemeForm(forms.Form):
    name = Text(label="名称", max_length=60)
    purpose = forms.ChoiceField(label="用途", choices=Scheme.Purpose.choices)
    subjects = forms.ChoiceField(label="考评对象", choices=Scheme.Subjects.choices)
    months = forms.TypedChoiceField(label="多久一次", coerce=int, choices=RHYTHMS)
    minimum = Whole(label="成组最少家数", min_value=2, max_value=99, help_text="不足的组只列得分，不排名次。")
    low_count = Whole(label="末几名为靠后", min_value=0, max_value=50, help_text="达到目标的不列为靠后；0为不列。")
    streak = Whole(label="连续几次靠后约谈", min_value=1, max_value=12)
    steps = forms.MultipleChoiceField(
        label="步骤",
        required=False,
        choices=[(each.value, each.label) for each in Round.STEPS],
        widget=forms.CheckboxSelectMultiple,
        help_text="试算和公布每次都有。",
    )
    objection_workdays = Whole(label="公示几个工作日", min_value=1, max_value=30)
    classes = PairsField(label="等次", help_text="每行“等次 多少分以上”，从高到低，例如“优秀 90”。")
    consequence = Box("结果运用", 1000, 2, required=False)
    basis = Text(label="依据", required=False, max_length=120)

    def __init__(self, data=None, *, scheme=None):
        super().__init__(data, initial={name: getattr(scheme or Scheme(), name) for name in self.base_fields})

    def clean_classes(self):
        lines = self.cleaned_data["classes"]
        limits = [_number(least) for _, least in lines]
        if None in limits:
            raise forms.ValidationError("“多少分以上”应是数字，例如“优秀 90”。")
        if limits != sorted(limits, reverse=True):
            raise forms.ValidationError("等次从高到低写。")
        return lines


def _number(text):
    try:
        return Number(max_digits=7, decimal_places=2, min_value=0).clean(text)
    except forms.ValidationError:
        return None


def _number_box(**told):
    return Number(required=False, max_digits=12, decimal_places=4, **told)


# The box of each param, and of one that says something else in one way.
OWN = {
    (Way.EVENTS, "cap"): lambda: _number_box(label="最多扣几分", help_text="留空为扣完。"),
    (Way.YESNO, "least"): lambda: _number_box(label="至少几件", help_text="留空为1。"),
}
BOXES = {
    "target": lambda: _number_box(label="固定目标数", help_text="留空为应完成数。"),
    "cap": lambda: _number_box(label="封顶比例（%）", help_text="留空为100。"),
    "least": lambda: _number_box(label="起评比例（%）", help_text="低于它不得分；留空为0。"),
    "per": lambda: _number_box(label="每点（件）多少分"),
    "base": lambda: _number_box(label="达到应完成得几分", help_text="留空为满分。"),
    "up": lambda: _number_box(label="最多加几分", help_text="留空为0。"),
    "down": lambda: _number_box(label="最多扣几分", help_text="留空为扣完。"),
    "by": lambda: forms.ChoiceField(label="按什么分档", choices=list(Bands.BY.items()), required=False),
    "bands": lambda: PairsField(label="各档", help_text="每行“多少以上 得几分”，从高到低，例如“90 10”。"),
    "else": lambda: _number_box(label="各档之外得几分", help_text="留空为0。"),
    "each": lambda: PairsField(label="扣分情形", help_text="每行“情形 每次扣几分”，例如“迟报 0.5”。"),
    "double": lambda: Text(label="加倍的情形", required=False, max_length=200, help_text="用顿号分开。"),
    "step": lambda: _number_box(label="每低一名少几分", help_text="留空为满分÷家数。"),
    "floor": lambda: _number_box(label="最低得几分", help_text="留空为0。"),
    "no": lambda: _number_box(label="没有时得几分", help_text="留空为0。"),
    "seats": lambda: PairsField(label="评委", help_text="每行“评委 权重”，例如“企业代表 70”。"),
}
ASKED = {
    Way.SHARE: ("target", "cap", "least"),
    Way.POINTS: ("per", "base", "up", "down", "target"),
    Way.BANDS: ("by", "bands", "else"),
    Way.EVENTS: ("each", "double", "cap"),
    Way.RANK: ("step", "floor"),
    Way.YESNO: ("least", "no"),
    Way.PANEL: ("seats",),
    Way.EXTRA: ("per",),
    Way.HAND: (),
}
MAPS = ("each", "seats")


class ItemForm(forms.Form):
    """One item; of the boxes of the ways only those of the way chosen count. Empty full marks of all groups: the same for all."""

    dimension = Text(label="类别", required=False, max_length=30)
    title = Text(label="项目", max_length=60)
    standard = Box("评分标准", 2000, required=False)
    full = Number(
        label="满分", max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"), "满分须大于0。")]
    )
    metric = forms.ChoiceField(label="取数", required=False, help_text="留空为人工评分。")
    way = forms.ChoiceField(label="计分方式", choices=Way.choices)
    scorer = UnitField(label="评分单位", required=False, help_text="人工评分的由它评定；留空为考评办公室。")
    is_target = forms.BooleanField(label="达到应完成数的不列为靠后", required=False)
    self_scored = forms.BooleanField(label="单位自评", required=False)
    missing = forms.ChoiceField(label="不适用时", choices=SchemeItem.Missing.choices)
    basic = Number(label="基本分", required=False, max_digits=7, decimal_places=2, min_value=0)

    def __init__(self, data=None, *, scheme, item=None):
        super().__init__(data)
        self.scheme, self.item = scheme, item
        fitting = [each for each in METRICS.values() if scheme.subjects in each.fits]
        self.fields["metric"].choices = [("", "人工评分"), *((each.key, each.label) for each in fitting)]
        self.groups = list(scheme.groups.order_by("order", "pk"))
        for way, names in ASKED.items():
            for name in names:
                self.fields[f"{way}_{name}"] = OWN.get((way, name), BOXES[name])()
        for group in self.groups:
            self.fields[f"full_{group.pk}"] = Number(
                label=f"“{group.name}”组满分", required=False, max_digits=7, decimal_places=2, min_value=0
            )
        self.initial = _first(item) if item else {"way": Way.SHARE, "missing": SchemeItem.Missing.CONVERTED}

    @property
    def main(self):
        return [self[name] for name in self.base_fields]

    @property
    def ways(self):
        """[(word, its boxes, whether it is the one chosen)]."""
        chosen = self["way"].value()
        return [
            (Way(way).label, [self[f"{way}_{name}"] for name in names], way == chosen)
            for way, names in ASKED.items()
            if names
        ]

    @property
    def own_fulls(self):
        return [self[f"full_{group.pk}"] for group in self.groups]

    def clean(self):
        values = super().clean()
        if self.errors or not values.get("way"):
            return values
        own = {name: values[name] for name in self.base_fields}
        own["params"] = self._params(values)
        for name, told in item_faults(SchemeItem(scheme=self.scheme, **own), self.scheme).items():
            part = name.partition("params.")[2]
            self.add_error(f"{own['way']}_{part}" if part in ASKED[own["way"]] else name, told)
        fulls = {group.pk: values[f"full_{group.pk}"] for group in self.groups}
        for group in self.groups if any(full is not None for full in fulls.values()) else ():
            if fulls[group.pk] is None:
                self.add_error(f"full_{group.pk}", "其他组写了满分，这一组也要写；不评的写0。")
        self.values = own | {"fulls": {} if None in fulls.values() else fulls}
        return values

    def _params(self, values):
        found = {}
        for name in ASKED[values["way"]]:
            value = values.get(f"{values['way']}_{name}")
            if value in (None, "", []):
                continue
            if name in MAPS:
                found[name] = dict(value)
            elif name == "double":
                found[name] = value.replace("，", "、").split("、")
            else:
                found[name] = written(value) if isinstance(value, Decimal) else value
        return found


def _first(item):
    values = {name: getattr(item, name) for name in ItemForm.base_fields if name != "scorer"}
    values |= {f"full_{each.group_id}": said(each.full) for each in item.full_marks.all()} | {"full": said(item.full)}
    for name, value in item.params.items():
        if name in MAPS:
            value = [list(pair) for pair in value.items()]
        elif name == "double":
            value = "、".join(value)
        values[f"{item.way}_{name}"] = value
    return values | {"scorer": item.scorer.name if item.scorer else ""}


class GroupForm(forms.Form):
    name = Text(label="组名", max_length=30)
    units = UnitsField(
        label="单位",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="用顿号分开；评项目、特派员的按其单位分组，留空的组收其余的。",
    )
    is_outside = forms.BooleanField(label="不参加排名，只列得分", required=False)

    def __init__(self, data=None, *, group=None):
        first = {}
        if group:
            units = "、".join(unit.name for unit in group.units.order_by("order", "pk"))
            first = {"name": group.name, "is_outside": group.is_outside, "units": units}
        super().__init__(data, initial=first)


class PresetForm(forms.Form):
    preset = forms.ChoiceField(label="样本")

    def __init__(self, data=None, *, plan):
        super().__init__(data)
        self.fields["preset"].choices = [(key, each["name"]) for key, each in presets(plan).items()]


class StandardsForm(forms.Form):
    """How many marks the standards of tasks come to together."""

    marks = Number(label="共多少分", max_digits=5, decimal_places=2, min_value=Decimal("0.5"), max_value=100)
