"""Chinese names found by their sounds: 县发改局 by ``fagai`` or ``fgj``. Computed once, when a name is saved."""

import unicodedata

from pypinyin import Style, lazy_pinyin


def full(text: str) -> str:
    """The whole pinyin without tones or spaces: 县发改局 -> xianfagaiju. Letters and digits stay, marks go."""
    return "".join(_syllables(text, Style.NORMAL))


def initials(text: str) -> str:
    """The first letter of each character: 县发改局 -> xfgj. Letters and digits stay, marks go."""
    return "".join(_syllables(text, Style.FIRST_LETTER))


def searchable(name: str) -> str:
    """What a search looks through by substring: the name itself, its initials and its pinyin."""
    return f"{normal(name)} {initials(name)} {full(name)}"


def needle(typed: str) -> str:
    """What a person typed, made fit to be looked for in ``searchable``: half-width, lower case, without spaces."""
    return "".join(normal(typed).split())


def normal(text: str) -> str:
    """Half-width letters and digits, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def _syllables(text: str, style: Style) -> list[str]:
    return lazy_pinyin(normal(text), style=style, errors=_kept)


def _kept(run: str) -> str:
    """Of a run that is not Chinese, what can be typed."""
    return "".join(character for character in run if character.isascii() and character.isalnum())
