"""A list ready to be printed or exported: sorted, cut into pages, summed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from kit.tables import drawing, ordering
from kit.tables.columns import Column, choose, lists, prefixed

LARGEST_PAGE = 100
CHUNK = 2000


class Table:
    """A list: its columns, its rows, and what the address asks of them.

    ``default_sort``  "name" or "-name" of a column; empty leaves the rows in the order they came.
    ``per_page``      at most 100; None shows all rows on one page.
    ``empty``         what stands in place of rows: a sentence, or safe HTML that says what to do next.
    ``name``          the caption, read aloud ("任务台账").
    ``row_class``, ``row_id``  row -> class, id of the table row.
    ``section``       row -> title; a full-width row wherever it changes, as long as nobody sorts by another column.
    ``select``        row -> value of its checkbox (field ``pick``), None for a row that cannot be picked.
    ``totals``        {column name: sum} when the caller knows better than adding up.
    ``sum_row``       {column name: HTML or text} of a row below the heads, instead of the sums at the foot of the page.
    ``count``         how many rows there are, when the caller has counted them already.
    ``fetch``         list of rows -> None; reads at once what the columns show beside them, for a page or a chunk of an export.
    ``css``           further classes of the table; "stack" turns rows into cards on a phone.
    """

    def __init__(
        self,
        columns: Iterable[Column],
        rows: Iterable,
        *,
        params: Any = None,
        default_sort: str = "",
        per_page: int | None = 50,
        empty: str = "还没有内容。",
        name: str = "",
        row_class: Callable[[Any], str] | None = None,
        row_id: Callable[[Any], str] | None = None,
        section: Callable[[Any], str] | None = None,
        select: Callable[[Any], Any] | None = None,
        totals: Mapping[str, Any] | None = None,
        sum_row: Mapping[str, SafeString | str] | None = None,
        count: int | None = None,
        fetch: Callable[[list], None] | None = None,
        css: str = "stack",
        prefix: str = "",
    ):
        self.all_columns = tuple(columns)
        self.columns = choose(self.all_columns, params, prefix)
        self.source = rows if isinstance(rows, QuerySet) else list(rows)
        self.params = lists(params)
        self.default_sort, self.prefix, self.name, self.css = default_sort, prefix, name, css
        self.per_page = per_page and min(per_page, LARGEST_PAGE)
        self.empty, self.row_class, self.row_id, self.select = empty, row_class, row_id, select
        self.sum_row = sum_row
        self._section, self._totals, self._fetch, self._known_count = section, totals, fetch, count

    @cached_property
    def sorting(self) -> str:
        """With a minus for the other direction; "" when the rows stand as they came."""
        asked = self._param("sort")
        return asked if self._sortable(asked) else self.default_sort

    @cached_property
    def ordered(self):
        column, descending = self._sortable(self.sorting), self.sorting.startswith("-")
        if column is None:
            return self.source
        if isinstance(self.source, QuerySet):
            return ordering.ordered(self.source, column.sort, descending=descending)
        return ordering.sorted_by(column.order or column.read, self.source, descending=descending)

    @cached_property
    def count(self) -> int:
        if self._known_count is not None:
            return self._known_count
        if isinstance(self.source, QuerySet):
            return self.source.count() if self.per_page else len(self.rows)
        return len(self.source)

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.per_page)) if self.per_page else 1

    @cached_property
    def page(self) -> int:
        try:
            asked = int(self._param("page"))
        except ValueError:
            asked = 1
        return min(max(asked, 1), self.pages)

    @cached_property
    def rows(self) -> list:
        if not self.per_page:
            return self._fetched(list(self.ordered))
        start = (self.page - 1) * self.per_page
        return self._fetched(list(self.ordered[start : start + self.per_page]))

    def _fetched(self, rows: list) -> list:
        if self._fetch and rows:
            self._fetch(rows)
        return rows

    def all_rows(self) -> Iterator:
        rows = self.ordered.iterator(chunk_size=CHUNK) if isinstance(self.ordered, QuerySet) else iter(self.ordered)
        while chunk := list(islice(rows, CHUNK)):
            yield from self._fetched(chunk)

    @property
    def sheet_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_plain)

    @property
    def section(self) -> Callable[[Any], str] | None:
        """row -> section title, or None when there are no sections or another order has torn them apart."""
        return self._section if self.sorting == self.default_sort else None

    def sections(self, rows: Iterable) -> Iterator[tuple[str, Iterator]]:
        return groupby(rows, key=self.section or (lambda row: ""))

    @cached_property
    def totals(self) -> dict[str, Any]:
        """{column name: sum over all rows, not only this page's} of the shown columns that are summed."""
        if self._totals is not None:
            return {column.name: self._totals[column.name] for column in self.columns if column.name in self._totals}
        summed = [column for column in self.columns if column.total]
        known = {}
        if isinstance(self.source, QuerySet):
            fields = {column.name: column.sort[0].removeprefix("-") for column in summed if column.sort}
            known = ordering.sums(self.source, fields)
        return {column.name: known[column.name] if column.name in known else self._add_up(column) for column in summed}

    def address(self, **changes: Any) -> str:
        """With some of sort, page, columns changed; None takes one out: ``address(page=None)``."""
        changed = {prefixed(self.prefix, name): value for name, value in changes.items()}
        kept = {name: values for name, values in self.params.items() if name not in changed}
        new = {name: [value] for name, value in changed.items() if value is not None}
        return "?" + urlencode(kept | new, doseq=True)

    def pager(self) -> SafeString:
        return drawing.pager(self)

    def kept(self) -> SafeString:
        return drawing.kept(self)

    def chooser(self) -> SafeString:
        """Works without script."""
        return drawing.chooser(self)

    def __html__(self) -> SafeString:
        return drawing.table(self)

    def __str__(self) -> str:
        return drawing.table(self)

    def _param(self, name: str) -> str:
        return (self.params.get(prefixed(self.prefix, name)) or [""])[-1]

    def _sortable(self, asked: str) -> Column | None:
        name = asked.removeprefix("-")
        return next((column for column in self.all_columns if column.sort and column.name == name), None)

    def _add_up(self, column: Column):
        values = (column.read(row) for row in self.all_rows())
        return sum(value for value in values if value is not None)
