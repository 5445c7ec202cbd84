"""Which files begin: with several processes a long file that comes late leaves the others idle."""

from collections import Counter

import pytest

# The longest of all. The walks need the year that one of them builds, so another comes between them.
FIRST = ("browser/test_buttons.py", "server/test_rounds.py", "browser/test_buttons_offices.py")
LONG = {"played", "browser", "port", "profile"}


def place(item):
    """Where an item's file stands: named ones, then what takes seconds to begin, then the others."""
    for number, name in enumerate(FIRST):
        if item.nodeid.startswith(f"tests/{name}"):
            return number
    return len(FIRST) + LONG.isdisjoint(item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Of one place the file with most tests is first; files as large as one another stay shuffled."""
    places, sizes = {}, Counter(each.path for each in items)
    for each in items:
        places[each.path] = min(place(each), places.get(each.path, len(FIRST) + 1))
    shuffled = {path: number for number, path in enumerate(places)}
    items.sort(key=lambda each: (places[each.path], -sizes[each.path], shuffled[each.path]))
