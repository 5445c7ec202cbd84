"""What stands beside rows (prefetch_related), asked for by kept statements; what is not known here is left to Django."""

from functools import cache

from django.db import models
from django.db.models import F, Prefetch
from django.db.models.fields import related_descriptors as descriptors

from kit.statements.words import Said

CACHE = "_prefetched_objects_cache"
# The row of a many-to-many table that brought another row here is of this one.
OF = "_brought_by"


def fetch_related(rows, *lookups):
    """As ``prefetch_related_objects`` of Django."""
    for each in lookups:
        if not _fetched(rows, each if isinstance(each, Prefetch) else Prefetch(each)):
            models.prefetch_related_objects(rows, each)


def _fetched(rows, lookup):
    """Walk from row to row and fetch what is not there; whether all steps were known."""
    *path, last = lookup.prefetch_through.split("__")
    for name in path:
        if (step := _step(rows, name)) is None:
            return False
        rows = step.fetch(rows)
    step = _step(rows, last)
    if step is not None:
        step.fetch(rows, lookup.queryset, lookup.to_attr if lookup.to_attr != last else "")
    return step is not None


def _step(rows, name):
    kinds = {type(row) for row in rows}
    return Nowhere() if not kinds else _step_of(kinds.pop(), name) if len(kinds) == 1 else None


@cache
def _step_of(model, name):
    """Return how one comes from rows of this model to what stands beside them as ``name``."""
    found = getattr(model, name, None)
    step = STEPS[type(found)](found) if type(found) in STEPS else None
    return step if step and step.is_plain() else None


class Nowhere:
    """There are no rows to walk on from."""

    def fetch(self, rows, queryset=None, to_attr=""):
        return []


class Step:
    """``field`` is the foreign key between rows and what stands beside them, which is of ``model``."""

    def is_plain(self):
        return self.field.target_field.primary_key and isinstance(self.model._default_manager.all(), Said)

    def asked(self, queryset, **named):
        return (self.model._default_manager.all() if queryset is None else queryset).filter(**named)


class Forward(Step):
    """To the row that a foreign key names."""

    def __init__(self, found):
        self.field, self.model = found.field, found.field.remote_field.model

    def fetch(self, rows, queryset=None, to_attr=""):
        bare = [row for row in rows if not self.field.is_cached(row)]
        keys = {key: None for row in bare if (key := getattr(row, self.field.attname)) is not None}
        found = {each.pk: each for each in self.asked(queryset, pk__in=keys).order_by()} if keys else {}
        for row in bare:
            beside = found.get(getattr(row, self.field.attname))
            self.field.set_cached_value(row, beside)
            if beside and not self.field.remote_field.multiple:
                self.field.remote_field.set_cached_value(beside, row)
        beside = {id(each): each for each in map(self.field.get_cached_value, rows) if each is not None}
        return list(beside.values())


class Backward(Step):
    """To the one row whose foreign key names this one."""

    def __init__(self, found):
        self.related = found.related
        self.field, self.model = self.related.field, self.related.related_model

    def fetch(self, rows, queryset=None, to_attr=""):
        bare = {row.pk: row for row in rows if not self.related.is_cached(row)}
        found = {}
        for each in self.asked(queryset, **{f"{self.field.name}__in": list(bare)}).order_by() if bare else ():
            found[key := getattr(each, self.field.attname)] = each
            self.field.set_cached_value(each, bare[key])
        for row in rows:
            if not self.related.is_cached(row):
                self.related.set_cached_value(row, found.get(row.pk))
        return [each for each in map(self.related.get_cached_value, rows) if each is not None]


class Many(Step):
    """To all rows whose foreign key names this one."""

    def __init__(self, found):
        self.field, self.model = found.field, found.rel.related_model
        self.manager, self.cache_name = found.related_manager_cls, found.rel.cache_name

    def fetch(self, rows, queryset=None, to_attr=""):
        bare = {row.pk: row for row in rows if self.kept(row, to_attr) is None}
        found = {key: [] for key in bare}
        for key, each in self.pairs(bare, queryset) if bare else ():
            found[key].append(each)
        for row in rows:  # the same may be there several times
            if self.kept(row, to_attr) is None:
                self.keep(row, found[row.pk], queryset, to_attr)
        return [each for row in rows for each in self.kept(row, to_attr)]

    def pairs(self, bare, queryset):
        for each in self.asked(queryset, **{f"{self.field.name}__in": list(bare)}):
            key = getattr(each, self.field.attname)
            if not self.field.is_cached(each):
                self.field.set_cached_value(each, bare[key])
            yield key, each

    def kept(self, row, to_attr):
        return row.__dict__.get(to_attr) if to_attr else row.__dict__.get(CACHE, {}).get(self.cache_name)

    def keep(self, row, several, queryset, to_attr):
        if to_attr:
            setattr(row, to_attr, several)
            return
        manager = self.manager(row)
        rows = manager.get_queryset() if queryset is None else manager._apply_rel_filters(queryset)
        rows._result_cache, rows._prefetch_done = several, True
        row.__dict__.setdefault(CACHE, {})[self.cache_name] = rows


class Linked(Many):
    """To rows that a many-to-many table brings together with this one."""

    def __init__(self, found):
        self.field, self.manager = found.field, found.related_manager_cls
        self.model = found.rel.related_model if found.reverse else found.rel.model
        self.cache_name = found.rel.accessor_name if found.reverse else found.field.name
        self.back = found.field.name if found.reverse else found.field.related_query_name()

    def is_plain(self):
        return isinstance(self.model._default_manager.all(), Said)

    def pairs(self, bare, queryset):
        for each in self.asked(queryset, **{f"{self.back}__in": list(bare)}).annotate(**{OF: F(self.back)}):
            yield getattr(each, OF), each


STEPS = {
    descriptors.ForwardManyToOneDescriptor: Forward,
    descriptors.ForwardOneToOneDescriptor: Forward,
    descriptors.ReverseOneToOneDescriptor: Backward,
    descriptors.ReverseManyToOneDescriptor: Many,
    descriptors.ManyToManyDescriptor: Linked,
}
