"""Deadlines as written and as days."""

from datetime import date

import pytest

from tasks.reader.deadlines import due_on, in_prose, is_deadline


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019年11月底", date(2019, 11, 30)),
        ("2019年底前", date(2019, 12, 31)),
        ("2020年2月", date(2020, 2, 29)),
        ("2016年6月10日前", date(2016, 6, 10)),
        ("６月３０日前", date(2016, 6, 30)),
        ("10月上旬", date(2016, 10, 10)),
        ("第三季度末前", date(2016, 9, 30)),
        ("上半年", date(2016, 6, 30)),
        ("年底前", date(2016, 12, 31)),
        ("明年3月底前", date(2017, 3, 31)),
        ("到2020年", date(2020, 12, 31)),
        ("方案于2016年3月前印发，其余于2016年10月前完成", date(2016, 10, 31)),
        ("长期坚持", None),
        ("2月30日前", None),
        ("13月", None),
        ("2016年13月底前", None),
        ("0月", None),
        ("10月32日前", None),
        ("九月底", date(2016, 9, 30)),
        ("十一月底前", date(2016, 11, 30)),
        ("十二月三十一日前", date(2016, 12, 31)),
        ("二〇一五年九月底", date(2015, 9, 30)),
        ("15年9月底", date(2015, 9, 30)),
        ("9月20", date(2016, 9, 20)),
        ("9月20前", date(2016, 9, 20)),
        ("9月20日至25日", date(2016, 9, 25)),
        ("2015 年 9 月", date(2015, 9, 30)),
        ("2015.12", date(2015, 12, 31)),
        ("2015-11", date(2015, 11, 30)),
        ("2015/6/30前", date(2015, 6, 30)),
        ("2015.6-2015.12", date(2015, 12, 31)),
        ("次年元月", date(2017, 1, 31)),
        ("2015年年底", date(2015, 12, 31)),
        ("一季度", date(2016, 3, 31)),
        ("每年12月底前", date(2016, 12, 31)),
        ("2016年春节前", None),
        ("国庆节前", None),
        ("汛期前", None),
        ("2015-13", None),
        ("2015-11-31", None),
        ("2015.6-12", None),
        ("2015/11/5 0:00:00", date(2015, 11, 5)),
        ("2015/11/50", None),
        ("2015.11.31", None),
        ("每月底前", None),
        ("建设过程中", None),
        ("9.20", None),
    ],
)
def test_the_last_day_a_deadline_means(text, day):
    assert due_on(text, 2016) == day


def test_without_a_year_nothing_is_guessed():
    assert due_on("6月底前", None) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("力争年底前挂牌成立。", ["年底前"]),
        ("于2016年10月底前制定细则，2017年底前完成。", ["2016年10月底前", "2017年底前"]),
        ("到2017年，平台基本建立。", ["到2017年"]),
        ("3月15日前报送名单。", ["3月15日前"]),
        ("每月25日前报送情况，每年3月底前总结。", []),
        ("落实《某省2020年底前行动计划》要求。", []),
        ("从2015年起实行，5年内培训1000名，推进2016年前期工作。", []),
        ("第三季度前完成。", ["第三季度前"]),
    ],
)
def test_deadlines_in_prose(text, found):
    assert in_prose(text) == found


@pytest.mark.parametrize("text", ["2016年6月底前", "长期坚持", "2016年9月底前完成", "年底", "2016年3月—10月", "每季度"])
def test_what_is_a_deadline_by_itself(text):
    assert is_deadline(text)


@pytest.mark.parametrize("text", ["县发改局", "", "2016年6月底前建成全县统一的信息资源共享交换平台并投入使用"])
def test_what_is_none(text):
    assert not is_deadline(text)
