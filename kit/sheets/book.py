"""A workbook that goes into the package of something kept: which floor makes it, what it counts, what it waits for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kit.sheets.sheet import Sheet


def _nothing(whole) -> Iterable:
    return ()


@dataclass(frozen=True)
class Book:
    """One workbook of a package.

    ``order``   its place among those of all floors; ``name`` of its file.
    ``counts``  whole -> {word: number} of what is in it; where every number is 0 it is not made.
    ``sheets``  (whole, its closed periods) -> the sheets; ``day`` of the second is the last that counts.
    ``open``    whole -> sentences of what is not settled yet.
    ``files``   whole -> (folder, ``StoredFile``) of what was handed in with its rows.
    ``made``    whole -> (key, name) of files that are written for the package, each by ``make`` of its key.
    """

    order: int
    name: str
    counts: Callable[[Any], dict[str, int]]
    sheets: Callable[[Any, list], Iterable[Sheet]]
    open: Callable[[Any], Iterable[str]] = _nothing
    files: Callable[[Any], Iterable[tuple[str, Any]]] = _nothing
    made: Callable[[Any], Iterable[tuple[str, str]]] = _nothing
    make: Callable[[str], bytes] | None = None
