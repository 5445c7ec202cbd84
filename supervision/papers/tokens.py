"""Figures in the text of a paper: each stands as a token ⟦key⟧, and ``figures`` says by key what it is. Pure."""

import re

KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
TOKEN = re.compile(rf"⟦({KEY.pattern})⟧")
BRACKET = re.compile("[⟦⟧]")


def token(key: str) -> str:
    return f"⟦{key}⟧"


def pieces(text, figures):
    """[(text, key)] in order; the text of a figure is its value as printed, of what is no figure the key is None.

    A token nobody knows stays as it was typed: ``faults`` names it.
    """
    found, last = [], 0
    for match in TOKEN.finditer(text):
        key = match[1]
        if key not in figures:
            continue
        if match.start() > last:
            found.append((text[last : match.start()], None))
        found.append((figures[key]["value"], key))
        last = match.end()
    if last < len(text):
        found.append((text[last:], None))
    return found


def inserted(text, put, at=None) -> str:
    """The text with ``put`` behind so many letters of it, or at its end; no token is torn."""
    place = len(text) if at is None else max(0, min(at, len(text)))
    place = next((match.end() for match in TOKEN.finditer(text) if match.start() < place < match.end()), place)
    return text[:place] + put + text[place:]


def plain(text, figures) -> str:
    return "".join(part for part, _ in pieces(text, figures))


def keys_of(text) -> list[str]:
    """The keys of its tokens, each once, in order."""
    return list(dict.fromkeys(TOKEN.findall(text)))


def faults(text, figures) -> list[str]:
    """What stands against the text, in sentences: a token nobody knows, a bracket left over."""
    found = [f"“{token(key)}”没有来源，请删去后重新插入。" for key in keys_of(text) if key not in figures]
    if BRACKET.search(TOKEN.sub("", text)):
        found.append("数字的方头括号“⟦ ⟧”不完整，请删去后重新插入。")
    return found
