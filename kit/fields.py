"""Questions put to people, declared once: each kind knows its column, form field, plain value, words and cell of a sheet."""

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.db import models
from django.utils.functional import cached_property

from kit.forms import Whole, of_column
from kit.rates import written
from kit.sheets import InputHead
from kit.text import is_blank

# What a draft keeps at most: nothing typed is lost for being too long to be filed.
DRAFT = 10_000
TOO_LONG = f"超过{DRAFT}字（现有%(show_value)d字），太长的部分请作为附件上传。"
FRACTION = "请填0到100的整数：{percent}%就填{percent}，不要设为百分比格式。"
YES, NO = "是", "否"
YES_WORDS = {"是", "√", "✓", "1", "y", "yes", "true"}
NO_WORDS = {"", "否", "×", "0", "n", "no", "false"}
PLAIN = {"autocomplete": "off"}


class Field:
    """One question. Its value is a Python value (text, int, Decimal, date, bool); ``plain`` is what JSON keeps of it.

    ``width``    of its column on a sheet, in half-width characters;  ``short`` its label where there is little room.
    ``needed``   the sentence that asks for it where it is left empty though ``when(everything said, past)`` is true.
    ``placed``   templates have a place of their own for it; all others follow one another by themselves.
    ``carried``  filled again by one press from what was said last;  ``kept`` the same when nothing has changed since.
    ``checks``   what a sheet checks while people type, in the words of InputHead.
    """

    width, short, needed, placed, carried, kept = 12, "", "", False, False, False
    # Several can be pasted from a sheet at once; two texts may be put one below the other.
    blank, is_pasted, is_text, checks = None, True, False, {}
    # What its form field has besides its column's.
    form = {}

    def __init__(self, name, label, hint="", **more):
        if unknown := [word for word in more if not hasattr(type(self), word)]:
            raise TypeError(f"{type(self).__name__} has no {unknown}")
        vars(self).update(more, name=name, label=label, hint=hint)

    @staticmethod
    def when(said, past):
        return True

    def plain(self, value):
        return value

    def value(self, plain):
        return self.blank if plain is None else plain

    def words(self, value):
        return "" if value is None else str(value)

    def is_left(self, value):
        return value in (None, "")

    def fault(self, value):
        """What keeps a value from being filed, or ""."""
        return ""

    def joined(self, own, other, name, speaks):
        """Two units' answers made one: ``name`` is the other unit's, ``speaks`` says whether its figures count."""
        return other if speaks else own

    def cell(self, value):
        return value

    def typed(self, text, cell):
        """A cell as a person would have typed it on the page; ValueError says why it cannot be."""
        return text

    def input_head(self, group):
        return InputHead(self.label, self.width, group=group, hint=self.hint, **self.checks)

    @cached_property
    def form_field(self):
        """Its field of a form: forms share it, so it is never changed."""
        return of_column(self.column(), required=False, label=self.label, help_text=self.hint, **self.form)


class Words(Field):
    """Text of several ``rows``, or of one line where ``rows`` is 0; what is longer than ``limit`` is kept, not filed."""

    limit, rows, example = 1000, 2, ""
    blank, is_text = "", True

    @property
    def is_pasted(self):
        return self.rows > 0

    def column(self):
        return models.TextField(self.label, blank=True)

    @property
    def form(self):
        attrs = {"rows": self.rows, "data-count": self.limit} if self.rows else PLAIN | {"placeholder": self.example}
        widget = (forms.Textarea if self.rows else forms.TextInput)(attrs=attrs)
        return {"widget": widget, "max_length": DRAFT, "error_messages": {"max_length": TOO_LONG}}

    @property
    def checks(self):
        return {"longest": self.limit}

    def is_left(self, value):
        return is_blank(value)

    def fault(self, value):
        more = len(value) - self.limit
        return f"超出{more}字，请压缩到{self.limit}字以内。" if more > 0 else ""

    def joined(self, own, other, name, speaks):
        """Its own words first, the other's below with their unit's name."""
        if not other or other == own:
            return own
        return f"{own}\n【{name}】{other}" if own else other


class _Percent(Whole):
    """The sign may be typed along, as sheets do."""

    def to_python(self, value):
        return super().to_python(str(value or "").strip().rstrip("%％ ") if value != 0 else 0)


class Count(Field):
    """A whole number from ``least`` to ``most``, percent where the ``measure`` is %."""

    least, most, measure = 0, 32_767, ""

    def column(self):
        return models.PositiveSmallIntegerField(self.label, null=True, blank=True)

    @property
    def form(self):
        sentence = f"{self.label}请填{self.least}到{self.most}的整数。"
        return {
            "form_class": _Percent if self.measure == "%" else Whole,
            "min_value": self.least,
            "max_value": self.most,
            "error_messages": dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
            "widget": forms.TextInput(PLAIN | {"inputmode": "numeric", "placeholder": f"{self.least}-{self.most}"}),
        }

    @property
    def checks(self):
        return {"kind": "percent" if self.measure == "%" else "number", "between": (self.least, self.most)}

    def words(self, value):
        return "" if value is None else f"{value}{self.measure}"

    def typed(self, text, cell):
        if self.measure == "%" and isinstance(cell, float) and 0 < cell < 1:
            raise ValueError(FRACTION.format(percent=round(cell * 100)))
        return text


