"""Names however they are written."""

import difflib
import random

import pytest

from kit.names import Alike, Named, key, tidy

WRITINGS = (
    "县教育局",
    " 县教育局 ",
    "县 教育局",
    "县\u3000教育局",
    "县教育\n局",
    "县教育_x000D_\n局".replace("_x000D_", "\r"),
    "\u200b县教育局",
    "\ufeff县教育局",
    "县\u00ad教育局",
    "县\u00a0教\u2060育\u200d局",
)


@pytest.mark.parametrize("text", WRITINGS)
def test_a_name_is_one_however_its_blanks_are_written(text):
    assert key(text) == "县教育局"
    assert tidy(text) == "县教育局"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县政府（法制办）", "县政府(法制办)"),
        ("ＰＰＰ办", "ppp办"),
        ("１２３４５热线办", "12345热线办"),
        ("县纪委·监察局", "县纪委•监察局"),
        ("株县发〔2015〕4号", "株县发[2015]4号"),
        ("Li Ming", "ｌｉ　ｍｉｎｇ"),
    ],
)
def test_width_case_and_marks_that_look_alike(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("县民政局", "县民政厅"), ("县科技局", "区科技局"), ("县局1", "县局11")])
def test_what_reads_differently_stays_different(one, other):
    assert key(one) != key(other)


def test_a_name_is_kept_with_the_blanks_that_latin_words_need():
    assert tidy(" Li \u200b Ming ") == "Li Ming"
    assert tidy("李　明") == "李明"
    assert tidy("PPP 办") == "PPP办"


def test_things_are_found_by_any_writing_of_their_names():
    found = Named({"县 公安局": 1})
    found |= {"ＡＢ": 2}
    assert (found["县公安局"], found.get("ab"), "县\u200b公安局" in found, found.get("x")) == (1, 2, True, None)


@pytest.mark.parametrize("seed", range(20))
def test_the_names_most_alike_are_those_difflib_finds(seed):
    chance = random.Random(seed)
    *known, name, strange = (
        "".join(chance.choices("县市局办委财政政教育", k=chance.randint(1, 9))) for _ in range(300)
    )
    for asked in (name, strange, known[0], "县", "外", ""):
        for most, cutoff in ((1, 0.4), (9, 0.4), (300, 0.1)):
            expected = difflib.get_close_matches(asked, dict.fromkeys(known), n=most, cutoff=cutoff)
            assert Alike(known).nearest(asked, most, cutoff) == expected
