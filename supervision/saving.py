"""What would have saved marks: for each way of giving them, said with what it would have come to. Pure."""

from fractions import Fraction

from supervision import scoring
from supervision.measured import Measured, said

NUMBERS = ("value", "due", "whole")


def measured_again(kept):
    """What a round keeps of a measure, exact again."""
    numbers = {name: Fraction(kept[name]) if kept.get(name) is not None else None for name in NUMBERS}
    counts = {word: n if isinstance(n, int) else Fraction(n) for word, n in (kept.get("counts") or {}).items()}
    return Measured(**numbers, counts=counts, place=kept.get("place"), of=kept.get("of") or 0)


def saved(way, full, params, kept, mark):
    """A sentence, or nothing where nothing was lost or nobody can say."""
    if mark is None or mark >= full:
        return ""
    measured = measured_again(kept)
    if way == "EVENTS":
        return _events(full, params, measured)
    if way == "RANK":
        return f"比的是组内名次，现为第{measured.place}名" if measured.place else ""
    if way in ("SHARE", "POINTS", "BANDS"):
        return _reached(way, full, params, measured, mark)
    if way == "YESNO":
        return f"有了得{said(full)}分"
    return ""


def _events(full, params, measured):
    each = scoring.WAYS["EVENTS"](full, params).each()
    told = []
    for word in each:
        if n := measured.counts.get(word, 0):
            without = Measured(value=measured.value, counts=dict(measured.counts) | {word: 0})
            better = scoring.mark("EVENTS", full, params, without).mark
            told.append(f"没有{word}（{said(n)}次），本项得{said(better)}")
    return "；".join(told)


def _reached(way, full, params, measured, mark):
    if measured.due is None or measured.value is None or measured.value >= measured.due:
        return ""
    there = Measured(value=measured.due, due=measured.due, whole=measured.whole)
    better = scoring.mark(way, full, params, there).mark
    if better is None or better <= mark:
        return ""
    return f"比应完成少{said(measured.due - measured.value)}；达到应完成的{said(measured.due)}，本项得{said(better)}"
