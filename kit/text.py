"""What people type or paste, as it is kept: one kind of line break, nothing that cannot be seen."""

import html
import re
import unicodedata

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control and format characters, halves of pairs, and the letters and signs that are drawn as nothing at all.
_UNSEEN = {"Cc", "Cf", "Cs"}
_DRAWN_AS_NOTHING = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_KEPT = {"\n", "\t"}
_BREAK = re.compile(r"\s*[\n\t]\s*")
_BREAK_BETWEEN_WORDS = re.compile(rf"(?<=[!-~]){_BREAK.pattern}(?=[!-~])")
# Dashes and the minus as keyboards and programs write them.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


# Most texts hold nothing else, and a sheet asks about ten thousands of them: nothing is to be taken out or composed.
_SOUND = re.compile("[!-~一-\u9fff、。，；：？！（）《》“”]+")


def clean(text: str) -> str:
    """Composed (NFC), one line break a line, without what cannot be seen; "" if nothing can."""
    if _SOUND.fullmatch(text):
        return text
    text = BREAKS.sub("\n", text)
    letters = set(text)
    unseen = {letter for letter in letters - _KEPT if _is_unseen(letter)}
    if not any(unicodedata.category(letter)[0] in "LNPSC" for letter in letters - unseen - _KEPT):
        return ""
    return unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, unseen))))


def one_line(text: str) -> str:
    """Without the line breaks and tabs in it; between words of Latin letters a blank takes their place."""
    if "\n" not in text and "\t" not in text:
        return text
    return _BREAK.sub("", _BREAK_BETWEEN_WORDS.sub(" ", text.strip()))


def escaped(value) -> str:
    """As HTML, unless it says that it is: for what a page draws by the thousand and is never lazy."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


def half_width(text: str) -> str:
    """１２．５％ is 12.5%."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFKC", clean(text)).translate(_DASHES).strip()


def is_blank(text: str) -> bool:
    return not clean(text)


def _is_unseen(letter):
    return letter in _DRAWN_AS_NOTHING or unicodedata.category(letter) in _UNSEEN
