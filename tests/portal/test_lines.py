"""A text of one line stays one, in every kind of sheet that comes in."""

import pytest

from portal.views.imports import kinds

# Texts of several lines; the title of a milestone's task is only compared.
KEEP_BREAKS = {"text", "standard", "content", "task"}


def _read(field, cell):
    try:
        return field.widget.clean(cell)
    except ValueError:
        return ""


@pytest.mark.django_db
def test_only_texts_of_several_lines_keep_the_breaks_of_a_cell():
    fields = [field for kind in kinds().values() for field in kind().fields.values()]
    assert {field.name for field in fields if "\n" in str(_read(field, "甲乙\n丙丁"))} == KEEP_BREAKS
    assert {_read(field, "某某\n规划") for field in fields if field.name in ("scheme", "owner", "goal_words")} == {
        "某某规划"
    }
