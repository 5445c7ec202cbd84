"""The statements that are kept: how one is made, and how it is asked with other values."""

import copy
import datetime
from contextlib import suppress
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import EmptyResultSet, FullResultSet, ValidationError
from django.db import connections
from django.db.models import sql

from kit import clock
from kit.statements.words import Unkept, again, step

TOLD = [datetime.datetime(1970 + run, 2, 1, tzinfo=datetime.UTC) for run in range(2)]
MOST_STATEMENTS, MOST_VALUES, LARGEST = 600, 512, 2**31
_kept: dict[tuple, "Statement | None"] = {}
_proven: set[tuple] = set()


def asked(queryset, ending, named):
    """Return the statement of what was said to ``queryset`` with its values in it, or None where Django must make the query.

    ``ending`` is what is wanted of its rows (rows, exists, aggregate), ``named`` the aggregates.
    """
    try:
        words, values = step(ending, (), named)
    except Unkept:
        return None
    values = (*queryset._given, *values)
    if len(values) > MOST_VALUES or any(type(each) is int and abs(each) >= LARGEST for each in values):
        return None
    key = (type(queryset), queryset.model, queryset.db, queryset._key, words)
    try:
        statement = _kept[key]
    except KeyError:
        statement = _statement(queryset, ending, named, values)
        if len(_kept) >= MOST_STATEMENTS:
            _kept.clear()  # in one step: other threads look things up meanwhile
        _kept[key] = statement
    found = statement.with_values(values) if statement else None
    if settings.PROVE_STATEMENTS and found and (sort := (key, *_sort(values))) not in _proven:
        _prove(found, _compiler(queryset, ending, named, values))
        _proven.add(sort)
    return found


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


def _compiler(queryset, ending, named, values):
    """Return Django's compiler of what ``queryset`` asks with these values."""
    own = len(queryset._given)
    made = queryset._made(values[:own])
    if ending == "rows":
        made.query.made = {"_iterable_class": made._iterable_class, "_fields": made._fields}
        return made.query.get_compiler(queryset.db)
    if ending == "exists":
        return made.query.exists().get_compiler(queryset.db)
    _, named = again(ending, (), named, iter(values[own:]))
    return _aggregating(made.query.chain(), queryset.db, named)


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
            # What a method noted as one step takes from the clock is seen to differ.
            with clock.telling(TOLD[run]):
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
