"""Kinds of sheet of what follows."""

from supervision.resources.scheme_items import SchemeItems

KINDS = (SchemeItems,)
