"""What the administrator types about accounts, and which ones to list."""

from django import forms
from django.db.models import Q

from kit import names
from kit.forms import Asked, Code, Text, of_column
from units.models import Unit, User


class AccountFilter(Asked):
    """Which accounts to list."""

    role = forms.ChoiceField(choices=[("", "全部"), *User.Role.choices], required=False, label="角色")
    active = forms.ChoiceField(choices=[("", "全部"), ("1", "启用"), ("0", "停用")], required=False, label="状态")
    q = Text(max_length=40, required=False, label="关键词", help_text="姓名、用户名、单位或拼音首字母")

    def apply(self, users):
        """Return the accounts asked for."""
        self.is_valid()
        asked = self.cleaned_data
        if role := asked.get("role"):
            users = users.filter(role=role)
        if active := asked.get("active"):
            users = users.filter(is_active=active == "1")
        if word := asked.get("q"):
            units = Unit.objects.search(word).values("pk")
            users = users.filter(names.holds(word, "name", "username") | Q(unit__in=units))
        return users


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
