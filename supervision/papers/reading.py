"""How a paper reads, from its content in plain values: parts with their paragraphs, and the whole as text to paste. Pure."""

import datetime
import re
from dataclasses import dataclass

from supervision.papers.tokens import pieces, plain

LEVELS = (re.compile("^[一二三四五六七八九十]+、"), re.compile("^[（(][一二三四五六七八九十]+[）)]"))
INDENT = "\u3000\u3000"


@dataclass(frozen=True)
class Part:
    """One block as it reads: ``lines`` are paragraphs of (text, key of a figure or None); ``place`` counts from one over all blocks."""

    place: int
    kind: str
    lines: list
    figures: dict
    content: dict
    level: int = 0
    number: int = 0

    @property
    def title(self):
        return "".join(text for line in self.lines for text, _ in line)


def level_of(text):
    """1 for 一、, 2 for （一）, 3 for any other heading."""
    return next((n for n, each in enumerate(LEVELS, 1) if each.match(text)), len(LEVELS) + 1)


def parts(content):
    """Of a paper's content; annexes are numbered where there are several."""
    annexes = sum(each["kind"] == "ANNEX" for each in content["blocks"])
    found, number = [], 0
    for place, each in enumerate(content["blocks"], 1):
        number += each["kind"] == "ANNEX"
        lines = [pieces(line, each["figures"]) for line in each["text"].split("\n") if line.strip()]
        more = {"level": level_of(each["text"])} if each["kind"] == "HEADING" else {}
        if each["kind"] == "ANNEX" and annexes > 1:
            more["number"] = number
        found.append(Part(place, each["kind"], lines, each["figures"], each["content"] or {}, **more))
    return found


def day_words(text):
    """2015-10-20 as printed: 2015年10月20日."""
    if not text:
        return ""
    day = datetime.date.fromisoformat(text[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def value_of(cell):
    return str(cell["v"]) if isinstance(cell, dict) else str(cell)


def rows_of(content):
    return [*content.get("heads", ()), *content.get("rows", ()), *([content["sum"]] if content.get("sum") else ())]


def as_text(content):
    """The whole paper to paste into a message: no lines drawn, the cells of a table apart by tabs."""
    lines = [*content.get("marks", ()), content["masthead"], content["code"], "", content["title"], ""]
    lines += [f"{content['main_to']}："] if content["main_to"] else []
    for each in content["blocks"]:
        text = plain(each["text"], each["figures"])
        heading = each["kind"] in ("TABLE", "ANNEX")
        lines += [line if heading else f"{INDENT}{line.strip()}" for line in text.split("\n") if line.strip()]
        lines += ["\t".join(map(value_of, row)) for row in rows_of(each["content"] or {})]
    if content["kind"] != "COMMITMENT":
        lines += ["", "、".join([content["issuer"], *content["co_issuers"]]), day_words(content["printed_on"])]
    lines += [f"抄送：{content['copy_to']}"] if content["copy_to"] else []
    return "\n".join(lines).strip() + "\n"
