"""A calendar file (iCalendar, RFC 5545) of days: what Outlook, WPS and telephones take in."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75
CONTENT_TYPE = "text/calendar; charset=utf-8"
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Day:
    """Something that stands on one whole day. ``uid`` is the same in every file, so that a newer file replaces it."""

    uid: str
    on: datetime.date
    title: str
    text: str = ""
    url: str = ""


def calendar(name: str, days: Iterable[Day], made_at: datetime.datetime) -> bytes:
    """Return the file; ``made_at`` is an aware moment."""
    stamp = made_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhuzhou//rhythm//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for day in days:
        lines += ["BEGIN:VEVENT", f"UID:{day.uid}", f"DTSTAMP:{stamp}"]
        lines += [
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + datetime.timedelta(days=1):%Y%m%d}",
        ]
        lines.append(f"SUMMARY:{escaped(day.title)}")
        lines += [f"DESCRIPTION:{escaped(day.text)}"] * bool(day.text) + [f"URL:{day.url}"] * bool(day.url)
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def escaped(text: str) -> str:
    return text.translate(ESCAPES)


def folded(line: str) -> str:
    """Break a line after at most 75 octets, never within a character; what follows begins with a space."""
    pieces, size = [[]], 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            pieces.append([" "])
            size = 1
        pieces[-1].append(character)
        size += width
    return "\r\n".join("".join(piece) for piece in pieces)
