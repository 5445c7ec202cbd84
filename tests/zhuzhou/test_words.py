"""What packages say is Chinese here."""

import pytest
from django.utils.translation import gettext, override

from zhuzhou.settings import BASE_DIR


@pytest.mark.parametrize(
    ("word", "chinese"),
    [("is in range", "在范围内"), ("Select a lookup.", "请选择比较方式。"), ("Add link", "新增"), ("Resource", "数据")],
)
def test_a_package_speaks_chinese(word, chinese):
    with override("zh-hans"):
        assert gettext(word) == chinese


def test_what_is_compiled_is_what_is_written():
    folder = BASE_DIR / "locale/zh_Hans/LC_MESSAGES"
    written = folder.joinpath("django.po").read_text(encoding="utf-8")
    compiled = folder.joinpath("django.mo").read_bytes().decode(errors="ignore")
    words = [line[8:-1] for line in written.splitlines() if line.startswith('msgstr "') and len(line) > 9]
    assert len(words) > 50
    assert [word for word in words if word.replace('\\"', '"') not in compiled] == []
