"""Amounts as people write them: read when certain, told with their readings when not."""

from decimal import Decimal

import pytest

from kit.numerals import arabic
from kit.quantities import is_nothing, quantity


@pytest.mark.parametrize(
    ("text", "number", "measure", "bound"),
    [
        ("201亩", "201", "亩", ""),
        ("41.6%", "41.6", "%", ""),
        ("１２．５％", "12.5", "%", ""),
        ("1,234,567.50", "1234567.5", "", ""),
        ("1，234", "1234", "", ""),
        ("12 345", "12345", "", ""),
        ("≥10", "10", "", "LEAST"),
        (">= 10", "10", "", "LEAST"),
        ("不低于100亿元", "100", "亿元", "LEAST"),
        ("100亿元以上", "100", "亿元", "LEAST"),
        ("不少于3次", "3", "次", "LEAST"),
        ("4.5%以内", "4.5", "%", "MOST"),
        ("3.2以下", "3.2", "", "MOST"),
        ("控制在3.2‰以内", "3.2", "‰", "MOST"),
        ("不超过５", "5", "", "MOST"),
        ("降到4.5%", "4.5", "%", "MOST"),
        ("达到37.86亿元", "37.86", "亿元", ""),
        ("-3.25", "-3.25", "", ""),
        ("一百二十户", "120", "户", ""),
        ("十二个", "12", "个", ""),
        ("节约100万元", None, None, None),
    ],
)
def test_an_amount_is_taken_apart(text, number, measure, bound):
    if number is None:
        with pytest.raises(ValueError, match="100"):
            quantity(text)
        return
    found = quantity(text)
    assert (found.number, found.measure, found.bound, found.text) == (Decimal(number), measure, bound, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("100-120", "不低于100，还是不高于120"),
        ("100～120万元", "不低于100，还是不高于120"),
        ("30至50人", "不低于30，还是不高于50"),
        ("约3000", "不低于3000，还是正好3000"),
        ("3000左右", "不低于3000"),
        ("3000余人", "不低于3000"),
        ("5万多户", "不低于5"),
        ("上百", "不是确定的数"),
        ("数十家", "不是确定的数"),
        ("三五家", "应为数字"),
        ("十二三家", "应为数字"),
        ("100亿元，增长23%", "几个数（100亿元、23%）"),
        ("12,34", "几个数（12、34）"),
        ("1 2", "几个数"),
        ("下降4.5%", "不低于还是不高于"),
        ("≥5以内", "既像不低于又像不高于"),
        ("2015-10-31", "像是日期"),
        ("9月20日", "像是日期"),
        ("很多", "应为数字"),
        ("NaN", "应为数字"),
    ],
)
def test_what_is_not_certain_is_told_with_its_readings(text, said):
    with pytest.raises(ValueError, match=said):
        quantity(text)


@pytest.mark.parametrize(
    ("text", "measure", "number"),
    [
        ("12亿", "万元", "120000"),
        ("12亿元", "万元", "120000"),
        ("5000亩", "万亩", "0.5"),
        ("1.2万元", "元", "12000"),
        ("500千元", "百万元", "0.5"),
        ("3000万", "亩", "30000000"),
        ("2公顷", "亩", "30"),
        ("2平方公里", "平方米", "2000000"),
        ("3公里", "千米", "3"),
        ("5000户", "万户", "0.5"),
        ("25‰", "%", "2.5"),
        ("2.5个百分点", "百分点", "2.5"),
        ("300公斤", "吨", "0.3"),
        ("12", "个", "12"),
        ("一百二", "个", "120"),
        ("3个", "个", "3"),
        ("3000㎡", "平方米", "3000"),
        ("1.5万m²", "平方米", "15000"),
        ("2㎢", "亩", "3000"),
    ],
)
def test_a_certain_conversion_is_made(text, measure, number):
    assert quantity(text).within(measure) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "measure", "said"),
    [
        ("5家", "个", "“5家”.*“个”"),
        ("100人", "人次", "“100人”.*“人次”"),
        ("2.5个百分点", "%", "“2.5个百分点”.*“%”"),
        ("12亿元", "亩", "“12亿元”.*“亩”"),
        ("1234亩", "万亩", "0.1234万亩.*两位小数"),
        ("5亩", "平方米", "3333.33平方米.*两位小数"),
        ("1e13元", "元", "1e13"),
    ],
)
def test_what_does_not_go_together_names_both(text, measure, said):
    with pytest.raises(ValueError, match=said):
        quantity(text).within(measure)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "——", "/", "／", "\u200b", "\ufeff—"])
def test_dashes_say_that_there_is_none(text):
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["0", "-1", "无", "零"])
def test_a_number_or_a_word_is_something(text):
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("十一月底", "11月底"),
        ("二〇一五年九月", "2015年9月"),
        ("一百二十个", "120个"),
        ("三千零五", "3005"),
        ("二十万", "20万"),
        ("数十", "数十"),
        ("上百", "上百"),
        ("一百二", "120"),
        ("两千三", "2300"),
        ("一千零二十", "1020"),
        ("一百零二", "102"),
        ("三百一十五", "315"),
        ("三五家", "三五家"),
        ("十二三家", "十二三家"),
        ("三五十家", "三五十家"),
        ("一二季度", "一二季度"),
        ("二〇一五", "2015"),
        ("一九九八年", "1998年"),
    ],
)
def test_chinese_numerals_become_digits(text, digits):
    assert arabic(text) == digits
