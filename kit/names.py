"""Names however they are written: 县 公安局, 县公安⏎局 and 县公安局 are one name, as ＰＰＰ办 and ppp办 are."""

import re
from collections import Counter, UserDict, defaultdict
from difflib import SequenceMatcher

from django.db import models
from django.db.models import Q

from kit.statements import RowSet
from kit.text import clean, half_width

_LOOKS = str.maketrans("•‧∙⋅・〔〕【】〖〗[]［］", "·····()()()()()")
_WIDE = {place: place + 0xFEE0 for place in range(0x21, 0x7F)}
_INNER_BLANK = re.compile(r"(?<![!-~]) | (?![!-~])")


def key(name) -> str:
    """A name as it is compared: half-width, lower case, without blanks, line breaks and what cannot be seen."""
    return "".join(half_width(str(name).translate(_LOOKS)).casefold().split())


def tidy(name) -> str:
    """A name as it is kept: without what cannot be seen, blanks only between words of Latin letters."""
    return _INNER_BLANK.sub("", " ".join(clean(str(name)).split()))


def holds(word: str, *fields: str) -> Q:
    """The condition that one of ``fields`` holds ``word``, whichever width it was typed or stored in."""
    word = clean(word).strip()
    plain = half_width(word)
    found = Q()
    for text in dict.fromkeys((word, plain, plain.translate(_WIDE), plain.upper().translate(_WIDE))):
        for field in fields:
            found |= Q(**{f"{field}__icontains": text})
    return found


class Named(UserDict):
    """Things by their names, found however the name is written; the later of two with one name stays."""

    def __setitem__(self, name, thing):
        super().__setitem__(key(name), thing)

    def __getitem__(self, name):
        return super().__getitem__(key(name))

    def __contains__(self, name):
        return super().__contains__(key(name))

    def __ior__(self, other):
        self.update(other)
        return self


class Alike:
    """The names most alike to one, as ``difflib.get_close_matches`` finds them, without comparing each with each."""

    def __init__(self, names):
        self._holders = defaultdict(list)
        for name in dict.fromkeys(names):
            for sign in _signs(name):
                self._holders[sign].append(name)

    def nearest(self, name, most, cutoff):
        found, matcher = [], SequenceMatcher(b=name)
        for bound, other in self._bounds(name):
            # No name from here on comes nearer than what its signs in common allow.
            if bound < max(cutoff, found[most - 1][0] if len(found) >= most else 0):
                break
            matcher.set_seq1(other)
            if (ratio := matcher.ratio()) >= cutoff:
                found = sorted([*found, (ratio, other)], reverse=True)[:most]
        return [other for _, other in found]

    def _bounds(self, name):
        """Each name with a sign in common and how near it comes at best, the most promising first."""
        common = Counter()
        for sign in _signs(name):
            common.update(self._holders.get(sign, ()))
        bounds = [(2 * count / (len(name) + len(other)), other) for other, count in common.items()]
        return sorted(bounds, reverse=True)


def _signs(name):
    seen = Counter()
    for sign in name:
        seen[sign] += 1
        yield sign, seen[sign]


class NamedQuerySet(RowSet):
    """Rows with a ``key`` of their name."""

    def of_name(self, *names):
        """Return the rows of one of these names, however they are written."""
        return self.filter(key__in=[key(name) for name in names])


class KeyField(models.CharField):
    """The key of another column of its row, in step with it whenever the row is written, in bulk too."""

    def __init__(self, *args, of="name", **kwargs):
        kwargs |= {"editable": False, "blank": True}
        super().__init__(*args, **kwargs)
        self.of = of

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    @staticmethod
    def made_of(name) -> str:
        return key(name)

    def pre_save(self, model_instance, add):
        value = self.made_of(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