class Amount(Field):
    """A number of at most two decimals, not below 0. Two become their sum."""

    checks = {"kind": "number"}

    def column(self):
        return models.DecimalField(self.label, max_digits=14, decimal_places=2, null=True, blank=True)

    @property
    def form(self):
        told = ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
        sentence = f"{self.label}请填不小于0的数，最多两位小数。"
        widget = forms.TextInput(PLAIN | {"inputmode": "decimal"})
        return {"min_value": 0, "error_messages": dict.fromkeys(told, sentence), "widget": widget}

    def plain(self, value):
        return None if value is None else written(value)

    def value(self, plain):
        return None if plain is None else Decimal(plain)

    def words(self, value):
        return "" if value is None else written(Decimal(value))

    def joined(self, own, other, name, speaks):
        return None if own is None and other is None else (own or 0) + (other or 0)

    def typed(self, text, cell):
        return written(Decimal(repr(round(cell, 6)))) if isinstance(cell, float) else text


class Signed(Amount):
    """As an amount, but what came back stands below 0."""

    checks = {"kind": "number", "negative": True}

    @property
    def form(self):
        sentence = f"{self.label}请填数字，最多两位小数；收回的填负数。"
        told = dict.fromkeys(super().form["error_messages"], sentence)
        return super().form | {"min_value": None, "error_messages": told}


class Day(Field):
    """A day. Of two the later one counts."""

    checks = {"kind": "date"}

    def column(self):
        return models.DateField(self.label, null=True, blank=True)

    def plain(self, value):
        return value and value.isoformat()

    def value(self, plain):
        return plain and datetime.date.fromisoformat(plain)

    def joined(self, own, other, name, speaks):
        return max(filter(None, (own, other)), default=None)


class Choice(Field):
    """One of the ``choices``, as (code, word); ``spellings`` are further words of a sheet for their codes."""

    choices, spellings = (), {}
    blank, is_pasted = "", False

    def column(self):
        longest = max(len(code) for code, _ in self.choices)
        return models.CharField(self.label, max_length=longest, choices=self.choices, blank=True)

    @property
    def form(self):
        told = {"invalid_choice": f"请从{'、'.join(self.checks['choices'])}中选择。"}
        return {"widget": forms.RadioSelect, "choices": self.choices, "error_messages": told}

    @property
    def checks(self):
        return {"choices": tuple(word for _, word in self.choices)}

    def words(self, value):
        return dict(self.choices).get(value, value or "")

    cell = words

    def typed(self, text, cell):
        return ({word: code for code, word in self.choices} | self.spellings).get(_bare(text), text)


class YesNo(Field):
    """A box to tick; ``example`` says in a sheet's refusal what to write when. Of two both must be ticked."""

    example = ""
    blank, is_pasted, checks = False, False, {"choices": (YES, NO)}

    def column(self):
        return models.BooleanField(self.label, default=False)

    def words(self, value):
        return YES if value else NO

    def joined(self, own, other, name, speaks):
        return own and other

    def cell(self, value):
        return YES if value else ""

    def typed(self, text, cell):
        word = _bare(text)
        if word not in YES_WORDS | NO_WORDS:
            raise ValueError(f"只能填“{YES}”或“{NO}”。{self.example}")
        return "on" if word in YES_WORDS else ""


def _bare(text):
    return unicodedata.normalize("NFKC", "".join(text.split())).lower()


class Fields(dict):
    """{name: Field}: all that one kind of record asks, in the order of its sheets.

    ``said`` is a row with an attribute per field, or a mapping of plain values (a frozen record, a column of JSON).
    """

    def __init__(self, *fields):
        super().__init__({each.name: each for each in fields})

    @property
    def further(self):
        return [each for each in self.values() if not each.placed]

    def values_of(self, said):
        if isinstance(said, Mapping):
            return {name: each.value(said.get(name)) for name, each in self.items()}
        return {name: getattr(said, name) for name in self}

    def plain_of(self, said):
        return {name: self[name].plain(value) for name, value in self.values_of(said).items()}

    def told(self, said):
        """[(Field, words)] of the further ones that were filled in."""
        values = self.values_of(said)
        return [(each, each.words(values[each.name])) for each in self.further if values[each.name] != each.blank]

    def lacking(self, said, past=None):
        """[(name, sentence)] of what is compulsory and left empty."""
        values = self.values_of(said)
        return [
            (name, each.needed.format(past=past))
            for name, each in self.items()
            if each.needed and each.is_left(values[name]) and each.when(SimpleNamespace(**values), past)
        ]

    def faults(self, said):
        """[(name, sentence)] of what can be kept, but not filed."""
        found = [(name, self[name].fault(value)) for name, value in self.values_of(said).items()]
        return [(name, sentence) for name, sentence in found if sentence]
