"""Passages: the own text of a numbered node, with the notes in it, and what of it is text."""

import re
from dataclasses import dataclass, field

from tasks.reader.deadlines import in_prose
from tasks.reader.notes import Note, notes_in
from tasks.reader.outline import Node
from tasks.reader.roles import Roles
from tasks.reader.source import Source

# After these words nothing of a task follows: enclosures, copies, signatures.
_TAIL = re.compile(r"(?:(?<=\n)|(?<= )|^)(?:附件?[ :0-9一]|附件(?=\n|$)|\(此件|抄送[ :]|\(联系人)")
_SIGNED = re.compile(r"\n[^\n。，；：（(]{2,40}\n?\s*20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$")
_SIGNATURE = re.compile(r"\s*[^\s。，；：（(]{0,40}\s*20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_BULLET = re.compile(r"^(?:[—－-]{1,2}|[●◆◇★☆■□※•·▲△])\s*")
_LONGEST_HEADING = 40
_SHORT_SENTENCE = 40
_PARAGRAPH_END = "。)];"


@dataclass(eq=False)
class Passage:
    """A stretch of text that may be a task: its span, the notes in it, and the roles its heading hands down to it."""

    source: Source
    node: Node | None
    start: int
    end: int
    notes: list[Note] = field(default_factory=list)
    handed: Roles | None = None

    @property
    def noted(self) -> bool:
        """Does it say itself who is responsible?"""
        return any(note.roles.units for note in self.notes)

    @property
    def roles(self) -> Roles:
        """What all its notes say together."""
        roles = Roles()
        for note in self.notes:
            roles.take(note.roles)
        if self.handed and not roles.units:
            roles.take(self.handed)
        if self.notes and not roles.deadlines and self.closing_deadline:
            roles.deadlines.append(self.closing_deadline)
        return roles

    @property
    def text(self) -> str:
        """The text as written, without the notes and without what follows the paragraph of the last note."""
        place, pieces = self.start, []
        for note in (note for note in self.notes if note.start < self.end):
            pieces.append(self.source.text[place : max(place, note.start)])
            place = max(place, note.end)
        pieces.append(self.source.text[place : self.text_end])
        return _BULLET.sub("", re.sub(r"\n\s*\n+", "\n", "".join(pieces).strip()))

    @property
    def text_end(self) -> int:
        """Where the text ends: with the paragraph of the last note, or with the passage when it has none."""
        own = [note.end for note in self.notes if note.start < self.end]
        if not own:
            return self.end
        last = max(own)
        return next((place for place in range(last, self.end) if _ends(self.source, place, self.start)), self.end)

    @property
    def closing_deadline(self) -> str:
        """The deadline that a short sentence behind the notes sets (…局。 2013年11月底前完成。), or nothing."""
        start, end = self.leftover
        said = in_prose(self.source.text[start:end]) if end - start <= _SHORT_SENTENCE else []
        return said[0] if said else ""

    @property
    def leftover(self) -> tuple[int, int]:
        """What follows the paragraph of the last note and belongs to nothing."""
        start, end = self.source.trimmed(self.text_end, self.end)
        if _SIGNATURE.fullmatch(self.source.plain[start:end]):
            return end, end
        return start, end


def paragraphs(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs between two places; where line breaks were lost, a blank after a full stop or a bracket ends one."""
    found, begun = [], start
    for place in range(start, end):
        if _ends(source, place, start):
            if source.text[begun:place].strip():
                found.append((begun, place))
            begun = place + 1
    if source.text[begun:end].strip() or not found:
        found.append((begun, end))
    return found


def _ends(source: Source, place: int, start: int) -> bool:
    """Does a paragraph end here?"""
    character = source.plain[place]
    if character == " ":
        return place > start and source.plain[place - 1] in _PARAGRAPH_END and source.dense(place)
    return character == "\n"


def passage_of(source: Source, node: Node) -> Passage:
    """The own text of a node, up to the next number or to the enclosures."""
    start, end = source.trimmed(node.start, tail(source, node.start, node.end))
    return Passage(source, node, start, end, notes_in(source, start, end))


def tail(source: Source, start: int, end: int) -> int:
    """Where enclosures, copies or signatures begin between two places; the end when there are none."""
    found = _TAIL.search(source.plain, start, end)
    end = found.start() if found else end
    signed = _SIGNED.search(source.plain, max(start, end - 100), end)
    return signed.start() if signed else end


def _below_heading(source: Source, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where line breaks were lost, a blank is all that parts a heading from the first measure under it."""
    start, end = spans[0]
    blank = source.plain.find(" ", start, min(end, start + _LONGEST_HEADING))
    if blank < 0 or not source.dense(start) or re.search(r"[。;:()]", source.plain[start:blank]):
        return spans
    return [(start, blank), (blank + 1, end), *spans[1:]]


def measures(passage: Passage) -> list[Passage]:
    """The measures without numbers under a heading: each further paragraph that carries its own note; else nothing."""
    source = passage.source
    spans = _below_heading(source, paragraphs(source, passage.start, passage.end))
    found = []
    for start, end in spans[1:]:
        notes = [note for note in passage.notes if start <= note.start < end and not note.own_paragraph]
        if any(note.roles.units for note in notes):
            found.append(Passage(source, passage.node, *source.trimmed(start, end), notes))
    heading_noted = any(note.start < spans[0][1] for note in passage.notes)
    return found if len(found) >= 2 and not heading_noted else []
