"""Querysets that make their SQL once a process and ask it again with other values.

Putting a query together costs ten times what asking it costs. So a ``RowSet`` only notes what is said to it (filter, order, ...)
and what values were named; when its rows are wanted, it looks for the statement made of the same words before. The words are
said anew each time, so no branch on a value is overlooked. A statement is kept only when made twice, with two sets of stand-ins
for the values, it gives one text and each stand-in stands there as it is: what is computed with is left to Django, as is
everything not noted here. With the setting PROVE_STATEMENTS what is asked is also made by Django, once a process for all values
that could not make another statement of the same words (``_sort``), and both must be equal.

It leans on the inside of Django's compiler (``as_sql``, ``execute_sql``, the iterables), so the series of Django is pinned.
"""

import copy
import datetime
from contextlib import suppress
from enum import Enum
from itertools import islice
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import EmptyResultSet, FullResultSet, ValidationError
from django.db import connections, models
from django.db.models import F, Field, Q, Value, When, sql
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup
from django.db.models.query import MAX_GET_RESULTS
from django.utils.functional import cached_property

MOST_STATEMENTS, MOST_VALUES, LARGEST = 600, 512, 2**31
LOOKING = ("filter", "exclude")
NOTED = (
    *LOOKING,
    "annotate",
    "alias",
    "values",
    "values_list",
    "order_by",
    "select_related",
    "only",
    "defer",
    "distinct",
    "select_for_update",
    "__or__",
)
PLAIN = {int, str, datetime.date, datetime.datetime}
SEVERAL = (list, tuple, set, frozenset, dict, type({}.keys()), type({}.values()))
_kept: dict[tuple, "Statement | None"] = {}
_proven: set[tuple] = set()


class Unkept(Exception):
    """This cannot be noted; Django makes the query at once."""


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


