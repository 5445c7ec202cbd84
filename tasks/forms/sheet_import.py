"""The file somebody brings in, and how its columns are to be taken."""

import hashlib
from dataclasses import replace

from django import forms

from kit import uploads
from kit.forms import Whole
from kit.intake import layout_at

MOST_BYTES = 5 * 1024 * 1024
OTHER_TABLES = (".xls", ".et", ".csv", ".ods", ".xlsb", ".xlsm", ".xltx", ".xltm", ".txt", ".numbers", ".wps", ".ett")


class SheetFileForm(forms.Form):
    """An .xlsx file, for one of the plans where the kind belongs to a plan."""

    plan = forms.ModelChoiceField(
        None, label="方案", empty_label=None, error_messages={"invalid_choice": "请选择方案。"}
    )
    file = forms.FileField(
        label="Excel文件（.xlsx）",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择文件。", "empty": "文件是空的。", "max_length": "文件名太长，请改短。"},
    )

    def __init__(self, *args, plans=None, **kwargs):
        super().__init__(*args, **kwargs)
        if plans is None:
            del self.fields["plan"]
        else:
            self.fields["plan"].queryset = plans
            self.fields["plan"].label_from_instance = lambda plan: plan.named

    def clean_file(self):
        file = self.cleaned_data["file"]
        name = uploads.clean_name(file.name)
        if name.lower().endswith(OTHER_TABLES):
            raise forms.ValidationError(
                f"“{name}”不是xlsx文件，请用WPS或Excel打开，选“另存为”，文件类型选xlsx（不含宏），再上传。"
            )
        try:
            self.checked = uploads.check(file, allow=("xlsx",), max_bytes=MOST_BYTES)
        except uploads.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file


class LayoutForm(forms.Form):
    """Where the heads stand, and for each column the field it is; the columns count from 0."""

    sheet = forms.TypedChoiceField(label="工作表", coerce=int)
    last = Whole(
        label="表头在第几行",
        min_value=1,
        help_text="表头有两行时写下面一行",
        error_messages={"required": "请填写行号。", "invalid": "请填写行号。", "min_value": "行号从1开始。"},
    )

    def __init__(self, data=None, *, sheets, layout, fields, optional=False, **kwargs):
        initial = {"sheet": layout.sheet, "last": layout.last + 1, "taken": layout.taken}
        super().__init__(data, initial=initial, **kwargs)
        self.sheets, self.layout, self.known = sheets, layout, fields.values()
        if optional:
            self.fields["taken"] = forms.BooleanField(label="读入这张表", required=False)
        self.fields["sheet"].choices = [(place, sheet.name) for place, sheet in enumerate(sheets)]
        known = [field for field in self.known if field.listed or field.name in layout.fields]
        choices = [("", "（不导入）"), *((field.name, field.title) for field in known)]
        self.places = [place for place, head in enumerate(layout.heads) if head or layout.fields[place]]
        for place in self.places:
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=layout.heads[place] or f"第{place + 1}列",
                choices=choices,
                required=False,
                initial=layout.fields[place],
                error_messages={"invalid_choice": "没有这一项。"},
            )

    @property
    def table_sheet(self):
        return self.sheets[self.layout.sheet]

    @property
    def columns(self):
        return [self[f"column{place}"] for place in self.places]

    def clean_last(self):
        last = self.cleaned_data["last"]
        place = self.cleaned_data.get("sheet", self.layout.sheet)
        if last > len(self.sheets[place].rows):
            raise forms.ValidationError(f"这个工作表只有{len(self.sheets[place].rows)}行。")
        return last

    def clean(self):
        values = super().clean()
        if self.errors or self.moved:
            return values
        chosen = [values.get(f"column{place}") for place in self.places if values.get(f"column{place}")]
        doubled = sorted({name for name in chosen if chosen.count(name) > 1})
        titles = {field.name: field.title for field in self.known}
        if doubled:
            raise forms.ValidationError(f"“{'、'.join(titles[name] for name in doubled)}”选了几列，每项只能选一列。")
        return values

    @property
    def moved(self):
        """The heads are elsewhere than was thought: the columns are looked for anew."""
        values = self.cleaned_data
        return (values.get("sheet"), values.get("last")) != (self.layout.sheet, self.layout.last + 1)

    @property
    def wanted(self):
        """The layout asked for; only after is_valid."""
        values = self.cleaned_data
        taken = values.get("taken", True)
        if self.moved:
            return replace(layout_at(self.sheets, values["sheet"], values["last"] - 1, self.known), taken=taken)
        names = [
            values.get(f"column{place}", "") if place in self.places else "" for place in range(len(self.layout.heads))
        ]
        return replace(self.layout.with_fields(names), taken=taken)


class AnswersForm(forms.Form):
    """What a person says to the questions and faults of a sheet; an empty choice leaves them open."""

    def __init__(self, data=None, *, result, **kwargs):
        super().__init__(data, **kwargs)
        self.asked = {}
        for question in result.questions:
            self._offer(question.key, question.text, question.options, question.answer)
        for told in result.told:
            if told.ways:
                self._offer(told.key, f"{told.sheet}第{told.rows}行{told.head}", told.ways, "")

    def _offer(self, key, label, options, initial):
        if key in self.asked:
            return
        # Named by what it is about: the sheet may be judged otherwise by the time the answers come.
        name = f"answer-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        choices = [("", "（请选择）" if initial == "" else "（重新选择）"), *options]
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=initial,
            error_messages={"invalid_choice": "没有这一项。"},
        )
        self.asked[key] = name

    def of(self, key):
        """The box of a question or a fault, None where there is nothing to choose."""
        return self[self.asked[key]] if key in self.asked else None

    @property
    def said(self):
        """{key: answer}; only after is_valid."""
        return {key: self.cleaned_data[name] for key, name in self.asked.items()}
