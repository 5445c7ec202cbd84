"""Querysets that make their SQL once a process and ask it again with other values.

Putting a query together costs ten times what asking it costs. So a ``RowSet`` only notes what is said to it (filter, order, ...)
and what values were named; when its rows are wanted, it looks for the statement made of the same words before. The words are
said anew each time, so no branch on a value is overlooked. A statement is kept only when made twice, with two sets of stand-ins
for the values, it gives one text and each stand-in stands there as it is: what is computed with is left to Django, as is
everything not noted here. With the setting PROVE_STATEMENTS what is asked is also made by Django, once a process for all values
that could not make another statement of the same words (``_sort``), and both must be equal.

It leans on the inside of Django's compiler (``as_sql``, ``execute_sql``, the iterables), so the series of Django is pinned.
"""

from kit.statements.beside import fetch_related
from kit.statements.rows import RowSet, at_once, counted
from kit.statements.words import Exists, Subquery

__all__ = ["Exists", "RowSet", "Subquery", "at_once", "counted", "fetch_related"]
