"""Who ranks where, who is low, what marks come to together: on figures as printed. Pure."""

from fractions import Fraction

from supervision.measured import as_mark, said


def ranked(totals):
    """{key: rank} of {key: total}, the highest first; compared as printed, ties share a rank and the next is skipped (1, 1, 3).

    Without a total there is no rank.
    """
    printed = {key: as_mark(total) for key, total in totals.items() if total is not None}
    order = sorted(printed.values(), reverse=True)
    first = {}
    for place, total in enumerate(order, 1):
        first.setdefault(total, place)
    return {key: first[total] for key, total in printed.items()}


def low(ranks, count, met):
    """The keys among the last ``count`` places whose target was missed; ``met`` is {key: whether it was met, None without a target}.

    A tie that reaches into the cut counts whole, who met the target still holds a place in it, and the first is never low.
    """
    order = sorted(ranks.values())
    if not count or not order:
        return set()
    cut = order[max(len(order) - count, 0)]
    return {key for key, rank in ranks.items() if rank >= cut and rank > 1 and not met.get(key)}


def converted(marks, fulls, base=None):
    """(total, formula) of marks that go with these full marks; what does not apply (None) is made up for by the others.

    The whole is ``base``, the sum of all ``fulls`` without one. None where nothing applies.
    """
    applying = [(mark, full) for mark, full in zip(marks, fulls, strict=True) if mark is not None]
    base = Fraction(sum(fulls) if base is None else base)
    total, full = Fraction(sum(mark for mark, _ in applying)), Fraction(sum(full for _, full in applying))
    if not full:
        return None, "没有适用的项目"
    if full == base:
        return as_mark(total), f"各项合计{said(total)}"
    return as_mark(total * base / full), f"{said(total)} × {said(base)} ÷ {said(full)}（不适用的项目由其余项目折算）"


def grade(total, classes):
    """The word of the class a total reaches; ``classes`` are [(word, at least)] from the best down."""
    if total is None:
        return ""
    return next((word for word, least in classes if Fraction(total) >= Fraction(str(least))), "")
