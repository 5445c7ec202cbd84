"""Links from one row to another."""

from django.db import models


def optional(to, related_name, word, on_delete=models.PROTECT, **more):
    """A link that may be left empty; ``word`` is what it is called."""
    return models.ForeignKey(to, on_delete, null=True, blank=True, related_name=related_name, verbose_name=word, **more)
