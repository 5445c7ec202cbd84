"""The columns of a list, written once: page, print and export share them.

A view makes a ``Table`` from its columns, its rows (a QuerySet or a list) and the address parameters; a template prints
it with ``{{ table }}`` and ``{{ table.pager }}``; ``kit.sheets.table_sheet`` writes the same rows, in the same order and
columns, to a workbook. Rows are drawn in Python, because a template costs ten times as much for a long list.

Parameters of the address: ``sort=name`` or ``sort=-name``, ``page=2``, ``columns=a,b,c`` (which columns, in which order).
A table with ``prefix="due"`` reads ``due-sort``, ``due-page``, ``due-columns``, so that two can stand on one page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, Literal
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet, Sum
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kit import clock

Kind = Literal["text", "number", "percent", "date", "moment"]

LARGEST_PAGE = 100
CHUNK = 2000
CELL_CLASSES = {"number": "num", "percent": "num", "date": "date", "moment": "date"}


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``name``   key in the address; ``head`` the heading as printed; ``group`` a merged head above neighbouring columns.
    ``read``   the row's plain value (str, int, Decimal, date, datetime or None): it is sorted, summed and goes to the sheet.
    ``show``   the cell's HTML (plain text is escaped); without it the value is shown by its kind.
    ``sort``   ORM order fields, the first of them also the field that is summed; empty means not sortable. Over a plain
               list of rows any word here makes the column sortable, by its value.
    ``tone``   row -> good, warn, danger, info, muted, done or "": the tag's colour on the page, the fill in the sheet.
    ``width``  of the sheet's column, in half-width characters.
    ``main``   the row's headline: its head cell for readers of the screen, the card's title on a phone.
    """

    name: str
    head: str
    read: Callable[[Any], Any]
    show: Callable[[Any], SafeString | str] | None = None
    sort: tuple[str, ...] = ()
    kind: Kind = "text"
    width: int = 12
    total: bool = False
    group: str = ""
    main: bool = False
    wrap: bool = True
    tone: Callable[[Any], str] | None = None

    @property
    def css(self):
        """The classes of this column's cells: num, date, main, nowrap."""
        words = [CELL_CLASSES.get(self.kind, ""), "main" if self.main else "", "" if self.wrap else "nowrap"]
        return " ".join(word for word in words if word)


