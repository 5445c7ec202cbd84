"""Two editions of a published round side by side: who moved, and by which marks."""

from dataclasses import dataclass

from kit.refusal import Unknown
from supervision.models import RoundRecord


@dataclass(frozen=True)
class Moved:
    """One subject in two editions: None where it is in one only; ``scores`` are [(title, before, after)] that differ."""

    name: str
    before: dict | None
    after: dict | None
    scores: tuple

    @property
    def differs(self):
        told = ("total", "rank", "low", "grade")
        return bool(self.scores) or any((self.before or {}).get(key) != (self.after or {}).get(key) for key in told)


def compared(user, round_, first, second):
    """[(group, [Moved])] of two editions of a round."""
    rows = RoundRecord.objects.visible_to(user).filter(round=round_, edition__in=(first, second))
    by_edition = {each.edition: each for each in rows}
    if not {first, second} <= set(by_edition):
        raise Unknown("没有要比较的版本，因此没有显示任何内容。")
    old, new = (_by_group(by_edition[edition].content) for edition in (first, second))
    found = []
    for group in dict.fromkeys([*new, *old]):
        before, after = old.get(group, {}), new.get(group, {})
        names = dict.fromkeys([*after, *before])
        found.append((group, [_moved(name, before.get(name), after.get(name)) for name in names]))
    return by_edition[first], by_edition[second], found


def _by_group(content):
    return {group["name"]: {row["name"]: row for row in group["rows"]} for group in content["groups"]}


def _moved(name, before, after):
    old = {each["number"]: each for each in (before or {}).get("scores", ())}
    new = {each["number"]: each for each in (after or {}).get("scores", ())}
    differing = (
        (new.get(number, old.get(number))["title"], old.get(number, {}).get("mark"), new.get(number, {}).get("mark"))
        for number in sorted({*old, *new})
        if old.get(number, {}).get("mark") != new.get(number, {}).get("mark")
    )
    return Moved(name, before, after, tuple(differing))
