"""What is frozen of a round when it is published."""

from kit.rates import written
from supervision.models import Score, Subject


def content_of(round_, reason=""):
    """All subjects with their marks, formulas and ranks under the names of now, as plain values."""
    groups, scores = {}, _scores(round_)
    rows = Subject.objects.filter(round=round_).select_related("unit").order_by("group_order", "group", "rank", "name")
    for each in sorted(
        rows, key=lambda each: (each.group_order, each.group, each.rank is None, each.rank or 0, each.pk)
    ):
        group = groups.setdefault(each.group, {"name": each.group, "outside": each.is_outside, "rows": []})
        group["rows"].append(_row(each, scores.get(each.pk, [])))
    return {
        "scheme": str(round_.scheme),
        "edition": round_.edition,
        "span": round_.span,
        "as_of": round_.as_of,
        "groups": list(groups.values()),
        "note": reason,
    }


def _row(each, scores):
    return {
        "name": each.name,
        "unit": each.unit.name if each.unit else "",
        "total": _number(each.total),
        "rank": each.rank,
        "before": each.before,
        "low": each.is_low,
        "met": each.met,
        "grade": each.grade,
        "figures": each.figures,
        "scores": scores,
    }


def _scores(round_):
    found = {}
    rows = Score.objects.filter(subject__round=round_).select_related("item").order_by("item__number")
    for score in rows:
        found.setdefault(score.subject_id, []).append(
            {
                "number": score.item.number,
                "title": score.item.title,
                "full": _number(score.full),
                "applies": score.applies,
                "mark": _number(score.mark),
                "auto": _number(score.auto),
                "hand": _number(score.hand),
                "self": _number(score.self_mark),
                "reason": score.hand_reason,
                "formula": score.measured.get("formula", ""),
                "records": score.measured.get("records", []),
            }
        )
    return found


def _number(value):
    return None if value is None else written(value)
