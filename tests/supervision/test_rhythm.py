"""The periods of a duty that returns, and where one of them stands."""

import datetime

import pytest

from supervision.rhythm import State, every_words, gravest, spans, state_of

D = datetime.date
ALL = list(range(1, 13))


def test_a_period_has_its_months_and_the_day_it_is_due():
    first, last = spans(2015, 3, [12, 3], None)
    assert (first.first, first.month, first.due) == (D(2015, 1, 1), D(2015, 3, 1), D(2015, 3, 31))
    assert (last.first, last.due) == (D(2015, 10, 1), D(2015, 12, 31))
    assert [first.holds(D(2015, month, 1)) for month in (1, 3, 4)] == [True, True, False]
    assert spans(2015, 1, [2], 31)[0].due == D(2015, 2, 28)
    assert spans(2015, 12, [12], 15, due_next=True)[0].due == D(2016, 1, 15)
    assert (spans(2015, 1, [13], None)[0].first, spans(2015, 2, [1], 5)[0].first) == (D(2016, 1, 1), D(2014, 12, 1))


def test_where_it_stands():
    october = spans(2015, 1, [10], None)[0]
    today, asked = D(2015, 10, 20), lambda day, done=None, **more: state_of(october, day, done, **more)
    assert asked(today) is State.WAITING
    assert asked(D(2015, 9, 30)) is State.COMING
    assert asked(D(2015, 10, 31)) is State.WAITING
    assert asked(D(2015, 11, 1)) is State.MISSED
    assert asked(D(2015, 11, 1), waived=True) is State.WAIVED
    assert asked(today, D(2015, 10, 31)) is State.DONE
    assert asked(today, D(2015, 11, 1)) is State.LATE
    assert gravest([State.DONE, State.LATE, State.MISSED]) is State.MISSED
    assert gravest([State.DONE, State.LATE]) is State.LATE
    assert gravest([State.WAIVED, State.DONE]) is State.DONE


@pytest.mark.parametrize(
    ("length", "ends", "words"),
    [
        (1, ALL, "每月"),
        (1, ALL[2:], "3月起每月"),
        (1, [4, 5, 6], "4月至6月每月"),
        (1, [1, 2, 3], "1月至3月每月"),
        (1, [4, 8], "4月、8月"),
        (1, [3], "3月"),
        (1, [13], "次年1月"),
        (1, [1, 5, 9], "1月、5月、9月"),
        (3, [3, 6, 9, 12], "每季"),
        (3, [6, 9, 12], "4月起每季"),
        (3, [3], "1月至3月"),
        (2, [12], "11月至12月"),
        (6, [6, 12], "每半年"),
        (6, [6], "1月至6月"),
        (12, [12], "全年"),
    ],
)
def test_how_often_is_said_in_words(length, ends, words):
    assert every_words(length, ends) == words
