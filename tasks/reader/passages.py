"""Passages: the own text of a numbered node, with the notes in it, and what of it is text."""

import re
from dataclasses import dataclass, field

from tasks.reader.deadlines import in_prose
from tasks.reader.grammar import Roles
from tasks.reader.notes import Note, notes_in
from tasks.reader.numbers import Node
from tasks.reader.source import Source, Span

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
    """A stretch of text that may be a task: its span, the notes in it, the roles its heading hands down, its points."""

    source: Source
    node: Node | None
    start: int
    end: int
    notes: list[Note] = field(default_factory=list)
    handed: Roles | None = None
    points: list["Passage"] = field(default_factory=list)

    @property
    def noted(self) -> bool:
        return any(note.roles.units for note in self.notes)

    @property
    def roles(self) -> Roles:
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
        own = [note.end for note in self.notes if note.start < self.end]
        ends = (place for place in range(max(own), self.end) if _ends(self.source, place, self.start)) if own else ()
        return next(iter(ends), self.end)

    @property
    def closing_deadline(self) -> str:
        """The deadline that a short sentence behind the notes sets (…局。 2013年11月底前完成。), or nothing."""
        start, end = self.leftover
        stated = in_prose(self.source.text[start:end]) if end - start <= _SHORT_SENTENCE else []
        return stated[0] if stated else ""

    @property
    def leftover(self) -> Span:
        start, end = self.source.trimmed(self.text_end, self.end)
        return (end, end) if _SIGNATURE.fullmatch(self.source.plain[start:end]) else (start, end)

    @property
    def measures(self) -> list["Passage"]:
        """The measures without numbers under a heading: each further paragraph that carries its own note; else nothing."""
        first, *others = self._below_heading()
        found = []
        for start, end in others:
            notes = [note for note in self.notes if start <= note.start < end and not note.own_paragraph]
            if any(note.roles.units for note in notes):
                found.append(Passage(self.source, self.node, *self.source.trimmed(start, end), notes))
        return found if len(found) >= 2 and not any(note.start < first[1] for note in self.notes) else []

    def _below_heading(self) -> list[Span]:
        (start, end), *others = paragraphs(self.source, self.start, self.end)
        blank = self.source.plain.find(" ", start, min(end, start + _LONGEST_HEADING))
        if blank < 0 or not self.source.dense(start) or re.search(r"[。;:()]", self.source.plain[start:blank]):
            return [(start, end), *others]
        return [(start, blank), (blank + 1, end), *others]


def paragraphs(source: Source, start: int, end: int) -> list[Span]:
    """The paragraphs between two places; where line breaks were lost, a blank after a full stop or a bracket ends one."""
    ends = [place for place in range(start, end) if _ends(source, place, start)]
    spans = zip([start, *(place + 1 for place in ends)], [*ends, end], strict=True)
    return [span for span in spans if source.text[slice(*span)].strip()] or [(start, end)]


def _ends(source: Source, place: int, start: int) -> bool:
    if source.plain[place] == " ":
        return place > start and source.plain[place - 1] in _PARAGRAPH_END and source.dense(place)
    return source.plain[place] == "\n"


def passage_of(source: Source, node: Node) -> Passage:
    start, end = source.trimmed(node.start, tail(source, node.start, node.end))
    return Passage(source, node, start, end, notes_in(source, start, end))


def tail(source: Source, start: int, end: int) -> int:
    """Where enclosures, copies or signatures begin between two places; the end when there are none."""
    found = _TAIL.search(source.plain, start, end)
    end = found.start() if found else end
    signed = _SIGNED.search(source.plain, max(start, end - 100), end)
    return signed.start() if signed else end
