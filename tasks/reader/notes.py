"""Unit notes: the places in a passage that say who is responsible and by when."""

import bisect
import re
from dataclasses import dataclass

from tasks.reader.brackets import outer_brackets
from tasks.reader.deadlines import is_deadline
from tasks.reader.labels import labels_in
from tasks.reader.names import is_bare, looks_like_unit
from tasks.reader.roles import Roles, is_time, labelled, spoken
from tasks.reader.source import Source, plain

_OFFICE = re.compile(r"(?:局|委|办|厅|部|委员会|办公室|政府|管委会|街道|乡镇|镇街|单位|部门|公司|中心|支行|\))$")
_VERBS = re.compile(r"牵头|负责|配合|主办|承办|落实|协办|协助|参与|组织实施|会同")
_ENDS_IN_VERB = re.compile(r"(?:牵头|负责|配合|承办|落实|参与|参加)$")
# What a bracket behind it says of its members: 综合协调组(县府办牵头)、宣传组(…).
_GROUP_ENDS = "组会班队"
_AFTER = re.compile(r"[ 。;,]*(?:$|\n)|[ 。;]")
_STANDS_APART = "。;!?\n "
_ENDS_SENTENCE = "。;!?"
_TELLS = re.compile(r"牵头|负责|^由.*(?:承办|落实)")
_SPOKEN_SENTENCE = re.compile(
    r"(?:^|(?<=[。;\n ]))由?[^。;:!?\n]{2,200}(?:牵头|负责|配合|落实|实施|参与|协助|(?:落实|承担|履行)(?:属地|主体|监管)责任)"
    r"(?:,[^,。;:!?\n]{2,20})?[。;]?(?=\s*$|\n)"
)
_FRONT = re.compile(r"\s*(由?[^。;:()\n]{2,120}(?:牵头|负责|配合|落实|参与|承办)) ?:")
_IS = re.compile(r"((?:牵头|责任|配合|主办|协办|承办|实施|落实)(?:单位|部门|科室))(?:为|是)")
_SPOKEN_LABEL = re.compile(rf"(?:^|(?<=[。;\n ]))(?:{_IS.pattern}[^。;:!?\n]{{2,160}})[。;]?(?=\s*$|\n)")
_ENDS_LINE = re.compile(r"[ 。]*(?:\n|$)")
_LONGEST_NOTE = 400
_WRAP = re.compile(r"(?<![、，,；;。\n])\n(?=[^\s])")


@dataclass(frozen=True)
class Note:
    """A note: where it stands, what it says, and whether it is a paragraph of its own.

    ``strange`` are the names in it that look like none; ``unsaid`` a bracket with names and no word of their duty.
    """

    start: int
    end: int
    roles: Roles
    own_paragraph: bool
    strange: tuple[str, ...] = ()
    unsaid: bool = False


def notes_in(source: Source, start: int, end: int) -> list[Note]:
    """The notes between two places, in order."""
    found = _in_front(source, start, end)
    start = found[0].end if found else start
    for bracket in outer_brackets(source.plain, start, end):
        note = _bracketed(source, bracket.start, bracket.end, start, end)
        if note:
            found.append(note)
    found += _unbracketed(source, start, end)
    if not any(note.roles.units for note in found):
        found += _sentence(source, start, end)
    return sorted(found, key=lambda note: note.start)


def _in_front(source: Source, start: int, end: int) -> list[Note]:
    """Who does it, said before the task itself: 甲局牵头，乙局配合：建设…"""
    front = _FRONT.match(source.plain, start, end)
    if front is None:
        return []
    roles = spoken(source.text[start : front.end(1)])
    if not roles.units or not all(looks_like_unit(name) for name in roles.names()):
        return []
    return [Note(start, front.end(), roles, False)]


def _bracketed(source: Source, begun: int, ended: int, start: int, end: int) -> Note | None:
    inside = _WRAP.sub("", source.text[begun + 1 : ended - 1])
    bare = plain(inside)
    own = _own_paragraph(source, begun, ended, start, end)
    if any(not label["other"] for label in labels_in(bare)):
        return Note(begun, ended, labelled(inside), own)
    closes = bool(_AFTER.match(source.plain, ended, end)) or ended == end or source.plain[ended] in "(["
    if len(inside) > _LONGEST_NOTE:
        return None
    if not closes:
        behind = begun > start and source.plain[begun - 1] in _ENDS_SENTENCE and bool(_VERBS.search(bare))
        within = behind or (
            source.plain[ended] in ",、" and _ENDS_IN_VERB.search(bare) and source.text[begun - 1] not in _GROUP_ENDS
        )
        said = _said(inside, begun, ended, own) if within else None
        return said if said and not said.strange else None
    if _VERBS.search(bare):
        return _said(inside, begun, ended, own)
    apart = begun == start or source.plain[begun - 1] in _STANDS_APART
    closes_line = source.plain[ended : ended + 1] in ("", "\n") and _lists_offices(inside)
    return _unsaid(inside, begun, ended, own) if apart or closes_line or is_deadline(inside) else None


def _lists_offices(text: str) -> bool:
    """Are all these offices, so that a bracket behind a heading can mean nothing but who is responsible?"""
    names = spoken(text).names()
    return bool(names) and all(looks_like_unit(name) and _OFFICE.search(plain(name)) for name in names)


