"""What a cell shows, from its value and its format."""

from datetime import date

import pytest

from kit.sheets.seen import seen


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.416, "0.0%", "41.6%"),
        (0.416, "0%", "42%"),
        (0.5, "0.00%;[Red]-0.00%", "50.00%"),
        (12, '0"亿元"', "12亿元"),
        (12.5, '#,##0.00"万元"', "12.50万元"),
        (8, '"第"0"项"', "第8项"),
        (1, "000", "001"),
        (12345.678, "#,##0.00", 12345.68),
        (1.255, "0.00_ ", 1.26),
        (12, "General", 12),
        (1.5, "0.##", 1.5),
        (-3.5, "0.00_);(0.00)", -3.5),
        (12, "[$¥-804]#,##0.00", 12),
        (12, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 12),
        (0.5, "# ?/?", 0.5),
        (1e10, "0.00E+00", 1e10),
        (float("inf"), "0.0", float("inf")),
        (1e300, "0.0", 1e300),
    ],
)
def test_a_number_as_it_shows(value, form, shown):
    assert seen(value, form) == shown
    assert type(seen(value, form)) is type(shown)


@pytest.mark.parametrize("form", ["#,##0,", '0!.0,"万"', '0\\.0,"万"', "0.0,,"])
def test_a_format_that_scales_is_asked_about(form):
    assert seen(123456, form).startswith("123456（单元格的显示格式换算过")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("yyyy-mm-dd", date(2015, 10, 1)),
        ('[$-804]yyyy"年"m"月"d"日";@', date(2015, 10, 1)),
        ('yyyy"年"m"月"', "2015年10月"),
        ("mmm-yy", "2015年10月"),
        ('m"月"d"日"', "10月1日"),
        ("h:mm", date(2015, 10, 1)),
    ],
)
def test_of_a_day_only_what_shows(form, shown):
    assert seen(date(2015, 10, 1), form) == shown