def shown(value, kind: Kind = "text") -> str:
    """A plain value as a person reads it, as plain text: 45%, 2015-10-20, 2015-10-20 16:45, 是; nothing for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return _moment(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        value = _plain_number(value)
    return f"{value}%" if kind == "percent" else str(value)


def choose(columns: Iterable[Column], params=None, prefix: str = "") -> tuple[Column, ...]:
    """The columns that ``?columns=a,b,c`` names, in that order; all of them when it names none that exists."""
    columns = tuple(columns)
    by_name = {column.name: column for column in columns}
    names = ",".join(_lists(params).get(_prefixed(prefix, "columns"), [])).split(",")
    return tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name) or columns


class Table:
    """A list ready to be printed: sorted, cut into pages, with heads that sort and a foot that sums.

    ``default_sort``  "name" or "-name" of a column; empty leaves the rows in the order they came.
    ``per_page``      at most 100; None shows all rows on one page.
    ``empty``         what stands in place of rows: a sentence, or safe HTML that says what to do next.
    ``name``          the caption, read by screen readers ("任务台账").
    ``row_class``, ``row_id``  row -> class, id of the table row.
    ``section``       row -> title; a full-width row wherever it changes, as long as nobody sorts by another column.
    ``select``        row -> value of its checkbox (field ``pick``), None for a row that cannot be picked.
    ``totals``        {column name: sum} when the caller knows better than adding up.
    ``css``           further classes; "stack" turns rows into cards on a phone.
    """

    def __init__(
        self,
        columns: Iterable[Column],
        rows,
        *,
        params=None,
        default_sort: str = "",
        per_page: int | None = 50,
        empty: str = "还没有内容。",
        name: str = "",
        row_class: Callable[[Any], str] | None = None,
        row_id: Callable[[Any], str] | None = None,
        section: Callable[[Any], str] | None = None,
        select: Callable[[Any], Any] | None = None,
        totals: Mapping[str, Any] | None = None,
        css: str = "stack",
        prefix: str = "",
    ):
        self.all_columns = tuple(columns)
        self.columns = choose(self.all_columns, params, prefix)
        self.source = rows if isinstance(rows, QuerySet) else list(rows)
        self.params = _lists(params)
        self.default_sort, self.prefix, self.name, self.css = default_sort, prefix, name, css
        self.per_page = per_page and min(per_page, LARGEST_PAGE)
        self.empty, self.row_class, self.row_id, self.select = empty, row_class, row_id, select
        self._section, self._totals = section, totals

    # Which rows

    @cached_property
    def sorting(self) -> str:
        """ "name" or "-name" of the column the rows are sorted by; "" when they stand as they came."""
        asked = self._param("sort")
        return asked if self._sortable(asked) else self.default_sort

    @cached_property
    def ordered(self):
        """All rows, sorted: a QuerySet when one was given, else a list."""
        column = self._sortable(self.sorting)
        if column is None:
            return self.source
        descending = self.sorting.startswith("-")
        if isinstance(self.source, QuerySet):
            return self.source.order_by(*_order_by(self.source.model, column.sort, descending))
        return _sorted_by(column.read, self.source, descending)

    @cached_property
    def count(self) -> int:
        """How many rows there are over all pages."""
        if isinstance(self.source, QuerySet):
            return self.source.count() if self.per_page else len(self.rows)
        return len(self.source)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.per_page)) if self.per_page else 1

    @cached_property
    def page(self) -> int:
        """The page asked for; the nearest one that exists when there is no such page."""
        try:
            asked = int(self._param("page"))
        except ValueError:
            asked = 1
        return min(max(asked, 1), self.pages) if self.per_page else 1

    @cached_property
    def rows(self) -> list:
        """The rows of this page."""
        if not self.per_page:
            return list(self.ordered)
        start = (self.page - 1) * self.per_page
        return list(self.ordered[start : start + self.per_page])

    def all_rows(self) -> Iterator:
        """Every row as filtered and sorted, whatever the page; a QuerySet is read in chunks."""
        if isinstance(self.ordered, QuerySet) and not self.ordered._result_cache:
            return self.ordered.iterator(chunk_size=CHUNK)
        return iter(self.ordered)

    def sheet_rows(self) -> Iterator[tuple]:
        """The plain values of every row, in the chosen columns: what an export writes."""
        readers = [column.read for column in self.columns]
        return (tuple(read(row) for read in readers) for row in self.all_rows())

    @property
    def section(self) -> Callable[[Any], str] | None:
        """row -> section title, or None when there are no sections or the order has torn them apart."""
        return self._section if self.sorting == self.default_sort else None

    def sections(self, rows: Iterable) -> Iterator[tuple[str, Iterator]]:
        """Cut ``rows`` into (title, rows of that section); one section without a title when there are none."""
        return groupby(rows, key=self.section or (lambda row: ""))

    @cached_property
    def totals(self) -> dict[str, Any]:
        """{column name: sum over all rows, not only this page} of the columns that are summed."""
        if self._totals is not None:
            return {column.name: self._totals[column.name] for column in self.columns if column.name in self._totals}
        summed = [column for column in self.columns if column.total]
        if isinstance(self.source, QuerySet):
            known = {column.name: Sum(column.sort[0].lstrip("-")) for column in summed if column.sort}
            sums = _aggregate(self.source, known)
        else:
            sums = {}
        return {column.name: sums[column.name] if column.name in sums else self._add_up(column) for column in summed}

    def _add_up(self, column: Column):
        values = (column.read(row) for row in self.all_rows())
        return sum(value for value in values if value is not None)

    # The address

    def address(self, **changes) -> str:
        """The query of this list with some parameters changed; None takes one out: ``address(page=None)``."""
        kept = {name: values for name, values in self.params.items() if self._bare(name) not in changes}
        new = {_prefixed(self.prefix, name): [value] for name, value in changes.items() if value is not None}
        return "?" + urlencode({**kept, **new}, doseq=True)

    @property
    def export_query(self) -> str:
        """The query for an export address: the same filter, order and columns, without the page."""
        return self.address(page=None)

    def _param(self, name: str) -> str:
        return (self.params.get(_prefixed(self.prefix, name)) or [""])[-1]

    def _bare(self, name: str) -> str:
        return name.removeprefix(f"{self.prefix}-") if self.prefix else name

    def _sortable(self, asked: str) -> Column | None:
        return next(
            (column for column in self.all_columns if column.sort and column.name == asked.removeprefix("-")), None
        )

    # The drawing

    def __str__(self):
        return self.__html__()

    def __html__(self) -> SafeString:
        """The whole table."""
        caption = format_html('<caption class="visually-hidden">{}</caption>', self.name or "列表")
        parts = [format_html('<table class="{}">', f"table {self.css}".strip()), caption, self._heads()]
        parts += self._bodies() if self.rows else [self._nothing()]
        parts += [self._foot(), "</table>"]
        return mark_safe("".join(parts))

    def pager(self) -> SafeString:
        """Previous and next page, where one stands, how many rows there are; links keep the filter."""
        whole = format_html('<span class="pager-count">共{}条</span>', self.count)
        if self.pages == 1:
            return format_html('<div class="pager">{}</div>', whole)
        return format_html(
            '<nav class="pager" aria-label="分页">{}<span class="pager-place">第{}/{}页</span>{}{}</nav>',
            self._step(self.page - 1, "上一页", "prev"),
            self.page,
            self.pages,
            whole,
            self._step(self.page + 1, "下一页", "next"),
        )

    def _step(self, page: int, word: str, rel: str) -> SafeString:
        if 1 <= page <= self.pages:
            return format_html('<a rel="{}" href="{}">{}</a>', rel, self.address(page=page), word)
        return format_html('<span class="pager-off">{}</span>', word)

    def _heads(self) -> str:
        grouped = any(column.group for column in self.columns)
        deep = ' rowspan="2"' if grouped else ""
        pick = f'<th scope="col" class="pick" data-pick-all{deep}><span class="visually-hidden">选择</span></th>'
        first = pick if self.select else ""
        if not grouped:
            return f'<thead><tr class="heads">{first}{"".join(map(self._head, self.columns))}</tr></thead>'
        second = "".join(self._head(column) for column in self.columns if column.group)
        for group, members in groupby(self.columns, key=lambda column: column.group):
            members = list(members)
            if group:
                first += f'<th scope="colgroup" colspan="{len(members)}">{escape(group)}</th>'
            else:
                first += "".join(self._head(column, deep) for column in members)
        return f'<thead><tr class="groups">{first}</tr><tr class="heads">{second}</tr></thead>'

    def _head(self, column: Column, deep: str = "") -> str:
        css = f' class="{column.css}"' if column.css else ""
        if not column.sort:
            return f'<th scope="col"{css}{deep}>{escape(column.head)}</th>'
        state = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sorting, "")
        aria = f' aria-sort="{state}"' if state else ""
        mark = {"ascending": "↑", "descending": "↓", "": "↕"}[state]
        turned = f"-{column.name}" if state == "ascending" else column.name
        link = format_html(
            '<a href="{}">{}<span class="sort-mark" aria-hidden="true">{}</span></a>',
            self.address(sort=turned, page=None),
            column.head,
            mark,
        )
        return f'<th scope="col"{css}{deep}{aria}>{link}</th>'

    def _bodies(self) -> Iterator[str]:
        cells = [_cell_drawer(column) for column in self.columns]
        for title, rows in self.sections(self.rows):
            yield "<tbody>"
            if self.section:
                yield f'<tr class="section"><th scope="rowgroup" colspan="{self._span}">{escape(title)}</th></tr>'
            for row in rows:
                yield f"<tr{self._row_attributes(row)}>{self._pick(row)}{''.join([cell(row) for cell in cells])}</tr>"
            yield "</tbody>"

    @property
    def _span(self) -> int:
        return len(self.columns) + bool(self.select)

    def _row_attributes(self, row) -> str:
        css = f' class="{escape(self.row_class(row))}"' if self.row_class and self.row_class(row) else ""
        return f'{css} id="{escape(self.row_id(row))}"' if self.row_id else css

    def _pick(self, row) -> str:
        if not self.select:
            return ""
        value = self.select(row)
        if value is None:
            return '<td class="pick"></td>'
        main = next((column for column in self.columns if column.main), self.columns[0])
        label = escape(f"选择：{shown(main.read(row), main.kind)}")
        return f'<td class="pick"><input type="checkbox" name="pick" value="{escape(value)}" aria-label="{label}"></td>'

    def _nothing(self) -> str:
        return f'<tbody><tr class="empty"><td colspan="{self._span}">{conditional_escape(self.empty)}</td></tr></tbody>'

    def _foot(self) -> str:
        if not self.totals or not self.rows:
            return ""
        label = next((column for column in self.columns if column.name not in self.totals), None)
        word = f"合计（共{self.count}条）" if self.pages > 1 else "合计"
        pick = '<td class="pick"></td>' if self.select else ""
        cells = [
            f'<th scope="row">{word}</th>' if column is label else _foot_cell(column, self.totals.get(column.name))
            for column in self.columns
        ]
        return f"<tfoot><tr>{pick}{''.join(cells)}</tr></tfoot>"


def _foot_cell(column: Column, value) -> str:
    css = f' class="{column.css}"' if column.css else ""
    return f'<td{css} data-head="{escape(column.head)}">{escape(shown(value, column.kind))}</td>'


def _cell_drawer(column: Column) -> Callable[[Any], str]:
    """How this column draws a cell, settled once a table instead of once a cell."""
    tag = 'th scope="row"' if column.main else "td"
    css = f' class="{column.css}"' if column.css else ""
    opening, closing = f'<{tag}{css} data-head="{escape(column.head)}">', f"</{tag.split()[0]}>"
    read, show, kind, tone = column.read, column.show, column.kind, column.tone
    if show:
        return lambda row: f"{opening}{conditional_escape(show(row))}{closing}"
    if tone:
        return lambda row: f"{opening}{_tag(shown(read(row), kind), tone(row))}{closing}"
    return lambda row: f"{opening}{escape(shown(read(row), kind))}{closing}"


def _tag(text: str, tone: str) -> SafeString | str:
    return format_html('<span class="tag tone-{}">{}</span>', tone, text) if tone and text else escape(text)


def _moment(value: datetime, kind: Kind) -> str:
    local = clock.local(value) if value.tzinfo else value
    return f"{local:%Y-%m-%d}" if kind == "date" else f"{local:%Y-%m-%d %H:%M}"


def _plain_number(value) -> str:
    """A number without the zeros that say nothing: 12.50 -> 12.5, 100.00 -> 100."""
    text = f"{value:f}" if isinstance(value, Decimal) else repr(value)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _prefixed(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _lists(params) -> dict[str, list[str]]:
    """The address parameters as {name: values}, from a QueryDict, a dict or nothing."""
    if params is None:
        return {}
    if hasattr(params, "lists"):
        return {name: list(values) for name, values in params.lists()}
    return {
        name: [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
        for name, value in params.items()
    }


def _order_by(model, fields: Sequence[str], descending: bool) -> list:
    """Order expressions with empty values last on either database, made unambiguous by the key."""
    keys = [*fields, "pk"] if not {"pk", "-pk", "id", "-id"} & set(fields) else fields
    return [_order(model, key, descending) for key in keys]


def _order(model, key: str, descending: bool):
    path = key.removeprefix("-")
    downward = key.startswith("-") != descending
    if not _nullable(model, path):
        return f"-{path}" if downward else path
    return F(path).desc(nulls_last=True) if downward else F(path).asc(nulls_last=True)


def _nullable(model, path: str) -> bool:
    """May this order field be empty? Saying so for one that cannot would keep its index from being used."""
    for part in path.split("__"):
        if part == "pk":
            return False
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if field.null or field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False


def _sorted_by(read: Callable[[Any], Any], rows: list, descending: bool) -> list:
    """Plain rows sorted by a value, empty ones last in either direction."""
    filled = [row for row in rows if read(row) is not None]
    return sorted(filled, key=read, reverse=descending) + [row for row in rows if read(row) is None]


def _aggregate(rows: QuerySet, sums: Mapping[str, Any]) -> dict[str, Any]:
    """One query for all sums; the names are numbered because a column's name need not be one the ORM accepts."""
    if not sums:
        return {}
    found = rows.order_by().aggregate(**{f"sum_{place}": value for place, value in enumerate(sums.values())})
    return {name: found[f"sum_{place}"] or 0 for place, name in enumerate(sums)}