def _said(inside: str, begun: int, ended: int, own: bool) -> Note | None:
    """A bracket with a verb: a note when everything named in it looks like a unit."""
    roles = spoken(inside)
    strange = [name for name in roles.names() if not looks_like_unit(name)]
    if not roles.units or len(strange) == len(roles.units):
        return None
    return Note(begun, ended, roles, own, tuple(strange))


def _unsaid(inside: str, begun: int, ended: int, own: bool) -> Note | None:
    """A bracket without label or verb at the end of a passage: a deadline, or a list of nothing but units."""
    if is_deadline(inside):
        return Note(begun, ended, Roles(deadlines=[inside.strip()]), own)
    roles = spoken(inside)
    strange = [name for name in roles.names() if not looks_like_unit(name)]
    if roles.units and 2 * len(strange) <= len(roles.units) and _begins_with_unit(roles.names()):
        return Note(begun, ended, roles, own, tuple(strange), unsaid=True)
    return None


def _begins_with_unit(names: list[str]) -> bool:
    """Does a list begin with a unit, and not with a kind of place (县、乡)?"""
    return looks_like_unit(names[0]) and not is_bare(names[0])


def _own_paragraph(source: Source, begun: int, ended: int, start: int, end: int) -> bool:
    after = _ENDS_LINE.match(source.plain, ended, end)
    return _begins_line(source, begun, start) and bool(after)


def _begins_line(source: Source, place: int, start: int) -> bool:
    """Does a line that is not the first begin here, blanks aside?"""
    while place > start and source.plain[place - 1] == " ":
        place -= 1
    return place > start and source.plain[place - 1] == "\n"


def _unbracketed(source: Source, start: int, end: int) -> list[Note]:
    """Labels outside brackets: each block of labels that follow one another is one note."""
    brackets = outer_brackets(source.plain, start, end)
    begins = [bracket.start for bracket in brackets]
    labels = []
    for label in labels_in(source.plain[start:end]):
        before = bisect.bisect_right(begins, start + label.start()) - 1
        if before < 0 or brackets[before].end <= start + label.start():
            labels.append(label)
    notes: list[Note] = []
    named = any(label["unit"] for label in labels)
    for at, label in enumerate(labels):
        if label["other"] or (label["people"] and not named):
            continue
        begun = start + label.start()
        begun -= begun > start and source.plain[begun - 1] in "(["
        limit = start + labels[at + 1].start() if at + 1 < len(labels) else end
        stop = _value_end(source, start + label.end(), limit, bool(label["time"]))
        own = _begins_line(source, begun, start) or _apart(source, begun)
        notes.append(Note(begun, stop, labelled(source.text[begun:stop]), own))
    return notes


def _apart(source: Source, place: int) -> bool:
    """Where line breaks were lost, a blank after a full stop is what is left of one."""
    return source.dense(place) and source.plain[max(0, place - 2) : place] == "。 "


def _value_end(source: Source, begun: int, limit: int, time: bool) -> int:
    """Where the value of a label ends: at its line's end; where lines were lost, at a blank before something else."""
    text = source.plain
    place = begun
    while place < limit and text[place] in " \n":
        place += 1
    line = text.find("\n", place, limit)
    limit = line if line >= 0 else limit
    if not source.dense(begun):
        return limit
    stop = text.find("。", place, limit)
    limit = _past_time(text, stop + 1, limit) if stop >= 0 else limit
    if time:
        blank = text.find(" ", place, limit)
        return blank if blank >= 0 and is_deadline(text[place:blank]) else limit
    return _past_units(source, place, limit)


def _past_time(text: str, place: int, limit: int) -> int:
    """Behind a sentence that says only by when (…局。6月底前完成。), else the place itself."""
    stop = text.find("。", place, limit)
    return stop + 1 if stop >= 0 and is_time(text[place:stop].strip()) else place


def _past_units(source: Source, place: int, limit: int) -> int:
    text = source.plain
    blank = text.find(" ", place, limit)
    while 0 <= blank < limit:
        following = text.find(" ", blank + 1, limit)
        piece = source.text[blank + 1 : following if following >= 0 else limit]
        if piece.strip() and not all(looks_like_unit(name) for name in spoken(piece).names()):
            return blank
        blank = following
    return limit


def _sentence(source: Source, start: int, end: int) -> list[Note]:
    """A last sentence that says nothing but who does it: 由甲牵头，乙、丙配合。 or 责任单位为甲、乙。"""
    sentences = list(_SPOKEN_SENTENCE.finditer(source.plain, start, end))[-1:]
    sentences = [found for found in sentences if _TELLS.search(found.group().strip())]
    told = [(found, spoken(source.text[found.start() : found.end()])) for found in sentences]
    if labels := _SPOKEN_LABEL.search(source.plain, start, end):
        written = source.text[labels.start() : labels.end()]
        told = [(labels, labelled(_IS.sub(lambda verb: f"{verb[1]}：", written)))]
    return [
        Note(found.start(), found.end(), roles, False)
        for found, roles in told
        if roles.units and all(looks_like_unit(name) for name in roles.names())
    ]
