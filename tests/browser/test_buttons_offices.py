"""The walk of every button for the office and the administrator, and the proof that a broken form stops it."""

import pytest

from tests.browser.test_buttons import OFFICES, county, walk
from tests.demonstration import built, folder

__all__ = ["built", "county", "folder", "walk"]


@pytest.mark.parametrize("role", OFFICES)
def test_every_button_of_the_offices_sends_something(walk, role):
    walker = walk(role)
    assert len(walker.pressed) >= 4
    assert walker.wrong == []


def test_a_form_that_the_browser_holds_back_in_silence_is_found(walk):
    """A required reason inside a closed fold of the same form, as 批量通过 once had it."""

    def broken(path, text):
        return (
            text.replace(" novalidate>", ">").replace('name="reason"', 'name="reason" required')
            if path.startswith("/review/")
            else text
        )

    assert walk("OFFICE", only="/review/").wrong == []
    walker = walk("OFFICE", broken, only="/review/")
    assert any("“批量通过” sends nothing" in each for each in walker.wrong)
