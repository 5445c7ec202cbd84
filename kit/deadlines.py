"""Until when something is on time, until when it is taken, and how late it is, in words: pure arithmetic on days.

Ends are exclusive instants: the last day counts to its very end. Late and closed are two different questions.
"""

import calendar
import datetime
from bisect import bisect_right
from itertools import accumulate
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def instant(day, hour):
    """``hour`` 24 is the day's exclusive end."""
    return datetime.datetime.combine(day, datetime.time.min, BEIJING) + datetime.timedelta(hours=hour)


def end_words(moment):
    """Return an exclusive end as people read it: the first instant of a day is 24:00 of the day before."""
    local = moment.astimezone(BEIJING)
    if local.hour or local.minute:
        return f"{local.month}月{local.day}日 {local:%H:%M}"
    before = local.date() - datetime.timedelta(days=1)
    return f"{before.month}月{before.day}日 24:00"


def late_words(now, due, closes, word):
    """Say until when what comes after ``due`` is still taken, and as what; nothing once that is over."""
    if now >= closes:
        return ""
    if now >= due:
        return f"现在报送记为{word}，{end_words(closes)}关闭"
    return f"过后{end_words(closes)}前仍可报送，记为{word}" if due < closes else "到时关闭，过后不能报送"


def again_words(now, due, closes, word):
    """Say by when what is taken back must be filed again, and as what it counts then."""
    if now >= due:
        return f"截止时间{end_words(due)}已过，撤回后再报记为{word}；{end_words(closes)}关闭，过后不能再报。"
    return f"撤回后须在{end_words(due)}前重新报送，过后再报记为{word}。"


def time_left(now, until):
    """还剩3天5小时, 已逾期12分钟."""
    if now < until:
        return f"还剩{_span(until - now)}"
    return f"已逾期{_span(now - until)}"


def _span(length):
    minutes = int(length.total_seconds()) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days >= 3:
        return f"{days}天"
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{minutes % 60}分钟" if minutes % 60 else f"{hours}小时"
    return f"{minutes}分钟" if minutes else "不到1分钟"


def next_month(month):
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def previous_month(month):
    return (month - datetime.timedelta(days=1)).replace(day=1)


def months_later(month, count):
    place = month.year * 12 + month.month - 1 + count
    return month.replace(year=place // 12, month=place % 12 + 1)


def span_words(month, length):
    """10月, 8-9月, 三季度, 上半年, 全年: so many months from this one on."""
    number = month.month
    if length >= 12:
        return "全年"
    if length == 6 and number in (1, 7):
        return "上半年" if number == 1 else "下半年"
    if length == 3 and number % 3 == 1:
        return f"{'一二三四'[number // 3]}季度"
    return f"{number}月" if length == 1 else f"{number}-{months_later(month, length - 1).month}月"


def month_words(month, months):
    """10月 for one of ``months``, or 2016年1月 where they begin in another year."""
    return f"{month.month}月" if month.year == months[0].year else f"{month.year}年{month.month}月"


def last_day(month):
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def add_workdays(day, count, is_workday):
    """Backwards when ``count`` is negative; ``is_workday`` answers for one day."""
    step = datetime.timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= bool(is_workday(day))
    return day


class Calendar:
    """Answers whether a day is worked: ``known`` says so of some days, of the others Monday to Friday are.

    How many are between two days it knows without walking them: a list asks that hundreds of times, of days a year apart.
    """

    def __init__(self, known):
        self.known = known
        self._days = sorted(known)
        self._more = [0, *accumulate(bool(known[day]) - (day.weekday() < 5) for day in self._days)]

    def __call__(self, day):
        return self.known.get(day, day.weekday() < 5)

    def between(self, first, last):
        return max(0, self._until(last) - self._until(first)) if last > first else 0

    def _until(self, day):
        weeks, rest = divmod(day.toordinal(), 7)
        return weeks * 5 + min(rest, 5) + self._more[bisect_right(self._days, day)]


def workdays_between(first, last, is_workday):
    if isinstance(is_workday, Calendar):
        return is_workday.between(first, last)
    days = (last - first).days
    return sum(bool(is_workday(first + datetime.timedelta(days=n))) for n in range(1, days + 1))


def workday_words(due, today, is_workday):
    """还剩3个工作日, 今天到期, 逾期5个工作日: ``due`` as seen on ``today``."""
    if today > due:
        late = workdays_between(due, today, is_workday)
        return f"逾期{late}个工作日" if late else "期限已到"
    if today == due:
        return "今天到期"
    left = workdays_between(today, due, is_workday)
    return f"还剩{left}个工作日" if left else f"还剩{(due - today).days}天"
