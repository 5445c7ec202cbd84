"""Reads the lines of one Word document, called by ``kit.apart``: it imports nothing of ours."""

from collections.abc import Iterator
from contextlib import suppress

import docx

MOST_TEXT = 2_000_000
MOST_COLUMNS = 60

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Within a paragraph: what an older Word would show instead, tracked changes, phonetic guides; boxes are lines of their own.
_NOT_PRINTED = (_FALLBACK, *(f"{_W}{tag}" for tag in ("del", "moveFrom", "tabs", "rt", "txbxContent")))
_CHINESE = "零一二三四五六七八九"
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class TooLarge(Exception):
    """The document is sound but larger than agreed; the message is a sentence for its sender."""


def parse(path) -> list[str]:
    """The lines of a document: its paragraphs with their automatic numbers, the rows of its tables with tabs."""
    with open(path, "rb") as file:
        document = docx.Document(file)
    numbers = Numbers(document)
    lines, budget = [], MOST_TEXT
    for line in _lines(document.element.body, numbers):
        budget -= len(line)
        if budget < 0:
            raise TooLarge("文档的文字过多，请拆分后分次导入。")
        lines.append(line)
    return lines


def _lines(holder, numbers: "Numbers") -> Iterator[str]:
    for block in holder:
        if block.tag == f"{_W}p":
            yield from (numbers.before(block) + _text(block).replace("\t", " ")).split("\n")
            for box in block.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _lines(box, numbers)
        elif block.tag == f"{_W}tbl":
            yield from _rows(block, numbers)
        elif block.tag == f"{_W}sdt":
            for content in block.iterchildren(f"{_W}sdtContent"):
                yield from _lines(content, numbers)
        elif block.tag == f"{_W}customXml":
            yield from _lines(block, numbers)


def _text(paragraph) -> str:
    """The text as it prints: what was deleted, moved away, hidden or is a guide to a sound is out, and so are boxes."""
    pieces: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        above = list(element.iterancestors())
        if any(each.tag in _NOT_PRINTED for each in above[: above.index(paragraph)]) or _is_hidden(element):
            continue
        tag = element.tag.removeprefix(_W)
        pieces.append({"t": element.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(tag, "\n"))
    return "".join(pieces)


def _is_hidden(element) -> bool:
    found = element.getparent().find(f"{_W}rPr/{_W}vanish")
    return found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "off")


def _rows(table, numbers: "Numbers") -> Iterator[str]:
    """One line a row; a cell that spans rows is repeated, one that spans columns leaves the others empty."""
    above: list[str] = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is row:
                cells += _cell(cell, above[len(cells)] if len(cells) < len(above) else "", numbers)
        if len(cells) > MOST_COLUMNS:
            raise TooLarge(f"表格超过{MOST_COLUMNS}列，请删除多余的列。")
        above = cells
        yield "\t".join(cells)


def _cell(cell, above: str, numbers: "Numbers") -> list[str]:
    properties = cell.find(f"{_W}tcPr")
    span, merge = None, None
    if properties is not None:
        span, merge = properties.find(f"{_W}gridSpan"), properties.find(f"{_W}vMerge")
    text = " ".join(
        " ".join((numbers.before(paragraph) + _text(paragraph)).split()) for paragraph in cell.iter(f"{_W}p")
    ).strip()
    if merge is not None and merge.get(f"{_W}val") != "restart":
        text = above
    width = int(span.get(f"{_W}val") or 1) if span is not None else 1
    return [text] + [""] * min(width - 1, MOST_COLUMNS)


class Numbers:
    def __init__(self, document):
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        with suppress(KeyError, NotImplementedError, AttributeError):
            self._read(document.part.numbering_part.element)
        for style in document.styles.element.iter(f"{_W}style"):
            base = style.find(f"{_W}basedOn")
            inherited = self._styles.get(base.get(f"{_W}val")) if base is not None else None
            if found := _numbering(style.find(f"{_W}pPr")) or inherited:
                self._styles[style.get(f"{_W}styleId")] = found

    def _read(self, numbering) -> None:
        abstract = {}
        for each in numbering.iterchildren(f"{_W}abstractNum"):
            abstract[each.get(f"{_W}abstractNumId")] = dict(map(_level, each.iterchildren(f"{_W}lvl")))
        for each in numbering.iterchildren(f"{_W}num"):
            reference = each.find(f"{_W}abstractNumId")
            if reference is not None:
                number = each.get(f"{_W}numId")
                self._levels[number] = abstract.get(reference.get(f"{_W}val"), {})
                self._lists[number] = reference.get(f"{_W}val")
                self._restarts[number] = dict(filter(None, map(_restart, each.iterchildren(f"{_W}lvlOverride"))))

    def before(self, paragraph) -> str:
        properties = paragraph.find(f"{_W}pPr")
        found = _numbering(properties) or self._of_style(properties)
        if not found or found[1] not in self._levels.get(found[0], {}):
            return ""
        number, level = found
        levels = self._levels[number]
        counts = self._counts.setdefault(self._lists[number], [0] * 10)
        for restarted, start in self._restarts.pop(number, {}).items():
            counts[restarted:] = [start - 1] + [0] * len(counts[restarted + 1 :])
        counts[level] = counts[level] + 1 if counts[level] else levels[level][2]
        counts[level + 1 :] = [0] * len(counts[level + 1 :])
        return _shown(levels, counts, level)

    def _of_style(self, properties) -> tuple[str, int] | None:
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        return self._styles.get(style.get(f"{_W}val")) if style is not None else None


def _numbering(properties) -> tuple[str, int] | None:
    found = properties.find(f"{_W}numPr") if properties is not None else None
    number = found.find(f"{_W}numId") if found is not None else None
    if number is None:
        return None
    level = found.find(f"{_W}ilvl")
    return number.get(f"{_W}val"), int(level.get(f"{_W}val") or 0) if level is not None else 0


def _restart(override) -> tuple[int, int] | None:
    start = override.find(f"{_W}startOverride")
    return (int(override.get(f"{_W}ilvl")), int(start.get(f"{_W}val"))) if start is not None else None


def _level(level) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, default: str) -> str:
        found = level.find(f"{_W}{name}")
        return (found.get(f"{_W}val") or default) if found is not None else default

    return int(level.get(f"{_W}ilvl")), (value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")))


def _shown(levels: dict[int, tuple[str, str, int]], counts: list[int], level: int) -> str:
    shape, pattern, _ = levels[level]
    if shape in ("bullet", "none"):
        return ""
    for at in range(level, -1, -1):
        own = levels.get(at, (shape, "", 1))[0]
        pattern = pattern.replace(f"%{at + 1}", _formatted(max(counts[at], 1), own))
    return pattern


def _formatted(value: int, shape: str) -> str:
    if shape in _CHINESE_FORMATS:
        return _chinese(value)
    if shape.startswith("decimalEnclosedCircle") and value <= len(_CIRCLES):
        return _CIRCLES[value - 1]
    if shape in ("lowerLetter", "upperLetter") and value <= len(_LETTERS):
        return _LETTERS[value - 1].upper() if shape == "upperLetter" else _LETTERS[value - 1]
    return str(value)


def _chinese(value: int) -> str:
    if value >= 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return head + (_CHINESE[ones] if ones or not tens else "")
