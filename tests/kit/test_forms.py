import datetime

import pytest
from django.core.exceptions import ValidationError

from kit.forms import DayField, MonthField

UNREADABLE = ["x", "2015-13", "2015-02-30", "2015-10-01-01", "\0", "1e309", "长" * 10000]
TOO_FAR = ["0001-01", "1999-12", "2101-01", "9999-12"]


@pytest.mark.parametrize("text", ["2015-10", "2015/10", "2015年10月", " 2015-10 ", "２０１５-10"])
def test_a_month_is_its_first_day(text):
    assert MonthField().clean(text) == datetime.date(2015, 10, 1)


@pytest.mark.parametrize("text", ["2015-11-30", "2015/11/30", "2015年11月30日"])
def test_a_day_is_read_as_people_write_it(text):
    assert DayField().clean(text) == datetime.date(2015, 11, 30)


@pytest.mark.parametrize(("field", "day"), [(MonthField, ""), (DayField, "-01")])
def test_what_no_plan_can_mean_is_told_in_chinese(field, day):
    for text in UNREADABLE:
        with pytest.raises(ValidationError, match="例如2015-11-30|写作2015-10"):
            field().clean(text)
    for text in TOO_FAR:
        with pytest.raises(ValidationError, match="2000到2100"):
            field().clean(text + day)
