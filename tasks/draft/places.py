"""Where things stand in the source text, and the text cut into pieces to be shown with its marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A stretch of the source: ``task`` is the key of the task it belongs to, ``anchors`` name what begins here."""

    text: str
    task: str = ""
    number: str = ""
    begins: bool = False
    anchors: tuple[str, ...] = ()


def paragraph_at(text: str, place: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    following = [start for start, _ in spans if place < start < end]
    return place, min([end, *following])


def inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def pieces(text: str, draft: dict[str, Any]) -> Iterator[Piece]:
    """The whole source in order; every task's span is marked, every problem has its anchor."""
    anchors: dict[int, list[str]] = {}
    for at, problem in enumerate(draft["problems"]):
        anchors.setdefault(min(problem["place"], len(text)), []).append(f"p{at}")
    at = 0
    for start, end, task in _spans(draft, len(text)):
        yield from _plain(text, at, max(start, at), anchors)
        start = max(start, at)
        if end > start:
            yield from _marked(text, start, end, task, anchors)
            at = end
    yield from _plain(text, at, len(text), anchors)
    if rest := anchors.get(len(text)):
        yield Piece("", anchors=tuple(rest))


def _spans(draft: dict[str, Any], size: int) -> list[tuple[int, int, dict[str, Any]]]:
    found = [
        (*task["span"], task)
        for plan in draft["plans"]
        if not plan["left_out"]
        for task in plan["tasks"]
        if not task["dropped"] and 0 <= task["span"][0] < task["span"][1] <= size
    ]
    return sorted(found, key=lambda span: span[:2])


def _plain(text: str, start: int, end: int, anchors: dict[int, list[str]]) -> Iterator[Piece]:
    for begun, ended in _cut(start, end, anchors):
        yield Piece(text[begun:ended], anchors=tuple(anchors.get(begun, ())))


def _marked(text: str, start: int, end: int, task: dict[str, Any], anchors: dict[int, list[str]]) -> Iterator[Piece]:
    for begun, ended in _cut(start, end, anchors):
        names = tuple(anchors.get(begun, ()))
        yield Piece(text[begun:ended], task["key"], task["number"], begun == start, names)


def _cut(start: int, end: int, anchors: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    places = sorted({start, *(place for place in anchors if start < place < end), end})
    return zip(places, places[1:], strict=False)
