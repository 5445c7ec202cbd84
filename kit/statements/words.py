"""The words of what is said to rows: what of it is the same each time, which values differ, and how it is said again."""

import datetime
from enum import Enum
from itertools import islice

from django.conf import settings
from django.db import models
from django.db.models import F, Field, Q, Value, When
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup
from django.utils.functional import cached_property

LOOKING = ("filter", "exclude")
AT_ONCE: set[str] = set()  # names of methods noted as one step, see ``at_once``
PLAIN = {int, str, datetime.date, datetime.datetime}
SEVERAL = {list, tuple, set, frozenset, dict, type({}.keys()), type({}.values())}


class Unkept(Exception):
    """This cannot be noted; Django makes the query at once."""


class Said:
    """Rows of which ``_steps`` is what was said to them, None when Django's own query holds it."""

    _steps = _key = _given = None


class _Later:
    """A subquery that is made when it is wanted: not at all where the statement around it is kept."""

    def __init__(self, rows, output_field=None):
        self.rows, self.told_field, self.extra = rows, output_field, {}
        models.expressions.BaseExpression.__init__(self, output_field)

    @cached_property
    def query(self):
        query = self.rows.all().query.clone()
        query.subquery = True
        return query


class Subquery(_Later, models.Subquery):
    """As Django's."""


class Exists(_Later, models.Exists):
    @cached_property
    def query(self):
        return super().query.exists()


def step(name, args, named):
    """Return (words, values) of one thing said: the words are a key."""
    values = []
    said = _lookup if name in LOOKING else _named
    word = _argument if name in AT_ONCE else _words
    words = [word(each, values) for each in args]
    return (name, *words, *[said(key, each, values) for key, each in named.items()]), values


def again(name, args, named, values):
    """Return (args, named) of the same thing said with the next of ``values`` (an iterator); the way is that of ``step``."""
    said = _again_lookup if name in LOOKING else _again_named
    one = _again_argument if name in AT_ONCE else _again
    return [one(each, values) for each in args], {key: said(key, each, values) for key, each in named.items()}


def _words(value, values):
    """What of an argument is the same each time, as a key; the values in it go to ``values``."""
    kind = value.__class__
    return (_ways.get(kind) or _way_of(kind))(kind, value, values)


def _way_of(kind):
    """Looked up once for a kind: a page says a thousand arguments."""
    way = _ways[kind] = next((way for base, way in WAYS.items() if issubclass(kind, base)), _of_nothing_known)
    return way


def _of_one(kind, value, values):
    return kind, value


def _of_slice(kind, value, values):
    return kind, value.start, value.stop, value.step


def _of_several(kind, value, values):
    return kind, *[_words(each, values) for each in value]


def _of_condition(kind, value, values):
    parts = [_lookup(*each, values) if type(each) is tuple else _words(each, values) for each in value.children]
    return kind, value.connector, value.negated, *parts


def _of_rows(kind, value, values):
    if value._steps is None:
        raise Unkept
    values.extend(value._given)
    return kind, value.model, value._key


def _of_name(kind, value, values):
    return kind, value.name


def _of_later(kind, value, values):
    return kind, type(value.told_field), _words(value.rows, values)


def _of_field(kind, value, values):
    if value.name:
        raise Unkept
    return kind, value.max_length


def _of_expression(kind, value, values):
    args, named = value._constructor_args
    each_word = _looked_up if issubclass(kind, Value) else _words
    said = _lookup if issubclass(kind, When) else _named
    words = [each_word(each, values) for each in args]
    return kind, *words, *[said(name, each, values) for name, each in named.items()]


def _of_nothing_known(kind, value, values):
    raise Unkept


_ways = dict.fromkeys((type(None), bool, *PLAIN), _of_one)
_ways |= {slice: _of_slice, list: _of_several, tuple: _of_several, Q: _of_condition}
# A condition made of expressions may be a copy with other parts than it was constructed of (constraints validate so).
WAYS = {
    Enum: _of_one,
    Said: _of_rows,
    F: _of_name,
    _Later: _of_later,
    Field: _of_field,
    Lookup: _of_nothing_known,
    Expression: _of_expression,
}


def _named(name, value, values):
    return name, _words(value, values)


def _lookup(name, value, values):
    """The words of one condition: its value is one that may differ."""
    if value.__class__ in SEVERAL and name.endswith("__in"):
        return name, *[_looked_up(each, values) for each in _padded(value)]
    return name, _looked_up(value, values)


def _looked_up(value, values):
    kind = value.__class__
    if kind in PLAIN:
        if kind is datetime.datetime and not value.tzinfo:
            raise Unkept
        values.append(value)
        return kind
    if kind is tuple:
        return kind, *[_looked_up(each, values) for each in value]
    if not issubclass(kind, models.Model):
        return _words(value, values)
    if value.pk.__class__ is not int:
        raise Unkept
    values.append(value.pk)
    return kind


def _argument(value, values):
    """The words of an argument of a method noted as one step: everything in it may differ."""
    if value.__class__ in SEVERAL:
        return value.__class__, *[_looked_up(each, values) for each in _padded(value)]
    if not hasattr(value, "in_words"):
        return _looked_up(value, values)
    if (said := value.in_words()) is None:
        raise Unkept
    words, own = said
    values.extend(own)
    return value.__class__, words


def _padded(several):
    """The different values and the last of them again, up to a power of two: not every length is another statement."""
    try:
        several = list(dict.fromkeys(several))  # as Django takes them
    except TypeError:
        raise Unkept from None
    if settings.PROVE_STATEMENTS or not several:
        return several
    return several + several[-1:] * ((1 << (len(several) - 1).bit_length()) - len(several))


def _again(value, values):
    """Say an argument again with the next ``values`` in the places of its own; the way is that of ``_words``."""
    kind = type(value)
    if kind in (list, tuple):
        return kind(_again(each, values) for each in value)
    if kind is Q:
        parts = [
            _again_lookup(*each, values, pair=True) if type(each) is tuple else _again(each, values)
            for each in value.children
        ]
        return Q.create(parts, value.connector, value.negated)
    if isinstance(value, Said):
        return value._made(islice(values, len(value._given)))
    if isinstance(value, _Later):
        return kind(_again(value.rows, values), value.told_field)
    if isinstance(value, Expression):
        args, named = value._constructor_args
        one = _again_value if isinstance(value, Value) else _again
        said = _again_lookup if isinstance(value, When) else _again_named
        args = [one(each, values) for each in args]
        return kind(*args, **{name: said(name, each, values) for name, each in named.items()})
    return value


def _again_named(name, value, values):
    return _again(value, values)


def _again_lookup(name, value, values, *, pair=False):
    if type(value) in SEVERAL and name.endswith("__in"):
        value = [_again_value(each, values) for each in _padded(value)]
    else:
        value = _again_value(value, values)
    return (name, value) if pair else value


def _again_argument(value, values):
    if value.__class__ in SEVERAL:
        return [_again_value(each, values) for each in _padded(value)]
    return value.said_again(values) if hasattr(value, "in_words") else _again_value(value, values)


def _again_value(value, values):
    kind = value.__class__
    if kind in PLAIN:
        return next(values)
    if isinstance(value, models.Model):
        return kind(pk=next(values))
    if kind is tuple:
        return tuple(_again_value(each, values) for each in value)
    return _again(value, values)
