"""The columns of a list, written once: page, print and export share them.

A view makes a ``Table`` from its columns, its rows (a QuerySet or a list) and the address parameters; a template prints
it with ``{{ table }}`` and ``{{ table.pager }}``; ``kit.sheets.table_sheet`` writes the same rows, in the same order and
columns, to a workbook. Rows are drawn in Python, because a template costs ten times as much for a long list.

Parameters of the address: ``sort=name`` or ``sort=-name``, ``page=2``, ``columns=a,b,c`` (which columns, in which order).
A table with ``prefix="due"`` reads ``due-sort``, ``due-page``, ``due-columns``, so that two can stand on one page.
"""

from kit.tables.columns import Column, shown
from kit.tables.table import Table
