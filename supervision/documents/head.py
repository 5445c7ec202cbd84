"""From the red head of a paper down to whom it goes: masthead, number, red line, title, 主送."""

import math
import re

from supervision.documents.styles import RED
from supervision.documents.titles import title_lines
from supervision.documents.wml import (
    CHARACTER,
    CHARACTERS,
    LINE,
    MILLIMETRE,
    TAB,
    WIDTH,
    empty,
    paragraph,
    rule,
    run,
    width_of,
)

# Lines of the first page that the head leaves to title, addressees and two of text; a line of the title, a further issuer, in lines.
ROOM, TITLE_LINE, ISSUER_LINE = 10, 1.3, 1.5
# Letters that stay free between the issuers and the day.
GAP = 3
# Largest and smallest letters of a masthead, in points.
LARGEST, SMALLEST = 56, 26
# What lacks of 4 mm under the letters of the number, whose line is higher than they are.
RULE_BELOW = 2.2
_NUMBERED_ISSUE = re.compile(r"〔(\d{4})〕第(\d+)期$")


def head(content: dict, *, blank: bool) -> str:
    """``blank`` leaves out what is printed red, for paper with a red head; everything else keeps its place."""
    return "".join(
        [_masthead(content, blank), _number(content), _line(blank), _title(content["title"]), _main_to(content)]
    )


def addressed_below(content: dict) -> bool:
    """Whom it goes to stands in the imprint: in the head it would leave the first page without text."""
    beside = len(content["co_issuers"]) if by_letter(content) else 0
    left = ROOM - TITLE_LINE * len(title_lines(content["title"])) - ISSUER_LINE * beside
    return math.ceil(width_of(content["main_to"]) / CHARACTERS) > max(1, left)


def by_letter(content: dict) -> bool:
    return content["numbering"] == "LETTER"


def _masthead(content, blank):
    """Its upper edge 35 mm below that of the text, 份号, 密级 and 紧急程度 in the lines left of it, from the first; joint papers with a 文号 name every issuer, 文件 beside them."""
    names = [content["masthead"] or content["issuer"]]
    beside = ""
    if content["co_issuers"] and by_letter(content):
        beside = "文件" if names[0].endswith("文件") else ""
        names = [names[0].removesuffix("文件"), *content["co_issuers"]]
    size = _size(max(map(width_of, names)) + 1.2 * len(beside), len(names))
    if len(names) == 1 or not beside:
        marks = "".join(_mark(each, size, blank) for each in names)
    else:
        marks = _beside(names, beside, size, blank)
    above = [
        paragraph("Flush", run(each, "" if each.isdecimal() else "Heiti"), exact=LINE)
        for each in content.get("marks", ())
    ]
    return "".join(above) + empty(exact=35 * MILLIMETRE - size * 3.7 - len(above) * LINE) + marks


def _size(letters, lines):
    """As large as a line takes, smaller where several issuers stand below one another."""
    return max(SMALLEST if lines > 1 else 20, min(LARGEST if lines == 1 else 36, int(WIDTH / 20 / max(letters, 1))))


def _mark(text, size, blank, jc="center"):
    letters = run("" if blank else text).replace(
        '<w:rFonts w:hint="eastAsia"/>',
        f'<w:rFonts w:hint="eastAsia"/><w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>',
    )
    return paragraph("Masthead", letters, exact=size * 26, jc=jc)


_TIGHT = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'


def _beside(names, word, size, blank):
    """The issuers as wide as the longest, the word in the middle of their right."""
    left = round(min(WIDTH - 2.6 * size * 20, (max(map(width_of, names)) + 0.5) * size * 20))
    right = round(2.4 * size * 20)
    cells = (
        (left, "".join(_mark(each, size, blank, "distribute") for each in names)),
        (right, _mark(word, size, blank)),
    )
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
        for width, inner in cells
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_TIGHT}</w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid><w:tr>{drawn}</w:tr></w:tbl>'
    )


def _number(content):
    """The number two lines below; upward on the left with the signer on the right; of an issue the issuers and the day below it."""
    code = content["code"]
    if not by_letter(content):
        found = _NUMBERED_ISSUE.search(code)
        issue = f"{found[1]}年第{found[2]}期" if found else code or "第　　期"
        names = "　".join([content["issuer"], *content["co_issuers"]])
        return _issue(issue, names, day_words(content["printed_on"]))
    code = code or "〔　　　　〕　　号"
    if content["direction"] == "UP":
        signer = run("签发人：") + run(content["signer"] or "　　　", "Kaiti")
        return empty(2) + _sides(code, signer, CHARACTER)
    return empty(2) + paragraph("Flush", run(code), jc="center")


def _issue(issue, names, day):
    """The issuers and the day on one line; where that is full, the day takes the empty line's place on one of its own."""
    centred = paragraph("Flush", run(issue), jc="center")
    if width_of(names) + width_of(day) + GAP > CHARACTERS:
        return centred + paragraph("Flush", run(names)) + _sides("", run(day))
    return empty() + centred + _sides(names, run(day))


def _sides(left, right, inside=0):
    return paragraph("Flush", run(left), TAB, right, tab=WIDTH - inside, left=inside)


def day_words(day: str) -> str:
    """2015-09-30 is 2015年9月30日; nothing before it is printed."""
    if not day:
        return "　　年　　月　　日"
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日"


def _line(blank):
    """The red line, 4 mm below the number and as wide as the text."""
    colour = "FFFFFF" if blank else RED
    return paragraph("Flush", rule=rule("bottom", 12, colour), exact=RULE_BELOW * MILLIMETRE)


def _title(title):
    lines = "".join(
        paragraph("Title", run(each), exact=34 * 20 if len(title) > 60 else 36 * 20) for each in title_lines(title)
    )
    return empty(2) + lines + empty()


def _main_to(content):
    to = content["main_to"].rstrip("：:，,。 ")
    if not to or addressed_below(content):
        return ""
    return paragraph("Flush", run(f"{to}："), exact=LINE, jc="both")
