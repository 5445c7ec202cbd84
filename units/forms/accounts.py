from django import forms

from kit.forms import Code, of_column
from units.models import Unit, User


class AccountForm(forms.ModelForm):
    """The details of an account; the password is never typed here."""

    class Meta:
        model = User
        fields = ["username", "name", "role", "unit", "phone", "email"]
        formfield_callback = of_column
        field_classes = {"username": Code, "phone": Code}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active()
        self.fields["unit"].help_text = "填报人、单位负责人和办公室人员须有所在单位。"
        self.fields["username"].help_text = "2-30位字母、数字、下划线、点或横线，不分大小写；建立后不再改。"
        for name, sentence in {"username": "请填写用户名。", "name": "请填写姓名。", "role": "请选择角色。"}.items():
            self.fields[name].error_messages["required"] = sentence
        if self.instance.pk:
            self.fields["username"].disabled = True

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("这个用户名已有人使用。")
        return name

    def clean(self):
        data = super().clean()
        if data.get("role") in User.WITH_UNIT and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", f"{User.Role(data['role']).label}须选择所在单位。")
        return data
