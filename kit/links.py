"""Links from one row to another."""

from django.db import models

from kit.statements import RowSet


def optional(to, related_name, word, on_delete=models.PROTECT, **more):
    """A link that may be left empty; ``word`` is what it is called."""
    return models.ForeignKey(to, on_delete, null=True, blank=True, related_name=related_name, verbose_name=word, **more)


def owned_by(link):
    """A queryset whose ``of`` takes those its rows belong to by this link."""

    class Owned(RowSet):
        def of(self, owners):
            return self.filter(**{f"{link}__in": owners})

    return Owned
