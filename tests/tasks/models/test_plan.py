"""What plans and their sections say of themselves."""

import pytest

from tasks.models import Section


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("（一）", "（一）深化改革"),
        ("一", "一、深化改革"),
        ("3.1", "3.1、深化改革"),
        ("第二章", "第二章深化改革"),
        ("", "深化改革"),
    ],
)
def test_a_bare_number_does_not_run_into_the_title(number, shown):
    assert str(Section(number=number, title="深化改革")) == shown
