"""Points of a task: 一是, 二是, 三是 ... as printed."""

import re

from tasks.reader.numbering import value_of
from tasks.reader.source import plain

_POINT = re.compile(r"(?:^|(?<=[。;:,!\n ]))([一二三四五六七八九十]{1,3})[是要](?=[^否非])")


def points_in(text: str) -> tuple[str, ...]:
    """The points in order, each from its number to the next; none unless there are at least two in sequence."""
    starts: list[int] = []
    for found in _POINT.finditer(plain(text)):
        if value_of(found.group(1)) == len(starts) + 1:
            starts.append(found.start())
    if len(starts) < 2:
        return ()
    return tuple(text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
