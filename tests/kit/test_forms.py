"""The fields that people type into."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kit.forms import Code, DayField, InOrder, MonthField, Number, Text, Whole, kept_rows, not_ahead, of_column
from units.models import Unit, User

UNREADABLE = ["x", "2015-13", "2015-02-30", "2015-10-01-01", "1e309", "长" * 10000]
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


class SampleForm(forms.Form):
    reason = Text(label="原因", max_length=10, widget=forms.Textarea(attrs={"rows": 2, "data-count": 10}))
    count = Whole(label="件数", required=False)


def test_a_line_break_counts_once():
    assert Text(max_length=5, widget=forms.Textarea).clean("一二\r\n三四") == "一二\n三四"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("关于防汛\r\n的通知", "关于防汛的通知"),
        ("二是 \u2028 三是\t四", "二是三是四"),
        ("PPP\nAB", "PPP AB"),
        (" \n甲 乙\n", "甲 乙"),
    ],
)
def test_a_box_of_one_line_takes_no_line_break(sent, kept):
    assert Text(max_length=20).clean(sent) == kept
    assert of_column(Unit._meta.get_field("name")).clean(sent) == kept


@pytest.mark.parametrize("typed", ["\u200b", "\ufeff\u2060", " \r\n\u3000", "\x00"])
def test_what_cannot_be_seen_is_no_answer(typed):
    with pytest.raises(ValidationError, match="请填写原因。"):
        Text(label="原因").clean(typed)


def test_what_is_too_long_is_told_with_its_length_and_stays_in_the_box():
    form = SampleForm({"reason": "字" * 25})
    assert form.errors["reason"] == ["原因不超过10字，现有25字，请压缩。"]
    assert "字" * 25 in str(form["reason"])


def test_the_box_takes_what_is_pasted():
    assert "maxlength" not in str(SampleForm()["reason"])


def test_own_sentences_stand():
    with pytest.raises(ValidationError, match="超过2字（现有3字）"):
        Text(max_length=2, error_messages={"max_length": "超过2字（现有%(show_value)d字）"}).clean("一二三")


def test_full_width_digits_are_digits():
    assert Whole().clean("１２") == 12
    assert str(Number().clean("１２．５")) == "12.5"
    assert Code().clean("０７３１－２２３３") == "0731-2233"


def test_columns_of_a_model_become_these_fields():
    kinds = {name: type(of_column(User._meta.get_field(name))).__name__ for name in ("name", "email", "role")}
    assert kinds == {"name": "Text", "email": "EmailField", "role": "TypedChoiceField"}


def test_a_day_that_has_not_come_is_refused():
    field = DayField(required=False, validators=[not_ahead("还没有到。")])
    assert (field.clean("2015-10-20"), field.clean("")) == (datetime.date(2015, 10, 20), None)
    with pytest.raises(ValidationError, match="还没有到。"):
        field.clean("2015-10-21")


class SpanForm(InOrder, forms.Form):
    starts_on, ends_on = DayField(required=False), DayField(required=False)


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        ("2015-10-20", "2015-10-20", {}),
        ("2015-10-20", "", {}),
        ("", "2015-10-20", {}),
        ("2015-10-21", "2015-10-20", {"ends_on": ["结束日期不能早于开始日期。"]}),
    ],
)
def test_two_days_must_come_in_order(first, last, faults):
    assert SpanForm({"starts_on": first, "ends_on": last}).errors == faults


def test_rows_left_empty_or_taken_away_are_none():
    rows = forms.formset_factory(SampleForm, extra=4, can_delete=True)
    data = {"form-TOTAL_FORMS": "4", "form-INITIAL_FORMS": "0", "form-0-reason": "甲", "form-1-reason": ""}
    formset = rows(data | {"form-2-reason": "乙", "form-2-DELETE": "on", "form-3-reason": "丙"})
    assert formset.is_valid()
    assert [row["reason"] for row in kept_rows(formset, "reason")] == ["甲", "丙"]
