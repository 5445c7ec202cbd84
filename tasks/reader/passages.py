"""Passages: the numbered stretches of a text as a tree, with the notes in each, and what of it is text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.reader.deadlines import in_prose
from tasks.reader.grammar import Roles
from tasks.reader.notes import Note, notes_in
from tasks.reader.numbers import Mark, series
from tasks.reader.source import Source, Span

# After these words nothing of a task follows: enclosures, copies, signatures.
_TAIL = re.compile(r"(?:(?<=\n)|(?<= )|^)(?:附件?[ :0-9一]|附件(?=\n|$)|\(此件|抄送[ :]|\(联系人)")
_SIGNED = re.compile(r"[\n ][^\s。，；：（(]{2,40}\s*20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$")
_BULLET = re.compile(r"^(?:[—－-]{1,2}|[●◆◇★☆■□※•·▲△])\s*")
_LONGEST_TITLE = 80
_NOTE = re.compile(r"[（(\[【][^（()）\]】]*(?:单位|部门|牵头|负责)[^\n]*$")
_LONGEST_HEADING = 40
_SHORT_SENTENCE = 40
_PARAGRAPH_END = "。)];"


@dataclass(eq=False)
class Passage:
    """A stretch of text that may be a task, with the notes in it: numbered up to ``stop``, the next number, or without.

    ``parent`` is the passage it stands beneath, ``points`` those beneath it that it takes along, ``handed`` the roles that
    its heading hands down.
    """

    source: Source
    mark: Mark | None
    start: int
    end: int
    notes: list[Note]
    parent: "Passage | None" = None
    stop: int = 0
    run: tuple[str, int] = ("", 0)
    title: str = ""
    children: list["Passage"] = field(default_factory=list)
    points: list["Passage"] = field(default_factory=list)
    handed: Roles | None = None

    @property
    def number(self) -> str:
        return self.mark.printed if self.mark else ""

    @property
    def span(self) -> Span:
        """From its number to the end of its points."""
        return self.mark.start if self.mark else self.start, max([self.end, *(point.end for point in self.points)])

    @property
    def printed_points(self) -> tuple[str, ...]:
        """Each with its number and everything beneath it, as written."""
        ends = [max([point.end, *(below.stop for below in point.below())]) for point in self.points]
        return tuple(self.source.written(point.span[0], end) for point, end in zip(self.points, ends, strict=True))

    @property
    def path(self) -> list["Passage"]:
        return [*self.parent.path, self] if self.parent else [self]

    def below(self) -> Iterator["Passage"]:
        for child in self.children:
            yield child
            yield from child.below()

    @property
    def last(self) -> int:
        return max([self.stop, *(below.stop for below in self.below())])

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
        return self.source.trimmed(self.text_end, self.end)

    @property
    def measures(self) -> list["Passage"]:
        """The measures without numbers under a heading: each further paragraph that carries its own note; else nothing."""
        first, *others = self._below_heading()
        found = []
        for start, end in others:
            notes = [note for note in self.notes if start <= note.start < end and not note.own_paragraph]
            if any(note.roles.units for note in notes):
                found.append(Passage(self.source, None, *self.source.trimmed(start, end), notes, self))
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


def passages_in(source: Source, start: int, end: int) -> tuple[list[Passage], list[tuple[int, str]]]:
    """The numbered passages between two places as a tree, and numbers that do not fit their series, with the reason."""
    roots: list[Passage] = []
    above: list[Passage] = []
    marks, oddities = series(source, start, end)
    stops = [mark.start for mark, *_ in marks[1:]] + [end]
    for (mark, depth, run), stop in zip(marks, stops, strict=bool(marks)):
        above = above[:depth]
        begun, ended = source.trimmed(mark.end, tail(source, mark.end, stop))
        passage = Passage(
            source, mark, begun, ended, notes_in(source, begun, ended), above[-1] if above else None, stop
        )
        passage.run, passage.title = (mark.style, run), _title(source, mark.end, stop)
        (above[-1].children if above else roots).append(passage)
        above.append(passage)
    return roots, oddities


def every(roots: list[Passage]) -> Iterator[Passage]:
    for root in roots:
        yield root
        yield from root.below()


def _title(source: Source, start: int, stop: int) -> str:
    start, end = source.trimmed(start, min(stop, start + _LONGEST_TITLE))
    title = re.split("[\n。 ]", source.plain[start:end], maxsplit=1)[0]
    return _NOTE.sub("", source.text[start : start + len(title)]).rstrip("。;!?:：；")


def tail(source: Source, start: int, end: int) -> int:
    """Where enclosures, copies or signatures begin between two places; the end when there are none."""
    found = _TAIL.search(source.plain, start, end)
    end = found.start() if found else end
    signed = _SIGNED.search(source.plain, max(start, end - 100), end)
    return signed.start() if signed else end