class RowSet(models.QuerySet):
    """A QuerySet whose statements are kept. ``_steps`` is what was said to it, None when Django's own query holds it."""

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query or True, using, hints)
        self._steps, self._key, self._given = (None, None, None) if query else ((), (), ())
        if not query:
            self._query = None

    @property
    def query(self):
        """Django's own query, for Django to do with as it likes: from here on nothing is noted."""
        self._settle()
        return models.QuerySet.query.fget(self)

    @query.setter
    def query(self, value):
        self._steps = None
        models.QuerySet.query.fset(self, value)

    def _settle(self):
        if self._steps is not None:
            made = self._made(self._given)
            self._query, self._iterable_class, self._fields = made.query, made._iterable_class, made._fields
            self._steps = None

    def _made(self, values):
        """Say to a QuerySet of Django's own what was said to this one, with these values."""
        made = type(self)(self.model, sql.Query(self.model), self._db, self._hints)
        values = iter(values)
        for name, args, named in self._steps:
            said = _again_lookup if name in LOOKING else _again_named
            args = [_again(each, values) for each in args]
            made = getattr(made, name)(*args, **{key: said(key, each, values) for key, each in named.items()})
        return made

    def _noted(self, name, args, named):
        """Return this RowSet with one step more; made by Django at once where that cannot be noted."""
        values = []
        try:
            if self._steps is None or self._sticky_filter:
                raise Unkept
            said = _lookup if name in LOOKING else _named
            words = [_words(each, values) for each in args] + [said(key, each, values) for key, each in named.items()]
        except Unkept:
            return getattr(super(), name)(*args, **named)
        noted = self._like()
        noted._steps = (*self._steps, (name, args, named))
        noted._key = (*self._key, (name, *words))
        noted._given = (*self._given, *values)
        return noted

    def _like(self):
        like = object.__new__(type(self))
        like.__dict__.update(self.__dict__)
        like._query = like._result_cache = None
        like._prefetch_done = like._defer_next_filter = False
        return like

    def resolve_expression(self, *args, **kwargs):
        return models.QuerySet.resolve_expression(self.all(), *args, **kwargs)

    resolve_expression.queryset_only = True

    @property
    def ordered(self):
        orders = [args for name, args, _ in self._steps or () if name == "order_by"]
        return bool(orders and orders[-1]) or models.QuerySet.ordered.fget(self.all())

    def all(self):
        return super().all() if self._steps is None else self._like()

    def using(self, alias):
        if self._steps is None:
            return super().using(alias)
        like = self._like()
        like._db = alias
        return like

    def prefetch_related(self, *lookups):
        if self._steps is None or lookups == (None,):
            return super().prefetch_related(*lookups)
        like = self._like()
        like._prefetch_related_lookups = (*self._prefetch_related_lookups, *lookups)
        return like

    def __getitem__(self, place):
        if self._steps is None or self._result_cache is not None or not _is_place(place):
            return super().__getitem__(place)
        if isinstance(place, int):
            return list(self._noted("__getitem__", (slice(place, place + 1),), {}))[0]
        return self._noted("__getitem__", (place,), {})

    def iterator(self, *args, **kwargs):
        self._settle()
        return super().iterator(*args, **kwargs)

    def get(self, *args, **kwargs):
        if self._steps is None or any(name == "__getitem__" for name, *_ in self._steps):
            return super().get(*args, **kwargs)
        found = list(self.filter(*args, **kwargs).order_by()[:MAX_GET_RESULTS])
        return found[0] if len(found) == 1 else super().get(*args, **kwargs)

    def count(self):
        asked = self._result_cache is None and self._asked("aggregate", {"__count": models.Count("*")})
        return asked.one()["__count"] if asked else super().count()

    def exists(self):
        asked = self._result_cache is None and self._asked("exists")
        return bool(asked.row()) if asked else super().exists()

    def aggregate(self, *args, **kwargs):
        asked = not args and self._asked("aggregate", kwargs)
        return asked.one() if asked else super().aggregate(*args, **kwargs)

    def _fetch_all(self):
        if self._result_cache is None and self._steps is not None:
            if asked := self._asked("rows"):
                self._result_cache = asked.rows(self)
            else:
                self._settle()
        super()._fetch_all()

    def _asked(self, ending, named=None):
        """Return the statement of these words with these values in it, or None where Django must make the query."""
        if self._steps is None:
            return None
        values = []
        try:
            key = tuple(_named(name, each, values) for name, each in (named or {}).items())
        except Unkept:
            return None
        key = (type(self), self.model, self.db, self._key, ending, key)
        values = (*self._given, *values)
        if len(values) > MOST_VALUES or any(type(each) is int and abs(each) >= LARGEST for each in values):
            return None
        try:
            statement = _kept[key]
        except KeyError:
            statement = _statement(self, ending, named, values)
            if len(_kept) >= MOST_STATEMENTS:
                _kept.clear()  # in one step: other threads look things up meanwhile
            _kept[key] = statement
        asked = statement.with_values(values) if statement else None
        if settings.PROVE_STATEMENTS and asked and (sort := (key, *_sort(values))) not in _proven:
            _prove(asked, _compiler(self, ending, named, values))
            _proven.add(sort)
        return asked


def counted(several):
    """How many rows each of these RowSets has, asked of the database at once."""
    asked = [rows._asked("aggregate", {"__count": models.Count("*")}) for rows in several]
    if len(several) < 2 or not all(asked):
        return [rows.count() for rows in several]
    with connections[several[0].db].cursor() as cursor:
        texts = ", ".join(f"({each.text})" for each in asked)
        cursor.execute(f"SELECT {texts}", [value for each in asked for value in each.compiler.as_sql()[1]])
        return list(cursor.fetchone())


def _noting(name):
    def said(self, *args, **named):
        return self._noted(name, args, named)

    return said


for _name in NOTED:
    setattr(RowSet, _name, _noting(_name))


