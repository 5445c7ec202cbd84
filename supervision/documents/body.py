"""The text of a paper: its levels, tables where they belong, who signs it, and its annexes on pages of their own."""

import re

from supervision.documents import grids
from supervision.documents.head import by_letter, day_words
from supervision.documents.titles import title_lines
from supervision.documents.wml import CHARACTER, CHARACTERS, empty, paragraph, run, width_of
from supervision.papers.tokens import plain

_LEVELS = (
    ("First", re.compile("[一二三四五六七八九十百]+、")),
    ("Second", re.compile("[（(][一二三四五六七八九十百]+[)）]")),
    ("Third", re.compile(r"\d+[.．]")),
)
_RUNS = {"First": "Heiti", "Second": "Kaiti"}
# A heading that text follows ends at its full stop; a longer first sentence is text.
MOST_HEADING = 40


def text_of(block: dict) -> str:
    return plain(block["text"], block["figures"])


def body(content: dict) -> str:
    return "".join(_drawn(each) for each in content["blocks"] if each["kind"] != "ANNEX")


def annexes(content: dict) -> list[dict]:
    return [each for each in content["blocks"] if each["kind"] == "ANNEX"]


def _drawn(block):
    if block["kind"] == "TABLE":
        caption = text_of(block)
        return (paragraph("Caption", run(caption), keep_next=True) if caption else "") + grids.grid(block)
    heading = block["kind"] == "HEADING"
    return "".join(_paragraph(line, heading) for line in text_of(block).splitlines() if line.strip())


def _paragraph(line, heading=False):
    """一、 in 黑体, （一） in 楷体, 1. in 仿宋; where text follows in the same paragraph only its heading."""
    line = line.strip()
    style = next((style for style, mark in _LEVELS if mark.match(line)), "First" if heading else "Body")
    if style == "Body" or heading:
        return paragraph(style, run(line), keep_next=heading)
    first, stop, rest = line.partition("。")
    if len(first) > MOST_HEADING:
        return paragraph("Body", run(line))
    if not rest:
        return paragraph(style, run(line), keep_next=not stop)
    return paragraph("Body", run(first + stop, _RUNS.get(style, "")), run(rest))


def named_annexes(content: dict) -> str:
    """附件：1.… one empty line below the text; what goes over a line stands below the name."""
    titles = [text_of(each).partition("\n")[0].rstrip("。；;，") for each in annexes(content)]
    if not titles:
        return ""
    if len(titles) == 1:
        return empty() + _named("附件：", titles[0], 2)
    return empty() + "".join(
        _named("附件：" * (n == 1) + f"{n}.", each, 2 if n == 1 else 5) for n, each in enumerate(titles, 1)
    )


def _named(mark, title, before):
    left = (before + width_of(mark)) * CHARACTER
    return paragraph("Flush", run(mark + title), left=left, hanging=width_of(mark) * CHARACTER)


def signature(content: dict) -> str:
    """Who issues it and the day; with room for seals where it goes out as a letter. The last line of the text comes along."""
    names, day = [content["issuer"], *content["co_issuers"]], day_words(content["printed_on"])
    return (_sealed if by_letter(content) else _unsealed)(names, day)


def _unsealed(names, day):
    """Two letters from the right; the day begins two letters further right than the name, or the name gives way."""
    begins = CHARACTERS - width_of(names[-1]) - max(2, 5 + _width_of_day(day) - width_of(names[-1]))
    above = [paragraph("Flush", run(each), jc="right", right=2 * CHARACTER, keep_next=True) for each in names[:-1]]
    last = paragraph("Flush", run(names[-1]), left=max(0, begins) * CHARACTER, keep_next=True)
    return empty() + "".join(above) + last + paragraph("Flush", run(day), left=(max(0, begins) + 2) * CHARACTER)


def _width_of_day(day):
    """Word sets digits a quarter letter apart from Chinese; the blanks of a draft are whole letters."""
    return width_of(day) + (0 if "　" in day else 1.25)


def _sealed(names, day):
    """The day four letters from the right, the last name in the middle above it; others beside, each with room for its seal."""
    date = _width_of_day(day)
    lines = []
    for each in names:
        aside = max(0, 4 + (date - width_of(each)) / 2)
        lines.append(paragraph("Flush", run(each), jc="right", right=aside * CHARACTER, keep_next=True))
    room = "".join(paragraph("Flush", keep_next=True) * 2 for _ in names[:1])
    between = paragraph("Flush", keep_next=True) * 3
    return room + between.join(lines) + paragraph("Flush", run(day), jc="right", right=4 * CHARACTER)


def annex(block: dict, number: int, of: int, across: bool) -> str:
    """附件1 on the first line, its title on the third."""
    title, _, rest = text_of(block).partition("\n")
    mark = paragraph("AnnexMark", run("附件" if of == 1 else f"附件{number}"))
    lines = [paragraph("Title", run(each), exact=640) for each in title_lines(title, 30 if across else 19)]
    text = [_paragraph(each) for each in rest.splitlines() if each.strip()]
    return (
        mark + empty() + "".join(lines) + empty() + "".join(text) + grids.grid(block, across=across, ends=number == of)
    )
