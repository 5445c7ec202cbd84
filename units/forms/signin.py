from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts


class SignInForm(AuthenticationForm):
    """Name and password; whether the name exists is not told."""

    error_messages = {
        "invalid_login": "用户名或密码不正确，请检查大小写。连续输错5次将暂停登录15分钟。",
        "inactive": "这个账号已停用，请与系统管理员联系。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label, self.fields["password"].label = "用户名", "密码"
        self.fields["username"].error_messages["required"] = "请填写用户名。"
        self.fields["password"].error_messages["required"] = "请填写密码。"


class PasswordForm(PasswordChangeForm):
    error_messages = {
        "password_mismatch": "两次填写的新密码不一致。",
        "password_incorrect": "原密码不正确。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {"old_password": "原密码", "new_password1": "新密码", "new_password2": "再填一次新密码"}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = (
                f"请填写{label}。" if name != "new_password2" else "请再填一次新密码。"
            )
        self.fields["new_password1"].help_text = (
            "；".join(text.rstrip("。") for text in password_validators_help_texts()) + "。"
        )
        self.fields["new_password2"].help_text = ""
        self.fields["old_password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
