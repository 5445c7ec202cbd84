"""Calendar files as RFC 5545 asks: escaped, folded at 75 octets between characters, whole days with an end that is not in them."""

import datetime

from kit import ics

MADE = datetime.datetime(2015, 10, 20, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def day(**values):
    return ics.Day(**{"uid": "a@b", "on": datetime.date(2015, 12, 31), "title": "总考核"} | values)


def lines(*days):
    file = ics.calendar("日历", days, MADE)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    return file, file.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_ends_on_the_next():
    _, said = lines(day(url="https://x.cn/rhythm/1/"))
    assert said[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert {"DTSTART;VALUE=DATE:20151231", "DTEND;VALUE=DATE:20160101", "DTSTAMP:20151020T020000Z"} <= set(said)
    assert {"UID:a@b", "SUMMARY:总考核", "URL:https://x.cn/rhythm/1/", "X-WR-CALNAME:日历"} <= set(said)
    assert said.count("BEGIN:VEVENT") == said.count("END:VEVENT") == 1


def test_signs_with_a_meaning_are_escaped():
    _, said = lines(day(title="一,二;三\\四", text="甲\r\n乙"))
    assert "SUMMARY:一\\,二\\;三\\\\四" in said
    assert "DESCRIPTION:甲\\n乙" in said


def test_long_lines_break_between_characters():
    text = "督" * 100 + "abc"
    file, said = lines(day(text=text))
    assert f"DESCRIPTION:{text}" in said
    broken = file.split(b"\r\n")
    assert max(map(len, broken)) <= 75
    assert [piece.decode() for piece in broken]
    assert ics.folded("x" * 75) == "x" * 75
    assert ics.folded("x" * 76) == "x" * 75 + "\r\n x"
