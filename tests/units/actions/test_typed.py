"""Drafts: one a person and form, never over what another window kept, gone once handed in or after a month."""

import pytest

from kit.refusal import Conflict
from units.actions.typed import drop_typed, keep_typed
from units.models import Typed

PLACE, ONE, OTHER = "/directives/1/", {"answer_1": ["甲"]}, {"answer_1": ["乙"]}


def test_the_next_saving_takes_the_place_of_the_one_before(reporter, head):
    first = keep_typed(reporter, PLACE, ONE, first={"answer_1": [""]})
    mark = first.mark
    keep_typed(head, PLACE, ONE)
    second = keep_typed(reporter, PLACE, OTHER, mark)
    row = Typed.objects.visible_to(reporter).get()
    assert (row.values, row.mark) == (OTHER, second.mark)
    assert row.mark != mark


def test_a_stale_window_writes_over_nothing_and_is_shown_what_stands(reporter):
    keep_typed(reporter, PLACE, ONE)
    for seen in ("", "older"):
        with pytest.raises(Conflict) as told:
            keep_typed(reporter, PLACE, OTHER, seen)
        assert told.value.current.values == ONE
    assert keep_typed(reporter, PLACE, ONE, "older").values == ONE


def test_a_form_handed_in_elsewhere_is_not_kept_again_unawares(reporter):
    mark = keep_typed(reporter, PLACE, ONE).mark
    drop_typed(reporter, PLACE)
    with pytest.raises(Conflict, match="已经提交"):
        keep_typed(reporter, PLACE, OTHER, mark)
    assert not Typed.objects.exists()


def test_nobody_comes_back_after_a_month(reporter, at):
    keep_typed(reporter, PLACE, ONE)
    at("2015-11-19 09:59")
    keep_typed(reporter, "/directives/2/", ONE)
    at("2015-11-19 10:01")
    keep_typed(reporter, "/directives/3/", ONE)
    assert not Typed.objects.filter(place=PLACE).exists()
