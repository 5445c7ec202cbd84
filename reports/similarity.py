"""How alike two texts are: a month's text that repeats the last one is marked, never blocked."""

import re
from difflib import SequenceMatcher

NEAR = 0.9
MARKS = re.compile(r"[\s，。、；：,.;:!！?？（）()“”\"'—\-]+")


def says_nothing(text):
    """No letter and no digit: blanks, punctuation, characters nobody sees."""
    return not any(letter.isalnum() for letter in text)


def is_near_copy(new, old):
    new, old = MARKS.sub("", new), MARKS.sub("", old)
    if not new or not old or not 0.8 < len(new) / len(old) < 1.25:
        return False
    if new == old:
        return True
    matcher = SequenceMatcher(None, new, old, autojunk=False)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR
