"""What a round is called: its span and its scheme, no word of them twice."""

import datetime

import pytest

from supervision.models import Round, Scheme


@pytest.mark.parametrize(
    ("first", "last", "name", "called"),
    [
        ((7, 1), (9, 1), "季度排名", "2015年三季度排名"),
        ((1, 1), (12, 1), "年度考核", "2015年度考核"),
        ((1, 1), (6, 1), "半年考核", "2015年上半年考核"),
        ((9, 1), (9, 1), "月度排名", "2015年9月度排名"),
        ((1, 1), (9, 1), "预考核", "2015年1—9月预考核"),
    ],
)
def test_no_word_twice(first, last, name, called):
    round_ = Round(month=datetime.date(2015, *first), until=datetime.date(2015, *last), scheme=Scheme(name=name))
    assert str(round_) == called
