"""What packages say is Chinese here."""

import re

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator, password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override

from zhuzhou.settings import BASE_DIR


@pytest.mark.parametrize(
    ("word", "chinese"),
    [("is in range", "在范围内"), ("Select a lookup.", "请选择比较方式。"), ("Add link", "新增"), ("Resource", "数据")],
)
def test_a_package_speaks_chinese(word, chinese):
    with override("zh-hans"):
        assert gettext(word) == chinese


def test_the_password_page_speaks_chinese():
    """Django's own catalogue keeps the sentence under %(min_length)d, while the code asks for %d."""
    with override("zh-hans"):
        with pytest.raises(ValidationError) as told:
            MinimumLengthValidator(10).validate("短")
        assert told.value.messages == ["密码太短，至少10位。"]
        assert not re.search("[A-Za-z]", "".join(password_validators_help_texts()))


def test_what_is_compiled_is_what_is_written():
    folder = BASE_DIR / "locale/zh_Hans/LC_MESSAGES"
    written = folder.joinpath("django.po").read_text(encoding="utf-8")
    compiled = folder.joinpath("django.mo").read_bytes().decode(errors="ignore")
    words = [line[8:-1] for line in written.splitlines() if line.startswith('msgstr "') and len(line) > 9]
    assert len(words) > 50
    assert [word for word in words if word.replace('\\"', '"') not in compiled] == []
