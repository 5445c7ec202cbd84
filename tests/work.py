"""How much is done, counted and not timed: a slow machine counts the same."""

import sys


def calls(work):
    """Return the number of functions called, of Python and of C, while ``work()`` runs."""
    count = 0

    def seen(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
