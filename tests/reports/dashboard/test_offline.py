"""What the form shows beside each task."""

import datetime
from types import SimpleNamespace

from reports.dashboard.offline import last_words, plan_names
from reports.models import Entry, MonthlyReport, Period


def last(month, **values):
    report = MonthlyReport(period=Period(month=month))
    return Entry(report=report, **{"done": "做了。", "next_steps": "再做。"} | values)


def test_last_month_s_words_with_what_was_planned():
    october = datetime.date(2015, 10, 1)
    assert last_words(None, october) == ""
    assert last_words(last(datetime.date(2015, 9, 1)), october) == "做了。\n打算：再做。"
    assert last_words(last(datetime.date(2015, 7, 1), next_steps=""), october) == "（7月）做了。"
    unchanged = last(datetime.date(2015, 9, 1), no_change=True, no_change_reason="等批复。", done="", next_steps="")
    assert last_words(unchanged, october) == "无变化：等批复。"
    january = datetime.date(2016, 1, 1)
    assert last_words(last(datetime.date(2015, 12, 1), next_steps=""), january) == "做了。"
    assert (
        last_words(last(datetime.date(2015, 9, 1), done="", shape="路基1.2公里"), october)
        == "路基1.2公里\n打算：再做。"
    )
    assert "全文见网页" in last_words(last(datetime.date(2015, 9, 1), done="长" * 300), october)


def test_plans_of_one_short_title_are_told_apart_by_year():
    plans = [
        SimpleNamespace(pk=n, short_title=title, year=year, title="全称")
        for n, (title, year) in enumerate([("改革创新年", 2015), ("改革创新年", 2016), ("法治建设年", 2015)])
    ]
    shown = [each.shown for each in plan_names(plans).values()]
    assert shown == ["2015年改革创新年", "2016年改革创新年", "法治建设年"]
