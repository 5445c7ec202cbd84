"""Rows to which only what is said is noted; see the package."""

from functools import wraps

from django.db import connections, models
from django.db.models import sql
from django.db.models.query import MAX_GET_RESULTS

from kit.statements import asking
from kit.statements.beside import fetch_related
from kit.statements.words import AT_ONCE, Said, Unkept, again, step

NOTED = (
    "filter",
    "exclude",
    "annotate",
    "alias",
    "values",
    "values_list",
    "order_by",
    "select_related",
    "only",
    "defer",
    "distinct",
    "_next_is_sticky",
    "select_for_update",
    "__or__",
)
COUNT, NOTHING_NAMED = {"__count": models.Count("*")}, {}


class RowSet(Said, models.QuerySet):
    """A QuerySet whose statements are kept."""

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
            args, named = again(name, args, named, values)
            made = getattr(made, name)(*args, **named)
        return made

    def _noted(self, name, args, named):
        """Return this RowSet with one step more; None where that cannot be noted."""
        if self._steps is None:
            return None
        try:
            words, values = step(name, args, named)
        except Unkept:
            return None
        noted = self._like()
        noted._steps = (*self._steps, (name, args, named))
        noted._key = (*self._key, words)
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

    def in_bulk(self, id_list=None, **named):
        if self._steps is None or named or id_list is None:
            return super().in_bulk(id_list, **named)
        return {row.pk: row for row in self.filter(pk__in=id_list)} if id_list else {}

    def count(self):
        asked = self._result_cache is None and self._asked("aggregate", COUNT)
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

    def _prefetch_related_objects(self):
        fetch_related(self._result_cache, *self._prefetch_related_lookups)
        self._prefetch_done = True

    def _asked(self, ending, named=NOTHING_NAMED):
        return None if self._steps is None else asking.asked(self, ending, named)


def _noting(name):
    django = getattr(models.QuerySet, name)

    def said(self, *args, **named):
        noted = self._noted(name, args, named)
        return django(self, *args, **named) if noted is None else noted

    return said


def at_once(method):
    """A method of rows whose words are the same whatever the values of its arguments: noted as one step, not word by word.

    Its arguments are numbers, days, texts, rows, several of them, and whoever can say what of them matters (``in_words`` and
    ``said_again``, as a user). It asks the database nothing; what it took from a clock would not be kept.
    """
    name = method.__name__
    AT_ONCE.add(name)

    @wraps(method)
    def said(self, *args):
        noted = self._noted(name, args, {})
        return method(self, *args) if noted is None else noted

    return said


for _name in NOTED:
    setattr(RowSet, _name, _noting(_name))


def counted(several):
    """How many rows each of these RowSets has, asked of the database at once."""
    found = [rows._asked("aggregate", COUNT) for rows in several]
    if len(several) < 2 or not all(found):
        return [rows.count() for rows in several]
    with connections[several[0].db].cursor() as cursor:
        texts = ", ".join(f"({each.text})" for each in found)
        cursor.execute(f"SELECT {texts}", [value for each in found for value in each.compiler.as_sql()[1]])
        return list(cursor.fetchone())


def _is_place(place):
    ends = (place.start or 0, place.stop or 0) if isinstance(place, slice) and not place.step else (place,)
    return all(type(each) is int and each >= 0 for each in ends)
