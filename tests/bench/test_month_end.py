"""What the players of a month's end send is what a browser would send of the page's form."""

import pytest

from bench import month_end

PAGE = """<form action="/other/"><input type="text" name="x" value="1"></form>
<form id="month" method="post" action="/month/2015-10/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<input type="hidden" name="e1-seen" value="3:ab" data-seen><input type="number" name="e1-progress" value="60" min="0">
<input type="radio" name="e1-light" value="RED"><textarea name="e1-done" rows="4">
两行
字</textarea><button name="act" value="submit">报送</button></form>"""


def test_fields_are_those_of_the_form_that_goes_there():
    assert month_end.fields_of(PAGE, "/month/2015-10/") == {
        "e1-seen": "3:ab",
        "e1-progress": "60",
        "e1-done": "两行\n字",
    }
    assert month_end.fields_of(PAGE, "/other/") == {"x": "1"}
    assert month_end.fields_of(PAGE, "/nowhere/") == {}


def test_no_database_but_one_of_its_own_is_made_anew():
    with pytest.raises(SystemExit, match="_bench"):
        month_end.fresh("postgres://postgres@127.0.0.1:5432/zhuzhou")


def test_every_step_is_told_with_its_errors(capsys):
    month_end.told([("save", 0.1, True), ("save", 0.3, False), ("home", 0.2, True)])
    _, save, home, together = (line.split() for line in capsys.readouterr().out.splitlines())
    assert (save, home) == (["save", "2", "200", "300", "1"], ["home", "1", "200", "200", "0"])
    assert together == ["all", "3", "200", "300", "1"]