class Statement:
    """A text made once, the compiler that reads its rows, and which value goes where."""

    def __init__(self, compiler, text, params, places):
        self.compiler, self.text, self.params, self.places = compiler, text, params, places
        self.converted = None

    def converters(self, columns):
        """What Django makes of the values of each column, found once: a statement is asked for the same columns each time."""
        if self.converted is None:
            self.converted = self.compiler.get_converters(columns)
        return self.converted

    def with_values(self, values):
        connection = connections[self.compiler.using]
        params = list(self.params)
        for place, number in self.places:
            params[place] = _adapted(values[number], connection)
        return Asked(self, connection, tuple(params))


class Nothing:
    """A question that no row can answer: it is not asked."""

    text, params = "nothing", ()

    def with_values(self, values):
        return self

    def rows(self, queryset):
        return []


NOTHING = Nothing()


class Asked:
    """One asking of a Statement; it stands where Django's iterables look for a query."""

    def __init__(self, statement, connection, params):
        self.text, self.params = statement.text, params
        self.compiler = copy.copy(statement.compiler)
        self.compiler.connection = connection
        self.compiler.as_sql = lambda: (self.text, params)
        self.compiler.get_converters = statement.converters

    def __getattr__(self, name):
        return getattr(self.compiler.query, name)

    def get_compiler(self, *args, **kwargs):
        return self.compiler

    def rows(self, queryset):
        made = self.compiler.query.made
        source = SimpleNamespace(
            query=self,
            db=queryset.db,
            model=queryset.model,
            _fields=made["_fields"],
            _known_related_objects=queryset._known_related_objects,
        )
        queryset._iterable_class, queryset._fields = made["_iterable_class"], made["_fields"]
        return list(made["_iterable_class"](source))

    def row(self):
        return self.compiler.execute_sql(sql.constants.SINGLE)

    def one(self):
        """The aggregates of the only row by name."""
        columns = self.compiler.query.annotation_select
        rows = self.compiler.apply_converters([self.row()], self.compiler.get_converters(columns.values()))
        return dict(zip(columns, next(rows), strict=True))


def _is_place(place):
    ends = (place.start or 0, place.stop or 0) if isinstance(place, slice) and not place.step else (place,)
    return all(type(each) is int and each >= 0 for each in ends)


def _words(value, values):
    """What of an argument is the same each time, as a key; the values in it go to ``values``."""
    kind = type(value)
    if value is None or kind in PLAIN or kind is bool or isinstance(value, Enum):
        return kind, value
    if kind is slice:
        return kind, value.start, value.stop, value.step
    if kind in (list, tuple):
        return kind, *(_words(each, values) for each in value)
    if kind is Q:
        parts = (_lookup(*each, values) if type(each) is tuple else _words(each, values) for each in value.children)
        return kind, value.connector, value.negated, *parts
    if isinstance(value, RowSet) and value._steps is not None:
        values.extend(value._given)
        return kind, value.model, value._key
    if isinstance(value, F):
        return kind, value.name
    if isinstance(value, _Later):
        return kind, type(value.told_field), _words(value.rows, values)
    if isinstance(value, Field) and not value.name:
        return kind, value.max_length
    # A condition made of expressions may be a copy with other parts than it was constructed of (constraints validate so).
    if isinstance(value, Expression) and not isinstance(value, Lookup):
        return kind, *_words_of_expression(value, values)
    raise Unkept


def _words_of_expression(value, values):
    args, named = value._constructor_args
    each_word = _looked_up if isinstance(value, Value) else _words
    yield from (each_word(each, values) for each in args)
    said = _lookup if isinstance(value, When) else _named
    yield from (said(name, each, values) for name, each in named.items())


def _named(name, value, values):
    return name, _words(value, values)


def _lookup(name, value, values):
    """The words of one condition: its value is one that may differ."""
    if type(value) in SEVERAL and name.endswith("__in"):
        return name, *(_looked_up(each, values) for each in _padded(value))
    return name, _looked_up(value, values)


