"""One column: how it is headed, read, shown and sorted; and how plain values look to a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.safestring import SafeString

from kit import clock
from kit.rates import fixed, written

Kind = Literal["text", "number", "fixed", "percent", "date", "moment"]

KIND_CLASSES = {"number": "right", "fixed": "right", "percent": "right", "date": "nowrap", "moment": "nowrap"}


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``name``   key in the address; ``head`` the heading as printed; ``group`` a merged head above neighbouring columns.
    ``read``   the row's plain value (str, int, Decimal, date, datetime or None): it is sorted, summed and goes to the sheet.
    ``show``   the cell's HTML (plain text is escaped); without it the value is shown by its kind.
    ``sort``   ORM order fields, the first of them also the field that is summed; empty means not sortable. Over a plain
               list of rows any word here makes the column sortable, by its value or by ``order``, row -> what is compared.
    ``tone``   row -> good, warn, danger, info, muted, done or "": the tag's colour on the page, the fill in the sheet.
    ``kind``   how it looks on page and sheet; ``fixed`` is a number with two decimals whatever they are, as marks are compared.
    ``width``  of the sheet's column, in half-width characters.
    ``main``   the row's headline: its head cell for those who listen to the page, a line of its own on a phone.
    ``css``    further classes of head and cells on the page: w-3, center, stack-hide, actions.
    ``optional``  shown only when the address names it: for what few need on the page and some on the sheet.
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
    css: str = ""
    optional: bool = False
    order: Callable[[Any], Any] | None = None

    @property
    def is_plain(self) -> bool:
        """It says something by itself; a column of buttons does not, on paper or in a sheet."""
        return "actions" not in self.css.split()

    @property
    def classes(self) -> str:
        words = [KIND_CLASSES.get(self.kind, ""), self.css]
        words += ["stack-line"] * self.main + ["nowrap"] * (not self.wrap)
        return " ".join(dict.fromkeys(word for word in words if word))


def shown(value: Any, kind: Kind = "text") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return _moment(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    # A rate keeps its one decimal, 100.0% too; a whole percent has none.
    if kind == "fixed":
        return fixed(value)
    return f"{value if isinstance(value, Decimal) else written(value)}%" if kind == "percent" else written(value)


def choose(columns: Iterable[Column], params=None, prefix: str = "") -> tuple[Column, ...]:
    """``?columns=a,b,c`` in that order; all but the optional when it names none that exists."""
    columns = tuple(columns)
    by_name = {column.name: column for column in columns}
    names = ",".join(lists(params).get(prefixed(prefix, "columns"), [])).split(",")
    return tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name) or tuple(
        column for column in columns if not column.optional
    )


def lists(params: Any) -> dict[str, list[str]]:
    if params is None:
        return {}
    if hasattr(params, "lists"):
        return {name: list(values) for name, values in params.lists()}
    return {name: _texts(value) for name, value in params.items()}


def prefixed(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _moment(value: datetime, kind: Kind) -> str:
    local = clock.local(value) if value.tzinfo else value
    return f"{local:%Y-%m-%d}" if kind == "date" else f"{local:%Y-%m-%d %H:%M}"
