"""Chinese names found by their sounds: 县发改局 by ``fagai`` or ``fgj``. Computed once, when a name is saved."""

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from kit.names import KeyField, key


def _share(phrases):
    """Keep one list for each of 1,247 sounds: the package reads one for each of 143,861 syllables, 20 MiB more."""
    kept = {}
    for sounds in phrases.values():
        sounds[:] = [kept.setdefault(tuple(each), each) for each in sounds]


_share(PHRASES_DICT)


def full(text: str) -> str:
    """Without tones or spaces: 县发改局 -> xianfagaiju. Letters and digits stay, marks go."""
    return "".join(_syllables(text, Style.NORMAL))


def initials(text: str) -> str:
    """县发改局 -> xfgj. Letters and digits stay, marks go."""
    return "".join(_syllables(text, Style.FIRST_LETTER))


def _syllables(text: str, style: Style) -> list[str]:
    return lazy_pinyin(key(text), style=style, errors=_kept)


def _kept(run: str) -> str:
    return "".join(character for character in run if character.isascii() and character.isalnum())


class PinyinField(KeyField):
    made_of = staticmethod(full)


class InitialsField(KeyField):
    made_of = staticmethod(initials)