def _looked_up(value, values):
    kind = value.__class__
    if kind in PLAIN:
        if kind is datetime.datetime and not value.tzinfo:
            raise Unkept
        values.append(value)
        return kind
    if isinstance(value, models.Model):
        if value.pk.__class__ is not int:
            raise Unkept
        values.append(value.pk)
        return kind
    if kind is tuple:
        return kind, *(_looked_up(each, values) for each in value)
    return _words(value, values)


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
    if isinstance(value, RowSet):
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


def _again_value(value, values):
    kind = value.__class__
    if kind in PLAIN:
        return next(values)
    if isinstance(value, models.Model):
        return kind(pk=next(values))
    if kind is tuple:
        return tuple(_again_value(each, values) for each in value)
    return _again(value, values)


def _compiler(queryset, ending, named, values):
    """Return Django's compiler of what ``queryset`` asks with these values."""
    own = len(queryset._given)
    made = queryset._made(values[:own])
    if ending == "rows":
        made.query.made = {"_iterable_class": made._iterable_class, "_fields": made._fields}
        return made.query.get_compiler(queryset.db)
    if ending == "exists":
        return made.query.exists().get_compiler(queryset.db)
    rest = iter(values[own:])
    return _aggregating(made.query.chain(), queryset.db, {name: _again(each, rest) for name, each in named.items()})


def _aggregating(query, using, wanted):
    """Return the compiler with which ``query`` would ask for its aggregates; Unkept where it asks another way."""
    found = []

    def caught(*args, **kwargs):
        if query.annotation_select.keys() == wanted.keys():  # else it is made a subquery of
            found.append(type(query).get_compiler(query, *args, **kwargs))
        raise Unkept

    query.get_compiler = caught
    with suppress(Unkept), connections[using].execute_wrapper(_refused):
        query.get_aggregation(using, wanted)
    if not found:
        raise Unkept
    return found[0]


def _sort(values):
    """What of values of one type might make another statement: which are the same, empty, small, no plain words."""
    for value in values:
        yield values.index(value)
        if type(value) is int:
            yield max(-1, min(value, 2))
        elif type(value) is str:
            yield value.isalnum() or value


def _prove(asked, compiler):
    """Raise where Django makes another question of the same words."""
    try:
        text, params = compiler.as_sql()
    except EmptyResultSet:
        text, params = NOTHING.text, ()
    if (asked.text, asked.params) != (text, tuple(params)):
        raise AssertionError(f"kept: {asked.text} {asked.params}\nmade: {text} {tuple(params)}")


def _refused(*args):
    raise Unkept


def _statement(queryset, ending, named, values):
    """Make the statement twice with stand-ins; return it, or None where a value does not stand in it as it is."""
    connection, made = connections[queryset.db], []
    try:
        for run in range(2):
            stands = [_stand_in(value, number, run) for number, value in enumerate(values)]
            compiler = _compiler(queryset, ending, named, stands)
            adapted = {_adapted(stand, connection): number for number, stand in enumerate(stands)}
            made.append((*compiler.as_sql(), adapted))
    except EmptyResultSet:
        return NOTHING if ending == "rows" else None
    # A stand-in is not what the column holds: Django says what is wrong, or takes the value for another.
    except (Unkept, FullResultSet, TypeError, ValueError, ValidationError):
        return None
    (text, params, numbers), (other, others, other_numbers) = made
    places = [(place, numbers.get(each)) for place, each in enumerate(params) if each != others[place]]
    same = text == other and all(n is not None and other_numbers.get(others[place]) == n for place, n in places)
    return Statement(compiler, text, params, places) if same else None


def _stand_in(value, number, run):
    """A value of the same type that nothing else in a statement is; it fits the smallest column of numbers."""
    if type(value) is int:
        return 21000 + 6000 * run + number
    if type(value) is str:
        return f"\ue000{run}.{number}"
    if type(value) is datetime.date:
        return datetime.date(1900 + 10 * run, 1, 1) + datetime.timedelta(days=number)
    return datetime.datetime(1900 + 10 * run, 1, 1, 3, 4, tzinfo=datetime.UTC) + datetime.timedelta(seconds=number)


def _adapted(value, connection):
    """A value as it stands among the parameters of this database."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
