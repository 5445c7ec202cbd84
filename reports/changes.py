"""What changed between two texts, or between two filings of one report: plain values in, pieces to show out.

A piece is (kind, text), kind being "same", "old" or "new"; a page shows them as text, <del> and <ins>.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.line import asked_in

# A number with its unit, a Latin word and a run of blanks change as a whole, Chinese by the character.
WORDS = re.compile(r"\d[\d.,]*[%％]?|[A-Za-z_]+|\s+|.", re.DOTALL)
# Above this the comparison by words would be felt; then old and new stand as wholes.
LONGEST = 6000


@dataclass(frozen=True)
class Row:
    """One field that changed: its Chinese name, both values in words, and the pieces that show the change."""

    label: str
    old: str
    new: str

    @property
    def pieces(self):
        return pieces(self.old, self.new)


@dataclass(frozen=True)
class EntryChange:
    """What changed in one task's part; ``kind`` is "new", "gone" or "changed"."""

    task: int
    number: str
    title: str
    kind: str
    rows: tuple[Row, ...] = ()


def pieces(old, new):
    if max(len(old), len(new)) > LONGEST:
        return [piece for piece in (("old", old), ("new", new)) if piece[1]]
    before, after = WORDS.findall(old), WORDS.findall(new)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        found += [piece for piece in (("old", "".join(before[a:b])), ("new", "".join(after[c:d]))) if piece[1]]
    return found


def rows_between(old, new):
    told = [
        Row(each.label, each.words(old.get(name)), each.words(new.get(name))) for name, each in asked_in(new).items()
    ]
    rows = [row for row in told if row.old != row.new]
    before, after = _files(old), _files(new)
    if before != after:
        rows.append(Row("附件", "、".join(before.values()), "、".join(after.values())))
    return tuple(rows)


def _files(entry):
    return {each["sha256"]: each["name"] for each in entry.get("files", ())}


def between(old, new):
    before = {entry["task"]: entry for entry in old["entries"]}
    found = []
    for entry in new["entries"]:
        was = before.pop(entry["task"], None)
        if was is None:
            found.append(_change(entry, "new"))
        elif rows := rows_between(was, entry):
            found.append(_change(entry, "changed", rows))
    return found + [_change(entry, "gone") for entry in before.values()]


def _change(entry, kind, rows=()):
    return EntryChange(entry["task"], entry["number"], entry["title"], kind, tuple(rows))
